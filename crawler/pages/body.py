"""The text of an article: which lines are it, and what stands right above and below it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from ..records import Attachment, Block, BlockKind, Image
from . import forms
from .byline import is_byline, is_signature, take
from .controls import is_control
from .dates import is_clock, metadata_date, signed_date
from .labels import Direction
from .outline import Outline, container, is_text
from .stamps import is_poster
from .tail import tail
from .text import bare, fold, squeeze
from .urls import is_attachment, is_page

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from .lines import Box, Document, Line, Picture

_ENOUGH = 3  # lines of text that show where it stands
_ABOVE = 5  # lines around the title in which the page's own date stands
_META = 12  # lines between title and text: who, where, when, how often
_SIGNED = 2  # lines under the title in which the author's name may stand with the date
_CAPTION_LENGTH = 250
_COUNT = re.compile(r"\W*\d[\d.,]*\W*")  # by itself, beside the picture of an eye
_WEATHER_LENGTH = 60
_WEATHER = re.compile(r"\d ?° ?c\b")
_POSTED = re.compile(r"^(?:ngay|dang|cap nhat|thoi gian|xuat ban|thu |chu nhat|luc|post|publish|date)")
_META_DATES = (
    "article:published_time",
    "datepublished",
    "dc.date",
    "dc.date.issued",
    "dcterms.created",
    "pubdate",
    "date",
)
_ICONS = re.compile(
    r"(?:spacer|icon|sprite|blank|pixel|logo|bullet|arrow|print|email|banner|facebook|zalo)[^/]*$", re.IGNORECASE
)


@dataclass(slots=True)
class Body:
    """What was found between the title and the lists."""

    blocks: list[Block] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)
    published: date | None = None
    byline: str = ""
    lead: str = ""
    images: tuple[Image, ...] = ()
    attachments: tuple[Attachment, ...] = ()


def read(sketch: Outline, title: int, text: Sequence[int]) -> Body:
    """Return the body of the article whose title is on line `title` and whose main text is the lines `text`."""
    document = sketch.document
    if document.chosen.get("body"):
        return _chosen(sketch, title, text)
    text = [n for n in text if n > title]
    before = tail(document.lines, text[0] if text else title)
    text = [n for n in text if n < before]
    start, stop = title + 1, _end(sketch, title, text, before)
    numbers = _lines(sketch, start, stop, text)
    return _read(sketch, title, start, stop, numbers)


def _closed(sketch: Outline, text: Sequence[int]) -> int:
    """Return the line before which a chosen body must end.

    That is the end of the page, but for a page whose elements are not closed: the rest of it stands in its body. A menu
    or a footer there tells, and the body ends with the list or the footer after the last of its text.
    """
    lines, chosen = sketch.document.lines, sketch.document.chosen["body"]
    chrome = [n for n in chosen if lines[n].chrome in {"nav", "footer"}]
    labels = [entry.label for entry in sketch.lists] if chrome else []
    last = text[-1] if text else -1
    return min([n for n in (*chrome, *labels) if n > last], default=len(lines))


def _chosen(sketch: Outline, title: int, text: Sequence[int]) -> Body:
    """Return the body where the profile's selectors say it is: what is no list, button or field of its own there."""
    document = sketch.document
    others = {n for field in ("title", "date", "category") for n in document.chosen.get(field, ())}
    end = _closed(sketch, text)
    inside = [n for n in document.chosen["body"] if n != title and n < end]
    numbers = [n for n in inside if n not in others and n not in sketch.listed and not is_control(document.lines[n])]
    start, stop = (inside[0], inside[-1] + 1) if inside else (title + 1, title + 1)
    return _read(sketch, title, start, stop, numbers)


def _read(sketch: Outline, title: int, start: int, stop: int, numbers: list[int]) -> Body:
    """Return the body of which `numbers` are the lines, with what stands among and right beside them."""
    document = sketch.document
    body = Body(published=_told_date(document) or _published(sketch, title, start, stop, numbers))
    numbers = _trim(document, [n for n in numbers if n not in document.chosen.get("date", ())])
    body.byline, numbers = _byline(document, numbers)
    numbers = _trim(document, numbers)
    body.images, captions = _images(document, numbers, title if title < start else start - 1, stop)
    body.numbers = numbers
    body.blocks = [
        Block(BlockKind.CAPTION if n in captions else document.lines[n].kind, document.lines[n].text) for n in numbers
    ]
    body.lead = document.told("lead") or _lead(document, numbers)
    body.attachments = _attachments(document.lines, start, stop)
    return body


