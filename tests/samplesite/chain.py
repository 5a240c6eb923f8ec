"""The order of the articles: every category a chain from its oldest to its newest, without a list held in memory."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from datetime import date, timedelta

LAST_DAY = date(2020, 7, 3)  # the newest article a site starts with
_MOST_DAYS = 6_000  # what the first article may be older than that
_STEP = 1.7  # days between two articles of a small site
FIRST_ID = 1_001


@dataclass(slots=True)
class Chain:
    """Ids, categories, positions and dates. Position 0 is a category's oldest article.

    Articles the site starts with go round the categories in turn, so that all of these are arithmetic. Those added
    later are few and are kept.
    """

    articles: int
    categories: int
    added: dict[int, tuple[int, int, date]] = field(default_factory=dict)  # id: category, position, date
    _later: dict[int, list[int]] = field(default_factory=dict)  # category: ids added to it

    def _base(self, category: int) -> int:
        return max(0, (self.articles - category + self.categories - 1) // self.categories)

    def length(self, category: int) -> int:
        return self._base(category) + len(self._later.get(category, ()))

    def ids(self) -> range:
        return range(FIRST_ID, FIRST_ID + self.articles + len(self.added))

    def id_at(self, category: int, position: int) -> int | None:
        """Return the id of the article at a position, or None beyond either end."""
        base = self._base(category)
        if 0 <= position < base:
            return FIRST_ID + position * self.categories + category
        later = self._later.get(category, [])
        return later[position - base] if base <= position < base + len(later) else None

    def place(self, number: int) -> tuple[int, int]:
        """Return the category and position of an article. Raises KeyError where the site never had that id."""
        if number in self.added:
            return self.added[number][:2]
        n = number - FIRST_ID
        if not 0 <= n < self.articles:
            raise KeyError(number)
        return n % self.categories, n // self.categories

    def day(self, number: int) -> date:
        """Return the date of an article: within a category never earlier than that of an older one."""
        if number in self.added:
            return self.added[number][2]
        n = number - FIRST_ID
        step = min(_STEP, _MOST_DAYS / max(1, self.articles))
        back = (self.articles - 1 - n + (number * 2_654_435_761 & 0xFFFF_FFFF) / 2**32) * step
        return LAST_DAY - timedelta(days=math.floor(back))

    def append(self, category: int, day: date | None) -> int:
        """Add a newest article to a category and return its id; without a date it is a day after the site's last."""
        number = FIRST_ID + self.articles + len(self.added)
        newest = max((entry[2] for entry in self.added.values()), default=LAST_DAY)
        self.added[number] = (category, self.length(category), day or newest + timedelta(days=1))
        self._later.setdefault(category, []).append(number)
        return number

    def around(self, number: int, steps: range) -> list[int]:
        """Return the ids at the given distances from an article in its category, those beyond the ends left out."""
        category, position = self.place(number)
        found = (self.id_at(category, position + step) for step in steps)
        return [other for other in found if other is not None]
