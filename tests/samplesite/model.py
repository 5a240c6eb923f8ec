"""What the sample site knows about its articles: the truth that tests compare a crawl with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date


@dataclass(frozen=True, slots=True)
class Link:
    """A link: where to, and the words it is shown with."""

    url: str
    text: str


@dataclass(frozen=True, slots=True)
class Block:
    """One block of body text as a reader should find it: NFC, single spaces.

    `kind` is a letter of `crawler.records.BlockKind`: p, h, i (list item), r (table row, cells parted by " | "),
    c (caption). `image` is the picture shown before the words (above a caption, inside a paragraph); `links` are
    parts of the text.
    """

    kind: str
    text: str
    image: str = ""
    links: tuple[Link, ...] = ()

    @property
    def cells(self) -> list[str]:
        return self.text.split(" | ")


@dataclass(frozen=True, slots=True)
class Article:
    """One article, whole. A `lead` is also the text of the first block; the byline is not among the blocks."""

    title: str
    category: str
    blocks: tuple[Block, ...]
    byline: str = ""
    lead: str = ""
    published: date | None = None
    dateline: date | None = None  # the date named in the opening sentence
    id: int = 0
    views: int = 0

    @property
    def texts(self) -> list[str]:
        return [block.text for block in self.blocks]

    @property
    def body(self) -> str:
        return "\n\n".join(self.texts)

    @property
    def images(self) -> tuple[Link, ...]:
        """The pictures, `text` being the caption shown with it (empty for a picture inside a paragraph)."""
        return tuple(Link(b.image, b.text if b.kind == "c" else "") for b in self.blocks if b.image)

    @property
    def attachments(self) -> tuple[Link, ...]:
        return tuple(link for block in self.blocks for link in block.links if link.url.startswith("/tep/"))


@dataclass(frozen=True, slots=True)
class Neighbour:
    """One entry of a list: another article as this page names it. `shown` is its date as printed, or empty."""

    url: str
    title: str
    published: date | None
    shown: str = ""
    id: int = 0


@dataclass(frozen=True, slots=True)
class Response:
    """What the site answers: `trouble` names a fault of the transport (stall, truncate, reset), if any."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    trouble: str = ""
    seconds: float = 0.0  # how long a stall lasts
