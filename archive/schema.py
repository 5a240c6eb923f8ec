"""The tables of `archive.db`, as named migrations: each runs once, in one transaction with its row in the ledger."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import quote

from archive.views import VIEWS

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable

    from sqlite_utils import Database

    Migration = Callable[[Database], None]

APPLICATION_ID = 0x74444B54  # "tDKT", thi đua – khen thưởng: `file` and other programs can tell whose database it is
PUBLIC_COPY = 1  # the `user_version` of what `archive.export.sqlite` makes; an archive's own file has 0

WEIGHTS = "8.0, 1.0, 2.0, 8.0, 1.0, 2.0"  # of the columns of articles_fts: a title's words say most

_MIGRATIONS: list[Migration] = []
_SET = "thidua"  # whose they are in the ledger: other programs may keep tables of their own beside ours
LEDGER = "_sqlite_migrations"  # of sqlite-utils


def names() -> set[str]:
    """Return the names of all migrations this version knows."""
    return {migration.__name__ for migration in _MIGRATIONS}


def applied(conn: sqlite3.Connection) -> set[str]:
    """Return the names of the migrations that a database has had."""
    if not conn.execute("SELECT 1 FROM sqlite_master WHERE name = ?", (LEDGER,)).fetchone():
        return set()
    return {row[0] for row in conn.execute(f"SELECT name FROM {LEDGER} WHERE migration_set = ?", (_SET,))}  # noqa: S608 - our name


def apply(db: Database) -> None:
    """Apply the migrations that a database has not had."""
    from sqlite_utils.migrations import Migrations  # noqa: PLC0415 - as in `archive.database`

    migrations = Migrations(_SET)
    for migration in _MIGRATIONS:
        migrations()(migration)
    migrations.apply(db)


def _migration(migration: Migration) -> Migration:
    """Make a function a migration, to be applied after those above it."""
    _MIGRATIONS.append(migration)
    return migration


@_migration
def m001_runs_and_pages(db: Database) -> None:
    """Runs, and the frontier: every page known of, with what is known about it."""
    db.table("runs").create(
        {"id": int, "started_at": str, "finished_at": str, "command": str, "outcome": str, "counts": str},
        pk="id",
        not_null={"started_at", "command"},
    )
    db.table("pages").create(
        {
            "id": int,  # in order of discovery
            "url": str,
            "key": str,  # the page's identity: all spellings of its address share it
            "site": str,
            "kind": str,  # article, listing, section, home, other, alias …
            "state": str,  # known, fetched, gone, failed, blocked
            "depth": int,  # menu links away from a start URL
            "due": int,  # 1 where a crawl is to ask for it, 2 where it is to ask again at once, under another address
            "attempts": int,  # in vain, since the last answer
            "http_status": int,
            "reason": str,  # why it is gone, failed or blocked
            "redirect_to": str,  # where its last answer pointed to
            "alias_of": int,  # the page that holds the article this is a second address of
            "canonical_key": str,  # the key of the page it calls its canonical address
            "etag": str,
            "last_modified": str,
            "gone_votes": int,  # runs in a row that saw a soft 404 or a redirect to the home page
            "last_gone_run": int,
            "dated": str,  # its date as lists and the page itself say: what bounds its neighbours
            "first_seen_at": str,
            "fetched_at": str,
        },
        pk="id",
        not_null={"url", "key", "site", "kind", "state", "depth", "due", "attempts", "gone_votes", "first_seen_at"},
        defaults={"state": "known", "depth": 0, "due": 1, "attempts": 0, "gone_votes": 0},
        foreign_keys=[("alias_of", "pages", "id")],
    )
    db.table("pages").create_index(["url"], unique=True)
    db.table("pages").create_index(["key"], unique=True)
    # The frontier's question, "what is due, in order of discovery", is a walk along one of these.
    db.execute("CREATE INDEX pages_due ON pages(site) WHERE due = 1")
    db.execute("CREATE INDEX pages_due_again ON pages(site) WHERE due = 2")
    db.execute("CREATE INDEX pages_canonical ON pages(canonical_key) WHERE canonical_key IS NOT NULL")
    db.execute("CREATE INDEX pages_alias ON pages(alias_of) WHERE alias_of IS NOT NULL")


@_migration
def m002_captures(db: Database) -> None:
    """Every response: when, from where, and which WARC record holds it."""
    db.table("captures").create(
        {
            "id": int,
            "url": str,  # as requested
            "page_id": int,
            "captured_at": str,
            "source": str,  # live, wayback, warc, mirror
            "status": int,
            "digest": str,
            "content_type": str,
            "length": int,  # bytes of payload
            "location": str,
            "run_id": int,
            "warc_file": str,
            "warc_offset": int,
            "warc_length": int,
        },
        pk="id",
        not_null={"url", "page_id", "captured_at", "source", "status", "digest"},
        foreign_keys=[("page_id", "pages", "id"), ("run_id", "runs", "id")],
    )
    db.table("captures").create_index(["page_id", "captured_at"])


@_migration
def m003_articles(db: Database) -> None:
    """Articles, their versions, pictures and attached files. The body comes last: queries without it stay cheap.

    An article is its own newest version; only texts that another one followed are kept apart, and the view `versions`
    shows both. So an article that never changed, as most do, is stored once.
    """
    db.table("articles").create(
        {
            "id": int,  # that of its page
            "site": str,
            "url": str,
            "category": str,
            "title": str,
            "published": str,
            "published_source": str,  # list, page, text
            "published_earliest": str,  # bounds that the neighbours in the chain give
            "published_latest": str,
            "published_disputed": str,  # other dates that lists give, parted by commas
            "bounds_disputed": int,  # 1 where the neighbours contradict each other
            "page_date": str,
            "text_date": str,
            "status": str,  # live, gone
            "first_captured_at": str,
            "last_captured_at": str,
            "version": int,  # the number of the text below, from 1
            "version_captured_at": str,  # when it was first seen
            "version_capture_id": int,
            "byline": str,
            "lead": str,
            "block_kinds": str,  # one letter a block of the body
            "body": str,
        },
        pk="id",
        not_null={"site", "url", "category", "title", "status", "byline", "lead", "block_kinds", "body"},
        defaults={"bounds_disputed": 0, "status": "live", "version": 1, "byline": "", "lead": ""},
        foreign_keys=[("id", "pages", "id"), ("version_capture_id", "captures", "id")],
    )
    db.table("articles").create_index(["site", "category", "published"])
    db.execute("CREATE INDEX articles_gone ON articles(id) WHERE status = 'gone'")
    db.execute(
        "CREATE INDEX articles_disputed ON articles(id) WHERE published_disputed IS NOT NULL OR bounds_disputed = 1"
    )
    db.table("superseded").create(
        {
            "article_id": int,
            "number": int,
            "captured_at": str,
            "title": str,
            "capture_id": int,
            "block_kinds": str,
            "body": str,
        },
        pk=("article_id", "number"),
        not_null={"captured_at", "title", "body", "block_kinds"},
        foreign_keys=[("article_id", "articles", "id"), ("capture_id", "captures", "id")],
    )
    db.create_view(
        "versions",
        "SELECT article_id, number, captured_at, title, capture_id, block_kinds, body FROM superseded UNION ALL "
        "SELECT id, version, version_captured_at, title, version_capture_id, block_kinds, body FROM articles",
    )
    for table, words in (("images", "caption"), ("attachments", "name")):
        db.table(table).create(
            {"article_id": int, "position": int, "url": str, words: str},
            pk=("article_id", "position"),
            not_null={"url", words},
            foreign_keys=[("article_id", "articles", "id")],
        )


@_migration
def m004_sightings(db: Database) -> None:
    """Every time some page named another. A new title or date is a new row, so that what was once said stays.

    There are eight or more to an article: they are kept with numbers for pages, and shown with addresses.
    """
    db.table("mentions").create(
        {
            "id": int,
            "page_id": int,
            "seen_on_id": int,
            "relation": str,  # newer, older, listing: how the page stands to the one it is seen on
            "position": int,
            "title": str,
            "published": str,
            "first_seen_at": str,
            "last_seen_at": str,
        },
        pk="id",
        not_null={"page_id", "seen_on_id", "relation", "position", "title", "first_seen_at", "last_seen_at"},
        foreign_keys=[("page_id", "pages", "id"), ("seen_on_id", "pages", "id")],
    )
    db.table("mentions").create_index(["page_id"])
    db.table("mentions").create_index(["seen_on_id"])
    db.create_view(
        "sightings",
        "SELECT named.url AS url, naming.url AS seen_on, m.relation, m.position, m.title, m.published, "
        "m.first_seen_at, m.last_seen_at FROM mentions m "
        "JOIN pages named ON named.id = m.page_id JOIN pages naming ON naming.id = m.seen_on_id",
    )


@_migration
def m005_search(db: Database) -> None:
    """Full text, each column twice: as written (`archive.folding.exact`) and without marks (`folded`).

    The index holds no second copy of the text (`content=''`), so rows are removed with FTS5's 'delete' command.
    """
    db.execute(
        "CREATE VIRTUAL TABLE articles_fts USING fts5("
        "title, body, byline, title_folded, body_folded, byline_folded, "
        "content='', tokenize=\"unicode61 remove_diacritics 0\")"
    )
    db.execute("INSERT INTO articles_fts(articles_fts, rank) VALUES ('rank', ?)", (f"bm25({WEIGHTS})",))


@_migration
def m006_boilerplate(db: Database) -> None:
    """How often short blocks stand at the head and tail of a site's articles (`archive.boilerplate`)."""
    db.table("edge_sites").create(
        {"site": str, "articles": int, "trimmed_with": str},  # a digest of what the last retrim knew
        pk="site",
        not_null={"articles", "trimmed_with"},
        defaults={"articles": 0, "trimmed_with": ""},
    )
    db.table("edge_blocks").create(
        {"site": str, "place": str, "digest": str, "pages": int},
        pk=("site", "place", "digest"),
        not_null={"pages"},
    )


