"""The files of a folder that somebody else made: walked through without leaving it, opened without being fooled.

Paths are bytes, relative to the folder, parted by `/`: a mirror's names need be in no encoding that we know.
"""

from __future__ import annotations

import os
import stat
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

OUT = "a link out of the folder"
WITHIN = "a link within the folder"
NO_FILE = "not a regular file"
_LAST = 253_402_300_799  # the end of the year 9999, beyond which Python has no dates
_LONGEST = 1 << 16  # bytes of a line; what is longer comes in pieces


@dataclass(frozen=True, slots=True)
class Found:
    """One entry of the folder; `reason` says in a few words why it is not to be opened, or is empty."""

    path: bytes
    size: int = 0  # bytes
    changed: int = 0  # seconds since 1970, UTC
    reason: str = ""


def shown(path: bytes) -> str:
    """Return a path as text: broken encodings survive as lone surrogates, as the system's own calls write them."""
    return os.fsdecode(path)


def cannot(error: OSError) -> str:
    """Return the reason for which the system refuses a file."""
    return f"cannot be read: {error.strerror}"


def found(top: Path) -> Iterator[Found]:
    """Yield what is in the folder and below, without following any link; folders only where they cannot be read.

    The folder itself may be reached through a link.
    """
    root = os.fsencode(top)
    inside = os.path.realpath(root) + b"/"
    waiting = [b""]
    while waiting:
        folder = waiting.pop()
        try:
            with os.scandir(root + b"/" + folder) as entries:
                for entry in entries:
                    if entry.is_dir(follow_symlinks=False):
                        waiting.append(folder + entry.name + b"/")
                    else:
                        yield _one(folder + entry.name, entry, inside)
        except OSError as error:
            yield Found(folder.rstrip(b"/"), reason=cannot(error))


def _one(path: bytes, entry: os.DirEntry[bytes], inside: bytes) -> Found:
    if entry.is_symlink():
        target = os.path.realpath(entry.path)
        return Found(path, reason=WITHIN if target.startswith(inside) else OUT)
    try:
        status = entry.stat(follow_symlinks=False)
    except OSError as error:
        return Found(path, reason=cannot(error))
    reason = "" if stat.S_ISREG(status.st_mode) else NO_FILE
    return Found(path, status.st_size, min(max(int(status.st_mtime), 0), _LAST), reason)


@contextmanager
def opened(top: Path, path: bytes) -> Iterator[IO[bytes]]:
    """Open a regular file of the folder for reading; what has become a link or a pipe since is refused, not waited for.

    Raises:
        OSError: it cannot be opened, or is no regular file.
    """
    number = os.open(os.fsencode(top) + b"/" + path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    with os.fdopen(number, "rb") as file:
        if not stat.S_ISREG(os.fstat(number).st_mode):
            raise OSError(0, NO_FILE)
        yield file


def lines(file: IO[bytes]) -> Iterator[bytes]:
    """Yield the lines of a file; it may be one that never ends its line."""
    while line := file.readline(_LONGEST):
        yield line


def joined(folder: bytes, relative: bytes) -> bytes | None:
    """Return the path that `relative` means in a folder of the mirror, or None where it leads out of it."""
    parts = folder.split(b"/") if folder else []
    for part in relative.split(b"/"):
        if part == b"..":
            if not parts:
                return None
            parts.pop()
        elif part not in {b"", b"."}:
            parts.append(part)
    return b"/".join(parts)
