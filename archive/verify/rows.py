"""Checks the database by itself: SQLite's own checks, and what must hold between its rows."""

import sqlite3
from collections.abc import Iterator

from archive import dates
from archive.database import FILE_NAME
from archive.pages import batches
from archive.verify.report import Fault

REMAKE = "make it again from the WARC files: `thidua reparse --from-scratch` keeps the damaged file aside"
APPLY = "`thidua reparse --apply` makes it again from the records"
_MOST_LINES = 100  # of SQLite's own complaints: what follows is mostly the same again

# What must not be. Each query gives the address of a page and a few words.
_NEVER = (
    # versions: numbered from 1 without holes, the article itself being the newest
    "SELECT a.url, 'versions are not numbered from 1 to ' || a.version FROM articles a WHERE a.version != 1 + "
    "(SELECT count(*) FROM superseded WHERE article_id = a.id AND number BETWEEN 1 AND a.version - 1) "
    "OR EXISTS (SELECT 1 FROM superseded WHERE article_id = a.id AND number NOT BETWEEN 1 AND a.version - 1)",
    "SELECT a.url, 'was first captured after it was last' FROM articles a WHERE first_captured_at > last_captured_at",
    "SELECT p.url, 'is an alias and holds an article' FROM pages p JOIN articles a ON a.id = p.id "
    "WHERE p.alias_of IS NOT NULL",
    "SELECT url, 'is an alias of an alias' FROM pages p WHERE alias_of IN (SELECT id FROM pages WHERE alias_of > 0)",
    # what a capture repeats: the same payload, or, where the server said so (304), whatever it was
    "SELECT c.url, 'the capture of ' || c.captured_at || ' repeats one that holds no such payload' FROM captures c "
    "JOIN captures o ON o.id = c.revisit_of WHERE o.warc_file IS NULL OR o.revisit_of IS NOT NULL "
    "OR (c.status != 304 AND o.digest != c.digest)",
)


def check(conn: sqlite3.Connection) -> Iterator[Fault]:
    """Yield what is wrong with the database, the full-text index left aside."""
    try:
        lines = [row[0] for row in conn.execute(f"PRAGMA integrity_check({_MOST_LINES})") if row[0] != "ok"]
    except sqlite3.DatabaseError as error:
        lines = [str(error)]
    if lines:
        yield from (Fault(FILE_NAME, " ".join(line.split()), REMAKE) for line in lines)
        return  # what the rows say means nothing now
    for table, row, parent, _ in conn.execute("PRAGMA foreign_key_check"):
        yield Fault(FILE_NAME, f"row {row} of {table} refers to one of {parent} that is not there", APPLY)
    for query in _NEVER:
        yield from (Fault(FILE_NAME, problem, APPLY, url=url) for url, problem in conn.execute(query))
    yield from _dates(conn)


def _dates(conn: sqlite3.Connection) -> Iterator[Fault]:
    """Yield the articles whose date is another than their evidence gives."""
    ids = [row[0] for row in conn.execute("SELECT id FROM articles ORDER BY id")]
    for part in batches(ids):
        for article in dates.unsettled(conn, part):
            (url,) = conn.execute("SELECT url FROM articles WHERE id = ?", (article,)).fetchone()
            yield Fault(FILE_NAME, "the date is another than the lists and the page give", APPLY, url=url)
