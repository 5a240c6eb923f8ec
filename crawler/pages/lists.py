"""The lists of other articles on a page: newer, older, undirected, and what a category page names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from ..records import BlockKind, ListItem, Relation
from .dates import date_line, split_trailing
from .labels import Direction, direction
from .lines import Document, Line, Link
from .text import bare, squeeze
from .urls import is_article_like, is_page, key

_RELATION = {
    Direction.NEWER: Relation.NEWER,
    Direction.OLDER: Relation.OLDER,
    Direction.UNDIRECTED: Relation.LISTING,
}
_DEPTH = 8  # ancestors that tell one list's structure from another's
_MARKS_ONLY = re.compile(r"^[\W_]*$|^\d{1,2}[.)]?$")
_MORE = frozenset({"xem them", "chi tiet", "xem chi tiet", "xem tiep", "doc tiep", "xem tat ca", "tiep theo", "read more"})


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

    def items(self) -> Iterator[ListItem]:
        """Yield the items as records."""
        relation = _RELATION[self.direction]
        return (ListItem(f.url, f.title, f.published, relation, at) for at, f in enumerate(self.found))


def labelled(document: Document) -> list[LabelledList]:
    """Return the lists that stand under a label, in the order of their labels.

    A label may be a tab whose list is elsewhere on the page (`<a href="#news-relatednew">`), or begin the line that
    holds its first item.
    """
    lists = []
    taken: set[int] = set()
    for at, line in enumerate(document.lines):
        way = _label(line)
        if way is None or at in taken:
            continue
        start, stop, inline = _extent(document, at, line)
        found, used = _collect(document, start, stop, inline)
        taken |= used
        lists.append(LabelledList(way, at, frozenset(used), found))
    _dates_inside([f for entry in lists for f in entry.found])
    for entry in lists:
        entry.cut()
    return [entry for entry in lists if entry.found or entry.direction is not Direction.UNDIRECTED]


def _label(line: Line) -> Direction | None:
    """Return the direction if the line is a label or begins with one before its first link."""
    if len(line.text) <= 60 and (way := direction(line.text)):
        # A link that is a label is a tab or a door to the section; a link with a date behind it is an article's title.
        return way if not line.links or bare(line.text) == bare(line.links[0].text) else None
    return direction(line.before) if line.links and line.before else None


def _extent(document: Document, at: int, line: Line) -> tuple[int, int, bool]:
    """Return where the items of a label can stand: first line, end, and whether they begin in the label's line."""
    for link in line.links:
        target = link.href.rpartition("#")[2] if "#" in link.href else ""
        if target and direction(link.text):
            there = [n for n, other in enumerate(document.lines) if other.box.is_in_id(target)]
            if there:
                return there[0], there[-1] + 1, False
    inline = bool(line.links) and direction(line.text) is None
    return at + (not inline), len(document.lines), inline


def _collect(document: Document, start: int, stop: int, inline: bool) -> tuple[list[Found], set[int]]:
    """Gather the items from `start` on until something stands there that is no item."""
    rows: list[tuple[int, list[Found]]] = []
    used: set[int] = set()
    for at in range(start, stop):
        line = document.lines[at]
        if _label(line) and not (inline and at == start):
            break
        found = list(_found(line, at, document.url))
        if found:
            rows.append((at, found))
        elif rows and (day := date_line(line.text)) and rows[-1][1][-1].published is None:
            rows[-1][1][-1].published, rows[-1][1][-1].outside = day, True
        elif not (_MARKS_ONLY.match(line.text) or _is_side_line(line)):
            break
        used.add(at)
    rows = _homogeneous(document, rows)
    last = max((at for at, _ in rows), default=-1)
    if rows:
        last = _with_date_line(document, last, used)
    return _undouble([f for _, found in rows for f in found]), {at for at in used if at <= last}


def _with_date_line(document: Document, last: int, used: set[int]) -> int:
    """Return the last line of a list: its last item, or the line of that item's date."""
    following = last + 1
    return following if following in used and date_line(document.lines[following].text) else last


def _is_side_line(line: Line) -> bool:
    """Tell whether a line between items is only a door such as "Xem thêm" or a picture's empty link."""
    return bool(line.links) and all(not link.url or bare(link.text) in _MORE for link in line.links) and line.is_link


def _found(line: Line, at: int, page: str) -> Iterator[Found]:
    """Yield the items in one line: links to other pages with nothing but dates, bullets and a few words around."""
    links = [link for link in line.links if link.url and is_page(link.url) and bare(link.text) not in _MORE]
    if not links or not _is_item_line(line, links):
        return
    for link in links:
        if link.text.isdigit() or _MARKS_ONLY.match(link.text):
            continue
        yield _item(link, at)


