"""The archive that the reading room shows, among the databases that Datasette has open."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from archive.reader import Reader, borrowed
from archive.shelf import Shelf
from archive.web.queries import tables_of

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable

T = TypeVar("T")

_TABLES = frozenset(
    {"articles", "articles_fts", "superseded", "images", "attachments", "captures", "pages", "mentions"}
    | {"status_changes", "versions"}
)
_SECONDS = 10.0  # that one page's queries may take


@dataclass(frozen=True)
class Room:
    """One archive, as it is asked in Datasette's threads, which only read.

    Attributes:
        datasette: the running Datasette.
        database: its name for the archive.
    """

    datasette: Any
    database: str
    _threads: threading.local = field(default_factory=threading.local)

    async def ask(self, question: Callable[[Reader], T]) -> T:
        """Return what the question does, asked in one transaction.

        Raises:
            ArchiveError: what the question raises, or the archive is locked or damaged.
        """
        database = self.datasette.get_database(self.database)

        def in_thread(conn: sqlite3.Connection) -> T:
            with borrowed(conn, Path(database.path), _SECONDS) as reader:
                return question(reader)

        answer: T = await database.execute_fn(in_thread)
        return answer

    def kept(self, reader: Reader, make: Callable[[Reader], T]) -> T:
        """Return what a function makes of the archive: once, until somebody writes to it. For use in a question.

        SQLite counts for each connection how often others have written (`PRAGMA data_version`), and each of Datasette's
        threads has a connection of its own: so each thread keeps its own.
        """
        (version,) = reader.conn.execute("PRAGMA data_version").fetchone()
        kept: _Kept | None = getattr(self._threads, "kept", None)
        if kept is None or kept.conn is not reader.conn or kept.version != version:
            kept = self._threads.kept = _Kept(reader.conn, version)
        if make not in kept.made:
            kept.made[make] = make(reader)
        made: T = kept.made[make]
        return made

    def shelf(self, reader: Reader) -> Shelf:
        """Return all articles in the order of their days. For use in a question."""
        return self.kept(reader, _shelf)


@dataclass(frozen=True, slots=True)
class _Kept:
    """What one thread has made of the archive while it was in one state."""

    conn: sqlite3.Connection
    version: int
    made: dict[Callable[[Reader], Any], Any] = field(default_factory=dict)


def _shelf(reader: Reader) -> Shelf:
    return Shelf.load(reader.conn)


def find_room(datasette: Any) -> Room | None:
    """Return the room of the first database that is an archive, or None where none is."""
    for name, database in datasette.databases.items():
        if tables_of(database).keys() >= _TABLES:  # one that an earlier version wrote may lack some
            return Room(datasette, name)
    return None
