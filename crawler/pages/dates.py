"""Dates as Vietnamese pages write them: day before month, words for months, nonsense for times.

All dates are plain dates in Vietnam's calendar. The common numeric forms are read here, without guessing; `dateparser`
is asked only about a short line that looks like a date and is none of them.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta, timezone
from functools import lru_cache
from typing import TYPE_CHECKING

from .stamps import is_alone
from .text import fold, squeeze

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ..records import Block

VIETNAM = timezone(timedelta(hours=7), "ICT")

_MONTHS = {
    "gieng": 1,
    "mot": 1,
    "hai": 2,
    "ba": 3,
    "tu": 4,
    "bon": 4,
    "nam": 5,
    "sau": 6,
    "bay": 7,
    "tam": 8,
    "chin": 9,
    "muoi": 10,
    "muoi mot": 11,
    "mot chap": 12,
    "muoi hai": 12,
    "chap": 12,
}  # fmt: skip — one line a family of names reads best
_UNITS = {
    "mot": 1, "hai": 2, "ba": 3, "bon": 4, "tu": 4, "nam": 5, "lam": 5, "sau": 6, "bay": 7, "tam": 8, "chin": 9,
}  # fmt: skip
_UNIT = "|".join(_UNITS)
_NUMBER = rf"(?:(?:hai|ba) muoi(?: (?:{_UNIT}))?|muoi(?: (?:{_UNIT}))?|(?:mung|mong)? ?(?:{_UNIT})|(?:mung|mong) muoi)"
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
# After a year no digit comes, unless it begins the date of the last change or a count of readers that touches it:
# "12/06/202013/06/2020", "12/06/202045 lượt xem".
_END = (
    r"(?!\d(?!\d?[/.\-]\d{1,2}[/.\-]\d{4}"
    r"|[\d.,]{0,7} ?(?:[Ll]ượt|[Bb]ình luận|[Pp]hản hồi|luot|binh luan|phan hoi|[Vv]iews?\b|[Cc]omments?\b|[Hh]its\b)))"
)
# 12/06/2020, 12-6-2020, 12.06.2020, 12 / 6 / 2020; not inside a longer number, a decree (15/2019/NĐ) or a phone.
_NUMERIC = re.compile(rf"(?<![\d/.\-])(\d{{1,2}})\s?([/.\-])\s?(\d{{1,2}})\s?\2\s?(\d{{4}}){_END}(?![/\-]\d)")
_YEAR = re.compile(r"(?:19|20|21)\d\d")  # what every full date holds
_ISO = re.compile(r"(?<![\d/.\-])((?:19|20)\d\d)([/\-])(\d{1,2})\2(\d{1,2})(?![\d/\-])")
_WORDS = re.compile(
    rf"(?<!\w)(?:ngay )?(?:mung |mong )?(?P<day>\d{{1,2}}|{_NUMBER}),? (?:thang|thg\.?) (?P<month>\d{{1,2}}|{_MONTH}),?"
    rf"(?: (?:nam )?(?P<year>(?:19|20)\d\d)){_END}"
)
# As blogs in Vietnamese write it whose form of dates stayed American: "Tháng Sáu 12, 2020".
_MONTH_FIRST = re.compile(
    rf"(?<!\w)thang (?P<month>\d{{1,2}}|{_MONTH}) (?P<day>\d{{1,2}}), ?(?P<year>(?:19|20)\d\d){_END}"
)
# As systems write it that were never put into Vietnamese: "12 June 2020", "Jun 12, 2020".
_ENGLISH_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ENGLISH = re.compile(
    rf"(?<!\w)(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)? )?(?P<month>{'|'.join(_ENGLISH_MONTHS)})[a-z]{{0,6}}\.?"
    rf"(?: (?P<second>\d{{1,2}})(?:st|nd|rd|th)?)?,? (?P<year>(?:19|20)\d\d){_END}"
)
_NO_YEAR = re.compile(
    rf"(?<!\w)(?:(?P<d>\d{{1,2}})\s?[/\-]\s?(?P<m>\d{{1,2}})(?![\d/\-]|\.\d)"
    rf"|(?:ngay )(?:mung |mong )?(?P<day>\d{{1,2}}|{_NUMBER}) (?:thang) (?P<month>\d{{1,2}}|{_MONTH})(?!\w))"
)


def make(year: int, month: int, day: int) -> date | None:
    """Return the date, or None where the calendar has no such day or the year is not of our time."""
    if not 1900 <= year <= 2200:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def number(words: str) -> int:
    """Return the value of a day's number in digits or folded words ("hai muoi mot" is 21), 0 where it is none."""
    words = words.strip()
    if words.isdigit():
        return int(words)
    parts = [part for part in words.split() if part not in {"mung", "mong"}]
    if "muoi" not in parts:
        return _UNITS.get(" ".join(parts), 0)
    at = parts.index("muoi")
    tens = _UNITS.get(parts[at - 1], 1) if at else 1
    return tens * 10 + (_UNITS.get(parts[at + 1], 0) if at + 1 < len(parts) else 0)


