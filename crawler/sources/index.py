"""What is known of each file of a mirror, by its path: in a database that is forgotten when it is closed.

A hundred thousand files need no memory so; SQLite keeps it in a nameless file that is gone with it.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from .files import Found

_TABLE = """
CREATE TABLE files (
  path BLOB PRIMARY KEY, size INTEGER, changed INTEGER, reason TEXT, url TEXT, at INTEGER, status INTEGER, named TEXT,
  location TEXT, type TEXT, mirror BLOB, cache BLOB, cache_at INTEGER, cache_size INTEGER, stored INTEGER,
  page INTEGER, claimed TEXT, base TEXT
) WITHOUT ROWID
"""
_PLACES = "CREATE TABLE places (answer BLOB PRIMARY KEY, path BLOB) WITHOUT ROWID"
_BATCH = 500


@dataclass(frozen=True, slots=True)
class Entry:
    """What is known of one file.

    Attributes:
        path: within the folder.
        size: bytes.
        changed: the file's own time, seconds since 1970.
        reason: why it is left out, or empty.
        url: the original address, or empty.
        named: the address by which links mean it, where that was redirected to `url`; else empty.
        at: when it was captured, seconds since 1970; 0 where nothing but the file's own time says so.
        status: of HTTP.
        location: where a redirect leads to, absolute.
        type: the content type, as far as it is known.
        mirror: the mark of the program that made the page: `httrack`, `made` (all of it), or empty.
        cache: the cache that holds the page as it came, or empty.
        cache_at: where in it the data begin.
        cache_size: how many bytes they are.
        stored: 1 where they are not deflated.
        page: 1 where it looks like a web page.
        claimed: the address that the page itself gives.
        base: its `<base href>`.
    """

    path: bytes
    size: int = 0
    changed: int = 0
    reason: str = ""
    url: str = ""
    named: str = ""
    at: int = 0
    status: int = 200
    location: str = ""
    type: str = ""
    mirror: str = ""
    cache: bytes = b""
    cache_at: int = 0
    cache_size: int = 0
    stored: int = 0
    page: int = 0
    claimed: str = ""
    base: str = ""


_FIELDS = tuple(Entry.__dataclass_fields__)
_ALL = ", ".join(_FIELDS)
_INSERT = f"INSERT OR REPLACE INTO files ({_ALL}) VALUES ({', '.join('?' * len(_FIELDS))})"  # noqa: S608 - our own names


class Index:
    """The files of a mirror, to be asked by path and walked through in the order of their paths."""

    def __init__(self) -> None:
        self._conn = sqlite3.connect("", isolation_level=None)
        self._conn.execute("PRAGMA journal_mode = OFF")  # nothing of it is to survive
        self._conn.execute("PRAGMA synchronous = OFF")
        self._conn.execute(_TABLE)
        self._conn.execute(_PLACES)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._conn.close()

    def fill(self, files: Iterable[Found]) -> None:
        """Take up the files of the folder."""
        rows = (Entry(file.path, file.size, file.changed, file.reason) for file in files)
        self._conn.execute("BEGIN")
        self._conn.executemany(_INSERT, (_row(entry) for entry in rows))
        self._conn.execute("COMMIT")

    def put(self, entry: Entry, **changed: object) -> None:
        """Store what is known of a file."""
        self._conn.execute(_INSERT, _row(replace(entry, **changed)))  # type: ignore[arg-type] # fields by name

    def get(self, path: bytes) -> Entry | None:
        """Return what is known of a file, or None where there is no such file."""
        row = self._conn.execute(f"SELECT {_ALL} FROM files WHERE path = ?", (path,)).fetchone()  # noqa: S608 - our own names
        return Entry(*row) if row else None

    def has(self, path: bytes) -> bool:
        """Tell whether there is such a file."""
        return self._conn.execute("SELECT 1 FROM files WHERE path = ?", (path,)).fetchone() is not None

    def any_between(self, first: bytes, last: bytes) -> bool:
        """Tell whether a path lies between these two, without the second."""
        found = self._conn.execute("SELECT 1 FROM files WHERE path >= ? AND path < ? LIMIT 1", (first, last))
        return found.fetchone() is not None

    def url_of(self, path: bytes) -> str:
        """Return the original address of a file, as links name it, or an empty string."""
        row = self._conn.execute(
            "SELECT coalesce(nullif(named, ''), url) FROM files WHERE path = ?", (path,)
        ).fetchone()
        return row[0] if row else ""

    def settle(self, answer: bytes, path: bytes) -> None:
        """Remember which file holds an answer."""
        self._conn.execute("INSERT OR REPLACE INTO places VALUES (?, ?)", (answer, path))

    def settled(self, answer: bytes) -> bytes:
        """Return the path of the file that holds an answer, or nothing."""
        row = self._conn.execute("SELECT path FROM places WHERE answer = ?", (answer,)).fetchone()
        return row[0] if row else b""

    def latest(self, folder: bytes) -> int:
        """Return the latest capture known in a folder (with its `/`), or 0."""
        row = self._conn.execute("SELECT max(at) FROM files WHERE substr(path, 1, ?) = ?", (len(folder), folder))
        return row.fetchone()[0] or 0

    def entries(self, after: bytes = b"") -> Iterator[Entry]:
        """Yield all files behind a path in the order of their paths. Meanwhile they may be changed."""
        while rows := self._conn.execute(
            f"SELECT {_ALL} FROM files WHERE path > ? ORDER BY path LIMIT {_BATCH}",  # noqa: S608 - our own names
            (after,),
        ).fetchall():
            yield from (Entry(*row) for row in rows)
            after = rows[-1][0]


def _row(entry: Entry) -> tuple[object, ...]:
    return tuple(getattr(entry, name) for name in _FIELDS)
