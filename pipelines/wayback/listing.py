"""Reads a CDX server's list to its end, part by part, and enters what it offers.

Servers part long lists in two ways: with a key to the rest (`showResumeKey`), or by numbered pages (`showNumPages`);
pywb does neither and gives all at once. The key comes first: numbered pages leave out what is not indexed for good yet.
Captures of equal digest are not left out by the server (`collapse`): it would take equal error pages of neighbouring
addresses for one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import unquote_plus

from archive import cdx as stored
from archive.cdx import Offer
from archive.times import stamp
from crawler.pages.urls import key, spelt
from crawler.wayback.cdx import Answer, NotCdxError, pages
from crawler.wayback.client import UnreachableError
from crawler.wayback.streams import CutError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from archive.database import Archive
    from crawler.sites import Profile
    from crawler.wayback.addresses import Server, Target
    from crawler.wayback.cdx import Row
    from crawler.wayback.client import Client

    Tick = Callable[[int, int], None]

LIMIT = 10_000  # captures asked for at a time
TRIES = 3  # for one part that breaks off
EMPTY = 3  # parts in a row without a capture, after which the key to the rest is not believed
_AT_ONCE = 2_000  # captures in one transaction

# Where to go on: the beginning, `resume:` with a key, `page:` with the next number and how many there are, or `whole`.
_WHOLE = "whole"
# A key that is encoded already, as the Internet Archive gives it: it must not be encoded twice.
_ENCODED = re.compile(r"[\w.*+~-]*%[0-9A-Fa-f]{2}(?:[\w.*+~-]|%[0-9A-Fa-f]{2})*", re.ASCII)


@dataclass(slots=True)
class Listed:
    """What came of reading a list: captures named, those that were not known, and rows that could not be read.

    `trouble` says in a line why the list could not be read to its end; empty where it could.
    """

    named: int = 0
    new: int = 0
    unreadable: int = 0
    trouble: str = ""


@dataclass(slots=True)
class Listing:
    """Reads one list.

    Args:
        archive: where the captures are entered.
        client: who asks.
        server: the web archive.
        target: what is asked for.
        profile: the site: how its addresses are spelt.
        tick: is told how many captures were named so far.
    """

    archive: Archive
    client: Client
    server: Server
    target: Target
    profile: Profile
    tick: Tick = lambda _done, _whole: None
    found: Listed = field(default_factory=Listed)
    _first: set[Row] = field(default_factory=set)  # of each part so far: one that comes again shows a circle
    _empty: int = 0

    def read(self) -> Listed:
        """Read the list from where it was left; return what came of it.

        Raises:
            RefusedError: the server wants no more requests.
            ArchiveError: the archive cannot be written.
        """
        query = stored.query(self.archive, self.server.cdx, self.target.query)
        cursor, finished = query
        try:
            while not finished:
                cursor, finished = self._part(cursor)
                stored.reached(self.archive, self.server.cdx, self.target.query, cursor, finished=finished)
        except (CutError, NotCdxError, UnreachableError) as error:
            self.found.trouble = f"{self.server.cdx}: {error}"
        return self.found

    def _part(self, cursor: str) -> tuple[str, bool]:
        """Read one part, again where it breaks off; return where to go on, and whether that was all."""
        for last in (*[False] * (TRIES - 1), True):
            try:
                return self._next(cursor, self._enter(cursor))
            except CutError:
                if last:
                    raise
            except NotCdxError as error:
                if cursor or not str(error).startswith("HTTP 400"):
                    raise
                return self._next(_WHOLE, self._enter(_WHOLE))  # it does not like what it does not know
        raise AssertionError("unreachable")

    def _enter(self, cursor: str) -> Answer:
        """Ask for a part and enter its captures; return the answer, read to its end."""
        answer = Answer(self.client.listing(self.server.cdx, [*self.target.parameters, *_asking(cursor)]))
        waiting: list[Offer] = []
        try:
            for offer in self._offers(answer.rows()):
                waiting.append(offer)
                if len(waiting) >= _AT_ONCE:
                    self._store(waiting)
        finally:  # also what came before it broke off
            self._store(waiting)
        self.found.unreadable += answer.unreadable
        return answer

    def _store(self, offers: list[Offer]) -> None:
        """Enter captures, and empty the list of them."""
        self.found.new += stored.add(self.archive, self.server.cdx, offers)
        self.found.named += len(offers)
        self.tick(self.found.named, 0)
        offers.clear()

    def _offers(self, rows: Iterable[Row]) -> Iterator[Offer]:
        first: Row | None = None
        for row in rows:
            if first is None:
                first = row
                if first in self._first:
                    raise NotCdxError("the list goes round in a circle: what it has named comes again")
            try:
                page = key(self.profile.address(row.url))
            except ValueError:
                self.found.unreadable += 1
            else:
                yield Offer(spelt(row.url), page, stamp(row.at), row.status, row.mime, row.digest)
        if first is not None:
            self._first.add(first)

    def _next(self, cursor: str, answer: Answer) -> tuple[str, bool]:
        """Return where the list goes on after a part, and whether it has ended."""
        if cursor == _WHOLE:
            return cursor, True
        if cursor.startswith("page:"):
            page, of = map(int, cursor.split(":")[1:])
            return f"page:{page + 1}:{of}", page + 1 >= of
        if answer.resume:
            self._empty = 0 if answer.count else self._empty + 1
            if self._empty >= EMPTY:
                raise NotCdxError("the list has no end: it gives keys to the rest and no captures")
            return f"resume:{answer.resume}", False
        if cursor or answer.count == 0:  # keys led here, or there is nothing
            return cursor, True
        return self._without_keys(answer)

    def _without_keys(self, answer: Answer) -> tuple[str, bool]:
        """Return how to go on with a server that gave no key to the rest, if this was not all."""
        self._first.clear()  # what has come will come again
        if answer.objects:
            return _WHOLE, answer.count < LIMIT
        parts = self.client.listing(self.server.cdx, [*self.target.parameters, ("showNumPages", "true")])
        several = pages(next(parts, b""))  # no more: a server that knows of no pages sends the whole list again
        parts.close()
        if several > 1:
            return f"page:0:{several}", False
        return _WHOLE, answer.count < LIMIT


def _asking(cursor: str) -> list[tuple[str, str]]:
    """Return what asks for a part of the list."""
    if cursor == _WHOLE:
        return []
    if cursor.startswith("page:"):
        return [("page", cursor.split(":")[1])]
    key = cursor.partition(":")[2]
    rest = [("resumeKey", unquote_plus(key) if _ENCODED.fullmatch(key) else key)] if cursor else []
    return [("limit", str(LIMIT)), ("showResumeKey", "true"), *rest]
