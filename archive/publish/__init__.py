"""A bundle that a publisher shares: the archive in the forms that others open, and a page that says what it is.

What would make the published archive poorer is refused first (`floors`): it is mostly a sign that something is wrong.
"""

import hashlib
import json
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from archive.database import Archive
from archive.errors import OutputExistsError
from archive.export import export, spare
from archive.export.target import target
from archive.publish.figures import Figures, figures
from archive.publish.floors import FLOORS, objections
from archive.publish.readme import About, readme
from archive.selection import Selection
from archive.web.metadata import Tables, metadata, tables_of

__all__ = ["FLOORS", "About", "Published", "publish"]

DATABASE = "thidua.db"
MANIFEST = "bundle.json"
SUMS = "SHA256SUMS"
_PARTS = {  # format of `archive.export`, and the file that it becomes
    "sqlite": DATABASE,
    "csv": "articles.csv",
    "datapackage": "datapackage.zip",
    "atom": "feed.atom",
    "wacz": "thidua.wacz",
}
_CHUNK = 1 << 20  # bytes


@dataclass(frozen=True, slots=True)
class Published:
    """What was published, or `objections`: why nothing was. `files` maps names to bytes, `notes` say what they lack."""

    path: Path
    figures: Figures
    files: dict[str, int]
    objections: Sequence[str] = ()
    notes: Sequence[str] = ()


def publish(  # noqa: PLR0913 - what the command's options say, by name
    archive: Archive,
    out: Path,
    about: About,
    *,
    floors: dict[str, float] = FLOORS,
    accept: bool = False,
    tick: Callable[[int, int], None] = lambda _done, _whole: None,
) -> Published:
    """Write the bundle into the folder `out`, in the place of an earlier one.

    Args:
        archive: an open archive.
        out: the folder. What is there is replaced if it is a bundle, else refused.
        about: what the publisher says.
        floors: the least share of articles that must have a title, a body, a date; see `archive.publish.floors`.
        accept: publish even though there are objections.
        tick: called with how much of how much is done.

    Raises:
        ArchiveError: something cannot be read or written, or the disk is full; an earlier bundle is then as it was.
    """
    spare(archive, out)
    with archive.read() as conn:
        found = figures(conn)
        wrong = [] if accept else objections(found, published_before(out), floors)
        if wrong:
            return Published(out, found, {}, wrong)
        with target(out, folder="bundle", force=True) as folder:
            notes = []
            for part, (name, file) in enumerate(_PARTS.items()):
                done = export(archive, name, folder / file, Selection(), rights=about.licence, tick=_share(tick, part))
                notes += [f"{file}: {note}" for note in done.notes]
            tables = _tables(folder / DATABASE)
            with closing(sqlite3.connect(folder / DATABASE)) as copy:
                described = _described(Path(DATABASE).stem, tables, found, about, _address(copy))
                _write_json(folder / "metadata.json", described)
                (folder / "README.md").write_text(readme(copy, found, about, tables), encoding="utf-8")
            _write_json(folder / MANIFEST, found.as_json())
            files = _summed(folder)
    return Published(out, found, files, notes=notes)


def published_before(out: Path) -> Figures | None:
    """Return the figures of the bundle that is there, or None where there is none.

    Raises:
        OutputExistsError: there is something that cannot be held against the archive.
    """
    path = out / MANIFEST
    try:
        return Figures.of_json(json.loads(path.read_text(encoding="utf-8")))
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (OSError, ValueError, TypeError) as error:
        raise OutputExistsError(
            f"{path}: cannot be read, so nobody can tell what was published before; publish to another folder"
        ) from error


def _tables(database: Path) -> Tables:
    with closing(sqlite3.connect(database)) as conn:
        return tables_of(conn)


def _address(conn: sqlite3.Connection) -> str:
    """Return the address of an article of the site that is named first, the one last fetched; or an empty string."""
    row = conn.execute("SELECT url FROM articles ORDER BY site, last_captured_at DESC, id DESC LIMIT 1").fetchone()
    return row[0] if row else ""


def _described(name: str, tables: Tables, found: Figures, about: About, address: str) -> dict[str, Any]:
    """Return Datasette's metadata for the database of the bundle, with what the publisher says."""
    said = metadata(name, tables, sites=found.sites, address=address)
    given = {"title": about.title, "license": about.licence, "about": about.publisher}
    said |= {name: text for name, text in given.items() if text}
    if about.licence:
        said["databases"][name]["license"] = about.licence
    return said


def _share(tick: Callable[[int, int], None], part: int) -> Callable[[int, int], None]:
    """Return what tells of one part's progress as a share of the whole bundle's."""
    return lambda done, whole: tick(part * whole + done, len(_PARTS) * whole)


def _write_json(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def _summed(folder: Path) -> dict[str, int]:
    """Write the files' checksums as `sha256sum -c` reads them; return each file's size."""
    files = sorted(path for path in folder.iterdir() if not path.name.startswith("."))
    lines = [f"{_sha256(path)}  {path.name}\n" for path in files]
    (folder / SUMS).write_text("".join(lines), encoding="utf-8")
    return {path.name: path.stat().st_size for path in [*files, folder / SUMS]}


def _sha256(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()
