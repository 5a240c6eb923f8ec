"""Checks the full-text index: that it is sound, and that it holds the words of the articles and no others.

The index keeps no text, and its own check wants to write. So it is copied into a temporary database, where a second one
is made from the articles; then the two are read side by side, word by word.
"""

import sqlite3
from collections.abc import Iterator
from itertools import chain, zip_longest

from archive import fulltext
from archive.database import FILE_NAME
from archive.verify.report import Fault
from archive.verify.rows import APPLY

_PARTS = ("data", "idx", "docsize", "config")  # the tables behind an index
_COLUMNS = ("title", "body", "byline", "title_folded", "body_folded", "byline_folded")
_AT_ONCE = 20_000  # words compared in one go
_OPTIONS = "content='', tokenize=\"unicode61 remove_diacritics 0\""

_Instance = tuple[str, int, str, int]


def check(conn: sqlite3.Connection) -> Iterator[Fault]:
    """Yield what is wrong with the index. `conn` may be read-only, and must not be in a transaction.

    Raises:
        sqlite3.Error: a temporary file cannot be written.
    """
    conn.execute("PRAGMA temp_store = FILE")  # it is as large as the index
    conn.execute("ATTACH '' AS scratch")
    conn.execute("BEGIN")
    try:
        yield from _check(conn)
    finally:
        conn.rollback()


def _check(conn: sqlite3.Connection) -> Iterator[Fault]:
    try:
        _copy(conn)
        conn.execute("INSERT INTO scratch.copied(copied) VALUES ('integrity-check')")
    except sqlite3.DatabaseError as error:
        if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_CORRUPT:
            raise
        yield Fault(FILE_NAME, "the full-text index is damaged", APPLY)
        return
    absent = {row[0] for row in conn.execute(_ABSENT)}
    odd = {row[0] for row in conn.execute(_ODD)}
    _make(conn)
    other = {article for article in _unequal(conn) if article not in absent | odd}
    for articles, problem in ((absent, _NOT_INDEXED), (odd, _NO_ARTICLE), (other, _OTHER_WORDS)):
        for article in sorted(articles):
            row = conn.execute("SELECT url FROM main.pages WHERE id = ?", (article,)).fetchone()
            yield Fault(FILE_NAME, problem.format(article), APPLY, url=row[0] if row else "")


_ABSENT = "SELECT id FROM main.articles EXCEPT SELECT id FROM scratch.copied_docsize"
_ODD = "SELECT id FROM scratch.copied_docsize EXCEPT SELECT id FROM main.articles"
_NOT_INDEXED = "article {} is not in the full-text index"
_NO_ARTICLE = "the full-text index has an article {} that is not there"
_OTHER_WORDS = "the full-text index has other words of article {} than it says"


def _copy(conn: sqlite3.Connection) -> None:
    names = ", ".join(_COLUMNS)
    for name in ("copied", "wanted"):
        conn.execute(f"CREATE VIRTUAL TABLE scratch.{name} USING fts5({names}, {_OPTIONS})")
    for part in _PARTS:
        conn.execute(f"DELETE FROM scratch.copied_{part}")  # noqa: S608 - names from above
        conn.execute(f"INSERT INTO scratch.copied_{part} SELECT * FROM main.articles_fts_{part}")  # noqa: S608 - the same


def _make(conn: sqlite3.Connection) -> None:
    """Make the index that there should be."""
    articles = conn.execute("SELECT id, title, body, byline FROM main.articles ORDER BY id")
    conn.executemany(_ADD, (fulltext.row(*article) for article in articles))


_ADD = f"INSERT INTO scratch.wanted(rowid, {', '.join(_COLUMNS)}) VALUES (?, ?, ?, ?, ?, ?, ?)"  # noqa: S608 - ours


def _unequal(conn: sqlite3.Connection) -> set[int]:
    """Return the articles of which the two indexes have different words."""
    copied, wanted = _words(conn, "copied"), _words(conn, "wanted")
    nothing: list[_Instance] = []
    for one, other in zip_longest(copied, wanted, fillvalue=nothing):
        if one != other:
            return _apart(chain(one, chain.from_iterable(copied)), chain(other, chain.from_iterable(wanted)))
    return set()


def _apart(one: Iterator[_Instance], other: Iterator[_Instance]) -> set[int]:
    """Return the articles of the words that are in one of two sorted streams only."""
    found: set[int] = set()
    left, right = next(one, None), next(other, None)
    while left is not None or right is not None:
        if left == right:
            left, right = next(one, None), next(other, None)
        elif left is not None and (right is None or _order(left) < _order(right)):
            found.add(left[1])
            left = next(one, None)
        elif right is not None:
            found.add(right[1])
            right = next(other, None)
    return found


def _order(word: _Instance) -> tuple[str, int, int, int]:
    return word[0], word[1], _COLUMNS.index(word[2]), word[3]


def _words(conn: sqlite3.Connection, name: str) -> Iterator[list[_Instance]]:
    conn.execute(f"CREATE VIRTUAL TABLE temp.{name}_words USING fts5vocab('scratch', '{name}', 'instance')")
    cursor = conn.execute(f"SELECT term, doc, col, offset FROM temp.{name}_words")  # noqa: S608 - our names
    while portion := cursor.fetchmany(_AT_ONCE):
        yield portion
