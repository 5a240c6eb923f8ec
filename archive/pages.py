"""The rows of `pages`: entering a page once under its key, and settling what an observation makes of it."""

import sqlite3
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import NamedTuple

from archive.models import Known, Observation
from archive.times import stamp

DEFINITE = (404, 410)  # the server itself says that the page is gone
MAX_HOPS = 5  # redirects of one page to other spellings of its own address
_READ = ("listing", "other", "home", "not-html")  # what a reader may find a page to be, besides an article
_MANY = 400  # values in one statement


class Row(NamedTuple):
    """What the archive knows of one page."""

    id: int
    key: str
    url: str
    kind: str
    state: str
    depth: int
    attempts: int
    alias_of: int | None
    gone_votes: int
    last_gone_run: int | None
    dated: str | None
    looked_run: int | None  # the run that last had an answer: `fetched` or `gone`
    fetched_at: str | None

    @property
    def holder(self) -> int:
        """The id of the page that holds the article: this one, or the one this is an alias of."""
        return self.alias_of or self.id


_BY_KEYS = (
    "SELECT id, key, url, kind, state, depth, attempts, alias_of, gone_votes, last_gone_run, dated, looked_run, "
    "fetched_at FROM pages WHERE key IN "
)
_ENTER = (
    "INSERT INTO pages(id, url, key, site, kind, depth, first_seen_at) "
    "VALUES (remembered_id(?2), ?1, ?2, ?3, ?4, ?5, ?6)"
)


def marks(values: Collection[object]) -> str:
    """Return a parenthesis of one question mark a value, for SQL's IN."""
    return f"({','.join('?' * len(values))})"


def batches(values: Sequence[int]) -> Iterator[Sequence[int]]:
    """Yield the values in parts that fit one statement."""
    return (values[start : start + _MANY] for start in range(0, len(values), _MANY))


def find(conn: sqlite3.Connection, key: str) -> Row | None:
    """Return the page of this key, or None."""
    row = conn.execute(_BY_KEYS + "(?)", (key,)).fetchone()
    return Row(*row) if row else None


def enter(conn: sqlite3.Connection, site: str, known: Iterable[Known], seen_at: str) -> tuple[dict[str, Row], int]:
    """Return the pages of these keys by key, the new ones entered as due, and how many were new.

    A page known as something else becomes an article once a list names it as one, unless it has been read already.
    """
    wanted = {page.key: page for page in reversed(list(known))}  # of two spellings, the first
    keys = list(wanted)
    rows: dict[str, Row] = {}
    for start in range(0, len(keys), _MANY):
        part = keys[start : start + _MANY]
        rows.update({row[1]: Row(*row) for row in conn.execute(_BY_KEYS + marks(part), part)})
    new = [page for page in reversed(wanted.values()) if page.key not in rows]
    for page in new:
        cursor = conn.execute(_ENTER, (page.url, page.key, site, page.kind, page.depth, seen_at))
        rows[page.key] = _entered(cursor.lastrowid or 0, page)
    for row in list(rows.values()):
        read = row.state == "fetched" or row.looked_run is not None
        if row.kind in ("listing", "section") and not read and wanted[row.key].kind == "article":
            conn.execute("UPDATE pages SET kind = 'article' WHERE id = ?", (row.id,))
            rows[row.key] = row._replace(kind="article")
    return rows, len(new)


def _entered(page_id: int, page: Known) -> Row:
    return Row(page_id, page.key, page.url, page.kind, "known", page.depth, 0, None, 0, None, None, None, None)


def respell(conn: sqlite3.Connection, row: Row, url: str) -> None:
    """Give a page another address, after a redirect to a spelling of its own (http to https), and ask for it again.

    What the old address gave to recognise its content by says nothing of the new one's.
    """
    conn.execute(
        "UPDATE pages SET url = ?, due = 2, attempts = attempts + 1, redirect_to = NULL, etag = NULL, "
        "last_modified = NULL WHERE id = ?",
        (url, row.id),
    )
    conn.execute("UPDATE articles SET url = ? WHERE id = ?", (url, row.id))


def is_gone(row: Row, seen: Observation, *, stored: bool, door: bool = False) -> bool:
    """Tell whether this answer makes the page gone for good.

    A 404 or 410 takes an article away at once. A soft 404 or a redirect to the home page may be a passing fault, so it
    takes two looks; and to close a door (`archive.doors`) it does whatever the site says. Other pages have nothing to
    lose. `stored` tells whether the page holds an article, `door` whether it is one.
    """
    if seen.state != "gone":
        return False
    another_run = row.gone_votes > 0 and row.last_gone_run != seen.occasion
    if door:
        return another_run
    return seen.http_status in DEFINITE or not stored or another_run


