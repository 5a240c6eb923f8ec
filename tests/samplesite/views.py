"""What a markup is given to draw, and the pen it writes with."""

from __future__ import annotations

from dataclasses import dataclass, field
from html import escape
from html.entities import codepoint2name
from itertools import groupby
from typing import TYPE_CHECKING

from tests.samplesite import words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.samplesite.model import Article, Block, Link, Neighbour

COUNTER = "\ue000"  # stands where a page shows its visits; the server puts the number of this request there
HEAD, TITLE, MIDDLE = "\ue001", "\ue002", "\ue003"  # stand where a frame holds what differs from page to page

_ENTITIES = {code: f"&{name};" for code, name in codepoint2name.items() if 0xC0 <= code <= 0xFF}


@dataclass(frozen=True, slots=True)
class Pen:
    """Writes text as HTML. `messy` adds `&nbsp;` and zero-width characters; `entities` names the letters of Latin-1."""

    messy: bool = False
    entities: bool = False

    def text(self, text: str) -> str:
        out = escape(text)
        return out.translate(_ENTITIES) if self.entities else out

    def block(self, block: Block) -> str:
        """Return the inside of a block: its picture, its words, its links."""
        out = self.text(block.text)
        if self.messy and not block.links:
            out = _mess(out)
        for link in block.links:
            shown = self.text(link.text)
            out = out.replace(shown, f'<a href="{escape(link.url)}">{shown}</a>', 1)
        return picture(block) + out if block.image else out


def anchor(url: str, text: str) -> str:
    return f'<a href="{escape(url)}">{escape(text)}</a>'


def picture(block: Block) -> str:
    return f'<img src="{block.image}" width="480">' if block.image else ""


def _mess(text: str) -> str:
    """Put in what editors leave behind: a hard space, a zero-width space, a BOM, spaces and line breaks in a row."""
    parts = text.split(" ")
    if len(parts) < 9:
        return text
    return " ".join(
        (
            *parts[:2],
            parts[2] + "&nbsp;" + parts[3],
            "&#8203;" + parts[4],
            parts[5] + "  ",
            "\n\t" + parts[6],
            "\ufeff" + parts[7],
            *parts[8:],
        )
    )


@dataclass(frozen=True, slots=True)
class Chrome:
    """What every page of a site shares."""

    head: str  # what the head says besides the title: the charset, the page's canonical URL; or nothing
    menu: tuple[Link, ...]  # home, categories
    others: tuple[Link, ...]  # contact, site map
    latest: tuple[Neighbour, ...]  # the newest articles of the site, for the box beside the text
    site: str = words.SITE_NAME
    na: bool = True  # whether the boilerplate under the page holds "na" twelve times
    state: str = ""  # the value of __VIEWSTATE

    @property
    def tail(self) -> tuple[str, ...]:
        return (*words.TAIL, *(("na",) * 12 if self.na else ()), words.TAIL_END)


@dataclass(frozen=True, slots=True)
class ArticleView:
    """One article page."""

    chrome: Chrome
    article: Article
    url: str
    section: Link
    newer: tuple[Neighbour, ...]
    older: tuple[Neighbour, ...]
    labels: tuple[str, str]
    page_date: str  # as the page prints it, or empty
    print_url: str = ""
    pen: Pen = field(default_factory=Pen)


@dataclass(frozen=True, slots=True)
class Group:
    """A list of articles under a category's name."""

    section: Link
    items: tuple[Neighbour, ...]


@dataclass(frozen=True, slots=True)
class ListingView:
    """The home page, or one page of a category's listing."""

    chrome: Chrome
    title: str
    groups: tuple[Group, ...]
    pages: tuple[Link, ...] = ()  # real links to further pages, where the markup has them
    scripted: bool = True  # more by __doPostBack only
    home: bool = False


@dataclass(frozen=True, slots=True)
class Markup:
    """One way of building pages. `article` and `listing` draw the middle, `frame` the rest of the page."""

    name: str
    frame: Callable[[Chrome, str, str], str]  # chrome, title, middle
    article: Callable[[ArticleView], str]
    listing: Callable[[ListingView], str]
    family: str  # the URL form that goes with it
    labels: tuple[str, str] = ("Các tin mới hơn", "Các tin cũ hơn")
    list_date: str = "padded"  # a name in forms.LIST_DATES
    page_date: str = ""  # a name in forms.PAGE_DATES, or empty: no date of its own on the page
    html5: bool = False
    newest_first: bool = True  # the order of the list of newer articles
    undirected: bool = False  # one list of the newest six, and listings paged by links
    scripted_lists: bool = False  # the lists are filled by a script: absent from the HTML
    entities: bool = False
    head: Callable[[ArticleView], str] | None = None  # what its article pages add to the head
    kinds: str = "phirc"  # the kinds of block that the tags tell apart; others look like paragraphs


def runs(blocks: tuple[Block, ...]) -> Iterator[tuple[str, list[Block]]]:
    """Yield the blocks in order, neighbours of one kind together: list items make a list, rows a table."""
    return ((kind, list(group)) for kind, group in groupby(blocks, key=lambda block: block.kind))


def split_lead(article: Article) -> tuple[Block | None, tuple[Block, ...]]:
    """Return the lead, if there is one, and the other blocks."""
    return (article.blocks[0], article.blocks[1:]) if article.lead else (None, article.blocks)
