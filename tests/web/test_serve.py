"""The command: one line when it is ready, a quiet end, and plain words for what goes wrong."""

from __future__ import annotations

import shutil
import signal
import socket
import subprocess
import sys
from typing import TYPE_CHECKING
from urllib.request import urlopen

from archive import Archive
from archive.export import export
from archive.selection import Selection
from tests.thidua.disks import disk
from tests.web.serving import address, serving, started

if TYPE_CHECKING:
    from pathlib import Path


def said(*arguments: str, program: str = "import thidua.cli; thidua.cli.main()") -> tuple[int, str]:
    """Run a command that is to fail; return its status and the one line it says."""
    command = [sys.executable, "-c", program, *arguments]
    ran = subprocess.run(command, check=False, capture_output=True, text=True, timeout=60)
    assert ran.stdout == ""
    assert ran.stderr.count("\n") == 1, ran.stderr
    return ran.returncode, ran.stderr.strip()


def test_it_says_where_it_is_and_ends_quietly_at_ctrl_c(folder: Path) -> None:
    process = started(folder)
    url = address(process)
    with urlopen(url, timeout=20) as answer:  # noqa: S310 - loopback
        assert b"62" in answer.read()
    process.send_signal(signal.SIGINT)
    assert process.communicate(timeout=20) == ("", "")
    assert process.returncode == 0


def test_without_an_archive_it_says_so(tmp_path: Path) -> None:
    status, line = said("serve", "--archive", str(tmp_path))
    assert status == 1
    assert "holds no archive" in line


def test_a_port_that_is_taken_is_named(folder: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        status, line = said("serve", "--archive", str(folder), "--port", str(port))
    assert status == 1
    assert f"127.0.0.1:{port}: Address already in use; choose another --port or --host" in line


def test_without_datasette_it_says_how_to_get_it(folder: Path) -> None:
    program = "import sys; sys.modules['datasette'] = None; import thidua.cli; thidua.cli.main()"
    status, line = said("serve", "--archive", str(folder), program=program)
    assert (status, line) == (1, "thidua: the reading room needs Datasette: pip install 'thidua[web]'")


def test_an_archive_on_a_disk_that_cannot_be_written_is_served(folder: Path, tmp_path: Path) -> None:
    with disk(tmp_path / "disk") as there:
        shutil.copy(folder / "archive.db", there.path)
        there.remount("ro")
        with serving(there.path) as url, urlopen(f"{url}search?q=thi+dua", timeout=20) as answer:  # noqa: S310 - loopback
            assert "60 bài" in answer.read().decode()


def test_a_copy_for_the_public_is_served_too(folder: Path, tmp_path: Path) -> None:
    with Archive(folder) as archive:
        export(archive, "sqlite", tmp_path / "tin.db", Selection())
    with serving(tmp_path / "tin.db") as url, urlopen(f"{url}coverage", timeout=20) as answer:  # noqa: S310 - loopback
        assert answer.status == 200
