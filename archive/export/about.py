"""What an export says of itself: of which sites it is, how its articles were chosen, whose they are."""

import shlex
from collections.abc import Iterator
from datetime import date

from archive.selection import Selection

TOPIC = "Thi đua – Khen thưởng"
ABOUT = (
    "News that Vietnamese provinces published on emulation and commendation (thi đua – khen thưởng), with the dates of "
    "the articles and what these rest on, archived by thidua."
)
ABOUT_VI = (
    "Tin bài về công tác thi đua – khen thưởng của các tỉnh, thành phố Việt Nam, kèm ngày đăng và căn cứ xác định ngày "
    "đăng, do thidua lưu trữ."
)
RIGHTS = "The texts are those of the sites that published them; no licence is known. Name the site and the address."
RIGHTS_VI = "Nội dung thuộc về các trang tin đã đăng; chưa rõ giấy phép. Khi sử dụng, xin ghi rõ trang tin và địa chỉ."
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


def options(selection: Selection, limit: int | None = None) -> str:
    """Return which articles were chosen, as options of `thidua export`; empty for all of them."""
    given = (
        ("--from", selection.date_from and selection.date_from.isoformat()),
        ("--to", selection.date_to and selection.date_to.isoformat()),
        ("--category", selection.category),
        ("--query", selection.query),
        ("--limit", limit and str(limit)),
    )
    said = [word for option, value in given if value for word in (option, value)]
    return shlex.join([*said, "--exact"] if selection.query and selection.exact else said)


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
