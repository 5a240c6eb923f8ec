"""Where a page's furniture begins under an article that no list ends: at a column of one word said over and over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..records import BlockKind
from .byline import is_byline, is_signature

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .lines import Line

_SAME = 6  # how many times on end: no article says one word so often, an empty template does
_SHORT = 40  # characters of a signpost: "Hệ thống văn bản"


def tail(lines: Sequence[Line], start: int) -> int:
    """Return the first line of the furniture after line `start`, or the number of lines where none shows itself.

    It is a run of the same short line, with the signposts right over it: short lines that are no sentence, no row or
    item and no byline.
    """
    for at in range(start + 1, len(lines) - _SAME + 1):
        text = lines[at].text
        if text == lines[at + _SAME - 1].text and len(text) <= _SHORT and _is_column(lines[at : at + _SAME]):
            return _signposts(lines, start, at)
    return len(lines)


def _is_column(run: Sequence[Line]) -> bool:
    return all(line.text == run[0].text for line in run)


def _signposts(lines: Sequence[Line], start: int, at: int) -> int:
    """Return the first of the signposts that stand right over line `at`."""
    while at - 1 > start and _is_signpost(lines[at - 1]):
        at -= 1
    return at


def _is_signpost(line: Line) -> bool:
    if len(line.text) > _SHORT or line.text[-1:] in ".:;!?,”" or line.kind is BlockKind.ITEM or " | " in line.text:
        return False
    return not (is_byline(line) or is_signature(line) or line.text.isdigit() or line.slanted)
