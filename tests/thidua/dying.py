"""A `thidua` that dies by `kill -9` at a step of its own work, so that no instant is out of a test's reach.

A step is each SQL statement, and each call that writes to a WARC file, waits for the disk, or cuts a file. The process
kills itself before the step is taken; of a write it takes the first part, as the kernel does when a process is killed
inside one.
"""

from __future__ import annotations

import os
import random
import signal
import sqlite3
from typing import TYPE_CHECKING, Any

from tests.thidua.conftest import PROCESSES, _command

if TYPE_CHECKING:
    from multiprocessing.process import BaseProcess
    from pathlib import Path

COARSE = ("BEGIN", "COMMIT")  # the statements that are steps where the finer ones are not


class _Death:
    """Counts steps and dies at one of them."""

    def __init__(self, step: int, *, fine: bool, seed: int) -> None:
        self._left = step
        self._fine = fine
        self._random = random.Random(seed)

    def step(self) -> bool:
        """Count a step; tell whether it is the last."""
        self._left -= 1
        return self._left <= 0

    def said(self, statement: str) -> None:
        if (self._fine or statement.startswith(COARSE)) and self.step():
            die()

    def connect(self, *args: Any, **kwargs: Any) -> sqlite3.Connection:
        connection: sqlite3.Connection = _connect(*args, **kwargs)
        connection.set_trace_callback(self.said)
        return connection

    def write(self, descriptor: int, data: bytes) -> int:
        if self.step():
            _write(descriptor, data[: self._random.randrange(len(data) + 1)])
            die()
        return _write(descriptor, data)

    def fdatasync(self, descriptor: int) -> None:
        if self.step():
            die()
        _fdatasync(descriptor)

    def truncate(self, path: Path, length: int) -> None:
        if self.step():
            die()
        _truncate(path, length)


_connect, _write, _fdatasync, _truncate = sqlite3.connect, os.write, os.fdatasync, os.truncate


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _doomed(arguments: list[str], out: Path, err: Path, step: int, fine: bool) -> None:
    """In a new process: be the `thidua` command up to a step."""
    death = _Death(step, fine=fine, seed=step)
    sqlite3.connect = death.connect  # type: ignore[assignment] # the process lives for this alone
    os.write, os.fdatasync, os.truncate = death.write, death.fdatasync, death.truncate  # type: ignore[assignment] # the same
    _command(arguments, out, err)


def doomed(arguments: list[str], folder: Path, step: int, *, fine: bool) -> BaseProcess:
    """Start a `thidua` that dies at its step of that number, if it gets so far.

    Args:
        arguments: of the command line.
        folder: where its output goes.
        step: which one, from 1.
        fine: every SQL statement is a step, not only the beginnings and ends of transactions.
    """
    process = PROCESSES.Process(target=_doomed, args=(arguments, folder / "out", folder / "err", step, fine))
    process.start()
    return process
