"""CSV for spreadsheets (RFC 4180, UTF-8 with a byte order mark, without which Excel takes it for another encoding)."""

import csv
from pathlib import Path
from typing import Any

from archive.export.rows import COLUMNS, row
from archive.export.source import Source

# What a spreadsheet may take for the beginning of a formula (OWASP); in East Asian versions also the wide letters.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def write(source: Source, path: Path) -> None:
    """Write the articles to `path`."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        writer.writerows(map(harmless, row(article).values()) for article in source.articles())


def harmless(value: Any) -> Any:
    """Return a value as it is, or a text that a spreadsheet would run as a formula with an apostrophe before it."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value
