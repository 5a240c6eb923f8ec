"""What runs brought in from elsewhere, read in the order in which it was captured.

The files of such runs stand in the archive's log beside those of crawls. They hold captures, or name files of captures
that lie elsewhere. All of these are looked through first, and their places written down in a temporary database, sorted
by time; then each is read where it lies, between what crawls were answered before and after. So what comes out does not
depend on what was brought in first, and takes no more memory for many captures than for few.
"""

from __future__ import annotations

import itertools
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from archive import runs, sources, warc
from archive.errors import RecordError
from archive.sources import Source
from archive.times import stamp
from crawler.pages import urls
from crawler.scope import Scope
from pipelines.crawled import Job
from pipelines.elsewhere import OTHER, begins_with, still_elsewhere
from pipelines.index import Entry, Index
from pipelines.origin import run_of
from pipelines.rules import Rules
from pipelines.sieve import judged, source_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from archive.database import Archive
    from archive.warc import Place, Record
    from pipelines.crawled import Lose, Recent
    from pipelines.origin import Run

    Tick = Callable[[int, int], None]


class Brought:
    """All captures that were brought into an archive.

    Args:
        archive: what they are to be stored in. Its runs and sources are made again from the log.
        files: the archive's WARC files; those of crawls are passed over.
        lose: is told of what is not there any more.
        damaged: is told of what was damaged already when it was brought in, or has become so.
        tick: is told now and then how many bytes of how many have been looked through.
    """

    def __init__(self, archive: Archive, files: Sequence[str], lose: Lose, damaged: Lose, tick: Tick) -> None:
        self._archive = archive
        self._lose = lose
        self._damaged = damaged
        self._tick = tick
        self._done, self._whole = 0, sum((archive.folder / file).stat().st_size for file in files)
        self._rules = Rules(archive.folder)
        self._scopes: dict[str, Scope] = {}
        self.files: set[str] = set()  # of the runs that brought something in
        self._index = Index()
        try:
            elsewhere = still_elsewhere([pair for file in files for pair in self._log(file)], lose)
            self._whole = self._done + sum({source.path: source.bytes for _, source in elsewhere}.values())
            for run, source in elsewhere:
                self._look_through(run, source)
        except BaseException:
            self._index.close()
            raise

    @property
    def bytes(self) -> int:
        """How many bytes of records there are to be read."""
        return self._index.bytes

    @property
    def scopes(self) -> list[Scope]:
        """The sites that there are captures of."""
        return list({scope.site: scope for scope in self._scopes.values()}.values())

    def close(self) -> None:
        """Let go of the temporary database."""
        self._index.close()

    # --- looking through ----------------------------------------------------------------------------------------------

    def _log(self, file: str) -> Iterator[tuple[Run, Source]]:
        """Note the captures in a file of a run that brought some in; yield what it names that was brought in."""
        records = warc.salvaged(self._archive.folder, file, 0, lambda damage: self._lose(damage.error))
        first = next(records, None)
        run = run_of(first, file) if first is not None else None
        if first is None or run is None:
            return
        self.files.add(file)
        runs.restore(self._archive, run.id, run.command, run.site, run.begun)
        for record in itertools.chain([first], records):
            self._looked(record)
            if record.kind == "metadata":
                yield from self._told(run, record)
            else:
                self._note(record, run, source_of(record, "warc"))

    def _told(self, run: Run, record: Record) -> Iterator[tuple[Run, Source]]:
        """Take a note of the log: how the run ended, or what it brought in; yield that where it lies elsewhere."""
        said = warc.parsed(record.block)
        if record.url.startswith(warc.RUN):
            outcome, counts = dict(said)["outcome"], json.loads(dict(said)["counts"])
            runs.finish(self._archive, run.id, outcome, counts, record.at)
            return
        source = Source.of_fields(said)
        with self._archive.write() as conn:
            if sources.find(conn, source.digest, source.inside) is None:
                sources.add(conn, run.id, source)
        yield run, source

    def _look_through(self, run: Run, source: Source) -> None:
        """Note the captures in a file that lies elsewhere."""
        try:
            if not begins_with(Path(source.path), source):
                self._lose(f"{source.name}: {OTHER}")
                return
            holdings = [
                each for each in warc.holdings(Path(source.path), self._damaged) if each.inside == source.inside
            ]
            if not holdings:
                self._lose(f"{source.name}: {OTHER}")
            for holding in holdings:
                for record in warc.walk(holding, self._damaged):
                    self._looked(record)
                    self._note(record, run, source_of(record, source.kind), source.hosts)
        except RecordError as error:
            self._lose(str(error))

    def _looked(self, record: Record) -> None:
        self._done += record.place.length
        self._tick(min(self._done, self._whole), self._whole)

    def _note(self, record: Record, run: Run, kind: str, hosts: Sequence[str] | None = None) -> None:
        """Note a record, if it is a capture of a page of one of the hosts."""
        found = judged(record, run.begun)
        if isinstance(found, str):
            return
        host = urls.host(found.url)
        if (hosts is None or host in hosts) and not self._scope(host).profile.skips(found.url):
            self._index.add(Entry.of(record, found.url, stamp(found.at), kind, run.id))

    def _scope(self, host: str) -> Scope:
        """Return what the readers are told of a host's site."""
        if host not in self._scopes:
            self._scopes[host] = Scope.of(self._rules.profile(host), command="import")
        return self._scopes[host]

    # --- reading ------------------------------------------------------------------------------------------------------

    def among(self, crawled: Iterator[Job], recent: Recent) -> Iterator[Job]:
        """Yield the jobs of crawls, and before each what was captured by then and brought in from elsewhere."""
        brought = self._index.entries()
        entry = next(brought, None)
        reached = ""
        for job in crawled:
            if "warc-date" in job.record.fields:  # one is made up where a file's beginning is damaged
                reached = max(reached, stamp(job.record.at))
            while entry is not None and entry.at < reached:
                yield from self._noted(entry, recent)
                entry = next(brought, None)
            yield job
        while entry is not None:
            yield from self._noted(entry, recent)
            entry = next(brought, None)

    def _noted(self, entry: Entry, recent: Recent) -> Iterator[Job]:
        """Yield the job of an entry; a crawl's later answer may repeat it."""
        original = self._index.original(entry) or recent.place(entry.digest) if entry.repeats else None
        if entry.repeats and original is None:
            self._damaged(f"{entry.file}: what the record at byte {entry.offset} repeats ({entry.url}) is not there")
            return
        for job in self.read(entry, original):
            if entry.is_own and job.record.kind == "response" and job.record.digest:
                recent.note(job.record)
            yield job

    def read(self, entry: Entry, original: Place | None) -> Iterator[Job]:
        """Yield the job of an entry, with what it repeats; nothing, which is told, where that cannot be read."""
        folder = self._archive.folder
        try:
            record = warc.read(folder, entry.place)
            payload = _repeated(record, warc.read(folder, original)) if original else b""
        except RecordError as error:
            self._lose(str(error))
            return
        scope = self._scope(urls.host(entry.url))
        url = urls.tidy(scope.profile.address(entry.url))
        at = datetime.fromisoformat(entry.at).astimezone(UTC)
        yield Job(scope, entry.run, record, payload, entry.source, url, at, original)


def _repeated(record: Record, original: Record) -> bytes:
    """Return what a record repeats of another: the payload, or all of it where it has no header of its own."""
    answer = warc.http_of(original)
    return warc.payload_of(answer) if warc.http_of(record) else answer
