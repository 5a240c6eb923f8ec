"""WARC files that others made: which there are, and their records, whatever has become of them since.

Strict reading (`reader`, `scan`) is for the files of our own runs. Here all that can be understood is a record; the
rest is told in a line each, and passed over. No byte is ever unpacked to the disk.
"""

import hashlib
import stat
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from archive.errors import RecordError
from archive.warc.heads import BEGINS, PADDING
from archive.warc.records import Place, Record
from archive.warc.source import CHUNK, Holding, Lose, opened, reading, still_there
from archive.warc.streams import MAGIC, unzipped_lead
from archive.warc.wacz import entries
from archive.warc.walk import Walk

__all__ = ["Holding", "Lose", "again", "digest_of_file", "holdings", "walk"]

_UNPACK = "compressed with {}, which is not read here; unpack it (`{}`) and import what comes of it"
_OTHERS = (
    (b"\x28\xb5\x2f\xfd", _UNPACK.format("zstd", "zstd -d")),
    (b"\x5d\x2a\x4d\x18", _UNPACK.format("zstd", "zstd -d")),  # with a dictionary before it, as .warc.zst has
    (b"\x04\x22\x4d\x18", _UNPACK.format("lz4", "lz4 -d")),
    (b"BZh", _UNPACK.format("bzip2", "bunzip2")),
    (b"\xfd7zXZ\0", _UNPACK.format("xz", "unxz")),
    (MAGIC, "zipped twice; unpack it (`gunzip`) and import what comes of it"),
    (b"filedesc://", "an ARC file, which is not read here; make a WARC of it (`warcio recompress`) and import that"),
)
_NOTHING = "no WARC, WACZ or mirror: nothing was read of it"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")


def holdings(path: Path, lose: Lose) -> list[Holding]:
    """Return what WARC files a file is, or holds: one for a WARC, several for a WACZ, none for anything else.

    What it is shows in its first bytes; where those are damaged, a name with `.warc` in it has the rest looked at too.

    Args:
        path: a file.
        lose: is told, in a line each, why there are none, or not all.

    Raises:
        RecordError: the file cannot be read.
    """
    with reading(path):
        path = path.resolve(strict=True)
        status = path.stat()
    if not stat.S_ISREG(status.st_mode) or not status.st_size:
        lose(f"{path}: {'the file is empty' if stat.S_ISREG(status.st_mode) else _NOTHING}")
        return []
    lead, zipped = _lead(path)
    if zipped.startswith(_ZIP) or path.name.lower().endswith(".wacz"):
        return _in_wacz(path, lose)
    other = next((why for magic, why in _OTHERS if lead.startswith(magic)), "")
    if other or not (BEGINS.match(lead) or ".warc" in path.name.lower()):
        lose(f"{path}: {other or _NOTHING}")
        return []
    return _looked_at(Holding(path), lose)


def walk(holding: Holding, lose: Lose, start: int = 0) -> Iterator[Record]:
    """Yield every whole record, of any kind, from an offset on (as in the places of records, of this holding).

    A record's place is in bytes of the holding's file, and `warc.read` returns the same record again. One of length 0
    cannot be read again by its place, because it shares its gzip member with others or is deflated in a WACZ; its
    offset then counts unzipped bytes if the holding is not addressable, else it is that of the member.

    Args:
        holding: what to read.
        lose: is told, in a line with file and offset, of what is damaged, too large or no record at all.
        start: where to begin.

    Raises:
        RecordError: the file cannot be opened or read.
    """
    with opened(holding) as source:
        yield from Walk(holding, source, lose).records(start)
        if source.fault:
            lose(f"{holding.name}: {source.fault}")


def again(place: Place) -> tuple[Record, bytes]:
    """Return the record at a place that `walk` gave, of a length that is not 0, and its bytes as they are in the file.

    Raises:
        RecordError: the file is not there, or holds no whole record at that place; the message names both.
    """
    path = Path(place.file)
    still_there(path)
    holding = Holding(path, start=place.offset, length=place.length)
    record = next(walk(holding, lambda _: None), None) if place.length else None
    if record is None or record.place != place:
        raise RecordError(
            f"{path}: no whole record at byte {place.offset}: the file is not as it was when it was imported; "
            "restore a copy of it"
        )
    with reading(path), path.open("rb") as file:
        file.seek(place.offset)
        return record, file.read(place.length)


def digest_of_file(path: Path, size: int = -1, tick: Callable[[int], None] = lambda _size: None) -> str:
    """Return the SHA-256 of a file, or of so many bytes that it begins with, in hex.

    `tick` is told how many bytes have been read since the last time.

    Raises:
        RecordError: it cannot be read.
    """
    digest = hashlib.sha256()
    with reading(path), path.open("rb", buffering=0) as file:
        while size and (data := file.read(CHUNK if size < 0 else min(size, CHUNK))):
            digest.update(data)
            tick(len(data))
            size -= len(data) if size > 0 else 0
    return digest.hexdigest()


def _lead(path: Path) -> tuple[bytes, bytes]:
    """Return what a file begins with, padding aside: unzipped if it is zipped; and as it is."""
    with opened(Holding(path)) as source:
        first = bytes(source.piece(0, 512))
        data = first.lstrip(PADDING)
        zipped = data.startswith(MAGIC)
        lead = unzipped_lead(source, len(first) - len(data)) or b"" if zipped else data
    return lead.lstrip(PADDING), first


def _looked_at(holding: Holding, lose: Lose) -> list[Holding]:
    """Return a holding with whether its records can be read by their places; nothing if it has none."""
    first = next(walk(holding, lambda _: None), None)
    if first is None:
        lose(f"{holding.name}: there is no whole WARC record in it")
        return []
    return [replace(holding, addressable=first.place.length > 0)]


def _in_wacz(path: Path, lose: Lose) -> list[Holding]:
    found: list[Holding] = []
    for holding in entries(path, lose):
        found += [holding] if not holding.addressable else _looked_at(holding, lose)
    return found
