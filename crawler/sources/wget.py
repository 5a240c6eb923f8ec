"""What wget leaves beside the pages: its log, and the HTTP headers before a page (`--save-headers`).

A log says for each file when it was asked for, under which address, and what was answered. Its times are those of the
clock of the machine it ran on, without a zone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import IO, TYPE_CHECKING

from .files import lines

if TYPE_CHECKING:
    from collections.abc import Iterator

_ASKED = re.compile(rb"--(?P<time>\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)--\s+(?P<url>https?://\S+)")
_FINISHED = re.compile(rb"[^\n-]{0,40}--(?P<time>\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)--\s*$")
_QUOTED = re.compile(
    rb"[^\n\"'`]{2,60}:\s+(?:\xe2\x80\x98|[\"'`\xab]|\xc2\xab\s?|\xe2\x80\x9c)(?P<file>.+?)(?:\xe2\x80\x99|[\"']|\s?\xc2\xbb|\xbb|\xe2\x80\x9d)\s*$"
)
_STATUS = re.compile(rb"(?:.*\.\.\. |\s+HTTP/\d\.\d )(?P<status>[1-5]\d\d)(?: |\r?$)")
_BRIEF = re.compile(
    rb"(?P<time>\d{4}-\d\d-\d\d \d\d:\d\d:\d\d) URL: ?(?P<url>https?://\S+) \[[\d/]+\] -> \"(?P<file>.+)\" \[\d+\]"
)
_HTTP = re.compile(rb"HTTP/\d(?:\.\d)? \d{3}\b")
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_OK = 200
_VIETNAM = timedelta(hours=7)
_QUARTER = timedelta(minutes=15)
_SLACK = timedelta(minutes=3)  # between the last line of a log and the file's time
_WIDEST = timedelta(hours=14)


@dataclass(frozen=True, slots=True)
class Saved:
    """What a log says of one request: where the answer was saved, or nowhere.

    Attributes:
        file: the path, as the log has it; empty where nothing was saved.
        asked: the address asked for, as links name it.
        url: the address that answered in the end.
        at: the local time of the machine, naive.
        status: of the last answer.
        moved: the status of the first answer where that was a redirect.
    """

    file: bytes
    asked: str
    url: str
    at: datetime
    status: int = 200
    moved: int = 0

    @property
    def location(self) -> str:
        """Where a redirect led to, or an empty string."""
        return self.url if self.moved else ""


def is_log(head: bytes) -> bool:
    """Tell whether a file that begins so is a log of wget."""
    return any(_ASKED.match(line) or _BRIEF.match(line) for line in head.splitlines()[:20])


def logged(file: IO[bytes]) -> Iterator[Saved]:
    """Yield what a log says of each request, in whatever language; redirects are followed to their end."""
    current: Saved | None = None
    for line in lines(file):
        if found := _BRIEF.match(line):
            url = _text(found["url"])
            yield Saved(found["file"], url, url, _local(found["time"]))
        elif found := _ASKED.match(line):
            url = _text(found["url"])
            if current and not current.file and current.status in _REDIRECTS:
                current = replace(current, url=url, at=_local(found["time"]), moved=current.moved or current.status)
                continue
            if current:
                yield current
            current = Saved(b"", url, url, _local(found["time"]), _OK)
        elif current and (found := _STATUS.match(line)):
            current = replace(current, status=int(found["status"]))
        elif current and not current.file and (found := _QUOTED.match(line)):
            current = replace(current, file=found["file"])
    if current:
        yield current


def zone(file: IO[bytes], changed: datetime) -> timedelta:
    """Return how far the clock of a log was ahead of UTC.

    The last time it names, beside the time of the file itself (`changed`, aware UTC), shows it where the file is as
    wget left it. Else it is taken to be Vietnam's.
    """
    last = b""
    for line in lines(file):
        if found := _FINISHED.match(line) or _ASKED.match(line) or _BRIEF.match(line):
            last = found["time"]
    if not last:
        return _VIETNAM
    ahead = _local(last) - changed.replace(tzinfo=None)
    whole = round(ahead / _QUARTER) * _QUARTER
    return whole if abs(ahead - whole) <= _SLACK and abs(whole) <= _WIDEST else _VIETNAM


def _local(written: bytes) -> datetime:
    try:
        return datetime.fromisoformat(written.decode("ascii"))
    except ValueError:
        return datetime(1970, 1, 1)  # noqa: DTZ001 - no time at all; a log's are naive


def utc(local: datetime, ahead: timedelta) -> datetime:
    """Return a log's time in UTC."""
    return (local - ahead).replace(tzinfo=UTC)


def _text(url: bytes) -> str:
    return "".join(chr(byte) if byte < 128 else f"%{byte:02X}" for byte in url)  # noqa: PLR2004 - ASCII


def has_headers(body: bytes) -> bool:
    """Tell whether HTTP headers stand before the page."""
    return bool(_HTTP.match(body[:20]))
