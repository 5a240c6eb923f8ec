"""What web archives offer of a site: the rows of `cdx`, a to-do list that survives the death of the process.

A server's list is read page by page; each page is stored with the place to go on from. A capture is `offered` until it
is `kept` (its record is on the disk), has `failed` (and may be tried again) or is `left`, with the reason why it is not
asked for.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from archive.database import Archive
from archive.times import now

MOST_TRIES = 5  # runs that ask for a capture which the archive does not give
_AT_ONCE = 5_000  # rows in memory


class Offer(NamedTuple):
    """A capture as a list names it. `captured_at` is as the archive writes times."""

    url: str
    key: str
    captured_at: str
    status: int
    mime: str
    digest: str


class Row(NamedTuple):
    """A capture on offer, and what has become of it."""

    id: int
    url: str
    key: str
    captured_at: str
    status: int
    mime: str
    digest: str
    state: str
    reason: str
    turn: int
    tries: int


class Query(NamedTuple):
    """How far a list has been read: where to go on, and whether it was read to its end."""

    cursor: str = ""
    finished: bool = False


_COLUMNS = ", ".join(Row._fields)
_ADD = "INSERT OR IGNORE INTO cdx(server, url, key, captured_at, status, mime, digest) VALUES (?, ?, ?, ?, ?, ?, ?)"
_BY_PAGE = (
    f"SELECT {_COLUMNS} FROM cdx WHERE server = ? AND (key, captured_at, id) > (?, ?, ?) "  # noqa: S608 - our names
    "ORDER BY key, captured_at, id LIMIT ?"
)
_TO_ASK = (
    f"SELECT {_COLUMNS} FROM cdx WHERE server = ? AND state IN ('offered', 'failed') AND tries < ? "  # noqa: S608 - our names
    "AND (turn > ? OR turn = ? AND (captured_at < ? OR captured_at = ? AND id > ?)) "
    "ORDER BY turn, captured_at DESC, id LIMIT ?"
)
_SOON = 100  # rows


def query(archive: Archive, server: str, asked: str) -> Query:
    """Return how far a server's list has been read; from its beginning where it has not."""
    with archive.read() as conn:
        row = conn.execute(
            "SELECT cursor, finished_at FROM cdx_queries WHERE server = ? AND query = ?", (server, asked)
        ).fetchone()
    return Query(row[0], row[1] is not None) if row else Query()


def add(archive: Archive, server: str, offers: Iterable[Offer]) -> int:
    """Enter captures of a list; return how many were not known. Those that are known stay what they are.

    Raises:
        ArchiveError: the archive cannot be written.
    """
    with archive.write() as conn:
        before = conn.total_changes
        conn.executemany(_ADD, [(server, *offer) for offer in offers])
        return conn.total_changes - before


def reached(archive: Archive, server: str, asked: str, cursor: str, *, finished: bool = False) -> None:
    """Note how far a list has been read, once the captures up to there have been entered.

    Raises:
        ArchiveError: the archive cannot be written.
    """
    with archive.write() as conn:
        conn.execute(
            "INSERT OR REPLACE INTO cdx_queries(server, query, cursor, finished_at) VALUES (?, ?, ?, ?)",
            (server, asked, cursor, now() if finished else None),
        )


def forget(archive: Archive, server: str, asked: str) -> None:
    """Note that all that a list offers has been seen to: the next run reads it anew, for what has come since."""
    with archive.write() as conn:
        conn.execute("DELETE FROM cdx_queries WHERE server = ? AND query = ?", (server, asked))


def by_page(conn: sqlite3.Connection, server: str) -> Iterator[Row]:
    """Yield all captures that a server offers, those of one page together, in the order of time."""
    after: tuple[str, str, int] = ("", "", 0)
    while rows := [Row(*row) for row in conn.execute(_BY_PAGE, (server, *after, _AT_ONCE))]:
        yield from rows
        after = (rows[-1].key, rows[-1].captured_at, rows[-1].id)


def judge(conn: sqlite3.Connection, judged: Iterable[tuple[Row, str, str, int]]) -> None:
    """Write down which captures are to be asked for and which are not: state, reason and turn of each."""
    conn.executemany(
        "UPDATE cdx SET state = ?, reason = ?, turn = ? WHERE id = ?",
        [(state, reason, turn, row.id) for row, state, reason, turn in judged],
    )


def settled(archive: Archive, row: Row, state: str, reason: str = "") -> None:
    """Write down what became of a capture that was asked for.

    Raises:
        ArchiveError: the archive cannot be written.
    """
    with archive.write() as conn:
        conn.execute("UPDATE cdx SET state = ?, reason = ?, tries = tries + 1 WHERE id = ?", (state, reason, row.id))


def to_ask(archive: Archive, server: str) -> Iterator[Row]:
    """Yield the captures that are to be asked for, each once, in their turn and the newest first.

    What becomes of them may be written down meanwhile.
    """
    turn, moment, last = -1, "", 0
    while True:
        with archive.read() as conn:
            after = (turn, turn, moment, moment, last)
            rows = [Row(*row) for row in conn.execute(_TO_ASK, (server, MOST_TRIES, *after, _SOON))]
        yield from rows
        if len(rows) < _SOON:
            return
        turn, moment, last = rows[-1].turn, rows[-1].captured_at, rows[-1].id


def is_kept(archive: Archive, server: str, key: str, moment: str) -> bool:
    """Tell whether a capture of this page and moment is in the log already."""
    with archive.read() as conn:
        row = conn.execute(
            "SELECT EXISTS (SELECT 1 FROM cdx WHERE server = ?1 AND key = ?2 AND captured_at = ?3 AND state = 'kept') "
            "OR EXISTS (SELECT 1 FROM captures WHERE page_id = (SELECT id FROM pages WHERE key = ?2) "
            "AND captured_at = ?3 AND warc_file IS NOT NULL)",
            (server, key, moment),
        ).fetchone()
    return bool(row[0])


def kept(archive: Archive, server: str, row: Row, moment: str) -> None:
    """Write down that a capture is in the log: the one that was asked for, or another moment of its page instead.

    Raises:
        ArchiveError: the archive cannot be written.
    """
    other = "" if moment == row.captured_at else f"is the one of {moment}"
    with archive.write():
        settled(archive, row, "kept", other)
        archive.conn.execute(
            "UPDATE cdx SET state = 'kept', reason = '' WHERE server = ? AND key = ? AND captured_at = ? AND id != ?",
            (server, row.key, moment, row.id),
        )
