"""What it costs to crawl a site again on which nothing is new, as the archive grows: in requests, and in seconds."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.table import Table

from tests.samplesite import serve_process

if TYPE_CHECKING:
    from tests.samplesite import Remote

CATEGORIES = 3
SIZES = (100, 1_000, 10_000)
NEW = 2  # articles in each category, in the last of the crawls


def crawl(folder: Path, *start: str) -> dict[str, Any]:
    """Run `thidua crawl` and return its counts."""
    words = [sys.executable, "-m", "thidua", "crawl", *start, "--archive", str(folder), "--json"]
    done = subprocess.run([*words, "--delay", "0", "--concurrency", "8"], capture_output=True, text=True, check=True)
    counts: dict[str, Any] = json.loads(done.stdout)
    return counts


def again(remote: Remote, folder: Path) -> tuple[int, float]:
    """Crawl once more; return the requests that the site saw, and the seconds it took."""
    remote.reset()
    counts = crawl(folder)
    return remote.requests.total(), float(counts["seconds"])


def main(scale: float = 1.0) -> None:
    """Print the table."""
    title = f"Crawling again: {CATEGORIES} categories, two pages each, and the home page and robots.txt"
    table = Table("articles", "first crawl", "nothing new", "seconds", f"{NEW * CATEGORIES} new", title=title)
    for articles in (int(size * scale) for size in SIZES):
        site = serve_process(articles, CATEGORIES, markup="lists", etags=True)
        with tempfile.TemporaryDirectory() as folder, site as remote:
            crawl(Path(folder), remote.url)
            first = remote.requests.total()
            unchanged, seconds = again(remote, Path(folder))
            for category in range(CATEGORIES):
                remote.call("add", category, count=NEW)
            added, _ = again(remote, Path(folder))
        table.add_row(f"{articles:,}", f"{first:,}", str(unchanged), f"{seconds:.2f}", str(added))
    Console().print(table)
