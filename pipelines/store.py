"""Hands each visit to the archive: the row of its page, its article, and the pages it names, in one transaction."""

from __future__ import annotations

import asyncio
from http import HTTPStatus
from typing import TYPE_CHECKING

from archive.errors import ArchiveError
from archive.group import Group
from crawler.counts import FAULTS, FILL, REFUSED, SILENT, STATE, filled, is_silent
from crawler.records import Kind
from crawler.session import session_of
from crawler.visit import ROBOTS_TXT, State, Visit
from pipelines import reparse
from pipelines.observation import observation
from pipelines.pipeline import Pipeline

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

    from archive.models import Saved

MOST = 50  # visits in one transaction
SOON = 0.5  # s until the first of them is committed


class Store(Pipeline):
    """Stores visits, several to a transaction. When the archive cannot be written the crawl stops.

    What is not stored then stands in the WARC file, and the next run begins by storing it (`pipelines.replay`).
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._group: Group | None = None
        self._waiting: list[tuple[Visit, Saved]] = []
        self._timer: asyncio.TimerHandle | None = None

    def open_spider(self) -> None:
        """Store first what a killed run has left in the WARC files."""
        session = session_of(self._crawler)
        self._group = Group(session.archive, session.sync)
        try:
            left = reparse.recover(session.archive)
        except ArchiveError as error:
            session.stop(str(error), self._crawler)
        else:
            self._crawler.stats.set_value("thidua/recovered", left.answers)
            self._crawler.stats.inc_value(FAULTS, len(left.faults))
            if left.lost:
                more = f", and {len(left.lost) - 1:,} more" if len(left.lost) > 1 else ""
                told = f"{left.lost[0]}{more}; the database, which was lost, was made again without it: run this again"
                session.stop(told, self._crawler)

    def process_item(self, item: Visit) -> Visit:
        """Store the visit, to be committed with those that come soon after it."""
        session = session_of(self._crawler)
        if session.stopped or self._group is None:
            self._crawler.stats.inc_value("thidua/not stored")
            return item
        try:
            saved = self._group.save(observation(item, session.scope, session.run_id))
        except ArchiveError as error:
            self._lose(error)
            return item
        self._waiting.append((item, saved))
        if self._group.size >= MOST:
            self._commit()
        elif self._timer is None:
            self._timer = asyncio.get_running_loop().call_later(SOON, self._commit)
        return item

    def close_spider(self) -> None:
        """Commit what is left."""
        self._commit()

    def _commit(self) -> None:
        """Make permanent what was saved, and count it."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if self._group is None or session_of(self._crawler).stopped:
            return
        try:
            self._group.commit()
        except ArchiveError as error:
            self._lose(error)
            return
        for visit, saved in self._waiting:
            self._count(visit, saved)
        self._waiting.clear()

    def _lose(self, error: ArchiveError) -> None:
        """Stop: what was saved since the last commit is not stored."""
        session_of(self._crawler).stop(str(error), self._crawler)
        self._crawler.stats.inc_value("thidua/not stored", len(self._waiting) + 1)
        self._waiting.clear()

    def _count(self, item: Visit, saved: Saved) -> None:
        """Count what was stored; `crawler.counts` reads these numbers."""
        stats, page = self._crawler.stats, item.reading.page
        if item.asked.kind == ROBOTS_TXT:  # no page of the site
            return
        stats.inc_value(f"thidua/saved/{saved.what}")
        if not item.again:
            stats.inc_value(f"{STATE}{item.state}")
        stats.inc_value("thidua/discovered", saved.discovered)
        if item.answered:
            stats.inc_value("thidua/answered")
        read = page is not None and (page.items or page.kind is Kind.ARTICLE)
        unmodified = item.state is State.FETCHED and item.reading.capture.status == HTTPStatus.NOT_MODIFIED
        if unmodified or (read and item.state is State.FETCHED):
            stats.inc_value("thidua/readable")
        stats.inc_value("thidua/unmodified", int(unmodified))
        if is_silent(item):
            stats.set_value(f"{SILENT}{item.asked.url}", True)
        for what, has in filled(item).items():
            stats.inc_value(f"{FILL}{what}/of")
            stats.inc_value(f"{FILL}{what}", int(has))
        if saved.refused:
            stats.inc_value(f"{REFUSED}date that cannot be true", saved.refused)
