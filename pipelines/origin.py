"""Which run has written one of an archive's WARC files: a crawl, or one that brought in what others had captured."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from archive import warc
from pipelines.sieve import SOURCE

if TYPE_CHECKING:
    from pathlib import Path

    from archive.warc import Record


class Run(NamedTuple):
    """A run that brought something in; `begun` is aware."""

    id: int
    command: str
    site: str
    begun: datetime


def run_of(first: Record, file: str) -> Run | None:
    """Return the run that has written a file with this first record, or None where that is a crawl.

    Where the beginning of the file is damaged, its name has the rest.
    """
    if warc.is_intake(first):
        said = dict(warc.parsed(first.block))
        begun = datetime.fromisoformat(said["thidua-begun"])
        return Run(int(said["thidua-run"]), said["thidua-command"], said["thidua-site"], begun)
    named = warc.run_of(file)
    if named is None or not (SOURCE in first.fields or first.url.startswith(warc.SOURCE)):
        return None
    return Run(named[0], "import", "", named[1])


def is_intake(folder: Path, file: str) -> bool:
    """Tell whether one of an archive's WARC files is of a run that brought something in."""
    first = next(warc.salvaged(folder, file, 0, lambda _damage: None), None)
    return first is not None and run_of(first, file) is not None
