"""What is read while the site is not itself is kept from becoming articles, and asked for again when it may be well.

What decides is in the database by then: which articles of earlier runs this run has asked for again, and what became of
them (`archive.witnesses`). So a rebuild from the WARC files decides alike. (`archive.health` says when it is the site.)
"""

import sqlite3
from dataclasses import replace

from archive import articles, dates, doubts, health, pages, witnesses
from archive.health import WAS_LIST
from archive.models import Observation, Text

DOUBTED = "says what was read in the place of another article and not believed"
_POLITE = range(200, 400)  # a site in trouble may answer so, too: with a redirect to its login page, say
UNBELIEVED = ("doubted", "held")  # what `Saved` says of a text that is not believed; its lists are not either

_WAS_LIST = "SELECT EXISTS (SELECT 1 FROM mentions WHERE seen_on_id = ? AND relation = 'listing')"
_SAME_TITLE = "SELECT title, body FROM articles WHERE title = ? AND site = ? AND id != ? LIMIT 20"
_NEW = """
SELECT a.id, c.id FROM captures c CROSS JOIN articles a ON a.id = c.page_id AND a.version_capture_id = c.id
WHERE c.run_id = ?1 AND a.version = 1 AND NOT EXISTS (SELECT 1 FROM witnesses WHERE run_id = ?1 AND page_id = a.id)
ORDER BY a.id
"""


def objection(conn: sqlite3.Connection, row: pages.Row, seen: Observation) -> str:
    """Return why the text on a page that holds no article yet is not to become one, or an empty string."""
    lists = row.kind in ("home", "section", "listing") and row.state != "known"
    if lists and conn.execute(_WAS_LIST, (row.id,)).fetchone()[0]:
        return WAS_LIST
    if seen.crawl is None and seen.text is not None and doubts.is_doubted(conn, seen.text):
        return DOUBTED
    tally = health.tally(conn, seen.crawl)
    if seen.crawl is None or not tally.asked + tally.awaited:
        return ""  # there is nobody to ask
    if not (tally.fine or tally.lost or tally.awaited):
        witnesses.call(conn, seen.site, seen.crawl, health.WITNESSES - tally.asked)
    elif not tally.fine and seen.text is not None and _has_moved(conn, row, seen, seen.text):
        witnesses.vouch(conn, row, seen)
        return ""
    return tally.is_strange


def _has_moved(conn: sqlite3.Connection, row: pages.Row, seen: Observation, text: Text) -> bool:
    """Tell whether a new text is that of an article stored under another address."""
    stored = conn.execute(_SAME_TITLE, (text.title, seen.site, row.id)).fetchall()
    return any(doubts.is_like((title, body), text) for title, body in stored)


def hold(conn: sqlite3.Connection, row: pages.Row, seen: Observation, capture_id: int, why: str) -> None:
    """Keep a text out of the archive: its page has failed, and the next run asks for it again."""
    failed = replace(seen, state="failed", reason=why, text=None)
    pages.settle(conn, row, failed, gone=False, stored=False, canonical="")
    conn.execute("UPDATE captures SET quarantined = ? WHERE id = ?", (why, capture_id))


def heard(conn: sqlite3.Connection, row: pages.Row, seen: Observation, said: str) -> None:
    """Note what a stored article turned out to be; look into it where it is not as it was.

    Others are then asked for in the same run, to tell whether it is the article or the site. Once it is the site, what
    the run has stored as new is taken back.
    """
    witnesses.hear(conn, row, seen, said)
    if seen.crawl is None or said == witnesses.ITSELF:
        return
    tally = health.tally(conn, seen.crawl)
    if tally.is_strange:
        _take_back(conn, seen.crawl, tally.is_strange)
    more = health.WITNESSES - tally.asked - tally.awaited
    if more > 0 and _alarming(seen, said):
        witnesses.call(conn, seen.site, seen.crawl, more)


def _alarming(seen: Observation, said: str) -> bool:
    """Tell whether an answer may be that of another site. An error is one that any site may have."""
    if said == witnesses.FAILED:
        return seen.http_status in _POLITE
    return said != witnesses.AWAY


def _take_back(conn: sqlite3.Connection, run_id: int, why: str) -> None:
    """Hold back what a run has stored as new articles, and what their lists say."""
    told: set[int] = set()
    for page, capture_id in conn.execute(_NEW, (run_id,)).fetchall():
        article = articles.find(conn, page)
        assert article is not None  # noqa: S101 - it has just been found
        articles.delete(conn, article)
        told |= {row[0] for row in conn.execute("SELECT page_id FROM mentions WHERE seen_on_id = ?", (page,))}
        conn.execute("DELETE FROM mentions WHERE seen_on_id = ?", (page,))
        conn.execute("UPDATE captures SET quarantined = ? WHERE id = ?", (why, capture_id))
        conn.execute(
            "UPDATE pages SET state = 'failed', reason = ?, etag = NULL, last_modified = NULL WHERE id = ?",
            (why, page),
        )
    dates.update(conn, sorted(told))
