"""A page as its reader sees it: a flat sequence of lines, each with its links. Nothing here knows what a line means."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from .hints import PLAIN, USUAL, Hints, Words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ..records import BlockKind


@dataclass(slots=True, eq=False)
class Box:
    """A block element: where lines stand. Two boxes are the same only if they are one element."""

    tag: str
    parent: Box | None
    depth: int
    attributes: Mapping[str, str]
    chrome: str = ""  # nav, footer, aside or breadcrumb, its own or inherited
    right: bool = False  # text within is aligned to the right

    def around(self) -> Iterator[Box]:
        """Yield the box itself and every box around it, innermost first."""
        box: Box | None = self
        while box is not None:
            yield box
            box = box.parent

    def within(self, outer: Box) -> bool:
        """Tell whether this box is `outer` or stands in it."""
        box: Box | None = self
        while box is not None and box.depth >= outer.depth:
            if box is outer:
                return True
            box = box.parent
        return False

    def is_in(self, tag: str) -> bool:
        """Tell whether this box or one around it is of the given tag."""
        return any(box.tag == tag for box in self.around())

    def is_in_id(self, name: str) -> bool:
        """Tell whether this box or one around it has the given id."""
        return any(box.attributes.get("id") == name for box in self.around())

    @property
    def names(self) -> str:
        """Its class and id: a hint, never a condition."""
        return f"{self.attributes.get('class', '')} {self.attributes.get('id', '')}"

    @property
    def style(self) -> str:
        """Its style and align attributes."""
        return f"{self.attributes.get('style', '')} {self.attributes.get('align', '')}"

    def shared(self, other: Box) -> Box:
        """Return the smallest box around both."""
        box = self
        while not other.within(box) and box.parent is not None:
            box = box.parent
        return box

    @property
    def is_page(self) -> bool:
        """Whether the box is the whole page: ASP.NET wraps every page in one form."""
        return self.tag in {"html", "body", "form"}


@dataclass(slots=True)
class Link:
    """A link within a line: where it goes (absolute; empty for scripts), its words, the words up to the next link."""

    url: str
    href: str
    text: str
    after: str


@dataclass(slots=True)
class Line:
    """One line of the page, in NFC with single spaces."""

    text: str
    links: list[Link]
    kind: BlockKind
    box: Box
    before: str = ""  # the words before the first link
    level: int = 0  # of a heading, 1 to 6
    bold: bool = False  # all of it
    slanted: bool = False  # all of it in italics
    own: int = 0  # how many of its characters are no link text
    is_link: bool = False  # whether it is one link or several and (nearly) nothing else

    def link(self, links: list[Link]) -> None:
        """Give the line its links."""
        self.links = links
        self.own = len(self.text) - sum([len(link.text) for link in links])
        self.is_link = bool(links) and self.own <= max(3, len(links) * 3)

    def is_nearer(self, one: Line, other: Line) -> bool:
        """Tell whether this line stands in a smaller box with `one` than with `other`."""
        return self.box.shared(one.box).depth > self.box.shared(other.box).depth

    @property
    def chrome(self) -> str:
        """The innermost of nav, footer, aside and breadcrumb around the line, or an empty string."""
        return self.box.chrome


@dataclass(slots=True)
class Picture:
    """An image and the line it stands before."""

    url: str
    alt: str
    line: int
    box: Box


_MOST = {"title": 400, "date": 200, "category": 160, "byline": 200, "lead": 3_000}  # characters of a chosen field


@dataclass(slots=True)
class Document:
    """The lines of a page with what its head says."""

    url: str
    lines: list[Line] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    title: str = ""
    meta: dict[str, str] = field(default_factory=dict)
    canonical: str = ""
    scripts: int = 0
    fields: list[Box] = field(default_factory=list)  # where a reader is asked for a text or a choice: comments, votes
    hints: Hints = PLAIN
    words: Words = USUAL
    dropped: list[str] = field(default_factory=list)  # lines that the profile calls furniture wherever they stand
    chosen: dict[str, list[int]] = field(default_factory=dict)  # lines that its selectors choose, by field
    said: dict[str, str] = field(default_factory=dict)  # what `<meta>` elements that they choose hold, by field
    missing: tuple[str, ...] = ()  # fields none of whose selectors matches

    def told(self, field: str) -> str:
        """Return the words that the profile's selectors choose for a field, empty where there are none.

        Words that are too many for the field are none either: a page whose elements are not closed has half of itself
        in each of them.
        """
        words = self.said.get(field) or " ".join(self.lines[n].text for n in self.chosen.get(field, ()))
        return words if len(words) <= _MOST.get(field, len(words)) else ""
