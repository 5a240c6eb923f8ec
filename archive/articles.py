"""The rows of `articles` and what belongs to them: pictures, attached files, coming and going, the full-text index."""

import sqlite3
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from archive import boilerplate, doubts, fulltext, pages, versions
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
    fulltext.later(conn, page.id)


def update(  # noqa: PLR0913 - what `store` has found out, by name
    conn: sqlite3.Connection, old: Row, seen: Observation, text: Text, capture_id: int, *, believed: bool = False
) -> str:
    """Store what a later capture of a stored article says; return `back`, `changed`, `unchanged` or `doubted`.

    Only other words in title or body make a version. Anything else (category, byline, dates, pictures, where lines
    end, capitals that a template prints a title in) is put right in place. An imported capture older than the last one
    changes no text, and one older than the article's disappearance does not bring it back; those of crawls are in the
    order in which they came. A text that is nothing like the stored one is `doubted` at first (`doubts`), unless it is
    `believed` as it is.
    """
    moment = stamp(seen.captured_at)
    if not seen.in_turn and moment < old.last_captured_at:
        conn.execute("UPDATE articles SET first_captured_at = min(first_captured_at, ?) WHERE id = ?", (moment, old.id))
        return "unchanged"
    read, text = text, _trimmed(conn, seen.site, text)
    text = replace(text, title=versions.written(old.title, text.title))
    changed = _another_text(conn, seen.site, old, text)
    if not believed and not doubts.believed(conn, old.id, (old.title, old.body), text, (seen.occasion, capture_id)):
        return "doubted"
    back = old.status == "gone" and (seen.in_turn or moment >= _gone_since(conn, old.id))
    if text.body != old.body:
        boilerplate.count_again(conn, seen.site, (read.body, read.block_kinds), (old.body, old.block_kinds))
    if changed:
        versions.supersede(conn, old.id, moment, capture_id)
    if back:
        _note(conn, old.id, "live", seen, capture_id)
    _write(conn, old, seen, text, "live" if back else old.status)
    return "back" if back else "changed" if changed else "unchanged"


def _write(conn: sqlite3.Connection, old: Row, seen: Observation, text: Text, status: str) -> None:
    """Put a text in the stored one's place."""
    if (text.title, text.body, text.byline) != (old.title, old.body, old.byline):
        fulltext.remove(conn, old.id, old.title, old.body, old.byline)
        fulltext.later(conn, old.id)
    conn.execute(
        "UPDATE articles SET category = :category, title = :title, page_date = ifnull(:page_date, page_date), "
        "text_date = :text_date, "
        "status = :status, first_captured_at = min(first_captured_at, :moment), last_captured_at = :moment, "
        "byline = :byline, lead = :lead, block_kinds = :kinds, body = :body WHERE id = :id",
        {"id": old.id, "status": status, **_columns(seen, text)},
    )
    _replace_files(conn, old.id, "images", "caption", text.images)
    _replace_files(conn, old.id, "attachments", "name", text.attachments)


def mark_gone(conn: sqlite3.Connection, old: Row, seen: Observation, capture_id: int) -> str:
    """Note that the site has the article no more; return `gone`, or `none` where that is not news. Its text stays."""
    late = not seen.in_turn and stamp(seen.captured_at) < old.last_captured_at
    if old.status == "gone" or late:
        return "none"
    conn.execute("UPDATE articles SET status = 'gone' WHERE id = ?", (old.id,))
    _note(conn, old.id, "gone", seen, capture_id)
    return "gone"


def _note(conn: sqlite3.Connection, article_id: int, status: str, seen: Observation, capture_id: int) -> None:
    """Remember when an article went or came back, and what the site answered then."""
    conn.execute(
        "INSERT INTO status_changes(article_id, captured_at, status, reason, capture_id) VALUES (?, ?, ?, ?, ?)",
        (article_id, stamp(seen.captured_at), status, seen.reason, capture_id),
    )


def _gone_since(conn: sqlite3.Connection, article_id: int) -> str:
    """Return when an article was last found gone; an empty string where that was before such things were noted."""
    row = conn.execute(
        "SELECT max(captured_at) FROM status_changes WHERE article_id = ? AND status = 'gone'", (article_id,)
    ).fetchone()
    return row[0] or ""


def confirm(conn: sqlite3.Connection, article_id: int, seen: Observation) -> bool:
    """Note that the site says that an article is as it was; return whether there is such an article."""
    done = conn.execute(
        "UPDATE articles SET first_captured_at = min(first_captured_at, ?1), "
        "last_captured_at = CASE WHEN ?2 THEN ?1 ELSE max(last_captured_at, ?1) END WHERE id = ?3",
        (stamp(seen.captured_at), seen.in_turn, article_id),
    )
    return done.rowcount > 0


def delete(conn: sqlite3.Connection, row: Row) -> None:
    """Remove an article that turned out to be another one's second address. Its captures stay."""
    fulltext.remove(conn, row.id, row.title, row.body, row.byline)
    for table in ("superseded", "status_changes", "images", "attachments"):
        conn.execute(f"DELETE FROM {table} WHERE article_id = ?", (row.id,))  # noqa: S608 - names above
    doubts.forget(conn, row.id)
    conn.execute("DELETE FROM articles WHERE id = ?", (row.id,))


def merge(conn: sqlite3.Connection, old: Row, into: Row, seen: Observation, capture_id: int) -> None:
    """Make the history of an article that has moved that of the article at its new address, and remove the old row."""
    versions.inherit(conn, old.id, into.id)
    conn.execute(
        "UPDATE articles SET first_captured_at = min(articles.first_captured_at, o.first_captured_at), "
        "page_date = ifnull(articles.page_date, o.page_date) "
        "FROM articles o WHERE articles.id = ? AND o.id = ?",
        (into.id, old.id),
    )
    conn.execute("UPDATE status_changes SET article_id = ? WHERE article_id = ?", (into.id, old.id))
    if (old.status, into.status) == ("gone", "live"):
        _note(conn, into.id, "live", seen, capture_id)
    delete(conn, old)


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
    """Tell whether the site changed the text.

    Furniture does not count: neither what was not yet known for it when the old text was stored, nor what is none any
    more since too few of the newer articles have it.
    """
    if not versions.same_title(old.title, text.title):
        return True
    if versions.same_text(old.body, text.body):
        return False
    before, after = (
        boilerplate.trimmed(conn, site, body, kinds, share=boilerplate.ONCE_SHARE)[0]
        for body, kinds in ((old.body, old.block_kinds), (text.body, text.block_kinds))
    )
    return not versions.same_text(before, after)


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
