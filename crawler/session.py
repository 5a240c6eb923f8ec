"""One crawl's hold on one archive: opened before the first request, closed after the last page is stored."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import urlsplit

from archive import Archive, ArchiveError, health, runs, warc
from archive.frontier import Frontier
from archive.models import Due, Known
from archive.times import stamp
from archive.warc import Writer
from crawler import log, sites
from crawler.counts import STOPPED, Counts, silent
from crawler.lock import Lock
from crawler.scope import Scope
from crawler.start import SessionError, checked, chosen

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path
    from types import TracebackType

    from scrapy.crawler import Crawler


@dataclass(frozen=True, slots=True)
class Plan:
    """What is asked of a run.

    Without `urls`, an archive that holds pages goes on with its site, or with the one called `site`, and an empty one
    begins with the profile of that key, or in the file of that path. `max_pages` is 0 for no limit; `recheck` older
    pages are looked at again; `command` is written into the run's row; after `warc_size` bytes another WARC file is
    begun; `accept` takes the site as it is, however unlike it is to what it was.
    """

    urls: tuple[str, ...] = ()
    site: str = ""
    max_pages: int = 0
    recheck: int = 0
    command: str = "crawl"
    warc_size: int = warc.LARGEST
    accept: bool = False


@dataclass(slots=True)
class Session:
    """The archive, its frontier, its WARC file and its lock, for one run on one site. `max_pages` is 0 for no limit."""

    archive: Archive
    frontier: Frontier
    lock: Lock
    scope: Scope
    max_pages: int = 0
    warc_size: int = warc.LARGEST
    run_id: int = 0  # 0 until the run has begun
    started: float = field(default_factory=time.monotonic)
    taken: int = 0
    limited: bool = False  # max_pages has held back pages
    stopped: str = ""  # why nothing can be stored any more
    counts: Counts | None = None  # set when the run has ended
    _writer: Writer | None = None
    _closing: asyncio.Task[None] | None = None

    @classmethod
    def open(cls, folder: Path, plan: Plan) -> Self:
        """Open or make the archive in `folder` and take its lock.

        Raises:
            SessionError: a start URL is malformed, the URLs belong to more than one site, or the archive holds several.
            SiteError: there is no such profile, or it is not as it must be.
            HeldError: another crawl holds the archive.
            ArchiveError: the folder cannot hold an archive, or holds something else.
        """
        given = tuple(checked(url) for url in plan.urls)
        archive = Archive.open(folder, create=True)
        lock = Lock(folder)
        try:
            profile = chosen(archive, given, plan.site)
            scope = replace(Scope.of(profile, given, plan.recheck, plan.command), accept=plan.accept)
            scope.starts()
            lock.__enter__()
            sites.keep(profile, folder)
        except BaseException:
            lock.release()
            archive.close()
            raise
        return cls(archive, Frontier(archive, scope.site), lock, scope, plan.max_pages, plan.warc_size)

    def begin(self, crawler: Crawler) -> None:
        """Note that a run has begun, and mark what it is to ask for. Stops where the archive cannot be written."""
        scope = self.scope
        try:
            with self.archive.write():
                run_id = runs.begin(self.archive, scope.command, scope.site, scope.begun, accepts=scope.accept)
                mark(self.frontier, scope)
        except ArchiveError as error:
            self.stop(str(error), crawler)
            return
        self.run_id = run_id
        about = scope.as_fields(self.run_id)
        self._writer = Writer(self.archive.folder, self.run_id, scope.begun, about, self.warc_size)
        log.run_start(self.run_id, scope.site, self.archive.folder)

    @property
    def site(self) -> str:
        """The key of the site."""
        return self.scope.site

    @property
    def writer(self) -> Writer:
        """The run's WARC file."""
        assert self._writer is not None  # noqa: S101 - nothing is fetched before the run has begun
        return self._writer

    def sync(self) -> None:
        """Wait until the run's records are on the disk.

        Raises:
            ArchiveError: they cannot be written.
        """
        self.writer.sync()

    @property
    def domains(self) -> list[str]:
        """The site's hosts as Scrapy wants them: without ports, each also without `www.`."""
        names = {urlsplit(f"//{host}").hostname or "" for host in self.scope.hosts}
        return sorted(names | {name.removeprefix("www.") for name in names})

    def take(self, room: int) -> list[Due]:
        """Return at most `room` pages to ask for next; none once max_pages have been taken."""
        if not self.taken:
            self.started = time.monotonic()
        if self.max_pages and self.taken + room > self.max_pages:
            room = self.max_pages - self.taken
            self.limited = True
        due = self.frontier.take(room) if room > 0 and not self.stopped else []
        self.taken += len(due)
        return due

    def stop(self, why: str, crawler: Crawler) -> None:
        """Close the spider, once: nothing more is asked for or stored, and the summary says why."""
        if self.stopped:
            return
        self.stopped = why
        assert crawler.stats is not None  # noqa: S101 - a crawler that runs has them
        assert crawler.engine is not None  # noqa: S101 - the same
        crawler.stats.set_value(STOPPED, why)
        if crawler.engine.running and crawler.spider is not None and self.run_id:
            closing = crawler.engine.close_spider_async(reason="archive")
            self._closing = asyncio.get_running_loop().create_task(closing)

    def finish(self, reason: str, stats: Mapping[str, Any]) -> None:
        """Write down how the run ended, once; `reason` is Scrapy's word for it."""
        if self.counts is not None:
            return
        seconds = time.monotonic() - self.started
        limited = self.limited and self.frontier.left() > 0
        self.counts = Counts.of(stats, reason, seconds, limited=limited)
        try:
            seen = health.seen(self.archive, self.site, self.run_id, silent(stats))
            self.counts = Counts.of(stats, reason, seconds, limited=limited, seen=seen)
            self._note_end(self.counts)
        except ArchiveError as error:  # what ended the run may keep this from being written too
            self.counts = replace(self.counts, outcome="failed", stopped=self.counts.stopped or str(error))

    def _note_end(self, counts: Counts) -> None:
        """Write the run's end into its row, and into its WARC file, so that the row can be made again."""
        now = datetime.now(UTC)
        if not self.run_id:
            return
        if self._writer is not None and self._writer.used and not self.stopped:
            self._writer.finish(counts.outcome, counts.as_json(), now)
        runs.finish(self.archive, self.run_id, counts.outcome, counts.as_json(), now)

    def close(self) -> None:
        """Close the archive and let go of its lock; doing so twice is harmless."""
        if self._writer is not None:
            self._writer.close()
        self.archive.close()
        self.lock.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def mark(frontier: Frontier, scope: Scope) -> None:
    """Mark what a run is to ask for: the pages it starts from, and what is due."""
    starts = [Known(link.url, scope.key(link.url), link.kind, link.depth) for link in scope.starts()]
    frontier.add(starts, stamp(scope.begun))
    frontier.begin(scope.recheck)


def session_of(crawler: Crawler) -> Session:
    """Return the session of a running crawl.

    Raises:
        SessionError: the spider that runs is not ours (as in `scrapy shell`), so nothing can be stored.
    """
    session = getattr(crawler.spider, "session", None)
    if not isinstance(session, Session):
        raise SessionError("this spider has opened no archive")
    return session
