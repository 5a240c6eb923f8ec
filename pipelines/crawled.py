"""The records of crawls, out of the archive's WARC files in their order: jobs for `pipelines.replay` to play.

What runs brought in from elsewhere is read by `pipelines.brought`, which puts it in between.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from archive import captures, warc
from archive.errors import RecordError
from archive.warc import Place, Record
from crawler.scope import Scope

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import datetime

    from archive.database import Archive

    Lose = Callable[[str], None]  # is told, in a line, of what could not be read

LIVE = "live"
_AHEAD = 10_000  # records that may have been read and not yet stored; many more than ever are


@dataclass(frozen=True, slots=True)
class Job:
    """One record to be stored, and the run that it is from.

    `payload` is that of the record it revisits, which lies at `original`. What was brought in has another `source` than
    `live`, and the `url` and the moment (`at`, aware) that it is a capture of; a record's own words may differ.
    """

    scope: Scope
    run_id: int
    record: Record
    payload: bytes = b""
    source: str = LIVE
    url: str = ""
    at: datetime | None = None
    original: Place | None = None


def jobs(
    archive: Archive, files: Sequence[tuple[str, int]], lose: Lose | None = None, recent: Recent | None = None
) -> Iterator[Job]:
    """Yield the records of these WARC files of crawls in their order, each file from an offset on.

    Files of runs that brought something in are left to `pipelines.brought`. With `lose`, what is damaged or not there
    is told and passed over.

    Raises:
        RecordError: a file is damaged, or its first record does not say which run it is from.
    """
    recent = recent or Recent(archive)
    before: Job | None = None
    for at, (file, start) in enumerate(files):
        first = _begun(archive, file, lose, before, [name for name, _ in files[at + 1 :]])
        if first is None or warc.is_intake(first.record):
            continue
        before = first
        yield first
        for record in _records(archive, file, max(start, first.record.place.length), lose):
            if record.kind == "response" and record.digest:
                recent.note(record)
            try:
                payload = recent.payload(record)
            except RecordError as error:
                _told(error, lose)
            else:
                yield replace(first, record=record, payload=payload)


def _records(archive: Archive, file: str, start: int, lose: Lose | None) -> Iterator[Record]:
    if lose is None:
        return warc.records(archive.folder, file, start)
    return warc.salvaged(archive.folder, file, start, lambda damage: lose(damage.error))


def _begun(archive: Archive, file: str, lose: Lose | None, before: Job | None, later: Sequence[str]) -> Job | None:
    """Return a file's first record, which says which run it is from; None for an empty file.

    Where it is damaged, what the files beside it say of the site holds for this one too; its name has the rest.
    """
    try:
        return _first(archive, file)
    except RecordError as error:
        _told(error, lose)
    near = before or next((job for name in later if (job := _readable(archive, name))), None)
    named = warc.run_of(file)
    if near is None or named is None:
        return None
    run, begun = named
    made_up = Record(Place(file, 0, 0), "warcinfo", {}, b"")
    return Job(replace(near.scope, begun=begun, accept=False), run, made_up)


def _first(archive: Archive, file: str) -> Job | None:
    """Return a file's first record with what it says of the run that wrote it; None for an empty file."""
    first = next(warc.records(archive.folder, file), None)
    if first is None:
        return None
    said = warc.parsed(first.block)
    if first.kind != "warcinfo" or not {"thidua-run", "thidua-site", "thidua-recheck"} <= dict(said).keys():
        raise RecordError(f"{archive.folder / file}: does not begin as a crawl's file does; put it somewhere else")
    return Job(Scope.of_fields(said, archive.folder), int(dict(said)["thidua-run"]), first)


def _readable(archive: Archive, file: str) -> Job | None:
    try:
        return _first(archive, file)
    except RecordError:
        return None


def _told(error: RecordError, lose: Lose | None) -> None:
    """Pass over what is damaged, or do not."""
    if lose is None:
        raise error
    lose(str(error))


class Recent:
    """Finds payloads that later records repeat: in the archive, and in what was read and is not stored there yet."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._places: OrderedDict[str, Place] = OrderedDict()

    def note(self, record: Record) -> None:
        """Remember where a payload is; the first record that has it counts."""
        self._places.setdefault(record.digest, record.place)
        if len(self._places) > _AHEAD:
            self._places.popitem(last=False)

    def place(self, digest: str) -> Place | None:
        """Return where the record lies that has the payload of this digest; None for nowhere."""
        place = self._places.get(digest)
        if place is None and digest:
            with self._archive.read() as conn:
                original = captures.original(conn, digest)
                place = captures.place(conn, original.id) if original else None
        return place

    def payload(self, record: Record) -> bytes:
        """Return the payload that a `revisit` record stands for; nothing where the server said it is the same.

        Raises:
            RecordError: the record that has it is not there.
        """
        if record.kind != "revisit" or not record.fields.get("warc-profile", "").endswith("identical-payload-digest"):
            return b""
        place = self.place(record.digest)
        if place is None:
            path, offset = self._archive.folder / record.place.file, record.place.offset
            raise RecordError(f"{path}: what the record at byte {offset} repeats ({record.url}) is not there")
        return warc.payload_of(warc.read(self._archive.folder, place).block)
