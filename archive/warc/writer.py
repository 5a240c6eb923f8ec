"""Writes the WARC files of an archive: what went over the wire, as it was, in the order in which it was stored.

Format: WARC 1.1 (ISO 28500:2017), one gzip member a record. A run writes files of its own, named by its number, so
that files are never touched again once the run has ended and their names sort in the order of time. Each file begins
with a `warcinfo` record; a run that ended in good order closes with a `metadata` record that says how.
"""

import json
import os
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from io import BytesIO
from pathlib import Path

from fastwarc.stream_io import GzipWriter
from fastwarc.warc import WarcRecord, WarcRecordType, metadata, request, resource, response, revisit, warcinfo

from archive.errors import translated_writing
from archive.times import stamp
from archive.warc.names import FOLDER, stem
from archive.warc.records import FIELDS, RUN, Exchange, Original, Place, digest_of, fields, payload_of

LARGEST = 1_000_000_000  # bytes: files of 1 GB are what the standard's annex C recommends
LEVEL = 6  # of gzip: 9 saves 0.4 % more and takes a third longer
IDENTICAL = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
NOT_MODIFIED = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"
_ANSWER = "application/http; msgtype=response"
_CONTENT = (
    (response, _ANSWER),
    (revisit, _ANSWER),
    (resource, "text/html"),  # unless it is said otherwise
    (request, "application/http; msgtype=request"),
    (warcinfo, FIELDS),
    (metadata, FIELDS),
)


class Writer:
    """Appends the records of one run. The first one makes the file, so a run that asked for nothing leaves none.

    Args:
        folder: the archive folder.
        run: the run's number.
        begun: when it began (aware).
        about: what its `warcinfo` says, as names and values.
        largest: bytes after which a new file is begun.
    """

    def __init__(
        self, folder: Path, run: int, begun: datetime, about: Iterable[tuple[str, str]], largest: int = LARGEST
    ) -> None:
        self._folder = folder
        self._run = run
        self._stem = stem(run, begun)
        self._about = tuple(about)
        self._largest = largest
        self._serial = 0
        self._file: _File | None = None
        self._info = ""  # the name of the file's warcinfo record

    def append(self, exchange: Exchange, original: Original | None = None, *, modified: bool = True) -> Place:
        """Append an answer and its request; return the place of the answer's record.

        With `original` it becomes a `revisit` record: of an identical payload, or where the server said that nothing
        was modified (`modified` false).

        Raises:
            ArchiveError: the disk is full or cannot be written; the file ends where it did before.
        """
        payload = payload_of(exchange.response)
        named = {"WARC-Payload-Digest": digest_of(payload)} if modified else {}  # a 304 has none to speak of
        if exchange.address:
            named["WARC-IP-Address"] = exchange.address
        if exchange.truncated:
            named["WARC-Truncated"] = exchange.truncated
        if original is None:
            return self._pair(response, exchange, named, exchange.response)
        named["WARC-Profile"] = IDENTICAL if modified else NOT_MODIFIED
        named |= {"WARC-Refers-To-Target-URI": original.url, "WARC-Refers-To-Date": original.captured_at}
        return self._pair(revisit, exchange, named, exchange.response.removesuffix(payload))

    def keep(self, exchange: Exchange, named: Mapping[str, str]) -> Place:
        """Append a `response` record of what was captured elsewhere, with more named fields; return its place.

        With a `WARC-Profile` (in small letters) among these it is a `revisit` record, as the one that it is a copy of.

        Raises:
            ArchiveError: as `append`.
        """
        if "warc-profile" in named:
            return self._pair(revisit, exchange, named, exchange.response)
        digest = {"WARC-Payload-Digest": digest_of(payload_of(exchange.response))}
        return self._pair(response, exchange, {**digest, **named}, exchange.response)

    def keep_file(self, url: str, at: datetime, content_type: str, body: bytes, named: Mapping[str, str]) -> Place:
        """Append a `resource` record: a page as a file, captured at an aware moment, without what a server said of it.

        Raises:
            ArchiveError: as `append`.
        """
        own = {"Content-Type": content_type or "text/html", "WARC-Payload-Digest": digest_of(body)}
        return self._pair(resource, Exchange(url, at, b"", b""), {**own, **named}, body)

    def note(self, exchange: Exchange, pairs: Iterable[tuple[str, str]]) -> Place:
        """Append a `metadata` record, such as why a request had no good answer; return its place.

        What did come of an answer is kept in a `response` record before it.

        Raises:
            ArchiveError: as `append`.
        """
        if exchange.response:
            self.append(exchange)
            exchange = replace(exchange, request=b"")
        return self._pair(metadata, exchange, {}, fields(pairs))

    def finish(self, outcome: str, counts: Mapping[str, object], at: datetime) -> None:
        """Append how the run ended, when (aware), and what it counted; and wait until it is on the disk.

        Raises:
            ArchiveError: as `append`.
        """
        said = [("outcome", outcome), ("counts", json.dumps(counts, ensure_ascii=False))]
        self.note(Exchange(f"{RUN}{self._run}", at, b"", b""), said)
        self.sync()

    @property
    def used(self) -> bool:
        """Whether anything was appended."""
        return self._file is not None

    def sync(self) -> None:
        """Wait until all that was appended is on the disk.

        Raises:
            ArchiveError: it cannot be written.
        """
        if self._file is not None:
            self._file.sync()

    def close(self) -> None:
        """Close the file. Doing so twice is harmless."""
        if self._file is not None:
            self._file.close()
            self._file = None

    def _pair(self, kind: WarcRecordType, exchange: Exchange, named: Mapping[str, str], block: bytes) -> Place:
        """Append a record and the request that it answers; return the place of the first."""
        file = self._opened(exchange.at)
        shared = {"WARC-Target-URI": exchange.url, "WARC-Date": stamp(exchange.at), "WARC-Warcinfo-ID": self._info}
        name = _name()
        member = _member(kind, name, {**shared, **named}, block)
        asked = b""
        if exchange.request:
            asked = _member(request, _name(), {**shared, "WARC-Concurrent-To": name}, exchange.request)
        return Place(file.name, file.append(member + asked), len(member))

    def _opened(self, at: datetime) -> "_File":
        """Return the file to write to: a new one where there is none yet, or the last one is full."""
        if self._file is not None and self._file.end < self._largest:
            return self._file
        self.sync()
        self.close()
        self._file = self._next()
        self._info = _name()
        self._file.append(info(self._info, stamp(at), self._file.path.name, self._about))
        return self._file

    def _next(self) -> "_File":
        """Make the next file. A name that is taken is never written to again."""
        while True:
            name = f"{FOLDER}/{self._stem}-{self._serial:05d}.warc.gz"
            self._serial += 1
            if not (self._folder / name).exists():
                return _File(self._folder, name)


