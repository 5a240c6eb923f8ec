"""What an archive has come to, read past the program that wrote it: with plain SQLite and with warcio."""

from __future__ import annotations

import io
import re
import sqlite3
from argparse import Namespace
from collections import Counter
from contextlib import closing, redirect_stdout
from typing import TYPE_CHECKING, Any

from warcio.checker import Checker

from archive import Archive, warc
from archive.warc import Place
from pipelines import replay

if TYPE_CHECKING:
    from pathlib import Path

Rows = list[tuple[Any, ...]]

# Where a crawl ends, whatever befell it on the way: everything but moments and numbers of rows and of runs. Pages are
# told by their keys: of several spellings of one address the first to be seen stays, and which is first may vary.
END: dict[str, str] = {
    "articles": "SELECT key, title, category, published, published_source, published_earliest, published_latest, "
    "byline, lead, block_kinds, body, status, version FROM articles JOIN pages USING (id)",
    "versions": "SELECT key, number, title, body FROM versions JOIN pages ON id = article_id",
    # How deep an article lies is how deep the page lies that named it first: with several requests at a time, any.
    "pages": "SELECT key, kind, state, due, CASE WHEN kind != 'article' THEN depth END, http_status, pages.reason, "
    "redirect_to FROM pages",
    "images": "SELECT key, position, i.url, caption FROM images i JOIN pages ON id = article_id",
    "attachments": "SELECT key, position, f.url, name FROM attachments f JOIN pages ON id = article_id",
    "indexed": "SELECT key FROM articles_fts f JOIN pages ON id = f.rowid",
    "sightings": "SELECT named.key, naming.key, relation, position, title, published FROM mentions "
    "JOIN pages named ON named.id = page_id JOIN pages naming ON naming.id = seen_on_id",
}
# What follows from the WARC files: these tables, with everything in them.
DERIVED = {
    name: f"SELECT * FROM {name}"  # noqa: S608 - names from below
    for name in (
        "captures",
        "articles",
        "superseded",
        "status_changes",
        "doubts",
        "images",
        "attachments",
        "mentions",
        "edge_sites",
        "edge_blocks",
    )
}
# A run that is killed before its first answer leaves no record, only its row and the moment when it was told its start;
# one that fails because nothing can be written any more cannot write that down either.
DERIVED["pages"] = (
    "SELECT id, url, key, site, kind, state, depth, due, attempts, http_status, reason, redirect_to, alias_of, "
    "canonical_key, etag, last_modified, gone_votes, last_gone_run, dated, fetched_at, looked_run FROM pages"
)
DERIVED["witnesses"] = "SELECT * FROM witnesses WHERE said != ''"  # such a run may have left pages due for the next
DERIVED["runs"] = (
    "SELECT id, started_at, command, site, nullif(outcome, 'failed'), CASE WHEN outcome != 'failed' THEN counts END "
    "FROM runs WHERE id IN (SELECT run_id FROM captures)"
)


def rows(folder: Path, query: str) -> Rows:
    """Return what a query finds, opened as a stranger would: read-only."""
    with closing(sqlite3.connect(f"file:{folder / 'archive.db'}?mode=ro", uri=True)) as db:
        return sorted(db.execute(query).fetchall(), key=repr)


def end_state(folder: Path) -> dict[str, Rows]:
    """Return what does not depend on when, in how many runs, and from which port the archive came to be."""
    return {name: sorted(map(_portless, rows(folder, query)), key=repr) for name, query in END.items()}


def _portless(row: tuple[Any, ...]) -> tuple[Any, ...]:
    return tuple(re.sub(r"127\.0\.0\.1:\d+", "site", value) if isinstance(value, str) else value for value in row)


def tables(folder: Path) -> dict[str, Rows]:
    """Return everything that follows from the WARC files."""
    return {name: rows(folder, query) for name, query in DERIVED.items()}


def differences(found: dict[str, Rows], expected: dict[str, Rows]) -> list[str]:
    """Return a line for each row that only one side has: shorter to read than both sides."""
    lines = []
    for name, wanted in expected.items():
        more, less = Counter(map(repr, found[name])), Counter(map(repr, wanted))
        lines += [f"{name}: + {row}" for row in (more - less).elements()]
        lines += [f"{name}: - {row}" for row in (less - more).elements()]
    return lines


def rebuilt(folder: Path, into: Path) -> dict[str, Rows]:
    """Return `tables` of a database made anew, in another folder, from nothing but the WARC files."""
    into.mkdir()
    (into / warc.FOLDER).symlink_to(folder / warc.FOLDER)
    with Archive.open(into, create=True) as archive:
        replay.recover(archive)
    return tables(into)


def complaints(folder: Path) -> str:
    """Return what `warcio check` says against the archive's WARC files: nothing, where they are well-formed."""
    files = [str(folder / file) for file in warc.files(folder)]
    said = io.StringIO()
    with redirect_stdout(said):
        Checker(Namespace(inputs=files, verbose=False)).process_all()
    for file in warc.files(folder):  # warcio passes over a torn end; this does not
        for _ in warc.records(folder, file):
            pass
    return said.getvalue()


def astray(folder: Path) -> Rows:
    """Return the captures whose record is not there, is another's, or holds other bytes than their row says.

    A visit that brought no answer has no bytes: its record says why. Neither has one that was told "not modified".
    """
    query = (
        "SELECT c.id, c.url, c.digest, c.warc_file, c.warc_offset, c.warc_length, c.revisit_of, o.digest "
        "FROM captures c LEFT JOIN captures o ON o.id = c.revisit_of"
    )
    found = []
    for capture, url, digest, *place, original, repeated in rows(folder, query):
        record = warc.read(folder, Place(*place))
        empty = record.kind == "metadata" or record.block[:13].endswith(b" 304 ")
        held = "" if empty else warc.digest_of(warc.payload_of(record.block))
        same = digest in ({held, repeated} if original else {held})
        if record.url != url or not same:
            found.append((capture, url, record.kind))
    return found


def assert_sound(folder: Path) -> None:
    """Assert what must hold at any moment, a crawl running or not."""
    assert complaints(folder) == ""
    assert astray(folder) == []
    assert rows(folder, "PRAGMA integrity_check") == [("ok",)]
    assert rows(folder, "PRAGMA foreign_key_check") == []
    assert rows(folder, "SELECT id FROM articles EXCEPT SELECT rowid FROM articles_fts") == []
    assert rows(folder, "SELECT rowid FROM articles_fts EXCEPT SELECT id FROM articles") == []
