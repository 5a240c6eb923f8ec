"""Brings what was found into an archive's log: notes where it lies, or copies what it holds."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote, unquote

from archive import sources, warc
from archive.errors import RecordError
from archive.sources import Source
from archive.warc import Exchange
from crawler.pages import urls
from crawler.sources import mirror
from pipelines import copied
from pipelines.contents import digest_of
from pipelines.elsewhere import begins_with
from pipelines.rules import Rules
from pipelines.sieve import Candidate, judged, source_of, unfit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from archive.warc import Holding, Record
    from crawler.sources.mirror import Kept
    from pipelines.finding import Found
    from pipelines.intake import Intake

TOGETHER = 500  # captures copied between two waits for the disk


def bring_in(  # noqa: PLR0913 - what has been found out, by name
    intake: Intake, found: Found, hosts: set[str], digests: dict[Path, str], *, copy: bool, tick: Callable[[int], None]
) -> None:
    """Write a file or folder into the log: where it lies, or what it holds; nothing, if that stands there already.

    Args:
        intake: the run.
        found: it, looked through.
        hosts: whose pages are taken.
        digests: as for `pipelines.contents.identify`.
        copy: whether what could be read where it lies is copied all the same.
        tick: as for `pipelines.contents.look_through`.

    Raises:
        RecordError: it cannot be read any more.
        ArchiveError: the archive cannot be written.
    """
    for host, number in found.pages.items():
        if host not in hosts:
            found.leave(host, number)
    source = _wanted(found, hosts, lambda known: _lies_there(known, digests, tick), copy=copy)
    if source is None:
        return
    _check_place(intake, source)
    found.brought = True
    if not source.id:
        with intake.archive.write() as conn:
            source = sources.add(conn, intake.run_id, source)
    if source.copied and not source.complete:
        _copy(intake, found, source, tick)
    intake.refer(source)
    found.taken = source.captures


def _wanted(found: Found, hosts: set[str], lies_there: Callable[[Source], bool], *, copy: bool) -> Source | None:
    """Return what is to stand in the log, perhaps what an earlier run has begun; None if that stands there."""
    known, here = found.known, sorted(host for host in found.pages if host in hosts)
    source = Source(
        kind="mirror" if found.holding is None else "warc",
        path=str(found.path),
        digest=found.digest,
        bytes=found.bytes,
        hosts=tuple(here),
        inside=found.inside,
        copied=copy or found.must_copy,
        captures=sum(found.pages[host] for host in here),
        left_out=dict(found.left_out),
    )
    if known is None:
        return source
    both = tuple(sorted({*here, *known.hosts}))
    if not known.complete:
        return replace(known, path=source.path) if known.copied or not source.copied else replace(source, hosts=both)
    if not known.copied and source.copied:
        return replace(known, path=source.path, hosts=both, copied=True, complete=False, reached="", id=0)
    if not set(here) <= set(known.hosts):
        return replace(source, copied=source.copied or known.copied, hosts=both)
    if known.copied or known.path == source.path or lies_there(known):
        return None
    return replace(known, path=source.path, id=0)  # it has moved


def _check_place(intake: Intake, source: Source) -> None:
    """See that a file is not in the place of another one, whose captures are read there.

    Raises:
        RecordError: it is.
    """
    with intake.archive.read() as conn:
        before = [sources.find(conn, digest, source.inside) for digest in sources.digests_at(conn, source.path)]
    for each in before:
        if each and each.path == source.path and not each.copied and not begins_with(Path(each.path), each):
            raise RecordError(
                f"{source.name}: holds something else than when it was imported; put the file back that was there, and "
                "import this one from another place"
            )


def _lies_there(source: Source, digests: dict[Path, str], tick: Callable[[int], None]) -> bool:
    """Tell whether a file is still where it was brought in from."""
    try:
        return digest_of(Path(source.path), digests, tick) == source.digest
    except RecordError:
        return False


# --- copying ----------------------------------------------------------------------------------------------------------


def _copy(intake: Intake, found: Found, source: Source, tick: Callable[[int], None]) -> None:
    """Copy what is taken of a file or folder, from where an earlier run was stopped."""
    rules, reached = Rules(intake.archive.folder), source.reached

    def taken(url: str) -> bool:
        return urls.host(url) in source.hosts and not rules.skips(url)

    pieces = _pages(intake, found, source, taken) if found.holding is None else _records(intake, found.holding, source)
    for number, piece in enumerate(pieces, 1):
        reached = piece.reached
        tick(piece.size)
        if taken(piece.url):
            if intake.copied.holds(rules.key(piece.url), piece.url, piece.at, piece.digest()):
                found.held += 1
            else:
                piece.keep()
                intake.copied.add(piece.url, piece.at, piece.digest())
        if number % TOGETHER == 0:
            _mark(intake, source, reached)
    _mark(intake, source, reached)


def _mark(intake: Intake, source: Source, reached: str) -> None:
    intake.sync()
    with intake.archive.write() as conn:
        sources.reach(conn, source, reached)


class _Piece(NamedTuple):
    """A capture to be copied: of which page and when, what has its digest, and what copies it.

    `reached` is how far one is with it, `size` how many bytes it has.
    """

    reached: str
    size: int
    url: str
    at: datetime
    digest: Callable[[], str]
    keep: Callable[[], object]


def _pages(intake: Intake, found: Found, source: Source, taken: Callable[[str], bool]) -> Iterator[_Piece]:
    """Yield the pages of a mirror, those that are taken as the site had them."""
    after = unquote(source.reached, errors="surrogateescape")
    for page in mirror.walk(found.path, lambda _why: None, after, found.inside, restores=taken):
        if unfit(page.url, page.at):
            continue
        digest = partial(warc.digest_of, page.body)
        reached = quote(page.file, errors="surrogateescape")  # a name may be in no encoding
        yield _Piece(reached, len(page.body), page.url, page.at, digest, partial(_keep_page, intake, found, page))


def _records(intake: Intake, holding: Holding, source: Source) -> Iterator[_Piece]:
    """Yield the captures of a WARC file."""
    for record in warc.walk(holding, lambda _damage: None, int(source.reached or 0)):
        candidate = judged(record)
        if isinstance(candidate, Candidate):
            size = record.place.length or len(record.block)
            digest = partial(copied.digest_of, record, candidate)
            keep = partial(_keep_record, intake, holding, record, candidate)
            reached = str(record.place.offset + record.place.length)
            yield _Piece(reached, size, candidate.url, candidate.at, digest, keep)


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
    repeated.setdefault("warc-profile", warc.IDENTICAL)  # what is meant where a tool leaves it out
    origin = f"{holding.path.as_uri()}#{record.place.offset}"
    intake.keep(exchange, source_of(record, "warc"), origin, repeated if record.kind == "revisit" else None)


_OF_REVISITS = ("warc-profile", "warc-payload-digest", "warc-refers-to-target-uri", "warc-refers-to-date")
