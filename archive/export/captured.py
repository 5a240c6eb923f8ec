"""Which captures go with the chosen articles, and which of them shows which text."""

import sqlite3
from collections.abc import Iterator
from typing import NamedTuple

from archive.export.source import Source
from archive.pages import batches, marks
from archive.warc import Place

_CHOSEN = "CREATE TEMP TABLE chosen(id INTEGER PRIMARY KEY)"  # undone with the transaction that the export reads in
# Status 0 is a note that there was no answer.
_ALL = "INSERT INTO chosen SELECT id FROM captures WHERE warc_file IS NOT NULL AND status != 0"
_OF_ARTICLES = (
    "INSERT OR IGNORE INTO chosen SELECT id FROM captures WHERE warc_file IS NOT NULL AND status != 0 AND page_id IN "
    "(SELECT id FROM pages WHERE id IN {0} UNION SELECT id FROM pages WHERE alias_of IN {0})"
)
_ORIGINALS = (
    "INSERT OR IGNORE INTO chosen SELECT revisit_of FROM captures JOIN chosen USING (id) WHERE revisit_of IS NOT NULL"
)
_WHOLE = (
    "SELECT count(*), ifnull(sum(warc_length), 0), ifnull(max(captured_at), '') FROM captures JOIN chosen USING (id)"
)
_CAPTURES = (
    "SELECT url, captured_at, source, status, digest, content_type, revisit_of, warc_file, warc_offset, warc_length "
    "FROM captures JOIN chosen USING (id) ORDER BY warc_file, warc_offset"
)
_TEXTS = (
    "SELECT article_id, number, title, body, url, c.captured_at FROM versions v "
    "JOIN captures c ON c.id = v.capture_id JOIN chosen ON chosen.id = c.id WHERE article_id IN {} ORDER BY number"
)
# What shows an article whose text came from an answer without a record: the first later one that said the same.
_LATER = """
SELECT a.id, a.version, a.title, a.body, c.url, c.captured_at FROM articles a JOIN captures c ON c.id = (
    SELECT id FROM captures JOIN chosen USING (id)
    WHERE page_id = a.id AND captures.status = 200 AND quarantined IS NULL AND captured_at >= a.version_captured_at
    ORDER BY captured_at LIMIT 1
) WHERE a.id IN {}
"""
_HOMES = (
    "SELECT pages.url, max(captured_at) FROM chosen JOIN captures c USING (id) JOIN pages ON pages.id = page_id "
    "WHERE kind = 'home' AND c.status = 200 GROUP BY pages.id ORDER BY pages.url"
)


class Capture(NamedTuple):
    """A capture and the place of its record."""

    url: str
    captured_at: str
    source: str
    status: int
    digest: str
    content_type: str | None
    revisit_of: int | None
    place: Place


class Text(NamedTuple):
    """A text of an article, and the capture that shows it."""

    article: int
    number: int
    title: str
    body: str
    url: str
    captured_at: str


class Whole(NamedTuple):
    """How many captures were chosen, how many bytes their records have, and when the last was made."""

    captures: int
    bytes: int
    last: str


def choose(source: Source) -> Whole:
    """Choose the captures of the articles, of their second addresses, and those whose bytes they repeat.

    Where all articles are meant, all captures are: also of the pages that lead to them. What is chosen is known to
    the other functions until the transaction ends.
    """
    conn = source.archive.conn
    conn.execute("DROP TABLE IF EXISTS temp.chosen")  # of an export before, where several share a transaction
    conn.execute(_CHOSEN)
    if source.everything:
        conn.execute(_ALL)
    for part in () if source.everything else batches(source.ids):
        conn.execute(_OF_ARTICLES.format(marks(part)), (*part, *part))
    conn.execute(_ORIGINALS)
    return Whole(*conn.execute(_WHOLE).fetchone())


def captures(conn: sqlite3.Connection) -> Iterator[Capture]:
    """Yield the chosen captures in the order in which their records lie in the WARC files."""
    for row in conn.execute(_CAPTURES):
        yield Capture._make([*row[:7], Place(*row[7:])])


def texts(source: Source) -> Iterator[list[Text]]:
    """Yield the texts of each article that a chosen capture shows, the oldest first; an empty list for none."""
    for part in batches(source.ids):
        found: dict[int, list[Text]] = {article: [] for article in part}
        for row in source.archive.conn.execute(_TEXTS.format(marks(part)), part):
            found[row[0]].append(Text(*row))
        bare = [article for article, texts in found.items() if not texts]
        for row in source.archive.conn.execute(_LATER.format(marks(bare)), bare):
            found[row[0]].append(Text(*row))
        yield from found.values()


def homes(conn: sqlite3.Connection) -> list[tuple[str, str]]:
    """Return the address of each home page among them, and when it was last captured."""
    return conn.execute(_HOMES).fetchall()
