"""Why a page is read as it is: for the person who writes a profile. It tells what `read` has done, after the fact."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..records import Kind, Page
from . import body as bodies
from . import kinds, lists, title
from .byline import is_byline
from .charset import to_utf8
from .controls import is_control
from .hints import PLAIN, Hints, matches
from .labels import Direction
from .outline import main_text, outline
from .selected import scan_selected
from .text import fold
from .urls import is_front

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .lines import Document, Line
    from .outline import Outline

_WHY = {
    Kind.SOFT_404: "it says that there is nothing here",
    Kind.UNAVAILABLE: "it says to come back later, or wants a login",
    Kind.CHALLENGE: "it wants a cookie, or a person, before it shows anything",
    Kind.EMPTY: "it holds no text",
    Kind.NOT_HTML: "its bytes or its Content-Type are not those of a web page",
    Kind.UNREADABLE: "no charset turns its bytes into text",
}
_SHOWN = 100  # characters of a line that is quoted


@dataclass(frozen=True, slots=True)
class Dropped:
    """A line that is no part of the article, and why."""

    line: int  # from 1, as the page is read from above; 0 for one that was taken out before lines were counted
    text: str
    why: str


@dataclass(frozen=True, slots=True)
class Labelled:
    """A list as the page shows it: the words over it, which way it goes, how many items were read in it."""

    label: str
    direction: str
    items: int


@dataclass(frozen=True, slots=True)
class Explained:
    """What stands behind a page: why it is of its kind, whence each field comes, what was left out."""

    why: str
    sources: dict[str, str]
    lists: tuple[Labelled, ...] = ()
    dropped: tuple[Dropped, ...] = ()


def explain(body: bytes, page: Page, *, content_type: str = "", hints: Hints = PLAIN) -> Explained:
    """Return why `page` was read from these bytes as it was. Never raises, like `read`."""
    if page.kind in {Kind.NOT_HTML, Kind.UNREADABLE} or not body.strip():
        return Explained(_WHY[page.kind], {})
    source = to_utf8(body, content_type)[0]
    document = scan_selected(source, page.url, hints)
    if not document.lines:
        return Explained(_WHY.get(page.kind, ""), {})
    sketch = outline(document, lists.labelled(document))
    found = tuple(
        Labelled(document.lines[entry.label].text, entry.direction.value, len(entry.found)) for entry in sketch.lists
    )
    if page.kind not in {Kind.ARTICLE, Kind.OTHER}:
        furniture = tuple(Dropped(0, text, "furniture, by the profile") for text in document.dropped)
        return Explained(_why(page, sketch, source), {}, found, furniture)
    text = main_text(sketch)
    if chosen := document.chosen.get("body"):
        text = [n for n in text if n in set(chosen)] or chosen
    at, sure = title.find(sketch, text)
    read = bodies.read(sketch, at, text)
    sources = _sources(sketch, page, at, sure=sure)
    return Explained(_why(page, sketch, source), sources, found, tuple(_dropped(sketch, page, at, read.numbers)))


def _why(page: Page, sketch: Outline, source: bytes) -> str:
    document = sketch.document
    if told := _WHY.get(page.kind) or (_why_other(sketch, source) if page.kind is Kind.OTHER else ""):
        return told
    if page.kind in {Kind.LISTING, Kind.HOME}:
        front = "its address is that of a front page, and " if is_front(document.url) else ""
        names = f"it names {len(page.items)} article{'' if len(page.items) == 1 else 's'}"
        if matches(document.hints.listing, document.url):
            return f"a rule of the profile says so; {names}"
        return f"{front}{names} and tells none"
    evidence = [
        ("the profile's selectors find its text", bool(document.chosen.get("body"))),
        ("a rule of the profile says so", matches(document.hints.article, document.url)),
        ("its address has the form of an article's", document.words.is_article_like(document.url)),
        ("it has a date of its own", page.published is not None),
        ("it has lists of other articles", bool(sketch.lists)),
        ("its head says so", document.meta.get("og:type", "").lower() == "article"),
    ]
    said = [words for words, true in evidence if true]
    if page.kind is Kind.ARTICLE:
        return "; ".join(said)
    lacking = [what for what, there in (("title", page.title), ("text", page.blocks)) if not there]
    if lacking:
        return f"no {' and no '.join(lacking)} was found"
    return "a title and a text, but nothing that makes them news: no date, no list, no address of an article's form"


def _why_other(sketch: Outline, source: bytes) -> str:
    """Return what makes a page no article that has a title and a text, empty where that is something else."""
    if kinds.is_for_printing(source):
        return "it has itself printed: a copy for paper"
    return "its title says that it is there to be written to" if kinds.is_form(sketch) else ""


def _sources(sketch: Outline, page: Page, at: int, *, sure: bool) -> dict[str, str]:
    """Return whence each field that has a value comes."""
    document = sketch.document
    values = {
        "title": page.title,
        "date": page.published.isoformat() if page.published else "",
        "category": page.category,
        "byline": page.byline,
        "lead": page.lead,
        "body": page.body,
    }
    found = {
        "title": f"line {at + 1}, which the page's head names too" if sure else f"line {at + 1}, over the text",
        "date": _date_source(document, page),
        "category": _line_source(document, page.category) or "the page's head",
        "byline": _line_source(document, page.byline),
        "lead": "set apart at the beginning of the text",
        "body": "the run of lines with most words that are no links",
    }
    selectors = dict(reversed(document.hints.selectors))
    for field in values:
        if document.told(field) or (field == "body" and document.chosen.get("body")):
            found[field] = f"the profile's selector {selectors[field]}"
    return {field: found[field] for field, value in values.items() if value}


def _date_source(document: Document, page: Page) -> str:
    lines = document.lines
    own = (n for n, line in enumerate(lines) if not line.links and document.words.own_date(line.text) == page.published)
    return next((f"line {n + 1}: {lines[n].text[:_SHOWN]}" for n in own), "the page's head")


def _line_source(document: Document, value: str) -> str:
    lines = ((n, line.text) for n, line in enumerate(document.lines) if value in line.text)
    return next((f"line {n + 1}: {text[:_SHOWN]}" for n, text in lines), "")


def _dropped(sketch: Outline, page: Page, at: int, body: Sequence[int]) -> list[Dropped]:
    """Return the lines that are neither title nor text nor told otherwise, each with the first reason that holds."""
    inside, document = set(body), sketch.document
    dropped = [Dropped(0, text, "furniture, by the profile: wherever it stands") for text in document.dropped]
    for n, line in enumerate(document.lines):
        if n != at and n not in inside and n not in document.chosen.get("title", ()) and line.text != page.byline:
            dropped.append(Dropped(n + 1, line.text, _reason(sketch, page, n, line)))
    return dropped


def _reason(sketch: Outline, page: Page, n: int, line: Line) -> str:
    words = sketch.document.words
    for entry in sketch.lists:
        if n == entry.label or n in entry.lines:
            way = "other articles" if entry.direction is Direction.UNDIRECTED else f"{entry.direction.value} articles"
            return f"list of {way}"
    reasons = [
        (f"{line.chrome} of the page", line.chrome in {"nav", "footer", "breadcrumb"}),
        ("date of the page", words.own_date(line.text) is not None),
        ("category", bool(page.category) and fold(line.text) == fold(page.category)),
        ("furniture at the edge, by the profile", words.is_furniture(line.text)),
        ("button or counter", is_control(line)),
        ("menu", n in sketch.breaks),
        ("summary of another article", n in sketch.summaries),
        ("link", line.is_link),
        ("byline", is_byline(line)),
    ]
    return next((why for why, true in reasons if true), "outside the text")
