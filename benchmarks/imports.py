"""Importing a WARC file, beside a loop that walks over it with warcio and has trafilatura extract each page.

The loop keeps nothing; an import also stores, dates and indexes what it has read. Speed is pages a second of processor
time, all processes counted, start-up included: pages a second and core. Then the memory that a file of a hundred times
as many records takes.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

import trafilatura
from rich.console import Console
from rich.table import Table

from archive import warc
from archive.warc import Exchange, Writer
from benchmarks.corpus import HOST
from benchmarks.spent import spent
from tests.captured import WARC
from tests.samplesite import Site

if TYPE_CHECKING:
    from collections.abc import Callable

ROUNDS = 3
SIZES = (500, 50_000)
PAGES = 2_000
BEGUN = datetime(2024, 3, 5, tzinfo=UTC)
_HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"


def written(pages: int, folder: Path) -> Path:
    """Write a WARC file of so many articles of the sample site, and return it."""
    site = Site(pages, 3, markup="lists")
    folder.mkdir()
    writer = Writer(folder, 1, BEGUN, [("software", "benchmark")])
    for at, number in enumerate(site.live()):
        body = site.render(site.url(number)).body
        writer.keep(Exchange(HOST + site.url(number), BEGUN + timedelta(seconds=at), b"", _HEAD + body), {})
    writer.close()
    (file,) = warc.files(folder)
    return folder / file


def command(path: Path, folder: Path) -> list[str]:
    """Return the words that import a file."""
    return [sys.executable, "-m", "thidua", "import", str(path), "--json", "--archive", str(folder)]


def imported(path: Path) -> int:
    """Import a file into an archive of its own; return how many captures that were."""
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(command(path, Path(folder)), capture_output=True, text=True, check=True)
    return int(json.loads(done.stdout)["captures"])


LOOP = """
import sys, trafilatura
from warcio.archiveiterator import ArchiveIterator
with open(sys.argv[1], "rb") as file:
    pages = 0
    for record in ArchiveIterator(file):
        if record.rec_type == "response":
            url = record.rec_headers.get_header("WARC-Target-URI")
            trafilatura.bare_extraction(record.content_stream().read(), url=url, with_metadata=True)
            pages += 1
print(pages)
"""


def extracted(path: Path) -> int:
    """Do the same with warcio and trafilatura, in a process of their own; return how many pages there were."""
    done = subprocess.run([sys.executable, "-c", LOOP, str(path)], capture_output=True, text=True, check=True)
    return int(done.stdout)


def rate(work: Callable[[Path], int], path: Path) -> float:
    """Return pages a second of processor time, of all processes that the work starts."""
    pages, seconds = spent(lambda: work(path))
    return pages / seconds


def peak(path: Path, folder: Path) -> tuple[float, float]:
    """Import a file; return the largest resident size of the process in MB, and the seconds on the clock."""
    start = time.perf_counter()
    run = subprocess.Popen(command(path, folder), stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(run.pid, 0)
    run.returncode = os.waitstatus_to_exitcode(status)  # wait4 has reaped it: Popen must not wait again
    if run.returncode:
        raise RuntimeError(f"the import of {path} ended with status {run.returncode}")
    return usage.ru_maxrss / 1024, time.perf_counter() - start


def main(scale: float = 1.0) -> None:
    """Print the tables."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        Console().print(_speed(folder, int(PAGES * scale)))
        Console().print(_memory(folder, [int(size * scale) for size in SIZES]))


def _speed(folder: Path, pages: int) -> Table:
    table = Table(
        "WARC file", "pages/s and core", "", title=f"Import, beside warcio and trafilatura {trafilatura.__version__}"
    )
    files = {f"invented: {pages} pages": written(pages, folder / "speed"), "captured: Hà Nội": WARC}
    for what, path in files.items():
        if not path.exists():
            table.add_row(what, "not here", "")
            continue
        found = [(rate(imported, path), rate(extracted, path)) for _ in range(ROUNDS)]
        ratio = median(ours / theirs for ours, theirs in found)
        table.add_row(what, f"{median(ours for ours, _ in found):.0f}", f"thidua import: {ratio:.2f} x")
        table.add_row("", f"{median(theirs for _, theirs in found):.0f}", "warcio and trafilatura: 1 x")
    return table


def _memory(folder: Path, sizes: list[int]) -> Table:
    table = Table("records", "peak memory, MB", "seconds", title="Memory of an import")
    peaks = []
    for size in sizes:
        megabytes, seconds = peak(written(size, folder / f"memory-{size}"), folder / f"archive-{size}")
        peaks.append(megabytes)
        table.add_row(f"{size:,}", f"{megabytes:.0f}", f"{seconds:.0f}")
    table.add_row("second / first", f"{peaks[1] / peaks[0]:.2f}", "")
    return table
