"""What changed between two texts, told so that a person can follow it."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.worddiff import Change, counted, diff, shortened, words

SENTENCES = st.text(alphabet="aăâbcđê ôơ.,(0123", min_size=1, max_size=40)
TEXTS = st.lists(SENTENCES.map(str.strip).filter(bool), max_size=8).map("\n\n".join)


def same(text: str) -> Change:
    return Change("equal", text)


def out(text: str) -> Change:
    return Change("removed", text)


def new(text: str) -> Change:
    return Change("added", text)


def bare(text: str) -> list[str]:
    """The paragraphs without spaces: where stretches meet, the new text's spaces stand for the old one's."""
    return ["".join(paragraph.split()) for paragraph in text.split("\n\n")]


def long(number: int, words: int = 100) -> str:
    return " ".join(f"từ{(number * 7919 + place * 104729) % 3001}" for place in range(words))


@pytest.mark.parametrize(
    ("old", "now", "changes"),
    [
        ("", "", ()),
        ("Một hai.", "Một hai.", (same("Một hai."),)),
        ("", "Một.", (new("Một."),)),
        ("Mười hộ được khen.", "Mười hai hộ được khen.", (same("Mười "), new("hai "), same("hộ được khen."))),
        ("Xã được khen.", "Xã được khen thưởng.", (same("Xã được khen "), new("thưởng"), same("."))),
        (
            "Hội nghị ngày 12/6/2020",
            "Hội nghị ngày 13/6/2020",
            (same("Hội nghị ngày "), out("12/6/2020"), new("13/6/2020")),
        ),
        ("Có 1.234,5 ha na", "Có 1.234,6 ha na", (same("Có "), out("1.234,5 "), new("1.234,6 "), same("ha na"))),
        ("Một.\n\nHai.", "Một.", (same("Một.\n\n"), out("Hai."))),
        ("Một.\n\nHai.", "Hai.", (out("Một.\n\n"), same("Hai."))),
        ("Một.\n\nHai.", "Một.\n\nBa bốn.\n\nHai.", (same("Một.\n\n"), new("Ba bốn.\n\n"), same("Hai."))),
    ],
)  # fmt: skip — a table
def test_words_are_told_whole_and_marks_apart(old: str, now: str, changes: tuple[Change, ...]) -> None:
    assert diff(old, now) == changes


def test_a_paragraph_that_was_rewritten_is_told_whole() -> None:
    changes = diff("Sáng nay, xã họp dân.\n\nHết.", "Chiều qua mưa rất to.\n\nHết.")
    assert changes == (out("Sáng nay, xã họp dân.\n\n"), new("Chiều qua mưa rất to.\n\n"), same("Hết."))


def test_a_changed_paragraph_is_set_against_the_one_it_was() -> None:
    old = "Bài về na.\n\nHội nghị biểu dương mười hộ nông dân trồng na giỏi."
    now = "Mở đầu mới hẳn.\n\nBài về na.\n\nHội nghị biểu dương chín hộ nông dân trồng na giỏi."
    assert [(change.op, change.text) for change in diff(old, now) if change.op != "equal"] == [
        ("added", "Mở đầu mới hẳn.\n\n"),
        ("removed", "mười "),
        ("added", "chín "),
    ]


def test_a_stray_word_between_changes_is_no_landmark() -> None:
    old, now = "Xã A tặng ba bằng khen và hai giấy khen cho dân.", "Xã A trao năm phần quà và một huy hiệu cho dân."
    assert diff(old, now) == (
        same("Xã A "),
        out("tặng ba bằng khen và hai giấy khen "),
        new("trao năm phần quà và một huy hiệu "),
        same("cho dân."),
    )


@given(TEXTS, TEXTS)
def test_a_diff_holds_both_texts(old: str, now: str) -> None:
    changes = diff(old, now)
    for text, other in ((old, "added"), (now, "removed")):
        kept = "".join(change.text for change in changes if change.op != other)
        assert bare(kept.removesuffix("\n\n")) == bare(text)


@given(TEXTS, TEXTS)
def test_neighbouring_stretches_differ_in_kind(old: str, now: str) -> None:
    changes = diff(old, now)
    assert all(one.op != other.op for one, other in itertools.pairwise(changes))
    assert all(change.text for change in changes)


def test_numbers_count_words_not_marks() -> None:
    assert words("Hội nghị (lần 2), ngày 12/06/2020.") == 6
    assert counted(diff("Mười hộ, xã A.", "Mười hai hộ xã B.")) == (2, 1)


def test_what_is_unchanged_is_cut_to_a_few_words() -> None:
    old = "Đoạn đầu không đổi.\n\na b c d e f g h cũ k l m n o p q r.\n\nĐoạn giữa.\n\nĐoạn sau.\n\nHết tin vui."
    now = old.replace("cũ", "mới").replace("vui", "buồn")
    assert shortened(diff(old, now), 2) == [
        [same("…")],
        [same("… g h "), out("cũ "), new("mới "), same("k l …")],
        [same("…")],
        [same("Hết tin "), out("vui"), new("buồn"), same(".")],
    ]


def test_nothing_is_shown_of_what_did_not_change() -> None:
    assert shortened(diff("Một.\n\nHai.", "Một.\n\nHai.")) == []


@pytest.mark.parametrize(
    ("old", "now"),
    [
        ("na " * 20_000, "cam na " * 10_000),
        (" ".join(long(number) for number in range(300)), " ".join(long(number) for number in range(300, 0, -1))),
        ("\n\n".join(long(number) for number in range(3_000)), "\n\n".join(long(n, 99) for n in range(3_000))),
    ],
    ids=["one word over and over", "all words elsewhere", "300,000 words"],
)
def test_what_would_take_too_long_to_compare_is_told_whole(old: str, now: str) -> None:
    assert len(diff(old, now)) < 20


def test_one_change_in_a_very_long_paragraph_is_found() -> None:
    old = " ".join(long(number) for number in range(300))
    now = " ".join(long(number) if number != 150 else long(number) + " mới" for number in range(300))
    assert counted(diff(old, now)) == (1, 0)
    now = now.replace(long(20), "đầu " + long(20)).replace(long(280), "cuối " + long(280))
    assert counted(diff(old, now)) == (3, 0)
