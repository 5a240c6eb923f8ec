"""Peak memory of a whole crawl as the site grows tenfold: it must not grow with it."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from rich.console import Console
from rich.table import Table

from tests.samplesite import serve_process

SIZES = (2_000, 20_000)


def peak(articles: int, folder: Path) -> float:
    """Crawl a site of so many articles and return the crawler's largest resident size in MB."""
    with serve_process(articles=articles, markup="lists") as remote:
        words = [sys.executable, "-m", "thidua", "crawl", remote.url, "--archive", str(folder), "--json"]
        crawl = subprocess.Popen([*words, "--delay", "0", "--concurrency", "8"], stdout=subprocess.DEVNULL)
        _, status, usage = os.wait4(crawl.pid, 0)
        crawl.returncode = os.waitstatus_to_exitcode(status)  # wait4 has reaped it: Popen must not wait again
    if crawl.returncode:
        raise RuntimeError(f"the crawl of {articles} articles ended with status {crawl.returncode}")
    return usage.ru_maxrss / 1024


def main(scale: float = 1.0) -> None:
    """Print the table."""
    table = Table("articles", "peak memory, MB", title="Memory of a whole crawl")
    peaks = []
    with tempfile.TemporaryDirectory() as folder:
        for size in (int(size * scale) for size in SIZES):
            peaks.append(peak(size, Path(folder) / str(size)))
            table.add_row(f"{size:,}", f"{peaks[-1]:.0f}")
    table.add_row("second / first", f"{peaks[1] / peaks[0]:.2f}")
    Console().print(table)
