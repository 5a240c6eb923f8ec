"""An HTTP answer taken apart: from the bytes that came over the wire to the page's own.

Framing is that of RFC 9112 (Content-Length, chunks, up to the end of the connection); content codings are those of
RFC 9110 §8.4.1 and `br`. The same code reads an answer that has just come and one out of a WARC file.
"""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING

import brotli

from archive.warc import HEAD_END, final_of

if TYPE_CHECKING:
    from collections.abc import Mapping

LARGEST = 32 * 1024 * 1024  # bytes of an answer, unpacked: the largest news page seen is under 1 MB
WITH_PAGE = frozenset({HTTPStatus.OK, HTTPStatus.NON_AUTHORITATIVE_INFORMATION})  # the latter from a proxy
_STATUS = re.compile(rb"HTTP/\d(?:\.\d)?[ \t]+(\d{3})", re.IGNORECASE)
_CHUNK_SIZE = re.compile(rb"[ \t]*([0-9a-fA-F]{1,15})[^\r\n]*\r?\n")
_CHUNK_BEGUN = re.compile(rb"[ \t]*[1-9a-fA-F][^\r\n]*\r?")
_LENGTH = re.compile(rb"^content-length:[^\n]*\n", re.IGNORECASE | re.MULTILINE)
_WITHOUT_BODY = frozenset({HTTPStatus.NO_CONTENT, HTTPStatus.NOT_MODIFIED})
_GZIP = 16 + zlib.MAX_WBITS  # zlib's word for a gzip header and checksum around the data
_BINARY = re.compile(rb"[\x00-\x08\x0b\x0e-\x1f\x7f]")  # what is in no text, in any charset of a web page but UTF-16
_BEGINNING = 512  # bytes looked at
_STEP = 1 << 16  # bytes unpacked at a time


class DecodingError(Exception):
    """The content coding of an answer cannot be undone; the message is the reason in a few words, as it is counted."""


@dataclass(frozen=True, slots=True)
class Message:
    """An answer. `headers` are in the order of the wire, names as written; `payload` is unchunked, not yet decoded."""

    status: int
    headers: tuple[tuple[str, str], ...]
    payload: bytes
    location: bytes = b""  # the header of that name

    def get(self, name: str) -> str:
        """Return the first header of that name, in whatever case, or an empty string."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), "")

    @property
    def encoding(self) -> str:
        """All content codings, in the order in which they were put on."""
        return ", ".join(value for key, value in self.headers if key.lower() == "content-encoding")


def whole(raw: bytes) -> bytes:
    """Return what is the answer itself in all that was received: no interim answers before it, no stray bytes after."""
    raw = final_of(raw)
    head, payload_start = _head(raw)
    length = _framed(head, raw, payload_start)[1]
    return raw[:length]


def unmeasured(raw: bytes) -> bytes:
    """Return an answer without what its header says of its length: tools may keep a page unzipped under the old one."""
    head, start = _head(raw)
    return _LENGTH.sub(b"", raw[:start]) + raw[start:] if b"ength" in head else raw


def parse(raw: bytes) -> Message:
    """Return the answer in these bytes, as much of it as there is; status 0 where they are no HTTP."""
    raw = final_of(raw)
    head, start = _head(raw)
    found = _STATUS.match(head)
    locations = (value for name, value in _fields(head) if name.lower() == b"location")
    return Message(
        int(found[1]) if found else 0,
        tuple((_text(name), _text(value)) for name, value in _fields(head)),
        _framed(head, raw, start)[0],
        next(locations, b""),
    )


def _head(raw: bytes) -> tuple[bytes, int]:
    """Return the header and where the body begins."""
    end = HEAD_END.search(raw)
    return (raw[: end.start()], end.end()) if end else (raw, len(raw))


def _fields(head: bytes) -> list[tuple[bytes, bytes]]:
    """Return the header's fields. Folded lines are joined; lines without a colon are skipped, as browsers do."""
    lines = re.sub(rb"\r?\n[ \t]+", b" ", head).splitlines()[1:]
    fields = (line.partition(b":") for line in lines)
    return [(name.strip(), value.strip()) for name, mark, value in fields if mark]


def _text(value: bytes) -> str:
    """Return header bytes as text; servers send UTF-8 or Latin-1 there."""
    try:
        return value.decode("utf-8")
    except UnicodeDecodeError:
        return value.decode("latin-1")


