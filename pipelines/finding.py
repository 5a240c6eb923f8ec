"""What WARC files and mirrors some paths lead to, and what each of them holds of pages."""

from __future__ import annotations

import hashlib
import os
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from archive import sources, warc
from archive.errors import ArchiveError, RecordError
from crawler import sites
from crawler.pages import urls
from crawler.sources import mirror
from pipelines.sieve import Candidate, judged, unfit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from archive.database import Archive
    from archive.sources import Source
    from archive.warc import Holding
    from crawler.sites import Profile

    Tell = Callable[[str], None]

ENOUGH = 0.1  # of the pages of the host that has most: of hosts with fewer there are frames and links, not a site
OTHER_HOST = "pages of other hosts"
_NOTHING = "holds no .warc, .warc.gz or .wacz file, and no page saved by wget or HTTrack"


class NothingError(ArchiveError):
    """The paths lead to nothing that can be brought in; the message names them and says what can."""


@dataclass(slots=True)
class Found:
    """What one file or folder holds.

    `inside` is the name within a WACZ, or the address that was given for a mirror, as in `archive.sources.Source`.
    `pages` are how many pages of which host; `left_out` says what else there is, by reason, and `others` how many
    pages of other hosts are among that; `damage` has a line for each stretch that could not be read. `taken` is how
    many captures were brought in now, `held` how many of them were not copied since the archive has copies of them.
    """

    holding: Holding | None  # None for a mirror
    path: Path
    inside: str = ""
    digest: str = ""
    bytes: int = 0
    pages: Counter[str] = field(default_factory=Counter)
    left_out: Counter[str] = field(default_factory=Counter)
    others: Counter[str] = field(default_factory=Counter)
    damage: list[str] = field(default_factory=list)
    known: Source | None = None  # as it was brought in before
    must_copy: bool = False  # what it holds cannot be read again where it lies
    brought: bool = False  # something was written into the log
    taken: int = 0
    held: int = 0

    @property
    def is_known(self) -> bool:
        """Whether all of it was brought in before, so that it need not be looked through."""
        return self.known is not None and self.known.complete and OTHER_HOST not in self.known.left_out

    @property
    def name(self) -> str:
        """What to call it."""
        return self.holding.name if self.holding else str(self.path)

    def leave(self, host: str, number: int = 1) -> None:
        """Count pages that are left out since they are of another host."""
        self.left_out[OTHER_HOST] += number
        self.others[host] += number


# --- what there is ----------------------------------------------------------------------------------------------------


def expanded(paths: Mapping[Path, str], own: Path, tell: Tell) -> list[Found]:
    """Return the WARC files and mirrors that the paths lead to, in their order, not yet looked through.

    Args:
        paths: files and folders, each with the address of what is in no host's folder in a mirror, or nothing.
        own: the archive's folder: its own WARC files hold what is there already, and are passed over.
        tell: is told, in a line each, of what was there to be read and cannot be.

    Raises:
        NothingError: one of the paths is not there, none leads to anything of the kind, or an address is given for
            what is no mirror.
    """
    found: dict[tuple[Path, str], Found] = {}
    wrong: list[str] = []
    own = own.resolve()
    places = [_resolved(path) for path in paths]
    for (path, url), where in zip(paths.items(), places, strict=True):
        held = _in_file(where, wrong.append) if where.is_file() else _in_folder(path, where, own, wrong.append, url)
        for each in held:
            found.setdefault((each.path, each.inside), each)
    if wrong and not found:
        raise NothingError("; ".join(wrong))
    for line in wrong:
        tell(line)
    ours = {own / file for file in warc.files(own)}
    return [each for each in found.values() if each.path not in ours]


def _resolved(path: Path) -> Path:
    """Return where a path leads to."""
    try:
        str(path).encode()
        where = path.resolve(strict=True)
        str(where).encode()
        if where.is_file() or where.is_dir():
            return where
    except UnicodeEncodeError:
        raise NothingError(f"{str(path)!r}: {_UNWRITABLE}") from None
    except (OSError, RuntimeError, ValueError) as error:
        why = getattr(error, "strerror", None) or "leads round in a circle"
        raise NothingError(f"{path}: {why}; give a WARC or WACZ file, a folder of these, or a mirror") from error
    raise NothingError(f"{path}: is neither a file nor a folder")


_UNWRITABLE = "its name is not UTF-8, so it cannot be written down; rename it"


def _in_file(file: Path, tell: Tell) -> Iterator[Found]:
    try:
        held = warc.holdings(file, tell)
        with warc.reading(file):
            size = file.stat().st_size
    except RecordError as error:
        tell(str(error))
    else:
        for holding in held:
            yield Found(holding, file, holding.inside, bytes=holding.length or size)


def _in_folder(path: Path, folder: Path, own: Path, tell: Tell, url: str) -> Iterator[Found]:
    files = list(_files(folder, tell))
    for file in files:
        yield from _in_file(file, tell)
    if not folder.is_relative_to(own) and mirror.is_mirror(folder):
        yield Found(None, folder, url, must_copy=True)
    elif url:
        raise NothingError(f"{path}: holds no saved page, which --url {url} could be the address of")
    elif not files:
        tell(f"{path}: {_NOTHING}")


def _files(folder: Path, tell: Tell) -> Iterator[Path]:
    """Yield the WARC and WACZ files in a folder and the folders in it, by name; links out of it are not followed."""
    for at, folders, names in os.walk(folder, onerror=lambda error: tell(f"{error.filename}: {error.strerror}")):
        folders.sort()
        for name in sorted(names):
            path = Path(at) / name
            if not name.lower().endswith((".warc", ".warc.gz", ".wacz")):
                continue
            if path.is_symlink() and not _leads_within(path, folder):
                tell(f"{path}: is a link out of the folder or to nothing, and was not followed")
            elif not _is_writable(path):
                tell(f"{str(path)!r}: {_UNWRITABLE}")
            else:
                yield path.resolve()


