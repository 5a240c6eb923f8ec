"""How complete the archive is, and how its last run went."""

from dataclasses import dataclass

from archive import runs
from archive.reader import Reader


@dataclass(frozen=True, slots=True)
class Status:
    """Coverage of the archive. The field names are the keys of `status --json`.

    `known` articles are stored, missing, or gone before they could be stored: `known = articles + missing +
    (gone - gone_kept)`.
    """

    articles: int  # stored, those gone from the site included
    known: int  # articles known of: stored, or only named by some list
    missing: int  # named, not stored, and not known to be gone
    gone: int  # articles the site has no more, whether their text is here or not
    gone_kept: int  # those of them whose text is here
    undated: int  # stored articles without a publication date
    disputed: int  # stored articles of which lists give different dates, or neighbours contradictory bounds
    gaps: int  # breaks of the chain: see `Gap`
    first_published: str | None  # ISO dates
    last_published: str | None
    by_category: dict[str, int]  # stored articles
    by_state: dict[str, int]  # pages of every kind, by what became of them
    last_run: runs.Run | None  # None in a public copy too, which tells of no runs


@dataclass(frozen=True, slots=True)
class Gap:
    """A place where the chain of articles breaks off: one that names articles on one side, none of which is stored.

    Where only some of the named are missing, the chain goes on across them, and they count as missing or gone alone.
    An article that names nothing on one side is an end of the chain, not a gap. A hole between two stored stretches
    has two shores, and so is two gaps if both name what lies in it.
    """

    article_id: int
    side: str  # newer, older
    named: int  # how many articles it names there


@dataclass(frozen=True, slots=True)
class Missing:
    """An article that is not stored, and what those that name it say of it. `published` is an ISO date or None."""

    url: str
    title: str  # as it was named last, or empty
    published: str | None
    state: str  # known: never asked for; fetched, failed, blocked: what came was no article
    reason: str | None  # why
    named_by: int  # how many pages name it


_MISSING = """
SELECT p.url, ifnull((SELECT title FROM mentions WHERE page_id = p.id AND title != ''
        ORDER BY last_seen_at DESC, id LIMIT 1), ''),
    p.dated, p.state, p.reason, (SELECT count(DISTINCT seen_on_id) FROM mentions WHERE page_id = p.id)
FROM pages p WHERE p.kind = 'article' AND p.state != 'gone' AND NOT EXISTS (SELECT 1 FROM articles WHERE id = p.id)
ORDER BY p.dated IS NULL, p.dated DESC, p.id LIMIT ?
"""


def missing(archive: Reader, most: int = -1) -> list[Missing]:
    """Return the articles that are named and not stored, the newest first; at most so many, or all.

    Raises:
        ArchiveError: the archive is locked or damaged.
    """
    with archive.read() as conn:
        return [Missing(*row) for row in conn.execute(_MISSING, (most,))]


# From the missing articles to those that name them: in a complete archive there is next to nothing to look at. CROSS
# JOIN keeps that order, and the plus makes SQLite list the stored articles once, from an index that holds no bodies.
_SHORES = """
WITH stored AS MATERIALIZED (SELECT +id AS id FROM articles),
shores AS (
    SELECT DISTINCT m.seen_on_id, m.relation FROM pages p CROSS JOIN mentions m ON m.page_id = p.id
    WHERE p.kind = 'article' AND p.id NOT IN (SELECT id FROM stored) AND m.relation != 'listing'
        AND m.seen_on_id IN (SELECT id FROM stored)
)
SELECT m.seen_on_id, m.relation, count(DISTINCT m.page_id) FROM shores s
CROSS JOIN mentions m ON m.seen_on_id = s.seen_on_id AND m.relation = s.relation
GROUP BY m.seen_on_id, m.relation HAVING sum(m.page_id IN (SELECT id FROM stored)) = 0
ORDER BY m.seen_on_id, m.relation
"""
# Each of these is answered from an index, or from `pages`, which has no bodies.
_DATES = "SELECT count(*), count(*) FILTER (WHERE published IS NULL), min(published), max(published) FROM articles"
_KNOWN = "SELECT count(*), count(*) FILTER (WHERE state = 'gone') FROM pages WHERE kind = 'article'"
_GONE = "SELECT count(*) FROM articles WHERE status = 'gone'"
_DISPUTED = "SELECT count(*) FROM articles WHERE published_disputed IS NOT NULL OR bounds_disputed = 1"
_BY_CATEGORY = "SELECT category, count(*) FROM articles GROUP BY category ORDER BY 2 DESC, 1"
_BY_STATE = "SELECT state, count(*) FROM pages GROUP BY state ORDER BY state"


def status(archive: Reader) -> Status:
    """Return the archive's coverage, all of it at one moment.

    Raises:
        ArchiveError: the archive is locked or damaged.
    """
    with archive.read() as conn:
        articles, undated, first, last = conn.execute(_DATES).fetchone()
        known, gone = conn.execute(_KNOWN).fetchone()
        kept = conn.execute(_GONE).fetchone()[0]
        return Status(
            articles=articles,
            known=known,
            missing=known - articles - (gone - kept),
            gone=gone,
            gone_kept=kept,
            undated=undated,
            disputed=conn.execute(_DISPUTED).fetchone()[0],
            gaps=len(conn.execute(_SHORES).fetchall()),
            first_published=first,
            last_published=last,
            by_category=dict(conn.execute(_BY_CATEGORY).fetchall()),
            by_state=dict(conn.execute(_BY_STATE).fetchall()),
            last_run=None if archive.public else runs.last(archive),
        )


def gaps(archive: Reader) -> list[Gap]:
    """Return the places where the chain breaks off.

    Raises:
        ArchiveError: the archive is locked or damaged.
    """
    with archive.read() as conn:
        return [Gap(*row) for row in conn.execute(_SHORES)]
