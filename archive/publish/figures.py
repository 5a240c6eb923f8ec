"""What a bundle holds, in numbers: for its readers, and for the next bundle to be held against."""

import sqlite3
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Self

from archive.stored import host

_COUNTS = """
SELECT count(*), count(*) FILTER (WHERE title != ''), count(*) FILTER (WHERE body != ''),
    count(published), min(published), max(published), min(first_captured_at), max(last_captured_at),
    count(*) FILTER (WHERE status = 'gone') FROM articles
"""
_NUMBERS = ("articles", "titled", "with_text", "dated", "gone", "missing", "versions", "captures")
_MOMENTS = ("first_published", "last_published", "first_captured_at", "last_captured_at")
_MISSING = "SELECT count(*) FROM missing"


@dataclass(frozen=True, slots=True)
class Figures:
    """Numbers of an archive. Days are ISO, moments UTC; they are None where there is no article.

    `titled`, `with_text` and `dated` are how many of the `articles` have a title, a body, a day of publication;
    `gone` how many the site has no more; `missing` how many are known of and not there.
    """

    articles: int
    titled: int
    with_text: int
    dated: int
    first_published: str | None
    last_published: str | None
    first_captured_at: str | None
    last_captured_at: str | None
    gone: int
    missing: int
    versions: int
    captures: int
    sites: tuple[str, ...]
    categories: Mapping[str, int]

    def as_json(self) -> dict[str, Any]:
        """Return the numbers as JSON keeps them."""
        return asdict(self)

    @classmethod
    def of_json(cls, said: Any) -> Self:
        """Return the numbers that `as_json` made; what an older or later version did not know counts as nothing.

        Raises:
            ValueError: they are none.
        """
        numbers: dict[str, Any] = {name: said.get(name, 0) for name in _NUMBERS} if isinstance(said, dict) else {}
        if not numbers or not all(isinstance(number, int) for number in numbers.values()):
            raise ValueError("no numbers of a bundle")
        days: dict[str, Any] = {name: said.get(name) for name in _MOMENTS}
        return cls(**numbers, **days, sites=tuple(said.get("sites", ())), categories=said.get("categories", {}))


def figures(conn: sqlite3.Connection) -> Figures:
    """Return the numbers of an archive."""
    articles, titled, with_text, dated, first, last, begun, ended, gone = conn.execute(_COUNTS).fetchone()
    return Figures(
        articles=articles,
        titled=titled,
        with_text=with_text,
        dated=dated,
        first_published=first,
        last_published=last,
        first_captured_at=begun,
        last_captured_at=ended,
        gone=gone,
        missing=conn.execute(_MISSING).fetchone()[0],
        versions=conn.execute("SELECT count(*) FROM versions").fetchone()[0],
        captures=conn.execute("SELECT count(*) FROM captures").fetchone()[0],
        sites=tuple(sorted(host(url) for (url,) in conn.execute("SELECT max(url) FROM articles GROUP BY site"))),
        categories=dict(conn.execute("SELECT category, count(*) FROM articles GROUP BY category ORDER BY 2 DESC, 1")),
    )
