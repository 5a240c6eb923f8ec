"""A copy for the public on the command line, and exports of an archive that was made anew."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.thidua.conftest import Ran


def test_what_reads_an_archive_reads_a_copy(thidua: Callable[..., Ran], data: Path) -> None:
    copy = str(data.parent / "thidua.db")
    told = thidua("export", "sqlite", copy).out
    assert told.startswith(f"{copy}: 24 articles, ")
    for command in (("search", "thi dua", "--json"), ("show", "9", "--json"), ("history", "9"), ("timeline", "--json")):
        assert thidua(*command, "--archive", copy) == thidua(*command), command
    ours, theirs = (thidua("status", "--json", *where).json for where in ((), ("--archive", copy)))
    assert theirs["last_run"] is None
    assert {key for key in ours if ours[key] != theirs[key]} == {"last_run", "by_state"}
    assert "Last run" not in thidua("status", "--archive", copy).out


def test_what_writes_an_archive_or_wants_its_records_says_that_a_copy_is_none(
    thidua: Callable[..., Ran], data: Path
) -> None:
    copy = data.parent / "thidua.db"
    thidua("export", "sqlite", str(copy))
    before = sha256(copy.read_bytes()).digest()
    for command in (("crawl", "http://127.0.0.1:9/"), ("verify",), ("reparse", "--apply")):
        ran = thidua(*command, "--archive", str(copy))
        assert ran.status == 1
        assert str(copy) in ran.said()
        assert "folder" in ran.said()
    assert sha256(copy.read_bytes()).digest() == before
    assert not copy.with_name("crawl.lock").exists()


def test_an_archive_that_was_made_anew_gives_the_same_bytes(thidua: Callable[..., Ran], data: Path) -> None:
    def digests(name: str) -> list[bytes]:
        made = [data.parent / f"{name}.{each}" for each in ("sqlite", "datapackage", "jsonl", "parquet")]
        for file in made:
            assert thidua("export", file.suffix[1:], str(file)).status == 0
        return [sha256(file.read_bytes()).digest() for file in made]

    before = digests("before")
    assert thidua("reparse", "--from-scratch").status == 0
    assert digests("after") == before
