"""`thidua kwic`: a concordance on a terminal, in a pipe, as a table and as JSON."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import pytest
from rich.cells import cell_len

from archive import Archive
from archive.store import save
from tests.archive.build import article, text
from tests.archive.shelf import fill
from tests.thidua.terminal import STYLE, on_terminal

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.thidua.conftest import Ran

HOSTILE = "漢字漢字漢字漢字 vườn na [bold]漢字[/bold] \x1b[31mđỏ\n\n=1+1 na " + "rất dài " * 30


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shelf, and an article that would spoil a terminal or a spreadsheet."""
    made = fill(tmp_path_factory.mktemp("kwic") / "data")
    with Archive.open(made) as archive:
        save(archive, article(70, said=text("Vụ mùa", HOSTILE, category="Tin tức")))
    return made


@pytest.fixture
def kwic(folder: Path, thidua: Callable[..., Ran]) -> Callable[..., Ran]:
    def run(*arguments: str) -> Ran:
        return thidua("kwic", *arguments, "--archive", str(folder))

    return run


def test_in_a_pipe_the_matches_stand_in_brackets_below_one_another(kwic: Callable[..., Ran]) -> None:
    *lines, whole = kwic("thi", "đua").out.splitlines()
    assert lines[0].split() == ["31/12/2018", "1", "Phát", "động", "[thi", "đua]"]
    assert {cell_len(line.partition("[")[0]) for line in lines} == {59}
    assert lines[-1].startswith("undated         6  ")
    assert whole == "5 places in 3 articles"


@pytest.mark.parametrize("columns", [40, 140])
def test_on_a_terminal_each_place_is_one_line_of_its_width(folder: Path, columns: int) -> None:
    lines, raw = on_terminal(columns, "kwic", "na", "--archive", str(folder))
    *places, whole = lines
    assert len(places) == 7
    assert whole == "7 places in 4 articles"
    assert max(map(cell_len, places)) <= columns
    before = [STYLE.sub("", line.partition("\x1b[1;30;43m")[0]) for line in raw.splitlines()[:-1]]
    assert len(set(map(cell_len, before))) == 1, "the matches stand below one another"
    assert "\x1b[1;30;43mna\x1b[0m" in raw
    assert "\x1b[31m" not in raw, "what a page says commands no terminal"


def test_a_terminal_without_colours_shows_brackets(folder: Path) -> None:
    lines, raw = on_terminal(80, "kwic", "huân chương", "--archive", str(folder), NO_COLOR="1")
    assert "[Huân chương]" in lines[1]
    assert max(map(cell_len, lines)) <= 80
    assert "43m" not in raw


def test_what_a_limit_leaves_out_is_counted(kwic: Callable[..., Ran]) -> None:
    ran = kwic("na", "--limit", "2")
    assert ran.out.splitlines()[2:] == ["the first 2 of 7 places in 4 articles"]
    ran = kwic("na", "--limit", "2", "--json")
    assert len(ran.json) == 2
    assert ran.said() == "thidua: the first 2 of 7 places in 4 articles"
    assert kwic("na", "--limit", "7").out.endswith("\n7 places in 4 articles\n")


def test_json_has_every_place_with_its_article(kwic: Callable[..., Ran]) -> None:
    (place,) = kwic("lan", "rong", "--width", "9", "--json").json
    assert place == {
        "article_id": 1,
        "published": "2018-12-31",
        "title": "Phát động thi đua",
        "url": "http://noivu.example/tin?id=1",
        "where": "body",
        "left": "yêu nước ",
        "match": "lan rộng",
        "right": ". Huyện",
    }
    assert kwic("khongco", "--json").out == "[]\n"


def test_a_table_runs_no_formula(kwic: Callable[..., Ran], tmp_path: Path) -> None:
    out = tmp_path / "na.csv"
    ran = kwic("na", "--csv", str(out), "--width", "5")
    assert ran.out == f"{out}: 7 places in 4 articles\n"
    rows = list(csv.DictReader(out.read_text("utf-8-sig").splitlines()))
    assert len(rows) == 7
    assert [row["left"] for row in rows][-1] == "'=1+1 "
    assert kwic("na", "--csv", str(out)).status == 1
    assert kwic("na", "--csv", str(out), "--force").status == 0


def test_the_choice_and_the_order_are_heeded(kwic: Callable[..., Ran]) -> None:
    ran = kwic("na", "--from", "2019", "--category", "tin tuc", "--sort", "right", "--width", "8")
    assert [line.partition("]")[2] for line in ran.out.splitlines()[:-1]] == [".", " chín", " được", " xen ổi."]
    assert kwic("na", "-ổi", "--from", "2019").out.endswith("\n1 place in 1 article\n")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["-"], "holds no word"),
        (["na", "--category", "thể thao"], "no category is called 'thể thao'; there are"),
        (["na", "--from", "2020", "--to", "2019"], "there is no day"),
        (["na", "--nope"], "No such option '--nope'"),
    ],
)
def test_wrong_use_is_one_line(kwic: Callable[..., Ran], arguments: list[str], said: str) -> None:
    ran = kwic(*arguments)
    assert ran.status == 2
    assert said in ran.said()


def test_nothing_found_is_said(kwic: Callable[..., Ran]) -> None:
    assert kwic("khongco").out == "Nothing found. Fewer words, or words without accents, find more.\n"
