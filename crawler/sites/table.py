"""One table of a profile's file, asked key by key; what is wrong raises an error that names file and key."""

from __future__ import annotations

from datetime import date, datetime
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, Literal, NoReturn, TypeVar, overload

from crawler.pages.selected import selecting
from crawler.sites.errors import SiteError
from crawler.sites.patterns import compiled, date_form

if TYPE_CHECKING:
    import re
    from collections.abc import Callable, Iterator

T = TypeVar("T")


class Table:
    """A table that is called `name` in the file `where`. `done` complains of keys that nobody has asked for."""

    def __init__(self, where: str, name: str, values: dict[str, Any]) -> None:
        self.where, self.name = where, name
        self._values = {key: value for key, value in values.items() if value is not None}
        self._asked: dict[str, None] = {}

    def fail(self, key: str, why: str) -> NoReturn:
        """Raise the error: file, key, what is wrong with it.

        Raises:
            SiteError: always.
        """
        raise SiteError(f"{self.where}: {self._path(key)}: {why}")

    def _path(self, key: str) -> str:
        return f"{self.name}.{key}" if self.name else key

    def take(self, key: str) -> Any:
        """Return the value of a key as it is, None where there is none."""
        self._asked[key] = None
        return self._values.get(key)

    def done(self) -> None:
        """Complain of a key that means nothing.

        Raises:
            SiteError: there is one.
        """
        for key in self._values:
            if key not in self._asked:
                near = get_close_matches(key, self._asked, n=1)
                hint = f"did you mean {near[0]}?" if near else f"there is {', '.join(self._asked)}"
                self.fail(key, f"there is no such key: {hint}")

    def text(self, key: str, *, required: bool = False) -> str:
        """Return a text, empty where there is none."""
        value = self._needed(key) if required else self.take(key)
        if value is None:
            return ""
        if not isinstance(value, str) or not value.strip():
            self.fail(key, f"must be a text in quotes, not {_said(value)}")
        return value.strip()

    def texts(self, key: str, *, required: bool = False) -> list[str]:
        """Return a list of texts, empty where there is none."""
        value = self._needed(key) if required else self.take(key)
        if value is None:
            return []
        if not isinstance(value, list):
            self.fail(key, f'must be a list of texts, ["…", "…"], not {_said(value)}')
        for entry in value:
            if not isinstance(entry, str) or not entry.strip():
                self.fail(key, f"must hold texts in quotes, not {_said(entry)}")
        if required and not value:
            self.fail(key, "is empty: it needs at least one")
        return [entry.strip() for entry in value]

    def pairs(self, key: str, *, empty: bool = False) -> list[tuple[str, str]]:
        """Return a list of pairs of texts; the second of a pair may be `empty`."""
        value = self.take(key)
        if value is None:
            return []
        if not isinstance(value, list):
            self.fail(key, f'must be a list of pairs, [["…", "…"]], not {_said(value)}')
        for pair in value:
            if not _is_pair(pair):
                self.fail(key, f'must hold pairs of texts, ["…", "…"], not {_said(pair)}')
            if not empty and not pair[1].strip():
                self.fail(key, f"{pair[0]!r} needs a reason beside it")
        return [(pattern, other.strip()) for pattern, other in value]

    @overload
    def day(self, key: str, *, required: Literal[True]) -> date: ...
    @overload
    def day(self, key: str, *, required: bool = False) -> date | None: ...
    def day(self, key: str, *, required: bool = False) -> date | None:
        """Return a date, None where there is none."""
        value = self._needed(key) if required else self.take(key)
        if value is not None and (not isinstance(value, date) or isinstance(value, datetime)):
            self.fail(key, f"must be a date without quotes, such as 2016-01-01, not {_said(value)}")
        return value

    def table(self, key: str) -> Table:
        """Return the table of that name, an empty one where there is none."""
        value = self.take(key)
        if value is not None and not isinstance(value, dict):
            self.fail(key, f"must be a table, [{self._path(key)}], not {_said(value)}")
        return Table(self.where, self._path(key), value or {})

    def tables(self, key: str) -> Iterator[Table]:
        """Yield the tables of that name: `[[key]]`."""
        value = self.take(key)
        if value is not None and (not isinstance(value, list) or not all(isinstance(entry, dict) for entry in value)):
            self.fail(key, f"must be tables, each under a line [[{key}]], not {_said(value)}")
        for number, entry in enumerate(value or [], 1):
            yield Table(self.where, f"{self._path(key)} {number}", entry)

    def pattern(self, key: str, pattern: str) -> re.Pattern[str]:
        """Return a pattern that stands somewhere under a key, compiled."""
        return self._made(key, pattern, compiled)

    def patterns(self, key: str) -> tuple[re.Pattern[str], ...]:
        """Return a list of patterns, compiled."""
        return tuple(self.pattern(key, pattern) for pattern in self.texts(key))

    def date_forms(self, key: str) -> tuple[re.Pattern[str], ...]:
        """Return a list of date forms as patterns."""
        return tuple(self._made(key, form, date_form) for form in self.texts(key))

    def selectors(self, key: str) -> list[str]:
        """Return CSS selectors: one text, or a list of them."""
        value = self.take(key)
        found = [self.text(key)] if isinstance(value, str) and value.strip() else [] if value == "" else self.texts(key)
        for css in found:
            self._made(key, css, selecting)
        return found

    def _made(self, key: str, text: str, make: Callable[[str], T]) -> T:
        try:
            return make(text)
        except ValueError as error:
            self.fail(key, f"{text!r} {error}")

    def _needed(self, key: str) -> Any:
        value = self.take(key)
        if value is None:
            self.fail(key, "is missing")
        return value


def _is_pair(value: Any) -> bool:
    match value:
        case [str(), str()]:
            return True
        case _:
            return False


def _said(value: Any) -> str:
    """Return a value as an error calls it."""
    kinds = {bool: "true or false", int: "a number", float: "a number", str: "a text", list: "a list", dict: "a table"}
    if isinstance(value, str) and not value.strip():
        return "an empty text"
    kind = next((name for made, name in kinds.items() if type(value) is made), "a date or time")
    return f"{kind} ({' '.join(str(value).split())[:60]})"
