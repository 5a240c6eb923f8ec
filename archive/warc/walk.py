"""How to find the records in a file that may hold anything: what is whole, one after the other, and the rest told."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from archive.warc.heads import BEGINS, LARGEST_HEAD, PADDING, STANDS_OUT, end_of, length_of, parsed_head
from archive.warc.records import Place, Record
from archive.warc.source import Holding, Lose, Source
from archive.warc.streams import LARGEST_BLOCK, MAGIC, BrokenError, Member, Plain, unzipped_lead

_CANDIDATE = re.compile(re.escape(MAGIC) + b"|" + STANDS_OUT.pattern)
_OVERLAP = 1 << 8  # bytes: the beginning of a record, cut by the end of a chunk
_QUIET = 1 << 16  # bytes of padding that need not be told: blocks of tapes and disks are no larger
_BEHIND = 16  # bytes behind a block, to see whether it ends there
_NONE = "no record begins there"


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
                self._tell(stream.bad, at - stream.bad, str(error))
            self._before += stream.passed

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
            if not stream.skip(size) or not _ends(stream, 0):
                raise _BadError("it is shorter than its head says")
            url = named.get("warc-target-uri", "no URL")
            self._lose(f"{self._holding.name}: the record at byte {at} is too large: {length:,} bytes ({url})")
            return None
        while not stream.fill(size):
            if not stream.follow():
                raise _BadError("it is shorter than its head says")
        if not _ends(stream, size):
            raise _BadError("it does not end where its head says")
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
        while data := bytes(self._source.piece(at)):
            if len(data) <= _OVERLAP:  # the rest of what was read before, or of all
                data += bytes(self._source.piece(at + len(data)))
            for found in _CANDIDATE.finditer(data):
                here = at + found.start()
                lead = unzipped_lead(self._source, here) if found[0] == MAGIC else found[0]
                if lead is not None and BEGINS.match(lead.lstrip(PADDING)):
                    return here
            at += len(data) if len(data) <= _OVERLAP else len(data) - _OVERLAP
        return at

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
    stream.fill(_BEHIND)
    if not BEGINS.match(stream.buffer):
        raise _BadError(_NONE)
    size = 1
    while True:
        more = stream.fill(size)
        head = end_of(stream.buffer)
        if head:
            return head
        if size > LARGEST_HEAD or not (more or stream.follow()):
            raise _BadError("its head never ends")
        size = len(stream.buffer) + 1


def _ends(stream: Plain, size: int) -> bool:
    """Tell whether a record may well end behind so many bytes: there are empty lines, another record, or no more."""
    stream.fill(size + _BEHIND)
    behind = bytes(stream.buffer[size : size + _BEHIND])
    rest = behind.lstrip(PADDING)
    return not rest or rest.startswith(MAGIC) or b"WARC/" in behind or behind.startswith((b"\r\n\r\n", b"\n\n"))
