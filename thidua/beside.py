"""How a text stands beside its label: on a terminal all lines of it, elsewhere in one line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.table import Table
from rich.text import Text

if TYPE_CHECKING:
    from rich.console import Console


def beside(console: Console, label: Text, text: str) -> None:
    """Print a text beside its label; what holds a URL is not broken into lines, so that it can be copied."""
    if console.is_terminal and "://" not in text:
        row = Table.grid()
        row.add_row(label, Text(text))
        console.print(row)
    else:
        console.print(label + text, soft_wrap=True)
