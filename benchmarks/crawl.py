"""The whole crawl, everything on, beside a bare Scrapy spider: same site, same concurrency, in turns.

The site runs in a process of its own. Speed is pages a second from the spider's opening to its end. Where the rest goes
is measured apart, on the same pages, a step at a time, in processor time.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.table import Table

from archive.store import save
from benchmarks.steps import HOST, observed, opened
from crawler.pages import read
from tests.samplesite import Site, serve_process

if TYPE_CHECKING:
    from collections.abc import Callable

MARKUP = "lists"
CONCURRENCY = 8
ROUNDS = 3


def whole(url: str, folder: Path) -> float:
    """Crawl with `thidua crawl` into a new archive and return pages a second."""
    words = [sys.executable, "-m", "thidua", "crawl", url, "--archive", str(folder), "--json"]
    counts = _json([*words, "--delay", "0", "--concurrency", str(CONCURRENCY)])
    return float(counts["fetched"] / counts["seconds"])


def bare(url: str) -> float:
    """Crawl with the bare spider and return pages a second."""
    counts = _json([sys.executable, "-m", "benchmarks.bare", url, str(CONCURRENCY)])
    return float(counts["pages"] / counts["seconds"])


def _json(words: list[str]) -> dict[str, Any]:
    done = subprocess.run(words, capture_output=True, text=True, check=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def steps(site: Site, folder: Path) -> dict[str, float]:
    """Return milliseconds of processor time a page for reading and for storing, on pages of this site."""
    numbers = list(site.live())[:400]
    answers = [(HOST + site.url(n), site.render(site.url(n)).body) for n in numbers]

    def timed(work: Callable[[], object]) -> float:
        start = time.process_time()
        work()
        return (time.process_time() - start) / len(answers) * 1000

    pages = [read(body, url, content_type="text/html") for url, body in answers]
    reading = timed(lambda: [read(body, url, content_type="text/html") for url, body in answers])
    with opened(folder) as session:
        rows = list(observed(pages, session))
        storing = timed(lambda: [save(session.archive, row) for row in rows])
    return {"reading": reading, "storing, dating and indexing": storing}


def main(scale: float = 1.0) -> None:
    """Print the table."""
    articles = int(2000 * scale)
    ours: list[float] = []
    theirs: list[float] = []
    with tempfile.TemporaryDirectory() as folder:
        with serve_process(articles=articles, markup=MARKUP) as remote:
            for turn in range(ROUNDS):
                ours.append(whole(remote.url, Path(folder) / str(turn)))
                theirs.append(bare(remote.url))
        spent = steps(Site(articles, markup=MARKUP), Path(folder) / "steps")
    table = Table("crawl", "pages/s", title=f"The whole crawl: {articles} articles, {CONCURRENCY} at a time")
    table.add_row("bare Scrapy spider", f"{median(theirs):.0f}")
    table.add_row("thidua crawl", f"{median(ours):.0f}")
    table.add_row("thidua / bare", f"{median(a / b for a, b in zip(ours, theirs, strict=True)):.2f}")
    rest = 1000 / median(ours) - 1000 / median(theirs)
    table.add_row("more than bare, ms a page", f"{rest:.2f}")
    for name, milliseconds in spent.items():
        table.add_row(f"  of it {name}, ms a page", f"{milliseconds:.2f}")
    Console().print(table)
