"""The whole result of a search as CSV or JSON, a few hundred articles in memory at a time."""

from __future__ import annotations

import csv
import io
import json
from itertools import chain
from typing import TYPE_CHECKING, Any

from datasette.utils import add_cors_headers
from datasette.utils.asgi import AsgiStream

from archive import faceted, stored
from archive.errors import QueryError
from archive.export.csv import harmless
from archive.export.rows import COLUMNS, row
from archive.web.criteria import Criteria, read
from archive.web.rendering import HEADERS, page

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from datasette.utils.asgi import Response

    from archive.reader import Reader
    from archive.stored import Article
    from archive.web.room import Room
    from archive.web.visit import Visit

_BATCH = 200
_TYPES = {"csv": "text/csv; charset=utf-8", "json": "application/json; charset=utf-8"}


async def download(visit: Visit) -> Response | AsgiStream:
    """Answer a request for all that a search finds, in the order of its pages."""
    form, criteria = visit.request.url_vars["form"], read(visit.request.args)
    wrong = [visit.t("wrong_day", text=text) for text in criteria.wrong_days]
    try:
        ids = await visit.room.ask(lambda reader: _ids(visit.room, reader, criteria))
    except QueryError as error:
        wrong.insert(0, visit.t("query_" + error.reason, value=error.value))
    if wrong:
        return page(visit, "search.html", 400, criteria=criteria, wrong=wrong, found=None, chips=[])
    headers = {**HEADERS, "Content-Disposition": f'attachment; filename="thidua-search.{form}"'}
    if visit.room.datasette.cors:
        add_cors_headers(headers)
    written: Callable[[Sequence[Article], bool], str] = _as_csv if form == "csv" else _as_json

    async def stream(writer: Any) -> None:
        await writer.write("\ufeff" if form == "csv" else "[")
        await writer.write(_heading() if form == "csv" else "")
        for start in range(0, len(ids), _BATCH):
            part = ids[start : start + _BATCH]
            articles = await visit.room.ask(lambda reader, part=part: list(stored.several(reader.conn, part)))  # type: ignore[misc] # mypy cannot infer a lambda with a default
            await writer.write(written(articles, start == 0))
        await writer.write("" if form == "csv" else "\n]\n")

    return AsgiStream(stream, headers=headers, content_type=_TYPES[form])


def _ids(room: Room, reader: Reader, criteria: Criteria) -> list[int]:
    return faceted.ids(reader.conn, room.shelf(reader), criteria.wanted(), criteria.order)


def _heading() -> str:
    made = io.StringIO()
    csv.writer(made).writerow(COLUMNS)
    return made.getvalue()


def _as_csv(articles: Sequence[Article], first: bool) -> str:
    """Return rows as `thidua export csv` writes them."""
    del first
    made = io.StringIO()
    csv.DictWriter(made, COLUMNS).writerows(harmless(row(article)) for article in articles)
    return made.getvalue()


def _as_json(articles: Sequence[Article], first: bool) -> str:
    """Return members of a list; what parts them from those before stands first."""
    parts = (json.dumps(row(article), ensure_ascii=False) for article in articles)
    return "".join(chain.from_iterable(("\n" if first and not n else ",\n", part) for n, part in enumerate(parts)))
