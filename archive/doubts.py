"""A text that is nothing like the one stored under its address is not believed at once.

A site in trouble answers with a login form, an error, a bet: politely, as a page with a title and a text. Such a page
says the same under many addresses. So does a layout that is no longer understood, in part: one title for all articles,
or the menu in place of the text. A site that gives an old number to another article says something of its own there.
So an unlike text waits until it is read again on another occasion (by another run, or on another day), and for ever
while another address says the same, or where most articles that a run read again were unlike; of captures that others
made, most of the last ones. A run that takes the site as it is waits for no other.

How letters are written does not make a text unlike: a template may print all titles in capitals.
"""

import sqlite3
from hashlib import blake2b

from archive import health, versions
from archive.folding import exact
from archive.models import Text
from archive.worddiff import likeness

UNLIKE = "has nothing in common with the article stored"
OTHER_TITLE = "has another title than the article stored"
OTHER_TEXT = "has another text than the article stored"
_TITLE = 0.5  # less of the words in common, and it is another title
_CUT_TITLE = 0.2  # the same over a body that was kept: a template may cut titles short, or add to them
_SAME_BODY = 0.9  # as much of a body has to be kept for that
_BODY = 0.25  # less of it kept, and it is another text
LATELY = 20  # captures of other articles that tell whether a site has passed into other hands
_LATELY = """
SELECT count(DISTINCT page_id) FILTER (WHERE unlike), count(*) FILTER (WHERE unlike), count(*) FILTER (WHERE NOT unlike)
FROM (
    SELECT c.page_id, c.quarantined IS NOT NULL AS unlike FROM captures c JOIN articles a ON a.id = c.page_id
    WHERE a.site = (SELECT site FROM articles WHERE id = ?1) AND a.id != ?1 AND c.status = 200
        AND c.captured_at > a.first_captured_at
    ORDER BY c.id DESC LIMIT ?2
)
"""
_LONG = 300  # characters: a shorter text may have stood in for one to come


def believed(
    conn: sqlite3.Connection, page_id: int, stored: tuple[str, str], text: Text, seen_by: tuple[int, int]
) -> bool:
    """Tell whether a text may take the place of the one stored; if not, remember it, and hold it against its capture.

    Args:
        conn: a connection in a transaction.
        page_id: the article's.
        stored: its title and body.
        text: what was read now.
        seen_by: occasion (`Observation.occasion`) and capture.
    """
    occasion, capture_id = seen_by
    why = _unlike(stored, text)
    if not why:
        forget(conn, page_id)
        return True
    digest = _digest(text)
    rows = conn.execute("SELECT page_id, occasion FROM doubts WHERE digest = ?", (digest,)).fetchall()
    own = [first for page, first in rows if page == page_id]
    waited = any(_confirmed(conn, page_id, first, occasion) for first in own)
    accepted = health.accepts(conn, occasion) and not _is_said_elsewhere(conn, page_id, text)
    if len(rows) == len(own) and (waited or accepted):
        forget(conn, page_id)
        return True
    if not own:
        forget(conn, page_id)
        conn.execute("INSERT INTO doubts(page_id, digest, occasion) VALUES (?, ?, ?)", (page_id, digest, occasion))
    conn.execute("UPDATE captures SET quarantined = ? WHERE id = ?", (why, capture_id))
    # Asked whether this has changed since, the site would speak of the wrong text.
    conn.execute("UPDATE pages SET reason = ?, etag = NULL, last_modified = NULL WHERE id = ?", (why, page_id))
    return False


def _digest(text: Text) -> str:
    return blake2b(f"{versions.plain(text.title)}\n{versions.plain(text.body)}".encode(), digest_size=8).hexdigest()


def is_doubted(conn: sqlite3.Connection, text: Text) -> bool:
    """Tell whether the same text was read in an article's place and not believed."""
    if not conn.execute("SELECT EXISTS (SELECT 1 FROM doubts)").fetchone()[0]:  # mostly, and a digest takes its time
        return False
    return bool(conn.execute("SELECT EXISTS (SELECT 1 FROM doubts WHERE digest = ?)", (_digest(text),)).fetchone()[0])


def _confirmed(conn: sqlite3.Connection, page_id: int, first: int, now: int) -> bool:
    """Tell whether a text that was read on another occasion is to be believed: on neither were most texts unlike."""
    if first == now or any(health.tally(conn, occasion).is_strange for occasion in (first, now)):
        return False
    return now > 0 or not _is_taken_over(conn, page_id)


def _is_taken_over(conn: sqlite3.Connection, page_id: int) -> bool:
    """Tell whether most of the site's other articles were unlike, of those captured again of late.

    Captures that others made are of few pages a day: what they say together tells whose site it is.
    """
    pages, unlike, alike = conn.execute(_LATELY, (page_id, LATELY)).fetchone()
    return bool(pages >= health.STRANGERS and unlike > alike)


def _is_said_elsewhere(conn: sqlite3.Connection, page_id: int, text: Text) -> bool:
    """Tell whether another article says the same: then it is neither's text."""
    bodies = conn.execute("SELECT body FROM articles WHERE title = ? AND id != ?", (text.title, page_id))
    return any(versions.same_text(body, text.body) for (body,) in bodies)


def forget(conn: sqlite3.Connection, page_id: int) -> None:
    """Drop a doubt: the article itself was read again, the other text was believed, or the article is no more."""
    conn.execute("DELETE FROM doubts WHERE page_id = ?", (page_id,))


def is_like(stored: tuple[str, str], text: Text) -> bool:
    """Tell whether a text is that of the title and body given, edited maybe."""
    return not _unlike(stored, text)


def _unlike(stored: tuple[str, str], text: Text) -> str:
    """Return what a text does not share with what is stored: its title, or next to all of its body; or an empty string.

    A text to which much was added still holds the other. A short one may have stood in for one to come.
    """
    title, body = stored
    kept = _kept(body, text.body)
    other_body = kept < _BODY
    if likeness(exact(title), exact(text.title)) < (_CUT_TITLE if kept >= _SAME_BODY else _TITLE):
        return UNLIKE if other_body else OTHER_TITLE
    return OTHER_TEXT if other_body and len(body) >= _LONG else ""


def _kept(body: str, other: str) -> float:
    """Return from 0 to 1 how much of a text is in the other: of its runs of three words, for any two share words."""
    if body == other:
        return 1.0
    before, after = _runs(body), _runs(other)
    return len(before & after) / len(before) if before else 1.0


def _runs(body: str) -> set[tuple[str, ...]]:
    words = exact(versions.plain(body)).split()
    return set(zip(words, words[1:], words[2:], strict=False))
