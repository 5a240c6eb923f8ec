"""What reading a page makes due once more, besides the pages it names for the first time.

Two things are found out only by reading on a later run: that a listing has moved on by more than it shows, so that
its further pages name new articles too; and that a list names again what was gone. Both are asked for at once.
"""

import sqlite3
from collections.abc import Collection, Mapping, Sequence

from archive import pages
from archive.models import Observation
from archive.pages import batches, marks

_AT_ONCE = "UPDATE pages SET due = 2 WHERE due = 0 AND id IN "


def ask(conn: sqlite3.Connection, seen: Observation, row: pages.Row, named: Mapping[str, pages.Row]) -> None:
    """Mark what the page makes due again. Call it before its lists are noted: it compares them with the last reading.

    Args:
        conn: a connection in a transaction.
        seen: what was read; of what no crawl was given it is not known what is later, and nothing is marked.
        row: the page, as it was before.
        named: all pages it names, by key.
    """
    if seen.crawl is None or not seen.sighted:
        return
    listed = {item.key: named[item.key] for item in seen.sighted if item.key in named}
    ids = [page.id for page in _back(conn, seen, row, list(listed.values()))]
    further = _next_page(conn, seen, row, named, {page.holder for page in listed.values()})
    ids += [further.id] if further else []
    if ids:
        conn.execute(_AT_ONCE + marks(ids), ids)


def _back(
    conn: sqlite3.Connection, seen: Observation, row: pages.Row, listed: Sequence[pages.Row]
) -> Sequence[pages.Row]:
    """Return what an earlier run found gone and this page did not name when it was last read.

    Some sites never take a removed article out of their lists. Being named still is no news, and costs nothing.
    """
    assert seen.crawl is not None  # noqa: S101 - `ask` has looked
    gone = [page for page in listed if page.state == "gone" and _before(page, seen.crawl)]
    if not gone:
        return []
    ids = [page.holder for page in gone]
    said: dict[int, int] = {}
    for part in batches(ids):
        said.update(conn.execute(_SAID + marks(part) + " GROUP BY page_id", (row.holder, *part)))
    last = conn.execute(_LAST, (row.holder,)).fetchone()[0]
    return [page for page in gone if last is None or said.get(page.holder, -1) < last]


_LAST = "SELECT max(last_run) FROM mentions WHERE seen_on_id = ?"
_SAID = "SELECT page_id, max(ifnull(last_run, 0)) FROM mentions WHERE seen_on_id = ? AND page_id IN "


def _next_page(
    conn: sqlite3.Connection, seen: Observation, row: pages.Row, named: Mapping[str, pages.Row], listed: set[int]
) -> pages.Row | None:
    """Return the further page of a listing that has to be read too, for between this one and it something is missing.

    A listing that names, beside what is new, as much as half of that of what earlier runs have seen has lost nothing
    from sight. What its further pages name as well (a box of the newest, of the most read) says nothing about that.
    """
    assert seen.crawl is not None  # noqa: S101 - `ask` has looked
    if seen.state != "fetched" or seen.kind not in ("home", "listing") or not _before(row, seen.crawl):
        return None
    further = [named[page.key] for page in seen.known if page.kind == "listing" and page.key in named]
    old = _old(conn, listed, seen.crawl) if further else listed
    if old == listed:
        return None
    kept = old.difference(*(_listed_on(conn, page.id) for page in further))
    if 2 * len(kept) >= len(listed - old):
        return None
    return next((page for page in further if page.id != row.id and page.looked_run != seen.crawl), None)


_LISTED = """
SELECT page_id FROM mentions WHERE seen_on_id = ?1 AND relation = 'listing' AND last_run IS
    (SELECT max(last_run) FROM mentions WHERE seen_on_id = ?1 AND relation = 'listing')
"""


def _listed_on(conn: sqlite3.Connection, page_id: int) -> set[int]:
    """Return the pages that a listing named when it was last read."""
    return {row[0] for row in conn.execute(_LISTED, (page_id,))}


def _old(conn: sqlite3.Connection, page_ids: Collection[int], run_id: int) -> set[int]:
    """Return those of these pages that a run before this one asked for."""
    found: set[int] = set()
    for part in batches(list(page_ids)):
        found.update(row[0] for row in conn.execute(_OLD.format(these=marks(part)), (*part, run_id)))
    return found


_OLD = """
SELECT p.id FROM pages p WHERE id IN {these} AND EXISTS (
    SELECT 1 FROM captures WHERE page_id = p.id AND (run_id IS NULL OR run_id < ?)
)
"""


def _before(row: pages.Row, crawl: int) -> bool:
    """Tell whether a page was last answered in an earlier crawl than this, or was brought in from elsewhere."""
    if row.looked_run is None:
        return row.fetched_at is not None
    return row.looked_run < crawl
