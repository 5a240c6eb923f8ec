"""Records that share a gzip member cannot be pointed at: a file that has some is copied, wherever they are in it."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING

import pytest

from archive import Archive
from pipelines.finding import Found, expanded, look_through
from tests.archive.others import records

if TYPE_CHECKING:
    from pathlib import Path


def looked_through(folder: Path, *members: bytes) -> Found:
    (folder / "x.warc.gz").write_bytes(b"".join(map(gzip.compress, members)))
    (found,) = expanded([folder / "x.warc.gz"], folder / "data", pytest.fail)
    with Archive.open(folder / "data", create=True) as archive:
        look_through(found, archive, None, lambda _bytes: None)
    assert found.damage == []
    return found


def test_a_member_for_each_record_is_pointed_at(tmp_path: Path) -> None:
    assert not looked_through(tmp_path, *records()).must_copy


def test_one_member_with_two_records_has_the_file_copied(tmp_path: Path) -> None:
    one, two, three, *_ = records()
    assert looked_through(tmp_path, one, two + three).must_copy
