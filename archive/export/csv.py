"""CSV for spreadsheets (RFC 4180, UTF-8 with a byte order mark, without which Excel takes it for another encoding)."""

import csv
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from archive.export.rows import COLUMNS, row
from archive.export.source import Source

# What a spreadsheet may take for the beginning of a formula (OWASP); in East Asian versions also the wide letters.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def write(source: Source, path: Path) -> None:
    """Write the articles to `path`."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS)
        writer.writeheader()
        writer.writerows(harmless(row(article)) for article in source.articles())


def harmless(values: Mapping[str, int | str | None]) -> dict[str, int | str | None]:
    """Return the values by name, as `inert` makes them."""
    return {name: inert(value) for name, value in values.items()}


def inert(value: Any) -> Any:
    """Return a value as it is, or a text that a spreadsheet would run as a formula with an apostrophe before it."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value
