"""Doors: the listing pages through which new articles are found, and which of them a later run has to ask for.

A site's menu leads to dozens of pages that name articles: categories, "all news", a site map. One of them a category
is enough, as it names the newest; the others wait for their turn (`archive.rotation`).
"""

import sqlite3
from dataclasses import dataclass, field

_FRESH = 5  # of its newest articles, how many a category's door should name; home pages show about as many

# What each section named when it was last read, and where. A home page is asked for anyway.
_NAMED = """
SELECT p.id, a.category, a.id, min(m.position) FROM pages p
JOIN mentions m ON m.seen_on_id = p.id AND m.relation = 'listing' AND m.last_run IS (
    SELECT max(last_run) FROM mentions WHERE seen_on_id = p.id AND relation = 'listing'
)
JOIN articles a ON a.id = m.page_id
WHERE p.site = ? AND (p.kind IN ('home', 'section') OR p.depth = 0) AND p.kind = 'section' AND p.state != 'gone'
    AND a.status = 'live'
GROUP BY p.id, a.category, a.id ORDER BY p.id
"""
_NEWEST = (
    "SELECT id FROM articles WHERE site = ? AND category = ? AND status = 'live' AND published IS NOT NULL "
    "ORDER BY published DESC LIMIT ?"
)


@dataclass(slots=True)
class Door:
    """A listing page: `named` has for each category the articles it names, with their places in its list."""

    id: int
    named: dict[str, dict[int, int]] = field(default_factory=dict)

    def places(self, category: str) -> dict[int, int]:
        """Return the articles of a category that the door names, with their places."""
        return self.named.get(category, {})


def all_of(conn: sqlite3.Connection, site: str) -> list[Door]:
    """Return every section of a site that names an article, in order of discovery."""
    doors: dict[int, Door] = {}
    for page, category, article, position in conn.execute(_NAMED, (site,)):
        doors.setdefault(page, Door(page)).named.setdefault(category, {})[article] = position
    return list(doors.values())


def serving(conn: sqlite3.Connection, site: str, doors: list[Door], categories: list[str]) -> dict[str, list[Door]]:
    """Return for each category the door that serves it best; for articles without one, all that are needed.

    The best door names the most of the category's newest articles, and of equals the fewest other categories. Articles
    that name no category may be of several all the same, so that each of them has to be behind some door.
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


def _rank(door: Door, category: str, fresh: set[int]) -> tuple[int, int, int, int]:
    places = door.places(category)
    return -len(fresh & places.keys()), len(door.named), -len(places), door.id


def _covering(doors: list[Door], chosen: list[Door]) -> list[Door]:
    """Return doors that together name all articles without a category that any door names, `chosen` ones first."""
    covered: set[int] = set()
    needed: list[Door] = []
    rest = sorted(doors, key=lambda door: (len(door.named), -len(door.places("")), door.id))
    for door in [*chosen, *rest]:
        if door.places("").keys() - covered:
            needed.append(door)
            covered |= door.places("").keys()
    return needed
