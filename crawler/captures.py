"""From the bytes of an answer to the record of it."""

from __future__ import annotations

from datetime import UTC, datetime
from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from archive.warc import Exchange, digest_of, payload_of
from crawler.message import Message, parse, whole
from crawler.pages.urls import spelt
from crawler.records import Capture

if TYPE_CHECKING:
    from scrapy.http import Response

    from crawler.wire import Tape

REDIRECTS = frozenset({301, 302, 303, 307, 308})


def header(response: Response, name: str) -> str:
    """Return a header of Scrapy's response as text, or an empty string; servers send UTF-8 or Latin-1 there."""
    value = response.headers.get(name) or b""
    try:
        return value.decode("utf-8")
    except UnicodeDecodeError:
        return value.decode("latin-1")


_CUT = {"timed out": "time", "too large": "length"}


def cut(reason: str) -> str:
    """Return WARC's word (`WARC-Truncated`) for why an answer that failed so is not whole."""
    return _CUT.get(reason, "disconnect")


def exchange(url: str, tape: Tape | None, truncated: str = "") -> Exchange:
    """Return what is on a tape, as of now, for a request for `url`; `truncated` is WARC's word for a cut answer."""
    moment = datetime.now(UTC).replace(microsecond=0)  # as the archive writes times: a rebuild must find the same
    if tape is None:
        return Exchange(url, moment, b"", b"")
    response = tape.response if truncated else whole(tape.response)
    return Exchange(url, moment, tape.request, response, truncated if response else "", tape.address)


def address(written: bytes) -> str:
    """Return an address from a header as text. Bytes that are not UTF-8 stay what they are, as `%E0`."""
    try:
        text = written.decode("utf-8")
    except UnicodeDecodeError:
        text = "".join(chr(byte) if byte < 128 else f"%{byte:02X}" for byte in written)  # noqa: PLR2004 - ASCII
    return spelt(text)


def capture(seen: Exchange, source: str = "live") -> tuple[Capture, Message]:
    """Return the record of an answer, and the answer taken apart."""
    message = parse(seen.response)
    location = message.location if message.status in REDIRECTS else b""
    record = Capture(
        url=seen.url,
        captured_at=seen.at,
        source=source,
        status=message.status,
        digest="" if message.status == HTTPStatus.NOT_MODIFIED else digest_of(payload_of(seen.response)),
        content_type=message.get("Content-Type"),
        length=len(message.payload),
        location=_absolute(seen.url, address(location)),
        etag=message.get("ETag"),
        last_modified=message.get("Last-Modified"),
        retry_after=message.get("Retry-After"),
        sets_cookies=bool(message.get("Set-Cookie")),
        encoding=message.encoding,
    )
    return record, message


def _absolute(base: str, location: str) -> str:
    """Return a Location header resolved against the URL it came from; malformed ones give an empty string."""
    try:
        return urljoin(base, location) if location else ""
    except ValueError:
        return ""
