"""Tells a site's furniture from an article's text by where a block stands and how often it recurs.

Menus, signposts and share lines stand at the head or the tail of nearly every article; the same words inside one
article are its own. So only short blocks count, only from the edge inwards without a break, and only once they have
stood there on most of the site's articles. The n-th `na` from the edge is counted apart from the first: where twelve
are furniture, the thirteenth is the custard apple of the article.

A line that stands there on as many articles and differs only in its numbers is a counter, a clock or the weather. It is
not cut off, as it may be more (the number of a decision); but where it alone has changed, nobody has edited the text.

`archive.store` counts and trims every body it stores, in the transaction that stores it; `retrim` mends, at the end of
a run, the articles stored before their furniture was known.
"""

import re
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from hashlib import blake2b

from archive import fulltext, versions
from archive.database import Archive

HEAD_BLOCKS = 2
TAIL_BLOCKS = 16
SHORT = 80  # characters: longer blocks are text, however often they recur
MIN_ARTICLES = 10  # fewer prove nothing
MIN_SHARE = 0.6  # a block must stand on more than this share of the articles
ONCE_SHARE = 0.3  # what has been furniture still stands on so many, when newer articles have it no more

_NAMES = re.compile(r"\d[\w.-]*/[^\W\d]|\b(?:số|ngày|tháng|năm|điều|khoản|mục)\b", re.IGNORECASE)  # numbers of its own
_PAGES = "SELECT pages FROM edge_blocks WHERE site = ? AND place = ? AND digest = ?"

Block = tuple[str, str]  # kind letter, text


def blocks_of(body: str, kinds: str) -> list[Block]:
    """Return the blocks of a stored body. Without a kind for each of them, all count as paragraphs."""
    texts = body.split("\n\n")
    if len(kinds) != len(texts):
        kinds = "p" * len(texts)
    return list(zip(kinds, texts, strict=True))


def trim(conn: sqlite3.Connection, site: str, blocks: Sequence[Block], share: float = MIN_SHARE) -> tuple[int, int]:
    """Return where the article's own text starts and stops: `blocks[start:stop]` leaves out what is known furniture.

    A body that would be cut to nothing is left whole. Reads a few counts; changes nothing.
    """
    least = _least(conn, site, share)
    if least is None:
        return 0, len(blocks)

    def known(place: str, digest: str) -> bool:
        row = conn.execute(_PAGES, (site, place, digest)).fetchone()
        return row is not None and row[0] >= least

    start = _run(known(place, digest) for place, digest in _edge("head", blocks))
    stop = len(blocks) - _run(known(place, digest) for place, digest in _edge("tail", blocks))
    return (start, stop) if start < stop else (0, len(blocks))


def count(conn: sqlite3.Connection, site: str, blocks: Sequence[Block]) -> None:
    """Count the edges of one more article of the site. `blocks` is the body as read, before trimming."""
    conn.execute(
        "INSERT INTO edge_sites(site, articles) VALUES (?, 1) ON CONFLICT(site) DO UPDATE SET articles = articles + 1",
        (site,),
    )
    _add(conn, site, _edges(blocks))


def count_again(conn: sqlite3.Connection, site: str, read: tuple[str, str], stored: tuple[str, str]) -> None:
    """Count the edges that an article of the site has besides those it had when it was counted.

    So the furniture of a new layout becomes known too. `read` is body and kinds before trimming, `stored` the text that
    it differs from.
    """
    had = set(_edges(blocks_of(*stored)))
    _add(conn, site, [edge for edge in _edges(blocks_of(*read)) if edge not in had])


def _edges(blocks: Sequence[Block]) -> list[tuple[str, str]]:
    edges = [edge for place in ("head", "tail") for edge in _edge(place, blocks)]
    for place in ("head", "tail"):
        edges += {(f"{place} counter", _digest(name)) for _, name in _counters(place, blocks)}
    return edges


def _add(conn: sqlite3.Connection, site: str, edges: Iterable[tuple[str, str]]) -> None:
    conn.executemany(
        "INSERT INTO edge_blocks(site, place, digest, pages) VALUES (?, ?, ?, 1) "
        "ON CONFLICT(site, place, digest) DO UPDATE SET pages = pages + 1",
        [(site, place, digest) for place, digest in edges],
    )


def retrim(archive: Archive, site: str) -> int:
    """Trim the site's articles that were stored before their furniture was known; return how many were mended.

    Article, earlier versions and index change together; no version is added, for the site changed nothing, and
    versions that differed in furniture alone become one. Where nothing was learnt since the last time, this costs one
    query.
    """
    with archive.write() as conn:
        known = _furniture(conn, site)
        row = conn.execute("SELECT trimmed_with FROM edge_sites WHERE site = ?", (site,)).fetchone()
        if row is None or row[0] == known:
            return 0
        mended = sum(_mend(conn, site, article_id) for (article_id,) in _ids(conn, site))
        conn.execute("UPDATE edge_sites SET trimmed_with = ? WHERE site = ?", (known, site))
    return mended


