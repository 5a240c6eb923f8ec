"""Brings WARC files, WACZ files and mirrors into an archive: looks each through, and notes or copies what it holds."""

from __future__ import annotations

import hashlib
import os
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from archive import captures, sources, warc
from archive.errors import ArchiveError
from archive.sources import Source
from archive.times import stamp
from archive.warc import Exchange, Holding
from crawler import sites
from crawler.pages import urls
from crawler.sources import mirror
from pipelines.sieve import Candidate, judged

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from archive.database import Archive
    from archive.warc import Record
    from crawler.sites import Profile
    from crawler.sources.mirror import Kept
    from pipelines.intake import Intake

TOGETHER = 500  # captures copied between two waits for the disk
ENOUGH = 0.1  # of the pages of the host that has most: of hosts with fewer there are frames and links, not a site
OTHER_HOST = "pages of other hosts"


class NothingError(ArchiveError):
    """A path leads to nothing that can be brought in; the message names it and says what can."""


@dataclass(slots=True)
class Found:
    """What one file or folder holds.

    `pages` are how many pages of which host; `left_out` says what else there is, by reason; `damage` has a line for
    each stretch that could not be read.
    """

    holding: Holding | None  # None for a mirror
    path: Path
    inside: str = ""
    digest: str = ""
    bytes: int = 0
    pages: Counter[str] = field(default_factory=Counter)
    left_out: Counter[str] = field(default_factory=Counter)
    damage: list[str] = field(default_factory=list)
    known: Source | None = None  # as it was brought in before

    @property
    def name(self) -> str:
        """What to call it."""
        return self.holding.name if self.holding else str(self.path)


# --- looking through --------------------------------------------------------------------------------------------------


def expanded(paths: Sequence[Path], tell: Callable[[str], None]) -> list[Found]:
    """Return the WARC files and mirrors that the paths lead to, in their order, not yet looked through.

    `tell` is told, in a line, of what is in a WACZ or a folder of files and cannot be brought in.

    Raises:
        NothingError: one of the paths leads to nothing of the kind.
    """
    found: dict[tuple[Path, str], Found] = {}
    for path in paths:
        for each in _expanded(path, tell):
            found.setdefault((each.path, each.inside), each)
    return list(found.values())


def _expanded(path: Path, tell: Callable[[str], None]) -> Iterator[Found]:
    where = _resolved(path)
    if where.is_file():
        said: list[str] = []
        held = warc.holdings(where, said.append)
        if not held:
            raise NothingError("; ".join(said) or f"{path}: is no WARC or WACZ file")
        for line in said:
            tell(line)
        yield from (Found(holding, where, holding.inside) for holding in held)
        return
    files = list(_files(where, tell))
    for file in files:
        yield from (Found(holding, file, holding.inside) for holding in warc.holdings(file, tell))
    if not files:
        if not mirror.is_mirror(where):
            raise NothingError(f"{path}: holds no .warc, .warc.gz or .wacz file, and no page saved by wget or HTTrack")
        yield Found(None, where)


def _resolved(path: Path) -> Path:
    """Return where a path leads to."""
    try:
        where = path.resolve(strict=True)
        str(where).encode()
    except UnicodeEncodeError:
        raise NothingError(f"{path!r}: its name is not UTF-8, so it cannot be written down; rename it") from None
    except (OSError, RuntimeError) as error:
        why = getattr(error, "strerror", None) or "leads round in a circle"
        raise NothingError(f"{path}: {why}; give a WARC or WACZ file, a folder of these, or a mirror") from error
    if not (where.is_file() or where.is_dir()):
        raise NothingError(f"{path}: is neither a file nor a folder")
    return where


def _files(folder: Path, tell: Callable[[str], None]) -> Iterator[Path]:
    """Yield the WARC and WACZ files in a folder and the folders in it, by name; links out of it are not followed."""
    for at, folders, names in os.walk(folder, onerror=lambda error: tell(f"{error.filename}: {error.strerror}")):
        folders.sort()
        for name in sorted(names):
            path = Path(at) / name
            if not name.lower().endswith((".warc", ".warc.gz", ".wacz")):
                continue
            if path.is_symlink() and not path.resolve().is_relative_to(folder):
                tell(f"{path}: is a link out of the folder, and was not followed")
            else:
                yield path.resolve()