def _is_item_line(line: Line, links: Sequence[Link]) -> bool:
    """Tell whether the links are the line: what stands around them are dates and marks, not a sentence."""
    rest = len(line.before) + sum(len(split_trailing(link.after)[0]) for link in links)
    return rest <= max(24, sum(len(link.text) for link in links) // 2)


def _item(link: Link, at: int) -> Found:
    """Return the item that a link makes: its own trailing date is the title's if another stands behind the link."""
    day = split_trailing(link.after.strip(" |"))[1] or date_line(link.after.strip(" |()[]-–")) if link.after else None
    if day:
        return Found(link.url, link.text, day, at, outside=True)
    return Found(link.url, link.text, None, at, outside=False)


def _homogeneous(document: Document, rows: list[tuple[int, list[Found]]]) -> list[tuple[int, list[Found]]]:
    """Cut the run of candidate lines where the structure around the links changes."""
    if not rows:
        return rows
    shape = signature(document.lines[rows[0][0]])
    end = next((n for n, (at, _) in enumerate(rows) if signature(document.lines[at]) != shape), len(rows))
    return rows[:end]


def _dates_inside(found: Sequence[Found]) -> None:
    """Where no item has a date outside its link, take those that end the links' words, if all of them end in one.

    Where only a title here and there ends in a date, it is the title's own.
    """
    if any(f.outside for f in found):
        return
    split = [split_trailing(f.title) for f in found]
    if all(day and title for title, day in split):
        for f, (title, day) in zip(found, split, strict=True):
            f.title, f.published = title, day


def _undouble(found: list[Found]) -> list[Found]:
    """Join the picture link and the title link of one item."""
    kept: dict[str, Found] = {}
    for f in found:
        known = kept.setdefault(f.url, f)
        if known is not f:
            known.published = known.published or f.published
            known.title = max(known.title, f.title, key=len)
    return list(kept.values())


def signature(line: Line) -> tuple[str, ...]:
    """Return the tags of the blocks around a line, innermost first: lines of one list share them.

    Classes are left out: lists mark their first, last or every other item.
    """
    return tuple(box.tag for box, _ in zip(line.box.around(), range(_DEPTH), strict=False))


# --- a category page's list -------------------------------------------------------------------------------------------

_MIN_TITLE = 20  # characters: menus have shorter words
_NEAR = 3  # lines within which an item's date stands


def listing(document: Document, skip: frozenset[int] = frozenset()) -> list[ListItem]:
    """Return the articles that a category or home page names, each with the date that stands with it, if any.

    An item is a link of the main part of the page whose URL has an article's form or which has a date beside it, or
    which is one of three or more long titles in the same structure.
    """
    candidates = [
        (at, link)
        for at, line in enumerate(document.lines)
        if line.chrome not in {"nav", "footer", "breadcrumb"} and at not in skip
        for link in line.links
        if link.url and is_page(link.url) and bare(link.text) not in _MORE and _is_item_line(line, [link])
    ]
    shapes: dict[tuple[str, ...], int] = {}
    for at, link in candidates:
        if len(link.text) >= _MIN_TITLE:
            shape = signature(document.lines[at])
            shapes[shape] = shapes.get(shape, 0) + 1
    found: list[Found] = []
    for n, (at, link) in enumerate(candidates):
        following = candidates[n + 1][0] if n + 1 < len(candidates) else len(document.lines)
        item = _item(link, at)
        item.published = item.published or _date_near(document, at, following)
        if _is_listed(item, document.lines[at], shapes):
            found.append(item)
    _dates_inside(found)
    kept = [f for f in _undouble(found) if len(f.title) >= 4]
    return [ListItem(f.url, f.title, f.published, Relation.LISTING, n) for n, f in enumerate(kept)]


def _is_listed(item: Found, line: Line, shapes: dict[tuple[str, ...], int]) -> bool:

    if is_article_like(item.url) or (item.published and len(item.title) >= 8):
        return True
    return len(item.title) >= _MIN_TITLE and shapes.get(signature(line), 0) >= 3 and line.kind is not BlockKind.ROW


def _date_near(document: Document, at: int, following: int) -> date | None:
    """Return the date in the lines between an item and the next one."""
    for near in range(at + 1, min(following, at + 1 + _NEAR)):
        if day := date_line(document.lines[near].text):
            return day
    return None


_NEXT = frozenset({"tiep", "trang sau", "sau", "next", "trang tiep", "trang tiep theo", "trang cuoi", "cuoi", "last", "older"})
_ARROWS = frozenset({"»", "›", ">", ">>", "→", "»»"})


def pagers(document: Document) -> tuple[str, ...]:
    """Return the links to further pages of a listing: numbers, "Trang sau", arrows; never a calendar's days.

    They are kept in the order of the page, each once.
    """
    numbers = [
        link.url
        for line in document.lines
        if line.kind is not BlockKind.ROW or len(line.links) != 7
        for link in line.links
        if link.url and is_page(link.url) and _is_pager(link.text) and _is_alike(link.url, document.url)
    ]
    return tuple(dict.fromkeys(numbers))


def _is_pager(text: str) -> bool:
    text = squeeze(text)
    return (text.isdigit() and len(text) <= 4) or text in _ARROWS or bare(text) in _NEXT


def _is_alike(url: str, page: str) -> bool:
    """Tell whether two URLs can be pages of one listing: same host and the same beginning of the path."""
    one, other = key(url).partition("?")[0], key(page).partition("?")[0]
    common = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    host_length = len(other.partition("/")[0])
    stem = len(re.sub(r"(?:\d+|\.\w+|/)+$", "", other))
    return common > host_length and (common - host_length) >= 0.6 * (stem - host_length)
