"""From a page's bytes to its lines, in one pass of the parser and without a tree.

A line ends where a browser would end it: at a block element or a `<br>`.
"""

from __future__ import annotations

import re
import threading
from html import unescape
from typing import TYPE_CHECKING

from lxml import etree

from ..records import BlockKind
from .hints import PLAIN, Hints, words
from .lines import Box, Document, Line, Link, Picture
from .mend import is_suspect, mended
from .tables import Table, is_data, merge
from .tags import BLOCKS, BOLD, CHROME, COUNTED, HEADINGS, IN_HEAD, ROLES, SLANTED, UNSEEN
from .text import squeeze
from .urls import absolute, folder, join

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_BARE: Mapping[str, str] = {}  # the attributes of an element without any
_CHROME_NAMES = re.compile(r"(?:^|[\s_-])(?:footer|breadcrumbs?)(?:$|[\s_-])", re.IGNORECASE)
_SHOWN_AS_BLOCK = re.compile(r"display\s*:\s*(?:block|flex|grid|list-item|table)", re.IGNORECASE)
_PUBLISHED = re.compile(r'"datePublished"\s*:\s*"([^"]{8,40})"')
_DEEPEST = 400  # boxes within boxes; what is nested deeper stands in the deepest one
_LINK_PIECES = 4  # pieces of a link's words over which a `<br>` may stand
_RIGHT = re.compile(r"text-align\s*:\s*right", re.IGNORECASE)


def scan(page: bytes, url: str, hints: Hints = PLAIN) -> Document:
    """Return the lines of a page in UTF-8. `url` is its own address; `<base href>` is honoured. Never raises."""
    walk = walking(url, hints)
    try:
        etree.fromstring(page, _LOCAL.parser)
    except etree.XMLSyntaxError:  # "Document is empty": white space or a comment
        walk.close()
    return walk.document


def walking(url: str, hints: Hints) -> Walk:
    """Return this thread's walk, at the beginning of a page."""
    if not hasattr(_LOCAL, "walk"):
        _LOCAL.walk = Walk()
        _LOCAL.parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, target=_LOCAL.walk)
    walk: Walk = _LOCAL.walk
    walk.begin(url, hints)
    return walk


_LOCAL = threading.local()  # one parser a thread: lxml inspects the target of each new one, which takes 0.1 ms


