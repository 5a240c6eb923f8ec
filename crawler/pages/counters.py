"""What counts readers around an article: "Lượt xem: 12", "Tổng lượt truy cập: 349523"."""

from __future__ import annotations

import re
from functools import lru_cache

from .text import fold

_COUNTER = re.compile(
    r"^\W*(?:tong (?:so )?|so )?(?:luot|lan) (?:nguoi )?(?:xem|doc|truy cap|ghe tham|tham quan|tai)\W*[\d.,]*$"
    r"|^(?:da xem|xem|(?:page )?views?(?: count)?|hits?|doc|comments?|likes?|binh luan|phan hoi)\W*[\d.,]+$"
    r"|^[\d.,]+ (?:binh luan|phan hoi|comments?)\W*$|^(?:khong|chua) co binh luan$|^no comments?$"
    r"|^\W*[\d.,]+ (?:luot|lan)(?: (?:xem|doc|truy cap|tai(?: ve)?|thich|chia se))?\W*$"
    r"|^\W*[\d.,]+ (?:views?|hits?|downloads?)\W*$"
    r"|^\W*(?:(?:tong )?(?:so )?(?:nguoi|khach|thanh vien)? ?(?:dang )?(?:truy cap|online|truc tuyen)"
    r"|tong truy cap|(?:truy cap )?(?:hom nay|hom qua|(?:trong )?(?:tuan|thang|nam) (?:nay|truoc)))\W*[\d.,]+\W*$"
    r"|^(?:bai viet|bai|tin|trang) nay (?:da )?(?:co|duoc|nhan duoc) [\d.,]+"
    r" (?:luot|lan|nguoi) (?:xem|doc|truy cap)\b.{0,60}$"
)
_LENGTH = 120  # characters of a line that can be one


@lru_cache(maxsize=4096)  # menus and labels come again on every page
def is_counter(text: str) -> bool:
    """Tell whether a line says how many have read a page, or are on the site."""
    return len(text) <= _LENGTH and _COUNTER.match(fold(text).strip()) is not None
