"""The texts of the reading room."""

from __future__ import annotations

import re
from pathlib import Path
from string import Formatter

import pytest

from archive import query
from archive.web.texts import _TEXTS, Texts


@pytest.mark.parametrize("key", _TEXTS)
def test_both_languages_name_the_same_values(key: str) -> None:
    vietnamese, english = ({name for _, name, _, _ in Formatter().parse(text) if name} for text in _TEXTS[key])
    assert vietnamese == english


def test_every_reason_of_a_query_error_has_a_text() -> None:
    source = Path(query.__file__).read_text("utf-8")
    reasons = set(re.findall(r'QueryError\([^)]*?, "(\w+)"', source))
    assert len(reasons) > 8
    assert {f"query_{reason}" for reason in reasons} <= _TEXTS.keys()


def test_numbers_and_days_are_written_as_each_language_does() -> None:
    vietnamese, english = Texts("vi"), Texts("en")
    assert (vietnamese.number(1234567), english.number(1234567)) == ("1.234.567", "1,234,567")
    assert (vietnamese.day("2020-06-02"), english.day("2020-06-02")) == ("02/06/2020", "2 June 2020")
    assert (vietnamese.day("2020-06"), english.day("2020-06")) == ("06/2020", "June 2020")
    assert vietnamese.moment("2020-06-12T18:15:00Z") == "01:15 13/06/2020 (GMT+7)"
    assert (english("articles", n=1), english("articles", n=2)) == ("1 article", "2 articles")
