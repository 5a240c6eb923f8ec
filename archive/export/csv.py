"""CSV for spreadsheets (RFC 4180, UTF-8 with a byte order mark, without which Excel takes it for another encoding)."""

import csv
from collections.abc import Mapping
from pathlib import Path

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
    """Return the values, an apostrophe before each text that a spreadsheet would run as a formula."""
    return {name: f"'{v}" if isinstance(v, str) and v.startswith(_FORMULA) else v for name, v in values.items()}
