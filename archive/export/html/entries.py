"""The articles as lists show them, and the lists: by month, by category, newest first."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from archive.export.source import Source
from archive.folding import folded
from archive.pages import batches, marks
from archive.query import tokens

PER_PAGE = 200
UNDATED = "khong-ro-ngay"  # the page of articles without a date
_LONGEST = 60  # characters of a file's name
_RESERVED = frozenset({"con", "prn", "aux", "nul"})  # no file on Windows may be called so, whatever its ending


@dataclass(frozen=True, slots=True)
class Entry:
    """An article in a list."""

    id: int
    title: str
    published: str | None
    category: str


@dataclass(frozen=True, slots=True)
class Category:
    """A category: its name, empty for articles that have none, and the name of its pages."""

    name: str
    slug: str
    articles: int


@dataclass(frozen=True, slots=True)
class Page:
    """A part of a list that is too long for one page. `number` counts from 1."""

    name: str
    number: int
    pages: int
    entries: Sequence[Entry]

    @property
    def file(self) -> str:
        """The page's file name."""
        return file_name(self.name, self.number)


def file_name(name: str, number: int = 1) -> str:
    """Return the file name of a page of a list. No list's name has a dot, so no two are called the same."""
    return f"{name}.html" if number == 1 else f"{name}.{number}.html"


def entries(source: Source) -> list[Entry]:
    """Return the chosen articles in their order."""
    found: list[Entry] = []
    for part in batches(source.ids):
        rows = source.archive.conn.execute(
            f"SELECT id, title, published, category FROM articles WHERE id IN {marks(part)}",  # noqa: S608 - marks
            part,
        )
        by_id = {row[0]: Entry(*row) for row in rows}
        found += [by_id[each] for each in part]
    return found


def categories(listed: Iterable[Entry]) -> list[Category]:
    """Return the categories, those with most articles first."""
    counts: dict[str, int] = {}
    for entry in listed:
        counts[entry.category] = counts.get(entry.category, 0) + 1
    taken: set[str] = set()
    return [
        Category(name, _slug(name, taken), count)
        for name, count in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    ]


def _slug(name: str, taken: set[str]) -> str:
    """Return a file name for a category in plain letters, and note that it is taken."""
    words = tokens(folded(name)) if name else ("khong-co-chuyen-muc",)
    plain = "-".join(word for word in words if word.isascii())[:_LONGEST].strip("-") or "muc"
    slug, number = plain, 1
    while slug in taken or slug in _RESERVED:
        number += 1
        slug = f"{plain}-{number}"
    taken.add(slug)
    return slug


def months(listed: Iterable[Entry]) -> dict[str, list[Entry]]:
    """Return the articles by month (`2020-06`), in order of time, those of the undated page last."""
    return {
        month: list(group)
        for month, group in groupby(listed, key=lambda entry: entry.published[:7] if entry.published else UNDATED)
    }


def newest_first(listed: list[Entry]) -> list[Entry]:
    """Return articles in their order from the newest to the oldest, those without a date last."""
    dated = [entry for entry in listed if entry.published]
    return [*reversed(dated), *reversed(listed[len(dated) :])]


def pages(name: str, listed: Sequence[Entry]) -> list[Page]:
    """Return a list cut into pages."""
    parts = [listed[start : start + PER_PAGE] for start in range(0, len(listed), PER_PAGE)]
    return [Page(name, number, len(parts), part) for number, part in enumerate(parts, 1)]
