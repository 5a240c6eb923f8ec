"""What a search's address says, and the one address that says it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, get_args

from archive.faceted import Sort, Wanted
from archive.times import days

if TYPE_CHECKING:
    from datetime import date

NO_CATEGORY = "-"  # how an address names the articles without a category
MOST_CATEGORIES = 100
_MOST_PAGE = 10**9  # beyond it there is none


@dataclass(frozen=True, slots=True)
class Criteria:
    """A search as its address has it.

    Attributes:
        q: the words.
        exact: match words typed without accents as typed too.
        categories: names of categories, `-` for none.
        first: the day, month or year from which on (`2020-06-12`, `2020-06`, `2020`); as typed, where it is none.
        last: the same for until when.
        undated: only articles without a date.
        sort: the order; empty for what is usual, see `order`.
        page: its number, from 1.
    """

    q: str = ""
    exact: bool = False
    categories: tuple[str, ...] = ()
    first: str = ""
    last: str = ""
    undated: bool = False
    sort: str = ""
    page: int = 1

    @property
    def order(self) -> Sort:
        """The order of the results: the best first where there are words, else the newest."""
        usual: Sort = "relevance" if self.q else "newest"
        return next((sort for sort in get_args(Sort) if sort == self.sort), usual)

    @property
    def wrong_days(self) -> tuple[str, ...]:
        """What was typed for a day and is none."""
        return tuple(text for text in (self.first, self.last) if text and days(text) is None)

    @property
    def year(self) -> str:
        """The one year that is asked for, or an empty string."""
        return self.first if self.first == self.last and len(self.first) == len("2020") else ""

    def wanted(self) -> Wanted:
        """Return what is to be looked for; days that are none are passed over."""
        return Wanted(
            query=self.q,
            exact=self.exact,
            categories=tuple("" if name == NO_CATEGORY else name for name in self.categories),
            first=_day(self.first, 0),
            last=_day(self.last, 1),
            undated=self.undated,
        )

    def params(self) -> list[tuple[str, str]]:
        """Return the parameters of its address, without those that say what is usual."""
        usual = "relevance" if self.q else "newest"
        said = [
            ("q", self.q),
            ("exact", "1" if self.exact else ""),
            *(("category", name) for name in self.categories),
            ("from", self.first),
            ("to", self.last),
            ("undated", "1" if self.undated else ""),
            ("sort", self.order if self.order != usual else ""),
            ("page", str(self.page) if self.page > 1 else ""),
        ]
        return [(name, value) for name, value in said if value]

    def but(self, **changes: Any) -> list[tuple[str, str]]:
        """Return the parameters of the first page of a search that differs in this."""
        return replace(self, **{"page": 1, **changes}).params()

    def with_category(self, name: str) -> list[tuple[str, str]]:
        """Return the parameters of the search with this category too, or without it where it is asked for already."""
        others = tuple(each for each in self.categories if each != name)
        return self.but(categories=others if name in self.categories else (*others, name))


def read(args: Any) -> Criteria:
    """Return what the parameters of a request say; those that mean nothing count as not given."""
    undated = args.get("undated") == "1"
    sort = args.get("sort") or ""
    categories = dict.fromkeys(filter(None, args.getlist("category")))
    return Criteria(
        q=" ".join((args.get("q") or "").split()),
        exact=args.get("exact") == "1",
        categories=tuple(categories)[:MOST_CATEGORIES],
        first="" if undated else _spelled(args.get("from") or ""),
        last="" if undated else _spelled(args.get("to") or ""),
        undated=undated,
        sort=sort if sort in get_args(Sort) else "",
        page=page_number(args.get("page") or ""),
    )


def page_number(text: str) -> int:
    """Return the number of a page as an address has it; 1 where it is none."""
    if not (text.isascii() and text.isdigit()):
        return 1
    digits = text.lstrip("0") or "1"
    return int(digits) if len(digits) < len(str(_MOST_PAGE)) else _MOST_PAGE  # thousands of digits are no `int`


def given(args: Any) -> list[tuple[str, str]]:
    """Return the parameters of a request as they came."""
    return [(name, value) for name in args for value in args.getlist(name)]


def _spelled(text: str) -> str:
    """Return a day, month or year in ISO form, or the text as typed where it is none."""
    text = text.strip()
    period = days(text)
    if period is None:
        return text
    first, last = (day.isoformat() for day in period)
    if first == last:
        return first
    return first[:7] if first[:7] == last[:7] else first[:4]


def _day(text: str, end: int) -> date | None:
    """Return the first or the last day of a period, None where it is none."""
    period = days(text)
    return period[end] if period else None
