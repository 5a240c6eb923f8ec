"""Whether a run looks like those before it: what the archive has seen of it, and what is usual.

Three kinds of evidence are gathered here, and weighed in `archive.complaints`:

- witnesses: articles of earlier runs that are asked for again (`archive.witnesses`). They come first in each run, and
  their texts are known. Where most of them read as something else, or none is there any more, it is the site that has
  changed, not they: new texts are held back (`Tally.is_strange`, `archive.quarantine`). One that is there as it was is
  enough against any number that are gone, for nobody else has that text:
  - a site that takes articles down, however many, has its newest, which are called first;
  - a site that moves to other addresses has its texts there, whether the old ones lead to them or not: a new page that
    says what a stored article says is a witness too;
  - a day on which everything answers 404 passes, and then all of them are there again;
  - a lapsed domain has none of them, whatever it answers: 404, its home page, another site, pages of its own. That is
    so for ever: where no article is left on the site, those that are gone are asked for.
- listings that named articles before, and do not now: they name none, the site denies that they exist, or they lead off
  it. A further page of a listing may go: lists grow shorter.
- rates: of the pages where an article was expected, how many gave a title, a text, a date, lists of others. They are
  held against the archive's own past, so that a site without dates or lists is as well as any.

A site that was rebuilt beyond recognition looks like another's. So a person who has looked at it can tell a run to take
it as it is (`thidua crawl --accept`): its witnesses do not count, and what is usual is what it and later runs read.
"""

import json
import sqlite3
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from archive import witnesses
from archive.database import Archive
from archive.pages import batches, marks

Rate = tuple[int, int]  # so many of so many
Rates = Mapping[str, Rate]

PAST = 10  # runs that the past reaches back: what has been so in all of them is how the site is
WELL = ("done", "limited", "interrupted")  # outcomes of runs that tell what is usual
WITNESSES = 5  # articles to be asked for again before the strange ones among them are counted
STRANGERS = 2  # articles that read as another text, before they say anything of the site
SILENT = 3  # articles that a listing named: of one that named fewer it is no wonder that it names none

STRANGE = "read while most articles were another text than before"  # why a new text is held back
NOBODY = "read while none of the articles known before was there"
WAS_LIST = "named articles before and reads as one now"


@dataclass(frozen=True, slots=True)
class Tally:
    """What became of the articles of earlier runs that a run has asked for again."""

    asked: int = 0  # and heard: those that failed are neither fine nor lost
    doubted: int = 0  # read as another text (`archive.doubts`)
    fine: int = 0  # there, under their own address or another
    gone: int = 0
    away: int = 0  # gone, as in an earlier run
    astray: int = 0  # answered with what is no article, or led elsewhere
    awaited: int = 0  # asked for and not heard yet
    accepted: bool = False  # a person has looked: it is the site

    @property
    def lost(self) -> int:
        """How many were not there as they were."""
        return self.doubted + self.gone + self.away + self.astray

    @property
    def are_others(self) -> bool:
        """Whether most read as something else."""
        return self.doubted >= STRANGERS and self.doubted > self.fine and not self.accepted

    @property
    def is_nobody(self) -> bool:
        """Whether all have been heard and none was there."""
        return self.asked >= WITNESSES and not self.fine and not self.awaited and not self.accepted

    @property
    def is_strange(self) -> str:
        """Why it is the site that is not itself, rather than one article or the other; an empty string if it is."""
        return STRANGE if self.are_others else NOBODY if self.is_nobody else ""


@dataclass(frozen=True, slots=True)
class Listings:
    """The listings that a run has read: how many name articles, how many these are, and which named some before."""

    naming: int = 0
    named: int = 0  # articles, each once
    missing: int = 0  # those of them that could not be had
    silent: tuple[tuple[str, int], ...] = ()  # URL, and how many it named when it last named any
    front: str = ""  # the URL of the home page, where it is silent


@dataclass(frozen=True, slots=True)
class Seen:
    """What the archive has seen of a run."""

    tally: Tally = Tally()
    listings: Listings = Listings()
    held: int = 0  # new texts held back, those that had been stored first and were taken back included
    failing: int = 0  # pages that failed as they did in an earlier run, which was well all the same
    same_title: Rate = (0, 0)  # articles stored in this run that share the commonest title, of how many
    usual: Sequence[Rates] = ()  # the rates of earlier runs that tell what is usual, the latest first
    clocks: tuple[str, str] | None = None  # when it began, and an earlier run that seems to have begun later


