"""Takes off what is not the page's own to say.

Taken off here are entries of lists that are no news items (they lead off the site, to a file, or to what the page's own
menu calls a section), and blocks without text. What recurs over the site (menus, signposts, counters at a body's
edges) is known only when many articles have been seen: `archive.store` cuts it from each body as it counts, and this
pipeline has the articles that were stored too early mended when the spider closes.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Self

from archive import boilerplate
from archive.errors import ArchiveError
from crawler.counts import CLEANED, STOPPED
from crawler.records import Relation
from crawler.session import session_of
from crawler.traversal import followable

if TYPE_CHECKING:
    from collections.abc import Collection

    from scrapy.crawler import Crawler

    from crawler.records import ListItem, Page
    from crawler.visit import Visit


class Clean:
    """Cleans pages as they pass, and the archive's articles at the end; counts what it takes off."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Return the pipeline for this crawler."""
        return cls(crawler)

    def process_item(self, item: Visit) -> Visit:
        """Return the visit with its page cleaned."""
        page = item.reading.page
        if page is None:
            return item
        cleaned = self._clean(page)
        return item if cleaned is page else replace(item, reading=replace(item.reading, page=cleaned))

    def _clean(self, page: Page) -> Page:
        """Return the page without foreign entries and empty blocks; the same object where there are none."""
        hosts, menu = session_of(self._crawler).hosts, frozenset(page.sections)
        items = tuple(entry for entry in page.items if not no_news(entry, hosts, menu))
        blocks = tuple(block for block in page.blocks if block.text.strip())
        if len(items) == len(page.items) and len(blocks) == len(page.blocks):
            return page
        self._crawler.stats.inc_value(f"{CLEANED}list entries that are no news", len(page.items) - len(items))
        self._crawler.stats.inc_value(f"{CLEANED}empty blocks", len(page.blocks) - len(blocks))
        return replace(page, items=items, blocks=blocks)

    def close_spider(self) -> None:
        """Mend the articles that were stored before their boilerplate was known for such."""
        stats = self._crawler.stats
        if stats.get_value(STOPPED) or not stats.get_value("thidua/saved/new"):
            return
        session = session_of(self._crawler)
        try:
            stats.inc_value("thidua/retrimmed", boilerplate.retrim(session.archive, session.site))
        except ArchiveError as error:
            stats.set_value(STOPPED, str(error))


def no_news(entry: ListItem, hosts: Collection[str], menu: Collection[str]) -> bool:
    """Tell whether a list's entry is no article of the site.

    The menu decides only over listings, which show their sections' names; a list of newer or older articles does not.
    """
    if entry.relation is Relation.LISTING and entry.url in menu:
        return True
    return not followable(entry.url, hosts)
