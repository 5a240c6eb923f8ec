"""The line with which a page dates itself: what may stand there beside the date, and what makes the line say more.

A system writes it, so that all of it is known: the words of dating, who put the page there, how often it was read, the
buttons beside it. Words of different elements may touch one another there: "08:15Lượt xem: 12In trang".
"""

from __future__ import annotations

import re

from .text import fold

# Around the date stand a weekday, a clock time, and words such as "Ngày đăng", "Cập nhật lúc", "Publish date".
_DATING = re.compile(
    r"\b(?:thu (?:hai|ba|tu|nam|sau|bay|[2-7])|chu nhat|cn|t[2-7]|ngay|duoc|dang|gui|tao|xuat ban|phat hanh|cap nhat"
    r"|lan cuoi|luc|vao|gio|thoi gian|dang tin|dang tai"
    r"|post(?:ed)?|on|at|date|publish(?:ed)?|(?:last )?(?:updated?|modified)|created|release(?:d)?|time"
    r"|gmt|utc|ict|am|pm|sa|ch|phut|giay|h|hom|tin|bai|viet|dua"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day|mon|tue|wed|thu|fri|sat|sun"
    r"|[+]?0?7)\b"
)
_READ = r"(?:xem|doc|truy cap|view|tai(?: ve)?|thich|chia se|binh luan|phan hoi|y kien|nhan xet)"
_READ_EN = r"(?:views?|hits?|reads?|comments?|likes?|shares?)"
_MANY = r"[\d.,]+(?:\s?k\b)?"  # "1.204", "12,5K"
_BEFORE, _AFTER = r"\s*[:(\[]?\s*", r"\s*[)\]]?"  # around it
_COUNTS = re.compile(
    rf"\b(?:tong )?(?:so )?(?:luot|lan|nguoi)(?: nguoi)?(?: da)? {_READ}{_BEFORE}(?:{_MANY})?{_AFTER}"
    rf"|\b(?:tong )?(?:so )?(?:da )?{_READ}{_BEFORE}(?=\d){_MANY}{_AFTER}|\bda xem\s*:?"
    rf"|\b(?:page )?{_READ_EN}(?: counts?)?{_BEFORE}(?:{_MANY})?{_AFTER}"
    rf"|{_MANY} ?(?:luot|lan|nguoi)(?: {_READ})?|{_MANY} ?{_READ}\b|{_MANY} {_READ_EN}\b"
    r"|\d+ (?:phut doc|min(?:ute)?s? read)|(?:chua|khong) co (?:binh luan|phan hoi|y kien)(?: nao)?|no comments?"
)
_BUTTONS = re.compile(
    r"\b(?:in (?:trang|bai(?: viet)?|tin|ra)|ban in|print|(?:send )?e-?mail|gui (?:e?-?mail|cho ban be)|chia se|share"
    r"|binh luan|phan hoi|luu (?:bai(?: viet)?|tin)|nghe (?:doc )?(?:bai(?: viet)?|tin)|co chu|facebook|zalo|twitter"
    r"|(?:theo doi|follow)(?: \w+){0,4} google news)\b"
)
# Who put the page there: "Được đăng bởi …", "Người đăng: …".
_NAMED = r"\b\s*:?(?: ?[^\W\d]++){1,5}"
_POSTER = re.compile(
    r"(?:^|(?<=[\s|,•·/)–-]))(?:(?:duoc )?(?:dang|viet|gui|tao|cap nhat) boi"
    r"|nguoi (?:dang|viet|gui)(?: tin| bai(?: viet)?)?"
    rf"|(?:written |posted |submitted |published |created )by){_NAMED}"
)
_BY = re.compile(rf"(?:^|[|•·/)–-])[^a-z]*(?:boi|by){_NAMED}")  # once nothing else stands before it
_CREDIT = re.compile(r"\b(?:tac gia|nguon(?: tin)?|author|source|bien tap|nguoi dang|theo)\s*:(?: ?[^\W\d]++){0,6}")
_SEAM = re.compile(r"(?<=\d)(?=[^\W\d_])|(?<=[^\W\d_])(?=\d)")  # "08:15Lượt xem", "AM1204"
_DAY = re.compile(r"\d{1,2}([/.-])\d{1,2}\1\d{4}")  # of the last change
_WORD = re.compile(r"[a-z]+")
_CLOCK = re.compile(r"(?<!\d)\d{1,2}\s?[:hg]\s?\d\d(?!\d)")
_CLOCK_ALONE = re.compile(r"[\W\d_]*(?:[AP]M)?[\W\d_]*")
_NAME_WORDS = 5


def is_poster(text: str) -> bool:
    """Tell whether a line only names who put the page there or wrote it: "Viết bởi Quản trị", "Tác giả: Vũ Hà"."""
    folded = fold(text)
    if _POSTER.fullmatch(folded) or _CREDIT.fullmatch(folded):
        return True
    return folded.startswith("by ") and _BY.fullmatch(folded) is not None  # "bởi" begins sentences too


def is_alone(text: str, start: int, end: int, *, signed: bool = False) -> bool:
    """Tell whether the date in a line, which begins and ends there, is all that it says.

    A name may stand beside it where a clock time shows that a system wrote the line, or where the line is expected to
    be `signed`: one word or a few with capital letters.
    """
    if _CLOCK_ALONE.fullmatch(text, end) and not text[:start].strip(" (["):  # most are no more than that
        return True
    said = f"{_parted(text[:start])} | {_parted(_DAY.sub(' ', text[end:]))}"
    rest = fold(said)
    for known in (_POSTER, _CREDIT, _COUNTS, _BUTTONS, _DATING, _BY):
        rest = known.sub(lambda found: " " * len(found[0]), rest)
    left = [said[word.start() : word.end()] for word in _WORD.finditer(rest)]
    if not left or not any(len(word) > 1 for word in left):
        return True
    named = len(left) == 1 or (len(left) <= _NAME_WORDS and all(word[0].isupper() for word in left))
    return named and (signed or _CLOCK.search(text) is not None)


def _parted(text: str) -> str:
    """Return the text with spaces where words of two elements touch: in "08:15Lượt xem", "TuấnThứ Sáu", "PMGửi"."""
    text = _SEAM.sub(" ", text)
    return "".join(
        f" {b}" if b.isupper() and (a.islower() or (a.isupper() and c.islower())) else b
        for a, b, c in zip(" " + text, text, text[1:] + " ", strict=False)
    )
