"""Search in a large archive: median and 95th percentile, beside the same words in a plain FTS5 table of the same texts.

The peer is what `sqlite-utils enable-fts` makes, ranked and with its own snippets: no accents folded, no highlights on
the original where it was folded.
"""

from __future__ import annotations

import random
import tempfile
import time
from pathlib import Path
from statistics import quantiles
from typing import TYPE_CHECKING

import sqlite_utils
from rich.console import Console
from rich.table import Table

from archive import Archive
from archive.search import search
from benchmarks.steps import fill

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

ARTICLES = 100_000
QUERIES = 200
_WORDS = (
    "thi đua",
    "thi dua",
    "khen thưởng",
    "vườn vải",
    "hộ nghèo",
    "huân chương",
    "nha van hoa",
    "gia đình",
    "na",
    "trồng sen",
)
_FORMS = ("{}", '"{}"', "title:{}", "{} OR {}", "{} NOT {}", "{} {}", "{}*")


def queries(count: int) -> list[str]:
    """Return queries of every form, the same in every run."""
    chance = random.Random(1)
    words = [word for phrase in _WORDS for word in phrase.split()]
    return [
        form.format(*(chance.choice(_WORDS if form == '"{}"' else words) for _ in range(form.count("{}"))))
        for form in (chance.choice(_FORMS) for _ in range(count))
    ]


def timed(ask: Callable[[str], object], asked: Sequence[str]) -> list[float]:
    """Return milliseconds for each query."""
    found = []
    for query in asked:
        start = time.perf_counter()
        ask(query)
        found.append((time.perf_counter() - start) * 1000)
    return found


def plain(database: Path) -> Callable[[str], object]:
    """Return a search as sqlite-utils sets it up over the same articles, in a copy of them."""
    copy = sqlite_utils.Database(database.with_name("plain.db"))
    copy.attach("archive", database)
    copy.execute("CREATE TABLE articles AS SELECT id, title, body FROM archive.articles")
    copy.table("articles").enable_fts(["title", "body"], create_triggers=False)
    sql = (
        "SELECT articles.id, snippet(articles_fts, 1, '[', ']', '…', 30) FROM articles_fts"
        " JOIN articles ON articles.rowid = articles_fts.rowid WHERE articles_fts MATCH ? ORDER BY rank LIMIT 20"
    )
    return lambda query: list(copy.query(sql, [sqlite_utils_safe(query)]))


def sqlite_utils_safe(query: str) -> str:
    """Return the words of a query quoted for FTS5: a plain table knows none of our syntax."""
    return " ".join(f'"{word}"' for word in query.replace('"', " ").replace("title:", "").replace("*", "").split())


def main(scale: float = 1.0) -> None:
    """Print the table."""
    articles = int(ARTICLES * scale)
    table = Table(
        "search", "median, ms", "95th percentile, ms", title=f"{QUERIES} searches among {articles:,} articles"
    )
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        fill(folder, articles)
        asked = queries(QUERIES)
        with Archive.open(folder, readonly=True) as archive:
            ours = timed(lambda query: search(archive, query, limit=20), asked)
        peer = timed(plain(folder / "archive.db"), asked)
    for who, found in (("thidua", ours), ("plain FTS5 (sqlite-utils)", peer)):
        cuts = quantiles(found, n=20)
        table.add_row(who, f"{cuts[9]:.1f}", f"{cuts[18]:.1f}")
    Console().print(table)
