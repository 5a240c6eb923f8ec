"""The names of an archive's WARC files say which run wrote them, and when it began."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import TYPE_CHECKING

import pytest

from archive import warc
from archive.warc import names

if TYPE_CHECKING:
    from pathlib import Path

HANOI = timezone(timedelta(hours=7))


def test_a_name_tells_what_it_was_made_of() -> None:
    begun = datetime(2020, 6, 12, 8, 15, tzinfo=HANOI)
    file = f"{names.FOLDER}/{names.stem(17, begun)}-00001.warc.gz"
    assert file == "warc/thidua-000017-20200612011500-00001.warc.gz"
    assert warc.run_of(file) == (17, begun.astimezone(UTC))


@pytest.mark.parametrize(
    "file", ["warc/thidua-17.warc.gz", "warc/thidua-000017-20209912011500-00001.warc.gz", "/a/warc/x.warc.gz"]
)
def test_another_name_tells_nothing(file: str) -> None:
    assert warc.run_of(file) is None


def test_files_are_listed_in_the_order_of_runs_or_of_some_runs_alone(tmp_path: Path) -> None:
    (tmp_path / "warc").mkdir()
    begun = datetime(2020, 6, 12, tzinfo=UTC)
    written = [f"{names.stem(run, begun)}-00001.warc.gz" for run in (2, 10, 1)]
    for name in (*written, "thidua-cua-toi.warc.gz", "khac.warc.gz"):
        (tmp_path / "warc" / name).touch()
    second, tenth, first = (f"warc/{name}" for name in written)
    assert warc.files(tmp_path) == [first, second, tenth, "warc/thidua-cua-toi.warc.gz"]
    assert warc.files(tmp_path, [1, 10]) == [first, tenth]
