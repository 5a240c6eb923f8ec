"""The reading room at its fullest: milliseconds to the first byte, beside stock Datasette on the same articles.

Stock Datasette is given a table with the index that `sqlite-utils enable-fts` makes, which is what it looks for. Its
pages search and list; ours rank, highlight, and count by category and year as well.
"""

from __future__ import annotations

import http.client
import random
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from statistics import quantiles
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

import sqlite_utils
from rich.console import Console
from rich.table import Table

from benchmarks.search import sqlite_utils_safe
from benchmarks.steps import fill

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

ARTICLES = 100_000
REQUESTS = 100
_WORDS = (
    "thi đua",
    "khen thưởng",
    "vườn vải",
    "hộ nghèo",
    "huân chương",
    "gia đình",
    "na",
    "trồng sen",
    "xã",
    "hội nghị",
)


def plain(folder: Path) -> Path:
    """Return a database with the same articles as stock Datasette expects them."""
    path = folder / "plain.db"
    copy = sqlite_utils.Database(path)
    copy.attach("archive", folder / "archive.db")
    copy.execute("CREATE TABLE articles(id INTEGER PRIMARY KEY, category, title, published, url, body)")
    copy.execute("INSERT INTO articles SELECT id, category, title, published, url, body FROM archive.articles")
    copy.conn.commit()
    copy.table("articles").enable_fts(["title", "body"], create_triggers=False)
    copy.close()
    return path


@contextmanager
def served(*command: str) -> Iterator[int]:
    """Run a server for as long as the block lasts; give its port, which the command is told last."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with subprocess.Popen(
        [sys.executable, "-m", *command, str(port)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        try:
            while process.poll() is None:
                try:
                    first_byte(port, "/")
                    break
                except ConnectionError:
                    time.sleep(0.1)
            yield port
        finally:
            process.terminate()


def first_byte(port: int, path: str) -> float:
    """Return milliseconds from the request to the first byte of the page."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    start = time.perf_counter()
    connection.request("GET", path)
    answer = connection.getresponse()
    answer.read(1)
    taken = (time.perf_counter() - start) * 1000
    assert answer.status == 200, (path, answer.status)
    connection.close()
    return taken


def cuts(port: int, paths: Sequence[str]) -> tuple[float, float]:
    """Return the median and the 95th percentile for requests one after the other."""
    found = quantiles([first_byte(port, path) for path in paths], n=20)
    return found[9], found[18]


def main(scale: float = 1.0) -> None:
    """Print the table."""
    articles = int(ARTICLES * scale)
    chance = random.Random(1)
    asked = [" ".join(chance.sample(_WORDS, chance.choice((1, 1, 2)))) for _ in range(REQUESTS)]
    ids = [chance.randrange(1, articles) for _ in range(REQUESTS)]
    heads = (
        "page",
        "median, ms",
        "95th percentile, ms",
        "stock Datasette: median",
        "95th percentile",
        "ratio of medians",
    )
    table = Table(*heads, title=f"First byte among {articles:,} articles, {REQUESTS} requests each")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        fill(folder, articles)
        stock = plain(folder)
        ours = {
            "search": [f"/search?{urlencode({'q': words})}" for words in asked],
            "article": [f"/article/{each}" for each in ids],
        }
        theirs = {
            "search": [f"/plain/articles?_size=20&_search={quote(sqlite_utils_safe(words))}" for words in asked],
            "article": [f"/plain/articles/{each}" for each in ids],
        }
        with served("thidua", "serve", "--archive", str(folder), "--port") as port:
            found = {page: cuts(port, paths) for page, paths in ours.items()}
        with served("datasette", "serve", str(stock), "--port") as port:
            peer = {page: cuts(port, paths) for page, paths in theirs.items()}
    for page, (median, high) in found.items():
        other, other_high = peer[page]
        table.add_row(
            page, f"{median:.0f}", f"{high:.0f}", f"{other:.0f}", f"{other_high:.0f}", f"{median / other:.2f}"
        )
    Console().print(table)