def _end(sketch: Outline, title: int, text: Sequence[int], before: int) -> int:
    """Return the line after the article: `before`, the first list after it, or the first line outside its box."""
    lines = sketch.document.lines
    last = text[-1] if text else title
    directed = [e.label for e in sketch.lists if e.direction is not Direction.UNDIRECTED and e.label > title]
    stop = min([*directed, before])
    box = _box(lines, title, text) if text else None
    after = (n for n in range(last + 1, stop) if _ends(sketch, n, box))
    return next(after, stop)


_LEAVES = frozenset({"p", "tr", "tbody", "table", "li", "ul", "ol", "dl", "blockquote", "pre"})


def _box(lines: Sequence[Line], title: int, text: Sequence[int]) -> Box | None:
    """Return the box of the text. Where little text tells it, that is the largest one that does not hold the title."""
    box = container(lines, text)
    if box is None or title < 0 or (len(text) >= _ENOUGH and box.tag not in _LEAVES):
        return box
    shared = box.shared(lines[title].box)
    return next((outer for outer in box.around() if outer.parent is shared), box)


def _ends(sketch: Outline, n: int, box: Box | None) -> bool:
    """Tell whether line n, after the last line of text, can no longer belong to the article."""
    line = sketch.document.lines[n]
    if n in sketch.breaks or sketch.document.words.direction(line.text):
        return True
    if line.level > 0 and line.chrome == "aside":
        return True  # whatever follows: "Bài viết mới" over what the site has besides
    if box is None or line.box.within(box):
        return False
    # A sibling of the box may still hold the byline or the attachments, a heading there begins something else.
    if line.level > 0:
        return True
    if line.box.tag == "p" == box.tag and line.box.parent is box.parent and not line.links:
        return False  # short paragraphs after the one or two long ones that told the box
    signed = is_byline(line) or (is_signature(line) and not line.links)
    return not (signed or _has_attachment(line) or is_control(line) or sketch.document.words.date_line(line.text))


def _lines(sketch: Outline, start: int, stop: int, text: Sequence[int]) -> list[int]:
    """Return the lines from `start` to `stop` that are the article's own."""
    lines = sketch.document.lines
    first_text = text[0] if text else stop
    last_text = text[-1] if text else start
    kept = []
    for n in range(start, stop):
        line = lines[n]
        if n in sketch.listed or line.chrome in {"nav", "footer", "breadcrumb"} or is_control(line):
            continue
        if n in sketch.breaks and not first_text < n < last_text:
            continue
        if n < first_text and ((line.is_link and not _has_attachment(line)) or is_poster(line.text)):
            continue  # a share bar or the editor's name between title and text
        kept.append(n)
    return kept


def _has_attachment(line: Line) -> bool:
    return any(is_attachment(link.url) for link in line.links)


def _published(sketch: Outline, title: int, start: int, stop: int, numbers: list[int]) -> date | None:
    """Return the date the page gives itself: a date line near the title or under the text, else its metadata.

    The line found is taken out of `numbers`.
    """
    lines = sketch.document.lines
    text = next((n for n in numbers if is_text(lines[n])), stop)
    below = [
        n for n in range(start, min(max(start + _ABOVE, min(text, start + _META)), stop)) if n not in sketch.listed
    ]
    last = [n for n in numbers[-3:] if n not in below and not is_byline(lines[n])]
    under = [n for n in last if (_POSTED.match(fold(lines[n].text)) or lines[n].box.right)]
    found: date | None = None
    for n in [*below, *_above(sketch, title), *under]:
        day = sketch.document.words.own_date(lines[n].text)
        if day or (
            title < n <= title + _SIGNED and lines[n].kind is not BlockKind.ROW and (day := signed_date(lines[n].text))
        ):
            found = found or day
            if n in numbers:
                numbers.remove(n)
            if n < text:  # what stands between title and date is of their kind: "Chi tiết", a category, a name
                numbers[:] = [m for m in numbers if m > n or is_text(lines[m]) or _has_attachment(lines[m])]
    return found or _from_metadata(sketch.document)


def _told_date(document: Document) -> date | None:
    """Return the date that the profile's selectors choose, if there is one in the words that they choose."""
    words = document.told("date")
    return forms.first(words, document.hints.forms) if words else None


def _byline(document: Document, numbers: list[int]) -> tuple[str, list[int]]:
    """Return the byline and the remaining lines: the one that the profile chooses, or one of the last two."""
    told = document.told("byline")
    if not told:
        return take(document.lines, numbers)
    rest = [n for n in numbers if n not in document.chosen.get("byline", ())]
    return (told, rest) if rest else ("", numbers)  # all that stands there is no byline of anything


def _above(sketch: Outline, title: int) -> Iterator[int]:
    """Yield the lines over the title, nearest first, up to a menu or to the date of a link or row."""
    lines = sketch.document.lines
    for n in range(title - 1, max(-1, title - 1 - _ABOVE), -1):
        if n in sketch.breaks or (n and _is_entry(lines[n - 1]) and lines[n].is_nearer(lines[n - 1], lines[title])):
            return
        yield n


