"""The rows of `articles` and what belongs to them: versions, pictures, attached files, the full-text index."""

import sqlite3
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from archive import boilerplate, fulltext, pages
from archive.dates import believable
from archive.folding import nfc
from archive.models import Observation, Text
from archive.times import stamp


class Row(NamedTuple):
    """What is stored of an article, as far as storing it again needs to know."""

    id: int
    title: str
    body: str
    block_kinds: str
    byline: str
    status: str
    last_captured_at: str


def find(conn: sqlite3.Connection, page_id: int) -> Row | None:
    """Return the article that this page holds, or None."""
    row = conn.execute(
        "SELECT id, title, body, block_kinds, byline, status, last_captured_at FROM articles WHERE id = ?", (page_id,)
    ).fetchone()
    return Row(*row) if row else None


def categories(conn: sqlite3.Connection, site: str | None = None) -> list[str]:
    """Return the categories of a site or of all, stepping through the index rather than over every article."""
    names: dict[str, None] = {}
    at = conn.execute(_FIRST_CATEGORY, (site or "",)).fetchone()
    while at is not None and site in (None, at[0]):
        names[at[1]] = None
        at = conn.execute(_NEXT_CATEGORY, at).fetchone()
    return list(names)


_FIRST_CATEGORY = "SELECT site, category FROM articles WHERE site >= ? ORDER BY site, category LIMIT 1"
_NEXT_CATEGORY = "SELECT site, category FROM articles WHERE (site, category) > (?, ?) ORDER BY site, category LIMIT 1"


def composed(text: Text) -> Text:
    """Return the text in NFC, the form the archive keeps: places in it stay places in its folded form."""
    return replace(
        text,
        title=nfc(text.title),
        category=nfc(text.category),
        lead=nfc(text.lead),
        body=nfc(text.body),
        byline=nfc(text.byline),
    )


def insert(conn: sqlite3.Connection, page: pages.Row, seen: Observation, text: Text, capture_id: int) -> None:
    """Store a new article with its first version. `text` is composed and not yet trimmed."""
    boilerplate.count(conn, seen.site, boilerplate.blocks_of(text.body, text.block_kinds))
    text = _trimmed(conn, seen.site, text)
    conn.execute(
        "INSERT INTO articles(id, site, url, category, title, page_date, text_date, status, first_captured_at, "
        "last_captured_at, version, version_captured_at, version_capture_id, byline, lead, block_kinds, body) "
        "VALUES (:id, :site, :url, :category, :title, :page_date, :text_date, 'live', :moment, :moment, "
        "1, :moment, :capture_id, :byline, :lead, :kinds, :body)",
        {"id": page.id, "site": seen.site, "url": page.url, "capture_id": capture_id, **_columns(seen, text)},
    )
    _put(conn, page.id, "images", "caption", text.images)
    _put(conn, page.id, "attachments", "name", text.attachments)
    fulltext.add(conn, page.id, text.title, text.body, text.byline)


def update(conn: sqlite3.Connection, old: Row, seen: Observation, text: Text, capture_id: int) -> str:
    """Store what a later capture of a stored article says; return `back`, `changed` or `unchanged`.

    Only another title or body makes a version. Anything else (category, byline, dates, pictures) is put right in place.
    A capture older than the last one changes no text.
    """
    moment = stamp(seen.captured_at)
    if moment < old.last_captured_at:
        conn.execute("UPDATE articles SET first_captured_at = min(first_captured_at, ?) WHERE id = ?", (moment, old.id))
        return "unchanged"
    text = _trimmed(conn, seen.site, text)
    changed = _another_text(conn, seen.site, old, text)
    if changed:
        _supersede(conn, old.id, moment, capture_id)
    if (text.title, text.body, text.byline) != (old.title, old.body, old.byline):
        fulltext.remove(conn, old.id, old.title, old.body, old.byline)
        fulltext.add(conn, old.id, text.title, text.body, text.byline)
    conn.execute(
        "UPDATE articles SET category = :category, title = :title, page_date = :page_date, text_date = :text_date, "
        "status = 'live', last_captured_at = :moment, byline = :byline, lead = :lead, block_kinds = :kinds, "
        "body = :body WHERE id = :id",
        {"id": old.id, **_columns(seen, text)},
    )
    _replace_files(conn, old.id, "images", "caption", text.images)
    _replace_files(conn, old.id, "attachments", "name", text.attachments)
    return "back" if old.status == "gone" else "changed" if changed else "unchanged"