def _leads_within(link: Path, folder: Path) -> bool:
    """Tell whether a link leads to something within a folder."""
    try:
        return link.resolve(strict=True).is_relative_to(folder)
    except (OSError, RuntimeError):  # the latter where it leads round in a circle
        return False


def _is_writable(path: Path) -> bool:
    """Tell whether a path can be written down."""
    try:
        str(path).encode()
    except UnicodeEncodeError:
        return False
    return True


# --- what it holds ----------------------------------------------------------------------------------------------------


def identify(found: Found, archive: Archive, digests: dict[Path, str], tick: Callable[[int], None]) -> None:
    """Fill in by what content a file or folder is known, and as what it was brought in before.

    Args:
        found: where it is.
        archive: the archive that it is for.
        digests: of files, as far as they are known by now; a WACZ may hold many WARC files, and is read once.
        tick: is told how many bytes have been read since the last time.

    Raises:
        RecordError: it cannot be read.
    """
    if found.holding is None:
        found.digest, found.bytes = _listing(found.path)
    else:
        found.digest = digest_of(found.path, digests, tick)
        with warc.reading(found.path):
            found.bytes = found.path.stat().st_size
    with archive.read() as conn:
        found.known = sources.find(conn, found.digest, found.inside)


def digest_of(file: Path, digests: dict[Path, str], tick: Callable[[int], None]) -> str:
    """Return the SHA-256 of a file, which is read unless its digest is known; see `identify` for the rest."""
    if file not in digests:
        digests[file] = warc.digest_of_file(file, tick=tick)
    return digests[file]


def look_through(found: Found, archive: Archive, profile: Profile | None, tick: Callable[[int], None]) -> None:
    """Fill in what a file or folder that was identified holds, unless all of it was brought in before.

    Args:
        found: it.
        archive: the archive that it is for.
        profile: the site that is asked for, or None for any.
        tick: is told how many bytes have been looked at since the last time.

    Raises:
        RecordError: it cannot be read.
    """
    if found.is_known:
        return
    rules = Rules(archive.folder)
    if found.holding is None:
        for page in mirror.walk(found.path, lambda why: found.left_out.update([why]), base=found.inside):
            tick(len(page.body))
            if why := unfit(page.url, page.at):
                found.left_out[why] += 1
            else:
                _count(found, page.url, rules, profile)
        return
    found.must_copy = not found.holding.addressable
    for record in warc.walk(found.holding, found.damage.append):
        tick(record.place.length)
        candidate = judged(record)
        if isinstance(candidate, Candidate):
            found.must_copy |= not record.place.length
            _count(found, candidate.url, rules, profile)
        elif candidate:
            found.left_out[candidate] += 1


class Rules:
    """Tells why a page is to be left out by the rules of its site's profile, and which page an address means."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._profiles: dict[str, Profile] = {}

    def _profile(self, url: str) -> Profile:
        host = urls.host(url)
        if host not in self._profiles:
            self._profiles[host] = sites.for_url(f"http://{host}/", self._folder)
        return self._profiles[host]

    def skips(self, url: str) -> str:
        """Return why a page is left out, or an empty string."""
        return self._profile(url).skips(url)

    def key(self, url: str) -> str:
        """Return the identity of what an address shows (`crawler.pages.urls.key`)."""
        return urls.key(self._profile(url).address(url))


def _count(found: Found, url: str, rules: Rules, profile: Profile | None) -> None:
    if profile is not None and not urls.same_site(url, profile.hosts):
        found.leave(urls.host(url))
    elif why := rules.skips(url):
        found.left_out[why] += 1
    else:
        found.pages[urls.host(url)] += 1


def _listing(folder: Path) -> tuple[str, int]:
    """Return a digest of what lies in a folder (names, sizes, times), and how many bytes that is."""
    digest, size = hashlib.sha256(), 0
    try:
        for at, folders, names in os.walk(folder):
            folders.sort()
            for name in sorted(names):
                path = Path(at) / name
                seen = path.lstat()
                size += seen.st_size
                said = f"{path.relative_to(folder)}\0{seen.st_size}\0{seen.st_mtime_ns}\n"
                digest.update(said.encode(errors="surrogateescape"))
    except OSError as error:
        raise RecordError(f"{folder}: {error.strerror}: it was changed while it was looked through") from error
    return digest.hexdigest(), size


def hosts_of(found: Sequence[Found], archive: Archive) -> set[str]:
    """Return the hosts whose pages are to be taken: those that most pages of some file are of, and known sites.

    Each file is asked alone, so that it makes no difference which ones are brought in together.
    """
    of_files: dict[Path, Counter[str]] = {}
    for each in found:
        pages = of_files.setdefault(each.path, Counter())
        for host, number in each.pages.items():
            pages[host.removeprefix("www.")] += number
    main = {
        host for pages in of_files.values() for host, number in pages.items() if number >= ENOUGH * max(pages.values())
    }
    with archive.read() as conn:
        held = {row[0] for row in conn.execute("SELECT DISTINCT site FROM pages")}
    known = held | set(sites.keys(archive.folder))

    def wanted(host: str) -> bool:
        return host.removeprefix("www.") in main or sites.for_url(f"http://{host}/", archive.folder).key in known

    return {host for each in found for host in each.pages if wanted(host)}
