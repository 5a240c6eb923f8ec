"""Reads a page: undoes its compression and lets the readers see what stands on it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from crawler.message import LARGEST, WITH_PAGE, DecodingError, decoded
from crawler.pages import gates
from crawler.pages import read as read_page
from crawler.pages.dates import VIETNAM
from crawler.records import Kind
from crawler.session import session_of
from crawler.visit import ROBOTS_TXT, State
from pipelines.pipeline import Pipeline

if TYPE_CHECKING:
    from crawler.scope import Scope
    from crawler.visit import Visit


LEFT_OUT = "left out by the profile: "


class Read(Pipeline):
    """Fills `Reading.page`."""

    def process_item(self, item: Visit) -> Visit:
        """Return the visit with its page read."""
        return read(item, session_of(self._crawler).scope)


def read(visit: Visit, scope: Scope) -> Visit:
    """Return the visit with what was read on its page, and without the payload.

    A page that the profile leaves out is not read, even where a record holds it: the reason says so.
    """
    capture = visit.reading.capture
    if not visit.answered or capture.status not in WITH_PAGE or visit.asked.kind == ROBOTS_TXT:
        return replace(visit, payload=b"")
    if why := scope.profile.skips(capture.url):
        return replace(visit, payload=b"", reason=f"{LEFT_OUT}{why}")
    try:
        body = decoded(visit.payload, capture.encoding, LARGEST)
    except DecodingError as error:
        return replace(visit, payload=b"", state=State.FAILED, reason=str(error))
    hints = scope.profile.hints(capture.captured_at.astimezone(VIETNAM).date())
    page = read_page(body, capture.url, content_type=capture.content_type, hints=hints)
    if page.kind is Kind.EMPTY:
        capture = replace(capture, location=page.onward)
    cookies = gates.cookies(body) if page.kind is Kind.CHALLENGE else ()
    return replace(visit, payload=b"", cookies=cookies, reading=replace(visit.reading, capture=capture, page=page))
