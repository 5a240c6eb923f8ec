"""One crawl's hold on one archive: opened before the first request, closed after the last page is stored."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import SplitResult, urlsplit

from archive import Archive, ArchiveError, runs
from archive.frontier import Frontier
from archive.models import Due, Known
from crawler import sites, traversal
from crawler.counts import Counts
from crawler.lock import Lock
from crawler.pages import urls

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from pathlib import Path
    from types import TracebackType

    from scrapy.crawler import Crawler

DEFAULT_SITE = "haiduong"


class SessionError(Exception):
    """What was asked for cannot be crawled: a start URL is none, or there is nothing to start from."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What is asked of a run.

    Without `urls`, an archive that holds pages goes on with its site, or with the one called `site`, and an empty one
    begins with the profile of that key. `max_pages` is 0 for no limit; `command` is written into the run's row.
    """

    urls: tuple[str, ...] = ()
    site: str = ""
    max_pages: int = 0
    command: str = "crawl"


@dataclass(slots=True)
class Session:
    """The archive, its frontier and its lock, for one run on one site.

    `hosts` are the site's, as `urls.host` writes them; `start_keys` the keys of the pages the run starts from;
    `earliest` the first day that a news item of the site can be of; `max_pages` 0 for no limit.
    """

    archive: Archive
    frontier: Frontier
    lock: Lock
    site: str
    hosts: tuple[str, ...]
    earliest: date
    run_id: int
    max_pages: int = 0
    start_keys: frozenset[str] = field(default=frozenset())
    started: float = field(default_factory=time.monotonic)
    taken: int = 0
    limited: bool = False  # max_pages has held back pages
    counts: Counts | None = None  # set when the run has ended

    @classmethod
    def open(cls, folder: Path, plan: Plan) -> Self:
        """Open or make the archive in `folder`, take its lock and mark what is due.

        Raises:
            SessionError: a start URL is malformed, the URLs belong to more than one site, or the archive holds several.
            SiteError: there is no such profile.
            HeldError: another crawl holds the archive.
            ArchiveError: the folder cannot hold an archive, or holds something else.
        """
        given = [checked(url) for url in plan.urls]
        archive = Archive.open(folder, create=True)
        lock = Lock(folder)
        try:
            profile = _profile(archive, given, plan.site)
            lock.__enter__()
            return cls._begin(archive, lock, profile, given, plan)
        except BaseException:
            lock.release()
            archive.close()
            raise

    @classmethod
    def _begin(cls, archive: Archive, lock: Lock, profile: sites.Profile, given: list[str], plan: Plan) -> Self:
        """Mark the start pages and what else is due, and write down that a run has begun."""
        frontier = Frontier(archive, profile.key)
        starts = traversal.starts(given or profile.start_urls)
        frontier.add([Known(link.url, urls.key(link.url), link.kind, link.depth) for link in starts])
        run_id = runs.start(archive, plan.command)
        frontier.begin()
        return cls(
            archive=archive,
            frontier=frontier,
            lock=lock,
            site=profile.key,
            hosts=profile.hosts,
            earliest=profile.earliest,
            run_id=run_id,
            max_pages=plan.max_pages,
            start_keys=frozenset(urls.key(url) for url in given or profile.start_urls),
        )

    @property
    def domains(self) -> list[str]:
        """The site's hosts as Scrapy wants them: without ports, each also without `www.`."""
        names = {urlsplit(f"//{host}").hostname or "" for host in self.hosts}
        return sorted(names | {name.removeprefix("www.") for name in names})

    def take(self, room: int) -> list[Due]:
        """Return at most `room` pages to ask for next; none once max_pages have been taken."""
        if not self.taken:
            self.started = time.monotonic()
        if self.max_pages and self.taken + room > self.max_pages:
            room = self.max_pages - self.taken
            self.limited = True
        due = self.frontier.take(room) if room > 0 else []
        self.taken += len(due)
        return due

    def is_start(self, url: str) -> bool:
        """Tell whether the run was started from this page."""
        return urls.key(url) in self.start_keys

    def finish(self, reason: str, stats: Mapping[str, Any]) -> None:
        """Write down how the run ended, once; `reason` is Scrapy's word for it."""
        if self.counts is None:
            seconds = time.monotonic() - self.started
            self.counts = Counts.of(stats, reason, seconds, limited=self.limited and self.frontier.left() > 0)
            try:
                runs.finish(self.archive, self.run_id, self.counts.outcome, self.counts.as_json())
            except ArchiveError as error:  # what ended the run may keep this from being written too
                self.counts = replace(self.counts, outcome="failed", stopped=self.counts.stopped or str(error))

    def close(self) -> None:
        """Close the archive and let go of its lock; doing so twice is harmless."""
        self.archive.close()
        self.lock.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def checked(url: str) -> str:
    """Return a start URL that can be asked for, its host as the network spells it: `xn--thiua-7ya.vn`.

    Raises:
        SessionError: it has no scheme, another than http(s), or no possible host; the message says what to type.
    """
    parts = _split(url)
    if not parts.scheme or "://" not in url:
        raise SessionError(f"{url!r} is not a URL: it needs a scheme, such as https://{url.lstrip('/')}")
    if parts.scheme.lower() not in {"http", "https"}:
        raise SessionError(f"{url!r}: only http:// and https:// can be crawled")
    if not parts.hostname:
        raise SessionError(f"{url!r} names no host, such as https://example.gov.vn/")
    host = _in_ascii(url, parts.hostname)
    if parts.netloc.isascii():
        return url
    return parts._replace(netloc=host if parts.port is None else f"{host}:{parts.port}").geturl()


