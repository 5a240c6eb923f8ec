"""When a text is another text, and keeping the one before.

An article is its own newest version; the table `superseded` holds those before it.
"""

import re
import sqlite3
from collections.abc import Callable, Sequence
from typing import NamedTuple

from archive.folding import exact

_BETWEEN = "|"  # stands between the cells of a table row: where a cell ends is layout, not text
_COUNTER = re.compile(
    r"\b(?:xem|đọc|truy cập|thích|bình luận|chia sẻ|online|trực tuyến|độ ẩm|views?|hits?|likes?|comments?|shares?)\b"
    r"|\blượt(?: (?:xem|đọc|nghe|tải|tải về|truy cập))?(?=\W*$)|°C|\bhôm nay: ",
    re.IGNORECASE,
)
_TALLY = re.compile(r"\(\s*\d[\d.,]* (?:lượt|lần) (?:xem|đọc|nghe|tải)[^()]{0,10}\)", re.IGNORECASE)  # by a file's name
_COUNTER_LENGTH = 60  # characters of a line such as "Đã xem 1.024 lần"
_COUNTERS_AT = 3  # lines from either end
_NUMBER = re.compile(r"\d[\d.,]*")
_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))


class _Version(NamedTuple):
    captured_at: str
    capture_id: int | None
    title: str
    block_kinds: str
    body: str


def same_text(one: str, other: str) -> bool:
    """Tell whether two texts in NFC say the same words, marks included, wherever lines, paragraphs and cells end.

    Where these end is what another layout of the site changes. What a counter of views stands at does not count either.
    """
    return one == other or plain(one) == plain(other)


def written(stored: str, title: str) -> str:
    """Return how a title is to be written that was stored and is read again.

    One in capitals says less than the same as its author wrote it: which letters are capitals there.
    """
    return stored if title.isupper() and not stored.isupper() and _same_letters(stored, title) else title


def same_title(stored: str, title: str) -> bool:
    """Tell whether a title, as `written`, is the one stored; it may have been stored in capitals."""
    return same_text(stored, title) or (stored.isupper() and _same_letters(stored, title))


def _same_letters(one: str, other: str) -> bool:
    return exact(plain(one)) == exact(plain(other))


def plain(text: str) -> str:
    """Return a text as it is compared: its words alone, without the numbers of counters above or below it."""
    blocks = text.split("\n\n")
    blocks = [
        _uncounted(block) if n < _COUNTERS_AT or n >= len(blocks) - _COUNTERS_AT else block
        for n, block in enumerate(blocks)
    ]
    return " ".join(word for word in " ".join(blocks).translate(_INVISIBLE).split() if word != _BETWEEN)


def _uncounted(block: str) -> str:
    """Return a line without its numbers if it tells how often the page was read, or the time; any other as it is.

    So it is with a number by itself: what it counts is told by a picture, or by the line before it.
    """
    block = _TALLY.sub("", block)
    if len(block) > _COUNTER_LENGTH or block[-1:] in ".;:!?" or not _COUNTER.search(block):
        return "" if _NUMBER.fullmatch(block) else block
    return unnumbered(block)


def unnumbered(text: str) -> str:
    """Return a text without its numbers."""
    return _NUMBER.sub("", text)


def supersede(conn: sqlite3.Connection, article_id: int, moment: str, capture_id: int) -> None:
    """Keep the stored text as a version of its own and number the one that is about to replace it."""
    conn.execute(
        "INSERT INTO superseded(article_id, number, captured_at, title, capture_id, block_kinds, body) "
        "SELECT id, version, version_captured_at, title, version_capture_id, block_kinds, body "
        "FROM articles WHERE id = ?",
        (article_id,),
    )
    conn.execute(
        "UPDATE articles SET version = version + 1, version_captured_at = ?, version_capture_id = ? WHERE id = ?",
        (moment, capture_id, article_id),
    )


def unite(conn: sqlite3.Connection, article_id: int, own: Callable[[str, str], str]) -> bool:
    """Make one of versions in a row whose texts turned out to be the same; tell whether there were any.

    They differed in what was later learnt to be the site's furniture; `own` returns a body, given with the kinds of its
    blocks, without that. The first keeps its time and capture; the text is
    that of the last, as with an article that is read again.
    """
    rows = conn.execute(
        "SELECT captured_at, capture_id, title, block_kinds, body FROM versions WHERE article_id = ? ORDER BY number",
        (article_id,),
    ).fetchall()
    kept: list[_Version] = []
    bodies: list[str] = []
    for version in map(_Version._make, rows):
        body = own(version.body, version.block_kinds)
        if kept and same_text(kept[-1].title, version.title) and same_text(bodies[-1], body):
            kept[-1] = version._replace(captured_at=kept[-1].captured_at, capture_id=kept[-1].capture_id)
        else:
            kept.append(version)
            bodies.append(body)
    if len(kept) == len(rows):
        return False
    _replace(conn, article_id, kept)
    return True


def inherit(conn: sqlite3.Connection, old: int, article_id: int) -> None:
    """Put the versions of an article that has moved before those of the article at its new address, in order of time.

    What the old address still said when the new one had its present text is left: that is the article's newest.
    """
    query = (
        "SELECT captured_at, capture_id, title, block_kinds, body FROM versions WHERE article_id = ? ORDER BY number"
    )
    *earlier, newest = map(_Version._make, conn.execute(query, (article_id,)))
    inherited = (_Version(*row) for row in conn.execute(query, (old,)))
    earlier += [version for version in inherited if version.captured_at < newest.captured_at]
    _replace(conn, article_id, [*sorted(earlier, key=lambda version: version.captured_at), newest])
    unite(conn, article_id, lambda body, _kinds: body)


def _replace(conn: sqlite3.Connection, article_id: int, kept: Sequence[_Version]) -> None:
    """Put versions in the place of those an article had; the text of the last is the article's own already."""
    conn.execute("DELETE FROM superseded WHERE article_id = ?", (article_id,))
    conn.executemany(
        "INSERT INTO superseded(article_id, number, captured_at, capture_id, title, block_kinds, body) "
        "VALUES (?, ?, ?, ?, ?, ?, ?)",
        [(article_id, number, *version) for number, version in enumerate(kept[:-1], 1)],
    )
    conn.execute(
        "UPDATE articles SET version = ?, version_captured_at = ?, version_capture_id = ? WHERE id = ?",
        (len(kept), kept[-1].captured_at, kept[-1].capture_id, article_id),
    )
