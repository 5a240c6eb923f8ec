"""Takes off what is not the page's own to say.

Taken off here are entries of lists that are no news items (they lead off the site, to a file, or to what the page's own
menu calls a section), and blocks without text. What recurs over the site (menus, signposts, counters at a body's
edges) is known only when many articles have been seen: `archive.store` cuts it from each body as it counts, and this
pipeline has the articles that were stored too early mended when the spider closes.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from archive import boilerplate
from archive.errors import ArchiveError
from crawler.counts import CLEANED
from crawler.records import Relation
from crawler.session import session_of
from crawler.traversal import followable
from pipelines.pipeline import Pipeline

if TYPE_CHECKING:
    from collections.abc import Collection

    from crawler.records import ListItem
    from crawler.scope import Scope
    from crawler.visit import Visit


class Clean(Pipeline):
    """Cleans pages as they pass, and the archive's articles at the end; counts what it takes off."""

    def process_item(self, item: Visit) -> Visit:
        """Return the visit with its page cleaned."""
        visit, taken_off = cleaned(item, session_of(self._crawler).scope)
        for what, number in taken_off.items():
            self._crawler.stats.inc_value(CLEANED + what, number)
        return visit

    def close_spider(self) -> None:
        """Mend the articles that were stored before their boilerplate was known for such."""
        session = session_of(self._crawler)
        if session.stopped or not session.run_id:
            return
        try:
            self._crawler.stats.inc_value("thidua/retrimmed", boilerplate.retrim(session.archive, session.scope.site))
        except ArchiveError as error:
            session.stop(str(error), self._crawler)


def cleaned(visit: Visit, scope: Scope) -> tuple[Visit, Counter[str]]:
    """Return the visit with its page cleaned, and how much of what was taken off."""
    page = visit.reading.page
    if page is None:
        return visit, Counter()
    menu = frozenset(page.sections)
    wanted = [_meant(entry, scope) for entry in page.items if not refused(entry, scope)]
    items = tuple(entry for entry in wanted if not no_news(entry, scope.hosts, menu))
    blocks = tuple(block for block in page.blocks if block.text.strip())
    taken_off = {
        "list entries that are no news": len(wanted) - len(items),
        "list entries that the profile leaves out": len(page.items) - len(wanted),
        "empty blocks": len(page.blocks) - len(blocks),
    }
    if not any(taken_off.values()) and items == page.items:
        return visit, Counter()
    page = replace(page, items=items, blocks=blocks)
    return replace(visit, reading=replace(visit.reading, page=page)), Counter(taken_off)


def no_news(entry: ListItem, hosts: Collection[str], menu: Collection[str]) -> bool:
    """Tell whether a list's entry is no article of the site.

    The menu decides only over listings, which show their sections' names; a list of newer or older articles does not.
    """
    if entry.relation is Relation.LISTING and entry.url in menu:
        return True
    return not followable(entry.url, hosts)


def refused(entry: ListItem, scope: Scope) -> bool:
    """Tell whether a rule of the profile says that a list's entry is not wanted, or is no article."""
    return bool(scope.profile.skips(entry.url)) or scope.profile.is_listing(entry.url)


def _meant(entry: ListItem, scope: Scope) -> ListItem:
    """Return the entry with the address that is meant."""
    address = scope.profile.address(entry.url)
    return entry if address == entry.url else replace(entry, url=address)
