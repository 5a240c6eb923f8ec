"""Witnesses: articles of earlier runs that a run asks for again. Their texts are known, so they tell whose site it is.

Each run asks for some, the newest of each category at least; where none is left on the site, for some that are gone.
Where one is not as it was, more are called at once, the newest first: a site that takes old articles down keeps those.
What they say is written down here as it comes, so that what follows from it costs nothing to find out, and a rebuild
from the WARC files finds the same. `archive.health` says what follows.
"""

import sqlite3

from archive import pages
from archive.models import Observation

CALLED = ""  # asked for and not heard yet
ITSELF = "itself"  # read as it was, with an edit maybe
MOVED = "moved"  # a new page says what a stored article says: the site has given it another address
ANOTHER = "another"  # reads as another text (`archive.doubts`)
GONE = "gone"
AWAY = "away"  # gone, as in an earlier run
ASTRAY = "astray"  # answers politely, and is no article: it leads off the site, to a login, to a notice
FAILED = "failed"  # says nothing

_SAY = (
    "INSERT INTO witnesses(run_id, page_id, said) VALUES (?, ?, ?) "
    "ON CONFLICT(run_id, page_id) DO UPDATE SET said = excluded.said"
)
_IS_CALLED = "SELECT EXISTS (SELECT 1 FROM witnesses WHERE run_id = ? AND page_id = ?)"
# Who was called and is due no more, without having been heard, has become another article's second address.
_SAID = """
SELECT w.said, count(*) FROM witnesses w JOIN pages p ON p.id = w.page_id
WHERE w.run_id = ? AND (w.said != '' OR p.due != 0) GROUP BY w.said
"""
_SUMMON_DUE = """
INSERT OR IGNORE INTO witnesses(run_id, page_id, said)
SELECT ?1, p.id, '' FROM pages p JOIN articles a ON a.id = p.id WHERE p.site = ?2 AND p.due = 1
UNION ALL SELECT ?1, p.id, '' FROM pages p JOIN articles a ON a.id = p.id WHERE p.site = ?2 AND p.due = 2
"""
_OTHERS = """
SELECT p.id FROM articles a JOIN pages p ON p.id = a.id
WHERE a.site = ?1 AND p.due = 0 AND ifnull(p.looked_run, 0) < ?2
    AND NOT EXISTS (SELECT 1 FROM witnesses WHERE run_id = ?2 AND page_id = p.id AND said != '')
    AND EXISTS (SELECT 1 FROM captures WHERE page_id = p.id AND ifnull(run_id, 0) < ?2)
ORDER BY a.status = 'gone', a.published DESC, a.id DESC LIMIT ?3
"""


def said(conn: sqlite3.Connection, run_id: int | None) -> dict[str, int]:
    """Return how many said what in a run so far."""
    return dict(conn.execute(_SAID, (run_id,)).fetchall())


def begin(conn: sqlite3.Connection, site: str, run_id: int, fewest: int) -> None:
    """Note who is asked for at the beginning of a run, once all that is due is marked; where nobody is, call some."""
    conn.execute("DELETE FROM witnesses WHERE run_id = ?", (run_id,))
    if not conn.execute(_SUMMON_DUE, (run_id, site)).rowcount:
        call(conn, site, run_id, fewest, due=1)


def call(conn: sqlite3.Connection, site: str, run_id: int, most: int, due: int = 2) -> None:
    """Have up to so many others asked for, those that are on the site before those that are gone from it."""
    for (page,) in conn.execute(_OTHERS, (site, run_id, most)).fetchall():
        conn.execute("UPDATE pages SET due = ? WHERE id = ?", (due, page))
        conn.execute(_SAY, (run_id, page, CALLED))


def hear(conn: sqlite3.Connection, row: pages.Row, seen: Observation, said: str) -> None:
    """Write down what became of an article, if it is one of an earlier run or was called. `row` is as it was before."""
    if seen.crawl is None:
        return
    if row.looked_run != seen.crawl or conn.execute(_IS_CALLED, (seen.crawl, row.id)).fetchone()[0]:
        conn.execute(_SAY, (seen.crawl, row.id, said))


def vouch(conn: sqlite3.Connection, row: pages.Row, seen: Observation) -> None:
    """Write down that a new page says what a stored article says."""
    conn.execute(_SAY, (seen.crawl, row.id, MOVED))
