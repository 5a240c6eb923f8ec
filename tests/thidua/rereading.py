"""What the tests of `thidua reparse` do to an archive, and ask of it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Any

from archive import Archive, fulltext

if TYPE_CHECKING:
    from pathlib import Path

OLD = "Trang in"


def change(folder: Path, *statements: str) -> None:
    """Make the database what other readers, or a fault, would have left."""
    with closing(sqlite3.connect(folder / "archive.db", isolation_level=None)) as db:
        for statement in statements:
            db.execute(statement)


def ask(folder: Path, query: str) -> Any:
    with closing(sqlite3.connect(f"file:{folder / 'archive.db'}?mode=ro", uri=True)) as db:
        return db.execute(query).fetchone()[0]


def retitle(folder: Path, title: str = OLD) -> int:
    """Give an article the title that an older version of the readers would have found; return its id."""
    with Archive.open(folder) as archive, archive.write() as conn:
        article, old, body, byline = conn.execute("SELECT id, title, body, byline FROM articles ORDER BY id").fetchone()
        fulltext.remove(conn, article, old, body, byline)
        fulltext.add(conn, article, title, body, byline)
        conn.execute("UPDATE articles SET title = ? WHERE id = ?", (title, article))
    return int(article)


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir() if not path.name.endswith(("-wal", "-shm"))}


def tables_of(folder: Path, query: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(folder / "archive.db")) as db:
        return db.execute(query).fetchall()