@_migration
def m007_records(db: Database) -> None:
    """Where a capture's bytes are, and what is held against it; which site a run was for.

    What was fetched before raw bytes were kept is due again: without these a text cannot be verified.
    """
    db.execute("ALTER TABLE captures ADD COLUMN revisit_of INTEGER REFERENCES captures(id)")  # whose bytes it repeats
    db.execute("ALTER TABLE captures ADD COLUMN quarantined TEXT")  # why what was read on it is not believed
    db.execute("ALTER TABLE runs ADD COLUMN site TEXT")
    db.execute("CREATE INDEX captures_payload ON captures(digest) WHERE warc_file IS NOT NULL AND revisit_of IS NULL")
    db.execute("CREATE INDEX captures_place ON captures(warc_file, warc_offset)")
    db.execute("CREATE INDEX captures_quarantined ON captures(page_id) WHERE quarantined IS NOT NULL")
    db.execute(
        "UPDATE pages SET due = 1, etag = NULL, last_modified = NULL WHERE state = 'fetched' AND alias_of IS NULL "
        "AND id IN (SELECT page_id FROM captures WHERE source = 'live' AND warc_file IS NULL)"
    )


@_migration
def m009_status_changes(db: Database) -> None:
    """When an article was found gone and when it was back: another answer of the site cannot tell of an earlier one."""
    db.table("status_changes").create(
        {
            "id": int,
            "article_id": int,
            "captured_at": str,
            "status": str,  # gone; live, when it was back
            "reason": str,  # what the site answered: HTTP 404 …
            "capture_id": int,
        },
        pk="id",
        not_null={"article_id", "captured_at", "status", "reason"},
        foreign_keys=[("article_id", "articles", "id"), ("capture_id", "captures", "id")],
    )
    db.table("status_changes").create_index(["article_id"])


