"""`thidua kwic`: every place where words stand, one line each, the words below one another (a concordance)."""

from __future__ import annotations

from dataclasses import asdict
from itertools import islice
from typing import TYPE_CHECKING

import click
from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from archive import Archive
from archive.export.table import write_table
from archive.kwic import ORDERS, WIDEST, WIDTH, Line, Order, kwic
from archive.selection import Selection
from thidua.exits import told
from thidua.options import (
    PathName,
    choice_options,
    day,
    force_option,
    json_option,
    plural,
    print_json_list,
    reading_option,
    typed,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from pathlib import Path

_DAY, _ID = 10, 6  # characters: the widths of the columns before the text
_BEFORE = _DAY + 1 + _ID + 2
_MATCH = 12  # cells that a match is expected to take: about three syllables
_LEAST = 4  # cells on either side in the narrowest terminal

_CONTROLS = dict.fromkeys([*range(32), *range(127, 160)], "\ufffd")  # a site's text must not command the terminal


@click.command(
    "kwic", short_help="Show words with what stands around them.", context_settings={"ignore_unknown_options": True}
)
@click.argument("query", nargs=-1, required=True)
@reading_option
@choice_options
@click.option(
    "--width",
    type=click.IntRange(0, WIDEST),
    metavar="N",
    help=f"At most N characters on either side; without it as many as fit the terminal, {WIDTH} in a pipe or file.",
)
@click.option(
    "--sort",
    type=click.Choice(ORDERS),
    default="date",
    show_default=True,
    help="By the articles' dates, or by the words to the left or right of the match.",
)
@click.option("--limit", type=click.IntRange(1), metavar="N", help="Show the first N places, and count the others.")
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
    width: int | None,
    sort: Order,
    limit: int | None,
    table: Path | None,
    force: bool,
    as_json: bool,
) -> None:
    """Show every place where words stand in titles, texts and bylines, with what stands around it.

    Words side by side are a phrase here; accents and the rest are as for `thidua search`.

    \b
    thidua kwic thi dua yeu nuoc
    thidua kwic 'huân chương OR huy chương' --from 2015 --sort right --csv places.csv
    """  # noqa: D301 - click needs the character that \b stands for
    selection = Selection(date_from, date_to, category or None, typed(query), exact)
    console = Console(highlight=False)
    layout = Layout(console, width)
    asked = WIDTH if width is None and (as_json or table) else layout.asked
    with told(), Archive(folder) as archive:
        places = Places(kwic(archive, selection, asked, sort), limit)
        if table:
            write_table(places, Line, table, force=force)
        elif as_json:
            print_json_list(map(asdict, places))
        else:
            layout.show(places)
    if table:
        click.echo(f"{table}: {places.told()}")
    elif as_json and places.cut:
        click.echo(f"thidua: {places.told()}", err=True)
    elif not as_json:
        console.print(Text(places.told(), style="cyan"), soft_wrap=True)


class Places:
    """The places to be shown; once they have been walked through, also how many there are.

    Args:
        lines: all places.
        limit: how many of them to show; the others are counted.
    """

    def __init__(self, lines: Iterator[Line], limit: int | None) -> None:
        self._lines = lines
        self._limit = limit
        self._articles: set[int] = set()
        self._count = 0

    def __iter__(self) -> Iterator[Line]:
        """Yield those to be shown."""
        counted = self._counted()
        yield from islice(counted, self._limit)
        for _ in counted:
            pass

    def _counted(self) -> Iterator[Line]:
        for line in self._lines:
            self._count += 1
            self._articles.add(line.article_id)
            yield line

    @property
    def cut(self) -> bool:
        """Whether some are not shown."""
        return self._limit is not None and self._count > self._limit

    def told(self) -> str:
        """Return how many there are."""
        if not self._count:
            return "Nothing found. Fewer words, or words without accents, find more."
        whole = f"{plural(self._count, 'place')} in {plural(len(self._articles), 'article')}"
        return f"the first {self._limit:,} of {whole}" if self.cut else whole


class Layout:
    """How lines are set where they are printed: with --width as wide as that says, else as wide as the terminal."""

    def __init__(self, console: Console, width: int | None) -> None:
        self._console = console
        self._coloured = bool(console.is_terminal and console.color_system and not console.no_color)
        self._fits = width is None and console.is_terminal
        if self._fits:
            marks = 0 if self._coloured else 2
            self._room = max(2 * _LEAST + _MATCH, console.width - _BEFORE - marks)  # for the match and both its sides
            self._left = (self._room - _MATCH) // 2
            self.asked = min(self._room, WIDEST)
        else:
            self._left = self.asked = WIDTH if width is None else width

    def show(self, lines: Places) -> None:
        """Print the lines, the matches below one another."""
        for line in lines:
            left, match, right = (text.translate(_CONTROLS) for text in (line.left, line.match, line.right))
            left = _last(left, self._left)
            if self._fits:
                right = _first(right, max(0, self._room - self._left - cell_len(match)))
            left = f"{day(line.published):<{_DAY}} {line.article_id:>{_ID}}  {left:>{_padded(left, self._left)}}"
            if self._coloured:
                parts = (left[: _BEFORE - 2], "cyan"), left[_BEFORE - 2 :], (match, "bold black on yellow"), right
                self._console.print(Text.assemble(*parts), soft_wrap=True)
            else:  # by hundred thousands, perhaps
                click.echo(f"{left}[{match}]{right}")


def _padded(text: str, cells: int) -> int:
    """Return the width in characters to which text is padded to take so many cells."""
    return cells - cell_len(text) + len(text)


def _last(text: str, cells: int) -> str:
    """Return the last whole words that fit into so many cells."""
    while cell_len(text) > cells:
        text = text.partition(" ")[2]
    return text


def _first(text: str, cells: int) -> str:
    """Return the first whole words that fit into so many cells."""
    while cell_len(text) > cells:
        text = text.rpartition(" ")[0]
    return text
