"""What is still to do. The list is the `pages` table itself, so it survives anything the database survives."""

import sqlite3
from collections.abc import Iterable

from archive import articles, doors, health, newest, pages, rotation, witnesses
from archive.database import Archive
from archive.models import Due, Known
from archive.times import now

# What any run asks for again. In each, the condition of a partial index stands as it does there.
_AGAIN = (
    # the home pages
    "(kind IN ('home', 'section') OR depth = 0) AND kind = 'home'",
    # where the crawl started, if no home page tells of anything
    "(kind IN ('home', 'section') OR depth = 0) AND depth = 0 AND kind = 'section' AND NOT EXISTS ("
    " SELECT 1 FROM pages h WHERE h.site = pages.site AND (h.kind IN ('home', 'section') OR h.depth = 0)"
    " AND h.kind = 'home' AND h.state = 'fetched' AND EXISTS (SELECT 1 FROM mentions WHERE seen_on_id = h.id))",
    # what went wrong last time, and what may be gone: a second look decides
    "(state IN ('failed', 'blocked') OR gone_votes > 0) AND state != 'gone' AND kind != 'robots'",
    # what answered without being read: a redirect off the site, say; in three runs in which the site was well, then it
    # takes its turn with others
    "kind = 'article' AND state = 'fetched' AND (reason IS NOT NULL OR http_status >= 300)"
    " AND NOT EXISTS (SELECT 1 FROM articles WHERE id = pages.id)"
    " AND (SELECT count(DISTINCT c.run_id) FROM captures c JOIN runs r ON r.id = c.run_id"
    " WHERE c.page_id = pages.id AND ifnull(r.outcome, '') != 'unwell') < 3",
    # what was read and is not believed yet
    "id IN (SELECT page_id FROM doubts)",
)
# What was found gone only once, and a listing has named since: a 404 can pass too.
_NAMED_SINCE = """
UPDATE pages SET due = 1
WHERE site = ? AND due = 0 AND state = 'gone' AND kind = 'article' AND attempts < 2 AND EXISTS (
        SELECT 1 FROM mentions m JOIN pages p ON p.id = m.seen_on_id
        WHERE m.page_id = pages.id AND m.relation = 'listing' AND m.last_run > pages.looked_run
            AND p.kind IN ('home', 'section')
    )
"""
_MARK_THOSE = "UPDATE pages SET due = 1, attempts = 0 WHERE site = ? AND due = 0 AND "
_MARK = "UPDATE pages SET due = 1 WHERE id = ? AND due = 0"
_A_CATEGORY = 2  # pages that tell of what is new in it: no run with nothing new asks for more

# ETag and Last-Modified are given only where an answer of 304 would lose nothing: never of an alias, of a page whose
# last text is doubted, or of one that is gone. The date is that of the text, or of a template, and says nothing of the
# lists on a page: it is not for pages that are asked in order to learn what is new.
_TOLD = """
    alias_of IS NULL AND state != 'gone' AND gone_votes = 0 AND NOT EXISTS (
        SELECT 1 FROM captures c
        WHERE c.page_id = pages.id AND c.quarantined IS NOT NULL
            AND c.id = (SELECT max(id) FROM captures WHERE page_id = pages.id)
    )
"""
_DATED = """
    kind = 'article' AND (
        NOT EXISTS (SELECT 1 FROM mentions WHERE seen_on_id = pages.id AND relation != 'listing')
        OR EXISTS (SELECT 1 FROM mentions m JOIN pages n ON n.id = m.page_id
            WHERE m.seen_on_id = pages.id AND m.relation = 'newer' AND n.state != 'gone')
    )
"""
_DUE = f"""
SELECT id, url, kind, depth, CASE WHEN etag IS NOT NULL AND {_TOLD} THEN etag ELSE '' END,
    CASE WHEN last_modified IS NOT NULL AND {_TOLD} AND {_DATED} THEN last_modified ELSE '' END
FROM pages WHERE site = ?
"""  # noqa: S608 - our text
_AT_ONCE = _DUE + "AND due = 2 ORDER BY id LIMIT ?"
_AHEAD = _DUE + "AND due = 1 AND id > ? ORDER BY id LIMIT ?"
_LEFT = (
    "SELECT (SELECT count(*) FROM pages WHERE site = ? AND due = 1) + "
    "(SELECT count(*) FROM pages WHERE site = ? AND due = 2)"
)