def month_number(words: str) -> int:
    """Return the number of a month in digits or folded words ("gieng" is 1, "chap" 12), 0 where it is none."""
    return int(words) if words.isdigit() else _MONTHS.get(words, 0)


def find(text: str) -> Iterator[tuple[date, int, int]]:
    """Yield the full dates in `text` with where they begin and end, in order; day comes before month.

    Read are `12/06/2020`, `12-6-2020`, `12.06.2020`, `2020-06-12`, `2020/06/12`, and `12 tháng 6 năm 2020` or `Tháng
    Sáu 12, 2020` in digits or words; where none of these is there, `12 June 2020` and `Jun 12, 2020`.
    `text` must be NFC (so that folding keeps its length).
    """
    if not _YEAR.search(text):
        return
    found = [(m.start(), m.end(), make(int(m[4]), int(m[3]), int(m[1]))) for m in _NUMERIC.finditer(text)]
    found += [(m.start(), m.end(), make(int(m[1]), int(m[3]), int(m[4]))) for m in _ISO.finditer(text)]
    folded = fold(text)
    if "thang " in folded or " thg" in folded:
        found += [
            (m.start(), m.end(), make(int(m["year"]), month_number(m["month"]), number(m["day"])))
            for form in (_WORDS, _MONTH_FIRST)
            for m in form.finditer(folded)
        ]
    if not found:
        found = [(m.start(), m.end(), _in_english(m)) for m in _ENGLISH.finditer(folded)]
    for start, end, day in sorted(found, key=lambda hit: (hit[0], -hit[1])):
        if day:
            yield day, start, end


def _in_english(match: re.Match[str]) -> date | None:
    """Return the date that words in English make; the day is before the month or after it."""
    day = match["day"] or match["second"]
    return make(int(match["year"]), _ENGLISH_MONTHS.index(match["month"]) + 1, int(day)) if day else None


def first(text: str) -> date | None:
    """Return the first full date in `text`, or None."""
    return next((day for day, _, _ in find(text)), None)


_TRAILING = re.compile(
    r"\s*[(\[]?\s*(?:ngày\s+)?(?P<date>\d{1,2}\s?[/.\-]\s?\d{1,2}\s?[/.\-]\s?\d{4}|(?:19|20)\d\d-\d\d-\d\d)"
    r"(?:[\s,T|\-–]*\d{1,2}\s?[:hg]\s?\d{0,2}(?::\d{2})?\s*(?:[AP]M|phút)?)?\s*[)\]]?[\s.]*$",
    re.IGNORECASE,
)
_IN_DIGITS = re.compile(r"\d\s?[/.\-]\s?\d{1,2}\s?[/.\-]\s?\d{4}")
# What makes the date after it the end of a time: "(21/6/1925 – 21/6/2014)", "từ 1/6 đến 12/6/2020".
_RANGE = re.compile(r"\d[/.\-]\d{1,2}(?:[/.\-]\d{4})?\s*(?:[-–]|đến(?: ngày)?|tới)$")
TAIL = 48  # characters at the end of a text in which its date stands
_TIME_FIRST = re.compile(
    r"\s*[(\[]\s*\d{1,2}\s?[:hg]\s?\d{0,2}(?:\s*[AP]M)?[\s,|\-–]*(?P<date>\d{1,2}[/.\-]\d{1,2}[/.\-]\d{4})\s*[)\]]\s*$",
    re.IGNORECASE,
)


@lru_cache(maxsize=2048)  # a page's date stands in the lists of eight others
def split_trailing(text: str) -> tuple[str, date | None]:
    """Return the text without the date at its end, and that date: `Title(12/06/2020)` → `("Title", 2020-06-12)`.

    Only one date is taken: of `Title (15/3/2019)(20/03/2019)` the title keeps its own.
    """
    if not _YEAR.search(text, max(0, len(text) - TAIL)):
        return text, None
    match = _TIME_FIRST.search(text) or _TRAILING.search(text, max(0, len(text) - TAIL))
    day = first(match["date"]) if match and not _RANGE.search(text, 0, match.start()) else None
    return (text[: match.start()].rstrip(" -–|,"), day) if match and day else (text, None)


_LONGEST = 160  # characters of a line that is nothing but a date
_PLACED = re.compile(r"[^\d:|]+, ngày \d")
_TODAY = re.compile(r"\bhôm nay\b", re.IGNORECASE)


@lru_cache(maxsize=2048)  # the same
def date_line(text: str) -> date | None:
    """Return the date of a line that is nothing but a date: `Thứ sáu - 12/06/2020 15:30`, `Ngày đăng: 12/06/2020`.

    A nonsense time (`9:99 AM`) does not lose the day. A line that says more than a date gives None.
    """
    if len(text) > _LONGEST or text.endswith(":"):  # what follows such a line is of that day
        return None
    hit = next(find(text), None)
    if hit is None:
        return _long_tail(text)
    day, start, end = hit
    return day if is_alone(text, start, end) else None


