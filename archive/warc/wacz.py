"""Which WARC files there are in a WACZ, and where their bytes lie in it. Nothing is unpacked."""

import os
import struct
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from archive.warc.source import Holding, Lose, reading
from archive.warc.streams import FOLD, LARGEST_BLOCK

_FOLDER = "archive/"  # where the specification of WACZ has its WARC files
_FORMS = (".warc", ".warc.gz")
_LIKE = (*_FORMS, ".wacz", ".zip", ".warc.zst", ".arc", ".arc.gz")  # what somebody may expect to be read
_LOCAL = struct.Struct("<4s22xHH")  # the header before an entry's bytes: its mark, the lengths of its name and extras
_ENCRYPTED = 0x1
_CUT = (
    "cut off or damaged: the list of what is in it (the central directory) cannot be read; "
    "what lies in it unpacked is read all the same"
)


def entries(path: Path, lose: Lose) -> Iterator[Holding]:
    """Yield the WARC files in a WACZ; those deflated in it as not addressable. Where the list of them is lost, itself.

    Args:
        path: the file, resolved.
        lose: is told of what is not read: how many, of which the first is named.

    Raises:
        RecordError: the file cannot be read.
    """
    refused: Counter[str] = Counter()
    examples: dict[str, str] = {}
    seen: set[int] = set()
    count = 0
    with reading(path), path.open("rb") as file:
        listed = _listed(file)
        if listed is None:
            lose(f"{path}: {_CUT}")
            yield Holding(path)
            return
        last = {info.filename: info for info in listed}  # as programs for ZIP files read one that was added to
        for info in listed:
            why, holding = _judged(path, file, info)
            if holding is not None and last[info.filename] is not info:
                why = "there is a later one of that name; not read"
            elif holding is not None and holding.start in seen:
                why = "its place in the file is that of another; not read"
            elif holding is not None:
                seen.add(holding.start)
                count += 1
                yield holding
            if why:
                refused[why] += 1
                examples.setdefault(why, info.filename)
    for why, times in refused.items():
        more = f" and {times - 1:,} more" if times > 1 else ""
        lose(f"{path}: {_shown(examples[why])}{more}: {why}")
    if not count and not refused:
        lose(f"{path}: there is no WARC file in it, under {_FOLDER}")


def _listed(file: BinaryIO) -> list[zipfile.ZipInfo] | None:
    """Return what a WACZ says it holds, or None where that cannot be read: `zipfile` has all these words for damage."""
    try:
        return zipfile.ZipFile(file).infolist()
    except (zipfile.BadZipFile, NotImplementedError, UnicodeDecodeError, ValueError, struct.error, OverflowError):
        return None


def _judged(path: Path, file: BinaryIO, info: zipfile.ZipInfo) -> tuple[str, Holding | None]:
    """Return a WARC file in a WACZ, or why it is not read; neither for what is none."""
    why = _refused(info)
    if why or not _is_warc(info.filename):
        return why, None
    start = _start(file, info)
    if start < 0:
        return "its place in the file holds something else", None
    deflated = info.compress_type == zipfile.ZIP_DEFLATED
    return "", Holding(
        path,
        info.filename,
        start,
        info.compress_size,
        addressable=not deflated,
        size=info.file_size if deflated else 0,
        crc=info.CRC,
    )


def _is_warc(name: str) -> bool:
    return name.startswith(_FOLDER) and name.lower().endswith(_FORMS)


def _refused(info: zipfile.ZipInfo) -> str:
    """Return why an entry is not read that somebody may expect to be; empty for a good one, and for all others."""
    name = info.filename
    parts = name.replace("\\", "/").split("/")
    if ".." in parts or parts[0] == "" or parts[0].endswith(":"):
        return "a name that leads out of the WACZ; not read"
    if not name.lower().endswith(_LIKE) or info.is_dir():
        return ""
    if not _is_warc(name):
        return f"not a WARC file under {_FOLDER}; not read"
    return next((why for why, so in _packed(info) if so), "")


def _packed(info: zipfile.ZipInfo) -> Iterator[tuple[str, bool]]:
    yield "encrypted; unpack it with its password and import what comes of it", bool(info.flag_bits & _ENCRYPTED)
    known = info.compress_type in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
    yield "packed in a way that is not read here; unpack it and import what comes of it", not known
    bomb = info.file_size > max(LARGEST_BLOCK, FOLD * info.compress_size)
    yield f"unzips to more than {FOLD} times itself, as only a zip bomb does; not read", bomb
    yield "empty", not info.file_size or not info.compress_size


def _start(file: BinaryIO, info: zipfile.ZipInfo) -> int:
    """Return where the bytes of an entry begin, or -1 where its header is not to be found."""
    end = os.fstat(file.fileno()).st_size
    if not 0 <= info.header_offset <= end - _LOCAL.size:
        return -1
    file.seek(info.header_offset)
    mark, name, extra = _LOCAL.unpack(file.read(_LOCAL.size))
    start = info.header_offset + _LOCAL.size + int(name) + int(extra)
    return start if mark == b"PK\x03\x04" and start + info.compress_size <= end else -1


def _shown(name: str) -> str:
    """Return a name as it may stand in a line: no control characters, not too long."""
    return "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in name[:200])
