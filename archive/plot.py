"""A timeline as a picture (PNG). The same periods give the same bytes under one release of matplotlib."""

import warnings
from collections.abc import Sequence
from datetime import date
from math import nan
from pathlib import Path
from textwrap import shorten
from typing import TYPE_CHECKING

from archive.errors import MissingExtraError
from archive.export.target import target
from archive.timeline import Period, Unit

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_INCHES, _DPI = (10.0, 4.5), 150
_BAR, _LINE = "#2b6a9b", "#b4531f"  # dark enough on white for print, and told apart by the colour-blind
_TITLES: dict[Unit, str] = {
    "year": "Số bài mỗi năm · Articles a year",
    "month": "Số bài mỗi tháng · Articles a month",
    "day": "Số bài mỗi ngày · Articles a day",
}
_SHARE = "Tỷ lệ · Share (%)"
_LONGEST = 70  # characters of the query in the title
_MOST_LABELS = 12
_STEPS: dict[Unit, tuple[int, ...]] = {
    "year": (1, 2, 5, 10, 20, 50, 100),
    "month": (1, 3, 6, 12, 24, 60, 120, 240),
    "day": (1, 7, 14, 28, 91, 182, 364, 728, 1820, 3640),
}


def draw(  # noqa: PLR0913 - what the chart says of itself, by name
    periods: Sequence[Period], by: Unit, out: Path, *, query: str = "", category: str = "", force: bool = False
) -> None:
    """Draw periods as bars into the file `out`; with a query also which share of all articles they are.

    Args:
        periods: what `archive.timeline.timeline` returned.
        by: what it counted by.
        out: the file to make.
        query: what was looked for, to stand in the title.
        category: in which category, for the same.
        force: replace what is there.

    Raises:
        MissingExtraError: matplotlib is not installed; the message says how to get it.
        ArchiveError: something is there already, cannot be written, or the disk is full; what was there is as before.
    """
    try:
        from matplotlib import style  # noqa: PLC0415 - an extra, and slow to load
        from matplotlib.figure import Figure  # noqa: PLC0415 - the same
    except ModuleNotFoundError as error:
        raise MissingExtraError("a picture needs matplotlib: pip install 'thidua[plot]'") from error
    dated = [period for period in periods if period.period is not None]
    undated = sum(period.articles for period in periods if period.period is None)
    chosen = shorten(" · ".join(filter(None, (query, category))), _LONGEST, placeholder=" …")
    with target(out, force=force) as part, warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Glyph")  # a letter that the font lacks becomes a box
        with style.context("default", after_reset=True):  # not what the user's matplotlibrc says
            figure = Figure(figsize=_INCHES, layout="constrained")
            charts = figure.subplots(2 if query else 1, 1, sharex=True, squeeze=False)[:, 0]
            charts[0].set_title(": ".join(filter(None, (_TITLES[by], chosen))), loc="left", parse_math=False)
            _bars(charts[0], [period.articles for period in dated])
            if query:
                _shares(charts[1], [100 * period.share if period.of else nan for period in dated])
            _labels(charts[-1], [str(period.period) for period in dated], by)
            if undated:
                note = f"Không rõ ngày · Undated: {undated:,}"
                charts[0].set_title(note, loc="right", fontsize="small", color="#555555")
            figure.savefig(part, format="png", dpi=_DPI, metadata={"Software": None})


def _bars(chart: "Axes", heights: Sequence[int]) -> None:
    chart.bar(range(len(heights)), heights, width=0.85, color=_BAR)
    chart.locator_params(axis="y", integer=True)
    chart.set_ylabel("Bài · Articles")
    _plain(chart)


def _shares(chart: "Axes", shares: Sequence[float]) -> None:
    chart.plot(range(len(shares)), shares, color=_LINE, marker="o" if len(shares) <= 2 * _MOST_LABELS else "")
    chart.set_ylim(bottom=0)
    chart.set_ylabel(_SHARE)
    _plain(chart)


def _plain(chart: "Axes") -> None:
    """Leave out the frame, and let faint lines lead the eye."""
    chart.spines[["top", "right"]].set_visible(False)
    chart.grid(axis="y", color="#dddddd", linewidth=0.6)
    chart.set_axisbelow(True)


def _labels(chart: "Axes", names: Sequence[str], by: Unit) -> None:
    """Name every period, or where they are many those at round numbers."""
    step = next((step for step in _STEPS[by] if len(names) / step <= _MOST_LABELS), _STEPS[by][-1])
    at = [place for place, name in enumerate(names) if _number(name) % step == 0]
    chart.set_xticks(at, ["/".join(reversed(names[place].split("-"))) for place in at])
    chart.set_xlim(-0.6, max(1, len(names)) - 0.4)


def _number(period: str) -> int:
    """Return the years, months or days that have passed until a period."""
    year, *rest = map(int, period.split("-"))
    if len(rest) > 1:
        return date(year, *rest).toordinal()
    return year * 12 + rest[0] - 1 if rest else year
