"""`--notify-command`: whom a crawl tells that a person is needed, what it says, and what that may cost."""

from __future__ import annotations

import json
import os
import shlex
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest

from crawler.counts import Counts
from crawler.lock import Lock
from tests.samplesite import Site, serve
from thidua.notify import Ending, needed, notify

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.thidua.conftest import Ran

NOWHERE = "http://127.0.0.1:1/"  # where nobody listens
UNWELL = Ending(3, "nothing readable was found", Counts(fetched=7, outcome="unwell"), "thiduakhenthuong.example.vn")


def alive(process: int) -> bool:
    """Tell whether the process runs; one that ended and that nobody has asked about does not."""
    try:
        with open(f"/proc/{process}/stat", encoding="ascii") as file:  # noqa: PTH123 - short
            return file.read().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


def soon(true: Callable[[], bool]) -> bool:
    """Tell whether it becomes true."""
    deadline = time.monotonic() + 30
    while not true() and time.monotonic() < deadline:
        time.sleep(0.01)
    return true()


def test_a_failed_crawl_tells_with_the_json_of_its_run_on_stdin(crawl: Callable[..., Ran], tmp_path: Path) -> None:
    ran = crawl(NOWHERE, "--notify-command", f"cat > {tmp_path}/told")
    told = json.loads((tmp_path / "told").read_text("utf-8"))
    assert ran.status == 1
    assert ran.json.items() <= told.items()
    assert (told["status"], told["outcome"], told["site"]) == (1, "failed", "127.0.0.1:1")
    assert told["archive"] == str(tmp_path / "data")
    assert told["complaint"] == ran.said().removeprefix("thidua: ")


def test_an_unwell_site_is_told(crawl: Callable[..., Ran], tmp_path: Path) -> None:
    site = Site(articles=6, categories=1)
    with serve(site) as server:
        crawl(server.url)
        for page in site.pages():
            site.fault(page, "blank")
        ran = crawl("--notify-command", f'echo "$THIDUA_OUTCOME $THIDUA_STATUS" > {tmp_path}/told')
    assert ran.status == 3
    assert (tmp_path / "told").read_text() == "unwell 3\n"


def test_a_crawl_that_cannot_begin_is_told(crawl: Callable[..., Ran], tmp_path: Path) -> None:
    (tmp_path / "data").write_text("không phải thư mục")
    ran = crawl("--notify-command", f"cat > {tmp_path}/told")
    told = json.loads((tmp_path / "told").read_text("utf-8"))
    assert (told["status"], told["outcome"], told["requests"]) == (1, "failed", 0)
    assert told["complaint"] == ran.said().removeprefix("thidua: ")


def test_a_log_that_cannot_be_written_is_told(crawl: Callable[..., Ran], tmp_path: Path) -> None:
    ran = crawl("--log", str(tmp_path / "no" / "log"), "--notify-command", f"cat > {tmp_path}/told")
    assert ran.status == 2
    assert json.loads((tmp_path / "told").read_text("utf-8"))["status"] == 2


def test_a_crawl_that_went_well_tells_nobody(crawl: Callable[..., Ran], tmp_path: Path) -> None:
    with serve(Site(articles=6, categories=1)) as server:
        assert crawl(server.url, "--notify-command", f"touch {tmp_path}/told").status == 0
    assert not (tmp_path / "told").exists()


def test_an_archive_held_by_another_crawl_is_no_trouble_to_tell_of(crawl: Callable[..., Ran], tmp_path: Path) -> None:
    with serve(Site(articles=6, categories=1)) as server:
        crawl(server.url)
        with Lock(tmp_path / "data"):
            assert crawl(server.url, "--notify-command", f"touch {tmp_path}/told").status == 4
    assert not (tmp_path / "told").exists()


@pytest.mark.parametrize(("status", "told"), [(0, False), (1, True), (2, True), (3, True), (4, False), (130, False)])
def test_it_is_the_exit_status_that_decides(status: int, told: bool) -> None:
    assert needed(Ending(status, "", Counts())) is told


def test_the_environment_says_it_too(tmp_path: Path) -> None:
    names = ("OUTCOME", "STATUS", "ARCHIVE", "SITE", "COMPLAINT")
    shown = " ".join(f'"$THIDUA_{name}"' for name in names)
    assert not notify(f"printf '%s\\n' {shown} > {tmp_path}/told", UNWELL, tmp_path / "lưu trữ")
    assert (tmp_path / "told").read_text("utf-8").splitlines() == [
        "unwell",
        "3",
        str(tmp_path / "lưu trữ"),
        "thiduakhenthuong.example.vn",
        "nothing readable was found",
    ]


def test_what_a_site_has_a_say_in_is_one_line_without_control_characters(tmp_path: Path) -> None:
    ending = Ending(1, "http://x.vn/\x1b[31m\n\n.\r\n\u202e\x00đỏ \udcff", Counts(outcome="failed"))
    assert not notify(f"printf '%s' \"$THIDUA_COMPLAINT\" > {tmp_path}/told", ending, tmp_path)
    assert (tmp_path / "told").read_text("utf-8") == "http://x.vn/ [31m . đỏ"


