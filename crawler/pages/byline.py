"""The line under an article that says where it comes from: "Tin từ …", "Theo …", "Nguồn: …", or the author's name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ..records import BlockKind
from .text import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .lines import Line

_BYLINE_LENGTH = 140
_BYLINE = re.compile(
    r"^[(\[*–-]*\s*(?:(?:tin|bai|anh|nguon|tac gia(?: bai viet)?|nguoi viet|bien tap|thuc hien|pv|ctv|nguon tin"
    r"|tin bai|tin anh|bai anh)"
    r"(?:\s*(?:[,/&+-]|va)\s*(?:tin|bai|anh|clip|video))*\s*[:.-]|tin tu |tin cua |tong hop tu |theo |nguon )"
)


def take(lines: Sequence[Line], numbers: list[int]) -> tuple[str, list[int]]:
    """Return the byline and the remaining lines: it is one of the last two, or of several lines that end the text."""
    last = len(numbers)
    while last > 1 and is_byline(lines[numbers[last - 1]]):
        last -= 1
    if len(numbers) - last > 1:
        return " - ".join(lines[n].text for n in numbers[last:]), numbers[:last]
    for n in reversed(numbers[-2:]):
        if n != numbers[0] and (is_byline(lines[n]) or (n == numbers[-1] and is_signature(lines[n]))):
            return lines[n].text, [m for m in numbers if m != n]
    return "", numbers


def is_byline(line: Line) -> bool:
    """Tell whether a line is "Tin từ …", "Theo …", "Nguồn: …": short, beginning so, and no sentence."""
    if len(line.text) > _BYLINE_LENGTH or not _BYLINE.match(fold(line.text)):
        return False
    if fold(line.text).startswith("theo ") and (len(line.text) > 70 or line.text.rstrip()[-1:] in ".;:,"):
        return False
    return line.kind is not BlockKind.ROW


def is_signature(line: Line) -> bool:
    """Tell whether the last line is the author's name: short, to the right, no sentence."""
    return line.box.right and len(line.text) <= 60 and line.text[-1:] not in ".;:!?" and line.kind is not BlockKind.ROW
