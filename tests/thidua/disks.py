"""Small disks, to be filled up or made read-only."""

from __future__ import annotations

import os
import subprocess
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from tests.samplesite import Site

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.samplesite import Response

MOUNT, UNMOUNT = "/bin/mount", "/bin/umount"
ROOMY = 64_000_000  # bytes: more than any crawl of a test needs


class Disk:
    """A small file system of its own, in memory."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._ballast = path / "ballast"

    def fill(self) -> None:
        """Take all the room that is left."""
        with self._ballast.open("ab", buffering=0) as file:
            for piece in (1 << 16, 1 << 12, 1):
                while _written(file.fileno(), piece):
                    pass

    def make_room(self) -> None:
        self._ballast.unlink(missing_ok=True)
        self.remount(f"size={ROOMY}")

    def remount(self, options: str) -> None:
        subprocess.run([MOUNT, "-o", f"remount,{options}", str(self.path)], check=True)


def _written(descriptor: int, size: int) -> bool:
    try:
        return os.write(descriptor, bytes(size)) > 0
    except OSError:
        return False


@contextmanager
def disk(path: Path, size: int = ROOMY) -> Iterator[Disk]:
    """Mount a file system of `size` bytes; skip the test where that is not allowed."""
    path.mkdir(parents=True, exist_ok=True)
    options = ["-t", "tmpfs", "-o", f"size={size}", "thidua-test", str(path)]
    if os.geteuid() or not os.access(MOUNT, os.X_OK):
        pytest.skip("only root can mount a small file system to fill up")
    done = subprocess.run([MOUNT, *options], capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip(f"no small file system to fill up can be mounted here: {done.stderr.strip()}")
    try:
        yield Disk(path)
    finally:
        subprocess.run([UNMOUNT, "--lazy", str(path)], check=True)


class Filling(Site):
    """A site that takes all the room on a disk when it is asked for its n-th page."""

    def __init__(self, disk: Disk, after: int, articles: int) -> None:
        super().__init__(articles=articles, categories=3)
        self._disk = disk
        self._left = after

    def render(self, target: str, visit: int = 1, if_none_match: str = "", if_modified_since: str = "") -> Response:
        self._left -= 1
        if self._left == 0:
            self._disk.fill()
        return super().render(target, visit, if_none_match, if_modified_since)
