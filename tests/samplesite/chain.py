"""The order of the articles: every category a chain from its oldest to its newest, without a list held in memory."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from datetime import date, timedelta

LAST_DAY = date(2020, 7, 3)  # the newest article a site starts with
_MOST_DAYS = 6_000  # what the first article may be older than that
_STEP = 1.7  # days between two articles of a small site
FIRST_ID = 1_001
_PUT_IN = 1_000_000  # beyond all positions


@dataclass(slots=True)
class Chain:
    """Ids, categories, positions and dates. Position 0 is a category's oldest article.

    Articles the site starts with go round the categories in turn, so that all of these are arithmetic. Those added
    later are few and are kept.
    """

    articles: int
    categories: int
    added: dict[int, tuple[int, int, date]] = field(default_factory=dict)  # id: category, origin, date
    _later: dict[int, list[int]] = field(default_factory=dict)  # category: ids added to it as its newest
    _order: dict[int, list[int]] = field(default_factory=dict)  # category: all ids, where one was put in between

    def _base(self, category: int) -> int:
        return max(0, (self.articles - category + self.categories - 1) // self.categories)

    def length(self, category: int) -> int:
        if category in self._order:
            return len(self._order[category])
        return self._base(category) + len(self._later.get(category, ()))

    def ids(self) -> range:
        return range(FIRST_ID, FIRST_ID + self.articles + len(self.added))

    def id_at(self, category: int, position: int) -> int | None:
        """Return the id of the article at a position, or None beyond either end."""
        if category in self._order:
            order = self._order[category]
            return order[position] if 0 <= position < len(order) else None
        return self.born_at(category, position)

    def born_at(self, category: int, position: int) -> int | None:
        """Return the id of the article whose position was this one when it was published, or None."""
        base = self._base(category)
        if 0 <= position < base:
            return FIRST_ID + position * self.categories + category
        later = self._later.get(category, [])
        return later[position - base] if base <= position < base + len(later) else None

    def place(self, number: int) -> tuple[int, int]:
        """Return the category and position of an article. Raises KeyError where the site never had that id."""
        category, position = self.origin(number)
        return category, self._order[category].index(number) if category in self._order else position

    def origin(self, number: int) -> tuple[int, int]:
        """Return the category of an article and a number that is its own there for ever: what its text is made from.

        It is the position that it was published at, or a number beyond all positions. Raises KeyError as `place` does.
        """
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
        later = self._later.setdefault(category, [])
        self.added[number] = (category, self._base(category) + len(later), day or newest + timedelta(days=1))
        later.append(number)
        if category in self._order:
            self._order[category].append(number)
        return number

    def insert(self, category: int, position: int) -> int:
        """Put in an article at a position, with the date of the one it goes before, and return its id."""
        number = FIRST_ID + self.articles + len(self.added)
        places = range(self.length(category))
        order = self._order.setdefault(category, [n for p in places if (n := self.id_at(category, p)) is not None])
        self.added[number] = (category, _PUT_IN + number, self.day(order[position]))
        order.insert(position, number)
        return number

    def around(self, number: int, steps: range) -> list[int]:
        """Return the ids at the given distances from an article in its category, those beyond the ends left out."""
        category, position = self.place(number)
        found = (self.id_at(category, position + step) for step in steps)
        return [other for other in found if other is not None]
