"""How sites print dates and labels."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

LIST_DATES: dict[str, Callable[[date], str]] = {
    "padded": lambda d: f"({d:%d/%m/%Y})",
    "short": lambda d: f"({d.day}/{d.month}/{d.year})",
    "hyphens": lambda d: f"({d:%d-%m-%Y})",
    "timed": lambda d: f"({d:%d/%m/%Y} {_clock(d)})",
    "bare": lambda d: f"{d:%d/%m/%Y}",
}

_WEEKDAYS = ("Thứ hai", "Thứ ba", "Thứ tư", "Thứ năm", "Thứ sáu", "Thứ bảy", "Chủ nhật")
PAGE_DATES: dict[str, Callable[[date], str]] = {
    "weekday": lambda d: f"{_WEEKDAYS[d.weekday()]} - {d:%d/%m/%Y} {_clock(d)}",
    "posted": lambda d: f"Ngày đăng: {d:%d/%m/%Y}",
    "posted-on": lambda d: f"Đăng ngày {d:%d/%m/%Y}",
    "updated": lambda d: f"Cập nhật: {d:%d/%m/%Y}",
    "portal": lambda d: f"{d:%d/%m/%Y} | 12:00 AM",
    "nonsense-time": lambda d: f"{d:%d/%m/%Y} | 9:99 AM",
    "hours": lambda d: f"{d:%d/%m/%Y} {_clock(d).replace(':', 'h')}",
}


def _clock(day: date) -> str:
    return f"{7 + day.day % 10:02d}:{day.month * 5 % 60:02d}"


LABEL_STYLES: dict[str, Callable[[str], str]] = {
    "plain": str,
    "upper": str.upper,
    "colon": lambda text: text + ":",
    "upper-colon": lambda text: text.upper() + " :",
    "nfd": lambda text: unicodedata.normalize("NFD", text),
    "nbsp": lambda text: text.replace(" ", "\u00a0"),
}
