from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from crawler.lock import HeldError, Lock

if TYPE_CHECKING:
    from pathlib import Path

HOLD = """
import pathlib, sys
from crawler.lock import Lock
with Lock(pathlib.Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_a_held_lock_names_its_holder(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as holder:
        assert holder.stdout is not None
        holder.stdout.readline()
        with pytest.raises(HeldError, match=f"process {holder.pid}"), Lock(tmp_path):
            pass
        holder.kill()


def test_the_lock_dies_with_its_process(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as holder:
        assert holder.stdout is not None
        holder.stdout.readline()
        holder.kill()
        holder.wait()
    with Lock(tmp_path):
        pass


def test_a_lock_let_go_can_be_taken_again(tmp_path: Path) -> None:
    with Lock(tmp_path):
        pass
    with Lock(tmp_path):
        pass