def signed_date(text: str) -> date | None:
    """Return the date of the line under a title, where a name may stand with it: "Nguyễn Văn A - 12/06/2020".

    A document is dated with a place: "Hải Dương, ngày 12 tháng 6 năm 2020" is of its text.
    """
    said = len(text) <= _LONGEST and not text.endswith(":") and not _PLACED.match(text)
    hit = next(find(text), None) if said else None
    return hit[0] if hit and not is_todays(text) and is_alone(text, *hit[1:], signed=True) else None


def own_date(text: str) -> date | None:
    """Return the date of a date line, but not of a clock in the page's head: "Hôm nay: Thứ hai, 23/11/2026"."""
    day = date_line(text)
    return None if day and is_todays(text) else day


def is_todays(text: str) -> bool:
    """Tell whether a line speaks of the day on which the page is looked at."""
    return bool(_TODAY.search(text))


def is_clock(text: str) -> bool:
    """Tell whether a line is the clock of a page: "Hôm nay: Thứ hai, 23/11/2026, 08:15 GMT+7"."""
    if "hôm nay" not in text.lower():  # ten times as fast as the pattern, on a paragraph
        return False
    said = _TODAY.sub(" ", text)
    return said != text and date_line(said) is not None


def _long_tail(text: str) -> date | None:
    """Ask `dateparser` about a short line that holds a year and a day and is in no form read here."""
    if len(text) > 40 or not _YEAR.search(text) or not re.search(r"(?<!\d)\d{1,2}(?!\d)", text):
        return None
    if len(re.findall(r"[^\W\d]{2,}", text)) > 3 or _IN_DIGITS.search(text):
        return None  # `12/13/2020` is no date: dateparser would take the month for the day
    import dateparser  # noqa: PLC0415 — half a second to import, and needed for one page in thousands

    parsed = dateparser.parse(
        text, languages=["vi", "en"], settings={"DATE_ORDER": "DMY", "REQUIRE_PARTS": ["day", "month", "year"]}
    )
    return parsed.date() if parsed else None


def metadata_date(value: str) -> date | None:
    """Return the date of a metadata value: ISO 8601, also with a malformed zone such as `2020-06-12+0715:30:00`.

    A time with a zone other than Vietnam's (UTC+7) is converted; where the zone is malformed the day stands as written.
    """
    value = squeeze(value)
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        return first(value)
    if moment.tzinfo is None:
        return moment.date()
    return moment.astimezone(VIETNAM).date()


# --- the dateline of a text -------------------------------------------------------------------------------------------

# Words before a date that make it another document's or another event's, not the news's own.
_ELSEWHERE = re.compile(
    r"\b(?:so|quyet dinh|nghi dinh|nghi quyet|thong tu|chi thi|cong van|ke hoach|huong dan|can cu|thuc hien|luat"
    r"|phap lenh|van ban|ky niem|giai doan|tu ngay|den ngay|truoc ngay|den het|sinh|thanh lap)\b"
)
_OPENING = 160  # characters of a paragraph within which a dateline stands
_PARAGRAPHS = 3  # opening paragraphs that are looked at


def dateline(blocks: Sequence[Block], earliest: date | None = None, latest: date | None = None) -> date | None:
    """Return the date that the opening of the text names as its own day, or None.

    A dateline opens a paragraph: "Sáng ngày 12 tháng 6 năm 2020, …", "Ngày 12/6, …", "(HD) - Chiều 12/6/2020 …". A
    date after the number of a document, or in "từ ngày … đến ngày …", is none. Without a year it counts only where the
    bounds leave one year. Dates outside the bounds (inclusive) are passed over.
    """
    for block in blocks[:_PARAGRAPHS]:
        opening = block.text[:_OPENING]
        folded = fold(opening)
        for day, start, _ in _datelines(opening, folded, earliest, latest):
            if (earliest and day < earliest) or (latest and day > latest):
                continue
            if not _ELSEWHERE.search(folded[:start]):
                return day
    return None


def _datelines(
    opening: str, folded: str, earliest: date | None, latest: date | None
) -> Iterator[tuple[date, int, int]]:
    """Yield full dates, then dates without a year that the bounds complete in one way."""
    yield from find(opening)
    if not earliest or not latest:
        return
    for match in _NO_YEAR.finditer(folded):
        day = number(match["d"] or match["day"])
        month = month_number(match["m"] or match["month"])
        years = [make(year, month, day) for year in range(earliest.year, latest.year + 1)]
        fitting = [made for made in years if made and earliest <= made <= latest]
        if len(fitting) == 1:
            yield fitting[0], match.start(), match.end()
