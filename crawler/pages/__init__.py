"""Read a page: bytes in, one frozen `Page` out. Pure: no Scrapy, no archive, no I/O, no clock.

`read` never raises on any bytes; what cannot be read is said by the page's `kind`.
"""

from __future__ import annotations

from ..records import Kind, ListItem, Page
from . import body as bodies
from . import kinds, lists, title
from .charset import decode
from .lines import Document
from .outline import Outline, main_text, outline
from .sections import sections
from .text import squeeze
from .urls import is_article_like, is_front
from .walk import scan

__all__ = ["read"]

_LITTLE = 60  # characters of text that make an article without other evidence


def read(body: bytes, url: str, *, content_type: str = "") -> Page:
    """Return what a reader sees on the page.

    Args:
        body: the response's bytes, decompressed.
        url: its address, against which links are resolved.
        content_type: the `Content-Type` header, or empty.

    Returns:
        The page. Its `kind` says whether there was anything to read.
    """
    if not body.strip():
        return Page(url, Kind.EMPTY)
    if not kinds.is_html(body, content_type):
        return Page(url, Kind.NOT_HTML)
    if kinds.is_challenge(body):
        return Page(url, Kind.CHALLENGE)
    text, charset = decode(body, content_type)
    if not charset:
        return Page(url, Kind.UNREADABLE)
    return _interpret(scan(text, url), charset)


def _interpret(document: Document, charset: str) -> Page:
    """Decide what the lines of a page are."""
    labelled = lists.labelled(document)
    sketch = outline(document, labelled)
    text = main_text(sketch)
    if not document.lines:
        return Page(document.url, Kind.EMPTY, charset)
    if kinds.is_soft_404(sketch, text):
        return Page(document.url, Kind.SOFT_404, charset, title=document.title)
    at, sure = title.find(sketch, text)
    named = lists.listing(document, sketch.listed)
    if _is_listing(sketch, text, named, sure):
        return _listing(sketch, charset, named)
    return _article(sketch, charset, at, text)


def _is_listing(sketch: Outline, text: list[int], named: list[ListItem], sure: bool) -> bool:
    """Tell whether the page names articles rather than tells one."""
    document = sketch.document
    if any(entry.direction.value != "undirected" for entry in sketch.lists):
        return False
    if is_front(document.url) and named:
        return True
    told = sum(document.lines[n].own for n in text)
    if told < _LITTLE or not text:
        return len(named) > 0
    if sketch.lists and sure:
        return False
    inside = _summed(sketch)
    return len(named) >= 2 and inside > 2 * told


def _summed(sketch: Outline) -> int:
    """Return how much text of the page tells of other articles."""
    return sum(sketch.document.lines[n].own for n in sketch.summaries)


def _listing(sketch: Outline, charset: str, named: list[ListItem]) -> Page:
    document = sketch.document
    kind = Kind.HOME if is_front(document.url) else Kind.LISTING
    return Page(
        document.url,
        kind,
        charset,
        title=squeeze(document.title),
        items=tuple(named),
        sections=sections(sketch),
        pagers=lists.pagers(document),
        canonical=document.canonical,
    )


def _article(sketch: Outline, charset: str, at: int, text: list[int]) -> Page:
    """Return the page as an article, or as `other` where nothing but its text says that it is one."""
    document = sketch.document
    found = bodies.read(sketch, at, text)
    items = tuple(item for entry in sketch.lists for item in entry.items())
    evidence = bool(items or found.published or sketch.lists or is_article_like(document.url) or _says_article(document))
    return Page(
        document.url,
        Kind.ARTICLE if evidence and at >= 0 and found.blocks else Kind.OTHER,
        charset,
        title=document.lines[at].text if at >= 0 else "",
        category=title.category(sketch, at),
        lead=found.lead,
        blocks=tuple(found.blocks),
        byline=found.byline,
        published=found.published,
        images=found.images,
        attachments=found.attachments,
        items=items,
        sections=sections(sketch),
        pagers=(),
        canonical=document.canonical,
        notes=_notes(sketch),
    )


def _says_article(document: Document) -> bool:
    return document.meta.get("og:type", "").lower() == "article" or "article:published_time" in document.meta


def _notes(sketch: Outline) -> tuple[str, ...]:
    """Say what a person should know: labels over lists that the HTML does not hold, on a page with scripts."""
    directed = [entry for entry in sketch.lists if entry.direction.value != "undirected"]
    if directed and not any(entry.found for entry in directed) and sketch.document.scripts:
        return ("the newer and older lists are labelled but empty: they may be filled by script",)
    return ()
