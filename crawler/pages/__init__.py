"""Read a page: bytes in, one frozen `Page` out. Pure: no Scrapy, no archive, no I/O, no clock.

`read` never raises on any bytes; what cannot be read is said by the page's `kind`.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ..records import Kind, ListItem, Page
from . import body as bodies
from . import category, gates, kinds, lists, notices, title
from . import listing as listings
from .charset import to_utf8
from .hints import PLAIN, Hints, matches
from .labels import Direction
from .outline import Outline, main_text, outline
from .sections import sections
from .selected import scan_selected
from .text import squeeze
from .urls import is_front, key
from .walk import scan

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .lines import Document, Line, Link

__all__ = ["Hints", "read"]

_LITTLE = 60  # characters of text that make an article without other evidence
_MUCH = 240  # the same where "Các tin khác" stands under it
_PAGES = 2  # further pages that a section has


def read(body: bytes, url: str, *, content_type: str = "", hints: Hints = PLAIN) -> Page:
    """Return what a reader sees on the page.

    Args:
        body: the response's bytes, decompressed.
        url: its address, against which links are resolved.
        content_type: the `Content-Type` header, or empty.
        hints: what the site's profile says of pages of that time.

    Returns:
        The page. Its `kind` says whether there was anything to read.
    """
    if not body.strip():
        return Page(url, Kind.EMPTY)
    if not kinds.is_html(body, content_type):
        return Page(url, Kind.NOT_HTML)
    if gates.is_challenge(body):
        return Page(url, Kind.CHALLENGE, onward=url)
    page, charset = to_utf8(body, content_type)
    if not charset:
        return Page(url, Kind.UNREADABLE)
    document = scan_selected(page, url, hints) if hints.selectors else scan(page, url, hints)
    return _interpret(document, charset, page)


def _interpret(document: Document, charset: str, source: bytes) -> Page:
    """Decide what the lines of a page are; `source` is its HTML, for what shows no line: a field for a password."""
    if not document.lines:
        return _without_text(document, charset, source)
    sketch = outline(document, lists.labelled(document))
    text = _within(main_text(sketch), document.chosen.get("body"))
    at, sure = title.find(sketch, text)
    if matches(document.hints.listing, document.url) and not matches(document.hints.article, document.url):
        return _by_rule(sketch, charset, text, source)
    if sure and kinds.is_over_lists(sketch, at + 1):
        return Page(document.url, Kind.SOFT_404, charset, title=document.title)
    told = sure and (document.chosen.get("body") or _is_dated(sketch, at, text))
    if not told and (nothing := kinds.nothing(sketch, text, source)):
        return Page(document.url, nothing, charset, title=document.title)
    if not told and gates.onward(document, source):
        return _without_text(document, charset, source)
    return _unless_printed(_with_text(sketch, charset, at, text, sure=sure), source)


def _unless_printed(page: Page, source: bytes) -> Page:
    """Return the page, which is no article where it is a copy of one for paper."""
    return replace(page, kind=Kind.OTHER) if page.kind is Kind.ARTICLE and kinds.is_for_printing(source) else page


def _within(text: list[int], chosen: list[int] | None) -> list[int]:
    """Return the lines of the main text that stand in the body that the profile chooses, or else all lines of that."""
    return [n for n in text if n in set(chosen)] or chosen if chosen else text


def _with_text(sketch: Outline, charset: str, at: int, text: list[int], *, sure: bool) -> Page:
    """Return a page on which something is to be read: `at` is the line of its title, of which it may be `sure`."""
    if not sure and _is_paged(sketch.document):
        return _listing(sketch, charset, listings.listing(sketch.document))
    if _may_be_listing(sketch, at, text, sure=sure):
        named = listings.listing(sketch.document, sketch.listed)
        if _is_listing(sketch, text, named, at if sure else -1):
            return _listing(sketch, charset, named)
    return _article(sketch, charset, at, text)


def _is_paged(document: Document) -> bool:
    """Tell whether a page goes on at addresses like its own: a section, even one that shows an article in full."""
    if document.chosen.get("body") or document.words.is_article_like(document.url):
        return False
    own = key(document.url)
    return len({key(url) for url in listings.pagers(document)} - {own}) >= _PAGES


def _without_text(document: Document, charset: str, source: bytes) -> Page:
    """Return a page that shows nothing: a gate where it is to be loaded again, else empty, with where it leads to."""
    onward = gates.onward(document, source)
    if onward == document.url:
        return Page(document.url, Kind.CHALLENGE, charset, onward=onward)
    return Page(document.url, Kind.EMPTY, charset, onward=onward)


def _is_dated(sketch: Outline, at: int, text: list[int]) -> bool:
    """Tell whether a date stands between the title and the text: what no message of an error has."""
    lines = sketch.document.lines
    return any(sketch.document.words.own_date(line.text) for line in lines[at + 1 : text[0] if text else at])


def _may_be_listing(sketch: Outline, at: int, text: list[int], *, sure: bool) -> bool:
    """Tell whether the page may name articles rather than tell one: it has no directed list of its own."""
    document = sketch.document
    if document.chosen.get("body") or matches(document.hints.article, document.url):
        return False
    if any(entry.direction is not Direction.UNDIRECTED for entry in sketch.lists):
        return False
    if sure and sketch.document.words.is_article_like(sketch.document.url) and _is_dated(sketch, at, [at + 2]):
        return False  # however short its text
    if kinds.is_form(sketch):
        return False
    if text and at >= 0 and sketch.lists and sketch.lists[0].label > text[0]:
        told = sum(document.lines[n].own for n in text if n < sketch.lists[0].label)
        if told >= _MUCH or _is_dated(sketch, at, text):
            return False
    return not (sketch.lists and sure and text) or is_front(sketch.document.url)


def _is_listing(sketch: Outline, text: list[int], named: list[ListItem], title_line: int) -> bool:
    """Tell whether the page names articles rather than tells one.

    `title_line` is the line that the page itself confirms as its title, or -1. What stands behind a list of articles is
    not the text under that title; without such a title, an article's address does under which a text comes first, and
    else the longer of text and list decides.
    """
    lines, words = sketch.document.lines, sketch.document.words
    told = sum(lines[n].own for n in text)
    if not named or told < _LITTLE or is_front(sketch.document.url):
        return bool(named)
    if title_line >= 0 and text[0] > title_line and _is_headed(sketch, lines[title_line + 1 : text[0]]):
        return False
    if sum(lines[n].own for n in sketch.summaries) > 2 * told:
        return True
    own = key(sketch.document.url)  # a list may name the page that it stands on, and a date link to its own page
    named = [item for item in named if key(item.url) != own]
    urls = {item.url for item in named}
    if not urls:
        return False
    if title_line >= 0:  # the date under it may lead to the page's own other address
        between = (line for line in lines[title_line + 1 : text[0]] if not words.own_date(line.text))
        return any(link.url in urls and not _names_section(sketch, link) for line in between for link in line.links)
    return not _text_comes_first(sketch, named, text[0]) and _is_longer(named, told)


def _text_comes_first(sketch: Outline, named: list[ListItem], first: int) -> bool:
    """Tell whether the page has an article's address, and its text, from line `first` on, comes before any news."""
    lines, words = sketch.document.lines, sketch.document.words
    news = {item.url for item in named if item.published or words.is_article_like(item.url)}
    return words.is_article_like(sketch.document.url) and not any(
        link.url in news for line in lines[:first] for link in line.links
    )


