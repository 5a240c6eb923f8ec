"""The category of an article: the end of its breadcrumb, its metadata, or the line over its title."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .counters import is_counter
from .lists import signature
from .names import HOME, PAGE_NAMES
from .outline import Outline, is_text
from .text import bare

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from .lines import Line

_LENGTH = 80  # characters of a category
_MOST_STEPS = 5  # of a breadcrumb


def of(sketch: Outline, title: int) -> str:
    """Return the category a page gives itself: the end of its breadcrumb, its metadata, or the line over the title."""
    lines = sketch.document.lines
    if told := sketch.document.told("category"):
        return told
    name = lines[title].text if title >= 0 else ""
    trails = [trail for trail in _trails(lines, title) if trail]
    for trail in reversed(trails):
        steps = [step for step in trail if bare(step) not in HOME and not _is_same(step, name)]
        if steps and len(steps[-1]) <= _LENGTH:
            return steps[-1]
    return sketch.document.meta.get("article:section", "") or _line_above(sketch, title)


def _is_same(step: str, title: str) -> bool:
    """Tell whether a step of a breadcrumb is the page's own title, whole or cut short."""
    step, title = bare(step.rstrip(". …")), bare(title)
    return bool(title) and (step == title or (len(step) > 15 and title.startswith(step)))


def _trails(lines: Sequence[Line], title: int) -> Iterable[list[str]]:
    """Yield breadcrumbs above the title: what follows a link "Trang chủ", on its line or on the short ones after it."""
    for n, line in enumerate(lines[: title if title >= 0 else None]):
        if not line.links or bare(line.links[0].text) not in HOME or "|" in line.text:
            continue  # steps parted by bars are a menu
        steps = _steps(line)
        if len(steps) == 1 and not _is_menu(lines, n):
            steps += _following(lines, n + 1, title if title >= 0 else len(lines))
        if 1 < len(steps) <= _MOST_STEPS:
            yield steps


_SEPARATORS = re.compile(r"\s*(?:[»›>/\\→|•·]+|&gt;|::|(?<=\s)[-–](?=\s))\s*")


def _steps(line: Line) -> list[str]:
    """Return the steps of a breadcrumb on one line: its links, and words after the last separator."""
    steps: list[str] = []
    for link in line.links:
        steps.append(link.text)
        steps += [part for part in _SEPARATORS.split(link.after) if part and bare(part)]
    return steps


def _is_menu(lines: Sequence[Line], n: int) -> bool:
    """Tell whether "Trang chủ" at line n begins a menu: several bare links in the same structure follow."""
    following = lines[n + 1 : n + 5]
    return len(following) >= 3 and all(line.is_link for line in following[:3])


def _following(lines: Sequence[Line], start: int, stop: int) -> list[str]:
    """Return the short lines after "Trang chủ" that stand in the same box: a breadcrumb with a step a line."""
    box = lines[start - 1].box
    if start < stop and not lines[start].box.within(box):
        box = box.parent or box
    steps = []
    for line in lines[start : min(stop, start + 5)]:
        if not line.box.within(box) or len(line.text) > _LENGTH or is_text(line):
            break
        if bare(line.text):
            steps.append(line.text.strip(" »›>/|"))
    return steps


def _line_above(sketch: Outline, title: int) -> str:
    """Return the short line that stands directly over the title, if it can name a category."""
    lines = sketch.document.lines
    for n in range(title - 1, max(-1, title - 4), -1):
        line = lines[n]
        if is_counter(line.text) or (n in sketch.breaks and not _stands_alone(lines, n)):
            return ""
        if sketch.document.words.date_line(line.text) or bare(line.text) in {"", *PAGE_NAMES}:
            continue
        return line.text if len(line.text) <= _LENGTH and len(line.links) <= 1 and not is_text(line) else ""
    return ""


def _stands_alone(lines: Sequence[Line], n: int) -> bool:
    """Tell whether a link below a menu is none of its entries: it stands further off than they do."""
    if lines[n].chrome in {"nav", "footer"} or bare(lines[n].text) in HOME:
        return False
    if n < 2 or signature(lines[n]) != signature(lines[n - 1]):
        return True
    box = lines[n - 1].box
    return lines[n].box.shared(box).depth < box.shared(lines[n - 2].box).depth
