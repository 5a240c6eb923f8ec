"""`thidua timeline`: a chart on a terminal, in a pipe, as a table, as JSON and as a picture."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from rich.cells import cell_len

from tests.archive.shelf import fill
from tests.thidua.terminal import on_terminal

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.thidua.conftest import Ran


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return fill(tmp_path_factory.mktemp("timeline") / "data")


@pytest.fixture
def timeline(folder: Path, thidua: Callable[..., Ran]) -> Callable[..., Ran]:
    def run(*arguments: str) -> Ran:
        return thidua("timeline", *arguments, "--archive", str(folder))

    return run


def test_each_period_has_a_bar_and_the_undated_a_line(timeline: Callable[..., Ran]) -> None:
    lines = timeline().out.splitlines()
    assert lines == [
        f"12/2018  1  {'█' * 30}",
        "01/2019  0",
        "02/2019  0",
        f"03/2019  2  {'█' * 60}",
        "         none for 14 months",
        f"06/2020  2  {'█' * 60}",
        "undated  1",
        "",
        "6 articles from 12/2018 to 06/2020; 1 undated",
    ]


def test_with_words_it_shows_which_share_they_have(timeline: Callable[..., Ran]) -> None:
    lines = timeline("thi", "đua", "--by", "year").out.splitlines()
    assert [line.partition("█")[0].split() for line in lines[:4]] == [
        ["2018", "1", "of", "1", "100%"],
        ["2019", "0", "of", "2", "0%"],
        ["2020", "1", "of", "2", "50%"],
        ["undated", "1", "of", "1", "100%"],
    ]
    assert lines[-1] == "3 articles with these words, 50% of all from 2018 to 2020; 1 undated"


@pytest.mark.parametrize("columns", [40, 140])
def test_it_fits_the_terminal(folder: Path, columns: int) -> None:
    lines, raw = on_terminal(columns, "timeline", "--archive", str(folder))
    assert max(map(cell_len, lines)) <= max(columns, 46)
    assert "\x1b[32m" in raw


def test_a_terminal_without_blocks_gets_plain_signs(folder: Path) -> None:
    lines, _ = on_terminal(60, "timeline", "--by", "year", "--archive", str(folder), PYTHONIOENCODING="ascii")
    assert lines[0] == "2018     1  " + "#" * 24


def test_json_and_tables_leave_no_period_out(timeline: Callable[..., Ran], tmp_path: Path) -> None:
    found = timeline("--by", "year", "--json").json
    assert found[0] == {"period": "2018", "articles": 1, "of": 1}
    assert found[-1] == {"period": None, "articles": 1, "of": 1}
    out = tmp_path / "years.csv"
    assert timeline("--by", "year", "--csv", str(out)).out == f"{out}: 4 periods, 6 articles\n"
    assert out.read_text("utf-8-sig").splitlines() == ["period,articles,of", "2018,1,1", "2019,2,2", "2020,2,2", ",1,1"]
    assert "--force" in timeline("--csv", str(out)).said()


def test_a_picture_can_be_drawn(timeline: Callable[..., Ran], tmp_path: Path) -> None:
    out = tmp_path / "thi-dua.png"
    ran = timeline("thi đua", "--category", "tin tức", "--png", str(out))
    assert (ran.status, ran.err, ran.out) == (0, "", f"{out}: 1 period, 1 article\n")
    assert out.read_bytes().startswith(b"\x89PNG")
    assert "--force" in timeline("--png", str(out)).said()


def test_without_matplotlib_it_is_said_how_to_get_it(folder: Path, tmp_path: Path) -> None:
    code = "import sys; sys.modules['matplotlib'] = None; from thidua.cli import main; main()"
    command = [sys.executable, "-c", code, "timeline", "--archive", str(folder), "--png", str(tmp_path / "x.png")]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ran.returncode == 1
    assert ran.stderr == "thidua: a picture needs matplotlib: pip install 'thidua[plot]'\n"
    assert list(tmp_path.iterdir()) == []


def test_nothing_found_is_said(timeline: Callable[..., Ran]) -> None:
    assert timeline("khongco").out.startswith("Nothing found.")
    assert timeline("--from", "1999", "--to", "2000").out == "No articles.\n"
