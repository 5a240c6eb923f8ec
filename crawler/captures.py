"""From Scrapy's response to the record of it."""

from __future__ import annotations

import base64
import hashlib
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from crawler.records import Capture

if TYPE_CHECKING:
    from scrapy.http import Response

REDIRECTS = frozenset({301, 302, 303, 307, 308})


def header(response: Response, name: str) -> str:
    """Return a response header as text, or an empty string; servers send UTF-8 or Latin-1 there."""
    value = response.headers.get(name) or b""
    try:
        return value.decode("utf-8")
    except UnicodeDecodeError:
        return value.decode("latin-1")


def capture(response: Response, url: str) -> Capture:
    """Return the record of a response to a request for `url`, as of now."""
    location = header(response, "Location") if response.status in REDIRECTS else ""
    return Capture(
        url=url,
        captured_at=datetime.now(UTC),
        source="live",
        status=response.status,
        digest=digest(response.body),
        content_type=header(response, "Content-Type"),
        length=len(response.body),
        location=_absolute(response.url, location),
        etag=header(response, "ETag"),
        last_modified=header(response, "Last-Modified"),
    )


def digest(payload: bytes) -> str:
    """Return a payload's digest as WARC 1.1 writes it: `sha1:` and base32."""
    value = hashlib.sha1(payload, usedforsecurity=False).digest()
    return "sha1:" + base64.b32encode(value).decode("ascii")


def _absolute(base: str, location: str) -> str:
    """Return a Location header resolved against the URL it came from; malformed ones give an empty string."""
    try:
        return urljoin(base, location) if location else ""
    except ValueError:
        return ""