class _File:
    """A file that only grows, by whole pieces. `name` is its path within the archive folder, `end` its size."""

    def __init__(self, folder: Path, name: str) -> None:
        self.name = name
        self.path = folder / name
        self.end = 0
        self._synced = 0
        with translated_writing(self.path):
            if not self.path.parent.is_dir():
                self.path.parent.mkdir()
            self._descriptor = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o644)
            _sync_folder(self.path.parent)  # or the name could be lost with the power, and rows would point nowhere

    def append(self, data: bytes) -> int:
        """Append the data, wholly or not at all; return where it begins."""
        start = self.end
        with translated_writing(self.path):
            try:
                written = 0
                while written < len(data):
                    written += os.write(self._descriptor, data[written:] if written else data)
            except OSError:
                os.ftruncate(self._descriptor, start)
                os.lseek(self._descriptor, start, os.SEEK_SET)
                raise
        self.end += len(data)
        return start

    def sync(self) -> None:
        if self._synced < self.end:
            with translated_writing(self.path):
                os.fdatasync(self._descriptor)
            self._synced = self.end

    def close(self) -> None:
        os.close(self._descriptor)


def info(name: str, at: str, file: str, about: Iterable[tuple[str, str]]) -> bytes:
    """Return the `warcinfo` record of a file, as a gzip member.

    Args:
        name: the record's own, `<urn:uuid:…>`.
        at: its date, as `archive.times.stamp` writes it.
        file: the file's name.
        about: what it says, as names and values.
    """
    return _member(warcinfo, name, {"WARC-Date": at, "WARC-Filename": file}, fields(about))


def _member(kind: WarcRecordType, name: str, named: Mapping[str, str], block: bytes) -> bytes:
    """Return a record as a gzip member."""
    record = WarcRecord()
    record.init_headers(kind, content_length=len(block))
    record.record_id = name
    for key, value in {"Content-Type": _content(kind), **named, "WARC-Block-Digest": digest_of(block)}.items():
        record.headers[key] = value
    record.set_bytes_content(block)
    out = BytesIO()
    writer = GzipWriter(out, compression_level=LEVEL)
    record.write(writer)
    writer.finish()
    return out.getvalue()


def _content(kind: WarcRecordType) -> str:
    """Return the content type of a record's block."""
    return next(content for each, content in _CONTENT if each == kind)


def _name() -> str:
    """Return a new record's name."""
    return f"<urn:uuid:{uuid.uuid4()}>"


def _sync_folder(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
