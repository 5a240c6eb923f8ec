"""The title of an article."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from ..records import BlockKind
from .controls import is_control
from .names import HOME, PAGE_NAMES, SIDE_NAMES
from .outline import Outline, is_text
from .stamps import is_poster
from .text import bare, fold
from .urls import is_page, key

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from .lines import Document, Line

    Names = Mapping[str, list[str]]  # what the head calls the page, folded, and the parts of that

_DATED = 2.2  # what a date right under it adds to a line
_SENTENCE = 3.0  # what a line loses that ends as a sentence does
_STEP = 3.0  # what a step of a breadcrumb loses
_LENGTH = range(4, 400)  # characters of a title
_LOOK_BACK = 16  # lines above the text in which a title stands
_LOOK_IN = 3  # lines of the text that may be the title itself, where it is as long as a paragraph
_SURE = 6.0  # the score at which the page itself says that this line is its title
_CONFIRMED = 4.5  # what the head adds to a line that it names in full
_CUT_SHORT = 5.0  # what it adds to a line of which it names the beginning
_PARTS = re.compile(r"\s+(?:[-–—|»:>•·]|::)\s+|\s*\|\s*")
_HINT = re.compile(r"(?:^|[\W_])(?:tieu-?_?de|title|headline|tieude)(?:$|[\W_])|title$", re.IGNORECASE)
_OF_A_BOX = re.compile(r"cat|box|block|portlet|module|widget|site|page|sub", re.IGNORECASE)
_CLOCK = re.compile(r"\d\s?[:hg]\s?\d\d")
_LONG = 200  # characters of a line that is a paragraph, whatever its letters


def find(sketch: Outline, text: Sequence[int]) -> tuple[int, bool]:
    """Return the line of the title and whether the page itself confirms it; (-1, False) where none is found.

    `text` is the numbers of the lines of the main text, as `outline.main_text` gives them.
    """
    document = sketch.document
    if chosen := document.chosen.get("title"):
        return chosen[0], True
    named = _named(document)
    scored = [(_score(sketch, n, named, text), n) for n in _window(sketch, named, text)]
    best, at = max(scored, default=(0.0, -1), key=lambda pair: pair[0])
    if best >= 2:
        return at, best >= _SURE
    return _line_over(sketch, text), False


def worded(sketch: Outline, at: int) -> tuple[str, date | None]:
    """Return the words of the title on line `at`, and the page's date where it ends it: "Title (7h30 - 12/6/2020)".

    It is the page's where a clock time shows that a system wrote it, or where the head names the page without it.
    """
    document = sketch.document
    told = document.told("title")
    if told or at < 0:
        return told, None
    text = document.lines[at].text
    name, day = document.words.split_trailing(text)
    if not day or not name:
        return text, None
    named = _named(document)
    if _agreement(document.lines[at], named) > _CUT_SHORT:
        return text, None
    systems = _CLOCK.search(text, len(name)) or any(fold(name) in (whole, *parts) for whole, parts in named.items())
    return (name, day) if systems else (text, None)


def _window(sketch: Outline, named: Names, text: Sequence[int]) -> list[int]:
    """Return the lines that can be the title: those above the text, its first lines, one that the head names."""
    lines = sketch.document.lines
    first = text[0] if text else next(iter(sorted(sketch.listed)), len(lines))
    start = max(0, first - _LOOK_BACK) if text else 0
    numbers = [n for n in (*range(start, first), *text[:_LOOK_IN]) if _can_be_title(sketch, n)]
    if any(_agreement(lines[n], named) >= _CONFIRMED for n in numbers):
        return numbers
    # Text of the page's side may come before the title: "Bạn đánh giá thế nào về giao diện Cổng thông tin?"
    far = (n for n in text[_LOOK_IN:] if _agreement(lines[n], named) >= _CONFIRMED and _can_be_title(sketch, n))
    return [*numbers, *islice(far, 1)]


def _can_be_title(sketch: Outline, n: int) -> bool:
    line = sketch.document.lines[n]
    if n in sketch.listed or line.chrome in {"nav", "footer", "breadcrumb"} or len(line.text) not in _LENGTH:
        return False
    if line.kind is BlockKind.ROW or _names_furniture(sketch, line) or _leads_elsewhere(line, sketch.document.url):
        return False
    words = sketch.document.words
    if words.date_line(line.text) or words.direction(line.text):
        return False
    return not (is_poster(line.text) or is_control(line))


def _names_furniture(sketch: Outline, line: Line) -> bool:
    """Tell whether a line is what all pages are called, a section, a box at the side, a breadcrumb, a number."""
    name = bare(line.text)
    if not name or name in PAGE_NAMES or line.text.casefold() in sketch.doors:
        return True
    if line.links and bare(line.links[0].text) in HOME:
        return True
    return name in SIDE_NAMES and name not in fold(sketch.document.title)


def _leads_elsewhere(line: Line, page: str) -> bool:
    """Tell whether the line is a link to another page; a title may link to its own."""
    return line.is_link and not any(link.url and key(link.url) == key(page) for link in line.links)


def _named(document: Document) -> dict[str, list[str]]:
    """Return what the head calls the page, folded, each name with its parts: og:title and `<title>`."""
    names = [document.meta.get(name, "") for name in ("og:title", "twitter:title", "dc.title")] + [document.title]
    folded = dict.fromkeys(fold(name) for name in names if name)
    return {name: [part for part in _PARTS.split(name) if part] for name in folded}


def _score(sketch: Outline, n: int, named: Names, text: Sequence[int]) -> float:
    """Weigh a line as the title: what the head says, heading level, emphasis, nearness to the text."""
    line = sketch.document.lines[n]
    score = _agreement(line, named)
    if text and score < _CONFIRMED:
        score += _place(sketch, n, text[0])
    if n and _is_step(sketch.document.lines, n):
        score -= _STEP
    score += {1: 3.0, 2: 2.5, 3: 2.0, 4: 1.5, 5: 1.0, 6: 1.0}.get(line.level, 0.0)
    if line.bold and not line.level:
        score += 1.0
    if _is_hinted(line):
        score += 2.0
    if score < _CONFIRMED and _is_sentence(line):
        score -= _SENTENCE  # a summary set in large letters
    distance = text[0] - n if text else 0
    if n in text and not (n == text[0] and _is_hinted(line)):
        score -= 1.0 if score < _SURE - 1 and not _is_over_date(sketch, n) else 0.0
    elif text:
        score += max(0.0, 1.5 - 0.15 * distance)
    return score + min(len(line.text), 60) / 120


def _is_sentence(line: Line) -> bool:
    return is_text(line) and line.text.endswith(".")


def _place(sketch: Outline, n: int, text: int) -> float:
    """Weigh where a line stands: a date under it makes it a title, a menu under it the site's own name."""
    lines = sketch.document.lines
    menus = (lines[m].links for m in range(n, text) if m in sketch.breaks)
    if any(link.url and is_page(link.url) for links in menus for link in links):
        return -2.0
    return _DATED if _is_over_date(sketch, n) else 0.0


