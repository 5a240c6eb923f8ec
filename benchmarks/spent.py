"""Processor time of a command with all processes that it starts, also those that it does not wait for (Linux)."""

from __future__ import annotations

import ctypes
import os
import resource
from contextlib import suppress
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

_PR_SET_CHILD_SUBREAPER = 36
T = TypeVar("T")


def spent(work: Callable[[], T]) -> tuple[T, float]:
    """Return what the work returns, and the processor seconds of all processes started by it.

    Those that read pages for an import are not children of it: they become ours when it has ended. No other process
    of ours may be running: this waits for all.
    """
    ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    result = work()
    with suppress(ChildProcessError):  # none is left
        while True:
            os.wait()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return result, after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
