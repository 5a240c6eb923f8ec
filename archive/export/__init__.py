"""What leaves the archive, in forms that other programs open. Each format is a module here with one function, `write`.

An export shows the archive at one moment, streams, and depends on nothing but the archive: the same archive and choice
give the same bytes. It is written under another name beside its own and takes that when it is whole.
"""

import importlib
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from archive.database import Archive
from archive.errors import OutputExistsError
from archive.export.source import Source
from archive.export.target import MARK, target
from archive.selection import Selection, ids

FORMATS = {
    "csv": "one row an article, for spreadsheets",
    "jsonl": "one JSON object a line, an article each",
    "sqlite": "a database for the public, for SQLite, Datasette and this program",
    "parquet": "one row an article, with types, for DuckDB, pandas, R",
    "datapackage": "a zipped Frictionless Data Package: tables in CSV, and what each column means",
    "text": "a folder of plain-text files, for corpus tools",
    "html": "a static site for any web server or a USB stick, with search in the browser",
    "atom": "a feed for readers of news (RFC 4287)",
    "jsonfeed": "the same feed as JSON (JSON Feed 1.1)",
    "wacz": "the captured pages, for ReplayWeb.page and pywb",
}
FOLDERS: tuple[str, ...] = ("text", "html")  # formats that make a folder, not a file


@dataclass(frozen=True, slots=True)
class Exported:
    """What an export wrote: where, how many articles, how many bytes in how many files, and what was left out."""

    path: Path
    articles: int
    files: int
    bytes: int
    notes: tuple[str, ...] = ()


def export(  # noqa: PLR0913 - what the command's options say, by name
    archive: Archive,
    name: str,
    out: Path,
    selection: Selection,
    *,
    limit: int | None = None,
    rights: str = "",
    force: bool = False,
    tick: Callable[[int, int], None] = lambda _done, _whole: None,
) -> Exported:
    """Write the chosen articles in a format of `FORMATS`.

    Args:
        archive: an open archive.
        name: the format.
        out: the file or folder to make.
        selection: which articles.
        limit: only so many of them, the newest.
        rights: under which licence the publisher shares it, where he says so.
        force: replace what is there; a folder only if an export made it.
        tick: called with how much of how much is written: articles, or captures of them.

    Raises:
        ArchiveError: something is there already, cannot be written, or the disk is full; what was there is as before.
        QueryError: the selection's query means nothing.
        MissingExtraError: the format needs a library that is not installed.
    """
    write = importlib.import_module(f"archive.export.{name}").write
    spare(archive, out)
    with archive.read(), target(out, folder=name if name in FOLDERS else "", force=force) as part:
        source = Source(archive, selection, ids(archive, selection, limit=limit), tick, limit, rights)
        write(source, part)
        made = [file for file in part.rglob("*") if file.is_file() and file.name != MARK] if part.is_dir() else [part]
        size = sum(file.stat().st_size for file in made)
    return Exported(out, len(source.ids), len(made), size, tuple(source.notes))


def spare(archive: Archive, out: Path) -> None:
    """Raise where `out` is a file of the archive itself, or a folder that the archive is in: neither is ever replaced.

    Raises:
        OutputExistsError: it is.
    """
    place, path = Path(os.path.realpath(out)), Path(os.path.realpath(archive.path))
    files = [path.with_name(f"{path.name}{end}") for end in ("", "-wal", "-shm")]
    own = place in (*files, *path.parents, path.with_name("crawl.lock"))
    if own or path.with_name("warc") in (place, *place.parents):
        raise OutputExistsError(f"{out}: belongs to the archive itself or holds it; choose another name")
