"""The one real text of the first site, shown in every markup."""

from __future__ import annotations

import re
from datetime import date

import pytest

from crawler.pages import read
from crawler.pages.dates import dateline
from crawler.records import Kind, Page, Relation
from tests.realtext import ABSENT, FILE, PATH, real_text
from tests.samplesite import CHAINED

pytestmark = [pytest.mark.real, pytest.mark.skipif(not FILE.exists(), reason=ABSENT)]


def page_in(markup: str) -> Page:
    return read(real_text().page(markup), "http://127.0.0.1" + PATH, content_type="text/html")


def named(page: Page, relation: Relation) -> set[tuple[str, date | None]]:
    return {(item.title, item.published) for item in page.listed(relation)}


@pytest.mark.parametrize("markup", CHAINED)
def test_it_is_read_whole_and_nothing_else(markup: str) -> None:
    page, told = page_in(markup), real_text()
    assert page.kind is Kind.ARTICLE
    assert page.category == "Thi đua - Khen thưởng"
    assert page.title == told.article.title
    assert page.title.endswith("lần thứ IV (2020-2025)")
    assert [block.text for block in page.blocks] == told.article.texts
    assert page.blocks[0].text.startswith("Sáng ngày 12 tháng 6 năm 2020")
    assert page.blocks[-1].text.endswith("gồm 9 đại biểu./.")
    assert page.byline == "Tin từ Ban Thi đua – Khen thưởng"
    assert not re.search(r"^na$", page.body, re.MULTILINE)


@pytest.mark.parametrize("markup", CHAINED)
def test_its_lists_are_read_with_their_dates(markup: str) -> None:
    page, told = page_in(markup), real_text()
    assert named(page, Relation.NEWER) == {(n.title, n.published) for n in told.newer}
    assert named(page, Relation.OLDER) == {(n.title, n.published) for n in told.older}
    assert (len(told.newer), len(told.older)) == (3, 5)


def test_its_opening_names_its_day() -> None:
    page = page_in("sharepoint")
    assert page.published is None
    assert dateline(page.blocks, date(2020, 6, 12), date(2020, 6, 19)) == date(2020, 6, 12)
