"""The rows of `captures`: every answer, with the place of the record that holds its bytes."""

import sqlite3

from archive.models import Observation
from archive.times import stamp
from archive.warc import Original, Place

_COLUMNS = (
    "url, page_id, captured_at, source, status, digest, content_type, length, location, run_id, "
    "warc_file, warc_offset, warc_length, revisit_of"
)
_ORIGINAL = (
    "SELECT id, url, captured_at FROM captures "
    "WHERE digest = ? AND warc_file GLOB 'warc/*' AND revisit_of IS NULL AND source != 'mirror' ORDER BY id LIMIT 1"
)
_HELD = (
    "SELECT EXISTS (SELECT 1 FROM captures WHERE page_id = (SELECT id FROM pages WHERE key = ?) "
    "AND captured_at = ? AND url = ? AND digest = ? AND (NOT ? OR warc_file GLOB 'warc/*'))"
)
_BEFORE = "SELECT EXISTS (SELECT 1 FROM captures WHERE page_id = ? AND ifnull(run_id, 0) < ?)"
_LATEST = """
SELECT o.id, o.url, o.captured_at FROM captures c JOIN captures o ON o.id = coalesce(c.revisit_of, c.id)
WHERE c.page_id = (SELECT id FROM pages WHERE key = ?) AND c.source = 'live' AND o.status IN (200, 203)
    AND o.warc_file IS NOT NULL
ORDER BY c.id DESC LIMIT 1
"""


def insert(conn: sqlite3.Connection, seen: Observation, page_id: int) -> int:
    """Store the row of an observation's capture; return its id."""
    cursor = conn.execute(
        f"INSERT INTO captures({_COLUMNS}) VALUES ({', '.join('?' * 14)})",  # noqa: S608 - names from above
        (
            seen.url,
            page_id,
            stamp(seen.captured_at),
            seen.source,
            seen.http_status,
            seen.digest,
            seen.content_type or None,
            seen.length,
            seen.location or None,
            seen.run_id,
            seen.warc_file or None,
            seen.warc_offset if seen.warc_file else None,
            seen.warc_length if seen.warc_file else None,
            seen.revisit_of,
        ),
    )
    assert cursor.lastrowid is not None  # noqa: S101 - an INSERT that did not raise has one
    return cursor.lastrowid


def original(conn: sqlite3.Connection, digest: str) -> Original | None:
    """Return the first capture with a payload of this digest, or None.

    Its record is one of the archive's own, of an answer: a file that lies elsewhere may go.
    """
    row = conn.execute(_ORIGINAL, (digest,)).fetchone()
    return Original(*row) if row else None


def latest(conn: sqlite3.Connection, key: str) -> Original | None:
    """Return the capture that holds what a site last answered for a page (200, or 203 from a proxy), or None."""
    row = conn.execute(_LATEST, (key,)).fetchone()
    return Original(*row) if row else None


def is_held(  # noqa: PLR0913 - what makes a capture
    conn: sqlite3.Connection, key: str, captured_at: str, url: str, digest: str, *, own: bool = False
) -> bool:
    """Tell whether a capture is stored already, from wherever: the same address of a page, moment and payload.

    Another spelling of the address is another capture: which of two came first must not matter. With `own`, whether its
    record is in the archive's own files.
    """
    return bool(conn.execute(_HELD, (key, captured_at, url, digest, own)).fetchone()[0])


def known_before(conn: sqlite3.Connection, page_id: int, crawl: int) -> bool:
    """Tell whether a page was captured by a run before a crawl, or brought in by one."""
    return bool(conn.execute(_BEFORE, (page_id, crawl)).fetchone()[0])


def of_record(conn: sqlite3.Connection, file: str, offset: int) -> int | None:
    """Return the capture whose record lies at a place, or None."""
    row = conn.execute("SELECT id FROM captures WHERE warc_file = ? AND warc_offset = ?", (file, offset)).fetchone()
    return int(row[0]) if row else None


def place(conn: sqlite3.Connection, capture_id: int) -> Place | None:
    """Return where the record of a capture is, or None: it was made before records were kept."""
    row = conn.execute(
        "SELECT warc_file, warc_offset, warc_length FROM captures WHERE id = ? AND warc_file IS NOT NULL", (capture_id,)
    ).fetchone()
    return Place(*row) if row else None


def ends(conn: sqlite3.Connection) -> dict[str, int]:
    """Return for the newest WARC file that captures point at, where the last of these records ends; {} for none."""
    row = conn.execute("SELECT max(warc_file) FROM captures WHERE warc_file GLOB 'warc/thidua-*'").fetchone()
    if row[0] is None:
        return {}
    end = conn.execute("SELECT max(warc_offset + warc_length) FROM captures WHERE warc_file = ?", row).fetchone()
    return {str(row[0]): int(end[0])}
