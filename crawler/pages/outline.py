"""Where on the page its text is: the run of lines that holds most words which are no links.

All of it rests on place, length and links. What a line says matters only where it is the label of a list.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from .labels import Direction, is_comments
from .text import fold
from .urls import is_attachment, is_page, key

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from .lines import Box, Document, Line
    from .lists import LabelledList

_DATED = 3  # how many times a text under a heading with a date outweighs another
_NAMED = 10  # the same where the head of the page names that heading
_HEAD = 4  # lines of an article's head: date, author, how many have read and answered it
_FIELDS = 4  # forms that are looked at
_FORM = 250  # characters of own text in a form: labels, and what is asked of readers
_ENTRY = 4  # lines of a list item that tell of its link
_DOOR = 60  # characters of a menu entry
_SENTENCE = 40  # characters of a line's own words that make it text rather than a label


@dataclass(slots=True)
class Outline:
    """What of a page is boilerplate, list or candidate text, by line number."""

    document: Document
    lists: list[LabelledList]
    listed: frozenset[int] = frozenset()  # lines of labels and their items
    breaks: frozenset[int] = frozenset()  # lines that no article's text runs across
    comments: frozenset[int] = frozenset()  # labels over readers' comments
    summaries: frozenset[int] = frozenset()  # text that tells of a linked article
    doors: frozenset[str] = frozenset()  # the names of the site's sections in its menus, in lower case


def outline(document: Document, lists: list[LabelledList]) -> Outline:
    """Mark the lines that belong to lists, menus and summaries of other articles."""
    listed = frozenset(n for entry in lists for n in (*entry.lines, entry.label))
    lines = document.lines
    breaks = {n for n, line in enumerate(lines) if line.chrome in {"nav", "footer", "breadcrumb"}} | listed
    breaks |= _menus(lines)
    comments = frozenset(_comments(document))
    breaks |= comments | _forms(document)
    return Outline(
        document,
        lists,
        listed,
        frozenset(breaks),
        comments,
        frozenset(_summaries(document, breaks)),
        _doors(document, breaks - listed),
    )


def _doors(document: Document, menus: Iterable[int]) -> frozenset[str]:
    """Return what the menus call the sections of the site: the words of links to other pages that are no articles."""
    links = (link for n in menus for link in document.lines[n].links if len(link.text) <= _DOOR)
    own = key(document.url)
    return frozenset(
        link.text.casefold()
        for link in links
        if link.url and not document.words.is_article_like(link.url) and key(link.url) != own
    )


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


def _comments(document: Document) -> set[int]:
    """Return the labels over readers' comments; beside a date "2 bình luận" counts them, in the head of an article."""
    lines, date_line = document.lines, document.words.date_line
    labels = {n for n, line in enumerate(lines) if is_comments(line.text)}
    counts = {n for n in labels if any(char.isdigit() for char in lines[n].text)}
    return labels - {n for n in counts if any(date_line(line.text) for line in lines[max(0, n - _HEAD) : n + _HEAD])}


def _forms(document: Document) -> set[int]:
    """Return the lines of forms for comments and votes: those around what is to be filled in, where they are few."""
    return {n for field in document.fields[:_FIELDS] for n in _form(document, field)}


def _form(document: Document, field: Box) -> list[int]:
    """Return the lines of the largest box around a field that can be a form's: it holds no heading, date or picture.

    Each line is looked at once, however many boxes there are one in another.
    """
    lines, around = document.lines, set(field.around())

    def nearest(box: Box) -> Box | None:
        return next((outer for outer in box.around() if outer in around), None)

    added: dict[Box | None, list[int]] = {}  # what a box holds that the next smaller one does not
    for n, line in enumerate(lines):
        added.setdefault(nearest(line.box), []).append(n)
    pictured = {nearest(picture.box) for picture in document.pictures}
    form: list[int] = []
    own = 0
    for box in field.around():
        more = added.get(box, [])
        own += sum(lines[n].own for n in more)
        if box.tag in {"html", "body"} or box in pictured or own > _FORM:
            break
        if any(0 < lines[n].level < 3 or document.words.date_line(lines[n].text) for n in more):
            break
        form += more
    return form


def _summaries(document: Document, breaks: Iterable[int]) -> set[int]:
    """Return the lines of text that follow a title that is a link to another page, a date between them or not."""
    found: set[int] = set()
    barred = set(breaks)
    for n, line in enumerate(document.lines):
        if n in barred:
            continue
        entry = _entry(line) if line.is_link else None
        if entry:
            found.update(_rest(document, n, entry))
        if not _is_foreign_title(line, document):
            continue
        after = n + 1
        while after < min(n + 3, len(document.lines)) and document.words.date_line(document.lines[after].text):
            after += 1
        under = document.lines[after] if after < len(document.lines) else line
        if not under.is_link and (entry is None or under.box.within(entry)):
            found.add(after)
    return found