def _is_longer(named: list[ListItem], told: int) -> bool:
    """Tell whether a list says more than `told` characters of text, or dates all of what it names."""
    return sum(len(item.title) for item in named) > told or all(item.published for item in named)


def _is_headed(sketch: Outline, between: Sequence[Line]) -> bool:
    """Tell whether what stands between title and text is the head of an article: a date, and no news besides."""
    if not any(sketch.document.words.own_date(line.text) for line in between):
        return False
    return not any(line.is_link and not _names_section(sketch, link) for line in between for link in line.links)


def _names_section(sketch: Outline, link: Link) -> bool:
    """Tell whether a link under a title leads to the section in which the page stands: "Danh mục: Tin trong tỉnh"."""
    if sketch.document.words.is_article_like(link.url):
        return False
    return len(link.text) < listings.MIN_TITLE or link.text.casefold() in sketch.doors


def _by_rule(sketch: Outline, charset: str, text: list[int], source: bytes) -> Page:
    """Return a page that a rule of the profile calls a listing: one, unless it only says that there is nothing."""
    document = sketch.document
    named = listings.listing(document, frozenset())
    if not named and (nothing := kinds.nothing(sketch, text, source)):
        return Page(document.url, nothing, charset, title=document.title)
    return _listing(sketch, charset, named)


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
        pagers=listings.pagers(document),
        canonical=document.canonical,
    )


def _article(sketch: Outline, charset: str, at: int, text: list[int]) -> Page:
    """Return the page as an article, as `other` where nothing but its text says that it is one, or as what it says."""
    document = sketch.document
    found = bodies.read(sketch, at, text)
    name, day = title.worded(sketch, at)
    found.published = found.published or day
    notice = notices.kind("\n".join(block.text for block in found.blocks))
    if notice is Kind.SOFT_404:
        return Page(document.url, notice, charset, title=document.title)
    if notice:  # the text is still to come
        found.blocks = []
    items = tuple(item for entry in sketch.lists for item in entry.items())
    evidence = not kinds.is_form(sketch) and bool(
        document.chosen.get("body")
        or items
        or found.published
        or sketch.lists
        or document.words.is_article_like(document.url)
        or _says_article(document)
    )
    return Page(
        document.url,
        Kind.ARTICLE if evidence and at >= 0 and found.blocks else Kind.OTHER,
        charset,
        title=name,
        category=category.of(sketch, at),
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
    """Say what a person should know: of lists that the HTML does not hold, of lists that were left unread."""
    notes = []
    directed = [entry for entry in sketch.lists if entry.direction is not Direction.UNDIRECTED]
    if directed and not any(entry.found for entry in directed) and sketch.document.scripts:
        notes.append("the newer and older lists are labelled but empty: they may be filled by script")
    if len(sketch.lists) >= lists.MOST_LISTS:
        notes.append(f"more than {lists.MOST_LISTS} lists: the rest were not read")
    notes += [f"the profile's selector for {field} matches nothing" for field in sketch.document.missing]
    return tuple(notes)
