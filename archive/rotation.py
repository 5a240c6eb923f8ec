"""The rotation: older pages looked at again, a few a run, those first that were looked at longest ago.

An edit is seen on the article's own page only. A late post, dated back, is named by five pages above it and three below
in its chain, and by one deep page of a listing, which shows ten others too: so listings have half of the turns.
Pages looked at in one run are not taken in the order of the site, in which neighbours would tell the same thing one
after the other, but scattered: after a fifth of them every stretch of a chain has been seen.
"""

import sqlite3
from collections.abc import Iterator

# Whose turn it is. Doors are sections not asked for on every run, and what names nothing yet.
_TURNS = ("listing", "article", "listing", "door", "listing", "article", "listing", "article")
_KINDS = {"listing": ("listing",), "article": ("article",), "door": ("section", "other")}

# Walks along the index `pages_rotation`, whose expressions these have to repeat.
_OLDEST = """
SELECT id, looked_run, id * 2654435761 % 4294967296 FROM pages
WHERE site = ? AND kind = ? AND due = 0 AND state IN ('fetched', 'gone')
ORDER BY looked_run, (id * 2654435761 % 4294967296) LIMIT ?
"""


def due(conn: sqlite3.Connection, site: str, budget: int) -> list[int]:
    """Return at most `budget` pages whose turn it is. Pages that are due already are not among them."""
    waiting = {turn: _waiting(conn, site, kinds, budget) for turn, kinds in _KINDS.items()}
    run = conn.execute("SELECT ifnull(max(id), 0) FROM runs").fetchone()[0]
    found: list[int] = []
    for turn in _turns(run * budget, budget):
        order = (turn, "article", "listing", "door")
        page = next((page for kind in order for page in waiting[kind]), None)
        if page is None:
            break
        found.append(page)
    return found


def _turns(first: int, count: int) -> Iterator[str]:
    """Yield whose turns are next: a small budget comes to all of them in several runs."""
    return (_TURNS[turn % len(_TURNS)] for turn in range(first, first + count))


def _waiting(conn: sqlite3.Connection, site: str, kinds: tuple[str, ...], most: int) -> Iterator[int]:
    """Return the pages of these kinds that were looked at longest ago, in order."""
    rows = [row for kind in kinds for row in conn.execute(_OLDEST, (site, kind, most))]
    return iter([row[0] for row in sorted(rows, key=lambda row: (row[1] is not None, row[1] or 0, row[2]))])