def _is_entry(line: Line) -> bool:
    """Tell whether a line is one of many in a list or table, to which the date under it belongs."""
    return line.is_link or line.kind is BlockKind.ROW


def _from_metadata(document: Document) -> date | None:
    values = (document.meta[name] for name in _META_DATES if name in document.meta)
    return next((day for value in values if (day := metadata_date(value))), None)


def _trim(document: Document, numbers: list[int]) -> list[int]:
    """Take from both ends what is neither text nor part of it: counters, marks, bare links to other pages."""
    lines, is_furniture = document.lines, document.words.is_furniture
    while numbers and (_is_edge(lines[numbers[-1]]) or is_furniture(lines[numbers[-1]].text)):
        numbers = numbers[:-1]
    while numbers and (_is_edge(lines[numbers[0]]) or is_furniture(lines[numbers[0]].text)):
        numbers = numbers[1:]
    return numbers


def _is_edge(line: Line) -> bool:
    if line.kind in {BlockKind.ROW, BlockKind.ITEM} and not line.is_link:
        return not bare(line.text) and not any(char.isdigit() for char in line.text)
    if not bare(line.text) and not any(char.isdigit() for char in line.text):
        return True
    if _COUNT.fullmatch(line.text) or is_clock(line.text) or _is_weather(line.text):
        return True
    return is_control(line) or (
        line.is_link and not _has_attachment(line) and any(link.url and is_page(link.url) for link in line.links)
    )


def _is_weather(text: str) -> bool:
    return len(text) <= _WEATHER_LENGTH and text[-1] not in ".;!?" and bool(_WEATHER.search(fold(text)))


def _lead(document: Document, numbers: Sequence[int]) -> str:
    """Return the opening that the page sets apart as a summary: bold as a whole, or outside the box of the text."""
    if len(numbers) < 2:
        return ""
    lines = document.lines
    line = lines[numbers[0]]
    if line.kind is not BlockKind.PARAGRAPH or not is_text(line):
        return ""
    following = next((n for n in numbers[1:-1] if lines[n].kind is not BlockKind.CAPTION), numbers[-1])
    rest = lines[following].box.shared(lines[numbers[-1]].box)
    apart = len(numbers) > 2 and not rest.is_page and not line.box.within(rest)
    bold = line.bold and not lines[numbers[1]].bold
    return line.text if apart or bold or line.box.tag == "blockquote" else ""


def _images(document: Document, numbers: Sequence[int], title: int, stop: int) -> tuple[tuple[Image, ...], set[int]]:
    """Return the pictures of the text with their captions, and the lines that are captions.

    A caption is marked as one, or is a short line right after a picture that reads as no paragraph and is set apart.
    """
    lines = document.lines
    inside = set(numbers)
    captions = {n for n in numbers if lines[n].kind is BlockKind.CAPTION}
    images = []
    last = numbers[-1] + 1 if numbers else stop
    for picture in document.pictures:
        if not title < picture.line <= last or _ICONS.search(urlsplit(picture.url).path):
            continue
        n = picture.line
        if n in inside and n not in captions and _is_caption(lines, n, picture):
            captions.add(n)
        images.append(Image(picture.url, lines[n].text if n in captions else picture.alt))
    return tuple({image.url: image for image in images}.values()), captions


def _is_caption(lines: Sequence[Line], n: int, picture: Picture) -> bool:
    """Tell whether line n, right after a picture, is its caption: in italics, or alone in a box with it."""
    line = lines[n]
    if len(line.text) > _CAPTION_LENGTH:
        return False
    if picture.alt and fold(picture.alt) == fold(line.text):
        return True
    if line.slanted or "caption" in line.box.names.lower():
        return True
    if picture.box is line.box:
        return line.box.tag == "center" or "center" in line.box.style
    shared = next((box for box in picture.box.around() if line.box.within(box)), None)
    if shared is None or shared.is_page:
        return False
    return not any(lines[m].box.within(shared) for m in (n - 1, n + 1) if 0 <= m < len(lines))


def _file_name(url: str) -> str:
    return squeeze(unquote(urlsplit(url).path.rpartition("/")[2]))


def _attachments(lines: Sequence[Line], start: int, stop: int) -> tuple[Attachment, ...]:
    """Return the files linked to between title and lists, each once, by the longest name a link gives it."""
    names: dict[str, str] = {}
    for line in lines[start:stop]:
        for link in line.links:
            if is_attachment(link.url):
                names[link.url] = max(names.get(link.url, ""), link.text, key=len)
    return tuple(Attachment(url, name or _file_name(url)) for url, name in names.items())
