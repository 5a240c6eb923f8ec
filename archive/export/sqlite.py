"""A SQLite file for the public: the articles and what is known of them, and nothing of the runs that found it out.

It has the names of `archive.db`, so that what reads that reads this, and is as small as SQLite can make it. Stock
SQLite and Datasette, also the one that runs in a browser, open it as it is; for them it has one table more, `names`.
"""

import sqlite3
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from itertools import islice
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from archive import fulltext
from archive.errors import translated
from archive.export import belonging
from archive.export.source import Source
from archive.export.target import final
from archive.names import names
from archive.schema import APPLICATION_ID, PUBLIC_COPY, WEIGHTS
from archive.stored import Article

_AT_ONCE = 500  # rows in memory
_FOR_THE_DRAFT = (
    "PRAGMA journal_mode = OFF",  # it is thrown away, whatever happens
    "PRAGMA synchronous = OFF",
    "PRAGMA cache_size = -16000",
    f"PRAGMA application_id = {APPLICATION_ID}",
    f"PRAGMA user_version = {PUBLIC_COPY}",
)

# Of each table the columns that are public, none for all of them, and which rows go with the chosen articles.
_TABLES: dict[str, tuple[tuple[str, ...], str]] = {
    "pages": (belonging.OF_PAGES, "id IN temp.chosen_pages"),
    "captures": (belonging.OF_CAPTURES, "id IN temp.chosen_captures"),
    "articles": ((), "id IN temp.chosen_articles"),
    "superseded": ((), "article_id IN temp.chosen_articles"),
    "status_changes": ((), "article_id IN temp.chosen_articles"),
    "images": ((), "article_id IN temp.chosen_articles"),
    "attachments": ((), "article_id IN temp.chosen_articles"),
    "mentions": (belonging.OF_MENTIONS, "id IN temp.chosen_mentions"),
}
_PARTIAL_INDEXES = ("pages_alias", "articles_gone", "articles_disputed")  # those that readers use

# Datasette and sqlite-utils find the index of a table by these words in its definition. It keeps no copy of the text
# (`content=''`), and could not say so in earnest: its words are folded, not those of the table.
_OF_ARTICLES = '/* content="articles" */'

# What stock SQLite cannot find out by itself. It lies in the order of its key, so that it is there only once.
_NAMES = (
    "CREATE TABLE names(article_id INTEGER NOT NULL REFERENCES articles(id), kind TEXT NOT NULL, name TEXT NOT NULL, "
    "mentions INTEGER NOT NULL, PRIMARY KEY (article_id, kind, name)) WITHOUT ROWID"
)
_BY_NAME = "CREATE INDEX names_name ON names(name)"


def write(source: Source, path: Path) -> None:
    """Write the articles and what goes with them to `path`.

    Raises:
        DiskFullError: there is no room for it: it needs, while it is made, twice its size beside its place.
    """
    belonging.note(source)
    draft = path.with_name(f"{path.name}-draft")
    try:
        with translated(final(path)), closing(sqlite3.connect(draft, isolation_level=None)) as conn:
            for pragma in _FOR_THE_DRAFT:
                conn.execute(pragma)
            conn.execute("BEGIN")
            _fill(source, Database(conn, recursive_triggers=False, execute_plugins=False))
            conn.execute("COMMIT")
            conn.execute("VACUUM INTO ?", (str(path),))
    finally:
        draft.unlink(missing_ok=True)


def _fill(source: Source, copy: Database) -> None:
    """Make all that is in the copy. Indexes come last: they are made faster so."""
    theirs = source.archive.db
    columns = {name: public or tuple(theirs.table(name).columns_dict) for name, (public, _) in _TABLES.items()}
    for name in _TABLES:
        _create(theirs, copy, name, columns[name])
    for name in _TABLES:
        _insert(copy, name, _rows(source, name, columns[name]))
    _create_index_of_words(theirs, copy)
    copy.execute(_NAMES)
    for article in source.articles(by_id=True):  # FTS5 is slow where numbers do not rise
        fulltext.add(copy.conn, article.id, article.title, article.body, article.byline)
        _add_names(copy.conn, article)
    copy.execute("INSERT INTO articles_fts(articles_fts) VALUES ('optimize')")
    copy.execute(_BY_NAME)
    for sql in _indexes_and_views(theirs, columns):
        copy.execute(sql)


def _create(theirs: Database, copy: Database, name: str, columns: Sequence[str]) -> None:
    """Make a table like the archive's, with some of its columns."""
    model = theirs.table(name)
    copy.table(name).create(
        {column: model.columns_dict[column] for column in columns},
        pk=model.pks[0] if len(model.pks) == 1 else tuple(model.pks),
        not_null={column.name for column in model.columns if column.notnull and column.name in columns},
        foreign_keys=[
            (key.columns[0], key.other_table, key.other_columns[0])
            for key in sorted(model.foreign_keys, key=lambda key: key.columns)
            if set(key.columns) <= set(columns)
        ],
    )


def _rows(source: Source, name: str, columns: Sequence[str]) -> Iterator[Sequence[Any]]:
    """Return the rows of a table that go with the chosen articles, in the order of its key."""
    asked = ", ".join(belonging.KIND if (name, column) == ("pages", "kind") else column for column in columns)
    order = ", ".join(source.archive.db.table(name).pks)
    query = f"SELECT {asked} FROM {name} WHERE {_TABLES[name][1]} ORDER BY {order}"  # noqa: S608 - names of ours
    return source.read(source.archive.conn.execute(query))


def _insert(copy: Database, name: str, rows: Iterator[Sequence[Any]]) -> None:
    while some := list(islice(rows, _AT_ONCE)):
        marks = ", ".join("?" * len(some[0]))
        copy.conn.executemany(f"INSERT INTO {name} VALUES ({marks})", some)  # noqa: S608 - names of ours


def _create_index_of_words(theirs: Database, copy: Database) -> None:
    """Make the archive's full-text index, empty."""
    sql = theirs.table("articles_fts").schema
    copy.execute(sql if _OF_ARTICLES in sql else f"{sql.removesuffix(')')} {_OF_ARTICLES})")
    copy.execute("INSERT INTO articles_fts(articles_fts, rank) VALUES ('rank', ?)", (f"bm25({WEIGHTS})",))


def _add_names(conn: sqlite3.Connection, article: Article) -> None:
    """Note the places and bodies that an article names, and how often."""
    found = Counter((name.kind, name.name) for name in names(f"{article.title}\n\n{article.body}"))
    rows = [(article.id, *name, mentions) for name, mentions in sorted(found.items())]
    conn.executemany("INSERT INTO names VALUES (?, ?, ?, ?)", rows)


def _indexes_and_views(theirs: Database, columns: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """Yield the definitions of the archive's indexes over columns that the copy has, and of its views."""
    sql = dict(theirs.execute("SELECT name, sql FROM sqlite_master WHERE type IN ('index', 'view')").fetchall())
    for name, here in columns.items():
        for index in sorted(theirs.table(name).indexes, key=lambda index: index.name):
            wanted = index.name in _PARTIAL_INDEXES if index.partial else set(index.columns) <= set(here)
            if wanted and sql[index.name]:  # SQLite makes those of keys by itself, and has no words for them
                yield sql[index.name]
    yield from (sql[view.name] for view in theirs.views)
