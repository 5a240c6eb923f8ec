"""A timeline as a picture."""

from pathlib import Path

import pytest
from matplotlib import image

from archive import Archive
from archive.plot import draw
from archive.timeline import Period, Unit


def test_the_same_periods_give_the_same_bytes(shelf: Archive, tmp_path: Path) -> None:
    first, second = tmp_path / "1.png", tmp_path / "2.png"
    for out in (first, second):
        draw(list(shelf.timeline("thi đua")), "month", out, query="thi đua")
    assert first.read_bytes() == second.read_bytes()
    assert b"Software" not in first.read_bytes()
    assert image.imread(first).shape[:2] == (675, 1500)
    assert image.imread(first)[:, :, :3].min() < 0.5, "something is drawn"


@pytest.mark.parametrize(
    ("periods", "by"),
    [
        ([], "month"),
        ([Period(None, 3, 3)], "year"),
        ([Period("2020-06-12", 1, 1)], "day"),
        ([Period(f"{year}", year % 7, 9) for year in range(1990, 2025)], "year"),
        ([Period("2020", 0, 0), Period("2021", 1, 2)], "year"),
    ],
)
def test_nothing_one_period_or_many_can_be_drawn(periods: list[Period], by: Unit, tmp_path: Path) -> None:
    draw(periods, by, tmp_path / "out.png", query="$x_1$ 漢 " + "rất dài " * 30, category="Tin tức")
    assert [path.name for path in tmp_path.iterdir()] == ["out.png"]
