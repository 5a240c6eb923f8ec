"""What WARC files and mirrors some paths lead to."""

from __future__ import annotations

import os
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from archive import warc
from archive.errors import ArchiveError, RecordError
from crawler.sources import mirror

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from archive.sources import Source
    from archive.warc import Holding

    Tell = Callable[[str], None]

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

    def lose(self, why: str) -> None:
        """Count something that is left out for a reason."""
        self.left_out[why] += 1

    def leave(self, host: str, number: int = 1) -> None:
        """Count pages that are left out since they are of another host."""
        self.left_out[OTHER_HOST] += number
        self.others[host] += number


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