def look_through(found: Found, archive: Archive, profile: Profile | None, tick: Callable[[int], None]) -> None:
    """Fill in what a file or folder holds, unless it was brought in before.

    Args:
        found: where it is.
        archive: the archive that it is for.
        profile: the site that is asked for, or None for any.
        tick: is told how many bytes have been looked at since the last time.

    Raises:
        ArchiveError: it cannot be read.
    """
    if found.holding is None:
        found.digest, found.bytes = _listing(found.path)
    else:
        found.digest, found.bytes = warc.digest_of_file(found.path), found.path.stat().st_size
    with archive.read() as conn:
        found.known = sources.find(conn, found.digest, found.inside)
    if found.known and found.known.complete:
        return
    skips = _Skips(archive.folder)
    if found.holding is None:
        for page in mirror.walk(found.path, lambda why: found.left_out.update([why])):
            tick(len(page.body))
            _count(found, page.url, skips, profile)
        return
    for record in warc.walk(found.holding, found.damage.append):
        tick(record.place.length)
        if not record.place.length:  # it shares its gzip member with others, and cannot be pointed at
            found.holding = replace(found.holding, addressable=False)
        candidate = judged(record)
        if isinstance(candidate, Candidate):
            _count(found, candidate.url, skips, profile)
        elif candidate:
            found.left_out[candidate] += 1


