"""How complete the archive is: months and categories, what is missing, what is gone, and how the runs went."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from math import ceil, sqrt
from typing import TYPE_CHECKING, Any

from archive.runs import Run
from archive.status import Gap, Status, gaps, status
from archive.web.criteria import page_number
from archive.web.rendering import page

if TYPE_CHECKING:
    from collections.abc import Sequence

    from datasette.utils.asgi import Response

    from archive.reader import Reader
    from archive.shelf import Shelf
    from archive.web.room import Room
    from archive.web.visit import Visit

FEW = 5  # lines of a list on the page that has all lists
MANY = 50  # on a page of its own
LEVELS = 6  # shades of the heat map
LISTS = ("missing", "gone", "gaps", "disputed")


@dataclass(frozen=True, slots=True)
class Cell:
    """The articles of a month and category; `level` is its shade, 0 for none."""

    month: str
    number: int
    level: int


@dataclass(frozen=True, slots=True)
class Row:
    """A category in one year."""

    category: str
    cells: list[Cell]

    @property
    def total(self) -> int:
        """How many articles it has in that year."""
        return sum(cell.number for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Line:
    """An article of a list; `id` is None where it is not stored. What `note` means depends on the list."""

    id: int | None
    url: str
    title: str
    published: str | None
    note: str = ""
    number: int = 0


@dataclass(frozen=True, slots=True)
class Listed:
    """A part of a list, and how long the whole is."""

    name: str
    lines: list[Line]
    whole: int


@dataclass(frozen=True, slots=True)
class Coverage:
    """What the page shows."""

    status: Status
    heat: list[tuple[str, list[Row]]]  # year by year, the latest first
    lists: list[Listed]
    runs: list[Run]


# What the last list to name a page says of it.
_NAMED = "(SELECT {what} FROM mentions m WHERE m.page_id = p.id ORDER BY last_seen_at DESC, id DESC LIMIT 1)"
_ORDER = "ORDER BY dated IS NULL, dated DESC, id DESC"
_MISSING = (
    f"SELECT NULL, p.url, ifnull({_NAMED.format(what='title')}, ''), p.dated, p.state "  # noqa: S608 - from above
    "FROM (SELECT id, url, dated, state FROM pages WHERE kind = 'article' AND state != 'gone' "
    f"AND id NOT IN (SELECT +id FROM articles) {_ORDER} LIMIT ? OFFSET ?) p {_ORDER}"  # the plus: from an index
)
_GONE = (
    f"SELECT a.id, p.url, coalesce(a.title, {_NAMED.format(what='title')}, ''), "  # noqa: S608 - from above
    f"coalesce(a.published, {_NAMED.format(what='published')}), iif(a.id IS NULL, 'lost', 'kept') "
    "FROM pages p LEFT JOIN articles a ON a.id = p.id WHERE p.kind = 'article' AND p.state = 'gone' "
    "ORDER BY p.fetched_at DESC, p.id DESC LIMIT ? OFFSET ?"
)
_DISPUTED = (
    "SELECT id, url, title, published, ifnull(published_disputed, '') FROM articles "
    "WHERE published_disputed IS NOT NULL OR bounds_disputed = 1 ORDER BY id DESC LIMIT ? OFFSET ?"
)
_RUNS = "SELECT id, started_at, finished_at, command, outcome, ifnull(counts, '{}') FROM runs ORDER BY id DESC LIMIT 20"


async def coverage(visit: Visit) -> Response:
    """Answer a request for the page."""
    found = await visit.room.ask(lambda reader: _coverage(visit.room, reader))
    return page(visit, "coverage.html", coverage=found, told_runs=told_runs, told_health=told_health)


async def listing(visit: Visit) -> Response:
    """Answer a request for one of the lists, page by page."""
    name, number = visit.request.url_vars["name"], page_number(visit.request.args.get("page") or "")
    listed = await visit.room.ask(lambda reader: _listed(visit.room, reader, name, MANY, (number - 1) * MANY))
    pages = max(1, ceil(listed.whole / MANY))
    shown = 200 if number <= pages else 404
    return page(visit, "listing.html", shown, listed=listed, number=number, pages=pages)


def told_runs(run: Run) -> list[tuple[str, int]]:
    """Return what a run did, as the keys of texts and numbers; what it did not do is left out."""
    keys = {"articles_new": "new", "articles_changed": "changed", "articles_gone": "gone", "failed": "failed"}
    done = {f"run_{text}": run.counts.get(key) for key, text in {**keys, "fetched": "fetched"}.items()}
    return [(key, number) for key, number in done.items() if isinstance(number, int) and number]


def told_health(run: Run) -> tuple[list[str], list[tuple[str, int, int]]]:
    """Return why the site looked unwell, and what could be read: key of a text, so many pages of so many."""
    unwell, fill = run.counts.get("unwell"), run.counts.get("fill")
    reasons = [str(each) for each in unwell] if isinstance(unwell, list) else []
    rates: dict[str, Any] = fill if isinstance(fill, dict) else {}
    read = [(f"fill_{name}", *rates[name]) for name in ("title", "body", "date", "lists") if name in rates]
    return reasons, [(key, part, whole) for key, part, whole in read if whole]


def _coverage(room: Room, reader: Reader) -> Coverage:
    runs = [] if reader.public else reader.conn.execute(_RUNS).fetchall()
    return Coverage(
        status=room.kept(reader, status),
        heat=_heat(room.shelf(reader)),
        lists=[_listed(room, reader, name, FEW, 0) for name in LISTS],
        runs=[_run(row) for row in runs],
    )


def _run(row: Sequence[Any]) -> Run:
    number, started, finished, command, outcome, counts = row
    return Run(number, started, finished, command, outcome, json.loads(counts))


def _heat(shelf: Shelf) -> list[tuple[str, list[Row]]]:
    """Return the months of each year by category, categories without an article in a year left out."""
    seen = shelf.years()
    spanned = [f"{year:04}" for year in range(int(seen[0]), int(seen[-1]) + 1)] if seen else []
    months = {
        f"{year}-{month:02}": Counter(shelf.category_of[place] for place in shelf.period(f"{year}-{month:02}"))
        for year in spanned
        for month in range(1, 13)
    }
    most = max((number for of_month in months.values() for number in of_month.values()), default=0)

    def row(year: str, category: int) -> Row:
        numbers = {month: of_month[category] for month, of_month in months.items() if month[:4] == year}
        cells = [Cell(month, number, _level(number, most)) for month, number in numbers.items()]
        return Row(shelf.categories[category], cells)

    years = [(year, [row(year, n) for n in range(len(shelf.categories))]) for year in reversed(spanned)]
    return [(year, [each for each in rows if each.total]) for year, rows in years]


def _level(number: int, most: int) -> int:
    """Return the shade of a number: its root, so that few are told from none, and many from most."""
    if number <= 1 or most == 1:
        return number
    return 1 + round(sqrt((number - 1) / (most - 1)) * (LEVELS - 1))


def _listed(room: Room, reader: Reader, name: str, most: int, passed: int) -> Listed:
    """Return a part of a list."""
    if name == "gaps":
        breaks = room.kept(reader, gaps)
        return Listed(name, [_gap(reader, each) for each in breaks[passed : passed + most]], len(breaks))
    found = room.kept(reader, status)
    sql, whole = {
        "missing": (_MISSING, found.missing),
        "gone": (_GONE, found.gone),
        "disputed": (_DISPUTED, found.disputed),
    }[name]
    if not whole:
        return Listed(name, [], 0)
    return Listed(name, [Line(*row) for row in reader.conn.execute(sql, (most, passed))], whole)


def _gap(reader: Reader, gap: Gap) -> Line:
    number, url, title, published = reader.conn.execute(
        "SELECT id, url, title, published FROM articles WHERE id = ?", (gap.article_id,)
    ).fetchone()
    return Line(number, url, title, published, f"gap_{gap.side}", gap.named)