_SETTLE = """
UPDATE pages SET kind = :kind, state = :state, due = 0, attempts = :attempts, http_status = :http_status,
    reason = :reason, redirect_to = :redirect_to, canonical_key = ifnull(:canonical_key, canonical_key),
    etag = CASE WHEN :validated THEN :etag ELSE etag END,
    last_modified = CASE WHEN :validated THEN :last_modified ELSE last_modified END,
    gone_votes = :gone_votes, last_gone_run = :last_gone_run, fetched_at = :fetched_at,
    looked_run = CASE WHEN :looked THEN ifnull(:run_id, looked_run) ELSE looked_run END
WHERE id = :id
"""
_CONFIRM = """
UPDATE pages SET state = 'fetched', due = 0, attempts = 0, reason = NULL, gone_votes = 0, last_gone_run = NULL,
    fetched_at = CASE WHEN ?1 THEN ?2 ELSE max(ifnull(fetched_at, ''), ?2) END, looked_run = ifnull(?3, looked_run)
WHERE id = ?4 AND alias_of IS NULL AND state != 'gone' AND (etag IS NOT NULL OR last_modified IS NOT NULL)
"""


def settle(  # noqa: PLR0913 - what `store` has found out, by name
    conn: sqlite3.Connection, row: Row, seen: Observation, *, gone: bool, stored: bool, canonical: str
) -> None:
    """Write down what the observation makes of the page. It is no longer due.

    `gone` is `is_gone`'s answer; `stored` tells whether the page holds an article, this observation's included;
    `canonical` is the key that the page calls its own, or that it redirects to, or empty.
    """
    good = seen.state == "fetched"
    doubted = seen.state == "gone" and not gone
    first_vote = seen.state == "gone" and (row.gone_votes == 0 or row.last_gone_run != seen.occasion)
    conn.execute(
        _SETTLE,
        {
            "id": row.id,
            "kind": _kind(row, seen, stored=stored),
            "state": row.state if doubted else seen.state,
            "attempts": 0 if good else row.attempts + 1,
            "http_status": seen.http_status,
            "reason": seen.reason or None,
            "redirect_to": seen.location or None,
            "canonical_key": canonical or None,
            **_validators(row, seen, stored=stored),
            "gone_votes": 0 if good else row.gone_votes + first_vote,
            "last_gone_run": None if good else seen.occasion if first_vote else row.last_gone_run,
            "fetched_at": stamp(seen.captured_at),
            "looked": seen.state in ("fetched", "gone"),
            "run_id": seen.crawl,
        },
    )


def confirm(conn: sqlite3.Connection, row: Row, seen: Observation) -> bool:
    """Write down that a page is as it was (304), and so is all that was read on it. It is no longer due.

    Returns:
        False, with nothing written, where the archive holds no content that the answer could speak of.
    """
    values = (seen.in_turn, stamp(seen.captured_at), seen.crawl, row.id)
    return conn.execute(_CONFIRM, values).rowcount > 0


def _validators(row: Row, seen: Observation, *, stored: bool) -> dict[str, object]:
    """Return the ETag and Last-Modified to keep, and whether they replace the old ones.

    After a failure what the archive holds is still what the old ones stand for.
    """
    held = _is_held(row, seen, stored=stored)
    latest = seen.in_turn or stamp(seen.captured_at) >= (row.fetched_at or "")
    return {
        "validated": seen.state in ("fetched", "gone") and latest,
        "etag": (held and seen.etag) or None,
        "last_modified": (held and seen.last_modified) or None,
    }


def _is_held(row: Row, seen: Observation, *, stored: bool) -> bool:
    """Tell whether the archive now holds what this answer said, so that "not modified" would lose nothing."""
    if seen.state != "fetched" or row.alias_of is not None:
        return False
    return seen.text is not None or (not stored and seen.kind in ("home", "listing") and bool(seen.sighted))


def _kind(row: Row, seen: Observation, *, stored: bool) -> str:
    """Return what kind of page this is, after what was read on it."""
    if stored:
        return "article"
    if seen.kind not in _READ or row.kind in ("home", "alias"):
        return row.kind
    if row.kind == "article" and seen.kind == "not-html":
        return row.kind  # a list named it as news: what answers otherwise today may be news again tomorrow
    if seen.kind == "listing" and row.kind in ("section", "article"):
        return "section"  # the first page of a listing, by a menu or a link beside news; `listing` is a further page
    if row.kind == "section" and row.state != "known":
        return row.kind  # it named nothing today
    return seen.kind
