"""Reads records back: one by its place, or a whole file from some place on. `scan` goes on behind what is damaged."""

import gzip
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from fastwarc.warc import WarcRecord

from archive.errors import RecordError
from archive.warc.holding import again
from archive.warc.records import Place, Record
from archive.warc.streams import GZIP, MAGIC
from archive.warc.writer import LEVEL

_CHUNK = 1 << 18  # bytes


def read(folder: Path, place: Place) -> Record:
    """Return the record at a place.

    Raises:
        RecordError: the file is not there, or holds no whole record at that place; the message names both.
    """
    return whole(folder, place)[0]


def whole(folder: Path, place: Place) -> tuple[Record, bytes]:
    """Return the record at a place, and the gzip member that holds it, as it is in the file.

    A place in a file that somebody else made (an absolute path) is read as `holding.walk` does. Of a record that is
    not zipped there, a member is made.

    Raises:
        RecordError: as `read`.
    """
    if Path(place.file).is_absolute():
        record, data = again(place)
        return record, data if data.startswith(MAGIC) else gzip.compress(data, LEVEL, mtime=0)
    path = folder / place.file
    try:
        with path.open("rb") as file:
            file.seek(place.offset)
            data = file.read(place.length)
    except OSError as error:
        raise RecordError(
            f"{path}: {error.strerror}; put the file back, or run `thidua verify` for all that lack"
        ) from error
    inflater = zlib.decompressobj(GZIP)
    try:
        content = inflater.decompress(data)
    except zlib.error as error:
        raise _damaged(path, place.offset) from error
    if not inflater.eof or inflater.unused_data:
        raise _damaged(path, place.offset)
    return record_of(path, place, content), data


def records(folder: Path, file: str, start: int = 0, *, requests: bool = False) -> Iterator[Record]:
    """Yield the records of a file from an offset on, one at a time; `request` records only if asked for.

    Raises:
        RecordError: the file ends inside a record, or is damaged, after the records yielded so far.
    """
    path = folder / file
    for offset, length, content in members(path, start):
        record = record_of(path, Place(file, offset, length), content)
        if requests or record.kind != "request":
            yield record


def members(path: Path, start: int) -> Iterator[tuple[int, int, bytes]]:
    """Yield place, length and content of each gzip member from `start` on; checksums are checked.

    Raises:
        RecordError: the file cannot be read, ends inside a member, or is damaged.
    """
    try:
        with path.open("rb") as file:
            file.seek(start)
            yield from _inflated(path, file, start)
    except OSError as error:
        raise RecordError(f"{path}: {error.strerror}") from error


def _inflated(path: Path, file: BinaryIO, offset: int) -> Iterator[tuple[int, int, bytes]]:
    rest = b""
    while True:
        inflater, parts, length = zlib.decompressobj(GZIP), [], 0
        while not inflater.eof:
            data = rest or file.read(_CHUNK)
            rest = b""
            if not data:
                break
            length += len(data)
            try:
                parts.append(inflater.decompress(data))
            except zlib.error as error:
                raise _damaged(path, offset) from error
        if not inflater.eof:
            if length:
                raise _damaged(path, offset)
            return
        rest = inflater.unused_data
        length -= len(rest)
        yield offset, length, b"".join(parts)
        offset += length


def record_of(path: Path, place: Place, content: bytes) -> Record:
    """Return the record that a gzip member holds.

    Raises:
        RecordError: it holds no whole one.
    """
    try:
        record = WarcRecord.from_bytes(content)
        named = {name.lower(): value for name, value in record.headers.items()}
        block = record.reader.read()
    except (OSError, ValueError) as error:
        raise _damaged(path, place.offset) from error
    if not named.get("content-length", "").isdigit() or len(block) != int(named["content-length"]):
        raise _damaged(path, place.offset)
    return Record(place, named.get("warc-type", ""), named, block)


def _damaged(path: Path, offset: int) -> RecordError:
    return RecordError(f"{path}: no whole record at byte {offset}: the file is cut or damaged; restore a copy of it")
