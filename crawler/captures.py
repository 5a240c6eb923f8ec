"""From the bytes of an answer to the record of it."""

from __future__ import annotations

from datetime import UTC, datetime
from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from archive.warc import Exchange, digest_of, payload_of
from crawler.message import Message, parse, whole
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


def capture(seen: Exchange, source: str = "live") -> tuple[Capture, Message]:
    """Return the record of an answer, and the answer taken apart."""
    message = parse(seen.response)
    location = message.get("Location") if message.status in REDIRECTS else ""
    record = Capture(
        url=seen.url,
        captured_at=seen.at,
        source=source,
        status=message.status,
        digest="" if message.status == HTTPStatus.NOT_MODIFIED else digest_of(payload_of(seen.response)),
        content_type=message.get("Content-Type"),
        length=len(message.payload),
        location=_absolute(seen.url, location),
        etag=message.get("ETag"),
        last_modified=message.get("Last-Modified"),
        retry_after=message.get("Retry-After"),
        encoding=message.encoding,
    )
    return record, message


def _absolute(base: str, location: str) -> str:
    """Return a Location header resolved against the URL it came from; malformed ones give an empty string."""
    try:
        return urljoin(base, location) if location else ""
    except ValueError:
        return ""
