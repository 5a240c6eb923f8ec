"""What is still to do. The list is the `pages` table itself, so it survives anything the database survives."""

from collections.abc import Iterable

from archive import articles, pages
from archive.database import Archive
from archive.models import Due, Known
from archive.times import now

_AGAIN = """
UPDATE pages SET due = 1, attempts = 0 WHERE site = ? AND due = 0 AND (
    depth = 0 AND kind != 'article'        -- where the crawl starts
    OR kind IN ('home', 'section')         -- where new articles are named first
    OR state IN ('failed', 'blocked')      -- what went wrong last time
    OR gone_votes > 0 AND state != 'gone'  -- what may be gone: a second look decides
    OR kind = 'article' AND state = 'fetched'  -- what answered without being read: a redirect off the site, say
        AND NOT EXISTS (SELECT 1 FROM articles a WHERE a.id = pages.id)
    OR state = 'gone' AND EXISTS (         -- what was gone and is listed since: it may have come back
        SELECT 1 FROM mentions m
        WHERE m.page_id = pages.id AND m.relation = 'listing' AND m.last_seen_at > pages.fetched_at
    )
)
"""
# The newest article of a category, for its list of newer ones may have grown. Of several on one day, the one that
# nothing is known to be newer than. An undated article may be the newest too.
_NEWEST = """
UPDATE pages SET due = 1 WHERE due = 0 AND id = (
    SELECT id FROM articles a WHERE site = ?1 AND category = ?2 AND status = 'live' AND (
        published IS NULL OR published >= (
            SELECT published FROM articles WHERE site = ?1 AND category = ?2 AND status = 'live'
            ORDER BY published DESC LIMIT 1
        )
    )
    ORDER BY coalesce(published, published_earliest) DESC,
        EXISTS (SELECT 1 FROM mentions WHERE seen_on_id = a.id AND relation = 'newer')
            OR EXISTS (SELECT 1 FROM mentions WHERE page_id = a.id AND relation = 'older'),
        id
    LIMIT 1
)
"""
_DUE = "SELECT id, url, kind, depth, ifnull(etag, ''), ifnull(last_modified, '') FROM pages WHERE site = ? "
_RESPELLED = _DUE + "AND due = 2 ORDER BY id LIMIT ?"
_AHEAD = _DUE + "AND due = 1 AND id > ? ORDER BY id LIMIT ?"
_LEFT = (
    "SELECT (SELECT count(*) FROM pages WHERE site = ? AND due = 1) + "
    "(SELECT count(*) FROM pages WHERE site = ? AND due = 2)"
)


class Frontier:
    """The pages of one site that are to be fetched, in the order in which they became known.

    It walks forward and gives each page once in its life. A page that becomes known meanwhile lies ahead of it.
    """

    def __init__(self, archive: Archive, site: str) -> None:
        self._archive = archive
        self._site = site
        self._reached = 0

    def add(self, start: Iterable[Known]) -> int:
        """Enter the pages a crawl starts from; they are due whatever is known of them. Return how many were new.

        Call it before the first `take`.
        """
        with self._archive.write() as conn:
            rows, new = pages.enter(conn, self._site, start, now())
            conn.executemany("UPDATE pages SET due = 1 WHERE id = ?", [(row.id,) for row in rows.values()])
        self._reached = 0
        return new

    def begin(self) -> int:
        """Mark what a new run asks for again; return how many pages are due. Call it before the first `take`.

        These are the start pages, the first page of each listing, the newest article of each category, what failed or
        was blocked last time, articles that answered and could not be read, what one run has seen as gone and another
        has to confirm, and what a listing names that was read after the page was found gone. What an unfinished run
        left is due anyway.
        """
        with self._archive.write() as conn:
            conn.execute(_AGAIN, (self._site,))
            conn.executemany(_NEWEST, [(self._site, name) for name in articles.categories(conn, self._site)])
        self._reached = 0
        return self.left()

    def take(self, most: int) -> list[Due]:
        """Return up to `most` pages that are due and were not taken before. Costs the same however many there are."""
        with self._archive.read() as conn:
            again = conn.execute(_RESPELLED, (self._site, most)).fetchall()
            ahead = conn.execute(_AHEAD, (self._site, self._reached, most - len(again))).fetchall()
        if again:
            with self._archive.write() as conn:
                conn.executemany("UPDATE pages SET due = 1 WHERE id = ?", [row[:1] for row in again])
        if ahead:
            self._reached = ahead[-1][0]
        return [Due(*row[1:]) for row in again + ahead]

    def left(self) -> int:
        """Return how many pages are due, those taken and not yet stored included."""
        with self._archive.read() as conn:
            row = conn.execute(_LEFT, (self._site, self._site)).fetchone()
        return int(row[0])
