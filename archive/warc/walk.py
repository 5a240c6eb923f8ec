"""How to find the records in a file that may hold anything: what is whole, one after the other, and the rest told."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from archive.warc.heads import BEGINS, PADDING, STANDS_OUT, end_of, length_of, parsed_head
from archive.warc.records import Place, Record
from archive.warc.source import Holding, Lose, Source
from archive.warc.streams import BEHIND, LARGEST_BLOCK, MAGIC, BrokenError, Member, Plain, unzipped_lead

_CANDIDATE = re.compile(re.escape(MAGIC) + b"|" + STANDS_OUT.pattern)
_OVERLAP = 1 << 8  # bytes: the beginning of a record, cut by the end of a chunk
_QUIET = 1 << 16  # bytes of padding that need not be told: blocks of tapes and disks are no larger


class Walk:
    """One walk over a holding. It is in one stream at a time: a gzip member, or records that are not zipped.

    Args:
        holding: what is walked over.
        source: its bytes.
        lose: is told of what is passed over.
    """

    def __init__(self, holding: Holding, source: Source, lose: Lose) -> None:
        self._holding, self._source, self._lose = holding, source, lose
        self._before = 0  # unzipped bytes of the streams before this one
        self._bad: tuple[int, int, str] | None = None  # a stretch that is to be told: its beginning, its end, and why

    def records(self, start: int) -> Iterator[Record]:
        """Yield the records from an offset on, as the places of this holding's records count."""
        addressable, at = self._holding.addressable, self._source.begin
        at, least = (max(start, at), 0) if addressable else (at, start)
        while self._source.piece(at, 1):
            stream = self._stream(at)
            try:
                yield from (record for record in self._within(stream) if record.place.offset >= least)
                at = stream.end
            except BrokenError as error:
                at = self._behind(stream.bad + 1)
                self._passed_over(stream.bad, at, str(error))
            self._before += stream.passed
        self._told()

    def _stream(self, at: int) -> Plain:
        zipped = self._source.piece(at, len(MAGIC)) == MAGIC
        return Member(self._source, at) if zipped else Plain(self._source, at)

    def _within(self, stream: Plain) -> Iterator[Record]:
        """Yield the records of a stream; of one that is not zipped, up to a member that is.

        Raises:
            BrokenError: it cannot be read on.
        """
        alone = True  # nothing but the record that comes next was seen in the stream
        while self._something(stream):
            stream.mark()
            begun = stream.passed
            try:
                found = self._next(stream)
            except _BadError as error:
                if not isinstance(stream, Member):
                    if stream.buffer.startswith(MAGIC):
                        return
                    raise BrokenError(str(error)) from error
                stream.drop(min(1, len(stream.buffer)))
                stream.seek()
                self._tell(stream.begin, stream.passed - begun, f"{error}, at byte {begun} of what is unzipped")
            else:
                if found is not None:
                    self._told()
                    alone = alone and isinstance(stream, Member) and not stream.trim() and not stream.spans
                    place = self._place(stream, begun, found.size, alone=alone)
                    yield Record(place, found.named.get("warc-type", "").lower(), found.named, found.block)
            alone = False

    def _something(self, stream: Plain) -> bool:
        """Pass over padding; much of it is told, for something else may have been there."""
        before = stream.passed
        found = stream.trim()
        if stream.passed - before > _QUIET:
            at = stream.begin if isinstance(stream, Member) else stream.begin + before
            self._tell(at, stream.passed - before, "nothing but zeros or empty lines")
        return found

    def _next(self, stream: Plain) -> "_Found | None":
        """Return the record that comes next; None, and pass over it, if it is too large.

        Raises:
            BrokenError: the stream cannot be read on.
            _BadError: it is no whole record.
        """
        head = _head(stream)
        named = parsed_head(bytes(stream.buffer[:head]))
        length = length_of(named)
        if length < 0:
            raise _BadError("its head does not say how long it is (Content-Length)")
        size = head + length
        if length > LARGEST_BLOCK:
            at = stream.bad
            _check(stream.pass_over(size))
            url = named.get("warc-target-uri", "no URL")
            self._lose(f"{self._holding.name}: the record at byte {at} is too large: {length:,} bytes ({url})")
            return None
        _check(stream.behind(size))
        stream.fill(size)
        with memoryview(stream.buffer) as view:
            block = bytes(view[head:size])
        stream.drop(size)
        return _Found(named, block, size)

    def _place(self, stream: Plain, begun: int, size: int, *, alone: bool) -> Place:
        path = str(self._holding.path)
        if not self._holding.addressable:
            return Place(path, self._before + begun, 0)
        if not isinstance(stream, Member):
            return Place(path, stream.begin + begun, size)
        return Place(path, stream.begin, stream.end - stream.begin if alone else 0)

    def _behind(self, at: int) -> int:
        """Return where the next record, or gzip member with one, begins from a place on; the end where none does."""
        while data := self._source.piece(at):
            if len(data) <= _OVERLAP:  # the rest of what was read before, or of all
                data = bytes(data) + bytes(self._source.piece(at + len(data)))
            for found in _CANDIDATE.finditer(data):
                here = at + found.start()
                lead = unzipped_lead(self._source, here) if found[0] == MAGIC else found[0]
                if lead is not None and BEGINS.match(lead.lstrip(PADDING)):
                    return here
            at += len(data) if len(data) <= _OVERLAP else len(data) - _OVERLAP
        return at

    def _passed_over(self, begin: int, end: int, why: str) -> None:
        """Remember a stretch without a whole record; those that touch are told as one."""
        if self._bad is not None and self._bad[1] == begin:
            begin, why = self._bad[0], self._bad[2]
        else:
            self._told()
        self._bad = begin, end, why

    def _told(self) -> None:
        if self._bad is not None:
            begin, end, why = self._bad
            self._bad = None
            self._tell(begin, end - begin, why)

    def _tell(self, at: int, length: int, why: str) -> None:
        self._lose(f"{self._holding.name}: no whole record at byte {at}: {why}; {length:,} bytes passed over")


class _Found(NamedTuple):
    named: dict[str, str]
    block: bytes
    size: int  # of head and block, in bytes


class _BadError(Exception):
    """What comes next is no whole record, but what holds it can be read on."""


def _head(stream: Plain) -> int:
    """Return how long the head of the record is that comes next, which is then in the buffer.

    Raises:
        BrokenError: the stream cannot be read on.
        _BadError: there is no such head.
    """
    if not stream.fill(BEHIND) and stream.follow():  # a member may end inside the first line
        stream.fill(BEHIND)
    if not BEGINS.match(stream.buffer):
        raise _BadError("no record begins there")
    while not (head := end_of(stream.buffer)):
        if not (stream.fill(len(stream.buffer) + 1) or stream.follow()):
            break
    if head <= 0:
        raise _BadError("its head never ends")
    return head


def _check(behind: bytes | None) -> None:
    """Raise unless a record may well end before these bytes: there are empty lines, another record, or no more."""
    if behind is None:
        raise _BadError("it is shorter than its head says")
    rest = behind.lstrip(PADDING)
    ends = not rest or rest.startswith(MAGIC) or b"WARC/" in behind or behind.startswith((b"\r\n\r\n", b"\n\n"))
    if not ends:
        raise _BadError("it does not end where its head says")
