"""Checks WARC files: that each is whole to its end, and that each capture's record is there and is the right one.

Records come in the order of their places, and so do the rows that point at them: one walk over both is enough.
"""

import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from archive import warc
from archive.database import Archive
from archive.errors import RecordError
from archive.times import stamp
from archive.verify.report import Fault, Report
from archive.warc import Damage, Place, Record, is_intake

RESTORE = "restore a copy of the file; `thidua reparse --from-scratch` goes on without what is lost"
BRING_BACK = "restore the file, or `thidua import` a whole copy of it"
_REMAKE = "the row is wrong: `thidua reparse --apply` makes it again"
_MADE_UP = "urn:"  # what a record is about that is of no page


class _Row(NamedTuple):
    """A capture that points at a record."""

    url: str
    captured_at: str
    status: int
    digest: str
    offset: int
    length: int
    revisit_of: int | None
    source: str

    @property
    def is_live(self) -> bool:
        """Whether the record is of a crawl of ours, which says the same as the row in the same words."""
        return self.source == "live"


_ROWS = (
    "SELECT url, captured_at, status, digest, warc_offset, warc_length, revisit_of, source FROM captures "
    "WHERE warc_file = ? AND id <= ? ORDER BY warc_offset"
)


class ElsewhereCheck:
    """Checks the records that captures point at in a file that lies outside the archive, and nothing else in it."""

    def __init__(self, folder: Path, file: str, tick: Callable[[int], None]) -> None:
        self._folder = folder
        self._file = file
        self._tick = tick

    def with_rows(self, last: int) -> Report:
        """Check the file against the captures up to an id."""
        report = Report(files=1)
        with Archive.open(self._folder, readonly=True) as archive, archive.read() as conn:
            for row in map(_Row._make, conn.execute(_ROWS, (self._file, last))):
                report.captures += 1
                self._tick(row.length)
                for problem in self._problems(row):
                    report.fault(Fault(self._file, problem, BRING_BACK, row.offset, row.url))
                report.records += 1
        return report

    def _problems(self, row: _Row) -> Iterator[str]:
        try:
            record = warc.read(self._folder, Place(self._file, row.offset, row.length))
        except RecordError:
            yield _NO_RECORD
        else:
            yield from _mismatches(record, row)


