"""`thidua reparse --from-scratch`: a database that was lost is made again."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from tests.thidua.rereading import ask, names
from tests.thidua.state import differences, tables

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.thidua.conftest import Ran

    Command = Callable[..., Ran]


def damage(folder: Path, how: str) -> None:
    path = folder / "archive.db"
    if how == "missing":
        path.unlink()
    elif how == "empty":
        path.write_bytes(b"")
    elif how == "no database":
        path.write_bytes(b"Kho luu tru" * 1000)
    else:
        content = bytearray(path.read_bytes())
        start = 4096 * (1 if how == "tables" else 20)
        content[start : start + 20_000] = bytes(20_000)
        path.write_bytes(content)


@pytest.mark.parametrize("how", ["missing", "empty", "no database", "tables", "pages"])
def test_a_lost_database_is_made_again(how: str, thidua: Command, data: Path) -> None:
    before = tables(data)
    damage(data, how)
    plain = thidua("reparse", "--apply")
    assert plain.status == 1
    assert "--from-scratch" in plain.said()
    ran = thidua("reparse", "--from-scratch")
    assert ran.status == 0, ran.err
    assert differences(tables(data), before) == []
    kept = {"archive.db.damaged-1"} if how != "missing" else set()
    assert names(data) == {"archive.db", "crawl.lock", "warc"} | kept
    assert thidua("verify").status == 0


def test_a_sound_database_is_kept_aside_too(thidua: Command, data: Path) -> None:
    before = tables(data)
    for number in (1, 2):
        assert f"archive.db.old-{number}" in thidua("reparse", "--from-scratch").out
        assert differences(tables(data), before) == []
    assert {"archive.db.old-1", "archive.db.old-2"} < names(data)


def test_a_crawl_makes_a_lost_database_again(thidua: Command, data: Path) -> None:
    articles = tables(data)["articles"]
    damage(data, "missing")
    thidua("crawl", "--delay", "0", "--max-pages", "1", "--timeout", "1")
    assert tables(data)["articles"] == articles


def test_a_log_without_its_database_is_not_taken_for_the_new_ones(thidua: Command, data: Path) -> None:
    before = tables(data)
    with closing(sqlite3.connect(data / "archive.db", isolation_level=None)) as db:
        db.execute("PRAGMA wal_autocheckpoint = 0")
        db.execute("UPDATE articles SET title = 'Chỉ có trong nhật ký'")
        log = (data / "archive.db-wal").read_bytes()
    damage(data, "missing")
    (data / "archive.db-wal").write_bytes(log)
    assert thidua("reparse", "--from-scratch").status == 0
    assert differences(tables(data), before) == []


def test_another_programs_database_is_left_alone(thidua: Command, data: Path) -> None:
    (data / "archive.db").unlink()
    with closing(sqlite3.connect(data / "archive.db")) as db:
        db.execute("CREATE TABLE khac (id INTEGER)")
    ran = thidua("reparse", "--from-scratch")
    assert ran.status == 1
    assert "another program" in ran.said()
    assert ask(data, "SELECT count(*) FROM khac") == 0


def test_without_warc_files_there_is_nothing_to_make_it_from(thidua: Command, tmp_path: Path) -> None:
    assert "there is no such folder" in thidua("reparse", "--from-scratch").said()
    (tmp_path / "data").mkdir()
    assert "holds no WARC files" in thidua("reparse", "--from-scratch").said()
    assert "holds no archive" in thidua("reparse").said()


@pytest.mark.usefixtures("data")
def test_apply_and_from_scratch_are_not_for_the_same_day(thidua: Command) -> None:
    ran = thidua("reparse", "--apply", "--from-scratch")
    assert ran.status == 2
    assert "exclude each other" in ran.said()
