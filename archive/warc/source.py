"""The bytes of a WARC file that somebody else made: those of a file, of a part of one, or deflated in it."""

import os
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from archive.errors import RecordError

CHUNK = 1 << 18  # bytes that are read at once
_KEPT = 1 << 22  # bytes of what was unzipped that can be read again at no cost
_REWINDS = 20  # how often what was unzipped may be unzipped once more from its beginning


Lose = Callable[[str], None]  # is told, in a line, of what could not be read


@dataclass(frozen=True, slots=True)
class Holding:
    """One WARC file that somebody else made, or one within a WACZ.

    Attributes:
        path: the file, absolute and resolved.
        inside: its name within a WACZ, else empty.
        start: where its bytes begin in `path`.
        length: how many there are; 0 for all of the file.
        addressable: whether each record can be read again by its place alone. If not (one gzip member over all, or
            deflated in a WACZ), records must be copied; their place has the length 0.
        size: of one that is deflated, how many bytes it holds; else 0.
        crc: the checksum that the WACZ has of it, or -1.
    """

    path: Path
    inside: str = ""
    start: int = 0
    length: int = 0
    addressable: bool = True
    size: int = 0
    crc: int = -1

    @property
    def name(self) -> str:
        """What messages call it."""
        return f"{self.path}: {self.inside}" if self.inside else str(self.path)


class Source(Protocol):
    """Bytes from an offset on."""

    @property
    def begin(self) -> int:
        """The first offset."""

    @property
    def fault(self) -> str:
        """What is wrong with the bytes as a whole, once they were all read; else empty."""

    def piece(self, at: int, most: int = CHUNK) -> bytes | memoryview:
        """Return up to `most` bytes from an offset on; none only at the end."""

    def peek(self, at: int, most: int) -> bytes:
        """Return the same, of a place that may lie far ahead and is not where reading goes on."""


@contextmanager
def reading(path: Path) -> Iterator[None]:
    """Turn the system's errors inside the block into a `RecordError` that names the file to be read."""
    try:
        yield
    except OSError as error:
        advice = "see that it is there, that you may read it and that the disk is sound"
        raise RecordError(f"{path}: {error.strerror or error}; {advice}") from error


def still_there(path: Path) -> None:
    """See that a file is there that captures are read in.

    Raises:
        RecordError: it is not; the message says what to do.
    """
    if not path.exists():
        raise RecordError(f"{path}: is not there; put it back, or `thidua import` it from where it is now")


@contextmanager
def opened(holding: Holding) -> Iterator[Source]:
    """Open what a holding's bytes can be read from.

    Raises:
        RecordError: the file cannot be opened, or be read inside the block.
    """
    with reading(holding.path), holding.path.open("rb", buffering=0) as file:
        length = holding.length or os.fstat(file.fileno()).st_size - holding.start
        packed = holding.size > 0
        region = Region(file.fileno(), holding.start, length, -1 if packed else holding.crc)
        yield Deflated(region, holding.size, holding.crc) if packed else region


class Region:
    """A part of an open file: `length` bytes from `begin` on. `crc` is what a WACZ says they sum up to, or -1."""

    def __init__(self, descriptor: int, begin: int, length: int, crc: int = -1) -> None:
        self.begin = begin
        self._descriptor = descriptor
        self._end = begin + length
        self._chunk, self._at = b"", begin
        self._sum, self._summed, self._crc = 0, begin, crc

    def piece(self, at: int, most: int = CHUNK) -> memoryview:
        """Return up to `most` bytes from an offset on; none only at the end."""
        inside = at - self._at
        if not 0 <= inside < len(self._chunk):
            self._chunk = os.pread(self._descriptor, max(0, min(CHUNK, self._end - at)), at)
            self._at, inside = at, 0
            if self._crc >= 0 and at <= self._summed:
                self._sum = zlib.crc32(memoryview(self._chunk)[self._summed - at :], self._sum)
                self._summed = max(self._summed, at + len(self._chunk))
        return memoryview(self._chunk)[inside : inside + most]

    def peek(self, at: int, most: int) -> bytes:
        """Return the same, of a place that may lie far ahead and is not where reading goes on."""
        inside = at - self._at
        if inside >= 0 and inside + most <= len(self._chunk):
            return self._chunk[inside : inside + most]
        return os.pread(self._descriptor, max(0, min(most, self._end - at)), at)

    @property
    def fault(self) -> str:
        """What the checksum of the WACZ says, where all was read."""
        wrong = self._crc >= 0 and self._summed == self._end and self._sum != self._crc
        return "its bytes are not those that the checksum of the WACZ was made of" if wrong else ""


class Deflated:
    """What a deflated entry of a WACZ holds, from 0 on; never more than `size` bytes, whatever would come of it."""

    begin = 0

    def __init__(self, packed: Region, size: int, crc: int) -> None:
        self.fault = ""
        self._packed, self._size, self._crc = packed, size, crc
        self._rewinds = 0
        self._restart()

    def _restart(self) -> None:
        self._inflater = zlib.decompressobj(-zlib.MAX_WBITS)
        self._next = self._packed.begin
        self._kept, self._from = bytearray(), 0
        self._sum = 0
        self._over = False

    def piece(self, at: int, most: int = CHUNK) -> bytes:
        """Return up to `most` bytes from an offset on; none only at the end."""
        if at < self._from:
            self._rewinds += 1
            if self._rewinds > _REWINDS:
                self.fault = "there is too much damage in what is deflated; unzip it and import what is in it"
                return b""
            self._restart()
        while at >= self._from + len(self._kept) and self._more():
            pass
        inside = max(0, at - self._from)
        return bytes(self._kept[inside : inside + most])

    def peek(self, at: int, most: int) -> bytes:
        """Return the same, of a place that may lie far ahead and is not where reading goes on."""
        first = self.piece(at, most)
        return first + self.piece(at + len(first), most - len(first)) if first else b""

    def _more(self) -> bool:
        """Unzip some more; return whether there was any."""
        if self._over:
            return False
        end = self._from + len(self._kept)
        data = self._packed.piece(self._next)
        try:
            out = self._inflater.decompress(data, min(CHUNK, self._size - end) or 1)
        except zlib.error:
            return self._finish("what is deflated in the WACZ is damaged")
        self._next += len(data) - len(self._inflater.unconsumed_tail)
        if end + len(out) > self._size:
            return self._finish("there is more of it than the WACZ says")
        self._sum = zlib.crc32(out, self._sum)
        self._kept += out
        if len(self._kept) > 2 * _KEPT:
            self._from += _KEPT
            del self._kept[:_KEPT]
        if self._inflater.eof:
            wrong = self._sum != self._crc or end + len(out) != self._size
            self._finish("its bytes are not those that the checksum of the WACZ was made of" if wrong else "")
            return bool(out)
        return bool(out) or bool(data) or self._finish("the WACZ ends inside of it")

    def _finish(self, fault: str) -> bool:
        self._over, self.fault = True, fault or self.fault
        return False
