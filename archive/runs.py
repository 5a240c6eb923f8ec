"""The rows of `runs`: every time a command worked on the archive."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from archive.database import Archive
from archive.times import now


@dataclass(frozen=True, slots=True)
class Run:
    """One run. `finished_at` and `outcome` are None where it was cut off; `counts` is whatever the command counted."""

    id: int
    started_at: str
    finished_at: str | None
    command: str
    outcome: str | None
    counts: dict[str, object]


def start(archive: Archive, command: str) -> int:
    """Note that a command begins, for instance `crawl`; return the run's id."""
    with archive.write() as conn:
        cursor = conn.execute("INSERT INTO runs(started_at, command) VALUES (?, ?)", (now(), command))
    assert cursor.lastrowid is not None  # noqa: S101 - an INSERT that did not raise has one
    return cursor.lastrowid


def finish(archive: Archive, run_id: int, outcome: str, counts: Mapping[str, object]) -> None:
    """Note how a run ended and what it counted. `counts` is kept as JSON."""
    with archive.write() as conn:
        conn.execute(
            "UPDATE runs SET finished_at = ?, outcome = ?, counts = ? WHERE id = ?",
            (now(), outcome, json.dumps(counts, ensure_ascii=False), run_id),
        )


def last(archive: Archive) -> Run | None:
    """Return the run that began last, or None."""
    with archive.read() as conn:
        row = conn.execute(
            "SELECT id, started_at, finished_at, command, outcome, counts FROM runs ORDER BY id DESC LIMIT 1"
        ).fetchone()
    if row is None:
        return None
    return Run(row[0], row[1], row[2], row[3], row[4], json.loads(row[5] or "{}"))
