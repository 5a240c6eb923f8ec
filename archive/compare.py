"""What is different in an archive that was made again from the WARC files, seen from the one there is.

Pages have the same ids in both (`archive.renewal.remember`), and so have articles. Each question is one query over both
databases, whose rows are counted as they come; only a few are kept to be shown.
"""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

EXAMPLES = 3


@dataclass(frozen=True, slots=True)
class Example:
    """One thing that differs. `id` and `url` are the article's or page's; texts are empty where there is none."""

    id: int
    url: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Difference:
    """One kind of difference: how often it occurs, and the first few of them. `what` is a key of `WHATS`."""

    what: str
    count: int
    examples: tuple[Example, ...]


# For each kind of difference what it is called where there is one and where there are many.
WHATS = {
    "appearing": ("article would appear", "articles would appear"),
    "disappearing": ("article would disappear", "articles would disappear"),
    "title": ("title would change", "titles would change"),
    "date": ("date would change", "dates would change"),
    "body": ("text would change", "texts would change"),
    "lead": ("lead would change", "leads would change"),
    "byline": ("byline would change", "bylines would change"),
    "category": ("category would change", "categories would change"),
    "layout": ("text would be divided otherwise", "texts would be divided otherwise"),
    "status": ("status would change", "statuses would change"),
    "versions": ("article would have other versions", "articles would have other versions"),
    "images": ("article would have other pictures", "articles would have other pictures"),
    "attachments": ("article would have other files", "articles would have other files"),
    "kind": ("page would be of another kind", "pages would be of another kind"),
    "state": ("page would be in another state", "pages would be in another state"),
    "found": ("page would become known", "pages would become known"),
    "forgotten": ("page would not be known any more", "pages would not be known any more"),
    "sighting": ("entry of a list would appear", "entries of lists would appear"),
    "unsighted": ("entry of a list would disappear", "entries of lists would disappear"),
    "doubted": ("capture would be held in doubt or not", "captures would be held in doubt or not"),
    "lost": ("capture could not be read again", "captures could not be read again"),
}
_DATE = "ifnull({0}.published || ' (' || {0}.published_source || ')', '')"
_BOTH = "FROM main.articles n JOIN old.articles o ON o.id = n.id WHERE "
_FILES = (
    "(SELECT group_concat(url || ' ' || {words}, char(10)) FROM "
    "(SELECT url, {words} FROM {schema}.{table} WHERE article_id = n.id ORDER BY position))"
)
_TEXTS = (
    "(SELECT group_concat(number || ': ' || title || char(10) || body, char(10)) FROM "
    "(SELECT number, title, body FROM {schema}.superseded WHERE article_id = n.id ORDER BY number))"
)
_ENTRIES = """
SELECT d.page_id, p.url, {before}, {after} FROM (
    SELECT page_id, seen_on_id, relation, title, published FROM {one}.mentions
    EXCEPT SELECT page_id, seen_on_id, relation, title, published FROM {other}.mentions
) d JOIN {one}.pages p ON p.id = d.page_id
"""


def _column(name: str) -> str:
    return f"SELECT n.id, n.url, o.{name}, n.{name} {_BOTH} n.{name} IS NOT o.{name} ORDER BY n.id"


def _files(table: str, words: str) -> str:
    old, new = (_FILES.format(schema=schema, table=table, words=words) for schema in ("old", "main"))
    return f"SELECT n.id, n.url, ifnull({old}, ''), ifnull({new}, '') {_BOTH} {new} IS NOT {old} ORDER BY n.id"


def _only(one: str, other: str, columns: str, table: str) -> str:
    return f"SELECT {columns} FROM {one}.{table} WHERE id NOT IN (SELECT id FROM {other}.{table}) ORDER BY id"  # noqa: S608 - ours


def _page(name: str) -> str:
    return (
        f"SELECT n.id, n.url, o.{name}, n.{name} FROM main.pages n JOIN old.pages o ON o.id = n.id "  # noqa: S608 - ours
        f"WHERE n.{name} != o.{name} ORDER BY n.id"
    )


