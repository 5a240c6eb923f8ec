"""Counting by year, month and day."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive import Archive, QueryError
from archive.selection import Selection
from archive.timeline import UNITS, Period, Unit, _between, timeline


def test_years_with_the_undated_last(shelf: Archive) -> None:
    assert timeline(shelf, Selection(), "year") == [
        Period("2018", 1, 1),
        Period("2019", 2, 2),
        Period("2020", 2, 2),
        Period(None, 1, 1),
    ]


def test_months_without_articles_are_there_too(shelf: Archive) -> None:
    months = timeline(shelf, Selection())
    assert [(each.period, each.articles) for each in months if each.articles] == [
        ("2018-12", 1),
        ("2019-03", 2),
        ("2020-06", 2),
        (None, 1),
    ]
    assert len(months) == 19 + 1
    assert [each.period for each in months[:3]] == ["2018-12", "2019-01", "2019-02"]


def test_with_words_a_period_says_of_how_many_articles(shelf: Archive) -> None:
    found = timeline(shelf, Selection(query="thi đua"), "year")
    assert found == [Period("2018", 1, 1), Period("2019", 0, 2), Period("2020", 1, 2), Period(None, 1, 1)]
    assert [each.share for each in found] == [1.0, 0.0, 0.5, 1.0]


def test_the_whole_is_what_day_and_category_leave(shelf: Archive) -> None:
    chosen = Selection(date_from=date(2020, 6, 13), query="hoa", category="")
    assert timeline(shelf, chosen) == [Period("2020-06", 1, 1)]
    assert timeline(shelf, Selection(query="chín", category="Tin tức"), "day") == [Period("2019-03-02", 1, 2)]


def test_where_nothing_is_found_there_are_no_periods(shelf: Archive, archive: Archive) -> None:
    assert timeline(shelf, Selection(query="khongco")) == []
    assert timeline(archive, Selection()) == []


def test_the_undated_alone(shelf: Archive) -> None:
    assert timeline(shelf, Selection(query="chăm sóc")) == [Period(None, 1, 1)]


def test_a_unit_that_is_none_is_an_error(shelf: Archive) -> None:
    with pytest.raises(QueryError, match="cannot count by 'week'; write year, month, day"):
        timeline(shelf, Selection(), "week")  # type: ignore[arg-type]


@pytest.mark.parametrize("by", UNITS)
@pytest.mark.parametrize("query", ["", "na", "thi dua"])
def test_the_periods_add_up_to_the_articles(shelf: Archive, query: str, by: Unit) -> None:
    chosen = sum(1 for _ in Archive.articles(shelf, query))
    assert sum(each.articles for each in timeline(shelf, Selection(query=query), by)) == chosen


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.integers(0, 3000), st.sampled_from(UNITS))
def test_no_period_is_left_out_or_comes_twice(first: date, more: int, by: Unit) -> None:
    length = {"year": 4, "month": 7, "day": 10}[by]
    every = sorted({(first + timedelta(days=day)).isoformat()[:length] for day in range(more + 1)})
    names = list(_between({every[0]: 1, every[-1]: 1}, by))
    assert names == every
    assert all(before < after for before, after in pairwise(names))
