"""What a category or home page names: its articles, and the pages that go on with them."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from ..records import BlockKind, ListItem, Relation
from .lists import MORE, Found, dates_inside, is_item_line, item, signature, undouble
from .text import bare, squeeze
from .urls import is_front, is_page, key

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from .lines import Document, Line

MIN_TITLE = 20  # characters: menus have shorter words
_ENTRIES = 3  # links to different pages on one line that make it a menu
_NEAR = 3  # lines within which an item's date stands


def listing(document: Document, skip: frozenset[int] = frozenset()) -> list[ListItem]:
    """Return the articles that a category or home page names, each with the date that stands with it, if any.

    An item is a link of the main part of the page whose URL has an article's form or which has a date beside it, or
    which is one of three or more long titles in the same structure.
    """
    lines, words = document.lines, document.words
    candidates = [
        (at, link)
        for at, line in enumerate(lines)
        if line.chrome not in {"nav", "footer", "breadcrumb"} and at not in skip
        for link in line.links
        if link.url and is_page(link.url) and not is_front(link.url)  # "Trang chủ" over a title and its date
        if bare(link.text) not in MORE and is_item_line(line, [link], document.words)
    ]
    shapes: dict[tuple[str, ...], int] = {}
    for at, link in candidates:
        if len(link.text) >= MIN_TITLE:
            shape = signature(lines[at])
            shapes[shape] = shapes.get(shape, 0) + 1
    days = _dates_near(document, sorted({at for at, _ in candidates if not _is_bar(lines[at])}))
    found: list[Found] = []
    for at, link in candidates:
        entry = item(lines[at], link, at, words)
        entry.published = entry.published or days.get(at)
        if words.is_article_like(entry.url) or _is_listed(entry, lines[at], shapes):
            found.append(entry)
    _dates_inside(document, found)
    kept = [f for f in undouble(found, words) if len(f.title) >= 4]
    return [ListItem(f.url, f.title, f.published, Relation.LISTING, n) for n, f in enumerate(kept)]


def _dates_inside(document: Document, found: Sequence[Found]) -> None:
    """Take the dates that end the links' words, list by list: a menu and the headings over boxes of news have none.

    One link alone proves nothing; it is read as the lists of the page are.
    """
    if any(f.outside for f in found):
        return
    groups = _groups(document.lines, found)
    for group in groups:
        if len(group) > 1:
            dates_inside(group, document.words)
    if any(f.published for f in found):
        for group in groups:
            if len(group) == 1 and not group[0].published:
                dates_inside(group, document.words)


def _groups(lines: Sequence[Line], found: Sequence[Found]) -> list[list[Found]]:
    """Return the lists that the links make: alike in structure, and as near to one another as such links get."""
    alike: dict[tuple[str, ...], list[Found]] = {}
    for f in found:
        alike.setdefault(signature(lines[f.line]), []).append(f)
    groups = []
    for same in alike.values():
        shared = [lines[a.line].box.shared(lines[b.line].box).depth for a, b in pairwise(same)]
        groups.append(same[:1])
        for f, depth in zip(same[1:], shared, strict=True):
            if depth < max(shared):
                groups.append([])
            groups[-1].append(f)
    return groups


def _is_bar(line: Line) -> bool:
    """Tell whether a line is a menu from side to side: a date near it is none of its entries'."""
    return len({link.url for link in line.links}) > _ENTRIES


def _is_listed(entry: Found, line: Line, shapes: dict[tuple[str, ...], int]) -> bool:
    if entry.published and len(entry.title) >= 8:
        return True
    return len(entry.title) >= MIN_TITLE and shapes.get(signature(line), 0) >= 3 and line.kind is not BlockKind.ROW


def _dates_near(document: Document, places: Sequence[int]) -> dict[int, date]:
    """Return the dates on lines of their own, by the line of the link each belongs to: the one it shares a box with.

    Where it shares as much with the link over it and the one under it, as in flat text, it belongs to the one over it,
    unless the first of the links has a date over it and the last none under it.
    """
    lines, date_line = document.lines, document.words.date_line
    found: dict[int, date] = {}
    between: list[tuple[int, int, int, date]] = []
    for over, under in pairwise([-1, *places, len(lines)]):
        near = {*range(over + 1, min(under, over + 1 + _NEAR)), *range(max(over + 1, under - _NEAR), under)}
        between += [(over, n, under, day) for n in sorted(near) if (day := date_line(lines[n].text))]
    leading = bool(between) and between[0][0] < 0 and between[-1][2] < len(lines)
    for over, n, under, day in between:
        owner = _owner(lines, over, n, under, leading=leading)
        if abs(owner - n) <= _NEAR:
            found.setdefault(owner, day)
    return found


def _owner(lines: Sequence[Line], over: int, n: int, under: int, *, leading: bool) -> int:
    """Return the line, `over` or `under`, of the link to which the date on line n belongs; they may be off the page."""
    if over < 0 or under >= len(lines):
        return under if over < 0 else over
    if lines[n].is_nearer(lines[under], lines[over]):
        return under
    return under if leading and not lines[n].is_nearer(lines[over], lines[under]) else over


_NEXT = frozenset(
    {"tiep", "trang sau", "sau", "next", "trang tiep", "trang tiep theo", "trang cuoi", "cuoi", "last", "older"}
)
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
        if link.url and is_page(link.url) and is_pager(link.text) and _is_alike(link.url, document.url)
    ]
    return tuple(dict.fromkeys(numbers))


def is_pager(text: str) -> bool:
    """Tell whether a link's words lead to a further page of a list: a number, an arrow, "Trang sau"."""
    text = squeeze(text)
    return (text.isdigit() and len(text) <= 4) or text in _ARROWS or bare(text) in _NEXT


def _is_alike(url: str, page: str) -> bool:
    """Tell whether two URLs can be pages of one listing: same host and the same beginning of the path."""
    one, other = key(url).partition("?")[0], key(page).partition("?")[0]
    common = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    host_length = len(other.partition("/")[0])
    stem = len(re.sub(r"(?:\d+|\.\w+|/)+$", "", other))
    return common > host_length and (common - host_length) >= 0.6 * (stem - host_length)
