"""What HTTrack leaves beside the pages: its cache, its list of answers, its marks inside the pages.

`hts-cache/new.zip` has one entry for each answer, the status line and header fields of HTTrack's own in the extra field
of its local header, the page as it came in its data. Local headers are read one after the other, as HTTrack itself does
after a crash: the directory at the end of the file may be missing. `hts-cache/new.txt` has one line for each answer.
"""

from __future__ import annotations

import re
import struct
import zlib
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING

from .files import lines
from .names import escaped

if TYPE_CHECKING:
    from collections.abc import Iterator

CACHE = b"hts-cache"
OWN = frozenset({b"hts-log.txt", b"hts-err.txt", b"hts-in_progress.lock", b"hts-stop.lock", b"hts-nohup.txt"})
PICTURES = frozenset({b"backblue.gif", b"fade.gif"})  # of its own index
UNFINISHED = (b".tmp", b".delayed")
_LOCAL = struct.Struct("<4sHHHHHIIIHH")
_SIGNATURE = b"PK\x03\x04"
_DEFLATED, _STORED = 8, 0
_STREAMED = 8  # the flag of an entry whose size stands behind its data
_MARKS = re.compile(  # begins with what few places of a page begin with: what may stand before it is cut off after
    rb"<!--(?:\s*(?:Mirrored from \S{1,4000} by|Created by) HTTrack[^>]{0,300}-->"
    rb"|(?P<added> Added by HTTrack -->).{0,1000}?<!-- /Added by HTTrack -->)\r?\n?",
    re.DOTALL,
)
_CHARSET = re.compile(
    rb"<!-- Added by HTTrack --><meta http-equiv=\"content-type\" content=\"([^\"]{1,200})\"", re.IGNORECASE
)
_LINE = re.compile(
    rb"(?P<time>\d\d:\d\d:\d\d)\t[^\t]*\t[^\t]*\t(?P<status>-?\d+)\t[^\t]*\t(?P<type>[^\t]*)\t[^\t]*"
    rb"\t(?P<url>[^\t]+)\t(?P<file>[^\t]*)"
)
_ADDRESS_SAFE = "/!$&'()*+,;=:@-._~%?[]|{}"
_WEB = (b"http://", b"https://")


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer that HTTrack had. `file` is where it was saved, as HTTrack writes it; empty where it was not.

    `at` and `packed` say where in the cache its data begin and how many bytes they are; `packed` 0 is none.
    """

    url: str
    status: int
    file: bytes = b""
    content_type: str = ""
    location: str = ""
    at: int = 0
    packed: int = 0
    stored: bool = False  # not deflated


def without_marks(body: bytes) -> tuple[bytes, str]:
    """Return a page without what HTTrack added to it, and the content type that it noted there, or an empty string."""
    noted, parts, end = "", [], 0
    for mark in _MARKS.finditer(body):
        before, end = body[end : mark.start()].removesuffix(b"\n"), mark.end()
        parts.append(before.removesuffix(b"\r") if mark["added"] else before)
        if not noted and (charset := _CHARSET.match(body, mark.start())):
            noted = charset[1].decode("ascii", "replace")
    return b"".join([*parts, body[end:]]), noted


def cached(file: IO[bytes]) -> Iterator[Answer]:
    """Yield the answers in a cache, as far as it is whole."""
    while len(head := file.read(_LOCAL.size)) == _LOCAL.size:
        signature, _, flags, method, _, _, _, packed, _, name_length, extra_length = _LOCAL.unpack(head)
        if signature != _SIGNATURE or flags & _STREAMED:
            return
        name, extra = file.read(name_length), file.read(extra_length)
        if len(name) + len(extra) < name_length + extra_length:
            return
        at = file.tell()
        answer = _answer(name, extra, at, packed, stored=method == _STORED)
        if method in {_DEFLATED, _STORED} and name.startswith(_WEB) and answer.status:
            yield answer
        file.seek(at + packed)


def _answer(name: bytes, extra: bytes, at: int, packed: int, *, stored: bool) -> Answer:
    lines = extra.split(b"\r\n\r\n")[0].split(b"\r\n")
    fields = {key.strip().lower(): value.strip() for key, _, value in (line.partition(b":") for line in lines[1:])}
    status = fields.get(b"x-statuscode", b"")
    kind = fields.get(b"content-type", b"").decode("ascii", "replace")
    charset = fields.get(b"x-charset", b"").decode("ascii", "replace")
    inside = fields.get(b"x-in-cache") == b"1" and fields.get(b"x-size", b"0") != b"0"
    return Answer(
        _url(name),
        int(status) if status.isdigit() else 0,
        fields.get(b"x-save", b""),
        f"{kind}; charset={charset}" if kind and charset else kind,
        escaped(fields.get(b"location", b""), _ADDRESS_SAFE + "#"),
        at,
        packed if inside else 0,
        stored,
    )


def listed(file: IO[bytes]) -> Iterator[Answer]:
    """Yield the answers in a list (`new.txt`)."""
    for line in lines(file):
        found = _LINE.match(line)
        if found and found["url"].startswith(_WEB) and int(found["status"]) > 0:
            kind = found["type"].decode("ascii", "replace")
            yield Answer(_url(found["url"]), int(found["status"]), found["file"], kind)


def _url(written: bytes) -> str:
    return escaped(written.partition(b"#")[0], _ADDRESS_SAFE)


def data(file: IO[bytes], at: int, packed: int, limit: int, *, stored: bool) -> bytes | None:
    """Return the page at a place in a cache; None where it is damaged. Of more than `limit` bytes, so many and one."""
    file.seek(at)
    raw = file.read(min(packed, limit + 1))
    if stored:
        return raw if len(raw) == packed else None
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        body = inflater.decompress(raw, limit + 1)
    except zlib.error:
        return None
    return body if inflater.eof or len(body) > limit else None
