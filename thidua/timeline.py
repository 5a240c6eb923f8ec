"""`thidua timeline`: how many articles there are of each year, month or day, as a chart."""

from __future__ import annotations

from dataclasses import asdict
from itertools import groupby
from typing import TYPE_CHECKING

import click
from rich.console import Console
from rich.text import Text

from archive import Archive
from archive.export.table import write_table
from archive.plot import draw
from archive.selection import Selection
from archive.timeline import UNITS, Period, Unit, timeline
from thidua.exits import told
from thidua.options import (
    PathName,
    choice_options,
    day,
    force_option,
    json_option,
    plural,
    print_json,
    reading_option,
    typed,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date
    from pathlib import Path

_GAP = 3  # so many periods without articles, or more, are one line
_MANY = 60  # lines; where there are more, a coarser chart is pointed to
_LONGEST = 60  # cells of a bar: a wider chart is no clearer
_SMALL = 0.0995  # shares below it are shown to the tenth of a percent
_EIGHTHS = " ▏▎▍▌▋▊▉█"


@click.command(
    "timeline", short_help="Show how many articles each period has.", context_settings={"ignore_unknown_options": True}
)
@click.argument("query", nargs=-1)
@reading_option
@choice_options
@click.option("--by", type=click.Choice(UNITS), default="month", show_default=True, help="What to count by.")
@click.option("--png", type=PathName(), metavar="FILE", help="Draw the chart into a picture.")
@click.option("--csv", "table", type=PathName(), metavar="FILE", help="Write a table for spreadsheets.")
@force_option
@json_option
def command(  # noqa: PLR0913, PLR0917 - click passes every option by name
    query: tuple[str, ...],
    folder: Path,
    date_from: date | None,
    date_to: date | None,
    category: str,
    exact: bool,
    by: Unit,
    png: Path | None,
    table: Path | None,
    force: bool,
    as_json: bool,
) -> None:
    """Show how many articles each year, month or day has: all, or those that a query finds and which share they are.

    The query is as for `thidua search`: a phrase needs quotation marks.

    \b
    thidua timeline
    thidua timeline '"thi đua yêu nước"' --by year --png thi-dua.png
    """  # noqa: D301 - click needs the character that \b stands for
    words = typed(query)
    with told(), Archive(folder) as archive:
        periods = timeline(archive, Selection(date_from, date_to, category or None, words, exact), by)
        if table:
            write_table(periods, Period, table, force=force)
        if png:
            draw(periods, by, png, query=words, category=category, force=force)
    if as_json:
        print_json([asdict(period) for period in periods])
    elif png or table:
        for file in filter(None, (table, png)):
            click.echo(f"{file}: {plural(len(periods), 'period')}, {plural(_articles(periods), 'article')}")
    else:
        _print(periods, by, words)


def _articles(periods: Sequence[Period]) -> int:
    return sum(period.articles for period in periods)


def _print(periods: Sequence[Period], by: Unit, query: str) -> None:
    """Print the chart for a person."""
    console = Console(highlight=False)
    if not periods:
        nothing = "Nothing found. Fewer words, or words without accents, find more." if query else "No articles."
        console.print(nothing, soft_wrap=True)
        return
    lines = list(_lines(periods, by, query, console))
    for line in lines:
        console.print(line, soft_wrap=True)
    console.print()
    console.print(Text(_whole(periods, query), style="cyan"), soft_wrap=True)
    if len(lines) > _MANY and by != "year":
        coarser = UNITS[UNITS.index(by) - 1]
        console.print(Text(f"--by {coarser} shows it shorter", style="dim"), soft_wrap=True)


def _lines(periods: Sequence[Period], by: Unit, query: str, console: Console) -> Iterator[Text]:
    """Yield the lines of the chart; several periods without articles are one."""
    label = max(len(day(period.period)) for period in periods)
    number, of = len(f"{max(p.articles for p in periods):,}"), len(f"{max(p.of for p in periods):,}")
    most = max((period.articles for period in periods if period.period), default=0)
    plain = console.options.ascii_only or console.is_dumb_terminal
    for empty, run in groupby(periods, key=lambda period: not period.articles):
        same = list(run)
        if empty and len(same) >= _GAP:
            yield Text(f"{'':{label}}  none for {plural(len(same), by)}", style="dim")
            continue
        for period in same:
            facts = f"{day(period.period):<{label}}  {period.articles:>{number},}"
            if query:
                facts += f" of {period.of:>{of},}  {_percent(period.share) if period.of else '':>5}"
            line = Text(facts)
            line.stylize(_style(period), 0, label)
            if period.period and most:
                length = min(_LONGEST, max(1, console.width - len(facts) - 2))
                line.append(f"  {_bar(period.articles / most * length, plain=plain)}".rstrip(), "green")
            yield line


def _style(period: Period) -> str:
    """Return how the period's name looks: the first of each year, or of each month, leads the eye down the chart."""
    return "bold cyan" if period.period is None or period.period.endswith("-01") else "cyan"


def _bar(length: float, *, plain: bool) -> str:
    """Return a bar of that many characters, in eighths where the terminal has them; what is more than none shows."""
    if plain:
        return "#" * max(round(length), 1 if length else 0)
    eighths = max(round(length * 8), 1 if length else 0)
    return "█" * (eighths // 8) + _EIGHTHS[eighths % 8].strip()


def _percent(share: float) -> str:
    """Return a share in hundredths; a small one to the tenth."""
    return f"{share:.1%}" if 0 < share < _SMALL else f"{share:.0%}"


def _whole(periods: Sequence[Period], query: str) -> str:
    """Return in one line what the chart adds up to."""
    dated = [period for period in periods if period.period]
    undated = sum(period.articles for period in periods if not period.period)
    parts = [plural(_articles(periods), "article")]
    if query:
        parts.append(f"with these words, {_percent(_articles(periods) / max(1, sum(p.of for p in periods)))} of all")
    if dated:
        first, last = day(dated[0].period), day(dated[-1].period)
        parts.append(f"in {first}" if first == last else f"from {first} to {last}")
    return " ".join(parts) + (f"; {undated:,} undated" if undated else "")
