"""What came of asking for one page: the item that the spider hands to the pipelines."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from datetime import UTC, datetime

from crawler.records import Capture, Reading


class State(enum.StrEnum):
    """What is to be thought of the page; the values are those of the archive's `pages.state`."""

    FETCHED = "fetched"
    GONE = "gone"  # the site says so
    FAILED = "failed"  # to be asked for again
    BLOCKED = "blocked"  # robots.txt, a login or a challenge stands before it


@dataclass(frozen=True, slots=True)
class Link:
    """A page of the site that this visit made known. `kind` is article, listing, section or home."""

    url: str
    kind: str
    depth: int


@dataclass(frozen=True, slots=True)
class Visit:
    """A reading, the pages it made known, and the verdict on it, which the check pipeline fills in.

    `reason` says in a few words why the state is not `fetched`, or why a fetched page is not stored as an article.
    """

    reading: Reading
    links: tuple[Link, ...] = ()
    state: State = State.FETCHED
    reason: str = ""
    answered: bool = True  # False: there was no response, the capture only says what was asked for and when
    start: bool = False  # one of the pages the crawl was started from
    named: bool = False  # a list of some page names it as an article


def unanswered(url: str, depth: int, state: State, reason: str, *, start: bool = False) -> Visit:
    """Return the visit of a page that gave no response: a failure of the network, or robots.txt forbids asking."""
    nothing = Capture(url=url, captured_at=datetime.now(UTC), source="live", status=0, digest="")
    return Visit(Reading(nothing, None, depth), state=state, reason=reason, answered=False, start=start)
