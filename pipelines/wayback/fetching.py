"""Asks for the captures that were chosen, one after the other, and appends each to the log before it counts as kept."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from http import HTTPStatus
from itertools import groupby
from typing import TYPE_CHECKING

from archive import cdx as stored
from archive.times import stamp
from crawler.pages.urls import key, spelt
from crawler.wayback import addresses, raw
from crawler.wayback.cdx import timestamp
from crawler.wayback.client import RefusedError, UnreachableError, WaybackError
from pipelines.shield import shielded
from pipelines.sieve import latest
from pipelines.wayback.choice import TO_COME, Page, judged

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterator

    from archive.cdx import Row
    from crawler.wayback.addresses import Server
    from crawler.wayback.client import Client
    from crawler.wayback.raw import Reply
    from pipelines.intake import Intake
    from pipelines.wayback.choice import Wish

    Tick = Callable[[int, int], None]

SICK = 3  # captures in a row for which the web archive is out of order, after which it is left alone
_PAGE = """
SELECT p.kind = 'article' AND p.alias_of IS NULL, EXISTS (SELECT 1 FROM articles WHERE id = ifnull(p.alias_of, p.id)),
    p.id FROM pages p WHERE p.key = ?
"""


@dataclass(slots=True)
class Fetched:
    """What became of the captures that a web archive offers.

    `offered` are of the pages that were asked about; of these `here` were in the archive before, `left` were not asked
    for, by reason, and `asked` were. Of those `kept` came, `failed` did not, by reason; `open` are still to be asked
    for. `stopped` says in a line why not all were.
    """

    offered: int = 0
    here: int = 0
    asked: int = 0
    kept: int = 0
    open: int = 0
    left: dict[str, int] = field(default_factory=dict)
    failed: dict[str, int] = field(default_factory=dict)
    stopped: str = ""


def choose(intake: Intake, server: Server, wish: Wish) -> Fetched:
    """Say of each capture on offer whether it is to be asked for; return how many there are.

    Raises:
        ArchiveError: the archive cannot be written.
    """
    found = Fetched()
    with intake.archive.write() as conn:
        for page, rows in groupby(_meant(conn, server, wish), lambda row: row.key):
            verdicts = list(judged(list(rows), _page(conn, page), wish))
            changed = [each for each in verdicts if (each.state, each.reason, each.turn) != _now(each.row)]
            stored.judge(conn, [(each.row, each.state, each.reason, each.turn) for each in changed])
            for each in verdicts:
                found.offered += 1
                found.here += each.state == "kept"
                found.open += each.state == "offered" or (each.state == "failed" and each.row.tries < stored.MOST_TRIES)
                if each.state == "left":
                    found.left[each.reason] = found.left.get(each.reason, 0) + 1
    return found


def _meant(conn: sqlite3.Connection, server: Server, wish: Wish) -> Iterator[Row]:
    return (row for row in stored.by_page(conn, server.cdx) if wish.target.covers(row.url))


def _now(row: Row) -> tuple[str, str, int]:
    return row.state, row.reason, row.turn


def _page(conn: sqlite3.Connection, page: str) -> Page:
    """Return what the archive knows of a page."""
    row = conn.execute(_PAGE, (page,)).fetchone()
    if row is None:
        return Page()
    captures = conn.execute(
        "SELECT captured_at, status FROM captures WHERE page_id = ? AND warc_file IS NOT NULL", (row[2],)
    )
    return Page(bool(row[0]), bool(row[1]), frozenset((at, status) for at, status in captures))


@dataclass(slots=True)
class Fetching:
    """Asks for what was chosen.

    Args:
        intake: the run whose log the captures go into.
        client: who asks.
        server: the web archive.
        wish: what is asked for.
        most: captures to ask for at most; 0 for no limit.
        tick: is told how many of how many were asked for.
    """

    intake: Intake
    client: Client
    server: Server
    wish: Wish
    most: int = 0
    tick: Tick = lambda _done, _whole: None
    _sick: int = 0

    def fetch(self, found: Fetched) -> None:
        """Ask for each capture in its turn, and count what becomes of them in `found`.

        Raises:
            ArchiveError: the archive cannot be written.
        """
        whole = found.asked + (min(found.open, self.most - found.asked) if self.most else found.open)
        for row in stored.to_ask(self.intake.archive, self.server.cdx):
            if not self.wish.target.covers(row.url):
                continue
            if self.most and found.asked >= self.most:
                return
            found.asked += 1
            try:
                self._bring(row)
            except RefusedError as error:
                found.asked -= 1
                found.stopped = str(error)
            except WaybackError as error:
                self._failed(row, error, found)
            else:
                found.kept += 1
                found.open -= 1
                self._sick = 0
            self.tick(found.asked, whole)
            if found.stopped:
                return

    def _bring(self, row: Row) -> None:
        """Fetch one capture into the log.

        Raises:
            WaybackError: it cannot be had, and why.
        """
        reply = self._replayed(row)
        url = row.url if reply.address == self._address(row) else spelt(addresses.original(reply.address))
        exchange = raw.exchange(reply, url, datetime.fromisoformat(row.captured_at))
        if exchange.at > latest():
            raise WaybackError(f"is said to be {TO_COME}")
        moment = stamp(exchange.at)
        with shielded():  # a record that is written only in part would be taken for damage
            if moment == row.captured_at or not stored.is_kept(self.intake.archive, self.server.cdx, row.key, moment):
                self.intake.keep(exchange, "wayback", reply.address)
                self.intake.sync()
            stored.kept(self.intake.archive, self.server.cdx, row, moment)

    def _replayed(self, row: Row) -> Reply:
        """Return the reply that is the capture, or the one that the archive gives in its place."""
        reply = self._asked(self._address(row), row)
        if not raw.is_archived(reply, row.digest) and (other := raw.leads_to(reply, self.server)):
            if not self._is_of(other, row):
                raise WaybackError("leads to another page")
            reply = self._asked(other, row)
        if raw.is_archived(reply, row.digest):
            return reply
        if reply.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            raise UnreachableError(f"out of order (HTTP {reply.status})")
        raise WaybackError(_REASONS.get(reply.status, f"is not given out (HTTP {reply.status})"))

    def _asked(self, address: str, row: Row) -> Reply:
        return raw.as_captured(self.client.capture(address), row.digest)

    def _address(self, row: Row) -> str:
        return self.server.raw(timestamp(datetime.fromisoformat(row.captured_at)), row.url)

    def _is_of(self, address: str, row: Row) -> bool:
        """Tell whether an address in the archive is of a capture's page."""
        try:
            return key(self.wish.profile.address(addresses.original(address))) == row.key
        except ValueError:
            return False

    def _failed(self, row: Row, error: WaybackError, found: Fetched) -> None:
        """Write down that a capture was not given, and stop where the archive is out of order."""
        reason = str(error)
        stored.settled(self.intake.archive, row, "failed", reason)
        found.failed[reason] = found.failed.get(reason, 0) + 1
        self._sick = self._sick + 1 if isinstance(error, UnreachableError) else 0
        if self._sick >= SICK:
            found.stopped = f"{reason}; {SICK} captures in a row could not be had: run the same command again later"


_REASONS = {
    HTTPStatus.OK: "gives a page of its own in place of the capture",
    HTTPStatus.NOT_FOUND: "is listed but not there (HTTP 404)",
    **dict.fromkeys((301, 302, 303, 307, 308), "leads out of the captures"),
}
