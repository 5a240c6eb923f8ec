"""How changes of words are shown: in colour on a terminal, in brackets elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from rich.console import Console

    from archive.worddiff import Change

    Mark = Callable[[Iterable[Change]], Text]

_STYLES = {"equal": "", "removed": "red strike", "added": "green"}


def marking(console: Console) -> Mark:
    """Return how changes are to be marked where this is printed."""
    return coloured if console.is_terminal and console.color_system and not console.no_color else bracketed


def coloured(changes: Iterable[Change]) -> Text:
    """Return changes marked by colour, and by a line through what was removed."""
    marked = Text()
    before = ""
    for change in changes:
        if (before, change.op) == ("removed", "added") and not marked.plain.endswith(" "):
            marked.append(" ")
        words = change.text.rstrip()
        marked.append(words, style=_STYLES[change.op])
        marked.append(change.text[len(words) :])  # a space is no word to be struck
        before = change.op
    return marked


def bracketed(changes: Iterable[Change]) -> Text:
    """Return changes in brackets, for where there is no colour."""
    marks = {"equal": ("", ""), "removed": ("[-", "-]"), "added": ("{+", "+}")}
    marked = ""
    for change in changes:
        words = change.text.rstrip()
        left, right = marks[change.op]
        if change.op != "equal" and marked.endswith(("-]", "+}")):
            marked += " "
        marked += f"{left}{words}{right}{change.text[len(words) :]}"
    return Text(marked)
