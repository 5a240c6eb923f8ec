"""Pages that are a second address of an article: redirects to it, and copies that call it their canonical address."""

import sqlite3

from archive import articles, pages
from archive.models import Observation, Text

_REDIRECTS = range(300, 400)
_REDIRECTING = """
SELECT p.id FROM pages p LEFT JOIN articles a ON a.id = p.id
WHERE p.canonical_key = ? AND p.id != ? AND a.id IS NULL AND p.alias_of IS NULL
    AND p.state = 'fetched' AND p.http_status BETWEEN 300 AND 399
"""


def redirect_target(conn: sqlite3.Connection, seen: Observation) -> int | None:
    """Return the page of the stored article that a redirect leads to, or None.

    A redirect to what is no article says nothing: for a day, every article of a site may lead to its login page.
    """
    target = pages.find(conn, redirected_to(seen))
    if target is None or target.key == seen.key or articles.find(conn, target.holder) is None:
        return None
    return target.holder


def redirected_to(seen: Observation) -> str:
    """Return the key that a redirect leads to, or an empty string. It is the first page the redirect makes known."""
    is_redirect = seen.state == "fetched" and seen.http_status in _REDIRECTS and seen.known
    return seen.known[0].key if is_redirect else ""


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


def absorb(conn: sqlite3.Connection, seen: Observation, page_id: int, text: Text, capture_id: int) -> bool:
    """Make aliases of what was seen before the article itself: pages that redirect to it, and copies that were stored.

    A copy calls the article its canonical address and bears its title. One that redirects to it is the same article,
    which has moved and takes its history along.

    Returns:
        Whether there was any, whose sightings now count for the article.
    """
    copies = conn.execute(
        "SELECT p.id, p.http_status FROM pages p JOIN articles a ON a.id = p.id "
        "WHERE p.canonical_key = ? AND p.id != ? AND a.title = ?",
        (seen.key, page_id, text.title),
    ).fetchall()
    for copy, status in copies:
        if status not in _REDIRECTS or not move(conn, copy, page_id, seen, capture_id):
            article = articles.find(conn, copy)
            if article is not None:
                articles.delete(conn, article)
            make(conn, copy, page_id)
    redirects = conn.execute(_REDIRECTING, (seen.key, page_id)).fetchall()
    for (redirect,) in redirects:
        make(conn, redirect, page_id)
    return bool(copies or redirects)


def move(conn: sqlite3.Connection, page_id: int, holder: int, seen: Observation, capture_id: int) -> bool:
    """Make one of two stored articles, the first of which leads to the second; tell whether they bear one title."""
    old, new = articles.find(conn, page_id), articles.find(conn, holder)
    if old is None or new is None or old.id == new.id or old.title != new.title:
        return False
    articles.merge(conn, old, new, seen, capture_id)
    make(conn, page_id, holder)
    return True


def make(conn: sqlite3.Connection, alias: int, holder: int) -> None:
    """Make a page an alias of another: what was said of it, and by it, counts for the other."""
    if alias == holder:
        return
    conn.execute("UPDATE pages SET kind = 'alias', alias_of = ?, dated = NULL WHERE id = ?", (holder, alias))
    conn.execute("UPDATE pages SET alias_of = ? WHERE alias_of = ?", (holder, alias))
    conn.execute("UPDATE mentions SET page_id = ? WHERE page_id = ?", (holder, alias))
    conn.execute("UPDATE mentions SET seen_on_id = ? WHERE seen_on_id = ?", (holder, alias))
    conn.execute("DELETE FROM mentions WHERE page_id = ?1 AND seen_on_id = ?1", (holder,))
