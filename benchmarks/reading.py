"""Reading pages: this project's readers beside trafilatura, on the same bytes, in turns.

trafilatura is what one would use for text, title and date of pages in any language; it is run with metadata on and its
other settings as they come. Speed is processor time, so that a busy machine changes little.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from statistics import mean, median

import trafilatura
from rich.console import Console
from rich.table import Table

from benchmarks.corpus import Sample, invented, real
from crawler.pages import read

ROUNDS = 3
Reader = Callable[[Sample], tuple[str, str, str]]


@dataclass
class Result:
    """How one reader did on one corpus."""

    seconds: list[float] = field(default_factory=list)
    f1: list[float] = field(default_factory=list)
    titles: list[bool] = field(default_factory=list)
    dates: list[bool] = field(default_factory=list)


def ours(sample: Sample) -> tuple[str, str, str]:
    """Return title, date and text as this project reads them."""
    page = read(sample.body, sample.url, content_type="text/html")
    return page.title, page.published.isoformat() if page.published else "", f"{page.body}\n{page.byline}"


def theirs(sample: Sample) -> tuple[str, str, str]:
    """Return title, date and text as trafilatura reads them."""
    found = trafilatura.bare_extraction(sample.body, url=sample.url, with_metadata=True)
    if found is None:
        return "", "", ""
    assert not isinstance(found, dict)  # only its deprecated option as_dict gives one
    return found.title or "", found.date or "", found.text or ""


def f1(found: str, truth: str) -> float:
    """Return the harmonic mean of precision and recall of the words, counted as a bag."""
    one, other = Counter(found.split()), Counter(truth.split())
    common = (one & other).total()
    return 2 * common / (one.total() + other.total()) if one or other else 1.0


def measure(samples: Sequence[Sample]) -> tuple[Result, Result]:
    """Read the corpus with both readers in turns and return what each did."""
    results = {ours: Result(), theirs: Result()}
    for reader, result in results.items():  # the first pass warms up, and is the one whose answers are judged
        for sample in samples:
            title, day, text = reader(sample)
            result.f1.append(f1(text, sample.text))
            result.titles.append(title == sample.title)
            if sample.published:
                result.dates.append(day[:10] == sample.published.isoformat())
    for _ in range(ROUNDS):
        for reader, result in results.items():
            start = time.process_time()
            for sample in samples:
                reader(sample)
            result.seconds.append(time.process_time() - start)
    return results[ours], results[theirs]


def main(scale: float = 1.0) -> None:
    """Print the table."""
    table = Table(title=f"Reading pages, beside trafilatura {trafilatura.__version__}")
    for column in ("pages", "reader", "docs/s", "body F1", "title", "date", "speed"):
        table.add_column(column, justify="left" if column in {"pages", "reader"} else "right")
    corpora = {"invented": invented(int(600 * scale)), "captured": real(int(200 * scale))}
    for name, samples in corpora.items():
        if not samples:
            table.add_row(name, "not here", *[""] * 5)
            continue
        mine, peer = measure(samples)
        ratio = median(b / a for a, b in zip(mine.seconds, peer.seconds, strict=True))
        table.add_row(f"{name}: {len(samples)}", "thidua", *_figures(mine, len(samples)), f"{ratio:.1f} x")
        table.add_row("", "trafilatura", *_figures(peer, len(samples)), "1 x")
    Console().print(table)


def _figures(result: Result, pages: int) -> list[str]:
    dated = f"{mean(result.dates):.1%}" if result.dates else "-"
    return [f"{pages / median(result.seconds):.0f}", f"{mean(result.f1):.3f}", f"{mean(result.titles):.1%}", dated]
