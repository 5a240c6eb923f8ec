"""Articles as they are stored, read whole."""

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from archive.database import Archive
from archive.pages import batches, marks


def host(url: str) -> str:
    """Return the host of a URL as people know it, without `www.`."""
    return urlsplit(url).netloc.removeprefix("www.")


@dataclass(frozen=True, slots=True)
class Article:
    """An article as stored. Dates are ISO, times UTC with `Z`; docs/archive.md says what each column means."""

    id: int
    site: str
    url: str
    category: str
    title: str
    published: str | None
    published_source: str | None
    published_earliest: str | None
    published_latest: str | None
    published_disputed: str | None
    page_date: str | None
    text_date: str | None
    status: str
    first_captured_at: str
    last_captured_at: str
    version_captured_at: str  # when its present text was first seen
    byline: str
    lead: str
    block_kinds: str
    body: str
    bounds_disputed: bool

    @property
    def host(self) -> str:
        """The host that published it, as people know it; `site` may be the key of a profile."""
        return host(self.url)

    def __repr__(self) -> str:
        """Return which article this is; its text would fill the screen."""
        return f"<Article {self.id} · {self.published or 'undated'} · {self.title}>"


_ARTICLES = (
    "SELECT id, site, url, category, title, published, published_source, published_earliest, published_latest, "
    "published_disputed, page_date, text_date, status, first_captured_at, last_captured_at, version_captured_at, "
    "byline, lead, block_kinds, body, bounds_disputed = 1 FROM articles WHERE id IN "
)


def find(conn: sqlite3.Connection, article_id: int) -> Article | None:
    """Return one article, or None where there is none of this id."""
    return next(several(conn, [article_id]), None)


def several(conn: sqlite3.Connection, ids: Sequence[int]) -> Iterator[Article]:
    """Yield the articles of these ids, in their order, a few hundred in memory at a time; unknown ids are left out."""
    for part in batches(ids):
        rows = {row[0]: row for row in conn.execute(_ARTICLES + marks(part), part)}
        yield from (_article(rows[each]) for each in part if each in rows)


def walk(archive: Archive, ids: Sequence[int]) -> Iterator[Article]:
    """Yield the same, holding no transaction meanwhile: a walk may take as long as it likes, also during a crawl.

    Raises:
        ArchiveError: the archive is locked, damaged or closed.
    """
    for part in batches(ids):
        yield from _read(archive, part)


def _read(archive: Archive, part: Sequence[int]) -> list[Article]:
    with archive.read() as conn:
        return list(several(conn, part))


def _article(row: Sequence[Any]) -> Article:
    return Article(*[*row[:-1], bool(row[-1])])  # SQLite has no truth values
