"""Parquet (https://parquet.apache.org), a row an article, with types: dates are days, times moments in UTC."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from typing import Any

from archive.dictionary import TABLES
from archive.errors import MissingExtraError
from archive.export import about
from archive.export.rows import COLUMNS
from archive.export.source import Source
from archive.stored import Article

try:
    import pyarrow as pa
    from pyarrow import parquet
except ModuleNotFoundError as error:
    raise MissingExtraError("thidua export parquet needs pyarrow: pip install 'thidua[parquet]'") from error

_GROUP = 2000  # articles in memory, and in a row group: some megabytes, as readers like them
_TYPES = {
    "string": pa.string(),
    "integer": pa.int64(),
    "date": pa.date32(),
    "datetime": pa.timestamp("us", tz="UTC"),
}
_READERS: dict[str, Callable[[str], date]] = {"date": date.fromisoformat, "datetime": datetime.fromisoformat}
_COLUMNS = {name: TABLES["articles"].columns[name] for name in COLUMNS}


def write(source: Source, path: Path) -> None:
    """Write the articles to `path`."""
    schema = _schema(source)
    articles = source.articles()
    with path.open("wb") as file, parquet.ParquetWriter(file, schema, compression="zstd") as writer:
        while some := list(islice(articles, _GROUP)):
            columns = [pa.array(_values(some, field.name), field.type) for field in schema]
            writer.write_table(pa.Table.from_arrays(columns, schema=schema), row_group_size=_GROUP)


def _schema(source: Source) -> pa.Schema:
    """Return names, types and meanings of the columns, and what the file says of itself."""
    fields = [
        pa.field(name, _TYPES[column.kind], metadata={"description": column.description})
        for name, column in _COLUMNS.items()
    ]
    sites = source.hosts()
    told = {
        "title": about.title(sites),
        "description": f"{about.choice(source.selection, source.limit)} {about.ABOUT}",
        "rights": about.RIGHTS,
        "sources": " ".join(sites),
    }
    return pa.schema(fields, metadata=told)


def _values(articles: Sequence[Article], name: str) -> list[Any]:
    """Return a column of the articles as Arrow takes it."""
    values = [getattr(article, name) for article in articles]
    read = _READERS.get(_COLUMNS[name].kind)
    return [value and read(value) for value in values] if read else values
