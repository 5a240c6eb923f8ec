"""Tables that hold data, told from tables that lay out a page; the first become a line a row."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ..records import BlockKind
from .lines import Document, Line

if TYPE_CHECKING:
    from collections.abc import Sequence

_LONG_CELL = 700  # characters: a cell of data is shorter
_SHORT_ROW = 80  # characters of a row of a table with one column
_MANY_LINES = 5  # a cell of data has fewer
_MENU = 3  # lines of a cell that are links and nothing else


@dataclass(slots=True)
class Table:
    """A table that is open during the walk."""

    start: int  # the document's lines before it
    nested: bool = False  # it holds another table
    widths: list[int] = field(default_factory=list)  # cells by row
    places: list[tuple[int, int]] = field(default_factory=list)  # row and cell of each of its lines

    def open(self, tag: str) -> None:
        """Open a row (`tr`) or a cell (`td`, `th`)."""
        if tag == "tr":
            self.widths.append(0)
        elif self.widths:
            self.widths[-1] += 1

    def place(self) -> tuple[int, int]:
        """Return the row and cell that are open."""
        return len(self.widths) - 1, (self.widths[-1] if self.widths else 0)


def is_data(table: Table, lines: Sequence[Line]) -> bool:
    """Tell whether a table is rows of data: several rows of two or more short cells, no table within.

    A table with one row, long cells, cells of many lines or a menu in a cell lays out a page, and is then read as if
    its cells were plain blocks. One column is data where it is three or more short rows without links.
    """
    if table.nested or len(table.widths) < 2 or len(table.places) != len(lines) or not lines:
        return False
    if max(table.widths) == 1:
        return _is_column(table, lines)
    if sum(width >= 2 for width in table.widths) * 2 < len(table.widths):
        return False
    if len({row for row, _ in table.places}) == len(set(table.places)):
        return _is_column(table, lines)  # beside the one cell with words there are only pictures
    cells: dict[tuple[int, int], list[Line]] = {}
    for place, line in zip(table.places, lines, strict=True):
        cells.setdefault(place, []).append(line)
    return all(map(_is_cell, cells.values()))


def _is_cell(lines: Sequence[Line]) -> bool:
    """Tell whether the lines of a cell can be data: they are short, few, and no menu."""
    is_menu = len(lines) >= _MENU and all(line.is_link for line in lines)
    return sum(len(line.text) for line in lines) <= _LONG_CELL and len(lines) < _MANY_LINES and not is_menu


def _is_column(table: Table, lines: Sequence[Line]) -> bool:
    rows = [row for row, _ in table.places]
    short = all(len(line.text) <= _SHORT_ROW and not line.links and not line.level for line in lines)
    return short and len(rows) >= 3 and len(set(rows)) == len(rows)


def merge(document: Document, table: Table) -> None:
    """Replace the lines of a table of data by a line a row, and move what points at them."""
    lines = document.lines[table.start :]
    rows: list[tuple[int, list[tuple[int, Line]]]] = []
    moved = []
    for (row, cell), line in zip(table.places, lines, strict=True):
        if not rows or rows[-1][0] != row:
            rows.append((row, []))
        rows[-1][1].append((cell, line))
        moved.append(table.start + len(rows) - 1)
    document.lines[table.start :] = [_row(parts) for _, parts in rows]
    end = len(document.lines)
    for picture in document.pictures:
        if picture.line >= table.start:
            picture.line = moved[picture.line - table.start] if picture.line - table.start < len(moved) else end


def _row(parts: Sequence[tuple[int, Line]]) -> Line:
    """Return one line for the lines of a row: cells parted by " | ", words behind a link kept with it."""
    cells: dict[int, list[str]] = {}
    for cell, line in parts:
        cells.setdefault(cell, []).append(line.text)
    text = " | ".join(" ".join(words) for words in cells.values())
    head = parts[0][1]
    box = head.box
    while box.parent is not None and box.tag != "tr":
        box = box.parent
    row = Line(text, [], BlockKind.ROW, box, bold=all(line.bold for _, line in parts))
    for _, line in parts:
        words = line.before if line.links else line.text
        if row.links:
            row.links[-1].after = f"{row.links[-1].after} {words}".strip()
        else:
            row.before = f"{row.before} {words}".strip()
        row.links += line.links
    row.link(row.links)
    return row
