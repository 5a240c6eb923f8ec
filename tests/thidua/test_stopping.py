"""A crawl may end at any moment; the next one goes on from there."""

from __future__ import annotations

import os
import shlex
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from tests.samplesite import Server, Site, serve
from tests.thidua.test_first_crawl import stored, told

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.thidua.conftest import Ran

CONCURRENCY = 4


def crawling(server: Server[Site], folder: Path, after: int) -> subprocess.Popen[str]:
    """Start a crawl and return when it has asked for so many pages."""
    command = [sys.executable, "-m", "thidua", "crawl", server.url, "--archive", str(folder)]
    started = subprocess.Popen(
        [*command, "--delay", "0", "--concurrency", str(CONCURRENCY)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    deadline = time.monotonic() + 30
    while server.requests.total() < after:
        assert time.monotonic() < deadline, started.communicate()
        time.sleep(0.005)
    return started


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_stops_it_cleanly_and_says_how_to_go_on(
    how: signal.Signals, crawl: Callable[..., Ran], tmp_path: Path
) -> None:
    site = Site(articles=120, categories=3)
    with serve(site) as server:
        started = crawling(server, tmp_path / "data", after=20)
        started.send_signal(how)
        out, err = started.communicate(timeout=30)
        assert started.returncode == 130
        assert "to go on" in out
        assert "Traceback" not in err
        assert crawl().status == 0
        asked = server.requests.total()
    assert stored(tmp_path / "data") == told(site)
    assert asked <= len(set(site.pages())) + 5 + 2 * 3 + 4, "what was in flight is stored: only the checks of a new run"


def test_a_killed_crawl_loses_and_doubles_nothing(crawl: Callable[..., Ran], tmp_path: Path) -> None:
    site = Site(articles=120, categories=3)
    kills = 3
    with serve(site) as server:
        for kill in range(kills):
            started = crawling(server, tmp_path / "data", after=25 * (kill + 1))
            started.kill()
            started.communicate()
        assert crawl().status == 0
        asked = server.requests.total()
    assert stored(tmp_path / "data") == told(site)
    assert asked <= len(set(site.pages())) + kills * (CONCURRENCY + 2 * 3 + 4) + 5


def test_a_disk_without_room_stops_it_and_loses_nothing(crawl: Callable[..., Ran], tmp_path: Path) -> None:
    site = Site(articles=120, categories=3)
    command = [sys.executable, "-m", "thidua", "crawl", "--archive", str(tmp_path / "data"), "--delay", "0"]
    with serve(site) as server:
        # No file may grow beyond 3000 blocks of 512 bytes: to SQLite that is a disk it cannot write to any more.
        shell = f"ulimit -f 3000; exec {shlex.join([*command, server.url])}"
        full = subprocess.run(["/bin/sh", "-c", shell], capture_output=True, text=True, timeout=60, check=False)
        kept = stored(tmp_path / "data")
        assert crawl().status == 0
    assert full.returncode == 1
    assert len(full.stderr.splitlines()) == 1
    assert str(tmp_path / "data") in full.stderr
    assert 0 < len(kept) < 120
    assert stored(tmp_path / "data") == told(site)


def test_two_crawls_of_one_archive_do_not_run_at_once(crawl: Callable[..., Ran], tmp_path: Path) -> None:
    site = Site(articles=120, categories=3)
    with serve(site) as server:
        started = crawling(server, tmp_path / "data", after=10)
        second = crawl(server.url)
        started.communicate(timeout=60)
    assert second.status == 4
    assert f"process {started.pid}" in second.said()
    assert started.returncode == 0


def test_an_archive_can_be_read_while_it_is_being_crawled(thidua: Callable[..., Ran], tmp_path: Path) -> None:
    with serve(Site(articles=400, categories=3)) as server:
        started = crawling(server, tmp_path / "data", after=150)  # 50 pages are committed at a time
        seen = thidua("status", "--json").json["articles"]
        found = thidua("search", "thi dua", "--json")
        assert started.poll() is None, "the crawl goes on"
        started.communicate(timeout=60)
    assert 0 < seen < 400
    assert found.status == 0
    assert found.json


def test_a_pipe_that_closes_early_is_no_error(tmp_path: Path, crawl: Callable[..., Ran]) -> None:
    with serve(Site(articles=30)) as server:
        crawl(server.url)
    read, write = os.pipe()
    os.close(read)
    command = [sys.executable, "-m", "thidua", "status", "--archive", str(tmp_path / "data")]
    ran = subprocess.run(command, stdout=write, stderr=subprocess.PIPE, text=True, check=False)
    os.close(write)
    assert ran.stderr == ""
