"""The lists of other articles under a label on a page: newer, older, undirected."""

from __future__ import annotations

import re
from bisect import bisect
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..records import ListItem, Relation
from .labels import Direction
from .text import bare
from .urls import is_page

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from .hints import Words
    from .lines import Document, Line, Link

_RELATION = {
    Direction.NEWER: Relation.NEWER,
    Direction.OLDER: Relation.OLDER,
    Direction.UNDIRECTED: Relation.LISTING,
}
_CHOSEN = {"newer": Direction.NEWER, "older": Direction.OLDER, "other": Direction.UNDIRECTED}
_AROUND = " |()[]:,-–»•"  # what parts a date from a link
_CARD = 3  # lines of an item besides its title: date, summary, "Xem thêm"
_NAME = 12  # characters of a link's words that can be a title
MOST_LISTS = 24  # of one page: more are a mistake or an attack
_DEPTH = 8  # ancestors that tell one list's structure from another's
_MARKS_ONLY = re.compile(r"^[\W_]*$|^\d{1,2}[.)]?$")
_BULLET = re.compile(r"^(?:[»›•▪■●►▸◦·>*+–-]+\s+)+")  # within a link's words, before the title
MORE = frozenset(
    {"xem them", "chi tiet", "xem chi tiet", "xem tiep", "doc tiep", "xem tat ca", "tiep theo", "read more"}
)


@dataclass(slots=True)
class Found:
    """An item of a list before it is told what its list is."""

    url: str
    title: str
    published: date | None
    line: int
    outside: bool  # the date stood outside the link


@dataclass(slots=True)
class LabelledList:
    """A list under a label: the label's line, the lines of its items, the items."""

    direction: Direction
    label: int
    lines: frozenset[int]
    found: list[Found]

    def cut(self) -> None:
        """In a dated list, leave out undated links at the end: they are what follows it (a menu, "Thông báo")."""
        dated = [at for at, f in enumerate(self.found) if f.published]
        if dated and dated[-1] + 1 < len(self.found):
            del self.found[dated[-1] + 1 :]
            last = self.found[-1].line
            self.lines = frozenset(n for n in self.lines if n <= last)

    def put_under(self, label: int) -> None:
        """Take a line for the list's label where it stands right above it."""
        if label < self.label <= label + 2:
            self.label = label

    def items(self) -> Iterator[ListItem]:
        """Yield the items as records."""
        relation = _RELATION[self.direction]
        return (ListItem(f.url, f.title, f.published, relation, at) for at, f in enumerate(self.found))


def labelled(document: Document) -> list[LabelledList]:
    """Return the lists that stand under a label, in the order of their labels.

    A label may be a tab whose list is elsewhere on the page (`<a href="#news-relatednew">`), or begin the line that
    holds its first item.
    """
    lists = list(_chosen(document))
    taken = {n for entry in lists for n in (entry.label, *entry.lines)}
    chosen = {entry.direction: entry for entry in lists}
    for at, line in enumerate(document.lines):
        way = _label(line, document.words)
        if way is None or at in taken:
            continue
        if way in chosen:
            chosen[way].put_under(at)
            continue
        if len(lists) == MOST_LISTS:
            break
        start, stop, inline = _extent(document, at, line)
        found, used = _collect(document, start, stop, inline)
        taken |= used
        lists.append(LabelledList(way, at, frozenset(used), found))
    dates_inside([f for entry in lists for f in entry.found], document.words)
    for entry in lists:
        entry.cut()
    lists.sort(key=lambda entry: entry.label)
    return [entry for entry in lists if entry.found or entry.direction is not Direction.UNDIRECTED]


def _chosen(document: Document) -> Iterator[LabelledList]:
    """Yield the lists that the profile's selectors choose, as far as they hold any item."""
    for field, way in _CHOSEN.items():
        numbers = document.chosen.get(field, [])
        start = next((n for n in numbers if document.lines[n].links), None)
        if start is None:
            continue
        found, used = _collect(document, start, numbers[-1] + 1, inline=True)
        if found:
            yield LabelledList(way, numbers[0], frozenset(used), found)


