"""Refuses dates that cannot be, and looks for one in the opening of the text."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from typing import TYPE_CHECKING, Self

from crawler.pages.dates import dateline
from crawler.records import Kind, ListItem, Page, Relation
from crawler.session import session_of

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

    from crawler.visit import Visit

VIETNAM = timezone(timedelta(hours=7))  # no daylight saving since 1975


class Date:
    """Fills `Page.dateline`; drops, and counts, dates in the future or before the site's first day.

    Which of an article's dates is believed is the archive's to say: it knows the lists of the other pages.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Return the pipeline for this crawler."""
        return cls(crawler)

    def process_item(self, item: Visit) -> Visit:
        """Return the visit with believable dates only, and the date that the article's opening names."""
        page = item.reading.page
        if page is None:
            return item
        earliest = session_of(self._crawler).earliest
        latest = datetime.now(UTC).astimezone(VIETNAM).date()
        dated = self._refuse(page, earliest, latest)
        if page.kind is Kind.ARTICLE:
            dated = replace(dated, dateline=dateline(page.blocks, *bounds(dated, earliest, latest)))
        return item if dated is page else replace(item, reading=replace(item.reading, page=dated))

    def _refuse(self, page: Page, earliest: date, latest: date) -> Page:
        """Return the page without dates outside the bounds; the same object where there are none."""

        def believable(day: date | None) -> bool:
            return day is None or earliest <= day <= latest

        wrong = [item for item in page.items if not believable(item.published)]
        if not believable(page.published):
            self._crawler.stats.inc_value("thidua/refused/date outside the site's time")
            page = replace(page, published=None)
        if wrong:
            self._crawler.stats.inc_value("thidua/refused/date outside the site's time", len(wrong))
            page = replace(page, items=tuple(_undated(item) if item in wrong else item for item in page.items))
        return page


def bounds(page: Page, earliest: date, latest: date) -> tuple[date, date]:
    """Return the first and last day that the page's own lists leave for it, within the given ones.

    They complete a dateline without a year ("Sáng 14/7, …"). Lists that contradict each other say nothing.
    """
    older = [item.published for item in page.listed(Relation.OLDER) if item.published]
    newer = [item.published for item in page.listed(Relation.NEWER) if item.published]
    first, last = max(older, default=earliest), min(newer, default=latest)
    return (first, last) if first <= last else (earliest, latest)


def _undated(item: ListItem) -> ListItem:
    """Return the list entry without its date."""
    return replace(item, published=None)