@_migration
def m010_doubts(db: Database) -> None:
    """What was read in an article's place and is nothing like it (`archive.doubts`)."""
    columns = {"page_id": int, "digest": str, "run_id": int}  # of title and body; when it was first read
    keys = [("page_id", "pages", "id"), ("run_id", "runs", "id")]
    db.table("doubts").create(columns, pk="page_id", not_null={"digest"}, foreign_keys=keys)
    db.table("doubts").create_index(["digest"])


@_migration
def m011_captures_of_a_run(db: Database) -> None:
    """What a run has read so far, found without reading every capture (`archive.health`)."""
    db.execute("CREATE INDEX captures_run ON captures(run_id)")


@_migration
def m008_recheck(db: Database) -> None:
    """Which run last had an answer for a page; what later runs ask for again, found without reading every page.

    `archive.rotation` walks along `pages_rotation`; its last column scatters the pages of one run.
    """
    db.execute("ALTER TABLE pages ADD COLUMN looked_run INTEGER")
    db.execute(
        "UPDATE pages SET looked_run = "
        "(SELECT run_id FROM captures WHERE page_id = pages.id ORDER BY captured_at DESC, id DESC LIMIT 1) "
        "WHERE state IN ('fetched', 'gone')"
    )
    db.execute(
        "CREATE INDEX pages_rotation ON pages(site, kind, looked_run, (id * 2654435761 % 4294967296)) "
        "WHERE due = 0 AND state IN ('fetched', 'gone')"
    )
    db.execute("CREATE INDEX pages_unwell ON pages(site) WHERE state IN ('failed', 'blocked') OR gone_votes > 0")
    db.execute(
        "CREATE INDEX pages_unread ON pages(site) "
        "WHERE kind = 'article' AND state = 'fetched' AND (reason IS NOT NULL OR http_status >= 300)"
    )
    db.execute("CREATE INDEX pages_gone ON pages(site) WHERE state = 'gone'")
    db.execute("CREATE INDEX pages_doors ON pages(site, kind) WHERE kind IN ('home', 'section') OR depth = 0")
    # What a listing named when it was last read, of all that it ever named.
    db.execute("CREATE INDEX mentions_listed ON mentions(seen_on_id, last_seen_at) WHERE relation = 'listing'")


