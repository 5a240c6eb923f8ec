"""Pages of which a profile says, by CSS selectors, where things stand: read from a tree, into the same lines.

A selected element becomes a box of its own, so that nothing else stands on its lines. What the selectors do not match
is left to the readers.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from lxml import etree

from .tags import BLOCKS
from .text import squeeze
from .walk import scan, walking

if TYPE_CHECKING:
    from .hints import Hints
    from .lines import Box, Document
    from .walk import Walk

FIELDS = ("title", "date", "body", "category", "byline", "lead", "newer", "older", "other")
_MANY = frozenset({"body", "newer", "older", "other", "remove"})  # fields of which every match counts, not the first
REMOVED = "remove"  # what is selected so is not there for the readers


@lru_cache(maxsize=256)
def selecting(css: str) -> etree.XPath:
    """Return what finds the elements that a CSS selector matches.

    Raises:
        ValueError: it is none; the message says why.
    """
    from parsel import css2xpath  # noqa: PLC0415 - needed by few sites, and slow to import

    if "::" in css:
        raise ValueError("selects no element: leave out what begins with ::")
    try:
        return etree.XPath(css2xpath(css))
    except (SyntaxError, RuntimeError, etree.XPathError) as error:  # cssselect's own errors derive from the first two
        raise ValueError(f"is not a CSS selector: {error}") from error


def scan_selected(page: bytes, url: str, hints: Hints) -> Document:
    """Return the lines of a page in UTF-8, with those that the selectors of `hints` choose in `Document.chosen`."""
    try:
        tree = etree.fromstring(page, etree.HTMLParser(encoding="utf-8", huge_tree=True))
    except etree.XMLSyntaxError:
        tree = None
    if tree is None:
        return scan(page, url, hints)
    marks, missing = _marked(tree, hints)
    boxes: dict[Box, str] = {}
    walk = walking(url, hints)
    _feed(walk, tree, marks, boxes)
    document = walk.close()
    document.missing = missing
    _choose(document, boxes)
    return document


def _marked(tree: etree._Element, hints: Hints) -> tuple[dict[Any, str], tuple[str, ...]]:
    """Return the elements that are selected, by field, and the fields none of whose selectors matches.

    Of several selectors for a field the first that matches anything counts. Where a title is selected and not there,
    the page is of another kind than those that the selectors were written for, and nothing is believed to be its body.
    """
    marks: dict[Any, str] = {}
    found: dict[str, bool] = {}
    for field, css in hints.selectors:
        if field != REMOVED and found.get(field):
            continue
        elements = [element for element in selecting(css)(tree) if isinstance(element.tag, str)]
        found[field] = bool(elements)
        for element in elements if field in _MANY else elements[:1]:
            marks[element] = REMOVED if field == REMOVED else marks.get(element, field)
    if not found.get("title", True):  # no page of the kind that the selectors are for, such as a listing
        marks = {element: field for element, field in marks.items() if field in {"title", REMOVED}}
    return marks, tuple(field for field, there in found.items() if not there and field != REMOVED)


def _feed(walk: Walk, tree: etree._Element, marks: dict[Any, str], boxes: dict[Box, str]) -> None:
    """Let the walk see the tree as it sees a page that is being parsed."""
    removed: etree._Element | None = None  # the element that is being passed over
    for event, element in etree.iterwalk(tree, events=("start", "end", "comment", "pi")):
        tag, field = str(element.tag), marks.get(element, "")
        if event == "start" and removed is None:
            if field == REMOVED:
                removed = element
                continue
            _open(walk, element, tag, field, boxes)
        elif event == "end" and removed is None:
            walk.end(tag)
            if field and tag not in BLOCKS:
                walk.end("div")
        elif element is removed:
            removed = None
        if event != "start" and removed is None and element.tail:
            walk.data(element.tail)


def _open(walk: Walk, element: etree._Element, tag: str, field: str, boxes: dict[Box, str]) -> None:
    if field and tag == "meta":
        walk.document.said.setdefault(field, squeeze(element.get("content", "")))
    if field and tag not in BLOCKS:
        walk.start("div", {})
        boxes[walk.box] = field
    walk.start(tag, dict(element.items()))
    if field and tag in BLOCKS:
        boxes[walk.box] = field
    if element.text:
        walk.data(element.text)


def _choose(document: Document, boxes: dict[Box, str]) -> None:
    """Note which lines stand in which selected boxes."""
    for n, line in enumerate(document.lines):
        for field in {boxes[box] for box in line.box.around() if box in boxes}:
            document.chosen.setdefault(field, []).append(n)
