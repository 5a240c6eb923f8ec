"""Records as CSV, by the rules of `archive.export.csv`: what `thidua kwic` and `thidua timeline` write."""

import csv
from collections.abc import Iterable
from dataclasses import fields
from pathlib import Path
from typing import TypeVar

from archive.export.csv import harmless
from archive.export.target import target

T = TypeVar("T")  # a dataclass of numbers and texts


def write_table(records: Iterable[T], kind: type[T], out: Path, *, force: bool = False) -> None:
    """Write records to the file `out`, one row each, as they come.

    Raises:
        ArchiveError: something is there already, cannot be written, or the disk is full; what was there is as before.
    """
    names = [field.name for field in fields(kind)]  # type: ignore[arg-type] # a dataclass, see T
    with target(out, force=force) as part, part.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, names)
        writer.writeheader()
        writer.writerows(harmless({name: getattr(record, name) for name in names}) for record in records)
