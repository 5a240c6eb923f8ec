"""Exit statuses (design §5), and the errors that carry them to `thidua.cli.main`."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from archive.errors import ArchiveError, QueryError

if TYPE_CHECKING:
    from collections.abc import Iterator

DONE = 0
FAILED = 1
WRONG_USE = 2  # click's own too
UNWELL = 3
HELD = 4  # another crawl holds the archive
INTERRUPTED = 130  # as shells say it: 128 and the number of SIGINT


class Failure(click.ClickException):
    """Raised by a verb that cannot do what it was asked: one line for stderr, and the exit status."""

    def __init__(self, message: str, status: int = FAILED) -> None:
        super().__init__(message)
        self.status = status


@contextmanager
def told() -> Iterator[None]:
    """Turn the archive's errors inside the block into a line and a status: 2 for a senseless query, else 1."""
    try:
        yield
    except QueryError as error:
        raise Failure(str(error), WRONG_USE) from error
    except ArchiveError as error:
        raise Failure(str(error)) from error
