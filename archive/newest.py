"""The newest articles of a category: pages that every run looks at again, as their lists of newer ones may have grown.

A listing shows the newest few; where it shows fewer than were published since, or none leads to the category at all,
the chain goes on from here.
"""

import sqlite3
from collections.abc import Sequence
from typing import NamedTuple

from archive.doors import Door

_RECENT = 20  # articles at the upper end of a category among which a chain may have another end

# A neighbour that is gone hides nothing: the chain ends before it.
_OPEN = """
    NOT EXISTS (SELECT 1 FROM mentions m JOIN pages p ON p.id = m.page_id
        WHERE m.seen_on_id = a.id AND m.relation = 'newer' AND p.state != 'gone')
    AND NOT EXISTS (SELECT 1 FROM mentions m JOIN pages p ON p.id = m.seen_on_id
        WHERE m.page_id = a.id AND m.relation = 'older' AND p.state != 'gone')
"""
_OF = "FROM articles a WHERE site = ?1 AND category = ?2 AND status = 'live' "
_LAST_DAY = f"SELECT published {_OF} AND published IS NOT NULL ORDER BY published DESC LIMIT 1"
# An undated article may be the newest too, if the chain puts it there.
_LATEST = f"""
SELECT id, published, {_OPEN} {_OF} AND published = ?3
UNION ALL SELECT id, published_earliest, {_OPEN} {_OF} AND published IS NULL AND published_earliest >= ?3
"""
_ENDS = f"""
SELECT a.id FROM (SELECT id {_OF} ORDER BY published DESC LIMIT ?3) a JOIN pages p ON p.id = a.id
WHERE EXISTS (SELECT 1 FROM mentions WHERE seen_on_id = a.id AND relation != 'listing') AND {_OPEN}
ORDER BY p.looked_run, p.fetched_at, a.id LIMIT 2
"""  # noqa: S608 - our text
_LAST_KNOWN = f"SELECT id {_OF} ORDER BY id DESC LIMIT 1"


class _Latest(NamedTuple):
    """An article of the last day. `is_open`: no live page is known to be newer."""

    id: int
    day: str
    is_open: int


def of(conn: sqlite3.Connection, site: str, category: str, doors: Sequence[Door]) -> list[int]:
    """Return the articles of a category to look at again: its newest, and no more than two.

    Of several on one day it is the one that nothing is known to be newer than, then the one that the door names first.
    Where nothing is dated, it is what the door names first. Where no door leads to the category, its date may be wrong
    and nobody would notice: so it is the newest and another end of the chain, or two ends, each in its turn.
    """
    newest = _by_date(conn, site, category, doors)
    first = [min(places, key=lambda article: (places[article], article)) for places in _places(doors, category)]
    if category and first:
        return newest or first[:1]
    if first:  # each door is taken for a category of its own
        return list(dict.fromkeys([*newest, *first]))
    every = -1 if not newest else _RECENT
    ends = [row[0] for row in conn.execute(_ENDS, (site, category, every))]
    return list(dict.fromkeys([*newest, *ends]))[:2] or [row[0] for row in conn.execute(_LAST_KNOWN, (site, category))]


def _by_date(conn: sqlite3.Connection, site: str, category: str, doors: Sequence[Door]) -> list[int]:
    """Return the newest article by its date, alone in a list; nothing where no article is dated."""
    last = conn.execute(_LAST_DAY, (site, category)).fetchone()
    if last is None:
        return []
    latest = [_Latest(*row) for row in conn.execute(_LATEST, (site, category, *last))]
    day = max(row.day for row in latest)
    places = {article: place for found in _places(doors, category) for article, place in found.items()}
    of_the_day = [row for row in latest if row.day == day]
    best = min(of_the_day, key=lambda row: (not row.is_open, places.get(row.id, len(places)), row.id))
    return [best.id]


def _places(doors: Sequence[Door], category: str) -> list[dict[int, int]]:
    return [places for door in doors if (places := door.places(category))]
