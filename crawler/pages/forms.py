"""Dates in the forms that one site alone uses: patterns with the groups `day`, `month` and `year`, from its profile."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from . import dates, stamps
from .text import fold

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

Forms = tuple[re.Pattern[str], ...]

_LONGEST = 120  # characters of a line that is nothing but a date
_ENGLISH = {
    name: n
    for n, name in enumerate(["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], 1)
}
_AFTER = re.compile(
    r"(?:[\s,T|–-]*\d{1,2}\s?[:hg]\s?\d{0,2}(?::\d{2})?\s*(?:[AP]M|phút)?)?\s*[)\]]?[\s.]*", re.IGNORECASE
)


def find(text: str, forms: Forms) -> Iterator[tuple[date, int, int]]:
    """Yield the dates that the forms find in `text`, with where they begin and end, form by form."""
    for form in forms:
        for match in form.finditer(text):
            if day := _made(match):
                yield day, match.start(), match.end()


def _made(match: re.Match[str]) -> date | None:
    """Return the date that a match names; a year of two digits is one from 1970 to 2069."""
    day, month, year = (fold(match[name] or "").strip() for name in ("day", "month", "year"))
    if not year.isdecimal():
        return None
    full = int(year) + (0 if len(year) > 2 else 2000 if int(year) < 70 else 1900)
    return dates.make(full, _ENGLISH.get(month[:3], 0) or dates.month_number(month), dates.number(day))


@lru_cache(maxsize=2048)
def first(text: str, forms: Forms) -> date | None:
    """Return the first date in a text, by the site's own forms or by the common ones."""
    return next((day for day, _, _ in find(text[:_LONGEST], forms)), None) or dates.first(text)


@lru_cache(maxsize=2048)
def date_line(text: str, forms: Forms) -> date | None:
    """Return the date of a line that is nothing but a date; one in the site's own forms is looked for first."""
    if len(text) > _LONGEST:
        return None
    own = (day for day, start, end in find(text, forms) if stamps.is_alone(text, start, end))
    return next(own, None) or dates.date_line(text)


@lru_cache(maxsize=2048)
def split_trailing(text: str, forms: Forms) -> tuple[str, date | None]:
    """Return the text without the date that ends it, and that date; one in the site's own forms comes first."""
    offset = max(0, len(text) - dates.TAIL)
    for day, start, end in find(text[offset:], forms):
        if _AFTER.fullmatch(text[offset + end :]):
            return text[: offset + start].rstrip(" -–|,(["), day
    return dates.split_trailing(text)
