"""Which captures are in the archive's own files by now: so that none is copied twice, whatever was stopped when."""

from __future__ import annotations

import sqlite3
from hashlib import blake2b
from http import HTTPStatus
from typing import TYPE_CHECKING

from archive import captures, warc
from archive.errors import translated
from archive.times import stamp
from crawler.pages import urls
from pipelines.index import WHERE
from pipelines.sieve import Candidate, judged

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from archive.database import Archive
    from archive.warc import Record


class Copied:
    """Those that the database knows of, those that runs have copied which were stopped, and those of this run.

    Args:
        archive: the archive.
        unfinished: the numbers of the runs whose copies are not in the database yet.
    """

    def __init__(self, archive: Archive, unfinished: Collection[int]) -> None:
        self._archive = archive
        self._db = sqlite3.connect("", isolation_level=None)  # a temporary file: they may be any number
        self._db.execute("CREATE TABLE copied(digest BLOB PRIMARY KEY) WITHOUT ROWID")
        self._db.execute("BEGIN")
        for file in warc.files(archive.folder, unfinished):
            for record in warc.salvaged(archive.folder, file, 0, lambda _damage: None):
                self._note(record)

    def _note(self, record: Record) -> None:
        candidate = judged(record)
        if isinstance(candidate, Candidate):
            self.add(candidate.url, candidate.at, digest_of(record, candidate))

    def add(self, url: str, at: datetime, digest: str) -> None:
        """Note a capture of that address, at an aware moment.

        Raises:
            ArchiveError: there is no room for temporary files.
        """
        with translated(WHERE):
            self._db.execute("INSERT OR IGNORE INTO copied VALUES (?)", (_mark(url, at, digest),))

    def holds(self, key: str, url: str, at: datetime, digest: str) -> bool:
        """Tell whether a capture of that address, of the page of that key, is there."""
        with translated(WHERE):
            row = self._db.execute("SELECT 1 FROM copied WHERE digest = ?", (_mark(url, at, digest),)).fetchone()
        if row:
            return True
        with self._archive.read() as conn:
            return captures.is_held(conn, key, stamp(at), urls.tidy(url), digest, own=True)

    def close(self) -> None:
        """Let go of the temporary database."""
        self._db.close()


def digest_of(record: Record, candidate: Candidate) -> str:
    """Return the digest of a record's payload; of one that repeats another's, what it says of that."""
    if candidate.status == HTTPStatus.NOT_MODIFIED:
        return ""
    return record.digest if record.kind == "revisit" else warc.digest_of(warc.payload_of(warc.http_of(record)))


def _mark(url: str, at: datetime, digest: str) -> bytes:
    return blake2b(f"{urls.tidy(url)}\n{stamp(at)}\n{digest}".encode("utf-8", "surrogatepass"), digest_size=16).digest()