def mark_gone(conn: sqlite3.Connection, article_id: int) -> None:
    """Note that the site has the article no more. Its text stays."""
    conn.execute("UPDATE articles SET status = 'gone' WHERE id = ?", (article_id,))


def delete(conn: sqlite3.Connection, row: Row) -> None:
    """Remove an article that turned out to be another one's second address. Its captures stay."""
    fulltext.remove(conn, row.id, row.title, row.body, row.byline)
    for table in ("superseded", "images", "attachments"):
        conn.execute(f"DELETE FROM {table} WHERE article_id = ?", (row.id,))  # noqa: S608 - names above
    conn.execute("DELETE FROM articles WHERE id = ?", (row.id,))


def _columns(seen: Observation, text: Text) -> dict[str, str | None]:
    """Return the columns that every capture of an article sets, by the names used in the statements above."""
    return {
        "category": text.category,
        "title": text.title,
        "page_date": _day(text.page_date, seen),
        "text_date": _day(text.text_date, seen),
        "moment": stamp(seen.captured_at),
        "byline": text.byline,
        "lead": text.lead,
        "kinds": text.block_kinds,
        "body": text.body,
    }


def _day(day: date | None, seen: Observation) -> str | None:
    return day.isoformat() if day is not None and believable(day, seen.captured_at) else None


def _trimmed(conn: sqlite3.Connection, site: str, text: Text) -> Text:
    body, kinds = boilerplate.trimmed(conn, site, text.body, text.block_kinds)
    return replace(text, body=body, block_kinds=kinds)


def _another_text(conn: sqlite3.Connection, site: str, old: Row, text: Text) -> bool:
    """Tell whether the site changed the text; furniture not yet known when the old one was stored does not count."""
    if (text.title, text.body) == (old.title, old.body):
        return False
    return text.title != old.title or boilerplate.trimmed(conn, site, old.body, old.block_kinds)[0] != text.body


def _supersede(conn: sqlite3.Connection, article_id: int, moment: str, capture_id: int) -> None:
    """Keep the stored text as a version of its own and number the one that is about to replace it."""
    conn.execute(
        "INSERT INTO superseded(article_id, number, captured_at, title, capture_id, block_kinds, body) "
        "SELECT id, version, version_captured_at, title, version_capture_id, block_kinds, body "
        "FROM articles WHERE id = ?",
        (article_id,),
    )
    conn.execute(
        "UPDATE articles SET version = version + 1, version_captured_at = ?, version_capture_id = ? WHERE id = ?",
        (moment, capture_id, article_id),
    )


_Files = Sequence[tuple[str, str]]  # address, and caption or name


def _replace_files(conn: sqlite3.Connection, article_id: int, table: str, words: str, files: _Files) -> None:
    """Make an article's pictures or attached files equal to `files`, writing only where they differ."""
    stored = conn.execute(
        f"SELECT url, {words} FROM {table} WHERE article_id = ? ORDER BY position",  # noqa: S608 - names from here
        (article_id,),
    ).fetchall()
    if stored != [(url, nfc(word)) for url, word in files]:
        conn.execute(f"DELETE FROM {table} WHERE article_id = ?", (article_id,))  # noqa: S608 - as above
        _put(conn, article_id, table, words, files)


def _put(conn: sqlite3.Connection, article_id: int, table: str, words: str, files: _Files) -> None:
    conn.executemany(
        f"INSERT INTO {table}(article_id, position, url, {words}) VALUES (?, ?, ?, ?)",  # noqa: S608 - as above
        [(article_id, position, url, nfc(word)) for position, (url, word) in enumerate(files)],
    )
