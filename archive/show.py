"""One article with all that is known about it: dates and their evidence, neighbours, versions, captures, files."""

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass

from archive import stored
from archive.errors import NotFoundError
from archive.pages import find
from archive.reader import Reader
from archive.stored import Article


@dataclass(frozen=True, slots=True)
class Neighbour:
    """An article before or after this one in the chain. `id` is None while it is not stored."""

    url: str
    title: str
    published: str | None
    id: int | None


@dataclass(frozen=True, slots=True)
class Evidence:
    """What one page's list says of the article's date."""

    published: str
    seen_on: str
    relation: str


@dataclass(frozen=True, slots=True)
class Version:
    """One text the article had, from when on."""

    number: int
    captured_at: str
    title: str
    body: str


@dataclass(frozen=True, slots=True)
class Capture:
    """One response that the article's page, or an alias of it, gave."""

    id: int
    url: str
    captured_at: str
    source: str
    status: int
    digest: str
    warc_file: str | None


@dataclass(frozen=True, slots=True)
class Shown:
    """An article and what belongs to it. `older` and `newer` are nearest first, named from either side."""

    article: Article
    evidence: list[Evidence]
    older: list[Neighbour]
    newer: list[Neighbour]
    versions: list[Version]
    captures: list[Capture]
    attachments: list[tuple[str, str]]  # (url, name)
    images: list[tuple[str, str]]  # (url, caption)


# Of one neighbour, what was said last; stored articles speak for themselves.
_NEIGHBOURS = """
SELECT p.url, coalesce(a.title, n.title, ''), coalesce(a.published, p.dated, n.published) AS day, a.id FROM (
    SELECT page, title, published, max(said_at) FROM (
        SELECT page_id AS page, title, published, last_seen_at AS said_at FROM mentions
        WHERE seen_on_id = :id AND relation = :side
        UNION ALL
        SELECT seen_on_id, NULL, NULL, '' FROM mentions WHERE page_id = :id AND relation = :other
    ) GROUP BY page
) n JOIN pages p ON p.id = n.page LEFT JOIN articles a ON a.id = n.page
ORDER BY day IS NULL, day {nearest}, p.id
"""
_EVIDENCE = """
SELECT m.published, p.url, m.relation FROM mentions m JOIN pages p ON p.id = m.seen_on_id
WHERE m.page_id = ? AND m.published IS NOT NULL ORDER BY m.published, p.url
"""
_CAPTURES = """
SELECT c.id, c.url, c.captured_at, c.source, c.status, c.digest, c.warc_file FROM captures c
WHERE c.page_id = ?1 OR c.page_id IN (SELECT id FROM pages WHERE alias_of = ?1) ORDER BY c.captured_at, c.id
"""


_VERSIONS = "SELECT number, captured_at, title, body FROM versions WHERE article_id = ? ORDER BY number"
_ATTACHMENTS = "SELECT url, name FROM attachments WHERE article_id = ? ORDER BY position"
_IMAGES = "SELECT url, caption FROM images WHERE article_id = ? ORDER BY position"


def show(archive: Reader, wanted: int | str, *, key: Callable[[str], str] | None = None) -> Shown:
    """Return one article with all that belongs to it.

    Args:
        archive: an open archive.
        wanted: its id, as a number or in digits, or its URL.
        key: makes a page's identity out of a URL, so that any spelling finds it; without it the URL has to be exact.

    Raises:
        NotFoundError: there is no such article, or it is known but not stored.
        ArchiveError: the archive is locked or damaged.
    """
    with archive.read() as conn:
        article_id = _id(conn, wanted, key)
        article = None if article_id is None else stored.find(conn, article_id)
        if article is None:
            raise NotFoundError(_absent(conn, archive, wanted, article_id))
        article_id = article.id
        return Shown(
            article=article,
            evidence=[Evidence(*each) for each in conn.execute(_EVIDENCE, (article_id,))],
            older=_neighbours(conn, article_id, "older"),
            newer=_neighbours(conn, article_id, "newer"),
            versions=[Version(*each) for each in conn.execute(_VERSIONS, (article_id,))],
            captures=[Capture(*each) for each in conn.execute(_CAPTURES, (article_id,))],
            attachments=conn.execute(_ATTACHMENTS, (article_id,)).fetchall(),
            images=conn.execute(_IMAGES, (article_id,)).fetchall(),
        )


def _id(conn: sqlite3.Connection, wanted: int | str, key: Callable[[str], str] | None) -> int | None:
    """Return the id of the page that is meant, stored as an article or not; None where no page is."""
    if isinstance(wanted, int) or (wanted.isascii() and wanted.isdigit()):
        found = conn.execute(
            "SELECT ifnull(alias_of, id) FROM pages WHERE id = ?", (min(int(wanted), _MOST_ID),)
        ).fetchone()
    else:
        found = conn.execute("SELECT ifnull(alias_of, id) FROM pages WHERE url = ?", (wanted,)).fetchone()
        if found is None and key is not None:
            page = find(conn, key(wanted))
            return page.holder if page else None
    return found[0] if found else None


ELSEWHERE = "elsewhere"  # what a copy of a choice calls the page of an article that was not chosen
_MOST_ID = 2**63 - 1  # SQLite's greatest number


def _absent(conn: sqlite3.Connection, archive: Reader, wanted: int | str, page_id: int | None) -> str:
    """Say why there is nothing to show."""
    page = None
    if page_id is not None:
        page = conn.execute("SELECT url, kind, state FROM pages WHERE id = ?", (page_id,)).fetchone()
    if page is None:
        return f"{archive.path}: holds no article {wanted}; `thidua search` shows what it holds"
    url, kind, state = page
    if kind == ELSEWHERE:
        return f"{archive.path}: {url} is not in this copy; the archive that it was made from may have it"
    if kind != "article":
        return f"{archive.path}: {url} is no article but a page of kind {kind}"
    if state == "gone":
        return f"{archive.path}: {url} was gone from the site before it could be stored"
    return f"{archive.path}: {url} is known but not stored ({state}); crawl again to fetch it"


def _neighbours(conn: sqlite3.Connection, article_id: int, side: str) -> list[Neighbour]:
    """Return what stands on one side of the article in the chain."""
    other, nearest = ("newer", "DESC") if side == "older" else ("older", "ASC")
    rows = conn.execute(_NEIGHBOURS.format(nearest=nearest), {"id": article_id, "side": side, "other": other})
    return [Neighbour(*row) for row in rows]