def _entry(line: Line) -> Box | None:
    """Return the list item that begins with a link to a page: in a box of new documents, "381/QĐ-UBND"."""
    item = next((box for box in line.box.around() if box.tag == "li"), None)
    link = line.links[0]
    return item if item and link.url and is_page(link.url) and not is_attachment(link.url) else None


def _rest(document: Document, n: int, entry: Box) -> Iterator[int]:
    """Yield the lines of a list item after its link on line n: they tell of what it leads to."""
    lines = document.lines
    if n and lines[n - 1].box.within(entry):
        return
    for after in range(n + 1, min(n + 1 + _ENTRY, len(lines))):
        if not lines[after].box.within(entry):
            return
        if not lines[after].is_link:
            yield after


def _is_foreign_title(line: Line, document: Document) -> bool:
    if not line.is_link or len(line.text) < 12:
        return False
    link = line.links[0]
    if not link.url or link.url == document.url or not is_page(link.url):
        return False
    return line.level > 0 or document.words.is_article_like(link.url)


def is_text(line: Line) -> bool:
    """Tell whether a line reads as text: long enough, and mostly its own words."""
    return line.own >= _SENTENCE and line.own * 3 >= len(line.text)


def main_text(sketch: Outline) -> list[int]:
    """Return the numbers of the lines of text that make the page's main run, in order; empty where there is none."""
    lines = sketch.document.lines
    runs: list[list[int]] = [[]]
    opened: dict[int, int] = {}  # how much more runs weigh that begin under a heading with a date
    first = -1  # the line under a title that the head names, and its date: it is text however short
    own = -1  # the run that it begins
    for n, line in enumerate(lines[: _stop(sketch)]):
        weight = 0 if n in sketch.breaks else _heads(sketch.document, n)
        if n in sketch.breaks or weight:
            if runs[-1]:
                runs.append([])
            opened[len(runs) - 1] = max(weight, opened.get(len(runs) - 1, 1))
            if weight == _NAMED:
                first, own = n + 2, len(runs) - 1
        elif (
            (is_text(line) or (n == first and not line.is_link))
            and n not in sketch.summaries
            and not sketch.document.words.date_line(line.text)
        ):
            runs[-1].append(n)
    weights = [sum(lines[n].own for n in run) * opened.get(at, 1) for at, run in enumerate(runs)]
    best = runs[weights.index(max(weights))]
    if best and own >= 0 and _is_behind_lists(sketch, runs[own] or best, first):
        return []  # a picture or the name of a file is all that the page tells
    return _joined(sketch, [run for run in runs if run], best) if best else []


def _is_behind_lists(sketch: Outline, run: Sequence[int], first: int) -> bool:
    """Tell whether a run stands behind the list of an article that says something, if no text, on line `first`."""
    return first not in sketch.breaks and any(first < entry.label < run[0] for entry in sketch.lists)


def _stop(sketch: Outline) -> int:
    """Return the line before which the article must stand: a newer or older list, or comments after some text."""
    lines = sketch.document.lines
    labels = [entry.label for entry in sketch.lists if entry.direction is not Direction.UNDIRECTED]
    text = next((n for n, line in enumerate(lines) if n not in sketch.breaks and is_text(line)), len(lines))
    comments = (n for n in sketch.comments if n >= text)
    return min([*labels, min(comments, default=len(lines))])


def _heads(document: Document, n: int) -> int:
    """Return how much more the text under line n weighs, 0 where no article can begin there.

    One begins where a date stands right under a line set apart as a heading, or one that the head of the page names.
    """
    line = document.lines[n]
    if n + 1 >= len(document.lines) or _is_foreign_title(line, document):
        return 0
    under = document.lines[n + 1]
    if under.links or document.words.own_date(under.text) is None:
        return 0
    if len(line.text) >= _SENTENCE // 2 and _is_named(document, fold(line.text)):
        return _NAMED
    return _DATED if line.level or line.bold else 0


def _is_named(document: Document, folded: str) -> bool:
    """Tell whether the head of the page calls it so, before or after the name of the site."""
    names = (fold(name) for name in (document.title, document.meta.get("og:title", "")))
    return any(name.startswith(folded) or name.endswith(folded) for name in names)


def _joined(sketch: Outline, runs: list[list[int]], best: list[int]) -> list[int]:
    """Join the runs that stand in the same box as the best one: a list of links inside the text parts no article."""
    lines = sketch.document.lines
    box = container(lines, best)
    if box is None or box.is_page:
        return best
    return [n for run in runs for n in run if lines[n].box.within(box)] or best


def container(lines: Sequence[Line], numbers: Sequence[int]) -> Box | None:
    """Return the smallest box that holds at least four fifths of the text of the given lines."""
    weights: dict[Box, int] = {}
    for n in numbers:
        own = lines[n].own
        box: Box | None = lines[n].box
        while box is not None:
            weights[box] = weights.get(box, 0) + own
            box = box.parent
    most = max(weights.values(), default=0)  # the whole page holds all of it
    holding = [box for box, weight in weights.items() if weight * 5 >= most * 4]
    return max(holding, key=lambda box: box.depth, default=None)
