"""Pages that are a second address of an article: redirects to it, and copies that call it their canonical address."""

import sqlite3

from archive import articles, pages
from archive.models import Observation, Text

_REDIRECTS = range(300, 400)


def redirect_target(conn: sqlite3.Connection, seen: Observation) -> int | None:
    """Return the article page that a redirect leads to, or None. It is the first page the redirect makes known."""
    if seen.state != "fetched" or seen.http_status not in _REDIRECTS or not seen.known:
        return None
    target = pages.find(conn, seen.known[0].key)
    return target.holder if target and target.kind in ("article", "alias") and target.key != seen.key else None


def original(conn: sqlite3.Connection, seen: Observation, row: pages.Row, text: Text) -> int | None:
    """Return the page of the stored article that this page calls its canonical address, or None.

    Some sites call the front page canonical on every page, so the titles have to agree too. A page that holds an
    article already keeps it, with its history.
    """
    if seen.canonical_key in ("", seen.key) or articles.find(conn, row.holder) is not None:
        return None
    page = pages.find(conn, seen.canonical_key)
    article = articles.find(conn, page.holder) if page else None
    return article.id if article and article.title == text.title else None


def absorb(conn: sqlite3.Connection, seen: Observation, page_id: int, text: Text) -> bool:
    """Make aliases of copies stored before the article itself: pages that call it canonical and bear its title.

    Returns:
        Whether there was any such copy, whose sightings now count for the article.
    """
    copies = conn.execute(
        "SELECT p.id FROM pages p JOIN articles a ON a.id = p.id "
        "WHERE p.canonical_key = ? AND p.id != ? AND a.title = ?",
        (seen.key, page_id, text.title),
    ).fetchall()
    for (copy,) in copies:
        article = articles.find(conn, copy)
        if article is not None:
            articles.delete(conn, article)
        make(conn, copy, page_id)
    return bool(copies)


def make(conn: sqlite3.Connection, alias: int, holder: int) -> None:
    """Make a page an alias of another: what was said of it, and by it, counts for the other."""
    if alias == holder:
        return
    conn.execute("UPDATE pages SET kind = 'alias', alias_of = ?, dated = NULL WHERE id = ?", (holder, alias))
    conn.execute("UPDATE pages SET alias_of = ? WHERE alias_of = ?", (holder, alias))
    conn.execute("UPDATE mentions SET page_id = ? WHERE page_id = ?", (holder, alias))
    conn.execute("UPDATE mentions SET seen_on_id = ? WHERE seen_on_id = ?", (holder, alias))
    conn.execute("DELETE FROM mentions WHERE page_id = ?1 AND seen_on_id = ?1", (holder,))
