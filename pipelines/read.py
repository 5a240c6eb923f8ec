"""Reads a page: undoes its compression and lets the readers see what stands on it."""

from __future__ import annotations

import re
from dataclasses import replace
from http import HTTPStatus
from typing import TYPE_CHECKING

from crawler.message import LARGEST, DecodingError, decoded
from crawler.pages import read as read_page
from crawler.records import Kind
from crawler.visit import ROBOTS_TXT, State

if TYPE_CHECKING:
    from crawler.visit import Visit

# document.cookie = "D1N=…" and a reload: what the script would have the browser send, as far as it is written out.
_COOKIE = re.compile(
    rb"""document\.cookie\s*=\s*(["'])\s*([A-Za-z0-9_.-]{1,64})=([\x21\x23-\x26\x28-\x3a\x3c-\x7e]{1,512}?)\s*(?:;|\1)"""
)


class Read:
    """Fills `Reading.page`."""

    def process_item(self, item: Visit) -> Visit:
        """Return the visit with its page read."""
        return read(item)


def read(visit: Visit) -> Visit:
    """Return the visit with what was read on its page, and without the payload."""
    capture = visit.reading.capture
    if not visit.answered or capture.status != HTTPStatus.OK or visit.asked.kind == ROBOTS_TXT:
        return replace(visit, payload=b"")
    try:
        body = decoded(visit.payload, capture.encoding, LARGEST)
    except DecodingError as error:
        return replace(visit, payload=b"", state=State.FAILED, reason=str(error))
    page = read_page(body, capture.url, content_type=capture.content_type)
    cookie = wanted(body) if page.kind is Kind.CHALLENGE else None
    return replace(visit, payload=b"", cookie=cookie, reading=replace(visit.reading, page=page))


def wanted(body: bytes) -> tuple[str, str] | None:
    """Return the cookie that a challenge's script sets, or None where it would have to be computed."""
    found = _COOKIE.search(body)
    return (found[2].decode("ascii"), found[3].decode("ascii")) if found else None