def _label(line: Line, words: Words) -> Direction | None:
    """Return the direction if the line is a label or begins with one before its first link."""
    if len(line.text) <= 60 and (way := words.direction(line.text)):
        # A link that is a label is a tab or a door to the section; a link with a date behind it is an article's title.
        return way if not line.links or bare(line.text) == bare(line.links[0].text) else None
    return words.direction(line.before) if line.links and line.before else None


def _extent(document: Document, at: int, line: Line) -> tuple[int, int, bool]:
    """Return where the items of a label can stand: first line, end, and whether they begin in the label's line."""
    for link in line.links:
        target = link.href.rpartition("#")[2] if "#" in link.href else ""
        if target and document.words.direction(link.text):
            there = [n for n, other in enumerate(document.lines) if other.box.is_in_id(target)]
            if there:
                return there[0], there[-1] + 1, False
    inline = bool(line.links) and document.words.direction(line.text) is None
    return at + (not inline), len(document.lines), inline


def _collect(document: Document, start: int, stop: int, inline: bool) -> tuple[list[Found], set[int]]:
    """Gather the items from `start` on until something stands there that is no item."""
    rows: list[tuple[int, list[Found]]] = []
    days: dict[int, date] = {}
    used: set[int] = set()
    words = document.words
    for at in range(start, stop):
        line = document.lines[at]
        if _label(line, words) and not (inline and at == start):
            break
        found = list(_found(line, at, words)) if not _is_date_of(rows, line, words) else []
        if found:
            rows.append((at, found))
        elif (day := words.date_line(line.text)) and _lacks_date(rows, days, at):
            days[at] = day
        elif not (_MARKS_ONLY.match(line.text) or _is_side_line(line) or _is_summary(document, rows, at, stop)):
            break
        used.add(at)
    _give_dates(rows, days)
    rows = _homogeneous(document, rows)
    last = max((at for at, _ in rows), default=-1)
    if rows:
        last = _with_date_line(document, last, used)
    return undouble([f for _, found in rows for f in found], words), {at for at in used if at <= last}


def _is_date_of(rows: Sequence[tuple[int, list[Found]]], line: Line, words: Words) -> bool:
    """Tell whether a line is the date of the item over it, and within its link: a card that is a link as a whole."""
    if not rows or not line.is_link or len(line.links) > 1:
        return False
    return line.links[0].url == rows[-1][1][-1].url and words.date_line(line.text) is not None


def _is_summary(document: Document, rows: Sequence[tuple[int, list[Found]]], at: int, stop: int) -> bool:
    """Tell whether line `at` sums up the item over it: it stands in one box with it, and the next item follows."""
    if not rows or document.lines[at].links or at - rows[-1][0] > _CARD:
        return False
    lines, words = document.lines, document.words
    over, shape = lines[rows[-1][0]], signature(lines[rows[0][0]])
    following = (n for n in range(at + 1, min(at + 1 + _CARD, stop)) if lines[n].links)
    under = next((n for n in following if signature(lines[n]) == shape and any(_found(lines[n], n, words))), -1)
    return under > 0 and lines[at].is_nearer(over, lines[under])


def _lacks_date(rows: Sequence[tuple[int, list[Found]]], days: Mapping[int, date], at: int) -> bool:
    """Tell whether a date on line `at` can be an item's: the last one has none yet, or dates lead this list."""
    if not rows or min(days, default=at) < rows[0][0]:
        return True
    last, found = rows[-1]
    return found[-1].published is None and not any(last < n for n in days)


