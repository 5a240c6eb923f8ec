"""The words over a list: which way in time it goes."""

from __future__ import annotations

import enum
import re
from functools import lru_cache

from .text import bare

_NEWS = r"tin|bai|tin bai|bai viet|bai bao|bai dang|tin tuc|bai tin|thong tin|ban tin|tin da|news|articles?"
_THINGS = (
    rf"(?:{_NEWS}|tin anh|tin video|videos?|clip|anh|album|phong su|chuyen de|van ban|thong bao|su kien|hoat dong)"
)
_WHAT = rf"(?:{_NEWS})"
_MANY = r"(?:(?:cac|nhung|mot so|xem cac|xem) )?"
_POSTS = r"(?:news|articles?|posts?|stories|items)"
_NEWER = re.compile(rf"^{_MANY}{_THINGS} (?:moi hon|dang sau|sau do)$|^(?:cac|nhung) {_WHAT} moi$|^newer {_POSTS}$")
_OLDER = re.compile(
    rf"^{_MANY}{_THINGS} (?:cu hon|da dua|da dang|truoc do|truoc day|da dua truoc|truoc)(?: khac)?$"
    rf"|^(?:cac|nhung) {_WHAT} cu$|^older {_POSTS}$"
)
_UNDIRECTED = re.compile(
    rf"^{_MANY}{_THINGS} (?:khac|lien quan|cung (?:chuyen muc|chu de|loai|muc)|tiep theo|noi bat khac)(?: khac)?$"
    rf"|^cung (?:chuyen muc|chu de)$|^(?:related|other|more|similar) {_POSTS}$|^you may also (?:like|be interested in)$"
    r"|^(?:co the ban(?: se)?|ban co the(?: se)?) quan tam$"
)
_LONGEST = 40


class Direction(enum.Enum):
    """Which way a list goes from the article it stands under."""

    NEWER = "newer"
    OLDER = "older"
    UNDIRECTED = "undirected"


_COMMENTS = re.compile(
    r"^(?:cac |gui )?(?:binh luan|y kien)"
    r"(?: (?:ban doc|phan hoi|cua ban|cua ban doc|cho bai viet|ve bai viet|doc gia))?$"
)


@lru_cache(maxsize=4096)
def is_comments(text: str) -> bool:
    """Tell whether a line is the label over readers' comments: "Bình luận (2)", "Ý kiến bạn đọc"."""
    return 6 <= len(text) <= _LONGEST and bool(_COMMENTS.match(bare(text)))


@lru_cache(maxsize=4096)  # menus and labels come again on every page
def direction(text: str) -> Direction | None:
    """Return the direction that a line names, or None where the line is no label.

    The whole line must be the label (bullets, colons, counts and case aside): a sentence that contains "các tin mới
    hơn" is a sentence. The wordings are those seen on NukeViet, SharePoint and Liferay sites of Vietnamese offices.
    """
    if not 6 <= len(text) <= _LONGEST:
        return None
    words = bare(text)
    if _NEWER.match(words):
        return Direction.NEWER
    if _OLDER.match(words):
        return Direction.OLDER
    return Direction.UNDIRECTED if _UNDIRECTED.match(words) else None
