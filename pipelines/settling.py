"""The database, made again from the whole log once a run has brought something in: all of it, in the order of time."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from archive import renewal, sources, warc
from archive.errors import ArchiveError
from crawler import sites
from pipelines import reparse

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from archive.database import Archive

    Tick = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Settled:
    """What is different in the archive now that it was made again.

    How many articles are `new`, have another text or other versions (`changed`), are gone or back (`status`); `held`
    captures came more than once. `faults` say what could be read and cannot be now, `damaged` what was damaged or
    absent in what was ever brought in.
    """

    new: int = 0
    changed: int = 0
    status: int = 0
    held: int = 0
    faults: tuple[str, ...] = ()
    damaged: tuple[str, ...] = ()


def settle(archive: Archive, tick: Tick = lambda _done, _whole: None) -> Settled:
    """Make the database again from the whole log, in the order of time, and swap it in.

    Stopped, it goes on where it was the next time.

    Args:
        archive: the archive, open for writing, its lock held.
        tick: is told of the progress.

    Raises:
        ArchiveError: something could not be read that is in the database now, or it cannot be written; the database
            stays as it is.
    """
    with reparse.again(archive, tick, plan=_plan(archive)) as (found, new):
        try:
            reparse.check(found, new)
        except reparse.UnreadableError as error:
            raise ArchiveError(_waiting(archive.folder, error.lost, [*found.faults, *found.damaged])) from error
        renewal.replace(new, archive)
    counts = {each.what: each.count for each in found.differences}
    changed = max(counts.get(what, 0) for what in ("title", "body", "versions"))
    appearing, status = counts.get("appearing", 0), counts.get("status", 0)
    return Settled(appearing, changed, status, found.held, tuple(found.faults), tuple(found.damaged))


def _waiting(folder: Path, lost: str, faults: Sequence[str]) -> str:
    """Return why what was brought in is not in the database yet, and what to do."""
    more = f", and {len(faults) - 1:,} more (`thidua verify` names them)" if len(faults) > 1 else ""
    return (
        f"{folder}: what was brought in is kept, and waits: {lost} of before cannot be read now; "
        f"{''.join(faults[:1])}{more}; once all is there again, run `thidua import`"
    )


def _plan(archive: Archive) -> str:
    """Return a digest of all that the database is made from."""
    folder = archive.folder
    with archive.read() as conn:
        elsewhere = sorted({source.path for source in sources.all_of(conn) if not source.copied})
    files = [folder / file for file in warc.files(folder)] + [Path(path) for path in elsewhere]
    profiles = [repr(sites.load(key, folder)) for key in sites.keys(folder)]
    said = [version("thidua"), [_state(path) for path in files], profiles]
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()


def _state(path: Path) -> tuple[str, int, int]:
    """Return what tells whether a file has changed since: its path, size, and when it was written to."""
    try:
        seen = path.stat()
    except OSError:
        return str(path), -1, 0
    return str(path), seen.st_size, seen.st_mtime_ns
