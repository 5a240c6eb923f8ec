"""What the WARC files of an archive are called: by their run and when it began, so that names sort by time."""

import re
from collections.abc import Collection
from datetime import UTC, datetime
from pathlib import Path

FOLDER = "warc"
_RUN = re.compile(rf"{FOLDER}/thidua-(\d+)-(\d{{14}})-")


def stem(run: int, begun: datetime) -> str:
    """Return what the names of all files of a run begin with. `begun` is aware."""
    return f"thidua-{run:06d}-{begun.astimezone(UTC):%Y%m%d%H%M%S}"


def files(folder: Path, of: Collection[int] | None = None) -> list[str]:
    """Return the WARC files that the runs of an archive wrote, in the order of the runs, as captures name them.

    `of` asks for those of some runs, by their numbers.
    """
    found = sorted(f"{FOLDER}/{path.name}" for path in (folder / FOLDER).glob("thidua-*.warc.gz"))
    return found if of is None else [file for file in found if (run := run_of(file)) and run[0] in of]


def run_of(file: str) -> tuple[int, datetime] | None:
    """Return the number of the run that wrote a file, and when that began, by the name; None where that is another."""
    named = _RUN.match(file)
    if named is None:
        return None
    try:
        return int(named[1]), datetime.strptime(named[2], "%Y%m%d%H%M%S").replace(tzinfo=UTC)
    except ValueError:  # digits that are no moment
        return None