class _Skips:
    """Tells why a page is to be left out by the rules of its site's profile."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._profiles: dict[str, Profile] = {}

    def __call__(self, url: str) -> str:
        host = urls.host(url)
        if host not in self._profiles:
            self._profiles[host] = sites.for_url(f"http://{host}/", self._folder)
        return self._profiles[host].skips(url)


def _count(found: Found, url: str, skips: _Skips, profile: Profile | None) -> None:
    if profile is not None and not urls.same_site(url, profile.hosts):
        found.left_out[OTHER_HOST] += 1
    elif why := skips(url):
        found.left_out[why] += 1
    else:
        found.pages[urls.host(url)] += 1


def _listing(folder: Path) -> tuple[str, int]:
    """Return a digest of what lies in a folder (names, sizes, times), and how many bytes that is."""
    digest, size = hashlib.sha256(), 0
    for at, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted(names):
            path = Path(at) / name
            seen = path.lstat()
            size += seen.st_size
            digest.update(
                f"{path.relative_to(folder)}\0{seen.st_size}\0{seen.st_mtime_ns}\n".encode(errors="surrogateescape")
            )
    return digest.hexdigest(), size


def hosts_of(found: Sequence[Found], archive: Archive) -> set[str]:
    """Return the hosts whose pages are to be taken: those that most are of, and those that are known of as sites."""
    pages = sum((each.pages for each in found), Counter[str]())
    bare = Counter[str]()
    for host, number in pages.items():
        bare[host.removeprefix("www.")] += number
    most = max(bare.values(), default=0)
    with archive.read() as conn:
        held = {row[0] for row in conn.execute("SELECT DISTINCT site FROM pages")}

    profiled = set(sites.keys(archive.folder))

    def wanted(host: str) -> bool:
        key = sites.for_url(f"http://{host}/", archive.folder).key
        return bare[host.removeprefix("www.")] >= ENOUGH * most or key in held or key in profiled

    return {host for host in pages if wanted(host)}


# --- bringing in ------------------------------------------------------------------------------------------------------


def bring_in(intake: Intake, found: Found, hosts: set[str], *, copy: bool, tick: Callable[[int], None]) -> None:
    """Write a file or folder into the log: where it lies, or what it holds.

    Args:
        intake: the run.
        found: it, looked through.
        hosts: whose pages are taken.
        copy: whether what could be read where it lies is copied all the same.
        tick: as for `look_through`.

    Raises:
        ArchiveError: the archive cannot be written.
    """
    if found.known and found.known.complete and found.known.path == str(found.path):
        return
    others = sum(number for host, number in found.pages.items() if host not in hosts)
    if others:
        found.left_out[OTHER_HOST] += others
    source = found.known or _source(found, hosts, copied=copy or _must_copy(found))
    if found.known and found.known.complete:  # it has moved
        source = replace(source, path=str(found.path), id=0)
    if not source.id:
        with intake.archive.write() as conn:
            source = sources.add(conn, intake.run_id, source)
    if source.copied and not (found.known and found.known.complete):
        _copy(intake, found, source, tick)
    intake.refer(source)


def _must_copy(found: Found) -> bool:
    return found.holding is None or not found.holding.addressable


def _source(found: Found, hosts: set[str], *, copied: bool) -> Source:
    taken = {host: number for host, number in found.pages.items() if host in hosts}
    kind = "mirror" if found.holding is None else "warc"
    return Source(
        kind=kind,
        path=str(found.path),
        digest=found.digest,
        bytes=found.bytes,
        hosts=tuple(sorted(taken)),
        inside=found.inside,
        copied=copied,
        captures=sum(taken.values()),
        left_out=dict(found.left_out),
    )


def _copy(intake: Intake, found: Found, source: Source, tick: Callable[[int], None]) -> None:
    """Copy what is taken of a file or folder, from where an earlier run was stopped."""
    skips, reached = _Skips(intake.archive.folder), source.reached
    for number, piece in enumerate(_keepers(intake, found, source, skips), 1):
        reached = piece.reached
        piece.keep()
        tick(piece.size)
        if number % TOGETHER == 0:
            _mark(intake, source, reached)
    _mark(intake, source, reached)


def _mark(intake: Intake, source: Source, reached: str) -> None:
    intake.sync()
    with intake.archive.write() as conn:
        sources.reach(conn, source, reached)


class _Piece(NamedTuple):
    """A capture to be copied: how far one is with it, how many bytes it has, and what copies it."""

    reached: str
    size: int
    keep: Callable[[], object]


_Pieces = Iterator[tuple[str, "datetime", Callable[[], str], _Piece]]


def _keepers(intake: Intake, found: Found, source: Source, skips: _Skips) -> Iterator[_Piece]:
    """Yield what is to be copied of a source and is not here yet."""
    pieces = _pages(intake, found, source) if found.holding is None else _records(intake, found.holding, source)
    for url, at, digest, piece in pieces:
        if urls.host(url) in source.hosts and not skips(url) and not _is_held(intake, url, at, digest()):
            yield piece


def _pages(intake: Intake, found: Found, source: Source) -> _Pieces:
    """Yield the pages of a mirror: address, moment, what gives the digest, and the piece."""
    for page in mirror.walk(found.path, lambda _why: None, after=source.reached):
        digest = partial(warc.digest_of, page.body)
        yield page.url, page.at, digest, _Piece(page.file, len(page.body), partial(_keep_page, intake, found, page))


def _records(intake: Intake, holding: Holding, source: Source) -> _Pieces:
    """Yield the captures of a WARC file in the same way."""
    for record in warc.walk(holding, lambda _damage: None, int(source.reached or 0)):
        candidate = judged(record)
        if isinstance(candidate, Candidate):
            answer = warc.http_of(record)
            reached = str(record.place.offset + record.place.length)
            keep = partial(_keep_record, intake, holding, record, candidate)
            yield candidate.url, candidate.at, partial(_payload_digest, answer), _Piece(reached, len(answer), keep)


def _payload_digest(answer: bytes) -> str:
    return warc.digest_of(warc.payload_of(answer))


def _is_held(intake: Intake, url: str, at: datetime, digest: str) -> bool:
    with intake.archive.read() as conn:
        return captures.is_held(conn, urls.key(url), stamp(at), digest)


def _keep_page(intake: Intake, found: Found, page: Kept) -> None:
    """Copy a page of a mirror."""
    origin = (found.path / page.file).as_uri()
    if page.status == HTTPStatus.OK:
        intake.keep_file(page.url, page.at, page.content_type, page.body, origin)
        return
    location = f"Location: {page.location}\r\n" if page.location else ""
    head = f"HTTP/1.1 {page.status}\r\nContent-Type: {page.content_type or 'text/html'}\r\n{location}\r\n"
    intake.keep(Exchange(page.url, page.at, b"", head.encode("utf-8", "surrogateescape") + page.body), "mirror", origin)


def _keep_record(intake: Intake, holding: Holding, record: Record, candidate: Candidate) -> None:
    """Copy a record."""
    exchange = Exchange(candidate.url, candidate.at, b"", warc.http_of(record))
    repeated = {name: record.fields[name] for name in _OF_REVISITS if name in record.fields}
    origin = f"{holding.path.as_uri()}#{record.place.offset}"
    intake.keep(exchange, "warc", origin, repeated if record.kind == "revisit" else None)


_OF_REVISITS = ("warc-profile", "warc-payload-digest", "warc-refers-to-target-uri", "warc-refers-to-date")
