"""Reads a WARC file whatever has become of it: all that is whole, and where something is not."""

import os
import re
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from archive.errors import RecordError, translated_writing
from archive.warc.reader import members, record_of
from archive.warc.records import Place, Record
from archive.warc.streams import GZIP

_MAGIC = re.compile(rb"\x1f\x8b\x08")  # what a gzip member begins with
_CHUNK = 1 << 18  # bytes
_ENOUGH = 1 << 12  # bytes of a member, to see whether a record begins there


@dataclass(frozen=True, slots=True)
class Damage:
    """A stretch of a file that holds no whole record. `at_end`: nothing whole lies behind it, as after a killed write.

    `error` is a line that names the file, the place and what to do.
    """

    place: Place
    error: str
    at_end: bool


def scan(folder: Path, file: str, start: int = 0) -> Iterator[Record | Damage]:
    """Yield all records of a file, requests too, from an offset on; what is damaged is told and passed over.

    Raises:
        RecordError: the file is not there or cannot be opened.
    """
    path, at = folder / file, start
    while True:
        try:
            for offset, length, content in members(path, at):
                at = offset
                record = record_of(path, Place(file, offset, length), content)
                at = offset + length
                yield record
        except RecordError as error:
            behind, end = _behind(path, at)
            yield Damage(Place(file, at, behind - at), str(error), at_end=behind == end)
            if behind == end:
                return
            at = behind
        else:
            return


def salvaged(folder: Path, file: str, start: int, lose: Callable[[Damage], None]) -> Iterator[Record]:
    """Yield what `records` does, but call `lose` for what is damaged and go on behind it.

    Raises:
        RecordError: the file is not there or cannot be opened.
    """
    for found in scan(folder, file, start):
        if isinstance(found, Damage):
            lose(found)
        elif found.kind != "request":
            yield found


def mend(folder: Path, file: str, start: int = 0) -> int:
    """Cut off what a killed process left behind the last whole record; return how many bytes that were.

    `start` is a place known to be good, to look from there on only. Where whole records follow, nothing is cut off:
    that is damage of another kind.

    Raises:
        ArchiveError: the file cannot be read or written.
    """
    torn = next((found for found in scan(folder, file, start) if isinstance(found, Damage) and found.at_end), None)
    if torn is None:
        return 0
    path = folder / file
    with translated_writing(path):
        os.truncate(path, torn.place.offset) if torn.place.offset else path.unlink()
    return torn.place.length


def _behind(path: Path, damaged: int) -> tuple[int, int]:
    """Return where the next record begins behind a damaged one, or the file's end for none; and the file's end.

    Raises:
        RecordError: the file cannot be opened.
    """
    try:
        end = path.stat().st_size
        with path.open("rb") as file:
            at = damaged + 1
            while at < end:
                file.seek(at)
                chunk = file.read(_CHUNK + 2)
                for found in _MAGIC.finditer(chunk):
                    file.seek(at + found.start())
                    if _begins_record(file.read(_ENOUGH)):
                        return at + found.start(), end
                at += _CHUNK
    except OSError as error:
        raise RecordError(f"{path}: {error.strerror}") from error
    return end, end


def _begins_record(data: bytes) -> bool:
    """Tell whether this is the beginning of a gzip member that holds a record."""
    try:
        return zlib.decompressobj(GZIP).decompress(data, 16).startswith(b"WARC/1.")
    except zlib.error:
        return False
