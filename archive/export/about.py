"""What an export says of itself, in Vietnamese: of which sites it is, and how its articles were chosen."""

from collections.abc import Iterator
from datetime import date

from archive.selection import Selection

TOPIC = "Thi đua – Khen thưởng"
_MOST_SITES = 3  # that a title names


def title(sites: list[str]) -> str:
    """Return a title: the topic, and the sites where they are few."""
    if not sites:
        return TOPIC
    others = f" và {len(sites) - _MOST_SITES} trang khác" if len(sites) > _MOST_SITES else ""
    return f"{TOPIC}: {', '.join(sites[:_MOST_SITES])}{others}"


def choice(selection: Selection, limit: int | None = None) -> str:
    """Return in a sentence which articles were chosen."""
    said = ", ".join(_terms(selection))
    which = f"{limit} bài mới nhất" if limit else ("Các bài" if said else "Tất cả các bài")
    return f"{which} trong kho lưu trữ{f' {said}' if said else ''}."


def _terms(selection: Selection) -> Iterator[str]:
    if selection.query:
        yield f"có từ khoá “{selection.query}”{' (đúng dấu)' if selection.exact else ''}"
    if selection.category is not None:
        yield f"thuộc chuyên mục “{selection.category}”"
    first, last = selection.date_from, selection.date_to
    if first and last:
        yield f"đăng ngày {_day(first)}" if first == last else f"đăng từ {_day(first)} đến {_day(last)}"
    elif first:
        yield f"đăng từ {_day(first)}"
    elif last:
        yield f"đăng đến hết {_day(last)}"


def _day(day: date) -> str:
    return f"{day:%d/%m/%Y}"
