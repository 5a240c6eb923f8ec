"""Puts a database that was made again from the WARC files in the place of the one there is.

The new one is built in a file of its own beside it. Where the old one can be read, the new one's content goes into it
in one transaction, so that programs that have it open go on, and a process that is killed leaves the old one. Where it
cannot, it is moved aside and the new file takes its name.
"""

import itertools
import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from archive.database import FILE_NAME, Archive
from archive.errors import DamagedError, translated, translated_writing
from archive.soundness import trouble

TEMPORARY = f"{FILE_NAME}.reparse"
_BESIDE = ("", "-wal", "-shm", "-journal")  # what SQLite keeps beside a file, by the end of the name
_TO_DO = ("cdx", "cdx_queries")  # what web archives offer: no record tells of it
_STEP = 2000  # database pages copied between two looks at whether the user has had enough


@contextmanager
def built(folder: Path, page_size: int = 0, plan: str = "") -> Iterator[Archive]:
    """Give a new, empty archive in a file of its own, and delete that when the block ends.

    With a plan, which says what goes in and in what order, what a stopped process left of such a file under the same
    plan is gone on with (`done`, `note`), and is left again where this one is stopped. Any other remnant is deleted.
    `page_size` is SQLite's, 0 for its default.

    Raises:
        ArchiveError: the folder cannot be written, or the disk is full.
    """
    path = folder / TEMPORARY
    if not (plan and _planned(path) == plan):
        _delete(path)
        with translated(path), closing(sqlite3.connect(path)) as conn:
            conn.execute(f"PRAGMA page_size = {page_size or 4096}")
            conn.execute("PRAGMA journal_mode = WAL")  # writes the first page
    try:
        with Archive.open(folder, create=True, name=TEMPORARY) as new:
            if plan:
                _begin(new, plan)
            else:
                new.conn.execute("PRAGMA synchronous = OFF")  # were the power to fail, it would be made again anyway
            yield new
        plan = ""
    except Exception:  # raised again; whatever it was, what is in the new database may be at fault
        plan = ""
        raise
    finally:
        if not plan:
            _delete(path)


def _begin(new: Archive, plan: str) -> None:
    """Write down the plan, unless it is there."""
    with new.write() as conn:
        conn.execute("CREATE TABLE IF NOT EXISTS playing(plan TEXT NOT NULL, done INTEGER NOT NULL)")
        if conn.execute("SELECT 1 FROM playing").fetchone() is None:
            conn.execute("INSERT INTO playing VALUES (?, 0)", (plan,))


def _planned(path: Path) -> str:
    """Return the plan by which an unfinished file was made, or an empty string."""
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as conn:
            row = conn.execute("SELECT plan FROM playing").fetchone()
            sound = conn.execute("PRAGMA quick_check(1)").fetchone()[0] == "ok"
    except sqlite3.DatabaseError:
        return ""
    return str(row[0]) if row and sound else ""


def done(new: Archive) -> int:
    """Return how much of its plan has been carried out."""
    return 0 if not is_planned(new) else int(new.conn.execute("SELECT done FROM playing").fetchone()[0])


def is_planned(new: Archive) -> bool:
    """Tell whether the new archive is made by a plan."""
    return bool(new.conn.execute("SELECT 1 FROM sqlite_master WHERE name = 'playing'").fetchone())


def note(new: Archive, done: int) -> None:
    """Note how much of the plan is carried out, within the transaction that does so."""
    new.conn.execute("UPDATE playing SET done = ?", (done,))


def remember(new: Archive, old: Archive) -> None:
    """Let pages have the ids in the new archive that they have in the old one; other pages get ids after those.

    What was captured before records were kept is carried over: there is nothing to make it from. Call it before the
    first page is stored, and `carry` after the last.
    """
    last = max(db.conn.execute("SELECT ifnull(max(id), 0) FROM pages").fetchone()[0] for db in (old, new))
    fresh = itertools.count(last + 1)

    def remembered(key: str) -> int:
        row = old.conn.execute("SELECT id FROM pages WHERE key = ?", (key,)).fetchone()
        return int(row[0]) if row else next(fresh)

    new.conn.create_function("remembered_id", 1, remembered)
    with translated(new.path):
        new.conn.execute("PRAGMA foreign_keys = OFF")  # until `carry` has brought what these captures are of
        new.conn.execute("ATTACH ? AS old", (f"{old.path.absolute().as_uri()}?mode=ro",))
        new.conn.execute(_copy("captures", new.conn, "warc_file IS NULL AND id NOT IN (SELECT id FROM main.captures)"))


