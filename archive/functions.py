"""Functions for SQL: what plain SQLite cannot do with Vietnamese text. `docs/sql.md` shows them at work.

    from archive import Archive, functions

    with Archive("data") as archive:
        functions.register(archive.conn)
        archive.conn.execute("SELECT title FROM articles WHERE vi_fold(title) LIKE '%khen thuong%'")

Each takes any value and never raises: what is no text is taken for none, and of none there is nothing to tell (NULL, or
an empty JSON array). Only text that is not UTF-8, of which an archive holds none, Python refuses before it comes here.
Each gives the same for the same, so SQLite may use it in an index or ask it once for many rows.
"""

import json
import sqlite3
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

from archive.context import left_of, on_one_line, right_of
from archive.errors import QueryError
from archive.folding import exact, folded, nfc
from archive.highlight import spans
from archive.names import names
from archive.query import QUOTES, Needle, Query, parse
from archive.times import days

_NOTHING = '""'  # to FTS5; NULL it takes for an error
MOST_LINES = 1000  # of one text: more are a list of words, not an article
WIDEST = 1000  # characters on either side


def register(conn: sqlite3.Connection) -> None:
    """Make the functions known to a connection."""
    for name, (function, takes, _) in FUNCTIONS.items():
        conn.create_function(name, takes, function, deterministic=True)


def fold(value: Any) -> str | None:
    """Return the text in lower case and without accents, đ as d."""
    return None if (text := _text(value)) is None else folded(text)


def spell(value: Any) -> str | None:
    """Return the text in lower case, accents kept, tone marks in one spelling, as the full-text index has it."""
    return None if (text := _text(value)) is None else exact(text)


def query(value: Any) -> str:
    """Return what was typed into a search box as an expression for MATCH; for nonsense, one that matches nothing."""
    understood = _understood(_text(value) or "")
    return _NOTHING if understood is None else understood.match


def phrase(value: Any) -> str | None:
    """Return the words as a phrase for `vi_query` and `vi_kwic`: to stand together, in this order."""
    text = _text(value)
    return None if text is None else '"' + " ".join(nfc(text).translate(QUOTES).replace('"', " ").split()) + '"'


def problem(value: Any) -> str | None:
    """Return what is wrong with a query, in a line; NULL where nothing is."""
    try:
        parse(_text(value) or "")
    except QueryError as error:
        return str(error)
    return None


def kwic(value: Any, asked: Any, width: Any) -> str:
    """Return every place in a text where a query is met, as JSON: an array of objects `left`, `match`, `right`."""
    text, understood = _text(value), _understood(_text(asked) or "")
    if text is None or understood is None:
        return "[]"
    near = min(max(width, 0), WIDEST) if isinstance(width, int) else 0
    return _json(_lines(nfc(text), understood.needles, near))


def named(value: Any) -> str:
    """Return the places and bodies that a text names, as JSON: an array of objects `kind` and `name`, in order."""
    return _json([{"kind": each.kind, "name": each.name} for each in names(nfc(_text(value) or ""))])


def first_day(value: Any) -> str | None:
    """Return the first day of what is typed for a day, month or year, in ISO form; NULL where it is none."""
    return _day(value, 0)


def last_day(value: Any) -> str | None:
    """Return the last day of what is typed for a day, month or year, in ISO form; NULL where it is none."""
    return _day(value, 1)


# name: the function, how many values it takes, and how these are called
FUNCTIONS: dict[str, tuple[Callable[..., str | None], int, str]] = {
    "vi_fold": (fold, 1, "text"),
    "vi_exact": (spell, 1, "text"),
    "vi_query": (query, 1, "words"),
    "vi_phrase": (phrase, 1, "words"),
    "vi_problem": (problem, 1, "words"),
    "vi_kwic": (kwic, 3, "text, words, width"),
    "vi_names": (named, 1, "text"),
    "vi_from": (first_day, 1, "day"),
    "vi_to": (last_day, 1, "day"),
}


def _text(value: Any) -> str | None:
    """Return a value of SQL as text: numbers as SQLite writes them, nothing for NULL and for bytes."""
    return value if isinstance(value, str) else None if value is None or isinstance(value, bytes) else str(value)


@lru_cache(maxsize=64)
def _understood(text: str) -> Query | None:
    """Return a query understood, the same for thousands of rows; None where it means nothing."""
    try:
        return parse(text)
    except QueryError:
        return None


def _lines(text: str, needles: Sequence[Needle], width: int) -> list[dict[str, str]]:
    return [
        {
            "left": left_of(text, start, width),
            "match": on_one_line(text[start:end]),
            "right": right_of(text, end, width),
        }
        for start, end in spans(text, needles)[:MOST_LINES]
    ]


def _day(value: Any, which: int) -> str | None:
    period = days(_text(value) or "")
    return None if period is None else period[which].isoformat()


def _json(value: list[dict[str, str]]) -> str:
    return json.dumps(value, ensure_ascii=False)
