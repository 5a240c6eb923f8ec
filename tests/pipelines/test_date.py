from __future__ import annotations

from datetime import date

from crawler.pages.dates import dateline
from crawler.records import Block, BlockKind, Kind, ListItem, Page, Relation
from pipelines.date import bounds

FIRST, LAST = date(2003, 1, 1), date(2026, 1, 1)


def page(opening: str, older: date | None, newer: date | None) -> Page:
    items = (
        ListItem("http://vidu.invalid/moi", "Bài mới hơn", newer, Relation.NEWER, 0),
        ListItem("http://vidu.invalid/cu", "Bài cũ hơn", older, Relation.OLDER, 0),
    )
    return Page("http://vidu.invalid/a", Kind.ARTICLE, blocks=(Block(BlockKind.PARAGRAPH, opening),), items=items)


def test_the_neighbours_bound_an_article() -> None:
    found = bounds(page("…", date(2020, 6, 12), date(2020, 6, 19)), FIRST, LAST)
    assert found == (date(2020, 6, 12), date(2020, 6, 19))


def test_neighbours_that_contradict_each_other_say_nothing() -> None:
    assert bounds(page("…", date(2021, 1, 1), date(2020, 1, 1)), FIRST, LAST) == (FIRST, LAST)


def test_they_give_a_dateline_its_year() -> None:
    told = page("Sáng 14/6, xã Vĩnh Hòa mở hội trồng cây.", date(2020, 6, 12), date(2020, 6, 19))
    assert dateline(told.blocks, *bounds(told, FIRST, LAST)) == date(2020, 6, 14)


def test_without_neighbours_a_dateline_without_a_year_stays_unread() -> None:
    told = page("Sáng 14/6, xã Vĩnh Hòa mở hội trồng cây.", None, None)
    assert dateline(told.blocks, *bounds(told, FIRST, LAST)) is None
