"""Which articles are meant: by day, category and words. Export, concordance and timeline all choose by this."""

import sqlite3
from dataclasses import dataclass
from datetime import date

from archive.articles import categories
from archive.errors import QueryError
from archive.folding import folded
from archive.query import Query, parse, tokens
from archive.reader import Reader


@dataclass(frozen=True, slots=True)
class Selection:
    """A choice of articles; without anything said, of all.

    Attributes:
        date_from: the first day of publication, included. With this or `date_to`, undated articles are left out.
        date_to: the last day, included.
        category: its name, accents and punctuation optional; where no category is called so, those whose name holds it.
        query: words, as for `archive.search.search`; empty for any.
        exact: match words typed without accents as typed too.
        phrase: take words of the query that stand side by side for a phrase.
    """

    date_from: date | None = None
    date_to: date | None = None
    category: str | None = None
    query: str = ""
    exact: bool = False
    phrase: bool = False

    def understood(self) -> Query:
        """Return what the query asks for.

        Raises:
            QueryError: it means nothing.
        """
        return parse(self.query, exact_only=self.exact, phrase=self.phrase)


@dataclass(frozen=True, slots=True)
class Condition:
    """What SQL's WHERE says of `articles`, with its values; `1` where everything is meant."""

    where: str
    values: tuple[str, ...]


def condition(conn: sqlite3.Connection, selection: Selection) -> Condition:
    """Return the selection in SQL.

    Raises:
        QueryError: it means nothing, or there is no such category.
    """
    terms, values = facts(conn, selection)
    if selection.query:
        # The plus keeps SQLite from asking the full-text index once for each article.
        terms.append("+id IN (SELECT rowid FROM articles_fts WHERE articles_fts MATCH ?)")
        values.append(selection.understood().match)
    return Condition(" AND ".join(terms) or "1", tuple(values))


def facts(conn: sqlite3.Connection, selection: Selection) -> tuple[list[str], list[str]]:
    """Return the terms and values that an index answers: day and category, but not the words.

    Raises:
        QueryError: the first day is after the last, or there is no such category.
    """
    terms: list[str] = []
    values: list[str] = []
    if selection.date_from and selection.date_to and selection.date_from > selection.date_to:
        raise QueryError(f"from {selection.date_from} to {selection.date_to} there is no day; exchange the two")
    if selection.date_from is not None:
        terms.append("published >= ?")
        values.append(selection.date_from.isoformat())
    if selection.date_to is not None:
        terms.append("published <= ?")
        values.append(selection.date_to.isoformat())
    if selection.category is not None:
        names = named(conn, selection.category)
        terms.append(f"category IN ({','.join('?' * len(names))})")
        values += names
    return terms, values


def named(conn: sqlite3.Connection, wanted: str) -> list[str]:
    """Return the categories of this name, else those whose name holds it; accents and punctuation do not count.

    Raises:
        QueryError: there is none. The message names those that there are.
    """
    words = " ".join(tokens(folded(wanted)))
    plain = {name: " ".join(tokens(folded(name))) for name in categories(conn)}
    same = [name for name, spelled in plain.items() if spelled == words]
    found = same or [name for name, spelled in plain.items() if words and f" {words} " in f" {spelled} "]
    if not found:
        some = ", ".join(sorted(filter(None, plain))[:_NAMED])
        raise QueryError(f"no category is called {wanted!r}; there are {some or 'none yet'}")
    return found


_NAMED = 8  # categories, in a message


def ids(archive: Reader, selection: Selection, *, newest_first: bool = False, limit: int | None = None) -> list[int]:
    """Return the chosen articles in the order of their days, undated ones last; those of one day as they were found.

    Args:
        archive: an open archive.
        selection: the choice.
        newest_first: begin with the newest, and the one found last.
        limit: take only so many of them, the newest; undated ones where there are no others.

    Raises:
        QueryError: the selection means nothing.
        ArchiveError: the archive is locked or damaged.
    """
    with archive.read() as conn:
        chosen = condition(conn, selection)
        of = f"SELECT id, published FROM articles WHERE {chosen.where}"  # noqa: S608 - our own words
        if limit is not None:
            of += f" ORDER BY {_NEWEST} LIMIT {limit:d}"
        order = _NEWEST if newest_first else _OLDEST
        rows = conn.execute(f"SELECT id FROM ({of}) ORDER BY {order}", chosen.values)  # noqa: S608 - the same
        return [row[0] for row in rows]


_OLDEST = "published IS NULL, published, id"
_NEWEST = "published IS NULL, published DESC, id DESC"
