from __future__ import annotations

from datetime import date

import click
import pytest

from thidua.options import Day


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2020-06-12", date(2020, 6, 12), date(2020, 6, 12)),
        ("06/2020", date(2020, 6, 1), date(2020, 6, 30)),
        ("12/06/2020", date(2020, 6, 12), date(2020, 6, 12)),
        ("2020-02", date(2020, 2, 1), date(2020, 2, 29)),
        ("2020", date(2020, 1, 1), date(2020, 12, 31)),
    ],
)
def test_a_day_a_month_or_a_year_is_a_date(text: str, first: date, last: date) -> None:
    assert Day().convert(text, None, None) == first
    assert Day(last=True).convert(text, None, None) == last


@pytest.mark.parametrize("text", ["", "hôm qua", "30/02/2020", "2020-13", "12-06-2020", "0000", "12/06/20"])
def test_what_is_no_date_says_what_to_type(text: str) -> None:
    with pytest.raises(click.BadParameter, match="write 2020-06-12"):
        Day().convert(text, None, None)
