"""Keeps the full-text index in step with `articles`, inside the caller's transaction.

What a transaction stores is indexed at its end, all at once: FTS5 writes down what it has gathered at every savepoint,
and has to join the pieces afterwards. Until then `unindexed` says what is to be indexed; it is undone with the rest.
"""

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
_LATER = "INSERT INTO temp.unindexed(id) VALUES (?)"
_NO_MORE = "DELETE FROM temp.unindexed WHERE id = ?"
_UNINDEXED = "SELECT id, title, body, byline FROM articles WHERE id IN (SELECT id FROM temp.unindexed) ORDER BY id"


def prepare(conn: sqlite3.Connection) -> None:
    """Make a connection ready. Call it as each transaction begins: to set `temp_store` deletes temporary tables."""
    conn.execute("CREATE TEMP TABLE IF NOT EXISTS unindexed(id INTEGER PRIMARY KEY)")


def later(conn: sqlite3.Connection, article_id: int) -> None:
    """Index an article that is not in the index, as it is when the transaction ends."""
    conn.execute(_LATER, (article_id,))


def settle(conn: sqlite3.Connection) -> None:
    """Index what is to be indexed. Call it at the end of each transaction."""
    if conn.execute("SELECT EXISTS (SELECT 1 FROM temp.unindexed)").fetchone()[0]:
        conn.executemany(_ADD, (row(*article) for article in conn.execute(_UNINDEXED)))
        conn.execute("DELETE FROM temp.unindexed")


def add(conn: sqlite3.Connection, article_id: int, title: str, body: str, byline: str) -> None:
    """Index an article that is not in the index, at once."""
    conn.execute(_ADD, row(article_id, title, body, byline))


def remove(conn: sqlite3.Connection, article_id: int, title: str, body: str, byline: str) -> None:
    """Take an article out of the index. The text must be what was indexed: the index holds no copy of its own."""
    if not conn.execute(_NO_MORE, (article_id,)).rowcount:
        conn.execute(_REMOVE, row(article_id, title, body, byline))


def row(article_id: int, title: str, body: str, byline: str) -> tuple[int | str, ...]:
    """Return what is indexed of an article, after its id in the order of the columns."""
    return (article_id, exact(title), exact(body), exact(byline), folded(title), folded(body), folded(byline))