class Frontier:
    """The pages of one site that are to be fetched, in the order in which they became known.

    It walks forward and gives each page once in its life. A page that becomes known meanwhile lies ahead of it; one
    that has to be asked for again at once, wherever it lies, comes first.
    """

    def __init__(self, archive: Archive, site: str) -> None:
        self._archive = archive
        self._site = site
        self._reached = 0
        self._early: set[int] = set()  # what lies ahead and was given all the same, as it was to be asked for at once

    def add(self, start: Iterable[Known], seen_at: str = "") -> int:
        """Enter the pages a crawl starts from; they are due whatever is known of them. Return how many were new.

        Call it before the first `take`.
        """
        with self._archive.write() as conn:
            rows, new = pages.enter(conn, self._site, start, seen_at or now())
            conn.executemany("UPDATE pages SET due = 1 WHERE id = ?", [(row.id,) for row in rows.values()])
        self._reached = 0
        return new

    def begin(self, recheck: int = 0) -> int:
        """Mark what a new run asks for again; return how many pages are due. Call it before the first `take`.

        These are the home page, for each category the listing that names its newest articles best (`archive.doors`)
        and its newest article (`archive.newest`), what failed or was blocked last time, what answered and could not be
        read, what one run has seen as gone or otherwise and another has to confirm; and `recheck` older pages in turn
        (`archive.rotation`). What an unfinished run left is due anyway. What a listing has moved on by, and what lists
        name again after it was gone, becomes due as they are read (`archive.again`).
        """
        with self._archive.write() as conn:
            for those in _AGAIN:
                conn.execute(_MARK_THOSE + those, (self._site,))
            conn.execute(_NAMED_SINCE, (self._site,))
            conn.executemany(_MARK, [(page,) for page in self._telling(conn)])
            if recheck > 0:
                conn.executemany(_MARK, [(page,) for page in rotation.due(conn, self._site, recheck)])
            if (run := conn.execute("SELECT max(id) FROM runs").fetchone()[0]) is not None:
                witnesses.begin(conn, self._site, run, health.WITNESSES)
        self._reached = 0
        return self.left()

    def _telling(self, conn: sqlite3.Connection) -> list[int]:
        """Return the pages that tell of new articles: a listing and the newest article of each category.

        Where several share a listing, one that is gone has room, in its turn.
        """
        categories = articles.categories(conn, self._site)
        known = doors.all_of(conn, self._site)
        served = doors.serving(conn, self._site, known, categories)
        found = [door.id for chosen in served.values() for door in chosen]
        for category in categories:
            found += newest.of(conn, self._site, category, served[category])
        room = len(set(found)) < _A_CATEGORY * len(categories)
        return [*found, *doors.retired(known, found)] if room else found

    def take(self, most: int) -> list[Due]:
        """Return up to `most` pages that are due and were not taken before. Costs the same however many there are."""
        with self._archive.read() as conn:
            again = conn.execute(_AT_ONCE, (self._site, most)).fetchall()
            room = most - len(again)
            rows = conn.execute(_AHEAD, (self._site, self._reached, room + len(self._early))).fetchall()
        if again:
            with self._archive.write() as conn:
                conn.executemany("UPDATE pages SET due = 1 WHERE id = ?", [row[:1] for row in again])
        ahead = [row for row in rows if row[0] not in self._early][:room]
        if ahead:
            self._reached = ahead[-1][0]
        self._early = {page for page in self._early | {row[0] for row in again} if page > self._reached}
        return [Due(*row[1:]) for row in again + ahead]

    def left(self) -> int:
        """Return how many pages are due, those taken and not yet stored included."""
        with self._archive.read() as conn:
            row = conn.execute(_LEFT, (self._site, self._site)).fetchone()
        return int(row[0])
