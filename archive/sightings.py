"""What one page's lists say of others: the rows of `mentions`, which the view `sightings` shows with addresses."""

import sqlite3
from collections.abc import Mapping

from archive import pages
from archive.dates import believable
from archive.folding import nfc
from archive.models import Observation, Sighted
from archive.times import stamp

_SAID = "SELECT page_id, relation, title, published, id, first_seen_at FROM mentions WHERE seen_on_id = ?"
_ADD = (
    "INSERT INTO mentions(seen_on_id, page_id, relation, title, published, position, first_seen_at, last_seen_at, "
    "last_run) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?7, ?8)"
)
_AGAIN = (
    "UPDATE mentions SET position = CASE WHEN ?4 OR ?2 >= last_seen_at THEN ?1 ELSE position END, "
    "first_seen_at = min(first_seen_at, ?2), last_seen_at = CASE WHEN ?4 THEN ?2 ELSE max(last_seen_at, ?2) END, "
    "last_run = ifnull(?4, last_run) WHERE id = ?3"
)

_Saying = tuple[int, str, str, str | None]  # page, relation, title, date


def note(conn: sqlite3.Connection, seen: Observation, owner: int, named: Mapping[str, pages.Row]) -> list[int]:
    """Store what the lists on a page say; return the pages whose dates or bounds that may change.

    `owner` is the page that the lists speak for: of an alias, the article's own. A page that names itself says nothing.
    """
    sayings = _sayings(seen, owner, named)
    if not sayings:
        return []
    moment, run = stamp(seen.captured_at), seen.run_id if seen.in_turn else None
    said = {tuple(row[:4]): row[4:] for row in conn.execute(_SAID, (owner,))}
    new = [saying for saying in sayings if saying not in said]
    conn.executemany(_ADD, [(owner, *saying, sayings[saying], moment, run) for saying in new])
    conn.executemany(_AGAIN, [(sayings[old], moment, said[old][0], run) for old in sayings if old in said])
    earlier = [old for old in sayings if old in said and moment < said[old][1]]
    rows = {row.holder: row for row in named.values()}
    return [page for page, _, _, day in new + earlier if _tells(rows[page], day)]


_CONFIRM = (
    "UPDATE mentions SET last_seen_at = ?1, last_run = ifnull(?2, last_run) "
    "WHERE seen_on_id = ?3 AND relation {these} AND (ifnull(last_run, 0), last_seen_at) = "
    "(SELECT ifnull(last_run, 0), last_seen_at FROM mentions "
    "WHERE seen_on_id = ?3 AND relation {these} ORDER BY last_run DESC, last_seen_at DESC LIMIT 1)"
)


def confirm(conn: sqlite3.Connection, seen: Observation, owner: int) -> None:
    """Note that the lists on a page still say what they said when it was last read."""
    for these in ("= 'listing'", "!= 'listing'"):
        conn.execute(_CONFIRM.format(these=these), (stamp(seen.captured_at), seen.crawl, owner))


def _tells(row: pages.Row, day: str | None) -> bool:
    """Tell whether a new word about a page can change a date. Of one not fetched, only a date not yet its own can."""
    return row.state != "known" or row.alias_of is not None or day != row.dated


def refused(seen: Observation) -> int:
    """Count the dates in a page's lists that cannot be true."""
    days = (item.published for item in seen.sighted)
    return sum(day is not None and not believable(day, seen.captured_at) for day in days)


def _sayings(seen: Observation, owner: int, named: Mapping[str, pages.Row]) -> dict[_Saying, int]:
    """Return what the page says with the first position where it says so."""
    sayings: dict[_Saying, int] = {}
    for item in seen.sighted:
        page = named[item.key].holder
        if page != owner:
            sayings.setdefault((page, item.relation, nfc(item.title), _day(item, seen)), item.position)
    return sayings


def _day(item: Sighted, seen: Observation) -> str | None:
    day = item.published
    return day.isoformat() if day is not None and believable(day, seen.captured_at) else None