def _is_over_date(sketch: Outline, n: int) -> bool:
    """Tell whether a date stands right under line n, and not as under the last sentence of a text."""
    lines = sketch.document.lines
    if len(lines[n].text) >= _LONG or (is_text(lines[n]) and lines[n].text.endswith((".", ":", ";"))):
        return False
    return n + 1 < len(lines) and sketch.document.words.own_date(lines[n + 1].text) is not None


def _is_step(lines: Sequence[Line], n: int) -> bool:
    """Tell whether a line stands beside "Trang chủ", in a breadcrumb that only its form tells: a section's name."""
    home, line = lines[n - 1], lines[n]
    return (
        len(home.links) == 1
        and home.is_link
        and bare(home.text) in HOME
        and line.is_nearer(home, lines[min(n + 1, len(lines) - 1)])
    )


def _agreement(line: Line, named: Names) -> float:
    """Return how well a line agrees with what the head calls the page."""
    folded = fold(line.text)
    return max((_match(folded, name, parts) for name, parts in named.items()), default=0.0)


def _match(folded: str, name: str, parts: Sequence[str]) -> float:
    """Return how well a line agrees with a name the head gives: whole, first part, or part of it."""
    if folded == name:
        return 6.0
    if len(folded) >= 12 and name.startswith(folded) and not name[len(folded)].isalnum():
        return 5.5
    if len(name) >= 30 and folded.startswith(name.rstrip(". …")):
        return _CUT_SHORT
    if folded in parts:
        return 3.0 if parts.index(folded) else 4.5
    return 2.5 if len(folded) >= 20 and folded in name else 0.0


def _is_hinted(line: Line) -> bool:
    """Tell whether a class or id of the line's box, or of the one around it, calls it a title."""
    names = line.box.names + " " + (line.box.parent.names if line.box.parent else "")
    return any(_HINT.search(word) and not _OF_A_BOX.search(word) for word in names.split())


def _line_over(sketch: Outline, text: Sequence[int]) -> int:
    """Return the last line above the text that can be a title: what stands over a text without any mark.

    The text's own first line is the title rather than a plain one over it, where it alone is set apart: it is bold and
    no sentence, and so may be long enough to be taken for text.
    """
    if not text:
        return -1
    lines = sketch.document.lines
    if _is_set_apart(sketch, text):
        return text[0]
    over = range(text[0] - 1, max(-1, text[0] - 6), -1)
    able = [n for n in over if _can_be_title(sketch, n) and len(lines[n].text) >= 12]
    found = next((n for n in able if not _is_sentence(lines[n])), next(iter(able), -1))
    if (
        found < 0
        and len(text) > 1
        and len(lines[text[0]].text) < _LONG
        and not lines[text[0]].text.endswith((".", ":", ";"))
    ):
        return text[0]
    return found


def _is_set_apart(sketch: Outline, text: Sequence[int]) -> bool:
    """Tell whether the first line of a text is bold, the second is not, and it ends as titles do."""
    if len(text) < 2 or not _can_be_title(sketch, text[0]):
        return False
    first, second = (sketch.document.lines[n] for n in text[:2])
    over = sketch.document.lines[text[0] - 1] if text[0] else first
    return (
        first.bold
        and not second.bold
        and not (over.bold or over.level)
        and len(first.text) < _LONG
        and not first.text.endswith((".", ":", ";", ",", "…"))
    )
