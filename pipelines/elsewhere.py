"""Files that were brought in and left where they lie: which of them are to be read there, and whether they still are.

A file may have grown since, moved, or been overwritten by another.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from archive import warc
from archive.errors import RecordError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archive.sources import Source
    from pipelines.crawled import Lose
    from pipelines.origin import Run

OTHER = "is not what it was when it was imported; restore that, or import a copy of it from elsewhere"


def still_elsewhere(told: Sequence[tuple[Run, Source]], lose: Lose) -> list[tuple[Run, Source]]:
    """Return, of all sources that the log tells of, those that are to be read where they lie now.

    One may have moved, grown, or been copied since: what was said last counts. `lose` is told of those that cannot be
    read, since something else is in their place.
    """
    latest = {(source.digest, source.inside): (run, source) for run, source in told}
    there: dict[tuple[str, str], list[tuple[Run, Source]]] = {}
    for run, source in latest.values():
        if not source.copied:
            there.setdefault((source.path, source.inside), []).append((run, source))
    return [pair for pairs in there.values() for pair in _of_one_place(pairs, lose)]


def _of_one_place(pairs: list[tuple[Run, Source]], lose: Lose) -> list[tuple[Run, Source]]:
    """Return the one of several sources that were at one place, one after the other, which is there now."""
    if len(pairs) == 1:
        return pairs
    kept = []
    for run, source in pairs:
        try:
            is_there = begins_with(Path(source.path), source)
        except RecordError:
            is_there = False
        if is_there:
            kept.append((run, source))
        else:
            lose(f"{source.name}: {OTHER}")
    return kept[-1:]


def begins_with(path: Path, source: Source) -> bool:
    """Tell whether a file is as it was when it was imported, by its size, or has only grown since.

    Raises:
        RecordError: it is not there, or cannot be read.
    """
    warc.still_there(path)
    with warc.reading(path):
        size = path.stat().st_size
    return size == source.bytes or (size > source.bytes and warc.digest_of_file(path, source.bytes) == source.digest)
