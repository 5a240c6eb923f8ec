"""Checks an archive against its WARC files, and the database against itself. Changes nothing.

It may run while a crawl does: it judges what was committed when it began, and what was written since is left alone.
"""

import os
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from pathlib import Path

from archive import soundness, sources, warc
from archive.database import FILE_NAME, Archive
from archive.errors import DamagedError, NoArchiveError, NotAFolderError, translated
from archive.verify import index, records, rows
from archive.verify.report import MOST, Fault, Report

__all__ = ["Fault", "Report", "verify"]

Tick = Callable[[int, int], None]  # is told how many bytes of how many have been read


def verify(folder: Path, tick: Tick = lambda _done, _whole: None) -> Report:
    """Return what is right and wrong with an archive.

    Args:
        folder: the archive folder.
        tick: is told of the progress, by several threads one after the other; an exception in it ends the work.

    Raises:
        ArchiveError: there is no archive, or nothing of it may be read.
    """
    if folder.is_file():
        raise NotAFolderError(f"{folder}: this is a file; give an archive's folder, whose WARC files are to be checked")
    wrong = soundness.unusable(folder) if folder.is_dir() else "is missing"
    if wrong and not warc.files(folder):
        raise NoArchiveError(
            f"{folder}: holds no archive ({FILE_NAME} {wrong}); crawl into it first, or check the path"
        )
    if not wrong:
        try:
            return _whole(folder, tick)
        except DamagedError:
            wrong = "is damaged"
    report = Report()
    report.fault(Fault(FILE_NAME, wrong, rows.REMAKE))
    _walk(folder, warc.files(folder), report, None, tick)
    return report


def _whole(folder: Path, tick: Tick) -> Report:
    """Check the database, and the WARC files against it."""
    report = Report()
    with Archive.open(folder, readonly=True) as archive, translated(archive.path):
        with archive.read() as conn:
            report.articles, report.unrecorded, last = (conn.execute(query).fetchone()[0] for query in _COUNTS)
            named = records.named(conn, last)
            elsewhere = sources.lying_elsewhere(conn)
        for file, captures in named.items():
            if not (folder / file).exists():
                problem = f"is missing, with the records of {captures} captures"
                others = Path(file).is_absolute()
                report.fault(Fault(file, problem, records.BRING_BACK if others else "put it back from a copy"))
        for file, captures in elsewhere.items():  # also where the database was made again without them
            if file not in named and captures and not Path(file).exists():
                problem = f"is missing; {captures:,} captures were brought in from it"
                report.fault(Fault(file, problem, records.BRING_BACK))
        there = {*warc.files(folder), *(file for file in named if (folder / file).exists())}
        _walk(folder, sorted(there), report, last, tick)
        with archive.read() as conn:
            faults = list(islice(rows.check(conn), MOST))
        broken = any(fault.advice == rows.REMAKE for fault in faults)
        for fault in [*faults, *([] if broken else index.check(archive.conn))]:
            report.fault(fault)
    return report


_COUNTS = (
    "SELECT count(*) FROM articles",
    "SELECT count(*) FROM captures WHERE warc_file IS NULL",
    "SELECT ifnull(max(id), 0) FROM captures",  # what is committed later is not looked at
)


def _walk(folder: Path, files: list[str], report: Report, last: int | None, tick: Tick) -> None:
    """Check the WARC files, several at a time: unpacking and digests leave Python's lock to others."""
    done = _Done(sum((folder / file).stat().st_size for file in files), tick)
    newest = max(warc.files(folder), default="")

    def check(file: str) -> Report:
        if last is not None and not file.startswith(f"{warc.FOLDER}/"):
            return records.ElsewhereCheck(folder, file, done.add).with_rows(last)
        checked = records.FileCheck(folder, file, newest=file == newest, tick=done.add)
        return checked.alone() if last is None else checked.with_rows(last)

    with ThreadPoolExecutor(len(os.sched_getaffinity(0))) as pool:
        try:
            for found in pool.map(check, files):
                report.add(found)
        except BaseException:
            done.stopped.set()
            raise


class _Done:
    """How many bytes of how many have been read, by all threads; they end when `stopped` is set."""

    def __init__(self, whole: int, tick: Tick) -> None:
        self.stopped = threading.Event()
        self._whole = whole
        self._tick = tick
        self._done = 0
        self._lock = threading.Lock()

    def add(self, size: int) -> None:
        if self.stopped.is_set():
            raise InterruptedError
        with self._lock:
            self._done += size
            self._tick(self._done, self._whole)
