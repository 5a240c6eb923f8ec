"""What is read while the site is not itself is kept from becoming articles, and asked for again when it may be well.

What decides is in the database by then: which articles of earlier runs this run has read again, and how many of them
as another text. So a rebuild from the WARC files decides alike. (`archive.health` says when it is the site.)
"""

import sqlite3
from dataclasses import replace

from archive import articles, dates, health, pages
from archive.health import STRANGE, WAS_LIST
from archive.models import Observation

UNBELIEVED = ("doubted", "held")  # what `Saved` says of a text that is not believed; its lists are not either

_ANY_DOUBT = "SELECT EXISTS (SELECT 1 FROM captures WHERE quarantined IS NOT NULL AND +run_id = ?)"
_WAS_LIST = "SELECT EXISTS (SELECT 1 FROM mentions WHERE seen_on_id = ? AND relation = 'listing')"
# Other articles that this run has not asked for; those it is asking for are due.
_OTHERS = """
SELECT p.id FROM articles a JOIN pages p ON p.id = a.id
WHERE a.site = ?1 AND a.status = 'live' AND p.due = 0 AND p.state = 'fetched' AND ifnull(p.looked_run, 0) < ?2
ORDER BY a.id DESC LIMIT ?3
"""
_AWAITED = """
SELECT (SELECT count(*) FROM pages p JOIN articles a ON a.id = p.id WHERE p.site = ?1 AND p.due = 1)
    + (SELECT count(*) FROM pages p JOIN articles a ON a.id = p.id WHERE p.site = ?1 AND p.due = 2)
"""
_NEW = """
SELECT a.id, c.id FROM captures c CROSS JOIN articles a ON a.id = c.page_id AND a.version_capture_id = c.id
WHERE c.run_id = ? AND a.version = 1 ORDER BY a.id
"""


def objection(conn: sqlite3.Connection, row: pages.Row, seen: Observation) -> str:
    """Return why the text on a page that holds no article yet is not to become one, or an empty string."""
    lists = row.kind in ("home", "section", "listing") and row.state != "known"
    if lists and conn.execute(_WAS_LIST, (row.id,)).fetchone()[0]:
        return WAS_LIST
    if not conn.execute(_ANY_DOUBT, (seen.run_id,)).fetchone()[0]:
        return ""
    return STRANGE if health.tally(conn, seen.run_id).is_strange else ""


def hold(conn: sqlite3.Connection, row: pages.Row, seen: Observation, capture_id: int, why: str) -> None:
    """Keep a text out of the archive: its page has failed, and the next run asks for it again."""
    failed = replace(seen, state="failed", reason=why, text=None)
    pages.settle(conn, row, failed, gone=False, stored=False, canonical="")
    conn.execute("UPDATE captures SET quarantined = ? WHERE id = ?", (why, capture_id))


def alarm(conn: sqlite3.Connection, seen: Observation) -> None:
    """Look into it: a stored article was not to be read, or read as another text.

    Others are asked for in the same run, to tell whether it is the article or the site. Once it is the site, what the
    run has stored as new is taken back.
    """
    if seen.run_id is None:
        return
    tally = health.tally(conn, seen.run_id)
    if tally.is_strange:
        _take_back(conn, seen.run_id)
    awaited = conn.execute(_AWAITED, (seen.site,)).fetchone()[0]
    more = health.WITNESSES - tally.asked - awaited
    if more > 0:
        others = conn.execute(_OTHERS, (seen.site, seen.run_id, more)).fetchall()
        conn.executemany("UPDATE pages SET due = 2 WHERE id = ?", others)


def _take_back(conn: sqlite3.Connection, run_id: int) -> None:
    """Hold back what a run has stored as new articles, and what their lists say."""
    told: set[int] = set()
    for page, capture_id in conn.execute(_NEW, (run_id,)).fetchall():
        article = articles.find(conn, page)
        assert article is not None  # noqa: S101 - it has just been found
        articles.delete(conn, article)
        told |= {row[0] for row in conn.execute("SELECT page_id FROM mentions WHERE seen_on_id = ?", (page,))}
        conn.execute("DELETE FROM mentions WHERE seen_on_id = ?", (page,))
        conn.execute("UPDATE captures SET quarantined = ? WHERE id = ?", (STRANGE, capture_id))
        conn.execute(
            "UPDATE pages SET state = 'failed', reason = ?, etag = NULL, last_modified = NULL WHERE id = ?",
            (STRANGE, page),
        )
    dates.update(conn, sorted(told))