@_migration
def m012_views(db: Database) -> None:
    """What researchers ask for first, as views (`archive.views`)."""
    for name, sql in VIEWS.items():
        db.create_view(name, sql)


@_migration
def m013_by_day(db: Database) -> None:
    """Articles of all categories by day, found without reading them."""
    db.execute("CREATE INDEX articles_published ON articles(published, category)")


@_migration
def m014_last_run(db: Database) -> None:
    """Which run a list last said something in: a clock may be wrong, and runs follow one another."""
    db.execute("ALTER TABLE mentions ADD COLUMN last_run INTEGER")
    db.execute("UPDATE mentions SET last_run = (SELECT max(id) FROM runs WHERE started_at <= mentions.last_seen_at)")
    db.execute("DROP INDEX mentions_listed")
    db.execute("CREATE INDEX mentions_listed ON mentions(seen_on_id, last_run) WHERE relation = 'listing'")


@_migration
def m015_witnesses(db: Database) -> None:
    """What became of known articles that a run asked for (`archive.witnesses`); articles found by their title."""
    columns = {"run_id": int, "page_id": int, "said": str}
    keys = [("page_id", "pages", "id")]
    db.table("witnesses").create(columns, pk=("run_id", "page_id"), not_null={"said"}, foreign_keys=keys)
    db.execute(
        "INSERT OR IGNORE INTO witnesses SELECT run_id, page_id, 'another' FROM captures "
        "WHERE quarantined IS NOT NULL AND run_id IN (SELECT run_id FROM doubts) "
        "AND page_id IN (SELECT id FROM articles)"
    )
    db.execute("CREATE INDEX articles_title ON articles(title)")


@_migration
def m016_accepts(db: Database) -> None:
    """Whether a person told a run to take the site as it is (`thidua crawl --accept`)."""
    db.execute("ALTER TABLE runs ADD COLUMN accepts INTEGER NOT NULL DEFAULT 0")


