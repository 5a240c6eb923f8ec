from archive.collation import words


def test_words_stand_in_the_order_of_the_vietnamese_alphabet() -> None:
    ordered = ["2020", "an", "ăn", "ân", "ba", "cam", "dân", "đất", "em", "êm", "ong", "ông", "ơn", "tư", "ưa", "xa"]
    assert sorted(set(ordered), key=words) == ordered


def test_tones_decide_between_words_of_the_same_letters() -> None:
    ordered = ["ma", "mà", "mả", "mã", "má", "mạ", "mai"]
    assert sorted(set(ordered), key=words) == ordered


def test_the_first_syllable_decides_before_the_second() -> None:
    ordered = ["hoa quả", "hòa an", "hoà bình", "hoá đơn"]
    assert sorted(set(ordered), key=words) == ordered


def test_capitals_punctuation_and_the_place_of_the_tone_do_not_count() -> None:
    assert words("“Văn hoá”, xã") == words("VĂN HÓA – xã")
