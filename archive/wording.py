"""What is known about an article, in the Vietnamese that its pages use."""

from datetime import datetime

from archive.stored import Article
from archive.times import day_in_vietnam

_SOURCES = {
    "list": "theo danh sách tin trên trang khác",
    "page": "theo chính trang bài",
    "text": "theo đoạn mở đầu của bài",
}


def day(iso: str | None) -> str:
    """Return an ISO date as people in Vietnam write it, `12/06/2020`; without one, that it is not known."""
    return "/".join(reversed(iso.split("-"))) if iso else "không rõ ngày"


def read_on(stamp: str) -> str:
    """Return the day in Vietnam of a moment of the archive (UTC), `12/06/2020`."""
    return day(day_in_vietnam(datetime.fromisoformat(stamp)).isoformat())


def month(iso: str) -> str:
    """Return a month such as `2020-06` as `tháng 6/2020`."""
    year, number = iso.split("-")
    return f"tháng {int(number)}/{year}"


def count(number: int) -> str:
    """Return a number as people in Vietnam write it, `12.345`."""
    return f"{number:,}".replace(",", ".")


def how_dated(article: Article, agreeing: int = 0) -> str:
    """Return what an article's date rests on, and what speaks against it; empty where nothing is known.

    Args:
        article: the article.
        agreeing: how many pages' lists give this date.
    """
    source = _SOURCES.get(article.published_source or "", "")
    if article.published_source == "list" and agreeing:
        source = f"theo danh sách tin trên {count(agreeing)} trang khác"
    disputed = ", ".join(day(each) for each in (article.published_disputed or "").split(", ") if each)
    parts = [
        source,
        f"có danh sách ghi ngày khác: {disputed}" if disputed else "",
        "" if article.published else bounds(article),
    ]
    return "; ".join(part for part in parts if part)


def bounds(article: Article) -> str:
    """Return between which days the neighbours in the chain put an article; empty where they do not tell."""
    earliest, latest = article.published_earliest, article.published_latest
    if article.bounds_disputed:
        return "các tin liền kề mâu thuẫn nhau về thời gian"
    if earliest and latest:
        return f"các tin liền kề cho thấy bài đăng trong khoảng {day(earliest)} – {day(latest)}"
    if earliest:
        return f"các tin liền kề cho thấy bài đăng từ {day(earliest)} trở đi"
    return f"các tin liền kề cho thấy bài đăng muộn nhất là {day(latest)}" if latest else ""
