"""Choosing articles: by day, category and words, and in which order."""

import unicodedata
from datetime import date

import pytest

from archive import Archive, QueryError
from archive.selection import Selection, condition, ids, named


def test_without_anything_said_all_are_chosen_in_the_order_of_their_days(shelf: Archive) -> None:
    assert ids(shelf, Selection()) == [1, 2, 3, 4, 5, 6], "those of one day as they were found, the undated last"
    assert ids(shelf, Selection(), newest_first=True) == [5, 4, 3, 2, 1, 6], "the undated are last there too"


@pytest.mark.parametrize(
    ("chosen", "found"),
    [
        (Selection(date_from=date(2019, 3, 2)), [2, 3, 4, 5]),
        (Selection(date_to=date(2019, 3, 2)), [1, 2, 3]),
        (Selection(date_from=date(2019, 3, 2), date_to=date(2019, 3, 2)), [2, 3]),
        (Selection(category="tin tuc"), [2, 3, 6]),
        (Selection(category="khen thưởng"), [1, 4]),
        (Selection(category=""), [5]),
        (Selection(query="thi dua"), [1, 2, 4, 6]),
        (Selection(query="thi đua"), [1, 4, 6]),
        (Selection(query="na", exact=True), [2, 3, 6]),
        (Selection(query="trồng phong", phrase=True), []),
        (Selection(query="na", category="Tin tức", date_from=date(2000, 1, 1)), [2, 3]),
    ],
)
def test_day_category_and_words_narrow_it_together(shelf: Archive, chosen: Selection, found: list[int]) -> None:
    assert ids(shelf, chosen) == found


def test_a_category_and_words_may_be_typed_decomposed(shelf: Archive) -> None:
    typed = Selection(category=unicodedata.normalize("NFD", "Tin tức"), query=unicodedata.normalize("NFD", "chín"))
    assert ids(shelf, typed) == [3]


def test_a_category_that_is_none_is_an_error_that_names_those_that_are(shelf: Archive) -> None:
    with pytest.raises(QueryError, match=r"no category is called 'thể thao'; there are Thi đua - Khen thưởng, Tin tức"):
        ids(shelf, Selection(category="thể thao"))


def test_in_an_empty_archive_no_category_is_called_so(archive: Archive) -> None:
    with pytest.raises(QueryError, match="there are none yet"):
        named(archive.conn, "tin")


def test_days_the_wrong_way_round_are_an_error(shelf: Archive) -> None:
    with pytest.raises(QueryError, match="from 2020-01-01 to 2019-01-01 there is no day"):
        ids(shelf, Selection(date_from=date(2020, 1, 1), date_to=date(2019, 1, 1)))


@pytest.mark.parametrize("chosen", [Selection(), Selection(category="tin tuc"), Selection(query="na")])
def test_choosing_reads_an_index_and_no_text(shelf: Archive, chosen: Selection) -> None:
    only = condition(shelf.conn, chosen)
    plan = shelf.conn.execute(
        f"EXPLAIN QUERY PLAN SELECT id FROM articles WHERE {only.where} ORDER BY published, id",  # noqa: S608 - ours
        only.values,
    )
    used = [step[3] for step in plan if " articles " in step[3]]
    assert all("COVERING INDEX" in step for step in used), used