def _in_ascii(url: str, host: str) -> str:
    """Return the host of the URL as the network spells it, with our own error where none can be called so."""
    try:
        url.encode()  # an argument that is not UTF-8 could be neither stored nor asked for
        name = host.encode("idna").decode("ascii")
    except UnicodeError as error:
        raise SessionError(f"{url!r} cannot be a URL: check how it is spelt") from error
    if re.search(r"[^a-z0-9._:%-]", name, re.IGNORECASE):
        raise SessionError(f"{url!r} names no host that can be, such as https://example.gov.vn/")
    return name


def _split(url: str) -> SplitResult:
    """Split a URL, with our own error for one that cannot be."""
    try:
        parts = urlsplit(url.strip())
        parts.port  # noqa: B018 - reading it is the check
    except ValueError as error:
        raise SessionError(f"{url!r} is not a URL: {error}") from error
    return parts


def _profile(archive: Archive, given: list[str], site: str) -> sites.Profile:
    """Return the profile of the one site that is meant."""
    if not given:
        return _going_on(archive, site)
    profile = sites.load(site) if site else sites.for_url(given[0])
    for url in given:
        if not urls.same_site(url, profile.hosts):
            raise SessionError(f"{url} is not a page of {', '.join(profile.hosts)}: crawl one site at a time")
    return profile


def _going_on(archive: Archive, site: str) -> sites.Profile:
    """Return the profile of the site that the archive already holds, or of the one to begin with."""
    held = _held(archive)
    if not site and len(held) > 1:
        raise SessionError(f"the archive holds {len(held)} sites; say which with --site: {', '.join(held)}")
    key = site or (held[0] if held else DEFAULT_SITE)
    if key in sites.keys() or key not in held:  # noqa: SIM118 - not a dict
        return sites.load(key)
    return sites.Profile(key, key, (key,), ())  # a host without a profile; its start pages are in the archive


def _held(archive: Archive) -> list[str]:
    """Return the sites that the archive holds answers of; a mistyped start URL has left none."""
    with archive.read() as conn:
        rows = conn.execute("SELECT DISTINCT site FROM pages WHERE fetched_at IS NOT NULL AND http_status > 0")
        return sorted(str(site) for (site,) in rows)


def session_of(crawler: Crawler) -> Session:
    """Return the session of a running crawl.

    Raises:
        SessionError: the spider that runs is not ours (as in `scrapy shell`), so nothing can be stored.
    """
    session = getattr(crawler.spider, "session", None)
    if not isinstance(session, Session):
        raise SessionError("this spider has opened no archive")
    return session
