"""The newest articles for feed readers, as `thidua export` writes feeds, but that their links lead into the room."""

from __future__ import annotations

from typing import TYPE_CHECKING

from datasette.utils.asgi import Response

from archive import stored
from archive.export import atom, jsonfeed
from archive.export.feed import Feed
from archive.web.rendering import HEADERS

if TYPE_CHECKING:
    from types import ModuleType

    from archive.reader import Reader
    from archive.stored import Article
    from archive.web.room import Room
    from archive.web.visit import Visit

NEWEST = 50
_NEVER = "1970-01-01T00:00:00Z"  # when a feed without articles was last updated


async def as_atom(visit: Visit) -> Response:
    """Answer a request for the feed in Atom."""
    return await _answer(visit, atom)


async def as_json(visit: Visit) -> Response:
    """Answer a request for the feed as JSON Feed."""
    return await _answer(visit, jsonfeed)


async def _answer(visit: Visit, form: ModuleType) -> Response:
    articles = await visit.room.ask(lambda reader: _newest(visit.room, reader))
    home, here = (visit.whole(visit.url(page)) for page in ("", visit.request.url_vars["page"]))
    feed = Feed(
        id=home,
        title=visit.t("feed_title", name=visit.name),
        about=visit.t("feed_about", n=NEWEST),
        updated=max((article.version_captured_at for article in articles), default=_NEVER),
        home=home,
        url=here,
    )

    def page_of(article: Article) -> str:
        return visit.whole(visit.url(f"article/{article.id}"))

    seconds = visit.room.datasette.setting("default_cache_ttl")
    return Response(
        "".join(form.parts(feed, articles, page_of)),
        content_type=f"{form.MEDIA_TYPE}; charset=utf-8",
        headers={**HEADERS, "Cache-Control": f"max-age={seconds}"},
    )


def _newest(room: Room, reader: Reader) -> list[Article]:
    return list(stored.several(reader.conn, room.shelf(reader).ids[: -NEWEST - 1 : -1]))