def test_a_command_that_fails_is_one_line_and_the_exit_status_stays(crawl: Callable[..., Ran]) -> None:
    ran = crawl(NOWHERE, "--notify-command", "echo một; echo 'không gửi được' >&2; exit 7")
    assert ran.status == 1
    assert ran.err.splitlines()[1:] == ["thidua: --notify-command failed with exit status 7: không gửi được"]


def test_a_command_that_fails_is_an_event_of_the_json_log(crawl: Callable[..., Ran]) -> None:
    ran = crawl(NOWHERE, "--log-json", "--notify-command", "exit 7")
    lines = [json.loads(line) for line in ran.err.splitlines()]
    assert lines[-1]["event"] == "notify_failed"
    assert "exit status 7" in lines[-1]["msg"]


def test_what_it_prints_does_not_mix_with_the_runs_json(crawl: Callable[..., Ran]) -> None:
    ran = crawl(NOWHERE, "--notify-command", "echo đã gửi; echo xong >&2")
    assert ran.json["outcome"] == "failed"
    assert "xong" not in ran.err


def test_a_command_that_reads_nothing_is_no_trouble(tmp_path: Path) -> None:
    assert not notify("exec <&-; true", UNWELL, tmp_path)


def test_a_command_that_hangs_is_killed_with_all_that_it_started(tmp_path: Path) -> None:
    command = f"sleep 300 & echo $! > {tmp_path}/child; echo $$ > {tmp_path}/parent; wait"
    trouble = notify(command, UNWELL, tmp_path, seconds=1)
    assert trouble == "--notify-command was killed: it had not ended after 1 s"
    for name in ("child", "parent"):
        process = int((tmp_path / name).read_text())
        assert soon(lambda process=process: not alive(process)), name  # type: ignore[misc]  # mypy cannot infer defaults


def test_a_disk_without_room_is_told_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "no"))
    assert not notify(f"cat > {tmp_path}/told", UNWELL, tmp_path)
    assert "failed with exit status 7" in notify("exit 7", UNWELL, tmp_path)
    assert json.loads((tmp_path / "told").read_text("utf-8"))["outcome"] == "unwell"


def test_what_it_leaves_in_the_background_is_not_waited_for(tmp_path: Path) -> None:
    assert not notify(f"sleep 300 & echo $! > {tmp_path}/child", UNWELL, tmp_path, seconds=20)
    child = int((tmp_path / "child").read_text())
    assert alive(child)
    os.kill(child, signal.SIGKILL)


def test_what_it_leaves_in_the_background_does_not_hold_the_archive(crawl: Callable[..., Ran], tmp_path: Path) -> None:
    daemon = f"setsid sleep 300 </dev/null >/dev/null 2>&1 & echo $! > {tmp_path}/child"
    try:
        assert crawl(NOWHERE, "--notify-command", daemon).status == 1
        assert soon((tmp_path / "child").exists)
        with Lock(tmp_path / "data"):
            assert alive(int((tmp_path / "child").read_text()))
    finally:
        with suppress(ProcessLookupError):
            os.kill(int((tmp_path / "child").read_text()), signal.SIGKILL)


def test_the_lock_is_not_inherited_by_what_a_crawl_starts(tmp_path: Path) -> None:
    hold = "import pathlib, subprocess, sys\nfrom crawler.lock import Lock\n"
    hold += "with Lock(pathlib.Path(sys.argv[1])):\n"
    hold += "    null = subprocess.DEVNULL\n"
    hold += "    print(subprocess.Popen(['sleep', '300'], close_fds=False, stdout=null, stderr=null).pid)\n"
    ran = subprocess.run([sys.executable, "-c", hold, str(tmp_path)], capture_output=True, text=True, check=True)
    child = int(ran.stdout)
    try:
        assert alive(child)
        with Lock(tmp_path):
            pass
    finally:
        os.kill(child, signal.SIGKILL)


def test_the_archive_is_let_go_before_someone_is_told(crawl: Callable[..., Ran], tmp_path: Path) -> None:
    again = shlex.join([sys.executable, "-m", "thidua", "crawl", NOWHERE, "--archive", str(tmp_path / "data")])
    assert crawl(NOWHERE, "--notify-command", f"{again} --json > {tmp_path}/second || true").status == 1
    assert json.loads((tmp_path / "second").read_text())["outcome"] == "failed"


def test_ctrl_c_ends_the_telling_too(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "thidua", "crawl", NOWHERE, "--archive", str(tmp_path / "data"), "--delay", "0"]
    hang = f"echo $$ > {tmp_path}/child.part; mv {tmp_path}/child.part {tmp_path}/child; sleep 300"
    with subprocess.Popen([*command, "--notify-command", hang], stderr=subprocess.PIPE, text=True) as started:
        assert soon((tmp_path / "child").exists)
        started.send_signal(signal.SIGINT)
        _, err = started.communicate(timeout=30)
    assert started.returncode == 130
    assert "Traceback" not in err
    assert soon(lambda: not alive(int((tmp_path / "child").read_text())))