def carry(new: Archive) -> None:
    """Bring over what no record tells: runs that asked for nothing, how a run ended, what is still to be asked for.

    Raises:
        DamagedError: a row refers to one that is not there.
    """
    with new.write() as conn:
        conn.execute(_copy("runs", conn, "id NOT IN (SELECT id FROM main.runs)"))
        conn.execute("DELETE FROM main.sources")  # made from the log: it does not tell of what was stopped half-way
        conn.execute(_copy("sources", conn, "1"))
        conn.execute(
            "UPDATE runs SET (finished_at, outcome, counts) = "
            "(SELECT o.finished_at, o.outcome, o.counts FROM old.runs o WHERE o.id = runs.id) WHERE finished_at IS NULL"
        )
        conn.execute(
            _copy("pages", conn, "id IN (SELECT page_id FROM main.captures) AND id NOT IN (SELECT id FROM main.pages)")
        )
        for table in _TO_DO:
            conn.execute(f"DELETE FROM main.{table}")  # noqa: S608 - our names
            conn.execute(_copy(table, conn, "TRUE"))
    broken = new.conn.execute("PRAGMA main.foreign_key_check").fetchone()
    if broken is not None:
        raise DamagedError(f"{new.path}: a row of {broken[0]} refers to one of {broken[2]} that is not there")


def _copy(table: str, conn: sqlite3.Connection, where: str) -> str:
    """Return the statement that copies rows of the attached old archive; columns may stand in another order there."""
    names = ", ".join(row[1] for row in conn.execute(f"PRAGMA main.table_info({table})"))
    return f"INSERT INTO main.{table}({names}) SELECT {names} FROM old.{table} WHERE {where}"  # noqa: S608 - our names


def replace(new: Archive, old: Archive, tick: Callable[[], None] = lambda: None) -> None:
    """Give the old archive the content of the new one, in one transaction, and wait until it is on the disk.

    `tick` is called after each part that was copied; an exception in it undoes everything, unless it was the last part.

    Raises:
        ArchiveError: the disk is full, or another process is writing; the old content stays.
    """
    if new.conn.in_transaction or old.conn.in_transaction:
        raise AssertionError("a transaction is open")
    with translated(old.path):
        new.conn.execute("DETACH old")
        new.conn.execute("DROP TABLE IF EXISTS playing")
        old.conn.execute("PRAGMA synchronous = FULL")
        new.conn.backup(old.conn, pages=_STEP, progress=lambda _status, _left, _all: tick())
        old.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def move_in(new: Archive) -> Path | None:
    """Let the new archive's file take the name of the one there is, if any, which is moved aside.

    Returns:
        Where the old file is now: `archive.db.damaged-1` if it is damaged, else `archive.db.old-1`; or None.

    Raises:
        ArchiveError: the files cannot be renamed.
    """
    folder, path = new.folder, new.folder / FILE_NAME
    with translated(new.path):
        new.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    new.close()
    with translated_writing(new.path):
        _sync(new.path)
        aside = _aside(path) if any(_beside(path, end).exists() for end in _BESIDE) else None
        new.path.rename(path)
        _sync(folder)
    return aside


def _aside(path: Path) -> Path:
    """Rename a database with what SQLite keeps beside it; the index into its log is made anew when it is opened."""
    kind = "damaged" if trouble(path.parent) else "old"
    names = (path.with_name(f"{path.name}.{kind}-{number}") for number in itertools.count(1))
    aside = next(name for name in names if not any(_beside(name, end).exists() for end in _BESIDE))
    for end in _BESIDE:
        if _beside(path, end).exists():
            _beside(path, end).rename(_beside(aside, end))
    _beside(aside, "-shm").unlink(missing_ok=True)
    return aside


def _delete(path: Path) -> None:
    with translated_writing(path):
        for end in _BESIDE:
            _beside(path, end).unlink(missing_ok=True)


def _beside(path: Path, end: str) -> Path:
    return path.with_name(path.name + end)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
