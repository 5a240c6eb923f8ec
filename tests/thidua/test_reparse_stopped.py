"""`thidua reparse` may be stopped at any moment, and others may be at the archive."""

from __future__ import annotations

import os
import random
import shlex
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from crawler.lock import Lock
from tests.samplesite import Site, serve
from tests.thidua.conftest import PROCESSES, _command
from tests.thidua.dying import doomed
from tests.thidua.rereading import OLD, names, retitle
from tests.thidua.state import differences, tables

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.thidua.conftest import Ran

    Command = Callable[..., Ran]


def test_a_crawl_and_it_keep_away_from_each_other(thidua: Command, data: Path) -> None:
    with Lock(data):
        for options in ((), ("--apply",), ("--from-scratch",)):
            ran = thidua("reparse", *options)
            assert ran.status == 4
            assert f"process {os.getpid()}" in ran.said()


def test_a_reader_that_has_the_archive_open_goes_on(thidua: Command, data: Path) -> None:
    article = retitle(data)
    query = f"SELECT title FROM articles WHERE id = {article}"  # noqa: S608 - names and numbers of our own
    with closing(sqlite3.connect(f"file:{data / 'archive.db'}?mode=ro", uri=True)) as reader:
        reader.execute("BEGIN")
        assert reader.execute(query).fetchone() == (OLD,)
        assert thidua("reparse", "--apply").status == 0
        assert reader.execute(query).fetchone() == (OLD,), "what it sees stays as it was until it has finished"
        reader.rollback()
        assert reader.execute(query).fetchone() != (OLD,)


def test_killed_at_any_moment_the_archive_is_the_old_or_the_new_one(thidua: Command, data: Path) -> None:
    new = tables(data)
    retitle(data)
    old = tables(data)
    chance = random.Random(5)
    kept = shutil.copytree(data, data.parent / "kept")
    for _ in range(6):
        process = doomed(["reparse", "--apply", "--archive", str(data)], data.parent, chance.randrange(3000), fine=True)
        process.join(60)
        assert tables(data) in (old, new)
        assert thidua("verify").status == 0
    for _ in range(4):  # while it is being copied
        shutil.rmtree(data)
        shutil.copytree(kept, data)
        _kill_while_copying(data, chance)
        assert tables(data) in (old, new)
        assert thidua("verify").status == 0
    assert thidua("reparse", "--apply").status == 0
    assert differences(tables(data), new) == []
    assert names(data) == {"archive.db", "crawl.lock", "warc"}, "what the killed ones left is cleared away"


def _kill_while_copying(folder: Path, chance: random.Random) -> None:
    """Kill it once the archive's log begins to grow."""
    given = (["reparse", "--apply", "--archive", str(folder)], folder.parent / "o", folder.parent / "e")
    process = PROCESSES.Process(target=_command, args=given)
    process.start()
    log, most = folder / "archive.db-wal", chance.randrange(100_000, 900_000)
    while process.is_alive() and not (log.exists() and log.stat().st_size > most):
        time.sleep(0.0002)
    process.kill()
    process.join()


def test_a_full_disk_changes_nothing(data: Path) -> None:
    retitle(data)
    before = tables(data)
    for option in ("--apply", "--from-scratch"):
        words = shlex.join([sys.executable, "-m", "thidua", "reparse", option, "--archive", str(data)])
        ran = subprocess.run(
            ["/bin/sh", "-c", f"ulimit -f 400; exec {words}"], capture_output=True, text=True, timeout=60, check=False
        )
        assert ran.returncode == 1
        assert len(ran.stderr.splitlines()) == 1
        assert str(data) in ran.stderr
        assert differences(tables(data), before) == []
        assert names(data) == {"archive.db", "crawl.lock", "warc"}


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory, thidua_in: Callable[[Path], Command]) -> Path:
    """An archive so large that its records are read by several processes."""
    folder, site, chance = tmp_path_factory.mktemp("large"), Site(articles=30, categories=2), random.Random(1)
    for number in site.live():
        site.edit_paragraph(number, " ".join(chance.randbytes(4).hex() for _ in range(10_000)), 1)
    with serve(site) as server:
        thidua_in(folder)("crawl", server.url, "--delay", "0", "--concurrency", "8")
    return folder / "data"


def test_several_processes_make_the_same_of_it(large: Path, thidua: Command, tmp_path: Path) -> None:
    folder = tmp_path / "data"
    shutil.copytree(large / "warc", folder / "warc")
    assert thidua("reparse", "--from-scratch").status == 0
    assert differences(tables(folder), tables(large)) == []


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL])
def test_stopped_while_several_processes_read_none_is_left(how: signal.Signals, large: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(large, tmp_path / "data")
    words = [sys.executable, "-m", "thidua", "reparse", "--apply", "--archive", str(folder)]
    started = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True)
    deadline = time.monotonic() + 60
    while len(of_session(started.pid)) < 4:  # itself, the fork server, its tracker of resources, and those that read
        assert time.monotonic() < deadline, started.communicate()
        time.sleep(0.01)
    os.killpg(started.pid, how) if how == signal.SIGINT else started.kill()
    _, err = started.communicate(timeout=60)
    while of_session(started.pid):
        assert time.monotonic() < deadline
        time.sleep(0.05)
    assert differences(tables(folder), tables(large)) == []
    if how == signal.SIGINT:
        assert (started.returncode, err.strip()) == (130, "thidua: stopped")
        assert names(folder) == {"archive.db", "crawl.lock", "warc"}


def of_session(leader: int) -> list[int]:
    """Return the processes of a session that are still there."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            after_name = (entry / "stat").read_text().rpartition(")")[2].split()
        except OSError:  # it has just ended
            continue
        if int(after_name[3]) == leader and after_name[0] != "Z":
            found.append(int(entry.name))
    return found