def _framed(head: bytes, raw: bytes, start: int) -> tuple[bytes, int]:
    """Return the body, unchunked, and where in `raw` it ends."""
    found = _STATUS.match(head)
    if found and int(found[1]) in _WITHOUT_BODY:
        return b"", start
    fields = {name.lower(): value for name, value in _fields(head)}
    if _is_chunked(fields):
        return _unchunked(raw, start)
    length = fields.get(b"content-length", b"").partition(b",")[0].strip()
    end = min(start + int(length), len(raw)) if length.isdigit() else len(raw)
    return raw[start:end], end


def _is_chunked(fields: Mapping[bytes, bytes]) -> bool:
    return b"chunked" in fields.get(b"transfer-encoding", b"").lower()


def is_cut(raw: bytes) -> bool:
    """Tell whether an answer ends within one of its chunks, so that a part of it is missing for certain."""
    head, at = _head(raw)
    if not _is_chunked({name.lower(): value for name, value in _fields(head)}):
        return False
    within = False  # what is no chunk from the beginning on was unchunked by the tool that kept it
    while size := _CHUNK_SIZE.match(raw, at):
        length = int(size[1], 16)
        if length == 0:
            return False
        at = size.end() + length
        if at > len(raw):
            return True
        at += 2 if raw.startswith(b"\r\n", at) else 1
        within = True
    return within and _CHUNK_BEGUN.fullmatch(raw, at) is not None


def _unchunked(raw: bytes, at: int) -> tuple[bytes, int]:
    """Return the content of chunks and where they end. Bytes that are no chunks are taken as they are."""
    parts: list[bytes] = []
    begin = at
    while size := _CHUNK_SIZE.match(raw, at):
        length = int(size[1], 16)
        if length == 0:
            end = re.compile(rb"(?:[^\r\n]+\r?\n)*\r?\n").match(raw, size.end())
            return b"".join(parts), end.end() if end else len(raw)
        parts.append(raw[size.end() : size.end() + length])
        at = size.end() + length
        at += 2 if raw.startswith(b"\r\n", at) else 1
    return (b"".join(parts) if parts else raw[begin:]), len(raw)


def decoded(payload: bytes, encoding: str, limit: int) -> bytes:
    """Undo the content codings that a `Content-Encoding` header names (`gzip`, `deflate`, `br`; empty for none).

    A header that is not true, on a payload that is plain text, is passed over: some servers add it to pages that a
    proxy has unpacked.

    Raises:
        DecodingError: "truncated", "damaged compression", "too large" (unpacked, more than `limit` bytes), or
            "unknown compression".
    """
    for coding in reversed([name.strip().lower() for name in encoding.split(",")]):
        if coding in {"", "identity"} or not payload:
            continue
        try:
            payload = _undone(payload, coding, limit)
        except DecodingError:
            if not _is_plain(payload):
                raise
    return payload


def _undone(payload: bytes, coding: str, limit: int) -> bytes:
    if coding in {"gzip", "x-gzip"}:
        return _inflated(payload, _GZIP, limit)
    if coding == "deflate":
        return _inflated(payload, zlib.MAX_WBITS if payload[0] & 15 == 8 else -zlib.MAX_WBITS, limit)  # noqa: PLR2004 - the mark of a zlib header, RFC 1950
    if coding == "br":
        return _unbrotlied(payload, limit)
    raise DecodingError("unknown compression")


def _is_plain(payload: bytes) -> bool:
    """Tell whether a payload begins as text: without the controls that stand in the first bytes of compressed data."""
    return not _BINARY.search(payload, 0, _BEGINNING)


def _inflated(payload: bytes, form: int, limit: int) -> bytes:
    """Unpack with zlib, in steps, so that a bomb is seen before it fills the memory; several members may follow."""
    out = bytearray()
    while payload:
        inflater = zlib.decompressobj(form)
        try:
            while payload and not inflater.eof:
                out += inflater.decompress(payload, _STEP)
                payload = inflater.unconsumed_tail
                if len(out) > limit:
                    raise DecodingError("too large")
        except zlib.error as error:
            raise DecodingError("damaged compression") from error
        if not inflater.eof:
            raise DecodingError("truncated")
        payload = inflater.unused_data if inflater.unused_data.startswith(b"\x1f\x8b") else b""
    return bytes(out)


def _unbrotlied(payload: bytes, limit: int) -> bytes:
    """Unpack `br`."""
    unpacker, out = brotli.Decompressor(), bytearray()
    try:
        out += unpacker.process(payload, output_buffer_limit=_STEP)
        while len(out) <= limit and (more := unpacker.process(b"", output_buffer_limit=_STEP)):
            out += more
    except brotli.error as error:
        raise DecodingError("damaged compression") from error
    if len(out) > limit:
        raise DecodingError("too large")
    if not unpacker.is_finished():
        raise DecodingError("truncated")
    return bytes(out)
