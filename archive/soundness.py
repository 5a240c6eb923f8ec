"""Tells whether an archive's database can be relied on, or at least be opened; where not, it can be made again."""

import sqlite3
from contextlib import closing
from pathlib import Path

from archive.database import FILE_NAME, Archive
from archive.errors import ArchiveError, DamagedError, NotAnArchiveError, OlderSchemaError

_MAGIC = b"SQLite format 3\x00"


def trouble(folder: Path) -> str:
    """Return in a few words why the archive's database cannot be relied on, or an empty string if it can.

    Raises:
        ArchiveError: as `unusable`.
    """
    return unusable(folder) or ("" if _is_sound(folder / FILE_NAME) else "is damaged")


def unusable(folder: Path) -> str:
    """Return in a few words why the archive's database cannot even be opened, or an empty string if it can.

    Raises:
        ArchiveError: it is no archive of ours, or of a later version, or may not be read.
    """
    path = folder / FILE_NAME
    try:
        with path.open("rb") as file:
            magic = file.read(len(_MAGIC))
    except FileNotFoundError:
        return "is missing"
    except OSError as error:
        raise ArchiveError(f"{path}: {error.strerror}; check the permissions of the file") from error
    if magic != _MAGIC:
        return "is damaged" if magic else "is empty"
    try:
        Archive.open(folder, readonly=True).close()
    except OlderSchemaError:
        pass
    except (DamagedError, NotAnArchiveError) as error:
        if error.__cause__ is None:  # a sound database, but another program's
            raise
        return "is damaged"
    return ""


def _is_sound(path: Path) -> bool:
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as conn:
            return bool(conn.execute("PRAGMA quick_check(1)").fetchone()[0] == "ok")
    except sqlite3.DatabaseError:
        return False
