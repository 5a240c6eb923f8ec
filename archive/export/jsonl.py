"""JSON Lines: one object an article, in UTF-8, Vietnamese as it is (https://jsonlines.org)."""

import json
from pathlib import Path

from archive.export.rows import row
from archive.export.source import Source


def write(source: Source, path: Path) -> None:
    """Write the articles to `path`."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for article in source.articles():
            file.write(json.dumps(row(article), ensure_ascii=False) + "\n")
