"""What a question is answered with: typed records that can be walked through as often as wanted."""

from collections.abc import Callable, Iterator
from dataclasses import fields
from html import escape
from itertools import islice
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from archive.errors import MissingExtraError, QueryError

if TYPE_CHECKING:
    import pandas as pd

T = TypeVar("T")  # a dataclass
_DAYS = ("published", "published_earliest", "published_latest", "page_date", "text_date")
_MOMENTS = ("first_captured_at", "last_captured_at", "version_captured_at")
_SHOWN = 10  # rows, in a notebook


class Records(Generic[T]):
    """Records of one kind. Each walk asks the archive anew, and holds few records in memory.

    They have no `len()`: `list()` would ask for it first, and so ask everything twice. Count with `len(list(records))`,
    or ask `timeline` how many articles there are.

    Args:
        kind: the dataclass of the records.
        ask: returns an iterator over them.
        shown: the fields that a notebook shows.
    """

    def __init__(self, kind: type[T], ask: Callable[[], Iterator[T]], shown: tuple[str, ...]) -> None:
        self._kind = kind
        self._ask = ask
        self._shown = shown

    def __iter__(self) -> Iterator[T]:
        """Walk over the records."""
        return self._ask()

    def __bool__(self) -> bool:
        """Tell whether there is any."""
        return next((True for _ in self), False)

    def __repr__(self) -> str:
        """Return what can be done with them; to show some would be to ask the archive."""
        return f"<Records of {self._kind.__name__}: walk through them, or call to_pandas()>"

    def _repr_html_(self) -> str:
        """Return the first few as a table, for a notebook."""
        first = list(islice(self, _SHOWN + 1))
        rows = [[getattr(record, name) for name in self._shown] for record in first[:_SHOWN]]
        more = f"<p>… the first {_SHOWN} of more</p>" if len(first) > _SHOWN else ""
        head = _row("th", self._shown)
        return f"<table><thead>{head}</thead><tbody>{''.join(_row('td', row) for row in rows)}</tbody></table>{more}"

    def to_pandas(self, *columns: str) -> "pd.DataFrame":
        """Return the records as a table; days and times as pandas' own, NaT where there is none.

        Args:
            columns: the fields wanted; without any, all. Texts fill the memory: leave out `body` where it is not read.

        Raises:
            QueryError: a column is none.
            MissingExtraError: pandas is not installed; the message says how to get it.
        """
        try:
            import pandas as pd  # noqa: PLC0415 - an extra: whoever has no tables in mind need not install it
        except ModuleNotFoundError as error:
            raise MissingExtraError("to_pandas() needs pandas: pip install 'thidua[pandas]'") from error
        names = self._named(columns)
        rows = [tuple(getattr(record, name) for name in names) for record in self]
        table = pd.DataFrame.from_records(rows, columns=names)
        for name in names:
            if name in _DAYS:
                table[name] = pd.to_datetime(table[name])
            elif name in _MOMENTS:
                table[name] = pd.to_datetime(table[name], utc=True)
        return table

    def _named(self, columns: tuple[str, ...]) -> list[str]:
        """Return the fields wanted."""
        every = [field.name for field in fields(self._kind)]  # type: ignore[arg-type] # a dataclass, see T
        if unknown := [name for name in columns if name not in every]:
            raise QueryError(f"there is no column {unknown[0]!r}; there are {', '.join(every)}")
        return list(columns) or every


def _row(cell: str, values: tuple[str, ...] | list[Any]) -> str:
    """Return a row of an HTML table."""
    cells = (f"<{cell}>{escape('' if value is None else str(value))}</{cell}>" for value in values)
    return f"<tr>{''.join(cells)}</tr>"
