from __future__ import annotations

import json
import re
import subprocess
from typing import TYPE_CHECKING

from crawler.lock import Lock
from tests.deploy import DEPLOY
from tests.deploy.conftest import BIN, HASTE

if TYPE_CHECKING:
    from pathlib import Path

    from tests.samplesite import Server, Site

FIELD = re.compile(r"(\*|\d+)(-\d+)?(/\d+)?(,\d+)*")


def line() -> tuple[list[str], str, str]:
    """Return the five fields of the time, the user and the command of the one job there is."""
    lines = (DEPLOY / "thidua.cron").read_text("utf-8").splitlines()
    jobs = [text for text in lines if text and not text.startswith("#") and not re.match(r"\w+=", text)]
    assert len(jobs) == 1
    *when, user, command = jobs[0].split(maxsplit=6)
    return when, user, command


def local(archive: Path) -> str:
    command = line()[2].replace("/opt/thidua/bin", str(BIN)).replace("/var/lib/thidua", str(archive))
    # As nice as the tests beside it, or it would wait for all of them.
    return command.replace("nice -n 10 ", "nice -n 0 ").replace(" >/dev/null", f"{HASTE} >/dev/null")


def run(command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["/bin/sh", "-c", command], capture_output=True, text=True, check=False)


def test_it_is_a_line_that_cron_understands() -> None:
    when, user, command = line()
    assert len(when) == 5
    assert all(FIELD.fullmatch(field) for field in when)
    assert user == "thidua"
    assert "%" not in command, "cron takes it for the end of the line"
    assert (DEPLOY / "thidua.cron").read_text("utf-8").endswith("\n"), "cron leaves out a last line without its end"


def test_a_crawl_that_goes_well_prints_nothing_so_that_nobody_gets_mail(server: Server[Site], tmp_path: Path) -> None:
    archive = tmp_path / "data"
    archive.mkdir()
    first = run(local(archive).replace(" >/dev/null", f" {server.url} >/dev/null"))
    server.site.add()
    second = run(local(archive))
    assert [(ran.returncode, ran.stdout + ran.stderr) for ran in (first, second)] == [(0, ""), (0, "")]
    log = [json.loads(text) for text in (archive / "crawl.log").read_text("utf-8").splitlines()]
    ends = [entry["counts"]["articles_new"] for entry in log if entry.get("event") == "run_end"]
    assert ends == [6, 1]


def test_a_crawl_that_finds_another_at_work_ends_with_a_line_of_mail(server: Server[Site], tmp_path: Path) -> None:
    archive = tmp_path / "data"
    archive.mkdir()
    run(local(archive).replace(" >/dev/null", f" {server.url} >/dev/null"))
    with Lock(archive):
        ran = run(local(archive))
    assert ran.returncode == 4
    assert len(ran.stderr.splitlines()) == 1
