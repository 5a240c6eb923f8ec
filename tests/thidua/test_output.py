"""Where the output goes may be narrow-minded, or full."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.samplesite import Site, serve
from tests.thidua.terminal import on_terminal

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.thidua.conftest import Ran


@pytest.fixture
def archive(crawl: Callable[..., Ran], tmp_path: Path) -> Path:
    with serve(Site(articles=9)) as server:
        crawl(server.url)
    return tmp_path / "data"


def printed(archive: Path, *verb: str, out: int = subprocess.PIPE, **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "thidua", *verb, "--archive", str(archive)],
        stdout=out,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, **env},
        check=False,
    )


@pytest.mark.parametrize("encoding", ["ascii", "latin-1"])
def test_a_terminal_without_vietnamese_gets_what_it_can_show(archive: Path, encoding: str) -> None:
    ran = printed(archive, "status", PYTHONIOENCODING=encoding)
    assert (ran.returncode, ran.stderr) == (0, "")
    assert "9 articles" in ran.stdout


def test_json_is_whole_in_any_encoding(archive: Path) -> None:
    plain = printed(archive, "search", "thi dua", "--json", PYTHONIOENCODING="ascii")
    assert plain.stdout.isascii()
    assert json.loads(plain.stdout) == json.loads(printed(archive, "search", "thi dua", "--json").stdout)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a disk that is always full")
@pytest.mark.parametrize("verb", [("status",), ("status", "--json")])
def test_output_that_cannot_be_written_is_one_line(archive: Path, verb: tuple[str, ...]) -> None:
    with Path("/dev/full").open("w") as full:
        ran = printed(archive, *verb, out=full.fileno())
    assert ran.returncode == 1
    assert len(ran.stderr.splitlines()) == 1


def test_on_a_terminal_a_long_title_stands_beside_its_date(archive: Path) -> None:
    lines, _ = on_terminal(50, "show", "5", "--archive", str(archive))
    start = lines.index("Older") if "Older" in lines else lines.index("Newer")
    named = [line for line in lines[start + 1 :] if line.startswith("  ")]
    assert any(line.startswith(" " * 14) for line in named)
    assert max(map(len, named)) <= 50


def test_what_to_type_next_names_the_archive_as_a_shell_wants_it(thidua: Callable[..., Ran], tmp_path: Path) -> None:
    folder = tmp_path / "kho tin"
    with serve(Site(articles=9)) as server:
        said = thidua("crawl", server.url, "--delay", "0", "--max-pages", "3", "--archive", str(folder)).out
    assert said.splitlines()[-1].endswith(f"to go on: thidua crawl --archive '{folder}'")
