"""Exports: articles a second beside sqlite-utils for the forms that it writes too, both started as a user starts them.

sqlite-utils writes the same columns of the same articles in the same order. For `sqlite` it is given them as JSON
Lines, and makes a table and its own kind of index, of accented words alone. What it has no word for stands alone.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table

from archive import Archive
from archive.export import FORMATS
from archive.export.rows import COLUMNS
from benchmarks.steps import fill

if TYPE_CHECKING:
    from collections.abc import Callable

ARTICLES = 20_000
ROUNDS = 3
_QUERY = f"SELECT {', '.join(COLUMNS)} FROM articles ORDER BY published IS NULL, published, id"  # noqa: S608 - our names
_UTILS = (sys.executable, "-m", "sqlite_utils")


def ours(folder: Path, name: str, out: Path) -> None:
    """Export as `thidua export` does."""
    words = [sys.executable, "-m", "thidua", "export", name, str(out), "--archive", str(folder), "--force"]
    subprocess.run(words, capture_output=True, check=True)


def rows(folder: Path, option: str, out: Path) -> None:
    """Write the articles as sqlite-utils does."""
    with out.open("wb") as file:
        subprocess.run([*_UTILS, "query", str(folder / "archive.db"), _QUERY, option], stdout=file, check=True)


def copy(lines: Path, out: Path) -> None:
    """Make a database with a full-text index from JSON Lines, as sqlite-utils does."""
    out.unlink(missing_ok=True)
    insert = [*_UTILS, "insert", str(out), "articles", str(lines), "--nl", "--pk", "id"]
    index = [*_UTILS, "enable-fts", str(out), "articles", "title", "body", "byline"]
    for words in (insert, index, [*_UTILS, "vacuum", str(out)]):
        subprocess.run(words, capture_output=True, check=True)


def best(work: Callable[[], None]) -> float:
    """Return the least of the seconds that some rounds of the work take."""
    taken = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return min(taken)


def main(scale: float = 1.0) -> None:
    """Print the table."""
    articles = int(ARTICLES * scale)
    table = Table("format", "articles/s", "sqlite-utils", "ratio", title=f"Exporting {articles:,} articles")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        fill(folder, articles)
        lines = folder / "lines.jsonl"
        ours(folder, "jsonl", lines)
        peers = {
            "csv": lambda: rows(folder, "--csv", folder / "peer.csv"),
            "jsonl": lambda: rows(folder, "--nl", folder / "peer.jsonl"),
            "sqlite": lambda: copy(lines, folder / "peer.db"),
        }
        for each in FORMATS:
            if each == "wacz" and not _has_records(folder):  # the articles were stored without being fetched
                continue
            rate = articles / best(partial(ours, folder, each, folder / f"out-{each}"))
            peer = articles / best(peers[each]) if each in peers else None
            table.add_row(each, f"{rate:,.0f}", f"{peer:,.0f}" if peer else "", f"{rate / peer:.2f}" if peer else "")
    Console().print(table)


def _has_records(folder: Path) -> bool:
    with Archive(folder) as archive, archive.read() as conn:
        return bool(conn.execute("SELECT 1 FROM captures WHERE warc_file != '' LIMIT 1").fetchone())