@_migration
def m017_sources(db: Database) -> None:
    """Files and folders that captures were brought in from; what tells two looks at a site apart, crawled or not."""
    db.table("sources").create(
        {
            "id": int,
            "run_id": int,
            "kind": str,  # warc, mirror
            "path": str,  # absolute
            "inside": str,  # its name within a WACZ
            "digest": str,  # of a file its SHA-256; of a folder that of its listing
            "bytes": int,
            "copied": int,  # 1 where its records are in the archive's own WARC files
            "reached": str,  # how far copying has come
            "complete": int,  # 1 once all of it is in the log
            "captures": int,  # pages taken
            "left_out": str,  # JSON: how many records for which reason
            "hosts": str,  # JSON: whose pages were taken
        },
        pk="id",
        not_null={
            "run_id",
            "kind",
            "path",
            "inside",
            "digest",
            "bytes",
            "copied",
            "reached",
            "complete",
            "captures",
            "left_out",
            "hosts",
        },
        defaults={"inside": "", "copied": 0, "reached": "", "complete": 0, "captures": 0},
        foreign_keys=[("run_id", "runs", "id")],
    )
    db.table("sources").create_index(["digest"])
    db.execute("CREATE TABLE doubts_17 AS SELECT page_id, digest, run_id AS occasion FROM doubts")
    db.execute("DROP TABLE doubts")
    columns = {"page_id": int, "digest": str, "occasion": int}  # as in `archive.models.Observation`
    db.table("doubts").create(columns, pk="page_id", not_null={"digest"}, foreign_keys=[("page_id", "pages", "id")])
    db.execute("INSERT INTO doubts SELECT page_id, digest, ifnull(occasion, 0) FROM doubts_17")
    db.execute("DROP TABLE doubts_17")
    db.table("doubts").create_index(["digest"])


@_migration
def m018_cdx(db: Database) -> None:
    """What web archives offer of a site, and how far each of their lists has been read (`archive.cdx`)."""
    columns = {
        "id": int,
        "server": str,  # the address of the CDX server
        "url": str,
        "key": str,  # that of `pages`; the page need not be known
        "captured_at": str,
        "status": int,  # of HTTP; 0 where the server does not say
        "mime": str,
        "digest": str,
        "state": str,  # offered, kept, failed, left
        "reason": str,  # why it failed, or is left
        "turn": int,  # what is asked for first: 0, then 1 …
        "tries": int,
    }
    begin = {"state": "offered", "reason": "", "turn": 0, "tries": 0}
    db.table("cdx").create(columns, pk="id", not_null=columns.keys() - {"id"}, defaults=begin)
    db.table("cdx").create_index(["server", "url", "captured_at"], unique=True)
    db.table("cdx").create_index(["server", "key", "captured_at"])
    db.execute("CREATE INDEX cdx_asked ON cdx(server, turn, captured_at DESC) WHERE state IN ('offered', 'failed')")
    db.table("cdx_queries").create(
        {"server": str, "query": str, "cursor": str, "finished_at": str},
        pk=("server", "query"),
        not_null={"cursor"},
    )


@_migration
def m019_escapes(db: Database) -> None:
    """Keys of pages in which an address's escapes have one form: `X%c3%a3` and the letters themselves are one page.

    Where both were known as pages of their own, the second keeps its key, until `thidua reparse` makes one of them.
    """
    rows = db.execute("SELECT id, key FROM pages WHERE key GLOB '*[^ -~]*' OR key GLOB '*%*'").fetchall()
    for page, key in rows:
        path, mark, query = key.partition("?")
        folded = re.sub(r"%([0-9a-fA-F]{2})|[^\x21-\x7e]", _escaped, path) + mark + query
        if folded != key:
            db.execute("UPDATE OR IGNORE pages SET key = ? WHERE id = ?", (folded, page))


def _escaped(found: re.Match[str]) -> str:
    """Return an escape, or what should be one, as RFC 3986 §6.2.2 has it."""
    sign = chr(int(found[1], 16)) if found[1] else ""
    if not sign:
        return quote(found[0], safe="", errors="surrogatepass")
    return sign if re.fullmatch(r"[A-Za-z0-9._~-]", sign) else found[0].upper()