class Walk:
    """The state of one pass: the line being built and the elements around it."""

    def begin(self, url: str, hints: Hints) -> None:
        """Start a new page."""
        self.document, self.base, self.folder = Document(url, hints=hints, words=words(hints)), url, folder(url)
        self.raw: list[str] = []
        self.spans: list[tuple[int, int, str]] = []  # links of the line: first piece, end piece, href
        self.box = Box("html", None, 0, {})
        self.tables: list[Table] = []
        self.buried = 0  # blocks that are open within the deepest box
        self.skipped = 0  # depth within an element that is not shown
        self.titling = self.linked = False
        self.shown: list[bool] = []  # for every open inline element with a style: whether it is shown as a block
        self.items = self.captions = self.bold = self.slant = self.level = 0
        self.plain = self.upright = self.inked = False
        self.href: str | None = None
        self.link_start = 0

    # The parser's target interface: https://lxml.de/parsing.html#the-target-parser-interface

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Open an element."""
        if self.skipped:
            self.skipped += 1
            return
        if tag in BLOCKS:
            self._open_block(tag, attributes)
        elif tag == "a":
            self._close_link()
            self.href, self.link_start = attributes.get("href"), len(self.raw)
        elif tag == "br":
            if self.href and len(self.raw) - self.link_start < _LINK_PIECES:
                self.raw.append(" ")  # a title over two lines
            else:
                self._break()
        elif tag == "img":
            self._picture(attributes)
        elif tag in UNSEEN:
            self._skip(tag, attributes)
        elif tag in IN_HEAD:
            self._head(tag, attributes)
        else:
            self._open_inline(tag, attributes)

    def end(self, tag: str) -> None:
        """Close an element."""
        if self.skipped:
            self.skipped -= 1
            self.titling, self.linked = self.titling and self.skipped > 0, self.linked and self.skipped > 0
            return
        if tag in BLOCKS:
            self._close_block(tag)
        elif tag == "a":
            self._close_link()
        elif tag in BOLD:
            self.bold -= 1
        elif tag in SLANTED:
            self.slant -= 1
        elif tag == "span" and self.shown and self.shown.pop():
            self._break()

    def data(self, text: str) -> None:
        """Take words."""
        if self.skipped:
            if self.titling:
                self.document.title += text
            elif self.linked and (match := _PUBLISHED.search(text)):  # searched, not parsed: it is often malformed
                self.document.meta.setdefault("datepublished", match[1])
        elif text.isspace():
            if self.inked:
                self.raw.append(" ")
        else:
            self.raw.append(text)
            self.inked = True
            if not self.bold:
                self.plain = True
            if not self.slant:
                self.upright = True

    def close(self) -> Document:
        """End the page."""
        self._flush()
        if self.document.hints.anywhere:
            drop_furniture(self.document)
        self.document.title = squeeze(mended(unescape(self.document.title)))  # some are escaped twice
        return self.document

    def _open_inline(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag == "input":
            if attributes.get("type", "").lower() == "radio":
                self._field()
        elif tag in BOLD:
            self.bold += 1
        elif tag in SLANTED:
            self.slant += 1
        elif tag == "span":
            block = "style" in attributes and bool(_SHOWN_AS_BLOCK.search(attributes["style"]))
            self.shown.append(block)
            if block:
                self._break()

    def _open_block(self, tag: str, attributes: Mapping[str, str]) -> None:
        if self.inked:
            self._flush()
        outer = self.box
        if outer.depth >= _DEEPEST:
            self.buried += 1
            return
        chrome, right = outer.chrome, outer.right
        if attributes:
            chrome = ROLES.get(attributes.get("role", "")) or _named_chrome(attributes) or chrome
            right = right or attributes.get("align") == "right" or _is_right(attributes.get("style", ""))
        if tag in CHROME and not (tag == "footer" and outer.is_in("article")):
            chrome = tag
        self.box = Box(tag, outer, outer.depth + 1, attributes or _BARE, chrome, right)
        if tag in COUNTED:
            self._count(tag, 1)

    def _close_block(self, tag: str) -> None:
        if self.inked:
            self._flush()
        if self.buried:
            self.buried -= 1
            return
        self.box = self.box.parent or self.box
        if tag in COUNTED:
            self._count(tag, -1)

    def _count(self, tag: str, step: int) -> None:
        """Keep track of the headings, items, captions and tables that are open."""
        if tag == "li":
            self.items += step
        elif tag in HEADINGS:
            self.bold, self.level = self.bold + step, HEADINGS[tag] if step > 0 else 0
        elif tag in {"figcaption", "caption"}:
            self.captions += step
        elif tag == "table":
            if step > 0:
                self.tables.append(Table(len(self.document.lines)))
            elif self.tables:
                self._close_table()
        else:
            self.bold += step * (tag == "th")
            if self.tables and step > 0:
                self.tables[-1].open(tag)

    def _close_table(self) -> None:
        table = self.tables.pop()
        if self.tables:
            self.tables[-1].nested = True
        if is_data(table, self.document.lines[table.start :]):
            merge(self.document, table)

    def _skip(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Begin an element that is not shown."""
        self.skipped = 1
        self.titling = tag == "title" and not self.document.title
        if tag == "script":
            self.document.scripts += 1
            self.linked = attributes.get("type") == "application/ld+json"
        elif tag == "textarea":
            self._field()

    def _field(self) -> None:
        if not self.document.fields or self.document.fields[-1] is not self.box:
            self.document.fields.append(self.box)

    def _head(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Keep metadata, the canonical URL and the base of links."""
        if tag == "meta":
            name = attributes.get("property") or attributes.get("name") or attributes.get("itemprop") or ""
            if attributes.get("http-equiv", "").strip().lower() == "refresh":
                name = "refresh"
            if name and attributes.get("content"):
                self.document.meta.setdefault(name.lower(), squeeze(mended(attributes["content"])))
        elif tag == "base":
            self.base = absolute(self.document.url, attributes.get("href", "")) or self.base
            self.folder = folder(self.base)
        elif attributes.get("rel", "").lower() == "canonical":
            self.document.canonical = absolute(self.base, attributes.get("href", ""))

    def _picture(self, attributes: Mapping[str, str]) -> None:
        source = attributes.get("src") or attributes.get("data-src") or attributes.get("data-original") or ""
        url = absolute(self.base, source)
        if url:
            alt = squeeze(attributes.get("alt", ""))
            if self.document.words.direction(alt):  # a picture of the words
                self._break()
                self.data(alt)
                self._break()
            self.document.pictures.append(Picture(url, alt, len(self.document.lines), self.box))

    def _close_link(self) -> None:
        if self.href is not None and len(self.raw) > self.link_start:
            self.spans.append((self.link_start, len(self.raw), self.href))
        self.href = None

    def _break(self) -> None:
        if self.inked:
            self._flush()

    def _flush(self) -> None:
        href = self.href
        if href is not None:
            self._close_link()
        if self.inked and (text := squeeze("".join(self.raw))):
            if (";" in text or "%3" in text) and is_suspect(text):
                text = self._mend()
            self.document.lines.append(self._line(text))
            if self.tables:
                self.tables[-1].places.append(self.tables[-1].place())
        self.raw, self.spans, self.plain, self.upright, self.inked = [], [], False, False, False
        self.href, self.link_start = href, 0  # a link around several blocks goes on in the next line

    def _mend(self) -> str:
        """Mend the entities of the line, link by link, and return its text; the parser has cut it at every `&`."""
        edges = {edge for start, stop, _ in self.spans for edge in (start, stop)}
        first = 0
        for n in range(1, len(self.raw)):
            if n in edges:
                first = n
            else:
                self.raw[first], self.raw[n] = self.raw[first] + self.raw[n], ""
        self.raw = [mended(piece) for piece in self.raw]
        return squeeze("".join(self.raw))

    def _line(self, text: str) -> Line:
        line = Line(text, [], self._kind(), self.box, "", self.level, not self.plain, not self.upright, len(text))
        if not self.spans:
            return line
        start, stop, href = self.spans[0]
        if len(self.spans) == 1 and not start and stop == len(self.raw):
            line.link([Link(self._url(href), href, text, "")])
            return line
        line.before = squeeze("".join(self.raw[:start])) if start else ""
        line.link(list(self._links()))
        return line

    def _links(self) -> Iterator[Link]:
        ends = [start for start, _, _ in self.spans[1:]] + [len(self.raw)]
        for (start, stop, href), end in zip(self.spans, ends, strict=True):
            words = squeeze("".join(self.raw[start:stop]))
            if words:
                after = squeeze("".join(self.raw[stop:end])) if stop < end else ""
                yield Link(self._url(href), href, words, after)

    def _url(self, href: str) -> str:
        return absolute(self.base, href) if href[:1] == "?" else join(self.folder, href)

    def _kind(self) -> BlockKind:
        if self.captions:
            return BlockKind.CAPTION
        if self.level:
            return BlockKind.HEADING
        return BlockKind.ITEM if self.items else BlockKind.PARAGRAPH


def _named_chrome(attributes: Mapping[str, str]) -> str:
    """Return footer or breadcrumb where a class or id says so."""
    for name in (attributes.get("class"), attributes.get("id")):
        if name and ("oot" in name or "umb" in name or "OOT" in name) and (named := _CHROME_NAMES.search(name)):
            return "breadcrumb" if "crumb" in named[0].lower() else "footer"
    return ""


def _is_right(style: str) -> bool:
    return "right" in style and bool(_RIGHT.search(style))


def drop_furniture(document: Document) -> None:
    """Take out the lines that the profile calls furniture wherever they stand."""
    at: list[int] = []  # for every line, where it comes to stand
    kept: list[Line] = []
    for line in document.lines:
        at.append(len(kept))
        if document.hints.anywhere.hold(line.text):
            document.dropped.append(line.text)
        else:
            kept.append(line)
    at.append(len(kept))
    document.lines = kept
    for picture in document.pictures:
        picture.line = at[picture.line]
