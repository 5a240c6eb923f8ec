"""An article's versions, what changed from each to the next, and when it was gone and back."""

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, replace

from archive import worddiff
from archive.reader import Reader
from archive.show import show
from archive.worddiff import Change


@dataclass(frozen=True, slots=True)
class Event:
    """A moment (UTC) when the article was found `gone`, or was back: `live`.

    `reason` is what the site answered, such as `HTTP 404`; empty when the article was back.
    """

    captured_at: str
    status: str
    reason: str
    capture_id: int | None


@dataclass(frozen=True, slots=True)
class Version:
    """One text of the article and how it differs from the one before, words counted in the body.

    `captured_at` is when it was first seen (UTC), `capture_id` the capture that brought it. `title_diff` is empty where
    the title is as before, and like `diff` in the first version. `events` are those that befell this text: an article
    that came back with another text is back in that one.
    """

    number: int
    captured_at: str
    capture_id: int | None
    title: str
    body: str
    words: int
    added: int = 0
    removed: int = 0
    title_diff: tuple[Change, ...] = ()
    diff: tuple[Change, ...] = ()
    events: tuple[Event, ...] = ()

    @property
    def title_changed(self) -> bool:
        """Whether the version before had another title."""
        return bool(self.title_diff)


@dataclass(frozen=True, slots=True)
class History:
    """All versions of one article, the first first.

    `status` is `live` or `gone`. `last_captured_at` is when the article was last read, `asked_at` when the site last
    gave any answer about it, and `trouble` what was wrong with that one: empty where it was the article.
    """

    id: int
    url: str
    title: str
    status: str
    first_captured_at: str
    last_captured_at: str
    asked_at: str
    trouble: str
    versions: tuple[Version, ...]


_VERSIONS = "SELECT number, captured_at, capture_id, title, body FROM versions WHERE article_id = ? ORDER BY number"
_EVENTS = "SELECT captured_at, status, reason, capture_id FROM status_changes WHERE article_id = ? ORDER BY id"
_LAST_ANSWER = "SELECT ifnull(fetched_at, ''), ifnull(reason, '') FROM pages WHERE id = ?"


def history(archive: Reader, wanted: int | str, *, key: Callable[[str], str] | None = None) -> History:
    """Return the versions of one article.

    Args:
        archive: an open archive.
        wanted: its id, as a number or in digits, or its URL, as for `archive.show.show`.
        key: makes a page's identity out of a URL, so that any spelling finds it; without it the URL has to be exact.

    Raises:
        NotFoundError: there is no such article, or it is known but not stored.
        ArchiveError: the archive is locked or damaged.
    """
    with archive.read() as conn:
        article = show(archive, wanted, key=key).article
        asked_at, trouble = conn.execute(_LAST_ANSWER, (article.id,)).fetchone()
        return History(
            id=article.id,
            url=article.url,
            title=article.title,
            status=article.status,
            first_captured_at=article.first_captured_at,
            last_captured_at=article.last_captured_at,
            asked_at=asked_at,
            trouble=trouble,
            versions=_versions(conn, article.id),
        )


def _versions(conn: sqlite3.Connection, article_id: int) -> tuple[Version, ...]:
    versions: list[Version] = []
    for number, captured_at, capture_id, title, body in conn.execute(_VERSIONS, (article_id,)):
        version = Version(number, captured_at, capture_id, title, body, worddiff.words(body))
        versions.append(_compared(versions[-1], version) if versions else version)
    return _with_events(versions, [Event(*row) for row in conn.execute(_EVENTS, (article_id,))])


def _compared(before: Version, version: Version) -> Version:
    """Return the version with what changed since the one before."""
    changes = worddiff.diff(before.body, version.body)
    added, removed = worddiff.counted(changes)
    title_diff = () if before.title == version.title else worddiff.diff(before.title, version.title)
    return replace(version, added=added, removed=removed, title_diff=title_diff, diff=changes)


def _with_events(versions: list[Version], events: list[Event]) -> tuple[Version, ...]:
    """Return the versions, each with the events between its first capture and that of the next, as they came."""
    starts = [version.capture_id or 0 for version in versions[1:]]

    def of(event: Event) -> int:
        return sum(start <= (event.capture_id or 0) for start in starts)

    return tuple(
        replace(version, events=tuple(event for event in events if of(event) == n))
        for n, version in enumerate(versions)
    )
