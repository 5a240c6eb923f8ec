"""What records are read from: bytes as they are, or a gzip member's. Never more in memory than is asked for."""

import zlib

from archive.warc.heads import BEGINS, PADDED, PADDING, STANDS_OUT
from archive.warc.source import CHUNK, Source

GZIP = 16 + zlib.MAX_WBITS  # zlib's word for a gzip header and checksum around the data
MAGIC = b"\x1f\x8b\x08"  # what a gzip member begins with
LARGEST_BLOCK = 64_000_000  # bytes: twice what a crawl takes of one answer
FOLD = 200  # what unzips to more than so many times itself, over more than `LARGEST_BLOCK`, is a bomb: text makes 20
BEHIND = 16  # bytes behind a block, to see whether it ends there
_STEP = 1 << 14  # zipped bytes at a time: what is left of them is copied at the end of every member
_LEAD = 1 << 12  # zipped bytes, to see what a member begins with
_WINDOW = 1 << 20  # bytes of junk that are looked through at once


class BrokenError(Exception):
    """What holds the next record cannot be read on. Raised while reading, and never seen outside this package."""


class Plain:
    """Bytes as they are in the source, from `begin` on. `buffer` has those that were read and not yet dropped."""

    def __init__(self, source: Source, begin: int) -> None:
        self.begin = begin
        self.bad = begin  # where the record begins that is damaged, if one is; of a member, where that does
        self.passed = 0  # bytes that were dropped
        self.buffer = bytearray()
        self._source = source
        self._next = begin

    @property
    def end(self) -> int:
        """Where the stream ends in the source, once all of it was read."""
        return self.begin + self.passed

    def fill(self, size: int) -> bool:
        """Read until the buffer has so many bytes; return whether it has.

        Raises:
            BrokenError: what is zipped is damaged, cut off or without end.
        """
        while len(self.buffer) < size:
            if not self._more():
                return False
        return True

    def drop(self, size: int) -> None:
        """Be done with so many bytes of the buffer."""
        self.passed += size
        del self.buffer[:size]

    def behind(self, size: int) -> bytes | None:
        """Return what comes next behind so many bytes, a little of it; None where there are fewer."""
        seen = self._source.peek(self.begin + self.passed + size - 1, 1 + BEHIND)
        return seen[1:] if seen else None

    def pass_over(self, size: int) -> bytes | None:
        """Drop so many bytes, in the buffer or not; return what `behind` does, and stay where that is None."""
        seen = self.behind(size)
        if seen is not None:
            self.passed += size
            self.buffer.clear()
            self._next = self.begin + self.passed
        return seen

    def trim(self) -> bool:
        """Drop the padding that comes next; return whether anything comes behind it."""
        while self.fill(1):
            padded = PADDED.match(self.buffer)
            self.drop(padded.end() if padded else 0)
            if self.buffer:
                return True
        return False

    def seek(self) -> bool:
        """Drop what is no record; return whether one begins behind it."""
        while self.fill(1):
            self.fill(_WINDOW)
            found = STANDS_OUT.search(self.buffer)
            if found:
                self.drop(found.start())
                return True
            more = self.fill(len(self.buffer) + 1)
            self.drop(max(0, len(self.buffer) - _OVERLAP) if more else len(self.buffer))
        return False

    def mark(self) -> None:
        """Begin a new record."""
        self.bad = self.begin + self.passed

    def follow(self) -> bool:
        """Go on in what comes next, where a record is longer than what holds it; return whether that can be."""
        return False

    def _more(self) -> bool:
        piece = self._source.piece(self._next)
        self._next += len(piece)
        self.buffer += piece
        return bool(piece)


_OVERLAP = 1 << 8  # bytes: the beginning of a record's head, cut by the end of a window


class Member(Plain):
    """The bytes of the gzip member that begins at `begin`. `end` is where it ends, once all were read."""

    def __init__(self, source: Source, begin: int) -> None:
        super().__init__(source, begin)
        self.spans = False  # whether a record went on in a second member
        self._inflater = zlib.decompressobj(GZIP)
        self._taken = self._made = 0  # since the last record began

    @property
    def end(self) -> int:
        """Where the member ends in the source, or as far as it was read."""
        return self._next

    def mark(self) -> None:
        """Begin a new record."""
        self._taken = self._made = 0

    def behind(self, size: int) -> bytes | None:
        """Return what comes next behind so many bytes, which are read; None where there are fewer."""
        while not self.fill(size):
            if not self.follow():
                return None
        self.fill(size + BEHIND)
        return bytes(self.buffer[size : size + BEHIND])

    def pass_over(self, size: int) -> bytes | None:
        """Drop so many bytes; return what `behind` does."""
        while size > len(self.buffer):
            size -= len(self.buffer)
            self.drop(len(self.buffer))
            if not (self._more() or self.follow()):
                return None
        self.drop(size)
        return self.behind(0)

    def follow(self) -> bool:
        """Go on in the next member, unless a record begins there."""
        lead = unzipped_lead(self._source, self._next)
        if lead is None or BEGINS.match(lead.lstrip(PADDING)):
            return False
        self._inflater = zlib.decompressobj(GZIP)
        self.spans = True
        return True

    def _more(self) -> bool:
        if self._inflater.eof:
            return False
        data = self._source.piece(self._next, _STEP)
        if not data:
            raise BrokenError("the file is cut off there")
        try:
            out = self._inflater.decompress(data, CHUNK)
        except zlib.error as error:
            raise BrokenError("its gzip data is damaged") from error
        over = self._inflater.eof  # then `unconsumed_tail` may say the same once more
        taken = len(data) - len(self._inflater.unused_data if over else self._inflater.unconsumed_tail)
        self._next += taken
        self.buffer += out
        self._taken += taken
        self._made += len(out)
        if self._made > LARGEST_BLOCK + CHUNK and self._made > FOLD * self._taken:
            raise BrokenError(f"it unzips to more than {FOLD} times itself, as only a zip bomb does")
        return True


def unzipped_lead(source: Source, at: int) -> bytes | None:
    """Return what a gzip member at this place begins with; None where there is none."""
    data = source.piece(at, _LEAD)
    if data[: len(MAGIC)] != MAGIC:
        return None
    try:
        return zlib.decompressobj(GZIP).decompress(data, 128)
    except zlib.error:
        return None
