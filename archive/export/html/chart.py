"""The chart of articles a month: for each year, twelve bars to one scale."""

from collections.abc import Mapping
from dataclasses import dataclass

WIDTH, HEIGHT = 14, 64  # of a month's place, in the drawing's own units
_GAP = 3
_LEAST = 2  # so that a month with one article is seen beside one with a thousand


@dataclass(frozen=True, slots=True)
class Bar:
    """A month's bar. `month` is `2020-06`; a month without articles has no bar."""

    month: str
    articles: int
    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Year:
    """A year's chart."""

    year: str
    articles: int
    bars: tuple[Bar, ...]


def years(counts: Mapping[str, int]) -> list[Year]:
    """Return the charts from the first year with articles to the last, those without any too.

    Args:
        counts: articles by month; other keys than months are passed over.
    """
    by_year: dict[int, dict[int, int]] = {}
    for month, articles in counts.items():
        year, _, number = month.partition("-")
        if year.isdigit() and number.isdigit():
            by_year.setdefault(int(year), {})[int(number)] = articles
    if not by_year:
        return []
    most = max(max(months.values()) for months in by_year.values())
    return [_year(year, by_year.get(year, {}), most) for year in range(min(by_year), max(by_year) + 1)]


def _year(year: int, months: Mapping[int, int], most: int) -> Year:
    bars = []
    for month, articles in sorted(months.items()):
        height = max(_LEAST, round(HEIGHT * articles / most))
        place = (month - 1) * WIDTH + _GAP // 2
        bars.append(Bar(f"{year:04}-{month:02}", articles, place, HEIGHT - height, WIDTH - _GAP, height))
    return Year(f"{year:04}", sum(months.values()), tuple(bars))
