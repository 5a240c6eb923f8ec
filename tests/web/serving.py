"""`thidua serve` as a process of its own, on a port that is free."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ROOM = re.compile(r"The reading room is open: (http://127\.0\.0\.1:\d+/) \(Ctrl-C closes it\)\n")


def started(folder: Path, *options: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "thidua", "serve", "--archive", str(folder), "--port", "0", *options]
    return subprocess.Popen(command, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def address(process: subprocess.Popen[str]) -> str:
    """Return where the room is, as the command says."""
    assert process.stdout is not None
    line = process.stdout.readline()
    match = ROOM.fullmatch(line)
    assert match, (line, process.communicate(timeout=10))
    return match[1]


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """Give the address of a room, and close it as a person does."""
    process = started(folder)
    try:
        yield address(process)
    finally:
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=20)
