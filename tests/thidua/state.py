"""What an archive has come to, read past the program that wrote it: with plain SQLite and with warcio."""

from __future__ import annotations

import io
import sqlite3
from argparse import Namespace
from contextlib import closing, redirect_stdout
from typing import TYPE_CHECKING, Any

from warcio.checker import Checker

from archive import Archive, warc
from archive.warc import Place
from pipelines import replay
from pipelines.store import observation

if TYPE_CHECKING:
    from pathlib import Path

Rows = list[tuple[Any, ...]]

# Where a crawl ends, whatever befell it on the way: everything but moments, numbers of rows and of runs.
END: dict[str, str] = {
    "articles": "SELECT url, title, category, published, published_source, published_earliest, published_latest, "
    "byline, lead, block_kinds, body, status, version FROM articles",
    "versions": "SELECT a.url, v.number, v.title, v.body FROM versions v JOIN articles a ON a.id = v.article_id",
    "pages": "SELECT url, kind, state, due, depth, http_status, reason, redirect_to FROM pages",
    "sightings": "SELECT url, seen_on, relation, position, title, published FROM sightings",
    "images": "SELECT a.url, i.position, i.url, i.caption FROM images i JOIN articles a ON a.id = i.article_id",
    "attachments": "SELECT a.url, f.position, f.url, f.name FROM attachments f JOIN articles a ON a.id = f.article_id",
    "indexed": "SELECT a.url FROM articles_fts f JOIN articles a ON a.id = f.rowid",
}
# What follows from the WARC files: these tables, with everything in them.
DERIVED = (
    "pages",
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
_LEFT_RECORDS = "SELECT * FROM runs WHERE id IN (SELECT run_id FROM captures)"


def rows(folder: Path, query: str) -> Rows:
    """Return what a query finds, opened as a stranger would: read-only."""
    with closing(sqlite3.connect(f"file:{folder / 'archive.db'}?mode=ro", uri=True)) as db:
        return sorted(db.execute(query).fetchall(), key=repr)


def end_state(folder: Path) -> dict[str, Rows]:
    """Return what does not depend on when and in how many runs the archive came to be."""
    return {name: rows(folder, query) for name, query in END.items()}


def tables(folder: Path) -> dict[str, Rows]:
    """Return everything that follows from the WARC files; of the runs those that left records."""
    return {**{name: rows(folder, f"SELECT * FROM {name}") for name in DERIVED}, "runs": rows(folder, _LEFT_RECORDS)}  # noqa: S608 - names from above


def rebuilt(folder: Path, into: Path) -> dict[str, Rows]:
    """Return `tables` of a database made anew, in another folder, from nothing but the WARC files."""
    into.mkdir()
    (into / warc.FOLDER).symlink_to(folder / warc.FOLDER)
    with Archive.open(into, create=True) as archive:
        replay.recover(archive, observation)
    return tables(into)


def complaints(folder: Path) -> str:
    """Return what `warcio check` says against the archive's WARC files: nothing, where they are whole and well-formed."""
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

    A visit that brought no answer has no bytes: its record says why.
    """
    query = (
        "SELECT c.id, c.url, c.digest, c.warc_file, c.warc_offset, c.warc_length, ifnull(o.digest, '') "
        "FROM captures c LEFT JOIN captures o ON o.id = c.revisit_of"
    )
    found = []
    for capture, url, digest, *place, repeated in rows(folder, query):
        record = warc.read(folder, Place(*place))
        held = repeated if record.kind == "revisit" and repeated == digest else warc.digest_of(warc.payload_of(record.block))
        if record.url != url or (record.kind != "metadata" and digest != held) or (not digest) != (record.kind == "metadata"):
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
