"""Fill an archive from pages without crawling them: what benchmarks of storing and searching need."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from itertools import islice
from typing import TYPE_CHECKING

from archive.store import save
from crawler.records import Block, BlockKind, Capture, Kind, ListItem, Page, Reading, Relation
from crawler.session import Plan, Session
from crawler.visit import Asked, Visit
from pipelines.observation import observation
from tests.samplesite import Site

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from archive.models import Observation

HOST = "http://127.0.0.1:8080"


def opened(folder: Path) -> Session:
    """Open a session on a new archive, as a crawl does before its first request."""
    return Session.open(folder, Plan((HOST + "/",)))


def pages(site: Site) -> Iterator[Page]:
    """Yield every article of a site as the readers see its page (`tests/crawler/pages` shows that they do)."""
    for number in site.live():
        article = site.article(number)
        blocks = tuple(Block(BlockKind(block.kind), block.text) for block in article.blocks)
        lists = ((Relation.NEWER, site.newer(number)), (Relation.OLDER, site.older(number)))
        items = tuple(
            ListItem(HOST + near.url, near.title, near.published, relation, at)
            for relation, neighbours in lists
            for at, near in enumerate(neighbours)
        )
        yield Page(
            HOST + site.url(number),
            Kind.ARTICLE,
            "utf-8",
            article.title,
            article.category,
            blocks=blocks,
            byline=article.byline,
            items=items,
        )


def observed(found: Iterable[Page], session: Session) -> Iterator[Observation]:
    """Yield what the store pipeline would hand to the archive for these pages."""
    for page in found:
        digest = hashlib.sha1(page.url.encode(), usedforsecurity=False).hexdigest()
        capture = Capture(page.url, datetime.now(UTC), "live", 200, f"sha1:{digest}", "text/html", len(page.body))
        yield observation(Visit(Asked(page.url, "article", 2), Reading(capture, page)), session.scope, None)


def fill(folder: Path, articles: int, markup: str = "lists") -> None:
    """Make an archive of so many articles of the sample site."""
    with opened(folder) as session:
        rows = observed(pages(Site(articles, 3, markup=markup)), session)
        while batch := list(islice(rows, 500)):
            with session.archive.write():
                for row in batch:
                    save(session.archive, row)
