"""One crawl at a time an archive: a lock that dies with the process that holds it."""

from __future__ import annotations

import fcntl
import os
from typing import TYPE_CHECKING, Self

from archive.errors import ReadOnlyError

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType

NAME = "crawl.lock"


class HeldError(Exception):
    """Raised on entering a `Lock` while another process holds it."""


class Lock:
    """Holds `crawl.lock` in an archive's folder by flock(2): the kernel lets go of it when the process ends, however.

    Entering raises HeldError where another process holds the lock, and the message names that process; ReadOnlyError
    where the file cannot be made or written. It stays: deleting it would let two processes hold two files of one name.
    """

    def __init__(self, folder: Path) -> None:
        self._path = folder / NAME
        self._descriptor: int | None = None

    def __enter__(self) -> Self:
        try:
            self._descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
            self._hold(self._descriptor)
        except OSError as error:
            self.release()
            message = f"{self._path}: {error.strerror}; the lock of a crawl must be a file that can be written there"
            raise ReadOnlyError(message) from error
        except HeldError:
            self.release()
            raise
        return self

    def _hold(self, descriptor: int) -> None:
        """Take the lock, and write into the file who has it."""
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            holder = os.read(descriptor, 32).decode("ascii", "replace").strip() or "unknown"
            message = f"another run (process {holder}) holds the archive {self._path.parent}: wait for it"
            raise HeldError(message) from error
        os.ftruncate(descriptor, 0)
        os.write(descriptor, f"{os.getpid()}\n".encode("ascii"))

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()

    def release(self) -> None:
        """Let go of the lock; doing so twice is harmless."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None
