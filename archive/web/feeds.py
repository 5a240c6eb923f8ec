"""The newest articles for feed readers: Atom (RFC 4287) and JSON Feed 1.1."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

from datasette.utils.asgi import Response

from archive import stored
from archive.prose import groups
from archive.web.rendering import HEADERS, environment, linkable

if TYPE_CHECKING:
    from collections.abc import Callable

    from archive.reader import Reader
    from archive.stored import Article
    from archive.web.room import Room
    from archive.web.visit import Visit

NEWEST = 50
_ATOM = "http://www.w3.org/2005/Atom"
_NOT_FOR_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NEVER = "1970-01-01T00:00:00Z"  # when a feed without articles was last updated


async def atom(visit: Visit) -> Response:
    """Answer a request for the feed in Atom."""
    articles = await visit.room.ask(lambda reader: _newest(visit.room, reader))
    feed = ET.Element("feed", {"xmlns": _ATOM, "xml:lang": "vi"})
    here = visit.whole(visit.url("feed.atom"))
    _add(feed, "id", here)
    _add(feed, "title", _title(visit))
    _add(feed, "updated", max((each.last_captured_at for each in articles), default=_NEVER))
    _add(feed, "link", rel="self", type="application/atom+xml", href=here)
    _add(feed, "link", rel="alternate", type="text/html", href=visit.whole(visit.url("")))
    _add(_add(feed, "author"), "name", visit.t("name"))
    for article in articles:
        _entry(visit, feed, article)
    body = ET.tostring(feed, encoding="unicode", xml_declaration=True)
    return _response(visit, body, "application/atom+xml; charset=utf-8")


async def json_feed(visit: Visit) -> Response:
    """Answer a request for the feed as JSON Feed."""
    articles = await visit.room.ask(lambda reader: _newest(visit.room, reader))
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": _title(visit),
        "home_page_url": visit.whole(visit.url("")),
        "feed_url": visit.whole(visit.url("feed.json")),
        "language": "vi",
        "items": [_item(visit, article) for article in articles],
    }
    return _response(visit, json.dumps(feed, ensure_ascii=False, indent=1), "application/feed+json; charset=utf-8")


def _newest(room: Room, reader: Reader) -> list[Article]:
    return list(stored.several(reader.conn, room.shelf(reader).ids[: -NEWEST - 1 : -1]))


def _title(visit: Visit) -> str:
    return visit.t("feed_title", name=visit.t("name"))


def _add(parent: ET.Element, name: str, text: str = "", **attributes: str) -> ET.Element:
    element = ET.SubElement(parent, name, {key: _clean(value) for key, value in attributes.items()})
    element.text = _clean(text)
    return element


def _clean(text: str) -> str:
    """Return text without the characters that XML has no way to write."""
    return _NOT_FOR_XML.sub("", text)


def _entry(visit: Visit, feed: ET.Element, article: Article) -> None:
    entry = _add(feed, "entry")
    here = visit.whole(visit.url(f"article/{article.id}"))
    _add(entry, "id", here)
    _add(entry, "title", article.title)
    _add(entry, "updated", article.last_captured_at)
    if article.published:
        _add(entry, "published", f"{article.published}T00:00:00+07:00")
    if article.byline:
        _add(_add(entry, "author"), "name", article.byline)
    if article.category:
        _add(entry, "category", term=article.category)
    _add(entry, "link", rel="alternate", type="text/html", href=here)
    if linkable(article.url):
        _add(entry, "link", rel="via", href=article.url)
    _add(entry, "content", _html(article), type="html")


def _item(visit: Visit, article: Article) -> dict[str, Any]:
    item: dict[str, Any] = {
        "id": visit.whole(visit.url(f"article/{article.id}")),
        "url": visit.whole(visit.url(f"article/{article.id}")),
        "external_url": article.url if linkable(article.url) else None,
        "title": article.title,
        "content_html": _html(article),
        "date_published": f"{article.published}T00:00:00+07:00" if article.published else None,
        "date_modified": article.last_captured_at,
        "authors": [{"name": article.byline}] if article.byline else None,
        "tags": [article.category] if article.category else None,
    }
    return {name: value for name, value in item.items() if value}


def _html(article: Article) -> str:
    """Return the article's text as HTML."""
    prose: Callable[..., object] = getattr(environment().get_template("prose.html").module, "prose")  # noqa: B009 - a macro: no attribute that a checker could know
    return str(prose(list(groups(article.body, article.block_kinds)))).strip()


def _response(visit: Visit, body: str, kind: str) -> Response:
    seconds = visit.room.datasette.setting("default_cache_ttl")
    return Response(body, content_type=kind, headers={**HEADERS, "Cache-Control": f"max-age={seconds}"})
