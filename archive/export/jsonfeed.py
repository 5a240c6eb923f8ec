"""JSON Feed 1.1 (https://jsonfeed.org/version/1.1), newest first: the feed of `atom`, as JSON."""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from archive.export import feed
from archive.export.feed import LANGUAGE, Feed, Pages, at_its_site
from archive.export.source import Source
from archive.stored import Article

MEDIA_TYPE = "application/feed+json"
VERSION = "https://jsonfeed.org/version/1.1"


def write(source: Source, path: Path) -> None:
    """Write the feed to `path`."""
    source = source.newest_first()
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(parts(feed.of(source), source.articles()))


def parts(of: Feed, articles: Iterable[Article], page_of: Pages = at_its_site) -> Iterator[str]:
    """Yield the document piece by piece: its head, an item a line, its end; `page_of` says where to read an article."""
    head = {
        "version": VERSION,
        "title": of.title,
        "description": of.about,
        "language": LANGUAGE,
        "home_page_url": of.home,
        "feed_url": of.url,
        "next_url": of.older,
    }
    said = json.dumps({name: value for name, value in head.items() if value}, ensure_ascii=False)
    yield said.removesuffix("}") + ', "items": ['
    for number, article in enumerate(articles):
        yield ("," if number else "") + "\n" + json.dumps(_item(article, page_of), ensure_ascii=False)
    yield "\n]}\n"


def _item(article: Article, page_of: Pages) -> dict[str, Any]:
    """Return an item. What JSON Feed has no word for stands under `_thidua`, as it asks of extensions."""
    of = feed.entry(article, page_of)
    item = {
        "id": of.url,
        "url": of.page,
        "external_url": of.url if of.page != of.url else None,
        "title": of.title,
        "date_published": of.published,
        "date_modified": of.updated,
        "authors": [{"name": of.author}],
        "tags": [of.category] if of.category else None,
        "summary": of.summary,
        "content_html": of.html or "<p></p>",  # an item must have content
        "_thidua": {
            "id": article.id,
            "published": article.published,
            "published_source": article.published_source,
            "status": article.status,
        },
    }
    return {name: value for name, value in item.items() if value}
