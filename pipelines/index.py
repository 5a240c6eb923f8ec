"""The places of captures that were brought in, sorted by time: a temporary database, so that they may be any number."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from archive import warc
from archive.errors import translated
from archive.times import stamp
from archive.warc import FOLDER, Place

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archive.warc import Record

WHERE = Path("temporary files (TMPDIR)")  # SQLite does not tell where it puts them
_TABLE = """
CREATE TABLE entries(
    at TEXT, url TEXT, digest TEXT, source TEXT, run INTEGER, file TEXT, offset INTEGER, length INTEGER, kind TEXT,
    refers_url TEXT, refers_at TEXT
)
"""
_ADD = f"INSERT INTO entries VALUES ({', '.join('?' * 11)})"  # noqa: S608 - question marks
# Of captures of one page at one moment, in an order that the places of their files have no part in. Only of the same
# capture does that in the archive's own files come first: the others may go.
_ENTRIES = f"SELECT * FROM entries ORDER BY at, url, digest, source, file NOT GLOB '{FOLDER}/*', file, offset"  # noqa: S608 - our names
_BY_DIGEST = "SELECT file, offset, length FROM entries WHERE digest = ? AND kind != 'revisit' ORDER BY at, url LIMIT 1"
_BY_MOMENT = "SELECT file, offset, length FROM entries WHERE url = ? AND at = ? AND kind != 'revisit' LIMIT 1"
_IDENTICAL = "identical-payload-digest"
_UNMODIFIED = "unmodified"  # a `revisit` of the other kind, which needs no other record


class Entry(NamedTuple):
    """A capture: of which page and when, and where its record lies. Moments are as the archive writes them."""

    at: str
    url: str
    digest: str  # of the payload, as the record says; or ours
    source: str
    run: int
    file: str
    offset: int
    length: int
    kind: str
    refers_url: str = ""  # what a `revisit` record says it repeats
    refers_at: str = ""

    @classmethod
    def of(cls, record: Record, url: str, at: str, source: str, run: int) -> Entry:
        """Return the entry of a record."""
        kind, digest, refers_url, refers_at = record.kind, record.digest, "", ""
        if kind == "revisit" and _IDENTICAL in record.fields.get("warc-profile", _IDENTICAL):
            digest, refers_url, when = warc.original_of(record)
            refers_at = stamp(when) if when else ""
        elif kind == "revisit":
            kind, digest = _UNMODIFIED, ""
        if kind != "revisit":  # one without a digest says otherwise what it repeats
            digest = digest or warc.digest_of(warc.payload_of(warc.http_of(record)))
        place = record.place
        return cls(at, url, digest, source, run, place.file, place.offset, place.length, kind, refers_url, refers_at)

    @property
    def place(self) -> Place:
        """Where the record is."""
        return Place(self.file, self.offset, self.length)

    @property
    def repeats(self) -> bool:
        """Whether the payload stands in another record."""
        return self.kind == "revisit"

    @property
    def is_own(self) -> bool:
        """Whether the record is in the archive's own files."""
        return self.file.startswith(f"{FOLDER}/")


class Index:
    """Entries that come in any order and go out in that of time."""

    def __init__(self) -> None:
        self._db = sqlite3.connect("", isolation_level=None)  # "": a file that SQLite makes when needed, and removes
        self._db.execute("PRAGMA journal_mode = OFF")
        self._db.execute(_TABLE)
        self._db.execute("BEGIN")
        self._sorted = False
        self.bytes = 0  # of all records

    def add(self, entry: Entry) -> None:
        """Add an entry.

        Raises:
            ArchiveError: there is no room for temporary files; so do the others.
        """
        with translated(WHERE):
            self._db.execute(_ADD, entry)
        self.bytes += entry.length

    def entries(self) -> Iterator[Entry]:
        """Yield the entries, the earliest capture first."""
        self._sort()
        with translated(WHERE):
            rows = self._db.execute(_ENTRIES)
        while (row := self._next(rows)) is not None:
            yield Entry._make(row)

    @staticmethod
    def _next(rows: sqlite3.Cursor) -> tuple[object, ...] | None:
        with translated(WHERE):
            row: tuple[object, ...] | None = rows.fetchone()
        return row

    def original(self, entry: Entry) -> Place | None:
        """Return the place of the record that another one repeats: by the digest, or as it says; None for nowhere."""
        self._sort()
        with translated(WHERE):
            row = self._db.execute(_BY_DIGEST, (entry.digest,)).fetchone() if entry.digest else None
            row = row or self._db.execute(_BY_MOMENT, (entry.refers_url, entry.refers_at)).fetchone()
        return Place(*row) if row else None

    def _sort(self) -> None:
        if not self._sorted:
            with translated(WHERE):
                self._db.execute("CREATE INDEX entries_digest ON entries(digest)")
                self._db.execute("CREATE INDEX entries_moment ON entries(url, at)")
            self._sorted = True

    def close(self) -> None:
        """Let go of the entries."""
        self._db.close()
