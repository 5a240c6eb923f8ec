"""A run that brings in what others have captured: into the log first; `pipelines.settling` takes it from there."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Self

from archive import Archive, runs, sources, warc
from archive.warc import Exchange, Writer
from crawler import sites
from crawler.lock import Lock
from crawler.scope import Scope
from pipelines import reparse
from pipelines.copied import Copied
from pipelines.sieve import SOURCE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from types import TracebackType

    from archive.sources import Source
    from archive.warc import Place
    from crawler.sites import Profile

COMMANDS = ("import", "wayback")
ORIGIN = "WARC-Source-URI"  # of a record: where it was taken from


class Intake:
    """Holds an archive, its lock and a WARC file, which is begun with the first capture. Use it in a `with` block.

    Attributes:
        archive: the archive, open for writing.
    """

    def __init__(self, archive: Archive, lock: Lock, command: str, profiles: Sequence[Profile]) -> None:
        self.archive = archive
        self._lock = lock
        self._command = command
        self._profiles = tuple(profiles)
        self._begun = datetime.now(UTC).replace(microsecond=0)
        self._run_id = 0
        self._writer: Writer | None = None
        self._copied: Copied | None = None

    @classmethod
    def open(cls, folder: Path, command: str, profiles: Sequence[Profile] = ()) -> Self:
        """Open or make the archive in `folder` and take its lock; what a killed crawl left is stored first.

        Args:
            folder: the archive folder.
            command: one of `COMMANDS`.
            profiles: the sites that captures are to be of, as far as that is known.

        Raises:
            HeldError: another run holds the archive.
            SiteError: a profile cannot be kept in the folder.
            ArchiveError: the folder cannot hold an archive, or holds something else.
        """
        archive = Archive.open(folder, create=True)
        lock = Lock(folder)
        try:
            lock.__enter__()
            for profile in profiles:
                sites.keep(profile, folder)
            reparse.recover(archive)
        except BaseException:
            lock.release()
            archive.close()
            raise
        return cls(archive, lock, command, profiles)

    # --- into the log -------------------------------------------------------------------------------------------------

    @property
    def run_id(self) -> int:
        """The run's number. To ask for it begins the run."""
        self._started()
        return self._run_id

    @property
    def files(self) -> tuple[str, ...]:
        """The files that the run has written, as captures name them."""
        return tuple(warc.files(self.archive.folder, [self._run_id]))

    def _started(self) -> Writer:
        """Begin the run, once: one that brings nothing in leaves no trace."""
        if self._writer is None:
            site = self._profiles[0].key if len(self._profiles) == 1 else ""
            self._run_id = runs.begin(self.archive, self._command, site, self._begun)
            self._writer = Writer(self.archive.folder, self._run_id, self._begun, self._about(site))
        return self._writer

    def _about(self, site: str) -> list[tuple[str, str]]:
        hosts = tuple(host for profile in self._profiles for host in profile.hosts)
        scope = Scope(site, hosts, datetime(1997, 1, 1, tzinfo=UTC).date(), command=self._command, begun=self._begun)
        told = [pair for pair in scope.as_fields(self._run_id) if pair[0] not in {"description", "robots"}]
        words = "What others had captured, brought in"
        return [*told, ("description", f"{words} by `thidua {self._command}`"), ("thidua-intake", "1")]

    @property
    def copied(self) -> Copied:
        """Which captures are in the archive's own files."""
        if self._copied is None:
            self._copied = Copied(self.archive, [run for run in self._unfinished() if run != self._run_id])
        return self._copied

    def keep(self, exchange: Exchange, source: str, origin: str, more: Mapping[str, str] | None = None) -> Place:
        """Append an answer that was captured elsewhere (at `exchange.at`) to the log; return the record's place.

        Args:
            exchange: the answer.
            source: `wayback`, `warc` or `mirror`.
            origin: the address or file that it was taken from.
            more: further named fields of its record, such as what it repeats.

        Raises:
            ArchiveError: the disk is full or cannot be written.
        """
        return self._started().keep(exchange, {SOURCE: source, ORIGIN: origin, **(more or {})})

    def keep_file(self, url: str, at: datetime, content_type: str, body: bytes, origin: str) -> Place:
        """Append a page that is there as a file, captured at an aware moment; see `keep` for the rest."""
        return self._started().keep_file(url, at, content_type, body, {SOURCE: "mirror", ORIGIN: origin})

    def refer(self, source: Source) -> None:
        """Write into the log that a source was brought in, wholly: where it lies, or that it was copied.

        Raises:
            ArchiveError: the disk is full or cannot be written.
        """
        note = Exchange(f"{warc.SOURCE}{source.digest}", datetime.now(UTC), b"", b"")
        self._started().note(note, source.as_fields())
        self.sync()
        with self.archive.write() as conn:
            sources.complete(conn, source)

    def sync(self) -> None:
        """Wait until all that was appended is on the disk.

        Raises:
            ArchiveError: it cannot be written.
        """
        self._started().sync()

    # --- what is open, and how it ends --------------------------------------------------------------------------------

    @property
    def pending(self) -> bool:
        """Whether this run or one before, which was stopped, has brought in what is not in the database yet."""
        return bool(self._unfinished())

    def _unfinished(self) -> list[int]:
        with self.archive.read() as conn:
            rows = conn.execute("SELECT id FROM runs WHERE finished_at IS NULL AND command IN (?, ?)", COMMANDS)
            return [row[0] for row in rows]

    def unfinished_sources(self) -> dict[Path, str]:
        """Return where those files and folders lie that a run was stopped at, with the addresses given for mirrors."""
        with self.archive.read() as conn:
            left = [source for source in sources.all_of(conn) if not source.complete]
        return {Path(source.path): source.inside if source.kind == "mirror" else "" for source in left}

    def finish(self, outcome: str, counts: Mapping[str, object]) -> None:
        """Write down how the run ended, into the log and the database; and that those before it, if stopped, are over.

        Raises:
            ArchiveError: it cannot be written.
        """
        now = datetime.now(UTC)
        for run in self._unfinished():
            if run != self._run_id:
                runs.finish(self.archive, run, "interrupted", {}, now)
        if self._writer is None:
            return
        self._writer.finish(outcome, counts, now)
        runs.finish(self.archive, self._run_id, outcome, counts, now)

    def close(self) -> None:
        """Close the archive and let go of its lock; doing so twice is harmless."""
        if self._writer is not None:
            self._writer.close()
        if self._copied is not None:
            self._copied.close()
        self.archive.close()
        self._lock.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
