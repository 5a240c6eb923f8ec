"""What goes with the chosen articles: the lists that name them or stand under them, answers of the site, pages.

It is written down by number in tables that last as long as the connection, so that it can be asked for in SQL:
`temp.chosen_articles`, `temp.chosen_mentions`, `temp.chosen_captures` and `temp.chosen_pages`, each with an `id`.
"""

import sqlite3

from archive.export.source import Source
from archive.show import ELSEWHERE

# The columns that tell of a site, and not of the runs that asked it.
OF_PAGES = ("id", "url", "key", "site", "kind", "state", "reason", "alias_of", "dated", "first_seen_at", "fetched_at")
OF_CAPTURES = (
    *("id", "url", "page_id", "captured_at", "source", "status", "digest", "content_type", "length"),
    *("warc_file", "warc_offset", "warc_length", "revisit_of"),
)
OF_MENTIONS = (
    *("id", "page_id", "seen_on_id", "relation", "position", "title", "published"),
    *("first_seen_at", "last_seen_at"),
)

_TABLES = ("chosen_articles", "chosen_mentions", "chosen_captures", "chosen_pages")
_MENTIONS = """
INSERT INTO temp.chosen_mentions
SELECT id FROM mentions WHERE :whole OR page_id IN temp.chosen_articles OR seen_on_id IN temp.chosen_articles
"""
# The answers that an article's page and its aliases gave, those that its texts were read on, and whose bytes they
# repeat: that one repeats none itself.
_CAPTURES = (
    "SELECT id FROM captures WHERE page_id IN temp.chosen_articles",
    "SELECT c.id FROM pages p CROSS JOIN captures c ON c.page_id = p.id WHERE p.alias_of IN temp.chosen_articles",
    "SELECT version_capture_id FROM articles WHERE id IN temp.chosen_articles",
    "SELECT capture_id FROM superseded WHERE article_id IN temp.chosen_articles",
    "SELECT capture_id FROM status_changes WHERE article_id IN temp.chosen_articles",
    "SELECT revisit_of FROM captures WHERE id IN temp.chosen_captures",
)
# Where everything is chosen, articles that are known of and not stored are part of the picture.
_PAGES = (
    "SELECT id FROM temp.chosen_articles",
    "SELECT id FROM pages WHERE alias_of IN temp.chosen_articles",
    "SELECT page_id FROM mentions WHERE id IN temp.chosen_mentions",
    "SELECT seen_on_id FROM mentions WHERE id IN temp.chosen_mentions",
    "SELECT page_id FROM captures WHERE id IN temp.chosen_captures",
    "SELECT id FROM pages WHERE :whole AND kind = 'article'",
    "SELECT alias_of FROM pages WHERE id IN temp.chosen_pages",
)

# The kind of a page. An article that is stored and was not chosen is not to look like one that is missing.
_NOT_CHOSEN = "kind = 'article' AND id IN (SELECT +id FROM articles) AND id NOT IN temp.chosen_articles"
KIND = f"CASE WHEN {_NOT_CHOSEN} THEN '{ELSEWHERE}' ELSE kind END"


def note(source: Source) -> None:
    """Write down what goes with the chosen articles."""
    conn = source.archive.conn
    for table in _TABLES:
        conn.execute(f"DROP TABLE IF EXISTS temp.{table}")
        conn.execute(f"CREATE TEMP TABLE {table}(id INTEGER PRIMARY KEY)")
    conn.executemany("INSERT INTO temp.chosen_articles VALUES (?)", ((each,) for each in source.ids))
    conn.execute(_MENTIONS, {"whole": source.everything})
    for table, queries in (("chosen_captures", _CAPTURES), ("chosen_pages", _PAGES)):
        for query in queries:
            _add(conn, table, query, whole=source.everything)


def _add(conn: sqlite3.Connection, table: str, query: str, *, whole: bool) -> None:
    """Add the numbers that a query finds; it may find none, and the same again."""
    add = f"WITH found(id) AS ({query}) INSERT OR IGNORE INTO temp.{table} SELECT id FROM found WHERE id IS NOT NULL"  # noqa: S608 - ours
    conn.execute(add, {"whole": whole} if ":whole" in query else {})
