"""How many articles there are of each year, month or day."""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal, get_args

from archive.errors import QueryError
from archive.reader import Reader
from archive.selection import Selection, condition

Unit = Literal["year", "month", "day"]
UNITS: tuple[Unit, ...] = get_args(Unit)
_LENGTH: dict[Unit, int] = {"year": 4, "month": 7, "day": 10}  # of an ISO date, so much names the period


@dataclass(frozen=True, slots=True)
class Period:
    """A year, month or day: `period` is `2020`, `2020-06` or `2020-06-12`, None for the undated.

    `articles` is how many of the chosen articles were published in it; `of` how many there are when only the choice of
    days and category counts, and not the words. Without a query the two are the same.
    """

    period: str | None
    articles: int
    of: int

    @property
    def share(self) -> float:
        """What part of the period's articles has the words, from 0 to 1; 0 where there are none."""
        return self.articles / self.of if self.of else 0.0


def timeline(archive: Reader, selection: Selection, by: Unit = "month") -> list[Period]:
    """Return the periods from the first chosen article to the last, those without any too; the undated come last.

    Raises:
        QueryError: the selection, or `by`, means nothing.
        ArchiveError: the archive is locked, damaged or closed.
    """
    check(by)
    with archive.read() as conn:

        def counted(chosen: Selection) -> dict[str, int]:
            """Return how many articles each period has. Only an index is read, no text."""
            only = condition(conn, chosen)
            period = f"ifnull(substr(published, 1, {_LENGTH[by]}), '')"
            rows = conn.execute(
                f"SELECT {period}, count(*) FROM articles WHERE {only.where} GROUP BY 1",  # noqa: S608 - our own words
                only.values,
            )
            return dict(rows.fetchall())

        found = counted(selection)
        whole = counted(replace(selection, query="")) if selection.query else dict(found)
    undated = found.pop("", 0)
    periods = [Period(name, found.get(name, 0), whole.get(name, 0)) for name in _between(found, by)]
    return [*periods, Period(None, undated, whole[""])] if undated else periods


def check(by: str) -> None:
    """Do nothing where articles can be counted by this.

    Raises:
        QueryError: they cannot.
    """
    if by not in UNITS:
        raise QueryError(f"cannot count by {by!r}; write {', '.join(UNITS)}")


def _between(found: dict[str, int], by: Unit) -> Iterator[str]:
    """Yield every period from the first found to the last, without a hole."""
    if not found:
        return
    first, last = min(found), max(found)
    day = date.fromisoformat(first + "-01-01"[: 10 - len(first)])
    while (name := day.isoformat()[: _LENGTH[by]]) <= last:
        yield name
        day += timedelta(days=1 if by == "day" else _days(day, by))


def _days(day: date, by: Unit) -> int:
    """Return how many days the month or year has whose first day this is."""
    return monthrange(day.year, day.month)[1] if by == "month" else date(day.year, 12, 31).timetuple().tm_yday