class FileCheck:
    """Checks one WARC file.

    Args:
        folder: the archive folder.
        file: the file, as captures name it.
        newest: whether it is the one that was begun last: its end may be torn, or being written.
        tick: called with the number of bytes done since the last time; an exception in it ends the check.
    """

    def __init__(self, folder: Path, file: str, *, newest: bool, tick: Callable[[int], None]) -> None:
        self._folder = folder
        self._file = file
        self._newest = newest
        self._tick = tick
        self._brought = False  # whether it is of a run that brought in what others had captured
        self.report = Report(files=1)

    def with_rows(self, last: int) -> Report:
        """Check the file against the captures up to an id."""
        with Archive.open(self._folder, readonly=True) as archive, archive.read() as conn:
            return self._checked(map(_Row._make, conn.execute(_ROWS, (self._file, last))))

    def alone(self) -> Report:
        """Check the file where there is no database."""
        self._checked(iter(()))
        self.report.unreferenced = 0  # there is nothing that could point at an answer
        return self.report

    def _checked(self, rows: Iterator[_Row]) -> Report:
        row = self._next(rows)
        try:
            for found in warc.scan(self._folder, self._file):
                self._tick(found.place.length)
                start, stop = found.place.offset, found.place.offset + found.place.length
                damaged = isinstance(found, Damage)
                while row is not None and row.offset < (stop if damaged else start):
                    self._fault("its record is damaged" if damaged and row.offset >= start else _NO_RECORD, row=row)
                    row = self._next(rows)
                if isinstance(found, Damage):
                    self._damage(found, last=row is None)
                else:
                    row = self._pair(found, row, rows)
        except RecordError as error:
            self._fault(str(error))
        while row is not None:
            self._fault(_NO_RECORD, row=row)
            row = self._next(rows)
        return self.report

    def _next(self, rows: Iterator[_Row]) -> _Row | None:
        row = next(rows, None)
        self.report.captures += row is not None
        return row

    def _pair(self, record: Record, row: _Row | None, rows: Iterator[_Row]) -> _Row | None:
        """Check a record, and the rows that point at it; return the first row that does not."""
        self.report.records += 1
        self._brought |= record.kind == "warcinfo" and is_intake(record)
        for problem in _faults(record):
            self._fault(problem, offset=record.place.offset, url=record.url)
        if row is None or row.offset != record.place.offset:
            self.report.unreferenced += _is_answer(record) and not self._brought  # it may have been here already
        while row is not None and row.offset == record.place.offset:
            for problem in _mismatches(record, row):
                self._fault(problem, row=row, advice=_REMAKE)
            row = self._next(rows)
        return row

    def _damage(self, damage: Damage, *, last: bool) -> None:
        """Tell of a stretch without a whole record. Behind the last known one of the newest file that is usual."""
        place = damage.place
        if self._newest and damage.at_end and last:
            note = f"{self._file}: the last {place.length} bytes are no whole record"
            self.report.notes.append(f"{note}: a crawl is writing them, or was killed doing so; the next cuts them off")
        else:
            self._fault(f"{place.length} bytes hold no whole record", offset=place.offset)

    def _fault(
        self, problem: str, *, row: _Row | None = None, offset: int | None = None, url: str = "", advice: str = RESTORE
    ) -> None:
        if row is not None:
            offset, url = row.offset, row.url
        self.report.fault(Fault(self._file, problem, advice, offset, url))


_NO_RECORD = "no record of this capture begins there"


def _faults(record: Record) -> Iterator[str]:
    """Yield what is wrong with a record by its own words."""
    said = record.fields.get("warc-block-digest")
    if said and said != warc.digest_of(record.block):
        yield "the record's content has another digest than it says"
    elif record.kind == "response" and record.digest and record.digest != _payload_digest(record):
        yield "the answer's payload has another digest than the record says"


def _payload_digest(record: Record) -> str:
    return warc.digest_of(warc.payload_of(record.block))


def _mismatches(record: Record, row: _Row) -> Iterator[str]:
    """Yield what a capture says otherwise than its record."""
    if record.place.length != row.length:
        yield f"the record is {record.place.length} bytes long, not {row.length} as the capture says"
    if not row.is_live:
        if not warc.may_hold(record, row.digest):
            yield "the capture has another digest than its record"
        return
    if record.url != row.url:
        yield f"the record is of {record.url}, not of this capture"
    if record.kind != _kind(row):
        yield f"the record is a {record.kind or 'nameless one'}, not a {_kind(row)}"
    if record.digest != row.digest:
        yield "the capture has another digest than its record"
    if "warc-date" not in record.fields or stamp(record.at) != row.captured_at:
        yield f"the record is not of {row.captured_at}, as the capture says"


def _kind(row: _Row) -> str:
    """Return the type of record that a capture must have."""
    if row.status == 0:
        return "metadata"
    return "response" if row.revisit_of is None else "revisit"


def _is_answer(record: Record) -> bool:
    """Tell whether a record would have a capture, had the run that wrote it not been killed."""
    if record.kind == "metadata":
        return not record.url.startswith(_MADE_UP)
    return record.kind in {"response", "revisit"} and "warc-truncated" not in record.fields


def named(conn: sqlite3.Connection, last: int) -> dict[str, int]:
    """Return the WARC files that captures up to an id point at, and how many do."""
    counts = "SELECT warc_file, count(*) FROM captures WHERE warc_file IS NOT NULL AND id <= ? GROUP BY warc_file"
    return dict(conn.execute(counts, (last,)).fetchall())