def _give_dates(rows: Sequence[tuple[int, list[Found]]], days: Mapping[int, date]) -> None:
    """Give the dates on lines of their own to the items over them, or under them where a date leads the list."""
    places = [at for at, _ in rows]
    leading = bool(places) and min(days, default=places[0]) < places[0]
    for at, day in days.items():
        n = bisect(places, at) - (not leading)
        if 0 <= n < len(rows):
            owner = rows[n][1][0 if leading else -1]
            owner.published, owner.outside = owner.published or day, True


def _with_date_line(document: Document, last: int, used: set[int]) -> int:
    """Return the last line of a list: its last item, or the line of that item's date."""
    following = last + 1
    return following if following in used and document.words.date_line(document.lines[following].text) else last


def _is_side_line(line: Line) -> bool:
    """Tell whether a line between items is only a door such as "Xem thêm" or a picture's empty link."""
    return bool(line.links) and all(not link.url or bare(link.text) in MORE for link in line.links) and line.is_link


def _found(line: Line, at: int, words: Words) -> Iterator[Found]:
    """Yield the items in one line: links to other pages with nothing but dates, bullets and a few words around."""
    links = [link for link in line.links if link.url and is_page(link.url) and bare(link.text) not in MORE]
    if not links or not is_item_line(line, links, words):
        return
    for link in links:
        if link.text.isdigit() or _MARKS_ONLY.match(link.text):
            continue
        yield item(line, link, at, words)


def is_item_line(line: Line, links: Sequence[Link], words: Words) -> bool:
    """Tell whether the links are the line: what stands around them are dates and marks, not a sentence."""
    before = words.split_trailing(line.before.rstrip(_AROUND))[0]
    rest = len(before) + sum(len(words.split_trailing(link.after)[0]) for link in links)
    return rest <= max(24, sum(len(link.text) for link in links) // 2)


def item(line: Line, link: Link, at: int, words: Words) -> Found:
    """Return the item that a link of a line makes, with the date behind it or, before the line's first link, before it.

    A date that ends the link's own words is the title's where another stands outside.
    """
    behind = link.after.strip(_AROUND)
    day = words.split_trailing(behind)[1] or words.date_line(behind) if behind else None
    if day is None and line.before and link is line.links[0]:
        day = words.date_line(line.before.rstrip(_AROUND))
    return Found(link.url, _BULLET.sub("", link.text), day, at, outside=day is not None)


def _homogeneous(document: Document, rows: list[tuple[int, list[Found]]]) -> list[tuple[int, list[Found]]]:
    """Cut the run of candidate lines where the structure around the links changes."""
    if not rows:
        return rows
    shape = signature(document.lines[rows[0][0]])
    end = next((n for n, (at, _) in enumerate(rows) if signature(document.lines[at]) != shape), len(rows))
    return rows[:end]


def dates_inside(found: Sequence[Found], words: Words) -> None:
    """Where no item has a date outside its link, take those that end the links' words, if all of them end in one.

    Where only a title here and there ends in a date, it is the title's own.
    """
    if any(f.outside for f in found):
        return
    split = [words.split_trailing(f.title) for f in found]
    if all(day and title for title, day in split):
        for f, (title, day) in zip(found, split, strict=True):
            f.title, f.published = title, day


def undouble(found: list[Found], words: Words) -> list[Found]:
    """Join the links of one item: of its picture, its title, and where a whole card is a link, its date and summary."""
    kept: dict[str, Found] = {}
    for f in found:
        known = kept.setdefault(f.url, f)
        if known is not f:
            known.published = known.published or f.published or words.date_line(f.title)
            if len(known.title) < _NAME:
                known.title = max(known.title, f.title, key=len)
    return list(kept.values())


def signature(line: Line) -> tuple[str, ...]:
    """Return the tags of the blocks around a line, innermost first: lines of one list share them.

    Classes are left out: lists mark their first, last or every other item.
    """
    box = line.box
    while box.tag == "dd" and box.parent and box.parent.tag == "dd":
        box = box.parent  # the parser does not close a `<dd>` that another one follows
    return tuple(outer.tag for outer, _ in zip(box.around(), range(_DEPTH), strict=False))
