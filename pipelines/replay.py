"""Stores again what WARC files hold, through the pipelines that stored it when it came.

`archive.db` follows from the WARC files: a run that was killed has records that are not stored yet, which the next run
stores before anything else, and a lost database is made again from all of them. Both are one walk over the files.
"""

from __future__ import annotations

import json
import logging
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from archive import boilerplate, captures, runs, warc
from archive.errors import RecordError
from archive.frontier import Frontier
from archive.group import Group
from archive.warc import Exchange, Record
from crawler.scope import Scope
from crawler.session import RUN, mark
from crawler.visit import ROBOTS_TXT, Asked, State, Visit, answered, is_robots_txt, unanswered
from pipelines.capture import known, placed, repeated
from pipelines.check import checked
from pipelines.clean import cleaned
from pipelines.date import dated
from pipelines.read import read

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from archive import Archive
    from archive.models import Observation

    Observe = Callable[[Visit, Scope, int | None], Observation]

logger = logging.getLogger(__name__)
MOST = 500  # visits in one transaction


@dataclass(frozen=True, slots=True)
class Job:
    """One record to be stored, and the run that it is from. `payload` is that of the record it revisits."""

    scope: Scope
    run_id: int
    record: Record
    payload: bytes = b""


@dataclass(slots=True)
class Played:
    """What came of a walk: records stored, and records that could not be read for a fault of this program."""

    answers: int = 0
    faults: int = 0


Prepared = tuple[Job, Visit | None]


def recover(archive: Archive, observe: Observe) -> int:
    """Store what a killed run has left in the WARC files; return how many answers that were.

    A torn last record is cut off. Where the database is new, or has been lost, that is all there is.

    Raises:
        ArchiveError: a file cannot be read, or the archive not written.
    """
    with archive.read() as conn:
        ends = captures.ends(conn)
    newest = max(ends, default="")
    left = [(file, ends.get(file, 0)) for file in warc.files(archive.folder) if file >= newest]
    for file, start in left:
        warc.mend(archive.folder, file, start)
    return play(archive, jobs(archive, left), observe).answers


def jobs(archive: Archive, files: Iterable[tuple[str, int]]) -> Iterator[Job]:
    """Yield the records of these WARC files in their order, each file from an offset on.

    Raises:
        RecordError: a file is damaged, or its first record does not say which run it is from.
    """
    payloads: dict[str, warc.Place] = {}  # of records that are not stored yet
    for file, start in files:
        first = next(warc.records(archive.folder, file), None)
        if first is None:
            continue
        scope, run_id = _run(first)
        yield Job(scope, run_id, first)
        for record in warc.records(archive.folder, file, max(start, first.place.length)):
            if record.kind == "response" and record.digest:
                payloads.setdefault(record.digest, record.place)
            yield Job(scope, run_id, record, _payload(archive, record, payloads))


def _run(first: Record) -> tuple[Scope, int]:
    """Return what a file's `warcinfo` record says of the run that wrote it."""
    said = warc.parsed(first.block)
    if first.kind != "warcinfo" or not {"thidua-run", "thidua-site", "thidua-recheck"} <= dict(said).keys():
        raise RecordError(f"{first.place.file}: does not begin as a crawl's file does; put it somewhere else")
    return Scope.of_fields(said), int(dict(said)["thidua-run"])


def _payload(archive: Archive, record: Record, payloads: dict[str, warc.Place]) -> bytes:
    """Return the payload that a `revisit` record stands for; nothing where the server said only that it is the same."""
    if record.kind != "revisit" or not record.fields.get("warc-profile", "").endswith("identical-payload-digest"):
        return b""
    place = payloads.get(record.digest)
    if place is None:
        with archive.read() as conn:
            original = captures.original(conn, record.digest)
            place = captures.place(conn, original.id) if original else None
    if place is None:
        raise RecordError(f"{record.place.file}: what the record at byte {record.place.offset} repeats is not there")
    return warc.payload_of(warc.read(archive.folder, place).block)


def prepare(job: Job) -> Prepared:
    """Read a record as the pipelines do, up to where the archive has to be asked. Needs nothing but the job."""
    visit = _visit(job.record, job.payload)
    if visit is None:
        return job, None
    visit = dated(cleaned(read(visit), job.scope)[0], job.scope)[0]
    return replace(job, payload=b""), replace(visit, exchange=None)


def _visit(record: Record, payload: bytes) -> Visit | None:
    """Return the visit that a record is of, not yet read; None for records of other things."""
    asked = Asked(record.url, ROBOTS_TXT if is_robots_txt(record.url) else "")
    if record.kind == "metadata" and not record.url.startswith(RUN):
        said = dict(warc.parsed(record.block))
        nothing = Exchange(record.url, record.at, b"", b"")
        return unanswered(asked, nothing, State(said.get("state", State.FAILED)), said.get("reason", ""))
    if record.kind in {"response", "revisit"} and "warc-truncated" not in record.fields:
        return answered(asked, Exchange(record.url, record.at, b"", record.block + payload))
    return None


def play(
    archive: Archive,
    todo: Iterable[Job],
    observe: Observe,
    prepared: Callable[[Iterable[Job]], Iterable[Prepared]] = lambda todo: map(prepare, todo),
) -> Played:
    """Store what the jobs hold, in their order.

    Args:
        archive: the archive to store it in.
        todo: the records.
        observe: `pipelines.store.observation`.
        prepared: what reads them: `prepare` for each, in this process or in others, in the same order.

    Raises:
        ArchiveError: the archive cannot be written.
    """
    played, group = Played(), Group(archive, lambda: None)
    for job, visit in prepared(todo):
        if visit is not None:
            group.save(observe(_judged(archive, job, visit), job.scope, job.run_id))
            played.answers += 1
        elif job.record.kind in {"warcinfo", "metadata"}:
            group.commit()
            _turn(archive, job)
        if group.size >= MOST:
            group.commit()
    group.commit()
    return played


def _judged(archive: Archive, job: Job, visit: Visit) -> Visit:
    """Return the visit with what the archive has to say, in the order in which the pipelines ask it."""
    visit = known(visit, archive)
    original = repeated(visit, archive) if job.record.kind == "revisit" else None
    return checked(placed(visit, job.record.place, original), job.scope)


def _turn(archive: Archive, job: Job) -> None:
    """Begin a run that the database does not know, or end one that it does not know to have ended."""
    record = job.record
    if record.kind == "warcinfo":
        scope = job.scope
        if runs.restore(archive, job.run_id, scope.command, scope.site, scope.begun):
            mark(Frontier(archive, scope.site), scope)
        return
    said = dict(warc.parsed(record.block))
    boilerplate.retrim(archive, job.scope.site)
    runs.finish(archive, job.run_id, said["outcome"], json.loads(said["counts"]), record.at)
