"""Reads all records of an archive again, with today's readers, into a new database."""

from __future__ import annotations

from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING

from archive import boilerplate, compare, renewal, warc
from archive.errors import ArchiveError, RecordError
from crawler.pages import urls
from pipelines import crawled, origin, overlooked, replay
from pipelines.brought import Brought
from pipelines.crawled import LIVE
from pipelines.replay import Played
from pipelines.rules import Rules
from pipelines.workers import cores, preparing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from archive.compare import Difference
    from archive.database import Archive
    from pipelines.crawled import Job

    Tick = Callable[[int, int], None]  # is told now and then how many bytes of how many have been read

SMALL = 1_000_000  # bytes of WARC files that are read faster here than processes are started


class RefusedError(ArchiveError):
    """The archive would lose something by being replaced; the message says what, and what to do."""


class UnreadableError(RefusedError):
    """Captures that the archive has cannot be read again: a file is absent or was damaged. `lost` says how many."""

    def __init__(self, message: str, lost: str) -> None:
        super().__init__(message)
        self.lost = lost


@dataclass(slots=True)
class Reread:
    """What came of reading everything again: how many files and answers, and a line for whatever could not be read.

    `held` captures were brought in more than once; `damaged` says what could not be read of files from elsewhere. Of
    the faults, those that `stumbled` tells are this program's own.
    """

    files: int = 0
    answers: int = 0
    held: int = 0
    faults: list[str] = field(default_factory=list)
    damaged: list[str] = field(default_factory=list)
    stumbled: list[str] = field(default_factory=list)
    differences: list[Difference] = field(default_factory=list)
    unrecorded: int = 0  # captures made before records were kept


@contextmanager
def again(
    old: Archive, tick: Tick, examples: int = compare.EXAMPLES, processes: int = 0, plan: str = ""
) -> Iterator[tuple[Reread, Archive]]:
    """Give what would be different in the archive were it made again today, and the new one, until the block ends.

    Args:
        old: the archive, open for writing. What a killed run has left is stored in it first.
        tick: is told of the progress.
        examples: how many differences of a kind to keep.
        processes: to read with; 0 for as many as there are cores.
        plan: what goes in, for a run that was stopped to be gone on with (`archive.renewal.built`); empty for none.

    Raises:
        ArchiveError: a file cannot be read or written.
    """
    recovering = _recovered(old)
    page_size = old.conn.execute("PRAGMA page_size").fetchone()[0]
    old.conn.execute("PRAGMA cache_size = -2000")  # KB: it is only compared with, and written to once
    with renewal.built(old.folder, page_size, plan) as new:
        renewal.remember(new, old)
        found = fill(new, tick, processes)
        renewal.carry(new)
        found.faults = list(dict.fromkeys([*recovering, *found.faults]))
        found.differences = list(compare.compare(new.conn, examples))
        found.unrecorded = new.conn.execute("SELECT count(*) FROM captures WHERE warc_file IS NULL").fetchone()[0]
        yield found, new


def _recovered(old: Archive) -> list[str]:
    """Store what a killed run has left, so that only the readers can make a difference; return why that failed."""
    try:
        return replay.recover(old).faults
    except RecordError as error:
        return [str(error)]


def recover(archive: Archive) -> Played:
    """Store what a killed run has left in the WARC files. A database that was lost is made again from all of them.

    Raises:
        ArchiveError: a file cannot be read, or the archive not written.
    """
    if not _is_lost(archive):
        return replay.recover(archive)
    warc.mend(archive.folder, warc.files(archive.folder)[-1])
    with renewal.built(archive.folder) as new:
        renewal.remember(new, archive)
        found = fill(new, lambda _done, _whole: None)
        renewal.replace(new, archive)
    return Played(
        found.answers, found.held, found.stumbled, [line for line in found.faults if line not in found.stumbled]
    )


def _is_lost(archive: Archive) -> bool:
    """Tell whether the database is new and there are files of runs that brought something in.

    These have their places by their time, so that it cannot simply be gone on behind the last answer stored.
    """
    with archive.read() as conn:
        if conn.execute("SELECT EXISTS (SELECT 1 FROM runs)").fetchone()[0]:
            return False
    return any(origin.is_intake(archive.folder, file) for file in warc.files(archive.folder))


def _is_left_out(url: str, rules: Rules) -> bool:
    """Tell whether a page from elsewhere is left out on purpose: by a profile, or as what leads to no article."""
    return not urls.is_page(url) or bool(rules.skips(url))


def fill(new: Archive, tick: Tick, processes: int = 0) -> Reread:
    """Store everything that the WARC files hold in a new archive. What cannot be read is told in the answer.

    Raises:
        ArchiveError: the archive cannot be written.
    """
    found = Reread()
    files = warc.files(new.folder)
    with closing(Brought(new, files, found.faults.append, found.damaged.append, tick)) as brought:
        recent = crawled.Recent(new)
        of_crawls = [(file, 0) for file in files if file not in brought.files]
        live = crawled.jobs(new, of_crawls, found.faults.append, recent)
        whole = brought.bytes + sum((new.folder / file).stat().st_size for file, _ in of_crawls)
        begin = renewal.done(new)
        todo = islice(_counted(brought.among(live, recent), whole, tick), begin, None)
        if not processes:
            processes = cores() if whole > SMALL else 1
        note = partial(_note, new, begin) if renewal.is_planned(new) else lambda _done: None
        played = replay.play(new, todo, preparing(processes), note)
        found.answers = played.answers + overlooked.read(new, brought)
        for scope in brought.scopes:
            boilerplate.retrim(new, scope.site)
    found.files, found.held, found.stumbled = len(files), played.held, played.faults
    found.faults = list(dict.fromkeys([*found.faults, *played.faults]))
    return found


def _note(new: Archive, begin: int, done: int) -> None:
    renewal.note(new, begin + done)


def _counted(todo: Iterable[Job], whole: int, tick: Tick) -> Iterator[Job]:
    """Yield the jobs, and tell how many bytes of records they are of."""
    done = 0
    for job in todo:
        done += job.record.place.length
        tick(min(done, whole), whole)
        yield job
    tick(whole, whole)


def _captures(number: int) -> str:
    return "1 capture" if number == 1 else f"{number:,} captures"


def check(found: Reread, new: Archive) -> None:
    """Raise where something in the old archive is not in the new one for want of a record.

    Raises:
        UnreadableError: captures cannot be read again.
        RefusedError: another reason. Both say how much, and what to do.
    """
    if found.faults or found.damaged:
        rules = Rules(new.folder)
        lost = sum(source == LIVE or not _is_left_out(url, rules) for url, source in compare.lost(new.conn))
    else:
        lost = compare.lost_crawled(new.conn)
    if lost:
        raise UnreadableError(
            f"{new.folder}: {_captures(lost)} cannot be read again, so nothing was changed; restore the WARC files "
            "(`thidua verify` names them), `thidua import` those that have moved from where they are now, or go on "
            "without: `thidua reparse --from-scratch`",
            _captures(lost),
        )
    never, earlier = compare.only_in_old_texts(new.conn)
    if never:
        raise RefusedError(
            f"{new.folder}: {never} articles were read only before records were kept, so nothing was changed; "
            "they are due: run `thidua crawl` once, and then this again"
        )
    if earlier:
        raise RefusedError(
            f"{new.folder}: {earlier} articles had other texts before records were kept, which are nowhere else, so "
            "nothing was changed; to go on without, keeping the old file aside, use --from-scratch"
        )
