"""Files that captures are read in may be away for a time, or for ever at another place: nothing is lost of either."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.pipelines.test_import_order import state
from tests.samplesite import Site, serve
from tests.thidua.state import rows
from tests.thidua.test_import import assert_well
from tests.thidua.warcs import FIRST, SECOND, captured, written

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.thidua.conftest import Ran

    Thidua = Callable[..., Ran]


@pytest.fixture
def disk(thidua: Thidua, tmp_path: Path) -> Path:
    """An external disk with three files, which were imported where they lie, and which is away now."""
    for number, name in enumerate(("a", "b", "c")):
        day, text = number + 1, SECOND if number else FIRST
        written(tmp_path / "disk" / f"{name}.warc.gz", [captured(n + number, day, text) for n in range(1, 6)])
    assert thidua("import", str(tmp_path / "disk")).status == 0
    return (tmp_path / "disk").rename(tmp_path / "away")


def later(tmp_path: Path) -> str:
    return str(written(tmp_path / "later.warc.gz", [captured(n, 9) for n in (20, 21)]))


def articles(folder: Path) -> int:
    return len(rows(folder, "SELECT 1 FROM articles"))


@pytest.mark.usefixtures("disk")
def test_what_is_imported_meanwhile_is_kept_and_one_line_says_what_it_waits_for(thidua: Thidua, tmp_path: Path) -> None:
    before = state(tmp_path / "data")
    ran = thidua("import", later(tmp_path))
    assert ran.status == 1
    assert "what was brought in is kept, and waits: 15 captures of before cannot be read now" in ran.said()
    told = "is not there; put it back, or `thidua import` it from where it is now"
    assert f"{tmp_path / 'disk' / 'a.warc.gz'}: {told}" in ran.said()
    assert "and 2 more (`thidua verify` names them)" in ran.said()
    assert state(tmp_path / "data") == before


@pytest.mark.parametrize("copy", [[], ["--copy"]], ids=["pointed at", "copied"])
def test_once_they_are_back_it_takes_its_place(thidua: Thidua, tmp_path: Path, disk: Path, copy: list[str]) -> None:
    thidua("import", *copy, later(tmp_path))
    disk.rename(tmp_path / "disk")
    said = thidua("import", "--json")
    assert (said.status, said.json["articles_new"]) == (0, 2)
    assert_well(thidua)


def test_all_of_them_may_be_somewhere_else_under_other_names(thidua: Thidua, tmp_path: Path, disk: Path) -> None:
    thidua("import", later(tmp_path))
    (disk / "a.warc.gz").rename(disk / "renamed.warc.gz")
    assert thidua("import", str(disk)).status == 0
    assert articles(tmp_path / "data") == 7 + 2
    assert rows(tmp_path / "data", "SELECT DISTINCT warc_file LIKE '%/disk/%' FROM captures") == [(0,)]
    assert_well(thidua)


def test_they_may_come_back_one_by_one(thidua: Thidua, tmp_path: Path, disk: Path) -> None:
    before = state(tmp_path / "data")
    for name, waiting in (("a", "10 captures"), ("c", "5 captures")):
        assert waiting in thidua("import", str(disk / f"{name}.warc.gz")).said()
        assert state(tmp_path / "data") == before
    assert thidua("import", str(disk / "b.warc.gz")).status == 0
    assert state(tmp_path / "data") == before
    assert_well(thidua)


@pytest.mark.usefixtures("disk")
@pytest.mark.parametrize("asked", [("export", "wacz"), ("publish",)])
def test_what_is_made_of_their_bytes_says_what_to_do(thidua: Thidua, tmp_path: Path, asked: tuple[str, ...]) -> None:
    ran = thidua(*asked, str(tmp_path / "out"))
    assert ran.status == 1
    assert "is not there; put it back, or `thidua import` it from where it is now" in ran.said()


@pytest.mark.usefixtures("disk")
def test_to_read_again_is_refused_before_all_else_that_is_said(thidua: Thidua) -> None:
    for asked in ([], ["--apply"]):
        ran = thidua("reparse", *asked)
        assert ran.status == 1
        assert "15 captures cannot be read again, so nothing was changed" in ran.out.splitlines()[1]
        assert "would" not in ran.out


def lose_the_database(folder: Path) -> None:
    for file in folder.glob("archive.db*"):
        file.unlink()


def test_made_again_without_them_the_archive_is_not_well(thidua: Thidua, tmp_path: Path, disk: Path) -> None:
    lose_the_database(tmp_path / "data")
    assert thidua("import", later(tmp_path)).status == 1
    said = thidua("verify")
    assert (said.status, said.out.count("is missing; 5 captures were brought in from it")) == (1, 3)
    assert thidua("import", str(disk)).status == 0
    assert_well(thidua)


@pytest.mark.usefixtures("disk")
def test_a_crawl_that_makes_the_database_again_says_what_it_is_without(thidua: Thidua, tmp_path: Path) -> None:
    lose_the_database(tmp_path / "data")
    with serve(Site(articles=4)) as server:
        ran = thidua("crawl", server.url, "--delay", "0")
        assert ran.status == 1
        assert f"{tmp_path / 'disk' / 'a.warc.gz'}: is not there" in ran.said()
        assert "and 2 more; the database, which was lost, was made again without it: run this again" in ran.said()
        assert thidua("crawl", server.url, "--delay", "0").status == 0
