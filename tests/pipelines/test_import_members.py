"""Records that share a gzip member cannot be pointed at: a file that has some is copied, wherever they are in it."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING

import pytest

from archive import Archive
from pipelines.contents import hosts_of, identify, look_through
from pipelines.finding import Found, expanded
from pipelines.importing import bring_in
from pipelines.intake import Intake
from pipelines.settling import settle
from tests.archive.others import records
from tests.thidua.warcs import wacz, written

if TYPE_CHECKING:
    from pathlib import Path


def looked_through(folder: Path, *members: bytes) -> Found:
    (folder / "x.warc.gz").write_bytes(b"".join(map(gzip.compress, members)))
    (found,) = expanded({folder / "x.warc.gz": ""}, folder / "data", pytest.fail)
    with Archive.open(folder / "data", create=True) as archive:
        identify(found, archive, {}, lambda _bytes: None)
        look_through(found, archive, None, lambda _bytes: None)
    assert found.damage == []
    return found


def test_a_member_for_each_record_is_pointed_at(tmp_path: Path) -> None:
    assert not looked_through(tmp_path, *records()).must_copy


def test_a_wacz_of_many_files_is_read_once_to_know_it_by(tmp_path: Path) -> None:
    files = [written(tmp_path / f"{name}.warc.gz", records()) for name in "abc"]
    packed = wacz(tmp_path / "x.wacz", files)
    found = expanded({packed: ""}, tmp_path / "data", pytest.fail)
    ticks: list[int] = []
    digests: dict[Path, str] = {}
    with Archive.open(tmp_path / "data", create=True) as archive:
        for each in found:
            identify(each, archive, digests, ticks.append)
    assert len({each.digest for each in found}) == 1
    assert (len(found), sum(ticks)) == (3, packed.stat().st_size)


def test_the_progress_is_told_from_looking_through_on(tmp_path: Path) -> None:
    file = written(tmp_path / "x.warc", records())
    ticks: list[tuple[int, int]] = []
    with Intake.open(tmp_path / "data", "import") as intake:
        (found,) = expanded({file: ""}, tmp_path / "data", pytest.fail)
        identify(found, intake.archive, {}, lambda _bytes: None)
        look_through(found, intake.archive, None, lambda _bytes: None)
        bring_in(intake, found, hosts_of([found], intake.archive), {}, copy=False, tick=lambda _bytes: None)
        settle(intake.archive, lambda done, whole: ticks.append((done, whole)))
    assert len({done for done, _ in ticks}) > len(records())
    assert all(done <= whole for done, whole in ticks)


def test_one_member_with_two_records_has_the_file_copied(tmp_path: Path) -> None:
    one, two, three, *_ = records()
    assert looked_through(tmp_path, one, two + three).must_copy
