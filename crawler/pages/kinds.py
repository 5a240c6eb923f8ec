"""What kind of thing a response is, before and after its lines are read."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from ..records import BlockKind, Kind
from . import notices
from .text import bare, fold
from .urls import is_front

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .outline import Outline

_HTML_TYPES = ("text/html", "application/xhtml+xml", "text/plain", "application/octet-stream", "text/xml")
_MAGIC = (
    b"%PDF",
    b"PK\x03\x04",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"RIFF",
    b"Rar!",
    b"\x1f\x8b",
    b"\xd0\xcf\x11\xe0",
    b"7z\xbc\xaf",
)
_MARKUP = re.compile(
    rb"<\s*(?:!doctype|html|head|body|title|meta|div|p|table|br|a|span|h[1-6]|center|font|ul|article)\b", re.IGNORECASE
)
_LOST = re.compile(
    r"khong ton tai|khong tim thay|khong con ton tai|da bi xoa|da bi go|khong co san|khong the tim thay|not found"
    r"|error 404|loi 404|does not exist|khong co (?:bai viet|tin|noi dung) nao|da duoc go bo|khong hop le"
)
_CLOSED = re.compile(
    r"(?:dang|duoc|thoi gian|tam thoi|tam ngung|tam dung) .{0,30}(?:bao tri|nang cap)|bao tri (?:he thong|dinh ky)"
    r"|he thong (?:dang )?(?:qua tai|ban|tam ngung)|(?:vui long|xin) (?:quay|tro) lai sau|thu lai sau"
    r"|under maintenance|temporarily unavailable|service unavailable|vui long dang nhap|ban (?:can|phai) dang nhap"
)
_BARRED = re.compile(
    r"khong (?:co|du|duoc phan) quyen (?:truy cap|xem)|tu choi truy cap|access (?:is )?denied|403 forbidden"
    r"|(?:do not|don't) have permission|permission denied"
    r"|error establishing a database connection|could not connect to (?:the )?database|mysqli?_p?connect\("
    r"|establishing a connection to sql server|^ora-\d{5}|sqlstate\["
    r"|(?:khong (?:the )?|loi )ket noi (?:duoc )?(?:den |toi |voi |vao )?(?:may chu )?(?:co so du lieu|csdl|database)"
)
_CRASHED = re.compile(
    r"server error in '.*' application\.?|runtime error|http error 50\d.*|an error occurred on the server.*"
)
# As web servers head their own pages: "HTTP Status 404 - /tin", "502 Bad Gateway", "IIS 7.5 Detailed Error - 404.0".
_SERVERS = re.compile(
    r"(?:(?:iis [\d.]+ detailed |http )?(?:status|error|loi)(?: code)?\W{0,3})?(?P<code>[45]\d\d)(?:\.\d+)?\W{0,3}"
    r"(?P<why>$|not found|bad (?:request|gateway)|(?:access )?forbidden|(?:access )?unauthorized|method not allowed"
    r"|request timeout|gone|internal server error|not implemented|service (?:temporarily )?unavailable"
    r"|gateway time-?out|server error|file or directory not found|(?<=[-–] )/).*"
)
_NO_PAGE = re.compile(r"(?:the (?:resource|page) (?:you are looking for )?cannot be found|object not found)\W*")
_GATE = re.compile(
    r"checking your browser|just a moment\.\.\.|verif\w+ (?:that )?you are (?:a )?human|ddos protection by|not a robot"
    r"|khong phai (?:la )?(?:nguoi may|robot)|nhap (?:dung )?ma (?:xac nhan|xac thuc|bao ve|kiem tra|captcha)"
)
_PRINT = re.compile(rb"print\s*\(")  # without `\b` before it, which would make it slow
# What stands before that where a page has itself printed: `<body onload="window.print()">`, `<script>print();`.
_AT_ONCE = re.compile(
    rb"""(?:<body\b[^>]*\bonload\s*=\s*["'][^"'>]{0,80}|<script\b[^>]*>\s*(?:<!--\s*)?"""
    rb"""|(?:window\.onload\s*=|\.addEventListener\(\s*["']load["']\s*,|\$\(document\)\.ready\(|setTimeout\()\s*"""
    rb"""(?:function\s*\(\w*\)\s*\{|\(\w*\)\s*=>\s*\{?)?\s*["']?)(?:window\.)?(?<!\w)$""",
    re.IGNORECASE,
)
_BEFORE = 200  # bytes
_CALLS = 500  # that are looked at: a page may be made of nothing else
_FORM = re.compile(
    r"(?:thong tin )?lien he(?: .{0,20})?|(?:y kien |hop thu |gui |thu )?gop y|(?:gui|dat) cau hoi|gui y kien"
    r"|contact(?: us)?"
)
_LOGIN = re.compile(r"(?:trang |form )?dang nhap(?: he thong| tai khoan| quan tri)?|log ?in|sign ?in")
_PASSWORD = re.compile(rb"""<input\b[^>]*\btype\s*=\s*["']?password""", re.IGNORECASE)
_LOST_TITLES = frozenset(
    {"trang thai", "loi", "error", "not found", "page not found", "khong tim thay trang", "thong bao loi"}
)
_FEW_LINES = 15  # a page that is closed shows no more
_LITTLE = 300  # characters of own text: a form, or a line that says no
_SIGNPOST = 40  # characters of the words over a list, of a date, of a greeting
_LOST_LINE = 250  # characters of the line that says so
_LOST_LENGTH = 700  # characters of own text: a page that says more tells of something


def may_be_html(content_type: str) -> bool:
    """Tell whether a type leaves it open that there is a web page."""
    kind = content_type.partition(";")[0].strip().lower()
    return not kind or kind.startswith(_HTML_TYPES)


def is_html(body: bytes, content_type: str) -> bool:
    """Tell whether the bytes can be a web page, by their type or, where that says little, their beginning."""
    if body[:8].startswith(_MAGIC) or not may_be_html(content_type):
        return False
    if content_type.partition(";")[0].strip().lower() in {"text/html", "application/xhtml+xml"}:
        return True
    return bool(_MARKUP.search(body[:4096].replace(b"\x00", b"")))


def is_for_printing(source: bytes) -> bool:
    """Tell whether a page has itself printed as soon as it is open: a copy of an article, for paper."""
    calls = islice(map(re.Match.start, _PRINT.finditer(source)), _CALLS)
    return any(_AT_ONCE.search(source, max(0, at - _BEFORE), at) for at in calls)


def nothing(sketch: Outline, text: Sequence[int], source: bytes) -> Kind | None:
    """Return what a page is that was answered 200 and holds nothing to read, None for any other."""
    if is_gate(sketch, text):
        return Kind.CHALLENGE
    if told := _servers_own(sketch):
        return told
    if is_unavailable(sketch, text) or is_login(sketch, text, source):
        return Kind.UNAVAILABLE
    return Kind.SOFT_404 if is_soft_404(sketch, text) else None


def is_soft_404(sketch: Outline, text: Sequence[int]) -> bool:
    """Tell whether a page answered 200 only says that there is nothing: little text, and that is what it says."""
    if is_over_lists(sketch):
        return True
    return not sketch.lists and (_only_says(sketch, text, _LOST) or _names_itself(sketch) in _LOST_TITLES)


def is_over_lists(sketch: Outline, start: int = 0) -> bool:
    """Tell whether all that a page has to say, from a line on to the first news it names, is that there is nothing.

    `start` is the line under the title, where that is sure: then any menu ends it too. Beside an empty box ("Không có
    tin nào") a listing names its news first.
    """
    lines = sketch.document.lines
    first = next(
        (n for n in range(start, len(lines)) if _names_news(sketch, n) or (start and n in sketch.breaks)), start
    )
    said = [lines[n].text for n in range(start, first) if n not in sketch.breaks and not lines[n].is_link]
    if sum(map(len, said)) > _LOST_LENGTH or is_front(sketch.document.url):
        return False
    told = [notices.kind(words) for words in said]
    short = (kind is not None or len(words) <= _SIGNPOST for kind, words in zip(told, said, strict=True))
    return Kind.SOFT_404 in told and all(short)


def _names_news(sketch: Outline, n: int) -> bool:
    if n in sketch.listed:
        return True
    document = sketch.document
    return n not in sketch.breaks and any(document.words.is_article_like(link.url) for link in document.lines[n].links)


def is_unavailable(sketch: Outline, text: Sequence[int]) -> bool:
    """Tell whether a page answered 200 only says to come back later, that one may not see it, or that it has crashed.

    News of such a pause stands in a page with its menu, and has lists or a date.
    """
    if _has_crashed(sketch):
        return True
    if len(sketch.document.lines) <= _FEW_LINES and _only_says(sketch, text, _CLOSED):
        return True
    return _told(sketch, text) <= _LITTLE and _only_says(sketch, text, _BARRED)


def is_gate(sketch: Outline, text: Sequence[int]) -> bool:
    """Tell whether a page wants a person before it shows anything: a check of the browser, letters to be copied.

    A form for comments may ask for such letters too, but stands under an article.
    """
    few = len(sketch.document.lines) <= _FEW_LINES and _told(sketch, text) <= _LITTLE
    return few and _only_says(sketch, text, _GATE)


def is_login(sketch: Outline, text: Sequence[int], source: bytes) -> bool:
    """Tell whether a page is a form to log in with: a field for a password, next to no text, and little else.

    Many sites have such a form at the side of every page: there, the page's title has to say that it is one.
    """
    if sketch.lists or _told(sketch, text) > _LITTLE:
        return False
    few = len(sketch.document.lines) <= _FEW_LINES
    return bool((few or _LOGIN.fullmatch(_names_itself(sketch))) and _PASSWORD.search(source))


def _servers_own(sketch: Outline) -> Kind | None:
    """Return what a page is that a web server wrote itself, going by what it is headed: "502 Bad Gateway"."""
    if sketch.lists or len(sketch.document.lines) > _FEW_LINES:
        return None
    for head in [sketch.document.title, *(line.text for line in sketch.document.lines[:2])]:
        folded = fold(head.strip())
        if _NO_PAGE.fullmatch(folded):
            return Kind.SOFT_404
        if found := _SERVERS.fullmatch(folded):
            return Kind.SOFT_404 if found["code"] in {"404", "410"} else Kind.UNAVAILABLE
    return None


def is_form(sketch: Outline) -> bool:
    """Tell whether a page is there to be written to, and calls itself so: "Liên hệ", "Góp ý"."""
    return bool(sketch.document.fields) and _FORM.fullmatch(_names_itself(sketch)) is not None


def _has_crashed(sketch: Outline) -> bool:
    """Tell whether a page begins as those that a web server writes about a program's failure, however long they are."""
    head = [line.text for line in sketch.document.lines[:2]]
    return not sketch.lists and any(_CRASHED.fullmatch(fold(line.strip())) for line in [sketch.document.title, *head])


def _told(sketch: Outline, text: Sequence[int]) -> int:
    """Return how many characters the main text has that are no links."""
    return sum(sketch.document.lines[n].own for n in text)


def _names_itself(sketch: Outline) -> str:
    """Return the first part of the page's title, bare."""
    return bare(re.split(r"\s[-|–]\s", sketch.document.title)[0])


def _first_news(sketch: Outline) -> int:
    """Return the line where the second of a listing's articles is summed up, or the end of the page."""
    lines = sketch.document.lines
    summed = sorted(n for n in sketch.summaries if lines[n].kind is not BlockKind.ITEM and not lines[n].level)
    return summed[1] if len(summed) > 1 else len(lines)


def _only_says(sketch: Outline, text: Sequence[int], words: re.Pattern[str]) -> bool:
    """Tell whether a page of little text and without lists says these words in its title or in a short line."""
    document = sketch.document
    if sketch.lists or _told(sketch, text) > _LOST_LENGTH:
        return False
    if words.search(fold(document.title)):
        return True
    end = _first_news(sketch)  # what a box at the side says after that ("Không tìm thấy video nào") is of that box
    told = [line for n, line in enumerate(document.lines[:end]) if n not in sketch.breaks and not line.is_link]
    return any(words.search(fold(line.text)) for line in told if len(line.text) <= _LOST_LINE)
