"""What a site's profile tells the readers: words, dates, addresses and places that no page explains by itself.

`Hints` is plain data, so that it can go to another process; `Words` is what the readers ask, the same for every site
but for what the hints add.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from . import dates, forms, labels, urls
from .labels import Direction
from .text import bare, fold

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    DateLine = Callable[[str], date | None]

Patterns = tuple[re.Pattern[str], ...]

LONGEST = 2_000  # characters that a profile's pattern is tried on


@dataclass(frozen=True, slots=True)
class Lines:
    """Lines that are furniture: as `fold` writes them, or matched as a whole by a pattern."""

    literal: frozenset[str] = frozenset()
    patterns: Patterns = ()

    def __bool__(self) -> bool:
        return bool(self.literal or self.patterns)

    def hold(self, text: str) -> bool:
        """Tell whether a line is one of them."""
        if fold(text).strip() in self.literal:
            return True
        return len(text) <= LONGEST and any(pattern.fullmatch(text) for pattern in self.patterns)


@dataclass(frozen=True, slots=True)
class Hints:
    """What the readers are told of the pages of one site, captured at one time.

    `newer`, `older` and `other` are wordings over lists, as `bare` writes them; `edges` are lines that are furniture at
    the beginning and the end of a text, `anywhere` wherever they stand; `forms` are patterns with the groups `day`,
    `month` and `year`; `article` and `listing` match addresses; `selectors` are pairs of a field and a CSS selector.
    """

    newer: frozenset[str] = frozenset()
    older: frozenset[str] = frozenset()
    other: frozenset[str] = frozenset()
    edges: Lines = Lines()
    anywhere: Lines = Lines()
    forms: Patterns = ()
    article: Patterns = ()
    listing: Patterns = ()
    selectors: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Words:
    """What the readers ask of a word, a date or an address. All are functions of a text alone, and remember answers."""

    direction: Callable[[str], Direction | None]
    date_line: Callable[[str], date | None]
    own_date: Callable[[str], date | None]
    split_trailing: Callable[[str], tuple[str, date | None]]
    is_article_like: Callable[[str], bool]
    is_furniture: Callable[[str], bool]


def _never(text: str) -> bool:
    del text
    return False


PLAIN = Hints()
USUAL = Words(
    labels.direction, dates.date_line, dates.own_date, dates.split_trailing, urls.is_article_like, _never
)  # of a site without a profile


@lru_cache(maxsize=64)  # the eras of a few sites
def words(hints: Hints) -> Words:
    """Return what to ask on pages of which these hints are given."""
    if hints == PLAIN:
        return USUAL
    return Words(
        _direction(hints),
        *_dates(hints.forms),
        _is_article_like(hints),
        hints.edges.hold if hints.edges else _never,
    )


def _direction(hints: Hints) -> Callable[[str], Direction | None]:
    own = {
        **dict.fromkeys(hints.other, Direction.UNDIRECTED),
        **dict.fromkeys(hints.older, Direction.OLDER),
        **dict.fromkeys(hints.newer, Direction.NEWER),
    }
    if not own:
        return labels.direction

    @lru_cache(maxsize=4096)
    def direction(text: str) -> Direction | None:
        return own.get(bare(text)) or labels.direction(text)

    return direction


def _dates(own: forms.Forms) -> tuple[DateLine, DateLine, Callable[[str], tuple[str, date | None]]]:
    if not own:
        return dates.date_line, dates.own_date, dates.split_trailing

    def date_line(text: str) -> date | None:
        return forms.date_line(text, own)

    def own_date(text: str) -> date | None:
        return None if dates.is_todays(text) else forms.date_line(text, own)

    def split_trailing(text: str) -> tuple[str, date | None]:
        return forms.split_trailing(text, own)

    return date_line, own_date, split_trailing


def _is_article_like(hints: Hints) -> Callable[[str], bool]:
    if not (hints.article or hints.listing):
        return urls.is_article_like

    @lru_cache(maxsize=8192)
    def is_article_like(url: str) -> bool:
        if matches(hints.article, url):
            return True
        return not matches(hints.listing, url) and urls.is_article_like(url)

    return is_article_like


def matches(patterns: Patterns, url: str) -> bool:
    """Tell whether one of the patterns is found in an address."""
    return len(url) <= LONGEST and any(pattern.search(url) for pattern in patterns)
