"""Folding over all of Vietnamese: every letter, tone, spelling and Unicode form."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive import folding
from archive.folding import exact, folded, marked, nfc

BASES = "aăâeêioôơuưy"
TONES = ["", "\u0300", "\u0301", "\u0309", "\u0303", "\u0323"]
VOWELS = [nfc(base + tone) for base in BASES for tone in TONES]
CONSONANTS = ["", *"bcdđghklmnprstvx", "ch", "gh", "gi", "kh", "ng", "ngh", "nh", "ph", "qu", "th", "tr"]
FINALS = ["", "c", "ch", "i", "m", "n", "ng", "nh", "o", "p", "t", "u", "y"]

letters = st.sampled_from([*VOWELS, *"bcdđghklmnpqrstvx"])
syllables = st.builds(
    lambda onset, vowels, final: onset + vowels + final,
    st.sampled_from(["", *CONSONANTS]),
    st.lists(st.sampled_from(VOWELS), min_size=1, max_size=3).map("".join),
    st.sampled_from(FINALS),
)
cases = st.sampled_from([str.lower, str.upper, str.title])
words = st.builds(lambda word, case: case(word), st.one_of(syllables, st.text(letters, min_size=1)), cases)
texts = st.lists(st.one_of(words, st.sampled_from(["–", "2015-2020", "“", "./.", "\n\n", "na"]))).map(" ".join)
forms = st.sampled_from(["NFC", "NFD"])


@given(texts, forms)
def test_every_letter_keeps_its_place(text: str, form: str) -> None:
    written = unicodedata.normalize(form, text)  # type: ignore[arg-type]
    assert len(exact(written)) == len(folded(written)) == len(nfc(text))


@given(texts)
def test_each_place_holds_the_same_letter_without_its_marks(text: str) -> None:
    for original, bare in zip(nfc(text), folded(text), strict=True):
        plain = unicodedata.normalize("NFD", original.lower())[0].replace("đ", "d")
        assert bare == plain


@given(texts)
def test_composed_and_decomposed_text_are_the_same(text: str) -> None:
    for form in ("NFC", "NFD"):
        assert exact(unicodedata.normalize(form, text)) == exact(text)
        assert folded(unicodedata.normalize(form, text)) == folded(text)


@given(texts)
def test_doing_it_twice_changes_nothing(text: str) -> None:
    assert exact(exact(text)) == exact(text)
    assert folded(folded(text)) == folded(text)
    assert folded(exact(text)) == folded(text)


@given(texts)
def test_capitals_make_no_difference(text: str) -> None:
    assert exact(text.upper()) == exact(text.lower())


@given(st.text())
def test_any_text_keeps_its_length(text: str) -> None:
    assert len(exact(text)) == len(folded(text)) == len(nfc(text))


@pytest.mark.parametrize("vowel", VOWELS)
def test_every_vowel_folds_to_its_bare_letter(vowel: str) -> None:
    bare = {"ă": "a", "â": "a", "ê": "e", "ô": "o", "ơ": "o", "ư": "u"}
    base = next(base for base in BASES for tone in TONES if nfc(base + tone) == vowel)
    assert folded(vowel) == folded(vowel.upper()) == bare.get(base, base)


@pytest.mark.parametrize(
    ("one", "other"),
    [("hoà", "hòa"), ("hoá", "hóa"), ("thuỷ", "thủy"), ("uỷ", "ủy"), ("khoẻ", "khỏe"), ("loè", "lòe"), ("HOẠ", "họa")],
)
def test_both_ways_to_place_a_tone_mark_are_one_spelling(one: str, other: str) -> None:
    assert exact(one) == exact(other) == other


@pytest.mark.parametrize("second", ["a", "e"])
@pytest.mark.parametrize("tone", TONES[1:])
@pytest.mark.parametrize("onset", ["", "b", "h", "kh", "l", "ngh", "t", "x"])
def test_every_open_syllable_has_one_spelling(onset: str, tone: str, second: str) -> None:
    assert exact(f"{onset}o{second}{tone}") == exact(f"{onset}o{tone}{second}")


@pytest.mark.parametrize("tone", TONES[1:])
@pytest.mark.parametrize("onset", ["", "h", "l", "t", "th"])
def test_every_open_uy_has_one_spelling(onset: str, tone: str) -> None:
    assert exact(f"{onset}uy{tone}") == exact(f"{onset}u{tone}y")


@pytest.mark.parametrize("word", ["quý", "quỳ", "giá", "già", "hoàn", "khoét", "suýt", "khuỷu", "huỳnh", "của", "mía"])
def test_syllables_with_one_spelling_stay_as_they_are(word: str) -> None:
    assert exact(word) == word


def test_different_words_stay_different() -> None:
    assert len({exact(word) for word in ["đua", "dua", "dưa", "dừa", "đùa", "đưa"]}) == 6


def test_d_with_a_stroke_folds_to_d() -> None:
    assert folded("Thi ĐUA, đầu đề") == "thi dua, dau de"


def test_a_word_is_marked_if_its_writer_typed_accents() -> None:
    assert marked("đua")
    assert marked("hòa")
    assert not marked("Thi")
    assert not marked("2020")


def test_a_letter_whose_small_form_takes_two_stays_one() -> None:
    assert len(exact("İstanbul")) == len("İstanbul")
    assert folded("İstanbul") == "istanbul"


def test_many_different_words_do_not_fill_the_memory() -> None:
    exact(" ".join(f"từ{number}" for number in range(folding._CACHED_WORDS * 2)))
    assert len(folding._exact_words) <= folding._CACHED_WORDS
