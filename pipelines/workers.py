"""Reads records in several processes, in their order: reading a page takes longer than all else that is done to it."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections import deque
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from itertools import islice
from multiprocessing import forkserver, resource_tracker
from typing import TYPE_CHECKING

from pipelines.replay import Prepared, prepare
from pipelines.shield import shielded

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from concurrent.futures import Future

    from crawler.visit import Visit
    from pipelines.crawled import Job

    _Read = tuple[Visit | None, str]

TOGETHER = 16  # records handed over at a time
AHEAD = 3  # portions for each process, so that none waits while the archive is being written


def cores() -> int:
    """Return how many processor cores this process may use."""
    return len(os.sched_getaffinity(0))


def preparing(processes: int) -> Callable[[Iterable[Job]], Iterator[Prepared]]:
    """Return what reads records, for `pipelines.replay.play`: here where `processes` is 1, else in so many."""
    return partial(map, prepare) if processes <= 1 else partial(_spread, processes=processes)


def _spread(todo: Iterable[Job], processes: int) -> Iterator[Prepared]:
    """Yield the records as read by other processes, in order. Only a few are on their way at any time."""
    jobs = iter(todo)
    with shielded():
        _shield()
    context = multiprocessing.get_context("forkserver")
    pool = ProcessPoolExecutor(processes, mp_context=context, initializer=_begin)
    waiting: deque[tuple[list[Job], Future[list[_Read]]]] = deque()
    try:
        while True:
            while len(waiting) < processes * AHEAD and (portion := list(islice(jobs, TOGETHER))):
                with shielded():  # a pool that is interrupted while it starts its thread cannot be shut down
                    waiting.append((portion, pool.submit(_read, portion)))
            if not waiting:
                return
            portion, future = waiting.popleft()
            yield from (Prepared(job, *read) for job, read in zip(portion, future.result(), strict=True))
    finally:
        pool.shutdown(cancel_futures=True)


def _read(jobs: list[Job]) -> list[_Read]:
    """In another process: read records, and give back nothing that was given."""
    return [(read.visit, read.fault) for read in map(prepare, jobs)]


def _shield() -> None:
    """Start the server that the processes are forked from with Ctrl-C held back from it, and so from all of them.

    Ctrl-C is for the one that started them. One that died of it before it could ignore it would leave the pool waiting
    for ever (CPython issue 94777).
    """
    forkserver.set_forkserver_preload(["__main__", __name__])  # once, and not again in every process
    resource_tracker.ensure_running()  # else the server starts it, and that lets Ctrl-C through again
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        forkserver.ensure_running()
    finally:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})


def _begin() -> None:
    """In another process: end when the one that started this has, however it did."""
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
