"""What a question is answered with: typed records that can be walked through as often as wanted."""

from collections.abc import Callable, Iterator
from dataclasses import asdict, fields
from typing import TYPE_CHECKING, Any, Generic, TypeVar

if TYPE_CHECKING:
    import pandas as pd

T = TypeVar("T")  # a dataclass


class Records(Generic[T]):
    """Records of one kind. Each walk asks the archive anew and holds few records in memory.

    Args:
        kind: the dataclass of the records.
        ask: returns an iterator over them.
    """

    def __init__(self, kind: type[T], ask: Callable[[], Iterator[T]]) -> None:
        self._kind = kind
        self._ask = ask

    def __iter__(self) -> Iterator[T]:
        """Walk over the records."""
        return self._ask()

    def to_pandas(self) -> "pd.DataFrame":
        """Return the records as a table, a column a field; `published` as pandas' own dates, NaT where there is none.

        Raises:
            ModuleNotFoundError: pandas is not installed; the message says how to get it.
        """
        try:
            import pandas as pd  # noqa: PLC0415 - an extra: whoever has no tables in mind need not install it
        except ModuleNotFoundError as error:
            raise ModuleNotFoundError(
                "to_pandas() needs pandas: pip install 'thidua[pandas]'", name="pandas"
            ) from error
        names = [field.name for field in fields(self._kind)]  # type: ignore[arg-type] # a dataclass, see T
        rows: list[dict[str, Any]] = [asdict(record) for record in self]  # type: ignore[call-overload] # the same
        table = pd.DataFrame.from_records(rows, columns=names)
        if "published" in names:
            table["published"] = pd.to_datetime(table["published"])
        return table
