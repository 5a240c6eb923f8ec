"""Other people's programs, each in an environment of its own: they want other libraries than we do."""

from __future__ import annotations

import fcntl
import random
import shutil
import socket
import subprocess
import sys
import tarfile
import time
import urllib.request
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING
from urllib.error import URLError

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PATIENCE = 30  # s: pywb takes five to start on a quiet machine
# What reads web archives and feeds, in one environment: to install them is what takes most of the time.
# setuptools: pywb and wacz ask it for their own version by pkg_resources, which later ones have no more.
WEB = ("web-tools-1", "pywb==2.10.0", "wacz==0.6.0", "fastfeedparser==0.6.5", "setuptools<81")


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


def package(config: pytest.Config, name: str, version: str) -> Path:
    """Return the folder of an npm package, without what it depends on, fetched once a checkout; else skip the test."""
    assert config.cache is not None
    home = config.cache.mkdir(f"{name}-{version}")
    npm = shutil.which("npm")
    if npm is None:
        pytest.skip(f"{name} cannot be fetched here: there is no npm")
    with alone(home.with_name(f"{home.name}.lock")):
        if not (home / "complete").exists():
            fetch = [npm, "pack", "--silent", f"{name}@{version}"]
            done = subprocess.run(fetch, cwd=home, capture_output=True, text=True, timeout=300, check=False)
            if done.returncode:
                pytest.skip(f"{name} cannot be fetched here: {done.stderr.strip().splitlines()[-1]}")
            with tarfile.open(home / f"{name}-{version}.tgz") as packed:
                packed.extractall(home, filter="data")
            (home / "complete").touch()
    return home / "package"


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


def unused_port() -> int:
    """Return a port of loopback at which nobody listens, and which the system gives to none who asks for any port.

    Those are from 32768 on (Linux, `ip_local_port_range`): of them, another test may be given one at any moment.
    """
    while True:
        port = random.SystemRandom().randrange(15_000, 30_000)
        with suppress(OSError), socket.create_server(("127.0.0.1", port)):
            return port


@contextmanager
def running(command: list[str | Path], url: str, folder: Path) -> Iterator[None]:
    """Run a server in a folder for as long as the block lasts, from when it answers at its URL."""
    log = folder / "log"
    with (
        log.open("w") as out,
        subprocess.Popen(command, cwd=folder, stdout=out, stderr=out) as process,
    ):
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
