"""A text that has nothing in common with the one stored under its address is not believed at once.

A site in trouble answers with a login form, an error, a bet: politely, as a page with a title and a text. Such a page
says the same under many addresses. A site that gives an old number to another article says something of its own there.
So an unlike text waits until another run has read it again, and for ever while another address says the same.
"""

import sqlite3
from hashlib import blake2b

from archive import versions
from archive.models import Text
from archive.worddiff import likeness

UNLIKE = "has nothing in common with the article stored"
_TITLE = 0.5  # less of the words in common, and it is another title
_BODY = 0.4


def believed(
    conn: sqlite3.Connection, page_id: int, stored: tuple[str, str], text: Text, seen_by: tuple[int | None, int]
) -> bool:
    """Tell whether a text may take the place of the one stored; if not, remember it, and hold it against its capture.

    Args:
        conn: a connection in a transaction.
        page_id: the article's.
        stored: its title and body.
        text: what was read now.
        seen_by: run and capture.
    """
    run_id, capture_id = seen_by
    if not _is_unlike(stored, text):
        forget(conn, page_id)
        return True
    digest = blake2b(f"{versions.plain(text.title)}\n{versions.plain(text.body)}".encode(), digest_size=8).hexdigest()
    rows = conn.execute("SELECT page_id, run_id FROM doubts WHERE digest = ?", (digest,)).fetchall()
    own = [run for page, run in rows if page == page_id]
    if len(rows) == len(own) and any(run != run_id for run in own):
        forget(conn, page_id)
        return True
    if not own:
        forget(conn, page_id)
        conn.execute("INSERT INTO doubts(page_id, digest, run_id) VALUES (?, ?, ?)", (page_id, digest, run_id))
    conn.execute("UPDATE captures SET quarantined = ? WHERE id = ?", (UNLIKE, capture_id))
    # Asked whether this has changed since, the site would speak of the wrong text.
    conn.execute("UPDATE pages SET reason = ?, etag = NULL, last_modified = NULL WHERE id = ?", (UNLIKE, page_id))
    return False


def forget(conn: sqlite3.Connection, page_id: int) -> None:
    """Drop a doubt: the article itself was read again, the other text was believed, or the article is no more."""
    conn.execute("DELETE FROM doubts WHERE page_id = ?", (page_id,))


def _is_unlike(stored: tuple[str, str], text: Text) -> bool:
    """Tell whether a text shares neither its title nor much of its body with what is stored."""
    title, body = stored
    return likeness(title, text.title) < _TITLE and likeness(body, text.body) < _BODY
