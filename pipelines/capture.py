"""Keeps the bytes of each answer in the archive's WARC files, before anything is read from them."""

from __future__ import annotations

from dataclasses import replace
from http import HTTPStatus
from typing import TYPE_CHECKING

from archive import captures, pages
from archive.errors import ArchiveError
from crawler.pages.urls import is_front, key
from crawler.session import session_of
from crawler.traversal import MENU_DEPTH
from crawler.visit import ROBOTS_TXT, is_robots_txt
from pipelines.pipeline import Pipeline

if TYPE_CHECKING:
    from archive.database import Archive
    from archive.warc import Exchange, Original, Place, Writer
    from crawler.session import Session
    from crawler.visit import Visit


class Capture(Pipeline):
    """Appends each exchange to the run's WARC file. When that cannot be written the crawl stops."""

    def process_item(self, item: Visit) -> Visit:
        """Return the visit with the place of its record."""
        session = session_of(self._crawler)
        if item.exchange is None or session.stopped:
            return item
        try:
            return recorded(known(item, session.archive), item.exchange, session)
        except ArchiveError as error:
            session.stop(str(error), self._crawler)
            return item


def known(visit: Visit, archive: Archive) -> Visit:
    """Return the visit with what the archive takes its page for by now: other pages may have named it meanwhile."""
    url = visit.reading.capture.url
    with archive.read() as conn:
        row = pages.find(conn, key(url))
    kind, depth = (row.kind, row.depth) if row else (ROBOTS_TXT if is_robots_txt(url) else "", _depth(visit))
    return replace(visit, asked=replace(visit.asked, kind=kind, depth=depth))


def _depth(visit: Visit) -> int:
    """Return how deep a page lies that nobody has named: what a crawl asks for is then a start page."""
    capture = visit.reading.capture
    return 0 if capture.source == "live" or is_front(capture.url) else MENU_DEPTH


def recorded(visit: Visit, exchange: Exchange, session: Session) -> Visit:
    """Append an exchange to the WARC file; return the visit with the record's place and without the bytes."""
    original = repeated(visit, session.archive) if visit.answered else None
    place = append(visit, exchange, original, session.writer)
    return placed(replace(visit, exchange=None), place, original.id if original else None)


def placed(visit: Visit, place: Place, original: int | None) -> Visit:
    """Return the visit with the place of its record, and the capture that it repeats."""
    capture = replace(
        visit.reading.capture,
        warc_file=place.file,
        warc_offset=place.offset,
        warc_length=place.length,
        revisit_of=original,
    )
    return replace(visit, reading=replace(visit.reading, capture=capture))


def append(visit: Visit, exchange: Exchange, original: Original | None, writer: Writer) -> Place:
    """Append what came: an answer, or a note of why there was no whole one."""
    if not visit.answered:
        return writer.note(exchange, [("state", visit.state), ("reason", visit.reason)])
    return writer.append(exchange, original, modified=visit.reading.capture.status != HTTPStatus.NOT_MODIFIED)


def repeated(visit: Visit, archive: Archive) -> Original | None:
    """Return the capture of the archive whose payload this one repeats: byte for byte, or as the server says (304)."""
    capture = visit.reading.capture
    with archive.read() as conn:
        if capture.status == HTTPStatus.NOT_MODIFIED:
            return captures.latest(conn, key(capture.url))
        return captures.original(conn, capture.digest) if capture.length else None
