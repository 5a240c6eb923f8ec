"""Key words in context: every place once, in order, its surroundings as they stand in the text."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive import Archive, QueryError, kwic
from archive.context import left_of, on_one_line, right_of
from archive.highlight import spans
from archive.query import parse
from archive.selection import Selection
from archive.store import save
from tests.archive.build import article, text


def places(archive: Archive, query: str, width: int = 20, sort: kwic.Order = "date", **chosen: object) -> list[str]:
    selection = Selection(query=query, **chosen)  # type: ignore[arg-type]
    return [f"{line.left}[{line.match}]{line.right}" for line in kwic.kwic(archive, selection, width, sort)]


def test_every_place_has_a_line_in_the_order_of_days(shelf: Archive) -> None:
    lines = list(kwic.kwic(shelf, Selection(query="thi dua")))
    assert [(line.article_id, line.where, line.match) for line in lines] == [
        (1, "title", "thi đua"),
        (1, "body", "thi đua"),
        (1, "body", "thi đua"),
        (2, "body", "thi dưa"),
        (4, "body", "thi đua"),
        (6, "body", "Thi đua"),
    ]
    assert lines[-1].published is None
    assert (lines[0].title, lines[0].published) == ("Phát động thi đua", "2018-12-31")


def test_words_side_by_side_are_a_phrase(shelf: Archive) -> None:
    assert places(shelf, "phong trào thi đua", 0) == places(shelf, '"phong trào thi đua"', 0)
    assert places(shelf, "phong trào AND na", 0) == ["[na]", "[Na]", "[phong trào]", "[na]"]
    assert places(shelf, "trồng na -ổi") == []
    assert places(shelf, "thi đ*", 0) == ["[thi đua]"] * 4 + ["[Thi đua]"]
    assert places(shelf, "title: mùa na", 0) == ["[Mùa na]"]
    assert places(shelf, "thi đua OR huân chương", 0, category="Khen thưởng", date_from=date(2020, 1, 1)) == [
        "[huân chương]",
        "[Huân chương]",
        "[thi đua]",
    ]


def test_the_context_is_whole_words_over_the_ends_of_paragraphs(shelf: Archive) -> None:
    assert places(shelf, "lan rộng", 20)[0] == "thi đua yêu nước [lan rộng]. Huyện thi đua làm"
    assert places(shelf, "huyện", 6) == ["rộng. [Huyện] thi"]
    assert places(shelf, "huyện", 0) == ["[Huyện]"]


def test_a_phrase_may_go_over_the_end_of_a_paragraph_as_search_takes_it(shelf: Archive) -> None:
    assert places(shelf, "rộng huyện", 4) == ["lan [rộng. Huyện] thi"]


def test_bylines_are_looked_through_too(shelf: Archive) -> None:
    (line,) = kwic.kwic(shelf, Selection(query="bao ruong dong"))
    assert (line.where, line.left, line.match) == ("byline", "Theo ", "Báo Ruộng Đồng")


def test_what_was_written_decomposed_is_found_composed(shelf: Archive) -> None:
    assert places(shelf, "văn hóa", 8) == ["sống [văn hoá]", "hiệu [Văn hoá]."]


def test_it_can_be_sorted_by_what_stands_left_or_right(shelf: Archive) -> None:
    assert [place.partition("[")[0] for place in places(shelf, "na", 9, "left")] == [
        "",
        "nhau hái ",
        "Mùa ",
        "trồng ",
        "sóc vườn ",
    ]
    assert [place.partition("]")[2] for place in places(shelf, "na", 10, "right")] == [
        ".",
        ".",
        " chín",
        " được giá.",
        " xen ổi.",
    ]


@pytest.mark.parametrize(
    ("query", "width", "sort", "said"),
    [
        ("", 40, "date", "holds no word"),
        ('"na', 40, "date", "quotation mark"),
        ("na", -1, "date", "ask for 0 to 1000"),
        ("na", 1001, "date", "ask for 0 to 1000"),
        ("na", 40, "dates", "write date, left, right"),
    ],
)
def test_what_means_nothing_is_said_at_once(shelf: Archive, query: str, width: int, sort: str, said: str) -> None:
    with pytest.raises(QueryError, match=said):
        kwic.kwic(shelf, Selection(query=query), width, sort)  # type: ignore[arg-type]


def test_for_words_in_titles_no_body_is_read(shelf: Archive) -> None:
    asked: list[str] = []
    shelf.conn.set_trace_callback(asked.append)
    assert places(shelf, "title:na", 9) == ["Mùa [na] chín"]
    assert not any("body" in statement.partition("WHERE")[0] for statement in asked)


words = st.sampled_from(["na", "Nà", "thi", "đua", "Thi đua", "hoà", "hòa", "–", "\n\n", "./.", "khuỷu", "x" * 50])


@given(st.lists(words, max_size=60), st.sampled_from(["na", "đua", "thi dua", "hoà", "n*"]), st.integers(0, 60))
def test_left_match_and_right_are_one_piece_of_the_text(said: list[str], query: str, width: int) -> None:
    body = " ".join(said)
    whole = on_one_line(body)
    needles = parse(query, phrase=True).needles
    from_here = 0
    for start, end in spans(body, needles):
        left, right = left_of(body, start, width), right_of(body, end, width)
        piece = left + on_one_line(body[start:end]) + right
        at = whole.find(piece, from_here)
        assert at >= 0
        assert max(len(left), len(right)) <= width
        assert at == 0 or not left or whole[at - 1] == " ", "no word is cut"
        stop = at + len(piece)
        assert stop == len(whole) or not right or whole[stop] == " "
        from_here = at


def test_there_are_as_many_lines_as_highlights(archive: Archive) -> None:
    body = "Thi đua, thi dưa; thi na.\n\nNa thi đua na./."
    save(archive, article(1, said=text("Thi đua na", body, byline="Na")))
    for query in ("na", "thi đua", "thi", "na OR thi dua", "n*"):
        needles = parse(query, phrase=True).needles
        expected = sum(len(spans(each, needles)) for each in ("Thi đua na", body, "Na"))
        assert len(places(archive, query)) == expected
