"""Buttons and counters of the page around an article: "In bài viết", "Chia sẻ", "Cỡ chữ", "Lượt xem: 12"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .counters import is_counter
from .text import bare, fold
from .urls import is_side_door

if TYPE_CHECKING:
    from .lines import Line

_LENGTH = 60  # characters
_CONTROLS = re.compile(
    r"^(?:in (?:bai viet|trang|tin|bai|ra)|(?:xem )?ban in"
    r"|gui (?:mail|email|bai viet|cho ban be|(?:tin|bai viet) qua email)"
    r"|chia se(?: .{0,40})?"
    r"|quay lai|ve trang truoc|tro ve|ve dau trang|dau trang|len dau trang|luu (?:bai|tin)(?: viet)?(?: nay)?"
    r"|tweet|share|print|email|facebook|zalo|twitter|thich|like|binh luan|gui binh luan|y kien ban doc|y kien"
    r"|tro lai|truoc|sau|bai truoc|bai sau|trang truoc|trang sau"
    r"|[at][+-]?|(?:(?:tang |giam |xem (?:voi )?)?co chu|do tuong phan|tuong phan)\b.{0,40}|dinh kem|tai ve"
    r"|danh gia(?: bai viet)?|(?:tong so diem|xep hang|click de danh gia).*"
    r"|(?:nghe|nghe doc|doc)(?: bai| tin)(?: viet)?\b.{0,20}|giong (?:nu|nam)\b.{0,20}|theo doi .{0,20}google news"
    r"|dang nhap(?: hoac dang ky)? de (?:gui|binh|viet).{0,20})$"
)
_STARS = re.compile(r"\W*1\W+2\W+3\W+4\W+5\W*")  # of a vote
_TAGS = re.compile(r"^(?:tu khoa|tags?|the tin|chu de|danh muc|chuyen muc|the loai)\s*:")


def is_control(line: Line) -> bool:
    """Tell whether a line is a button or a counter of the page around an article: "In bài viết", "Lượt xem: 12"."""
    if line.is_link and all(not link.url or is_side_door(link.url) for link in line.links):
        return True
    if len(line.text) > 2 * _LENGTH:
        return False
    if is_counter(line.text) or _STARS.fullmatch(line.text):
        return True
    if len(line.text) > _LENGTH:
        return False
    words = bare(line.text)
    return bool(_TAGS.match(fold(line.text).strip())) or (
        bool(_CONTROLS.match(words)) and (line.is_link or len(words) >= 5)
    )
