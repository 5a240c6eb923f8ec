"""The rows of `runs`: every time a command worked on the archive."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from archive.database import Archive
from archive.reader import Reader
from archive.times import stamp


@dataclass(frozen=True, slots=True)
class Run:
    """One run. `finished_at` and `outcome` are None where it was cut off; `counts` is whatever the command counted."""

    id: int
    started_at: str
    finished_at: str | None
    command: str
    outcome: str | None
    counts: dict[str, object]


def begin(archive: Archive, command: str, site: str, begun: datetime, *, accepts: bool = False) -> int:
    """Note that a command begins, for instance `crawl`, at an aware moment; return the run's id.

    `accepts` tells whether it takes the site as it is, however unlike it is to what it was (`archive.health`).
    """
    with archive.write() as conn:
        cursor = conn.execute(
            "INSERT INTO runs(started_at, command, site, accepts) VALUES (?, ?, ?, ?)",
            (stamp(begun), command, site, accepts),
        )
    assert cursor.lastrowid is not None  # noqa: S101 - an INSERT that did not raise has one
    return cursor.lastrowid


def restore(  # noqa: PLR0913 - what a run's file says of it
    archive: Archive, run_id: int, command: str, site: str, begun: datetime, *, accepts: bool = False
) -> bool:
    """Note a run that began at an aware moment and is known from its WARC file; return whether it was not known."""
    with archive.write() as conn:
        cursor = conn.execute(
            "INSERT OR IGNORE INTO runs(id, started_at, command, site, accepts) VALUES (?, ?, ?, ?, ?)",
            (run_id, stamp(begun), command, site, accepts),
        )
    return cursor.rowcount == 1


def finish(archive: Archive, run_id: int, outcome: str, counts: Mapping[str, object], finished: datetime) -> None:
    """Note how a run ended, when (aware), and what it counted. `counts` is kept as JSON."""
    with archive.write() as conn:
        conn.execute(
            "UPDATE runs SET finished_at = ?, outcome = ?, counts = ? WHERE id = ?",
            (stamp(finished), outcome, json.dumps(counts, ensure_ascii=False), run_id),
        )


def last(archive: Reader) -> Run | None:
    """Return the run that began last, or None."""
    with archive.read() as conn:
        row = conn.execute(
            "SELECT id, started_at, finished_at, command, outcome, counts FROM runs ORDER BY id DESC LIMIT 1"
        ).fetchone()
    if row is None:
        return None
    return Run(row[0], row[1], row[2], row[3], row[4], json.loads(row[5] or "{}"))
