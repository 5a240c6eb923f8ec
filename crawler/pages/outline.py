"""Where on the page its text is: the run of lines that holds most words which are no links.

All of it rests on place, length and links. What a line says matters only where it is the label of a list.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from .dates import date_line
from .labels import Direction
from .lines import Box, Document, Line
from .lists import LabelledList
from .urls import is_article_like, is_attachment, is_page

_SENTENCE = 40  # characters of a line's own words that make it text rather than a label


@dataclass(slots=True)
class Outline:
    """What of a page is boilerplate, list or candidate text, by line number."""

    document: Document
    lists: list[LabelledList]
    listed: frozenset[int] = frozenset()  # lines of labels and their items
    breaks: frozenset[int] = frozenset()  # lines that no article's text runs across
    summaries: frozenset[int] = frozenset()  # text that tells of a linked article


def outline(document: Document, lists: list[LabelledList]) -> Outline:
    """Mark the lines that belong to lists, menus and summaries of other articles."""
    listed = frozenset(n for entry in lists for n in (*entry.lines, entry.label))
    lines = document.lines
    breaks = {n for n, line in enumerate(lines) if line.chrome in {"nav", "footer", "breadcrumb"}} | listed
    breaks |= _menus(lines)
    return Outline(document, lists, listed, frozenset(breaks), frozenset(_summaries(document, breaks)))


def _menus(lines: Sequence[Line]) -> set[int]:
    """Return the lines of runs of three or more bare links that lead to pages, not to files."""
    menus: set[int] = set()
    run: list[int] = []
    for n, line in enumerate([*lines, None]):
        if line is not None and line.is_link and not any(is_attachment(link.url) for link in line.links):
            run.append(n)
            continue
        if len(run) >= 3 or sum(len(lines[m].links) for m in run) >= 4:
            menus.update(run)
        run = []
    return menus


def _summaries(document: Document, breaks: Iterable[int]) -> set[int]:
    """Return the lines of text that follow a title that is a link to another page, a date between them or not."""
    found: set[int] = set()
    barred = set(breaks)
    for n, line in enumerate(document.lines):
        if n in barred or not _is_foreign_title(line, document.url):
            continue
        after = n + 1
        while after < min(n + 3, len(document.lines)) and date_line(document.lines[after].text):
            after += 1
        if after < len(document.lines) and not document.lines[after].is_link:
            found.add(after)
    return found


def _is_foreign_title(line: Line, page: str) -> bool:
    if not line.is_link or len(line.text) < 12:
        return False
    link = line.links[0]
    return bool(link.url) and link.url != page and is_page(link.url) and (line.level > 0 or is_article_like(link.url))


def is_text(line: Line) -> bool:
    """Tell whether a line reads as text: long enough, and mostly its own words."""
    return line.own >= _SENTENCE and line.own * 3 >= len(line.text)


def main_text(sketch: Outline) -> list[int]:
    """Return the numbers of the lines of text that make the page's main run, in order; empty where there is none."""
    lines = sketch.document.lines
    stop = _first_directed(sketch)
    runs: list[list[int]] = [[]]
    for n, line in enumerate(lines[: stop if stop is not None else len(lines)]):
        if n in sketch.breaks:
            if runs[-1]:
                runs.append([])
        elif is_text(line) and n not in sketch.summaries and not date_line(line.text):
            runs[-1].append(n)
    runs = [run for run in runs if run]
    if not runs:
        return []
    best = max(runs, key=lambda run: sum(lines[n].own for n in run))
    return _joined(sketch, runs, best)


def _first_directed(sketch: Outline) -> int | None:
    """Return the line of the first label of a newer or older list, before which the article must stand."""
    labels = [entry.label for entry in sketch.lists if entry.direction is not Direction.UNDIRECTED]
    return min(labels, default=None)


def _joined(sketch: Outline, runs: list[list[int]], best: list[int]) -> list[int]:
    """Join the runs that stand in the same box as the best one: a list of links inside the text parts no article."""
    lines = sketch.document.lines
    box = container(lines, best)
    if box is None or box.is_page:
        return best
    return [n for run in runs for n in run if lines[n].box.within(box)] or best


def container(lines: Sequence[Line], numbers: Sequence[int]) -> Box | None:
    """Return the smallest box that holds at least four fifths of the text of the given lines."""
    total = sum(lines[n].own for n in numbers)
    weights: dict[int, int] = {}
    boxes: dict[int, Box] = {}
    for n in numbers:
        for box in lines[n].box.around():
            boxes[id(box)] = box
            weights[id(box)] = weights.get(id(box), 0) + lines[n].own
    holding = [boxes[name] for name, weight in weights.items() if weight * 5 >= total * 4]
    return max(holding, key=lambda box: box.depth, default=None)
