"""Other people's programs, each in an environment of its own: they want other libraries than we do."""

from __future__ import annotations

import fcntl
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from typing import TYPE_CHECKING
from urllib.error import URLError

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PATIENCE = 30  # s: pywb takes five to start on a quiet machine


def programs(config: pytest.Config, name: str, *requirements: str) -> Path:
    """Return the folder of a package's programs, installed once a checkout; skip the test where it cannot be."""
    assert config.cache is not None
    home = config.cache.mkdir(name)
    with alone(home.with_name(f"{name}.lock")):  # the other processes of this run of the tests want it too
        if not (home / "complete").exists():
            subprocess.run([sys.executable, "-m", "venv", "--clear", str(home)], check=True)
            install = [str(home / "bin" / "pip"), "install", "--quiet", "--retries", "1", *requirements]
            done = subprocess.run(install, capture_output=True, text=True, timeout=600, check=False)
            if done.returncode:
                pytest.skip(f"{name} cannot be installed here: {done.stderr.strip().splitlines()[-1]}")
            (home / "complete").touch()
    return home / "bin"


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """Wait until no other process holds this lock file, and hold it for as long as the block lasts."""
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def fetched(url: str) -> tuple[bytes, str]:
    """Return the body of a loopback URL's answer, and its Content-Encoding."""
    with urllib.request.urlopen(url, timeout=10) as answer:  # noqa: S310 - a URL of our own
        return answer.read(), answer.headers["Content-Encoding"] or ""


@contextmanager
def running(command: list[str | Path], url: str, folder: Path) -> Iterator[None]:
    """Run a server in a folder for as long as the block lasts, from when it answers at its URL."""
    log = folder / "log"
    with log.open("w") as out, subprocess.Popen(command, cwd=folder, stdout=out, stderr=out) as process:
        try:
            deadline = time.monotonic() + PATIENCE
            while not _answers(url):
                assert process.poll() is None, log.read_text()
                assert time.monotonic() < deadline, log.read_text()
                time.sleep(0.1)
            yield
        finally:
            process.terminate()
            process.wait(10)


def _answers(url: str) -> bool:
    try:
        fetched(url)
    except (URLError, ConnectionError):
        return False
    return True
