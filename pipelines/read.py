"""Reads a page: undoes its compression and lets the readers see what stands on it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from crawler.message import LARGEST, WITH_PAGE, DecodingError, decoded
from crawler.pages import gates
from crawler.pages import read as read_page
from crawler.records import Kind
from crawler.visit import ROBOTS_TXT, State

if TYPE_CHECKING:
    from crawler.visit import Visit


class Read:
    """Fills `Reading.page`."""

    def process_item(self, item: Visit) -> Visit:
        """Return the visit with its page read."""
        return read(item)


def read(visit: Visit) -> Visit:
    """Return the visit with what was read on its page, and without the payload."""
    capture = visit.reading.capture
    if not visit.answered or capture.status not in WITH_PAGE or visit.asked.kind == ROBOTS_TXT:
        return replace(visit, payload=b"")
    try:
        body = decoded(visit.payload, capture.encoding, LARGEST)
    except DecodingError as error:
        return replace(visit, payload=b"", state=State.FAILED, reason=str(error))
    page = read_page(body, capture.url, content_type=capture.content_type)
    if page.kind is Kind.EMPTY:
        capture = replace(capture, location=page.onward)
    cookies = gates.cookies(body) if page.kind is Kind.CHALLENGE else ()
    return replace(visit, payload=b"", cookies=cookies, reading=replace(visit.reading, capture=capture, page=page))
