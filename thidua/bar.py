"""A bar that shows how far a long task has come: on a terminal only."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@contextmanager
def bar(what: str, *, shown: bool, unit: str = "bytes") -> Iterator[Callable[[int, int], None]]:
    """Give a function to be told how much of how much is done, and draw that if stderr is a terminal."""
    console = Console(stderr=True)
    if not shown or not console.is_terminal:
        yield lambda _done, _whole: None
        return
    amount = DownloadColumn() if unit == "bytes" else MofNCompleteColumn()
    columns = (TextColumn("{task.description}"), BarColumn(), amount, TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task(what, total=None)
        yield lambda done, whole: progress.update(task, completed=done, total=whole or None)
