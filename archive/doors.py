"""Doors: the listing pages through which new articles are found, and which of them a later run has to ask for.

A site's menu leads to dozens of pages that name articles: categories, "all news", a site map. One of them a category
is enough, as it names the newest; the others wait for their turn (`archive.rotation`).

A door that the site denies stays one: what it led to goes on being published, and nothing else may name it. It is asked
for where no other door names a category's newest articles, until one does, and else in its turn (`retired`).
"""

import sqlite3
from collections.abc import Collection
from dataclasses import dataclass, field

from archive import pages

_FRESH = 5  # of its newest articles, how many a category's door should name; home pages show about as many

# What each section named when it was last read, and where. A home page is asked for anyway.
_NAMED = """
SELECT p.id, p.state = 'gone', ifnull(p.looked_run, 0), a.category, a.id, min(m.position) FROM pages p
JOIN mentions m ON m.seen_on_id = p.id AND m.relation = 'listing' AND m.last_run IS (
    SELECT max(last_run) FROM mentions WHERE seen_on_id = p.id AND relation = 'listing'
)
JOIN articles a ON a.id = m.page_id
WHERE p.site = ? AND (p.kind IN ('home', 'section') OR p.depth = 0) AND p.kind = 'section' AND a.status = 'live'
GROUP BY p.id, a.category, a.id ORDER BY p.id
"""
_NAMED_ANY = "SELECT EXISTS (SELECT 1 FROM mentions WHERE seen_on_id = ? AND relation = 'listing')"
_NEWEST = (
    "SELECT id FROM articles WHERE site = ? AND category = ? AND status = 'live' AND published IS NOT NULL "
    "ORDER BY published DESC LIMIT ?"
)


@dataclass(slots=True)
class Door:
    """A listing page: `named` has for each category the articles it names, with their places in its list.

    `gone` tells whether the site denies that it exists, `looked` which run last had an answer.
    """

    id: int
    gone: bool
    looked: int
    named: dict[str, dict[int, int]] = field(default_factory=dict)

    def places(self, category: str) -> dict[int, int]:
        """Return the articles of a category that the door names, with their places."""
        return self.named.get(category, {})


def is_one(conn: sqlite3.Connection, row: pages.Row) -> bool:
    """Tell whether a page has ever led to articles: a section or a home page that named any."""
    return row.kind in ("home", "section") and bool(conn.execute(_NAMED_ANY, (row.id,)).fetchone()[0])


def all_of(conn: sqlite3.Connection, site: str) -> list[Door]:
    """Return every section of a site that names an article, in order of discovery."""
    doors: dict[int, Door] = {}
    for page, gone, looked, category, article, position in conn.execute(_NAMED, (site,)):
        doors.setdefault(page, Door(page, bool(gone), looked)).named.setdefault(category, {})[article] = position
    return list(doors.values())


def serving(conn: sqlite3.Connection, site: str, doors: list[Door], categories: list[str]) -> dict[str, list[Door]]:
    """Return for each category the door that serves it best; for articles without one, all that are needed.

    The best door is one that is there and names some of the category's newest articles: the most of them, and of equals
    the fewest other categories. Articles that name no category may be of several all the same, so that each of them has
    to be behind some door.
    """
    served: dict[str, list[Door]] = {}
    for category in filter(None, categories):
        fresh = {row[0] for row in conn.execute(_NEWEST, (site, category, _FRESH))}
        offers = [door for door in doors if door.places(category)]
        served[category] = sorted(offers, key=lambda door: _rank(door, category, fresh))[:1]
    if "" in categories:
        chosen = [door for found in served.values() for door in found]
        served[""] = _covering(doors, chosen)
    return served


def _rank(door: Door, category: str, fresh: set[int]) -> tuple[bool, bool, int, int, int, int]:
    places = door.places(category)
    newest = len(fresh & places.keys())
    return not newest, door.gone, -newest, len(door.named), -len(places), door.id


def retired(doors: list[Door], chosen: Collection[int]) -> list[int]:
    """Return the door whose turn it is of those that are gone and not among those `chosen`, alone in a list."""
    gone = [door for door in doors if door.gone and door.id not in chosen]
    return [door.id for door in sorted(gone, key=lambda door: (door.looked, door.id))[:1]]


def _covering(doors: list[Door], chosen: list[Door]) -> list[Door]:
    """Return doors that together name all articles without a category that any door names, `chosen` ones first.

    Of those that are gone it is one, in its turn: a site that was rebuilt has left many behind.
    """
    covered: set[int] = set()
    needed: list[Door] = []
    rest = sorted(doors, key=lambda door: (len(door.named), -len(door.places("")), door.id))
    for door in [*chosen, *(door for door in rest if not door.gone)]:
        if door.places("").keys() - covered:
            needed.append(door)
            covered |= door.places("").keys()
    behind = [door for door in rest if door.gone and door.places("").keys() - covered]
    return needed + sorted(behind, key=lambda door: (door.looked, door.id))[:1]
