"""Stores again what WARC files hold, through the pipelines that stored it when it came.

`archive.db` follows from the WARC files: a run that was killed has records that are not stored yet, which the next run
stores before anything else, and a lost database is made again from all of them. Both are one walk over the records that
`pipelines.crawled` and `pipelines.brought` find there.
"""

from __future__ import annotations

import json
import logging
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, NamedTuple

from archive import boilerplate, captures, runs, warc
from archive.errors import RecordError
from archive.frontier import Frontier
from archive.group import Group
from archive.times import stamp
from archive.warc import Exchange
from crawler.message import unmeasured
from crawler.pages.urls import key
from crawler.session import mark
from crawler.visit import ROBOTS_TXT, Asked, State, Visit, answered, is_robots_txt, unanswered
from pipelines.capture import known, placed, repeated
from pipelines.check import checked
from pipelines.clean import cleaned
from pipelines.crawled import LIVE, Job, jobs
from pipelines.date import dated
from pipelines.observation import observation
from pipelines.read import read

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from archive.database import Archive
    from archive.warc import Record


logger = logging.getLogger(__name__)
MOST = 500  # visits in one transaction


@dataclass(slots=True)
class Played:
    """What came of a walk: how many records were stored, and which could not be read for a fault of this program.

    `held` are captures from elsewhere that were stored already. `lost` says, where the database was made again, what of
    all files could not be read: it is without that.
    """

    answers: int = 0
    held: int = 0
    faults: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)


class Prepared(NamedTuple):
    """A record that was read: no visit where there was nothing to read, and `fault` where the readers stumbled."""

    job: Job
    visit: Visit | None
    fault: str = ""


def recover(archive: Archive) -> Played:
    """Store what a killed run has left in the WARC files; return how many answers that were, and what was lost of it.

    A torn last record is cut off. Where the database is new, or has been lost, that is all there is.

    Raises:
        ArchiveError: a file cannot be read, or the archive not written.
    """
    with archive.read() as conn:
        ends = captures.ends(conn)
    newest = max(ends, default="")
    for last in warc.files(archive.folder)[-1:]:  # the ones before it were mended before it was begun
        warc.mend(archive.folder, last, ends.get(last, 0))
    left = [(file, ends.get(file, 0)) for file in warc.files(archive.folder) if file >= newest]
    try:
        return play(archive, jobs(archive, left))
    except RecordError as error:
        raise RecordError(f"{error}; `thidua reparse --from-scratch` goes on without what is lost") from error


def prepare(job: Job) -> Prepared:
    """Read a record as the pipelines do, up to where the archive has to be asked. Needs nothing but the job."""
    try:
        visit = _visit(job.record, job.payload) if job.source == LIVE else _brought(job)
        if visit is None:
            return Prepared(job, None)
        visit = dated(cleaned(read(visit, job.scope), job.scope)[0], job.scope)[0]
    except Exception as error:  # noqa: BLE001 - as in a crawl: a page that our readers stumble on must not stop the rest
        place = job.record.place
        told = f"{place.file}: fault of this program at byte {place.offset} ({job.record.url}): {error!r}"
        return Prepared(replace(job, payload=b""), None, told)
    return Prepared(replace(job, payload=b""), replace(visit, exchange=None))


def _brought(job: Job) -> Visit:
    """Return the visit that a record from elsewhere is of, not yet read."""
    assert job.at is not None  # noqa: S101 - `pipelines.brought` has given it
    answer = unmeasured(warc.http_of(job.record) + job.payload)
    return answered(Asked(job.url), Exchange(job.url, job.at, b"", answer), job.source)


def _visit(record: Record, payload: bytes) -> Visit | None:
    """Return the visit that a record is of, not yet read; None for records of other things."""
    asked = Asked(record.url, ROBOTS_TXT if is_robots_txt(record.url) else "")
    if record.kind == "metadata" and not record.url.startswith(warc.RUN):
        said = dict(warc.parsed(record.block))
        nothing = Exchange(record.url, record.at, b"", b"")
        return unanswered(asked, nothing, State(said.get("state", State.FAILED)), said.get("reason", ""))
    if record.kind in {"response", "revisit"} and "warc-truncated" not in record.fields:
        return answered(asked, Exchange(record.url, record.at, b"", record.block + payload))
    return None


def play(
    archive: Archive,
    todo: Iterable[Job],
    prepared: Callable[[Iterable[Job]], Iterable[Prepared]] = lambda todo: map(prepare, todo),
    note: Callable[[int], None] = lambda _done: None,
) -> Played:
    """Store what the jobs hold, in their order.

    Args:
        archive: the archive to store it in.
        todo: the records.
        prepared: what reads them: `prepare` for each, in this process or in others, in the same order.
        note: is told how many jobs are done, in each transaction that stores what came of them.

    Raises:
        ArchiveError: the archive cannot be written.
    """
    played, done = Played(), 0
    group = Group(archive, lambda: note(done))
    for job, visit, fault in prepared(todo):
        if fault:
            logger.error("%s", fault)
            played.faults.append(fault)
        elif visit is not None:
            held = job.source != LIVE and _is_held(archive, visit)
            played.held += held
            played.answers += not held
            if not held:
                group.save(observation(judged(archive, job, visit), job.scope, job.run_id))
        elif job.record.kind in {"warcinfo", "metadata"}:
            group.commit()
            _turn(archive, job)
        done += 1
        if group.size >= MOST:
            group.commit()
    group.commit()
    return played


def judged(archive: Archive, job: Job, visit: Visit) -> Visit:
    """Return the visit with what the archive has to say, in the order in which the pipelines ask it."""
    visit = known(visit, archive)
    return checked(placed(visit, job.record.place, _repeats(archive, job, visit)), job.scope)


def _repeats(archive: Archive, job: Job, visit: Visit) -> int | None:
    """Return the capture whose payload a record repeats."""
    if job.original is not None:
        with archive.read() as conn:
            return captures.of_record(conn, job.original.file, job.original.offset)
    original = repeated(visit, archive) if job.source == LIVE and job.record.kind == "revisit" else None
    return original.id if original else None


def _is_held(archive: Archive, visit: Visit) -> bool:
    """Tell whether the archive has the same capture from elsewhere: two files may hold it, and a crawl of ours."""
    capture = visit.reading.capture
    with archive.read() as conn:
        return captures.is_held(conn, key(capture.url), stamp(capture.captured_at), capture.url, capture.digest)


def _turn(archive: Archive, job: Job) -> None:
    """Begin a run that the database does not know, or end one that it does not know to have ended."""
    record = job.record
    if record.kind == "warcinfo":
        scope = job.scope
        if runs.restore(archive, job.run_id, scope.command, scope.site, scope.begun, accepts=scope.accept):
            mark(Frontier(archive, scope.site), scope)
        return
    said = dict(warc.parsed(record.block))
    boilerplate.retrim(archive, job.scope.site)
    runs.finish(archive, job.run_id, said["outcome"], json.loads(said["counts"]), record.at)
