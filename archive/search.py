"""Full-text search: ranked, filtered, with highlights on the original text."""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from archive.errors import QueryError
from archive.highlight import Span, snippet, spans
from archive.query import Needle, Query, parse
from archive.reader import Reader
from archive.schema import WEIGHTS
from archive.selection import Condition, Selection, facts

LIMIT = 20
MOST = 1000  # hits in one answer


@dataclass(frozen=True, slots=True)
class Hit:
    """One article found.

    `published` is an ISO date or None. `score` is higher for a better match, comparable within one answer only.
    `highlights` are places in `snippet`, `title_highlights` places in `title`: start and end, as in a slice.
    """

    id: int
    url: str
    title: str
    published: str | None
    category: str
    snippet: str
    score: float
    highlights: tuple[Span, ...] = ()
    title_highlights: tuple[Span, ...] = ()

    def __repr__(self) -> str:
        """Return which article this is."""
        return f"<Hit {self.id} · {self.published or 'undated'} · {self.title}>"


def search(  # noqa: PLR0913 - one argument an option of the command
    archive: Reader,
    query: str,
    *,
    date_from: date | None = None,
    date_to: date | None = None,
    category: str | None = None,
    exact: bool = False,
    limit: int = LIMIT,
) -> list[Hit]:
    """Return the best matches, best first.

    Args:
        archive: an open archive.
        query: as typed; `archive.query` says what it may hold.
        date_from: the first day of publication, included. With this or `date_to`, undated articles are left out.
        date_to: the last day, included.
        category: its name, accents and punctuation optional; where no category is called so, those whose name holds it.
        exact: match words typed without accents as typed too.
        limit: how many hits at most, from 1 to 1000.

    Raises:
        QueryError: the query, the choice or the limit means nothing.
        ArchiveError: the archive is locked or damaged.
    """
    check(limit)
    understood = parse(query, exact_only=exact)
    with archive.read() as conn:
        only = among(*facts(conn, Selection(date_from, date_to, category)))
        return [hit(conn, understood.needles, *found) for found in ranked(conn, understood, only, limit)]


def check(limit: int) -> None:
    """Do nothing where so many hits can be shown.

    Raises:
        QueryError: they cannot.
    """
    if not 1 <= limit <= MOST:
        raise QueryError(f"cannot show {limit} hits; ask for 1 to {MOST}")


def among(terms: Sequence[str], values: Sequence[str]) -> Condition:
    """Return what is to hold besides the words, in SQL. It reads nothing but an index, and that once."""
    if not terms:
        return Condition("", ())
    # The plus keeps SQLite from asking the full-text index once for each of these articles.
    where = f"AND +rowid IN (SELECT id FROM articles WHERE {' AND '.join(terms)})"  # noqa: S608 - our own words
    return Condition(where, tuple(values))


_WEIGHED = 100_000
_MATCHING = "SELECT rowid FROM articles_fts WHERE articles_fts MATCH ?"
_RANKED = f"SELECT rowid, bm25(articles_fts, {WEIGHTS}) FROM articles_fts WHERE articles_fts MATCH ?"  # noqa: S608 - numbers of ours


def ranked(conn: sqlite3.Connection, query: Query, only: Condition, limit: int = -1) -> list[tuple[int, float]]:
    """Return id and rank of the best matches, best first; all that were weighed without a limit.

    No body is read here: only those of the hits shown are. Weighing a hundred thousand takes a fifth of a second. So
    where more match, the newest of them are weighed, and as many of those with the words in the title, which count
    eight times. All are weighed by the same query, so that their ranks compare.
    """
    kept = _kept(query, only) if _many(conn, query, only) else only
    sql = f"{_RANKED} {kept.where} ORDER BY 2, 1 LIMIT ?"
    return conn.execute(sql, (query.match, *kept.values, limit)).fetchall()


def _many(conn: sqlite3.Connection, query: Query, only: Condition) -> bool:
    """Return whether more match than are weighed. Where no more are stored, nothing has to be counted."""
    if conn.execute("SELECT 1 FROM articles LIMIT 1 OFFSET ?", (_WEIGHED,)).fetchone() is None:
        return False
    found = conn.execute(f"{_MATCHING} {only.where} LIMIT 1 OFFSET ?", (query.match, *only.values, _WEIGHED))
    return found.fetchone() is not None


def _kept(query: Query, only: Condition) -> Condition:
    """Return what says which of many matches are weighed."""
    newest = (
        f"SELECT * FROM (SELECT id FROM articles WHERE +id IN ({_MATCHING} {only.where}) "  # noqa: S608 - our own words
        f"ORDER BY published DESC, id DESC LIMIT {_WEIGHED})"
    )
    values = (query.match, *only.values, query.title_match, *only.values)
    return Condition(f"AND +rowid IN ({newest} UNION ALL {newest})", values)


def hit(conn: sqlite3.Connection, needles: Sequence[Needle], article: int, rank: float) -> Hit:
    """Return an article as found by these needles; without any, with the beginning of its text."""
    url, title, published, category, body = conn.execute(
        "SELECT url, title, published, category, body FROM articles WHERE id = ?", (article,)
    ).fetchone()
    shown = snippet(body, needles)
    in_title = tuple(spans(title, needles))
    return Hit(article, url, title, published, category, shown.text, float(f"{-rank:.4g}"), shown.highlights, in_title)
