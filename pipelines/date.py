"""Refuses dates that cannot be, and looks for one in the opening of the text."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta, timezone
from typing import TYPE_CHECKING

from crawler.counts import REFUSED
from crawler.pages.dates import dateline
from crawler.records import Kind, Page, Relation
from crawler.session import session_of
from pipelines.pipeline import Pipeline

if TYPE_CHECKING:
    from crawler.scope import Scope
    from crawler.visit import Visit

VIETNAM = timezone(timedelta(hours=7))  # no daylight saving since 1975


class Date(Pipeline):
    """Fills `Page.dateline`; drops, and counts, dates in the future or before the site's first day.

    Which of an article's dates is believed is the archive's to say: it knows the lists of the other pages.
    """

    def process_item(self, item: Visit) -> Visit:
        """Return the visit with believable dates only, and the date that the article's opening names."""
        visit, refused = dated(item, session_of(self._crawler).scope)
        if refused:
            self._crawler.stats.inc_value(f"{REFUSED}date outside the site's time", refused)
        return visit


def dated(visit: Visit, scope: Scope) -> tuple[Visit, int]:
    """Return the visit with the dates of its page, and how many were refused."""
    page = visit.reading.page
    if page is None:
        return visit, 0
    latest = visit.reading.capture.captured_at.astimezone(VIETNAM).date()
    believable, refused = _believable(page, scope.earliest, latest)
    if page.kind in (Kind.ARTICLE, Kind.OTHER):  # the latter may turn out to be news yet
        within = bounds(believable, scope.earliest, latest)
        believable = replace(believable, dateline=dateline(page.blocks, *within))
    return replace(visit, reading=replace(visit.reading, page=believable)), refused


def _believable(page: Page, earliest: date, latest: date) -> tuple[Page, int]:
    """Return the page without dates outside the bounds, and how many these were."""

    def wrong(day: date | None) -> bool:
        return day is not None and not earliest <= day <= latest

    items = tuple(replace(item, published=None) if wrong(item.published) else item for item in page.items)
    refused = sum(wrong(item.published) for item in page.items) + wrong(page.published)
    if not refused:
        return page, 0
    return replace(page, items=items, published=None if wrong(page.published) else page.published), refused


def bounds(page: Page, earliest: date, latest: date) -> tuple[date, date]:
    """Return the first and last day that the page's own lists leave for it, within the given ones.

    They complete a dateline without a year ("Sáng 14/7, …"). Lists that contradict each other say nothing.
    """
    older = [item.published for item in page.listed(Relation.OLDER) if item.published]
    newer = [item.published for item in page.listed(Relation.NEWER) if item.published]
    first, last = max(older, default=earliest), min(newer, default=latest)
    return (first, last) if first <= last else (earliest, latest)
