"""A search as one pages through it: how many there are of each category and year, and one page at a time.

Any page takes the time of the first: all that have the words are found on the shelf (`archive.shelf`), and only the
articles of the page itself are read.
"""

import sqlite3
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain, islice
from typing import Literal

from archive.pages import marks
from archive.query import Needle, Query, parse
from archive.search import Hit, among, hit, ranked
from archive.shelf import Shelf

Sort = Literal["relevance", "newest", "oldest"]
PAGE = 20  # hits on a page
SHORTEST_PREFIX = 2  # letters: what begins with one is a tenth of all words, and others are waiting
Places = Sequence[int]  # rising


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for.

    Attributes:
        query: words, as for `archive.search.search`; empty for any.
        exact: match words typed without accents as typed too.
        categories: their names as stored, the empty one for articles without any; none for all.
        first: the first day of publication, included. With this or `last`, undated articles are left out.
        last: the last day, included.
        undated: only articles without a date, whatever `first` and `last` say.
    """

    query: str = ""
    exact: bool = False
    categories: tuple[str, ...] = ()
    first: date | None = None
    last: date | None = None
    undated: bool = False

    def understood(self) -> Query | None:
        """Return the words as `archive.query` reads them, or None without any.

        Raises:
            QueryError: they mean nothing, or a prefix is of one letter.
        """
        if not self.query.strip():
            return None
        return parse(self.query, exact_only=self.exact, shortest_prefix=SHORTEST_PREFIX)


@dataclass(frozen=True, slots=True)
class Counts:
    """How many articles are found; by category whatever the wanted categories, by year whatever the wanted days.

    The commonest category comes first, and the latest year; `undated` belongs to the years.
    """

    found: int
    by_category: dict[str, int]
    by_year: dict[str, int]
    undated: int


@dataclass(frozen=True, slots=True)
class Page:
    """The page of this number, from 1 on, and how many pages there are: 0 where nothing was found."""

    hits: list[Hit]
    counts: Counts
    needles: tuple[Needle, ...]
    number: int
    pages: int


def find(conn: sqlite3.Connection, shelf: Shelf, wanted: Wanted, sort: Sort, number: int = 1) -> Page:  # noqa: D417 - their types say what the others are
    """Return one page of what is found. Without words there is no relevance: the newest come first then.

    Args:
        conn: a connection, in the transaction in which the shelf is still true.

    Raises:
        QueryError: the query means nothing.
    """
    query = wanted.understood()
    matching = _matching(conn, shelf, query)
    chosen = _of_category(shelf, _within(shelf, matching, wanted), wanted)
    last = number * PAGE
    found = islice(_found(conn, shelf, chosen, wanted, query, sort, last), last - PAGE, last)
    needles = query.needles if query else ()
    return Page(
        hits=[hit(conn, needles, article, rank) for article, rank in found],
        counts=_counted(shelf, matching, chosen, wanted),
        needles=needles,
        number=number,
        pages=-(-len(chosen) // PAGE),
    )


def ids(conn: sqlite3.Connection, shelf: Shelf, wanted: Wanted, sort: Sort) -> list[int]:
    """Return all articles found, in the order of the pages.

    Raises:
        QueryError: the query means nothing.
    """
    query = wanted.understood()
    chosen = _of_category(shelf, _within(shelf, _matching(conn, shelf, query), wanted), wanted)
    return [article for article, _ in _found(conn, shelf, chosen, wanted, query, sort)]


def _matching(conn: sqlite3.Connection, shelf: Shelf, query: Query | None) -> Places:
    """Return where the articles stand that have the words."""
    if query is None:
        return range(len(shelf.ids))
    rows = conn.execute("SELECT rowid FROM articles_fts WHERE articles_fts MATCH ?", (query.match,))
    return sorted(shelf.places[article] for (article,) in rows if article in shelf.places)


def _within(shelf: Shelf, places: Places, wanted: Wanted) -> Places:
    """Return those of the wanted days."""
    span = range(shelf.undated) if wanted.undated else shelf.span(wanted.first, wanted.last)
    return places[bisect_left(places, span.start) : bisect_left(places, span.stop)]


def _of_category(shelf: Shelf, places: Places, wanted: Wanted) -> Places:
    """Return those of the wanted categories."""
    if not wanted.categories:
        return places
    numbers = {number for number, name in enumerate(shelf.categories) if name in wanted.categories}
    return [place for place in places if shelf.category_of[place] in numbers]


def _counted(shelf: Shelf, matching: Places, chosen: Places, wanted: Wanted) -> Counts:
    by_category = Counter(map(shelf.category_of.__getitem__, _within(shelf, matching, wanted)))
    of_category = _of_category(shelf, matching, wanted)

    def number(period: range) -> int:
        return bisect_left(of_category, period.stop) - bisect_left(of_category, period.start)

    by_year = {year: number(shelf.period(year)) for year in reversed(shelf.years())}
    return Counts(
        found=len(chosen),
        by_category={shelf.categories[each]: many for each, many in by_category.most_common()},
        by_year={year: many for year, many in by_year.items() if many},
        undated=bisect_left(of_category, shelf.undated),
    )


def _found(  # noqa: PLR0913, PLR0917 - a step of `find` that `ids` shares
    conn: sqlite3.Connection,
    shelf: Shelf,
    chosen: Places,
    wanted: Wanted,
    query: Query | None,
    sort: Sort,
    most: int = -1,
) -> Iterator[tuple[int, float]]:
    """Return articles and their ranks in the order asked for; after those that are weighed, the rest by their days.

    Only so many of the first are right where `most` is given.
    """
    by_day = ((shelf.ids[place], 0.0) for place in _in_order(shelf, chosen, rising=sort == "oldest"))
    if sort != "relevance" or query is None:
        return by_day
    best = ranked(conn, query, among(*_facts(wanted)), most)
    weighed = {article for article, _ in best}
    return chain(best, ((article, rank) for article, rank in by_day if article not in weighed))


def _in_order(shelf: Shelf, places: Places, *, rising: bool) -> Iterator[int]:
    """Return the places in order of day; those without a day stand last either way."""
    if not rising:
        return reversed(places)
    dated = bisect_left(places, shelf.undated)
    return chain(islice(places, dated, None), islice(places, dated))


def _facts(wanted: Wanted) -> tuple[list[str], list[str]]:
    """Return what is wanted besides the words: terms of SQL's WHERE, and their values."""
    terms: list[str] = []
    values: list[str] = []
    if wanted.categories:
        terms.append(f"category IN {marks(wanted.categories)}")
        values += wanted.categories
    if wanted.undated:
        return [*terms, "published IS NULL"], values
    for term, day in (("published >= ?", wanted.first), ("published <= ?", wanted.last)):
        if day is not None:
            terms.append(term)
            values.append(day.isoformat())
    return terms, values
