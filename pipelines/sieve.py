"""Which records of a file that somebody else made are captures of pages, and why others are none.

A crawl of a browser keeps pictures, styles and scripts beside the pages; `dns:` look-ups and screenshots are records
too. What is left out is told in a few words, which are counted.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from archive import warc
from archive.sources import Source
from crawler.message import WITH_PAGE, is_cut, parse
from crawler.pages import kinds, urls
from crawler.visit import is_robots_txt

if TYPE_CHECKING:
    from archive.warc import Record

CAPTURES = frozenset({"response", "resource", "revisit"})
NO_PAGE = "files that are no pages (pictures, styles, documents)"
SIDE_DOOR = "pages to print, mail, log in or search"
NOT_WEB = "records that are of no page of the web"
NOT_HTTP = "records without an answer of a web server"
UNDATED = "records without a date"
FUTURE = "records of a day that is still to come"
CUT = "answers that were cut short when they were captured"
ROBOTS = "robots.txt"
ELSEWHERE = "captures that an archive has read in another file: import that too"
NO_ANSWER = frozenset({"request", "metadata", "warcinfo", "conversion", "continuation"})  # beside captures, in any file
_FIRST = 1900  # the year: what is earlier is how programs write that there is no date
_AHEAD = timedelta(days=2)  # a clock may be wrong, or in another time zone
_BEGINNING = 1 << 16  # bytes of an answer: its header, and enough to see whether it is HTML


SOURCE = "thidua-source"  # of a record that an archive of ours has copied: where the capture is from
_SOURCES = frozenset({"warc", "wayback", "mirror"})


def source_of(record: Record, usual: str) -> str:
    """Return where a capture is from: what an archive of ours says of it, else the usual."""
    said = record.fields.get(SOURCE, "")
    return said if said in _SOURCES else usual


class Candidate(NamedTuple):
    """A record that is a capture of a page: of which, when (aware, UTC), and what the server said."""

    url: str
    at: datetime
    status: int


def judged(record: Record, now: datetime | None = None) -> Candidate | str:
    """Return what a record is a capture of, or why it is none: in words, or an empty string for what never is one.

    Args:
        record: as it was read.
        now: when it was brought in (aware): what was of a day still to come then is no capture ever; None for today.
    """
    if record.kind not in CAPTURES:
        return _of_no_page(record)
    url, digits = urls.replayed(record.url.strip("<> "))
    url = urls.join("", urls.spelt(url)) if url.lower().startswith(("http://", "https://")) else ""
    if not url:
        return NOT_WEB
    at = _moment(digits) or warc.moment(record)
    return unfit(url, at, now) or (CUT if _is_cut(record) else "") or _answer(url, at, record)


def _of_no_page(record: Record) -> str:
    if record.kind == "metadata" and record.url.startswith(warc.SOURCE) and b"\ncopied: 0" in record.block:
        try:
            return f"{ELSEWHERE}: {Source.of_fields(warc.parsed(record.block)).name}"
        except (KeyError, ValueError):
            return NOT_WEB  # it only looks like one of an archive of ours
    return "" if record.kind in NO_ANSWER else NOT_WEB


def unfit(url: str, at: datetime | None, now: datetime | None = None) -> str:
    """Return why what was captured at an address and a moment (aware) cannot be a page, or an empty string.

    `now` is as for `judged`.
    """
    if at is None or at.year < _FIRST:
        return UNDATED
    if at > latest(now):
        return FUTURE
    if is_robots_txt(url):
        return ROBOTS
    if urls.is_file(url):
        return NO_PAGE
    return SIDE_DOOR if urls.is_side_door(url) else ""


def latest(now: datetime | None = None) -> datetime:
    """Return the last moment that a capture can be of, some time ahead of `now` (as for `judged`)."""
    return (now or datetime.now(UTC)) + _AHEAD


def _is_cut(record: Record) -> bool:
    """Tell whether a part of an answer is missing. A `revisit` leaves its payload out, which wget calls "length"."""
    why = record.fields.get("warc-truncated")
    return why is not None and not (record.kind == "revisit" and why.strip().lower() == "length")


def _answer(url: str, at: datetime | None, record: Record) -> Candidate | str:
    """Judge a record by its answer."""
    assert at is not None  # noqa: S101 - `unfit` has looked
    answer = warc.http_of(record)
    head = parse(answer[:_BEGINNING])
    if not head.status and (answer or record.kind != "revisit"):  # that may leave all to what it repeats
        return NOT_HTTP
    if record.kind != "revisit" and is_cut(answer):
        return CUT
    is_read = head.status in WITH_PAGE and record.kind != "revisit"  # what is repeated is judged where it stands
    if is_read and not head.encoding and not kinds.is_html(head.payload, head.get("Content-Type")):
        return NO_PAGE
    if is_read and head.encoding and not kinds.may_be_html(head.get("Content-Type")):
        return NO_PAGE
    return Candidate(url, at.astimezone(UTC).replace(microsecond=0), head.status)


def _moment(digits: str) -> datetime | None:
    """Return the moment in a web archive's address; one that gives less than a second begins with that."""
    if not digits:
        return None
    parts = re.findall(r"^\d{4}|\d\d", digits + "0101000000"[max(0, len(digits) - 4) :])
    try:
        year, month, day, hour, minute, second = map(int, parts[:6])
        return datetime(year, month, day, hour, minute, second, tzinfo=UTC)
    except ValueError:
        return None
