"""What a question needs of an archive: a connection, and several queries that see one state.

`archive.database.Archive` is one; `borrowed` makes one of a connection that another program, such as Datasette, opened.
"""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from archive.errors import translated

_STEPS = 5000  # of SQLite's machine between two looks at the clock: a millisecond or less


class Reader(Protocol):
    """An archive that can be read, whoever opened it."""

    @property
    def path(self) -> Path:
        """The database's file."""

    @property
    def public(self) -> bool:
        """Whether it is a copy for the public, which tells of no runs."""

    @property
    def conn(self) -> sqlite3.Connection:
        """The connection."""

    def read(self) -> AbstractContextManager[sqlite3.Connection]:
        """Give the connection for several queries that see one state."""


@dataclass(frozen=True, slots=True)
class _Borrowed:
    path: Path
    public: bool
    conn: sqlite3.Connection

    @contextmanager
    def read(self) -> Iterator[sqlite3.Connection]:
        yield self.conn  # `borrowed` has begun the transaction


@contextmanager
def borrowed(conn: sqlite3.Connection, path: Path, seconds: float) -> Iterator[Reader]:
    """Give a reader on somebody else's connection, in one transaction; the connection is then as it was before.

    Args:
        conn: an open connection that is in no transaction. How it shows its rows does not matter.
        path: what the connection opened, for messages.
        seconds: how long the block's queries may take together.

    Raises:
        TooSlowError: they took longer.
        ArchiveError: the archive is locked or damaged.
    """
    end = time.monotonic() + seconds
    shown_as, conn.row_factory = conn.row_factory, None
    conn.set_progress_handler(lambda: time.monotonic() > end, _STEPS)
    try:
        with translated(path):
            conn.execute("BEGIN")
            try:
                yield _Borrowed(path, not has(conn, "runs"), conn)
            finally:
                conn.rollback()
    finally:
        conn.set_progress_handler(None, 0)
        conn.row_factory = shown_as


def has(conn: sqlite3.Connection, table: str) -> bool:
    """Tell whether there is such a table or view."""
    return conn.execute("SELECT 1 FROM sqlite_master WHERE name = ?", (table,)).fetchone() is not None
