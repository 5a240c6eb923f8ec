"""The frozen records that flow from a page to the pipelines.

`crawler.pages` makes a `Page` out of bytes, the spider joins it to the `Capture` it was read from, and the two travel
through the pipelines as one `Reading`. Nothing here knows of Scrapy, of a database or of the network.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, datetime


class Kind(enum.StrEnum):
    """What a page turned out to be."""

    HOME = "home"  # the site's front page
    LISTING = "listing"  # a category page or one page of its paging: names articles, tells none
    ARTICLE = "article"
    OTHER = "other"  # readable, but neither of these (a contact form, a calendar)
    SOFT_404 = "soft404"  # status 200, text "không tồn tại"
    UNAVAILABLE = "unavailable"  # status 200, text "đang bảo trì, vui lòng quay lại sau"
    CHALLENGE = "challenge"  # a cookie challenge such as D1N: a script, no text, and the page is loaded again
    EMPTY = "empty"  # no text at all
    NOT_HTML = "not-html"  # a PDF, an image, JSON …
    UNREADABLE = "unreadable"  # bytes that no charset turns into text


class Relation(enum.StrEnum):
    """How one page names another."""

    NEWER = "newer"
    OLDER = "older"
    LISTING = "listing"  # a category page, or an undirected list ("Các tin khác")


class BlockKind(enum.StrEnum):
    """What a block of the body was on the page. The values are one letter: the archive keeps them as one string."""

    PARAGRAPH = "p"
    HEADING = "h"
    ITEM = "i"  # a list item
    ROW = "r"  # a table row, its cells parted by " | "
    CAPTION = "c"  # the words under a picture


@dataclass(frozen=True, slots=True)
class Block:
    """One block of body text: NFC, single spaces, no blank line inside (a `<br>` may leave a line break)."""

    kind: BlockKind
    text: str


@dataclass(frozen=True, slots=True)
class ListItem:
    """One entry of a newer, older, undirected or category list. `url` is absolute, as the page wrote it."""

    url: str
    title: str
    published: date | None
    relation: Relation
    position: int  # from 0, within its list


@dataclass(frozen=True, slots=True)
class Image:
    """A picture of the body. `caption` is the words shown with it, or its `alt`, or empty."""

    url: str
    caption: str


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file the body links to."""

    url: str
    name: str


@dataclass(frozen=True, slots=True)
class Page:
    """What a reader sees on one page. Text is NFC; URLs are absolute and otherwise as written."""

    url: str
    kind: Kind
    charset: str = ""
    title: str = ""
    category: str = ""
    lead: str = ""  # the opening set apart as a summary; it is also the first block
    blocks: tuple[Block, ...] = ()
    byline: str = ""
    published: date | None = None  # the page's own date line or metadata, Vietnam's calendar
    dateline: date | None = None  # a date named in the opening of the text; filled by the date pipeline
    images: tuple[Image, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    items: tuple[ListItem, ...] = ()
    sections: tuple[str, ...] = ()  # menu and breadcrumb links within the site
    pagers: tuple[str, ...] = ()  # links to further pages of this listing
    canonical: str = ""  # <link rel="canonical">, absolute
    onward: str = ""  # where a page without text sends a browser by itself; a challenge, to its own URL once more
    notes: tuple[str, ...] = ()  # what a person should know: "newer and older lists are filled by script"

    @property
    def body(self) -> str:
        """The blocks as plain text, parted by a blank line."""
        return "\n\n".join(block.text for block in self.blocks)

    def listed(self, relation: Relation) -> Iterator[ListItem]:
        """Yield the items that stand in the given relation to this page, in order."""
        return (item for item in self.items if item.relation is relation)


@dataclass(frozen=True, slots=True)
class Capture:
    """One response: what was asked for, when, and what came back. A request without one has status 0."""

    url: str  # as requested
    captured_at: datetime  # aware, UTC
    source: str  # live, wayback, warc, mirror
    status: int  # the HTTP status
    digest: str  # sha1 of the payload as it came (chunked, zipped), base32, as WARC writes it: "sha1:…"
    content_type: str = ""
    length: int = 0  # bytes of payload, unchunked, still zipped
    location: str = ""  # the target of a redirect, absolute
    etag: str = ""
    last_modified: str = ""
    retry_after: str = ""  # the header, where there was one
    sets_cookies: bool = False
    encoding: str = ""  # the content codings still on the payload, as the header names them
    warc_file: str = ""  # where the record of it is: empty until there is one
    warc_offset: int = 0
    warc_length: int = 0
    revisit_of: int | None = None  # the capture of this archive whose payload it repeats


@dataclass(frozen=True, slots=True)
class Reading:
    """A capture and what was read on it. `page` is None where nothing was to be read."""

    capture: Capture
    page: Page | None
