"""The first page: a search box, when articles were published, the newest of them, and how complete the archive is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from archive import stored
from archive.web.chart import Chart, chart
from archive.web.criteria import Criteria
from archive.web.rendering import page

if TYPE_CHECKING:
    from datasette.utils.asgi import Response

    from archive.reader import Reader
    from archive.stored import Article
    from archive.web.room import Room
    from archive.web.visit import Visit

NEWEST = 8


@dataclass(frozen=True, slots=True)
class Overview:
    """What the first page shows; the days are ISO, or empty where no article has one."""

    articles: int
    undated: int
    missing: int
    first: str
    last: str
    chart: Chart | None
    newest: list[Article]


# As `archive.status` counts them: an article that was gone before it could be stored is not missing.
_MISSING = """
SELECT count(*) FILTER (WHERE state != 'gone') - (SELECT count(*) FROM articles)
    + (SELECT count(*) FROM articles WHERE status = 'gone') FROM pages WHERE kind = 'article'
"""


async def home(visit: Visit) -> Response:
    """Answer a request for the first page."""
    overview = await visit.room.ask(lambda reader: _overview(visit.room, reader))
    return page(visit, "home.html", overview=overview, criteria=Criteria())


def _overview(room: Room, reader: Reader) -> Overview:
    shelf = room.shelf(reader)
    dated = len(shelf.ids) > shelf.undated
    return Overview(
        articles=len(shelf.ids),
        undated=shelf.undated,
        missing=room.kept(reader, _missing),
        first=shelf.days[shelf.undated] if dated else "",
        last=shelf.days[-1] if dated else "",
        chart=chart(shelf),
        newest=list(stored.several(reader.conn, shelf.ids[: -NEWEST - 1 : -1])),
    )


def _missing(reader: Reader) -> int:
    return int(reader.conn.execute(_MISSING).fetchone()[0])