# The same capture may stand in another record now: in a copy, or in a file that has moved.
_LOST = (
    "FROM old.captures o WHERE o.warc_file IS NOT NULL AND NOT EXISTS (SELECT 1 FROM main.captures n "
    "WHERE n.warc_file = o.warc_file AND n.warc_offset = o.warc_offset) AND NOT EXISTS (SELECT 1 FROM main.captures n "
    "WHERE n.page_id = o.page_id AND n.captured_at = o.captured_at AND n.digest = o.digest)"
)
_QUERIES = {
    "appearing": _only("main", "old", "id, url, '', title", "articles"),
    "disappearing": _only("old", "main", "id, url, title, ''", "articles"),
    "title": _column("title"),
    "date": f"SELECT n.id, n.url, {_DATE.format('o')}, {_DATE.format('n')} {_BOTH}"
    "(n.published, n.published_source) IS NOT (o.published, o.published_source) ORDER BY n.id",
    "body": _column("body"),
    "lead": _column("lead"),
    "byline": _column("byline"),
    "category": _column("category"),
    "layout": f"SELECT n.id, n.url, o.block_kinds, n.block_kinds {_BOTH} n.block_kinds != o.block_kinds "
    "AND n.body = o.body ORDER BY n.id",
    "status": _column("status"),
    "versions": f"SELECT n.id, n.url, o.version, n.version {_BOTH} n.version != o.version "
    f"OR {_TEXTS.format(schema='main')} IS NOT {_TEXTS.format(schema='old')} ORDER BY n.id",
    "images": _files("images", "caption"),
    "attachments": _files("attachments", "name"),
    "kind": _page("kind"),
    "state": _page("state"),
    "found": _only("main", "old", "id, url, '', kind", "pages"),
    "forgotten": _only("old", "main", "id, url, kind, ''", "pages"),
    "sighting": _ENTRIES.format(before="''", after="d.title", one="main", other="old"),
    "unsighted": _ENTRIES.format(before="d.title", after="''", one="old", other="main"),
    "doubted": "SELECT n.page_id, n.url, ifnull(o.quarantined, ''), ifnull(n.quarantined, '') FROM main.captures n "
    "JOIN old.captures o ON o.warc_file = n.warc_file AND o.warc_offset = n.warc_offset "
    "WHERE n.quarantined IS NOT o.quarantined ORDER BY n.id",
    "lost": f"SELECT o.page_id, o.url, o.warc_file || ' at byte ' || o.warc_offset, '' {_LOST} ORDER BY o.id",
}


def compare(conn: sqlite3.Connection, examples: int = EXAMPLES) -> Iterator[Difference]:
    """Yield each kind of difference that there is, in the order of `WHATS`.

    Args:
        conn: a connection to the new archive, with the one there is attached to it as `old`.
        examples: how many of a kind to keep.
    """
    conn.execute("PRAGMA temp_store = FILE")  # of an archive of any size
    for what in WHATS:
        cursor = conn.execute(_QUERIES[what])
        first = [Example(row[0], row[1], *map(str, row[2:])) for row in islice(cursor, examples)]
        count = len(first) + sum(1 for _ in cursor)
        if count:
            yield Difference(what, count, tuple(first))


def lost(conn: sqlite3.Connection) -> Iterator[tuple[str, str]]:
    """Yield address and source of each capture that could not be read again."""
    yield from conn.execute(f"SELECT o.url, o.source {_LOST}")


def lost_crawled(conn: sqlite3.Connection) -> int:
    """Return how many answers to crawls could not be read again."""
    return int(conn.execute(f"SELECT count(*) {_LOST} AND o.source = 'live'").fetchone()[0])


def only_in_old_texts(conn: sqlite3.Connection) -> tuple[int, int]:
    """Return how many articles were read before records were kept and never since; and how many had another text then.

    Neither can be read again.
    """
    never, earlier = (int(conn.execute(query).fetchone()[0]) for query in (_NEVER_SINCE, _EARLIER))
    return never, earlier


_NEVER_SINCE = """
SELECT count(*) FROM old.articles WHERE id NOT IN (SELECT id FROM main.articles)
    AND EXISTS (SELECT 1 FROM old.captures WHERE page_id = articles.id AND warc_file IS NULL)
"""
_EARLIER = (
    "SELECT count(DISTINCT s.article_id) FROM old.superseded s JOIN old.captures c ON c.id = s.capture_id "
    "WHERE c.warc_file IS NULL"
)
