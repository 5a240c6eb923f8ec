"""Hands each visit to the archive: the row of its page, its article, and the pages it names, in one transaction."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Self

from archive.errors import ArchiveError
from archive.models import Known, Observation, Saved, Sighted, Text
from archive.store import save
from crawler.counts import STOPPED
from crawler.pages.urls import key, tidy
from crawler.records import Kind, ListItem, Page
from crawler.session import Session, session_of
from crawler.visit import State, Visit

if TYPE_CHECKING:
    from scrapy.crawler import Crawler


class Store:
    """Stores visits. When the archive cannot be written the crawl stops; what is not stored stays due."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._stopping: asyncio.Task[None] | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Return the pipeline for this crawler."""
        return cls(crawler)

    def process_item(self, item: Visit) -> Visit:
        """Store the visit and count what came of it."""
        if self._stopping is not None:
            self._crawler.stats.inc_value("thidua/not stored")
            return item
        session = session_of(self._crawler)
        try:
            saved = save(session.archive, observation(item, session))
        except ArchiveError as error:
            self._stop(error)
            return item
        self._count(item, saved)
        return item

    def _count(self, item: Visit, saved: Saved) -> None:
        """Count what was stored; `crawler.counts` reads these numbers."""
        stats, page = self._crawler.stats, item.reading.page
        stats.inc_value(f"thidua/saved/{saved.what}")
        stats.inc_value(f"thidua/state/{item.state}")
        stats.inc_value("thidua/discovered", saved.discovered)
        if item.answered:
            stats.inc_value("thidua/answered")
        if item.state is State.FETCHED and page is not None and (page.items or page.kind is Kind.ARTICLE):
            stats.inc_value("thidua/readable")
        if saved.refused:
            stats.inc_value("thidua/refused/date that cannot be true", saved.refused)

    def _stop(self, error: ArchiveError) -> None:
        """Close the spider: in-flight requests end, nothing more is stored, and the summary says why."""
        self._crawler.stats.set_value(STOPPED, str(error))
        self._crawler.stats.inc_value("thidua/not stored")
        closing = self._crawler.engine.close_spider_async(reason="archive")
        self._stopping = asyncio.get_running_loop().create_task(closing)


def observation(visit: Visit, session: Session) -> Observation:
    """Return the archive's record of a visit."""
    capture, page = visit.reading.capture, visit.reading.page
    return Observation(
        site=session.site,
        url=capture.url,
        key=key(capture.url),
        captured_at=capture.captured_at,
        source=capture.source,
        http_status=capture.status,
        digest=capture.digest,
        content_type=capture.content_type,
        length=capture.length,
        location=capture.location,
        etag=capture.etag,
        last_modified=capture.last_modified,
        state=visit.state,
        kind=page.kind if page else "",
        reason=visit.reason,
        text=text(page) if page and page.kind is Kind.ARTICLE and visit.state is State.FETCHED else None,
        sighted=tuple(_sighted(item) for item in page.items) if page else (),
        known=tuple(Known(link.url, key(link.url), link.kind, link.depth) for link in visit.links),
        canonical_key=_canonical(page),
        run_id=session.run_id,
    )


def text(page: Page) -> Text:
    """Return what the archive keeps of an article."""
    return Text(
        title=page.title,
        category=page.category,
        lead=page.lead,
        body=page.body,
        block_kinds="".join(block.kind for block in page.blocks),
        byline=page.byline,
        page_date=page.published,
        text_date=page.dateline,
        images=tuple((image.url, image.caption) for image in page.images),
        attachments=tuple((file.url, file.name) for file in page.attachments),
    )


def _sighted(item: ListItem) -> Sighted:
    """Return the archive's record of one list entry."""
    url = tidy(item.url)
    return Sighted(url, key(url), item.relation, item.position, item.title, item.published)


def _canonical(page: Page | None) -> str:
    """Return the key of the page's canonical address; a malformed one gives an empty string."""
    if page is None or not page.canonical:
        return ""
    try:
        return key(page.canonical)
    except ValueError:
        return ""
