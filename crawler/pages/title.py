"""The title of an article and the category over it."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from ..records import BlockKind
from .body import is_control
from .counters import is_counter
from .lists import signature
from .outline import Outline, is_text
from .stamps import is_poster
from .text import bare, fold
from .urls import is_page, key

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from datetime import date

    from .lines import Document, Line

    Names = Mapping[str, list[str]]  # what the head calls the page, folded, and the parts of that

_DATED = 2.2  # what a date right under it adds to a line
_SENTENCE = 2.0  # what a line loses that ends as a sentence does
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
_PAGE_NAMES = frozenset(
    {  # what a page of the kind is called, on every article
        "chi tiet",
        "chi tiet tin",
        "chi tiet tin tuc",
        "chi tiet bai viet",
        "tin chi tiet",
        "thong tin chi tiet",
        "noi dung",
        "noi dung tin",
        "noi dung chi tiet",
        "noi dung bai viet",
        "xem tin",
        "bai viet",
    }
)  # fmt: skip — a list of names reads best as a block
_SIDE_NAMES = frozenset(
    {  # what stands over the boxes at the side of a page, and over no article unless the head says so
        "lien ket",
        "lien ket web",
        "lien ket website",
        "website lien ket",
        "thoi tiet",
        "thong tin thoi tiet",
        "ty gia",
        "ty gia ngoai te",
        "gia vang",
        "tham do y kien",
        "thong ke truy cap",
        "thong ke",
        "luot truy cap",
        "so luot truy cap",
        "van ban moi",
        "van ban moi nhat",
        "van ban moi ban hanh",
        "tin moi",
        "tin moi nhat",
        "tin noi bat",
        "tin nong",
        "tin doc nhieu",
        "tin xem nhieu",
        "doc nhieu nhat",
        "xem nhieu nhat",
        "tin doc nhieu nhat",
        "tin xem nhieu nhat",
        "bai viet moi nhat",
        "bai viet moi",
        "dang nhap",
        "tim kiem",
        "quang cao",
        "danh muc",
        "chuyen muc",
        "thu vien anh",
        "thu vien video",
        "thu vien hinh anh",
    }
)  # fmt: skip — a list of names reads best as a block
_HOME = frozenset({"trang chu", "home", "trang nhat", "trang chinh"})
_CATEGORY_LENGTH = 80
_MOST_STEPS = 5
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
    """Return the words of the title on line `at`, and the page's date where it ends that line: "Title (7h30 - 12/6/2020)".

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
    """Return the lines that can be the title: those above the text, its own first lines, or the one that the head names."""
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
    if line.kind is BlockKind.ROW:
        return False
    name = bare(line.text)
    if name in _SIDE_NAMES and name not in fold(sketch.document.title):
        return False
    if is_poster(line.text) or is_control(line) or (line.links and bare(line.links[0].text) in _HOME):
        return False
    if name in _PAGE_NAMES or line.text.casefold() in sketch.doors:
        return False
    if _leads_elsewhere(line, sketch.document.url):
        return False
    words = sketch.document.words
    return not (words.date_line(line.text) or words.direction(line.text))


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
    if score < _CONFIRMED and is_text(line) and line.text.endswith("."):
        score -= _SENTENCE  # a summary set in large letters
    distance = text[0] - n if text else 0
    if n in text and not (n == text[0] and _is_hinted(line)):
        score -= 1.0 if score < _SURE - 1 and not _is_over_date(sketch, n) else 0.0
    elif text:
        score += max(0.0, 1.5 - 0.15 * distance)
    return score + min(len(line.text), 60) / 120


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
    """Tell whether a line stands beside "Trang chủ" in a breadcrumb that nothing but its form tells: a section's name."""
    home, line = lines[n - 1], lines[n]
    return (
        len(home.links) == 1
        and home.is_link
        and bare(home.text) in _HOME
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
    found = next((n for n in over if _can_be_title(sketch, n) and len(lines[n].text) >= 12), -1)
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


# --- the category -----------------------------------------------------------------------------------------------------


def category(sketch: Outline, title: int) -> str:
    """Return the category a page gives itself: the end of its breadcrumb, its metadata, or the line over the title."""
    lines = sketch.document.lines
    if told := sketch.document.told("category"):
        return told
    name = lines[title].text if title >= 0 else ""
    trails = [trail for trail in _trails(lines, title) if trail]
    for trail in reversed(trails):
        steps = [step for step in trail if bare(step) not in _HOME and not _is_same(step, name)]
        if steps and len(steps[-1]) <= _CATEGORY_LENGTH:
            return steps[-1]
    return sketch.document.meta.get("article:section", "") or _line_above(sketch, title)


def _is_same(step: str, title: str) -> bool:
    """Tell whether a step of a breadcrumb is the page's own title, whole or cut short."""
    step, title = bare(step.rstrip(". …")), bare(title)
    return bool(title) and (step == title or (len(step) > 15 and title.startswith(step)))


def _trails(lines: Sequence[Line], title: int) -> Iterable[list[str]]:
    """Yield breadcrumbs above the title: what follows a link "Trang chủ", on its line or on the short ones after it."""
    for n, line in enumerate(lines[: title if title >= 0 else None]):
        if not line.links or bare(line.links[0].text) not in _HOME or "|" in line.text:
            continue  # steps parted by bars are a menu
        steps = _steps(line)
        if len(steps) == 1 and not _is_menu(lines, n):
            steps += _following(lines, n + 1, title if title >= 0 else len(lines))
        if 1 < len(steps) <= _MOST_STEPS:
            yield steps


_SEPARATORS = re.compile(r"\s*(?:[»›>/\\→|•·]+|&gt;|::|(?<=\s)[-–](?=\s))\s*")


def _steps(line: Line) -> list[str]:
    """Return the steps of a breadcrumb on one line: its links, and words after the last separator."""
    steps: list[str] = []
    for link in line.links:
        steps.append(link.text)
        steps += [part for part in _SEPARATORS.split(link.after) if part and bare(part)]
    return steps


def _is_menu(lines: Sequence[Line], n: int) -> bool:
    """Tell whether "Trang chủ" at line n begins a menu: several bare links in the same structure follow."""
    following = lines[n + 1 : n + 5]
    return len(following) >= 3 and all(line.is_link for line in following[:3])


def _following(lines: Sequence[Line], start: int, stop: int) -> list[str]:
    """Return the short lines after "Trang chủ" that stand in the same box: a breadcrumb with a step a line."""
    box = lines[start - 1].box
    if start < stop and not lines[start].box.within(box):
        box = box.parent or box
    steps = []
    for line in lines[start : min(stop, start + 5)]:
        if not line.box.within(box) or len(line.text) > _CATEGORY_LENGTH or is_text(line):
            break
        if bare(line.text):
            steps.append(line.text.strip(" »›>/|"))
    return steps


def _line_above(sketch: Outline, title: int) -> str:
    """Return the short line that stands directly over the title, if it can name a category."""
    lines = sketch.document.lines
    for n in range(title - 1, max(-1, title - 4), -1):
        line = lines[n]
        if is_counter(line.text) or (n in sketch.breaks and not _stands_alone(lines, n)):
            return ""
        if sketch.document.words.date_line(line.text) or bare(line.text) in {"", *_PAGE_NAMES}:
            continue
        return line.text if len(line.text) <= _CATEGORY_LENGTH and len(line.links) <= 1 and not is_text(line) else ""
    return ""


def _stands_alone(lines: Sequence[Line], n: int) -> bool:
    """Tell whether a link below a menu is none of its entries: it stands further off than they do."""
    if lines[n].chrome in {"nav", "footer"} or bare(lines[n].text) in _HOME:
        return False
    if n < 2 or signature(lines[n]) != signature(lines[n - 1]):
        return True
    box = lines[n - 1].box
    return lines[n].box.shared(box).depth < box.shared(lines[n - 2].box).depth
