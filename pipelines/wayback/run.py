"""One run of `thidua wayback`: list, choose, fetch, and make the database again from the log."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass, field, replace
from typing import TYPE_CHECKING, Any

from archive import cdx as stored
from crawler.wayback.client import RefusedError
from pipelines.settling import Settled, settle
from pipelines.wayback.choice import EARLIER, REPEATED
from pipelines.wayback.fetching import Fetched, Fetching, choose
from pipelines.wayback.listing import Listed, Listing

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from crawler.wayback.addresses import Server
    from crawler.wayback.client import Client
    from pipelines.intake import Intake
    from pipelines.wayback.choice import Wish

    Tick = Callable[[int, int], None]
    Bar = Callable[[str, str], AbstractContextManager[Tick]]  # what is being done, and in which unit it is counted

# Pages of which one look did not settle what became of them: that a page which answers 200 is gone, or that its text is
# quite another, is believed when the captures of two days say so.
_UNSETTLED = "SELECT key FROM pages WHERE (gone_votes > 0 AND state != 'gone') OR id IN (SELECT page_id FROM doubts)"


@dataclass(slots=True)
class Came:
    """What a run found, did and changed. `outcome` is the word for how it ended."""

    listed: Listed = field(default_factory=Listed)
    fetched: Fetched = field(default_factory=Fetched)
    settled: Settled = field(default_factory=Settled)
    outcome: str = "done"

    @property
    def trouble(self) -> list[str]:
        """What went wrong, a line each."""
        return [line for line in (self.listed.trouble, self.fetched.stopped, *self.settled.faults) if line]

    def as_json(self) -> dict[str, Any]:
        """Return the numbers, as `--json` and the run's row have them."""
        fetched = asdict(self.fetched)
        return {
            "unreadable": self.listed.unreadable,
            **{name: fetched[name] for name in ("offered", "here", "asked", "kept", "open", "left", "failed")},
            "articles_new": self.settled.new,
            "articles_changed": self.settled.changed,
            "status_changed": self.settled.status,
            "trouble": self.trouble,
            "outcome": self.outcome,
        }


@dataclass(slots=True)
class Run:
    """Brings in what a web archive holds of a site.

    Args:
        intake: the run whose log the captures go into.
        client: who asks.
        server: the web archive.
        wish: what is asked for.
        most: captures to ask for at most; 0 for no limit.
        bar: shows progress.
    """

    intake: Intake
    client: Client
    server: Server
    wish: Wish
    most: int
    bar: Bar

    def run(self) -> Came:
        """Do it; return what came of it. Stopped by Ctrl-C, what has come is stored all the same.

        Raises:
            ArchiveError: the archive cannot be written, or something in it could not be read again.
        """
        came = Came()
        self._ask(came)
        self._settle(came)
        if came.outcome == "done" and not came.trouble and self._unsettled(came):
            self._ask(came, anew=False)
            self._settle(came)
        self._end(came)
        return came

    def _ask(self, came: Came, *, anew: bool = True) -> None:
        """List and choose, if this is the first time, and fetch."""
        try:
            if anew:
                with self.bar("Listing", "captures") as tick:
                    archive, target, profile = self.intake.archive, self.wish.target, self.wish.profile
                    Listing(archive, self.client, self.server, target, profile, tick, came.listed).read()
                came.fetched = choose(self.intake, self.server, self.wish)
            with self.bar("Fetching", "captures") as tick:
                Fetching(self.intake, self.client, self.server, self.wish, self.most, tick).fetch(came.fetched)
        except RefusedError as error:
            came.listed.trouble = str(error)
        except KeyboardInterrupt:
            came.outcome = "interrupted"

    def _settle(self, came: Came) -> None:
        """Make the database again from the log, if there is something new in it."""
        if not self.intake.pending:
            return
        with self.bar("Reading", "bytes") as tick:
            done, before = settle(self.intake.archive, tick), came.settled
        came.settled = replace(
            done, new=before.new + done.new, changed=before.changed + done.changed, status=before.status + done.status
        )

    def _unsettled(self, came: Came) -> bool:
        """Take back that captures are not asked for where one look at their page did not settle it; tell if any."""
        with self.intake.archive.write() as conn:
            doubtful = {key for (key,) in conn.execute(_UNSETTLED)}
            if not doubtful:
                return False
            last = {row.key: row for row in stored.by_page(conn, self.server.cdx) if row.key in doubtful}
            again = [row for row in last.values() if row.reason == REPEATED and self.wish.target.covers(row.url)]
            stored.judge(conn, [(row, "offered", "", EARLIER) for row in again])
        came.fetched.open += len(again)
        left = came.fetched.left
        left[REPEATED] = left.get(REPEATED, 0) - len(again)
        came.fetched.left = {why: number for why, number in left.items() if number > 0}
        return bool(again)

    def _end(self, came: Came) -> None:
        """Say how it ended, in the run's row too; forget the list if all that it offers has been asked for."""
        archive, covers = self.intake.archive, self.wish.target.covers
        states = Counter(row.state for row in stored.to_ask(archive, self.server.cdx) if covers(row.url))
        came.fetched.open = states.total()
        if came.outcome == "done" and came.trouble:
            came.outcome = "failed"
        elif came.outcome == "done" and states["offered"]:
            came.outcome = "limited"
        if self.intake.pending:
            self.intake.finish(came.outcome, came.as_json())
        if came.outcome == "done":
            stored.forget(archive, self.server.cdx, self.wish.target.query)
