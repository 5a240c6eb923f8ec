"""The chart of articles per month, as shares of its width and height: the browser makes pixels of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from archive.shelf import Shelf

_LINES = 3  # drawn across the chart at most
_FEW_YEARS = 2  # so many have room for the names of months
_LABELS = 10  # years named on a narrow screen at most


@dataclass(frozen=True, slots=True)
class Bar:
    """One month: its name (`2020-06`), how many articles, and where its bar stands, in per cent."""

    month: str
    number: int
    x: float
    width: float
    height: float

    @property
    def y(self) -> float:
        """Where its upper end is, from the top of the chart."""
        return round(100 - self.height, 2)


@dataclass(frozen=True, slots=True)
class Label:
    """A word below or beside the chart, and where, in per cent. A `minor` one goes where there is little room."""

    text: str
    at: float
    minor: bool = False


@dataclass(frozen=True, slots=True)
class Chart:
    """The months of whole years, from the first with an article to the last."""

    bars: list[Bar]
    years: list[Label]
    months: list[Label]
    lines: list[Label]  # from the bottom up; `text` is a number

    @property
    def turns(self) -> list[float]:
        """Where one year ends and another begins, in per cent."""
        return [round(100 * at / len(self.bars), 4) for at in range(0, len(self.bars) + 1, 12)]

    @property
    def by_year(self) -> list[tuple[str, list[Bar]]]:
        """The months of each year, the latest first."""
        return [(self.bars[at].month[:4], self.bars[at : at + 12]) for at in range(len(self.bars) - 12, -1, -12)]

    @property
    def most(self) -> Bar:
        """The month with most articles."""
        return max(self.bars, key=lambda bar: bar.number)


def chart(shelf: Shelf) -> Chart | None:
    """Return the chart of all that have a date, or None where none has."""
    years = shelf.years()
    if not years:
        return None
    spanned = [f"{year:04}" for year in range(int(years[0]), int(years[-1]) + 1)]
    numbers = {f"{year}-{month:02}": 0 for year in spanned for month in range(1, 13)}
    for month in numbers:
        numbers[month] = len(shelf.period(month))
    step, top = _scale(max(numbers.values()))
    slot = 100 / len(numbers)
    bars = [
        Bar(month, number, round(slot * (n + 0.1), 4), round(slot * 0.8, 4), round(100 * number / top, 2))
        for n, (month, number) in enumerate(numbers.items())
    ]
    every = -(-len(spanned) // _LABELS)
    return Chart(
        bars,
        [Label(year, round(slot * (12 * n + 6), 4), minor=n % every > 0) for n, year in enumerate(spanned)],
        [Label(bar.month[5:], round(bar.x + bar.width / 2, 4), minor=n % 3 > 0) for n, bar in enumerate(bars)]
        if len(spanned) <= _FEW_YEARS
        else [],
        [Label(str(value), round(100 * value / top, 2)) for value in range(step, top + 1, step)],
    )


def _scale(most: int) -> tuple[int, int]:
    """Return a round step between lines, and the number at the top of the chart."""
    step = next(
        factor * 10**power for power in range(12) for factor in (1, 2, 5) if factor * 10**power * _LINES >= most
    )
    return step, max(most, step)
