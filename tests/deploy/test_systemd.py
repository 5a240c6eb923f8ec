from __future__ import annotations

import shlex
import shutil
import signal
import subprocess
import time
from configparser import ConfigParser
from typing import TYPE_CHECKING

import pytest

from tests.deploy import DEPLOY
from tests.deploy.conftest import BIN, HASTE

if TYPE_CHECKING:
    from pathlib import Path

    from tests.samplesite import Server, Site

needs_systemd = pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd-analyze is not installed")
UNITS = ("thidua.service", "thidua.timer", "thidua-failed@.service")


def unit(name: str) -> ConfigParser:
    """Read a unit; of settings given twice the last one counts here, which none that is tested is."""
    parser = ConfigParser(strict=False, interpolation=None)
    parser.optionxform = str  # type: ignore[assignment,method-assign]  # configparser's own way to keep case
    parser.read(DEPLOY / name, encoding="utf-8")
    return parser


def command(archive: Path) -> list[str]:
    started = unit("thidua.service")["Service"]["ExecStart"]
    assert started.startswith("/opt/thidua/bin/thidua crawl ")
    local = started.replace("/opt/thidua/bin", str(BIN)).replace("/var/lib/thidua", str(archive))
    return shlex.split(local + HASTE)


@needs_systemd
@pytest.mark.parametrize("name", UNITS)
def test_systemd_finds_nothing_wrong_with_a_unit(name: str, tmp_path: Path) -> None:
    for other in UNITS:  # each where the others are, and with a command that is there
        text = (DEPLOY / other).read_text("utf-8")
        (tmp_path / other).write_text(text.replace("/opt/thidua/bin", str(BIN)), "utf-8")
    verify = ["systemd-analyze", "verify", "--man=no", str(tmp_path / name)]
    ran = subprocess.run(verify, capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stdout + ran.stderr) == (0, "")


@needs_systemd
def test_systemd_holds_the_service_to_be_well_locked_up() -> None:
    rating = ["systemd-analyze", "security", "--offline=true", "--threshold=20", str(DEPLOY / "thidua.service")]
    ran = subprocess.run(rating, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout[-300:]


@needs_systemd
def test_the_timer_means_every_night() -> None:
    when = unit("thidua.timer")["Timer"]["OnCalendar"]
    calendar = ["systemd-analyze", "calendar", "--iterations=3", when]
    ran = subprocess.run(calendar, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.count("02:17:00") >= 3


def test_the_service_can_write_to_its_archive_and_nowhere_else() -> None:
    service = unit("thidua.service")["Service"]
    assert service["ProtectSystem"] == "strict"
    assert service["StateDirectory"] == "thidua"
    assert "--archive /var/lib/thidua " in service["ExecStart"]
    assert service["User"] != "root"


def test_an_unwell_site_is_a_failure_and_a_held_archive_is_not() -> None:
    service = unit("thidua.service")
    assert service["Service"]["SuccessExitStatus"].split() == ["4", "130"]
    assert service["Unit"]["OnFailure"] == "thidua-failed@%n.service"


def test_its_command_brings_an_archive_up_to_date(server: Server[Site], tmp_path: Path) -> None:
    archive = tmp_path / "data"
    subprocess.run([*command(archive), server.url], capture_output=True, check=True)
    server.site.add()
    ran = subprocess.run(command(archive), capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    assert "1 new article" in ran.stdout


def test_it_stops_within_the_time_that_systemd_gives_it(server: Server[Site], tmp_path: Path) -> None:
    slow = [*command(tmp_path / "data"), server.url, "--delay", "5"]
    with subprocess.Popen(slow, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as started:
        deadline = time.monotonic() + 30
        while not server.requests.total() and time.monotonic() < deadline:
            time.sleep(0.01)
        started.send_signal(signal.SIGTERM)
        started.communicate(timeout=int(unit("thidua.service")["Service"]["TimeoutStopSec"]))
    assert started.returncode == 130


def test_who_is_told_of_a_failure_gets_the_unit_and_its_last_lines(tmp_path: Path) -> None:
    """The command as systemd would start it: %i and $$ resolved, with a journal and a sendmail that write files."""
    started = unit("thidua-failed@.service")["Service"]["ExecStart"]
    resolved = started.replace("%i", "thidua.service").replace("$$", "$").replace("/opt/thidua/deploy", str(DEPLOY))
    tools = {"journalctl": 'echo "$*"; echo \'{"event": "complaint"}\'', "sendmail": f"cat >{tmp_path}/mail"}
    for name, does in tools.items():
        (tmp_path / name).write_text(f"#!/bin/sh\n{does}\n")
        (tmp_path / name).chmod(0o755)
    given = {
        "PATH": f"{tmp_path}:/usr/bin:/bin",
        "SENDMAIL": str(tmp_path / "sendmail"),
        "THIDUA_MAIL_TO": "luutru@example.vn",
        "MONITOR_EXIT_STATUS": "3",
        "MONITOR_SERVICE_RESULT": "exit-code",
    }
    subprocess.run(shlex.split(resolved), env=given, check=True)
    mail = (tmp_path / "mail").read_text("utf-8")
    assert "(status 3)" in mail
    assert "thidua.service failed: exit-code" in mail
    assert '{"event": "complaint"}' in mail
