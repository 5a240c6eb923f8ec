"""Keeps the full-text index in step with `articles`, inside the caller's transaction."""

import sqlite3

from archive.folding import exact, folded

_ADD = (
    "INSERT INTO articles_fts(rowid, title, body, byline, title_folded, body_folded, byline_folded) "
    "VALUES (?, ?, ?, ?, ?, ?, ?)"
)
_REMOVE = (
    "INSERT INTO articles_fts(articles_fts, rowid, title, body, byline, title_folded, body_folded, byline_folded) "
    "VALUES ('delete', ?, ?, ?, ?, ?, ?, ?)"
)


def add(conn: sqlite3.Connection, article_id: int, title: str, body: str, byline: str) -> None:
    """Index an article that is not in the index."""
    conn.execute(_ADD, row(article_id, title, body, byline))


def remove(conn: sqlite3.Connection, article_id: int, title: str, body: str, byline: str) -> None:
    """Take an article out of the index. The text must be what was indexed: the index holds no copy of its own."""
    conn.execute(_REMOVE, row(article_id, title, body, byline))


def row(article_id: int, title: str, body: str, byline: str) -> tuple[int | str, ...]:
    """Return what is indexed of an article, after its id in the order of the columns."""
    return (article_id, exact(title), exact(body), exact(byline), folded(title), folded(body), folded(byline))
