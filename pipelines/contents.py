"""What the files and folders that were found are known as, what each holds of pages, and whose pages are taken."""

from __future__ import annotations

import hashlib
import os
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from archive import sources, warc
from archive.errors import RecordError
from crawler import sites
from crawler.pages import urls
from crawler.sources import mirror
from pipelines.rules import Rules
from pipelines.sieve import Candidate, judged, unfit

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from archive.database import Archive
    from crawler.sites import Profile
    from pipelines.finding import Found

ENOUGH = 0.1  # of the pages of the host that has most: of hosts with fewer there are frames and links, not a site


# --- as what it is known ----------------------------------------------------------------------------------------------


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


# --- what it holds ----------------------------------------------------------------------------------------------------


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
        for page in mirror.walk(found.path, found.lose, base=found.inside, restores=lambda _url: False):
            tick(len(page.body))
            if why := unfit(page.url, page.at):
                found.lose(why)
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
            found.lose(candidate)


def _count(found: Found, url: str, rules: Rules, profile: Profile | None) -> None:
    if profile is not None and not urls.same_site(url, profile.hosts):
        found.leave(urls.host(url))
    elif why := rules.skips(url):
        found.lose(why)
    else:
        found.pages[urls.host(url)] += 1


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
    known, rules = held | set(sites.keys(archive.folder)), Rules(archive.folder)

    def wanted(host: str) -> bool:
        return host.removeprefix("www.") in main or rules.profile(host).key in known

    return {host for each in found for host in each.pages if wanted(host)}
