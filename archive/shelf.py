"""All articles in the order of their days, in memory: what is counted and paged through without asking SQLite again.

A hundred thousand take some ten megabytes, and a tenth of a second to load, from an index that holds no text. Whoever
keeps a shelf loads it anew once the archive was written to (`archive.web.room`).
"""

import sqlite3
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import Self

_LAST = "\x7f"  # stands after whatever else begins an ISO date so


class Shelf:
    """The articles, those without a date first, then from the oldest on. A place is a position in that order.

    Attributes:
        ids: the article at each place.
        days: its day (ISO), empty for those without.
        categories: the names of categories, the commonest first.
        category_of: at each place, the number of its category in `categories`.
        places: the place of each article.
        undated: how many have no date: the first place of those that have.
    """

    def __init__(self, rows: Iterable[tuple[str, str | None, str]]) -> None:
        """Take groups of articles: category, day, and ids parted by commas."""
        groups = [(day or "", category, [*map(int, ids.split(","))]) for category, day, ids in rows]
        groups.sort()
        numbers: Counter[str] = Counter()
        for _, category, ids in groups:
            numbers[category] += len(ids)
        self.categories = sorted(numbers, key=lambda name: (-numbers[name], name))
        number_of = {name: number for number, name in enumerate(self.categories)}
        self.ids: list[int] = []
        self.days: list[str] = []
        self.category_of: list[int] = []
        for day, category, ids in groups:
            self.ids += ids
            self.days += [day] * len(ids)
            self.category_of += [number_of[category]] * len(ids)
        self.places = {article: place for place, article in enumerate(self.ids)}
        self.undated = bisect_right(self.days, "")

    @classmethod
    def load(cls, conn: sqlite3.Connection) -> Self:
        """Read all articles, grouped as an index has them, so that SQLite sorts nothing."""
        return cls(
            conn.execute(
                "SELECT category, published, group_concat(id) FROM articles GROUP BY site, category, published"
            )
        )

    def span(self, first: date | None, last: date | None) -> range:
        """Return the places of the articles of these days, both included; of all, undated ones too, without either."""
        start = bisect_left(self.days, first.isoformat()) if first else self.undated if last else 0
        return range(start, max(start, bisect_right(self.days, last.isoformat()) if last else len(self.days)))

    def period(self, name: str) -> range:
        """Return the places of the articles of a year (`2020`) or month (`2020-06`)."""
        return range(bisect_left(self.days, name), bisect_left(self.days, name + _LAST))

    def years(self) -> list[str]:
        """Return the years that have articles, in order."""
        found: list[str] = []
        place = self.undated
        while place < len(self.days):
            found.append(self.days[place][:4])
            place = self.period(found[-1]).stop
        return found
