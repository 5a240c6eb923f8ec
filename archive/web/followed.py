"""A database whose file may be replaced by another of the same name while Datasette has it open.

Datasette opens a file once for each of its threads and keeps it. Where `thidua reparse --from-scratch` or
`thidua export sqlite --force` puts a new file in its place, the threads would go on with the old one for ever.
"""

from __future__ import annotations

import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

from datasette.database import Database

from archive.web.queries import tables_of

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable

_File = tuple[int, int]  # device and inode


class Followed(Database):  # type: ignore[misc] # Datasette has no types
    """A database that opens its file anew when it has become another."""

    def __init__(self, like: Database) -> None:
        """Take the place of a database that nothing was asked of yet."""
        super().__init__(like.ds, path=like.path, is_mutable=like.is_mutable)
        self.name, self.route = like.name, like.route
        self._threads = threading.local()
        self._files: dict[sqlite3.Connection, _File | None] = {}

    def connect(self, write: bool = False) -> sqlite3.Connection:
        """Open the file. Where it is replaced in this very moment, the next question opens it once more."""
        file = _file(self.path)
        conn: sqlite3.Connection = super().connect(write)
        self._files[conn] = file
        return conn

    async def execute_fn(self, fn: Callable[[sqlite3.Connection], Any]) -> Any:
        """Return what the function makes of a connection to the file that is there now."""
        return await super().execute_fn(lambda conn: fn(self._current(conn)))

    def _current(self, conn: sqlite3.Connection) -> sqlite3.Connection:
        """Return the connection that this thread has to the file; one to an earlier file is closed.

        Datasette always gives the first that it opened for the thread. Nobody else uses any of them.
        """
        kept: sqlite3.Connection = getattr(self._threads, "conn", conn)
        file = _file(self.path)
        if file is None or self._files.get(kept) == file:  # none while it is being replaced
            return kept
        anew = self.connect()
        self.ds._prepare_connection(anew, self.name)  # noqa: SLF001 - what Datasette does with each that it opens
        self._threads.conn = anew
        self._files.pop(kept, None)
        kept.close()
        return anew


def follow(datasette: Any) -> None:
    """Let Datasette follow the files of its archives, but those that it was told never change."""
    datasette.databases = {
        name: Followed(db) if type(db) is Database and db.is_mutable and tables_of(db) else db
        for name, db in datasette.databases.items()
    }


def _file(path: str) -> _File | None:
    """Return which file has this path, None where none can be seen there."""
    try:
        found = Path(path).stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino
