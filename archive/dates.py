"""Which day an article was published, from the best evidence, and between which days its neighbours put it (design §7).

Evidence is kept apart from what is concluded from it. `pages.dated` is a page's date as lists or the page itself say,
and bounds its neighbours; a date taken from the text never does, for it was itself accepted by bounds. So conclusions
depend on the evidence only, not on the order in which it arrived.
"""

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from archive.pages import batches, marks
from archive.times import day_in_vietnam

SITE_START = date(1997, 1, 1)  # Vietnam went online that year


@dataclass(frozen=True, slots=True)
class Bounds:
    """Between which days an article lies, both included, as far as its neighbours tell. ISO dates or None."""

    earliest: str | None
    latest: str | None
    disputed: bool = False  # the neighbours contradicted each other, and neither is believed


@dataclass(frozen=True, slots=True)
class Resolved:
    """A publication date and where it comes from: `list`, `page`, `text`, or None with no date."""

    published: str | None
    source: str | None


def believable(day: date | None, seen_at: datetime) -> bool:
    """Tell whether a page seen at `seen_at` can have been published on `day`: not in its future, not before 1997."""
    return day is not None and SITE_START <= day <= day_in_vietnam(seen_at)


def resolve(listed: str | None, page: str | None, text: str | None, bounds: Bounds) -> Resolved:
    """Return the date that the best evidence gives: what lists say, else the page, else the text inside the bounds."""
    if listed is not None:
        return Resolved(listed, "list")
    if page is not None:
        return Resolved(page, "page")
    if text is not None and (bounds.earliest or text) <= text <= (bounds.latest or text):
        return Resolved(text, "text")
    return Resolved(None, None)


def bounded(earliest: str | None, latest: str | None) -> Bounds:
    """Return the bounds, or none and a dispute where they contradict each other."""
    if earliest is not None and latest is not None and earliest > latest:
        return Bounds(None, None, disputed=True)
    return Bounds(earliest, latest)


def update(conn: sqlite3.Connection, page_ids: Iterable[int]) -> None:
    """Resolve again the dates that new evidence about these pages can change: theirs, and their neighbours' bounds.

    Call it in the transaction that stored the evidence. It never makes a version.
    """
    touched = list(dict.fromkeys(page_ids))
    for part in batches(touched):
        said = votes(conn, part)
        moved = _note(conn, part, said)
        _settle(conn, part, said)
        neighbours = [page for page in _bounded_by(conn, moved) if page not in part]
        for more in batches(neighbours):
            _settle(conn, more, votes(conn, more))


_VOTES = """
SELECT page_id, published, count(DISTINCT seen_on_id) AS said, max(first_seen_at) AS at FROM mentions
WHERE page_id IN {these} AND published IS NOT NULL
GROUP BY page_id, published ORDER BY page_id, said DESC, at DESC, published
"""


def votes(conn: sqlite3.Connection, page_ids: Sequence[int]) -> dict[int, list[str]]:
    """Return the dates that lists give these pages: those most pages say first; of equals, the one first said last."""
    said: dict[int, list[str]] = {}
    for page, day, _, _ in conn.execute(_VOTES.format(these=marks(page_ids)), page_ids):
        said.setdefault(page, []).append(day)
    return said


_DATED = "SELECT p.id, p.dated, a.page_date FROM pages p LEFT JOIN articles a ON a.id = p.id WHERE p.id IN {these}"


def _note(conn: sqlite3.Connection, page_ids: Sequence[int], said: dict[int, list[str]]) -> list[int]:
    """Write down the pages' dates as lists or the page itself say; return the pages for which that changed."""
    rows = conn.execute(_DATED.format(these=marks(page_ids)), page_ids)
    moved = [(day, page) for page, dated, own in rows if (day := said.get(page, [own])[0]) != dated]
    conn.executemany("UPDATE pages SET dated = ? WHERE id = ?", moved)
    return [page for _, page in moved]


_BOUNDED_BY = """
SELECT page_id FROM mentions WHERE seen_on_id IN {these} AND relation != 'listing'
UNION SELECT seen_on_id FROM mentions WHERE page_id IN {these} AND relation != 'listing' AND published IS NULL
"""


def _bounded_by(conn: sqlite3.Connection, page_ids: Sequence[int]) -> list[int]:
    """Return the pages whose bounds rest on the dates of these: those they name, and those that name them dateless."""
    if not page_ids:
        return []
    rows = conn.execute(_BOUNDED_BY.format(these=marks(page_ids)), (*page_ids, *page_ids))
    return [row[0] for row in rows]


_CHAIN = """
SELECT page, max(CASE WHEN side = 'older' THEN day END), min(CASE WHEN side = 'newer' THEN day END) FROM (
    SELECT m.seen_on_id AS page, m.relation AS side, coalesce(m.published, p.dated) AS day
    FROM mentions m JOIN pages p ON p.id = m.page_id
    WHERE m.seen_on_id IN {these} AND m.relation != 'listing'
    UNION ALL
    SELECT m.page_id, CASE m.relation WHEN 'newer' THEN 'older' ELSE 'newer' END, p.dated
    FROM mentions m JOIN pages p ON p.id = m.seen_on_id
    WHERE m.page_id IN {these} AND m.relation != 'listing'
) GROUP BY page
"""


def _bounds(conn: sqlite3.Connection, page_ids: Sequence[int]) -> dict[int, Bounds]:
    """Return for each page: no earlier than its older neighbours, no later than its newer ones, named by either."""
    rows = conn.execute(_CHAIN.format(these=marks(page_ids)), (*page_ids, *page_ids))
    return {page: bounded(earliest, latest) for page, earliest, latest in rows}


_CONCLUDED = (
    "published",
    "published_source",
    "published_earliest",
    "published_latest",
    "published_disputed",
    "bounds_disputed",
)
_STORED = f"SELECT id, page_date, text_date, {', '.join(_CONCLUDED)} FROM articles WHERE id IN "  # noqa: S608 - names
_CONCLUDE = f"UPDATE articles SET {', '.join(f'{name} = ?' for name in _CONCLUDED)} WHERE id = ?"  # noqa: S608 - names


def unsettled(conn: sqlite3.Connection, page_ids: Sequence[int]) -> list[int]:
    """Return the articles among these pages whose stored dates are not what the evidence gives: none, if all is well.

    There may be as many as `archive.pages.batches` gives at a time.
    """
    return [int(change[-1] or 0) for change in _changes(conn, page_ids, votes(conn, page_ids))]


def _settle(conn: sqlite3.Connection, page_ids: Sequence[int], said: dict[int, list[str]]) -> None:
    """Conclude the dates of the articles among these pages; write where that changes something."""
    conn.executemany(_CONCLUDE, _changes(conn, page_ids, said))


def _changes(
    conn: sqlite3.Connection, page_ids: Sequence[int], said: dict[int, list[str]]
) -> list[tuple[str | int | None, ...]]:
    """Return, for each article among these pages whose date is to be written anew, what `_CONCLUDE` takes."""
    stored = conn.execute(_STORED + marks(page_ids), page_ids).fetchall()
    bounds = _bounds(conn, [row[0] for row in stored]) if stored else {}
    changes: list[tuple[str | int | None, ...]] = []
    for article, page_date, text_date, *before in stored:
        within = bounds.get(article, Bounds(None, None))
        listed, *others = said.get(article, [None])
        found = resolve(listed, page_date, text_date, within)
        disputed = ", ".join(sorted(day for day in others if day)) or None
        after = [found.published, found.source, within.earliest, within.latest, disputed, int(within.disputed)]
        if after != before:
            changes.append((*after, article))
    return changes