_HELD = "SELECT count(DISTINCT page_id) FROM captures WHERE run_id = ? AND quarantined IN (?, ?, ?)"
_FAILING = """
SELECT count(DISTINCT p.id) FROM captures c JOIN pages p ON p.id = c.page_id
WHERE c.run_id = ?1 AND p.state IN ('failed', 'blocked') AND EXISTS (
    SELECT 1 FROM captures o JOIN runs r ON r.id = o.run_id
    WHERE o.page_id = p.id AND o.run_id < ?1 AND o.run_id > ifnull(p.looked_run, 0)
        AND r.outcome IN ('done', 'limited', 'interrupted')
)
"""
_TITLES = """
SELECT count(DISTINCT a.id) FROM captures c JOIN articles a ON a.id = c.page_id
WHERE c.run_id = ? AND c.status = 200 GROUP BY a.title ORDER BY 1 DESC
"""
_LISTINGS = """
SELECT DISTINCT p.id, p.url, p.kind FROM captures c JOIN pages p ON p.id = c.page_id
WHERE c.run_id = ?1 AND p.kind IN ('home', 'section', 'listing')
    AND (c.quarantined IS NOT NULL OR (p.looked_run = ?1 AND p.state = 'fetched' AND c.status IN (200, 203, 304))
        OR (p.kind != 'listing' AND (p.last_gone_run = ?1 OR (
            p.looked_run = ?1 AND p.state = 'fetched' AND c.status BETWEEN 300 AND 399
            AND NOT EXISTS (SELECT 1 FROM pages t WHERE t.key = p.canonical_key AND t.id != p.id)))))
ORDER BY p.id
"""
_LAST_NAMED = "SELECT max(last_run) FROM mentions WHERE seen_on_id = ? AND relation = 'listing'"
_NAMED = "SELECT DISTINCT page_id FROM mentions WHERE seen_on_id = ? AND relation = 'listing' AND last_run = ?"
_MISSING = (
    "SELECT count(*) FROM pages WHERE kind = 'article' AND state != 'gone' "
    "AND NOT EXISTS (SELECT 1 FROM articles WHERE id = pages.id) AND id IN "
)
_BEGUN = "SELECT started_at FROM runs WHERE id <= ? ORDER BY id DESC LIMIT ?"
_PAST = """
SELECT outcome, counts, id FROM runs WHERE id < ?1 AND ifnull(site, ?2) = ?2
    AND id >= ifnull((SELECT max(id) FROM runs WHERE accepts AND id <= ?1 AND site = ?2), 0) ORDER BY id DESC LIMIT ?3
"""


def tally(conn: sqlite3.Connection, run_id: int | None) -> Tally:
    """Count what became of the articles of earlier runs that this one has asked for again so far."""
    said = witnesses.said(conn, run_id)
    return Tally(
        asked=sum(said.values()) - said.get(witnesses.CALLED, 0),
        doubted=said.get(witnesses.ANOTHER, 0),
        fine=said.get(witnesses.ITSELF, 0) + said.get(witnesses.MOVED, 0),
        gone=said.get(witnesses.GONE, 0),
        away=said.get(witnesses.AWAY, 0),
        astray=said.get(witnesses.ASTRAY, 0),
        awaited=said.get(witnesses.CALLED, 0),
        accepted=bool(said) and accepts(conn, run_id),
    )


def accepts(conn: sqlite3.Connection, run_id: int | None) -> bool:
    """Tell whether a run takes the site as it is."""
    return bool(conn.execute("SELECT EXISTS (SELECT 1 FROM runs WHERE id = ? AND accepts)", (run_id,)).fetchone()[0])


def seen(archive: Archive, site: str, run_id: int, silent: Collection[str] = ()) -> Seen:
    """Return what the archive has seen of a run that is about to end.

    `silent` are the URLs of the listings that named nothing, or were none: an error page may show a box of news.

    Raises:
        ArchiveError: the archive is locked or damaged.
    """
    with archive.read() as conn:
        titles = [number for (number,) in conn.execute(_TITLES, (run_id,))]
        return Seen(
            tally(conn, run_id),
            _listings(conn, site, run_id, silent),
            conn.execute(_HELD, (run_id, STRANGE, NOBODY, WAS_LIST)).fetchone()[0],
            conn.execute(_FAILING, (run_id,)).fetchone()[0],
            (titles[0], sum(titles)) if titles else (0, 0),
            _usual(conn, site, run_id),
            _clocks(conn, run_id),
        )


def _usual(conn: sqlite3.Connection, site: str, run_id: int) -> list[Rates]:
    """Return the rates of the earlier runs of a site in which it was well."""
    rows = conn.execute(_PAST, (run_id, site, PAST)).fetchall()
    told = (json.loads(counts or "{}").get("fill", {}) for outcome, counts, _ in rows if outcome in WELL)
    return [{name: (int(has), int(of)) for name, (has, of) in fill.items()} for fill in told]


def _clocks(conn: sqlite3.Connection, run_id: int) -> tuple[str, str] | None:
    """Return when a run began, and when one before it did where that is later: one of the two clocks was wrong.

    Once a clock is set right only the run that follows says so; while it is behind, each does for a while.
    """
    begun, *before = [row[0] for row in conn.execute(_BEGUN, (run_id, 1 + PAST))] or [""]
    later = [moment for moment in before if moment > begun]
    if not later or (before[0] not in later and 2 * len(later) <= len(before)):
        return None
    return begun, max(later)


def _listings(conn: sqlite3.Connection, site: str, run_id: int, mute: Collection[str]) -> Listings:
    """Return what the listings read in a run name, and which named something within the past and nothing now."""
    recent = min((run for _, _, run in conn.execute(_PAST, (run_id, site, PAST))), default=run_id)
    named: set[int] = set()
    silent: list[tuple[str, int]] = []
    naming, front = 0, ""
    for page, url, kind in conn.execute(_LISTINGS, (run_id,)).fetchall():
        last = conn.execute(_LAST_NAMED, (page,)).fetchone()[0] or 0
        these = {row[0] for row in conn.execute(_NAMED, (page, last))}
        if last == run_id and url not in mute:
            naming, named = naming + 1, named | these
        elif len(these) >= SILENT and last >= recent:
            silent.append((url, len(these)))
            front = url if kind == "home" else front
    missing = sum(conn.execute(_MISSING + marks(part), part).fetchone()[0] for part in batches(sorted(named)))
    return Listings(naming, len(named), missing, tuple(silent), front)
