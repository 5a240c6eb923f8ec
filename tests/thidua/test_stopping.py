"""A crawl may end at any moment; the next one goes on from there."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING, Any

import pytest

from tests.faultserver import faults
from tests.samplesite import Server, Site, serve
from tests.thidua.pausing import Pausing
from tests.thidua.state import assert_sound
from tests.thidua.test_first_crawl import stored, told

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.faultserver import FaultServer
    from tests.thidua.conftest import Ran

ARTICLES, CATEGORIES, CONCURRENCY = 120, 3, 4
HALF = 60  # pages asked for when a crawl is stopped
CHECKS = 2 + 2 * CATEGORIES  # what any run asks for: robots.txt, the home page, two pages a category


def crawling(
    server: Server[Any] | FaultServer, folder: Path, after: int, *options: str, delay: str = "0"
) -> subprocess.Popen[str]:
    """Start a crawl and return when it has asked for so many pages."""
    command = [sys.executable, "-m", "thidua", "crawl", server.url, "--archive", str(folder), *options]
    started = subprocess.Popen(
        [*command, "--delay", delay, "--concurrency", str(CONCURRENCY)],
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
    site = Pausing(ARTICLES, before=HALF)
    with serve(site) as server:
        started = crawling(server, tmp_path / "data", after=HALF)
        started.send_signal(how)
        site.on.set()
        out, err = started.communicate(timeout=30)
        assert started.returncode == 130
        assert "to go on" in out
        assert "Traceback" not in err
        assert_sound(tmp_path / "data")
        assert crawl().status == 0
        asked = server.requests.total()
    assert stored(tmp_path / "data") == told(site)
    assert asked <= len(set(site.pages())) + 1 + CHECKS, "what was in flight is stored: only the checks of a new run"


def test_what_was_to_be_asked_for_again_when_it_stopped_is_counted(tmp_path: Path) -> None:
    with faults() as server:
        server.behave("/", "status", code=503)
        started = crawling(server, tmp_path / "data", 2, "--json", delay="1")
        started.send_signal(signal.SIGTERM)
        said = json.loads(started.communicate(timeout=30)[0])
        assert server.requests["/"] == 1
    assert (said["outcome"], said["failed"], said["refused"]) == ("interrupted", 1, {"HTTP 503": 1})
    assert (said["retried"], said["start_problems"]) == ({"HTTP 503": 1}, {server.url: "HTTP 503"})


def test_a_killed_crawl_loses_and_doubles_nothing(crawl: Callable[..., Ran], tmp_path: Path) -> None:
    site = Pausing(ARTICLES, before=HALF)
    with serve(site) as server:
        started = crawling(server, tmp_path / "data", after=HALF)
        started.kill()
        started.communicate()
        site.on.set()
        assert crawl().status == 0
        asked = server.requests.total()
    assert_sound(tmp_path / "data")
    assert stored(tmp_path / "data") == told(site)
    assert asked <= len(set(site.pages())) + 1 + CONCURRENCY + CHECKS


def test_two_crawls_of_one_archive_do_not_run_at_once(crawl: Callable[..., Ran], tmp_path: Path) -> None:
    site = Pausing(ARTICLES, before=HALF)
    with serve(site) as server:
        started = crawling(server, tmp_path / "data", after=HALF)
        second = crawl(server.url)
        site.on.set()
        started.communicate(timeout=60)
    assert second.status == 4
    assert f"process {started.pid}" in second.said()
    assert started.returncode == 0
    assert stored(tmp_path / "data") == told(site)


def test_a_pipe_that_closes_early_is_no_error(tmp_path: Path, crawl: Callable[..., Ran]) -> None:
    with serve(Site(articles=30)) as server:
        crawl(server.url)
    read, write = os.pipe()
    os.close(read)
    command = [sys.executable, "-m", "thidua", "status", "--archive", str(tmp_path / "data")]
    ran = subprocess.run(command, stdout=write, stderr=subprocess.PIPE, text=True, check=False)
    os.close(write)
    assert ran.stderr == ""
