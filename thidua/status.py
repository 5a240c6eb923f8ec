"""`thidua status`: how complete an archive is, and how its last crawl went."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any, NamedTuple

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from archive import Archive
from archive.status import Missing, Status, missing, status
from thidua.beside import beside
from thidua.exits import told
from thidua.options import day, json_option, moment, naming, plural, print_json, reading_option

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


_TOLD = 5  # missing articles that are named unless all are asked for


class Category(NamedTuple):
    """One category's articles, with the ISO dates of its first and last."""

    name: str
    articles: int
    first: str | None
    last: str | None
    undated: int


class Trouble(NamedTuple):
    """Pages that could not be had, by what became of them and why; `url` is one of them."""

    state: str
    reason: str
    pages: int
    url: str


@click.command("status", short_help="Say what is there and what is missing.")
@click.option("--missing", "listed", is_flag=True, help="List every article that is named and not stored.")
@reading_option
@json_option
def command(*, listed: bool, folder: Path, as_json: bool) -> None:
    """Say what the archive holds, what it lacks, and how the last run went.

    missing: articles that some page names and that are not stored; what those pages say of them, title and date, is
    kept. gaps: places where the chain of newer and older articles breaks off.

    \b
    thidua status
    thidua status --missing
    thidua status --json
    """  # noqa: D301 - click needs the character that \b stands for
    with told(), Archive.open(folder, readonly=True) as archive, archive.read():
        found, categories, troubles = status(archive), by_category(archive), _troubles(archive)
        lacking = missing(archive, -1 if listed else _TOLD)
    if as_json:
        more: dict[str, Any] = {"missing_articles": [asdict(each) for each in lacking]} if listed else {}
        more |= {"categories": [each._asdict() for each in categories], "failed": [each._asdict() for each in troubles]}
        print_json({**asdict(found), **more})
    else:
        _print(found, categories, troubles, lacking, folder)


def by_category(archive: Archive) -> list[Category]:
    """Return the categories, the largest first."""
    rows = archive.conn.execute(
        "SELECT category, count(*) AS articles, min(published), max(published), count(*) - count(published) "
        "FROM articles GROUP BY category ORDER BY articles DESC, category"
    )
    return [Category(*row) for row in rows]


def _troubles(archive: Archive) -> list[Trouble]:
    """Return why pages failed or are blocked, the commonest first."""
    rows = archive.conn.execute(
        "SELECT state, ifnull(reason, ''), count(*) AS pages, min(url) FROM pages "
        "WHERE state IN ('failed', 'blocked') GROUP BY state, reason ORDER BY pages DESC, reason"
    )
    return [Trouble(*row) for row in rows]


def _print(
    found: Status, categories: list[Category], troubles: list[Trouble], lacking: list[Missing], folder: Path
) -> None:
    """Print the state of the archive for a person."""
    console = Console(highlight=False)
    console.print(Text(_headline(found), style="bold"), soft_wrap=True)
    if categories:
        console.print(category_table(categories))
    for line in [*_lacks(found), *map(_trouble, troubles)]:
        console.print(Text(line), soft_wrap=True)
    if lacking:
        _print_missing(console, lacking)
    if lacking and (more := found.missing - len(lacking)):
        console.print(Text(f"  and {more:,} more: thidua status --missing{naming(folder)}"), soft_wrap=True)
    if found.last_run is not None:
        run = found.last_run
        ended = (
            f"{run.outcome}, {moment(run.finished_at)}"
            if run.finished_at
            else f"cut off; the next `thidua {run.command}` goes on from there"
        )
        console.print(Text(f"Last run: {run.command}, {ended}"), soft_wrap=True)
        for line in told_health(run.counts):
            console.print(Text(f"  {line}"), soft_wrap=True)


def told_health(counts: Mapping[str, Any]) -> list[str]:
    """Return why the site looked unwell in a run, and what was read where articles were expected."""
    fill = counts.get("fill", {})
    parts = [(words, *fill[name]) for name, words in _FILL.items() if name in fill]
    shares = ", ".join(f"{words} {100 * has // of} %" for words, has, of in parts if has or words != _FILL["own_date"])
    read = f"read on {plural(max(of for _, _, of in parts), 'page')}: {shares}" if parts else ""
    return [*(f"unwell: {why}" for why in counts.get("unwell", ())), *filter(None, [read])]


# Of the rates of a run, those that say how well pages were read; many sites have no dates on the articles themselves.
_FILL = {"title": "title", "body": "text", "date": "date", "own_date": "own date", "lists": "lists"}


def _headline(found: Status) -> str:
    """Return the first line: how many articles, of which time."""
    if not found.articles:
        return "No articles yet."
    return f"{plural(found.articles, 'article')}, {day(found.first_published)} to {day(found.last_published)}"


def category_table(categories: list[Category]) -> Table:
    """Return a table of categories with their numbers and dates."""
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column("Category", no_wrap=True, overflow="ellipsis")
    table.add_column("Articles", justify="right")
    table.add_column("First")
    table.add_column("Last")
    for each in categories:
        table.add_row(Text(each.name or "(none)"), f"{each.articles:,}", _date(each.first), _date(each.last))
    return table


def _date(iso: str | None) -> str:
    """Return a date for a cell of the table."""
    return day(iso) if iso else "–"


def _lacks(found: Status) -> list[str]:
    """Return a line for each thing the archive lacks; a complete one has a single line that says so."""
    lines: list[tuple[int, str]] = [
        (found.missing, "named by some page and not stored yet"),
        (found.gaps, "where the chain of articles breaks off"),
        (found.gone, f"gone from the site, the text of {found.gone_kept:,} kept here"),
        (found.undated, "without a date"),
        (found.disputed, "of which pages give different dates"),
    ]
    nouns = ("article", "place", "article", "article", "article")
    told = [f"{plural(number, noun)} {words}" for noun, (number, words) in zip(nouns, lines, strict=True) if number]
    return told if found.missing or found.gaps or not found.articles else ["Nothing is missing.", *told]


def _print_missing(console: Console, lacking: list[Missing]) -> None:
    """Print articles that are not stored with what others say of them; in a pipe a line each."""
    console.print(Text("Missing:"))
    for each in lacking:
        label, title = Text(f"  {day(each.published):<10}  "), each.title or "(no title)"
        if console.is_terminal:
            beside(console, label, title)
            console.print(Text(each.url, style="dim"), soft_wrap=True)
        else:
            console.print(label + f"{title}  {each.url}", soft_wrap=True)


def _trouble(each: Trouble) -> str:
    """Return a line for one reason that pages could not be had."""
    return f"{plural(each.pages, 'page')} {each.state}: {each.reason}, such as {each.url}"
