"""What came of asking for one page: the item that the spider hands to the pipelines."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from crawler import captures
from crawler.records import Capture, Reading

if TYPE_CHECKING:
    from archive.warc import Exchange

ROBOTS_TXT = "robots"  # the kind of a page that is a host's robots.txt: kept, never read as a page


class State(enum.StrEnum):
    """What is to be thought of the page; the values are those of the archive's `pages.state`."""

    FETCHED = "fetched"
    GONE = "gone"  # the site says so
    FAILED = "failed"  # to be asked for again
    BLOCKED = "blocked"  # robots.txt, a login or a challenge stands before it


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked for. `kind` and `depth` are the frontier's; `tries` counts earlier ones in this run."""

    url: str
    kind: str = ""
    depth: int = 0
    start: bool = False  # one of the pages the crawl was started from
    tries: int = 0
    with_cookies: bool = False  # as a challenge wanted, earlier in this run: it is not answered twice


@dataclass(frozen=True, slots=True)
class Visit:
    """A request, its answer, what was read on it, and the verdict, which the check pipeline fills in.

    `exchange` is what went over the wire until a WARC record holds it, `payload` the body until it has been read.
    `reason` says in a few words why the state is not `fetched`, or why a fetched page is not stored as an article.
    """

    asked: Asked
    reading: Reading
    exchange: Exchange | None = None
    payload: bytes = b""
    state: State = State.FETCHED
    reason: str = ""
    answered: bool = True  # False: there was no whole response, the capture only says what was asked for and when
    cookies: tuple[tuple[str, str], ...] = ()  # what a cookie challenge's script wants to be sent
    again: bool = False  # it will be asked for once more in this run


def is_robots_txt(url: str) -> bool:
    """Tell whether an address is that of a host's robots.txt."""
    return urlsplit(url).path == "/robots.txt"


def answered(asked: Asked, exchange: Exchange, source: str = "live") -> Visit:
    """Return the visit of a page that gave an answer, not yet read."""
    capture, message = captures.capture(exchange, source)
    return Visit(asked, Reading(capture, None), exchange=exchange, payload=message.payload)


def unanswered(asked: Asked, exchange: Exchange, state: State, reason: str, source: str = "live") -> Visit:
    """Return the visit of a page that gave no whole answer: a failure of the network, or robots.txt forbids asking."""
    nothing = Capture(url=exchange.url, captured_at=exchange.at, source=source, status=0, digest="")
    return Visit(asked, Reading(nothing, None), exchange=exchange, state=state, reason=reason, answered=False)