def trimmed(conn: sqlite3.Connection, site: str, body: str, kinds: str, *, share: float = MIN_SHARE) -> tuple[str, str]:
    """Return a stored body and its kinds without what is now known as furniture.

    With a lower share, for comparing, without the numbers of what is known to differ in them alone, too.
    """
    blocks = blocks_of(body, kinds)
    start, stop = trim(conn, site, blocks, share)
    own = blocks[start:stop]
    if share < MIN_SHARE:
        own = _uncounted(conn, site, own, share)
    if own == blocks:
        return body, kinds
    return "\n\n".join(text for _, text in own), "".join(kind for kind, _ in own)


def _uncounted(conn: sqlite3.Connection, site: str, blocks: Sequence[Block], share: float) -> list[Block]:
    """Return the blocks, those at the edges without their numbers that the site is known to count with."""
    found, least = list(blocks), _least(conn, site, share)
    for place in ("head", "tail") if least is not None else ():
        for at, name in _counters(place, blocks):
            row = conn.execute(_PAGES, (site, f"{place} counter", _digest(name))).fetchone()
            if row is not None and row[0] >= least:
                kind, text = blocks[at]
                found[at] = (kind, versions.unnumbered(text))
    return found


def _least(conn: sqlite3.Connection, site: str, share: float = MIN_SHARE) -> int | None:
    """Return on how many articles a block must have stood, or None while there are too few to tell."""
    row = conn.execute("SELECT articles FROM edge_sites WHERE site = ?", (site,)).fetchone()
    if row is None or row[0] < MIN_ARTICLES:
        return None
    return max(MIN_ARTICLES, int(share * row[0]) + 1)


def _edge(place: str, blocks: Sequence[Block]) -> Iterator[tuple[str, str]]:
    """Yield the place and digest of each short block from one edge inwards, up to the first long one."""
    seen: Counter[Block] = Counter()
    for at in _inwards(place, blocks):
        kind, text = blocks[at]
        seen[kind, text] += 1
        yield place, _digest(f"{kind}{seen[kind, text]} {text}")


def _counters(place: str, blocks: Sequence[Block]) -> Iterator[tuple[int, str]]:
    """Yield where short blocks at an edge hold numbers that name nothing, and what these blocks say without them."""
    for at in _inwards(place, blocks):
        kind, text = blocks[at]
        bare = versions.unnumbered(text)
        if bare != text and not _NAMES.search(text):
            yield at, f"{kind} {bare}"


def _inwards(place: str, blocks: Sequence[Block]) -> Iterator[int]:
    """Yield the numbers of the short blocks from one edge inwards, up to the first long one."""
    numbers = range(len(blocks))
    for at in numbers[:HEAD_BLOCKS] if place == "head" else reversed(numbers[-TAIL_BLOCKS:]):
        if len(blocks[at][1]) > SHORT:
            return
        yield at


def _digest(name: str) -> str:
    return blake2b(name.encode(), digest_size=8).hexdigest()


def _run(known: Iterator[bool]) -> int:
    """Count how many are true before the first that is not."""
    length = 0
    for each in known:
        if not each:
            break
        length += 1
    return length


def _furniture(conn: sqlite3.Connection, site: str) -> str:
    """Return one digest of all that is known as furniture on the site; it changes when something is learnt."""
    least = _least(conn, site)
    if least is None:
        return ""
    rows = conn.execute(
        "SELECT place, digest FROM edge_blocks WHERE site = ? AND pages >= ? ORDER BY place, digest", (site, least)
    )
    names = "".join(place + digest for place, digest in rows)
    return blake2b(names.encode(), digest_size=8).hexdigest() if names else ""


def _ids(conn: sqlite3.Connection, site: str) -> list[tuple[int]]:
    return conn.execute("SELECT id FROM articles WHERE site = ?", (site,)).fetchall()


def _mend(conn: sqlite3.Connection, site: str, article_id: int) -> bool:
    """Trim an article and its earlier versions; tell whether anything changed."""
    mended = _mend_earlier(conn, site, article_id)
    title, body, byline, kinds = conn.execute(
        "SELECT title, body, byline, block_kinds FROM articles WHERE id = ?", (article_id,)
    ).fetchone()
    own, own_kinds = trimmed(conn, site, body, kinds)
    if own != body:
        mended = True
        fulltext.remove(conn, article_id, title, body, byline)
        fulltext.later(conn, article_id)
        conn.execute("UPDATE articles SET body = ?, block_kinds = ? WHERE id = ?", (own, own_kinds, article_id))
    if conn.execute("SELECT 1 FROM superseded WHERE article_id = ?", (article_id,)).fetchone():
        versions.unite(conn, article_id, lambda body, kinds: trimmed(conn, site, body, kinds, share=ONCE_SHARE)[0])
    return mended


def _mend_earlier(conn: sqlite3.Connection, site: str, article_id: int) -> bool:
    """Trim what an article said before; tell whether anything changed."""
    earlier = conn.execute("SELECT number, body, block_kinds FROM superseded WHERE article_id = ?", (article_id,))
    changed = []
    for number, body, kinds in earlier.fetchall():
        own, own_kinds = trimmed(conn, site, body, kinds)
        if own != body:
            changed.append((own, own_kinds, article_id, number))
    conn.executemany("UPDATE superseded SET body = ?, block_kinds = ? WHERE article_id = ? AND number = ?", changed)
    return bool(changed)
