"""The page of search results."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from datasette.utils.asgi import Response

from archive import faceted
from archive.errors import QueryError
from archive.web.criteria import NO_CATEGORY, Criteria, given, read
from archive.web.rendering import page

if TYPE_CHECKING:
    from archive.query import Needle
    from archive.reader import Reader
    from archive.web.room import Room
    from archive.web.visit import Visit

Params = list[tuple[str, str]]
SHOWN = 8  # categories before the rest is folded away


@dataclass(frozen=True, slots=True)
class Choice:
    """A line of a filter: its text, how many articles it leaves, where its link leads, and whether it is in use."""

    text: str
    number: int
    params: Params
    active: bool


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter in use, and the search without it."""

    text: str
    params: Params


async def search(visit: Visit) -> Response:
    """Answer a request for results; one whose address could be plainer is sent there."""
    criteria = read(visit.request.args)
    if sorted(given(visit.request.args)) != sorted(criteria.params()):
        return Response.redirect(visit.url("search", criteria.params()))
    if criteria.q.lower().startswith(("http://", "https://")):
        article = await visit.room.ask(lambda reader: _of_address(reader, criteria.q))
        if article is not None:
            return Response.redirect(visit.url(f"article/{article}"))
    wrong = [visit.t("wrong_day", text=text) for text in criteria.wrong_days]
    try:
        found = await visit.room.ask(lambda reader: _found(visit.room, reader, criteria))
    except QueryError as error:
        told = visit.t("query_" + error.reason, value=error.value)
        return page(visit, "search.html", 400, criteria=criteria, wrong=[told, *wrong], found=None, chips=[])
    return page(
        visit,
        "search.html",
        400 if wrong else 404 if criteria.page > max(1, found.pages) else 200,
        criteria=criteria,
        wrong=wrong,
        found=found,
        chips=_chips(visit, criteria),
        categories=_categories(visit, criteria, found.counts.by_category),
        years=_years(visit, criteria, found.counts),
        shown=SHOWN,
        understood=_understood(found.needles),
    )


def _found(room: Room, reader: Reader, criteria: Criteria) -> faceted.Page:
    return faceted.find(reader.conn, room.shelf(reader), criteria.wanted(), criteria.order, criteria.page)


def _of_address(reader: Reader, url: str) -> int | None:
    """Return the article of this address, or None."""
    row = reader.conn.execute(
        "SELECT a.id FROM pages p JOIN articles a ON a.id = ifnull(p.alias_of, p.id) WHERE p.url = ?", (url,)
    ).fetchone()
    return row[0] if row else None


def _understood(needles: tuple[Needle, ...]) -> list[tuple[str, list[str]]]:
    """Return what is looked for with accents as typed, and what whatever its accents."""
    by_kind: dict[str, list[str]] = {"loosely": [], "exactly": []}
    for needle in needles:
        words = " ".join(needle.tokens) + ("…" if needle.prefix else "")
        kind = by_kind["loosely" if needle.folded else "exactly"]
        kind += [] if words in kind else [words]
    return [(kind, words) for kind, words in by_kind.items() if words]


def _chips(visit: Visit, criteria: Criteria) -> list[Chip]:
    """Return the filters in use."""
    t = visit.t
    chips = [
        Chip(t("no_category") if name == NO_CATEGORY else name, criteria.with_category(name))
        for name in criteria.categories
    ]
    if criteria.undated:
        chips.append(Chip(t("undated"), criteria.but(undated=False)))
    if criteria.first and criteria.first == criteria.last:
        chips.append(Chip(t("in_period", period=t.day(criteria.first)), criteria.but(first="", last="")))
    elif not criteria.wrong_days:
        if criteria.first:
            chips.append(Chip(t("since", day=t.day(criteria.first)), criteria.but(first="")))
        if criteria.last:
            chips.append(Chip(t("until", day=t.day(criteria.last)), criteria.but(last="")))
    return chips


def _categories(visit: Visit, criteria: Criteria, counts: dict[str, int]) -> list[Choice]:
    """Return the lines of the filter by category, those in use first, also where nothing is left of them."""
    numbers = {name or NO_CATEGORY: number for name, number in counts.items()}
    names = dict.fromkeys([*criteria.categories, *numbers])
    return [
        Choice(
            visit.t("no_category") if name == NO_CATEGORY else name,
            numbers.get(name, 0),
            criteria.with_category(name),
            name in criteria.categories,
        )
        for name in names
    ]


def _years(visit: Visit, criteria: Criteria, counts: faceted.Counts) -> list[Choice]:
    """Return the lines of the filter by year."""
    anew = replace(criteria, undated=False, first="", last="")
    lines = [
        Choice(
            year,
            number,
            anew.but(**({} if year == criteria.year else {"first": year, "last": year})),
            year == criteria.year,
        )
        for year, number in counts.by_year.items()
    ]
    if counts.undated or criteria.undated:
        undated = anew.but(undated=not criteria.undated)
        lines.append(Choice(visit.t("undated"), counts.undated, undated, criteria.undated))
    return lines
