"""The one real text of the first site, shown in every markup."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from crawler.pages import read
from crawler.pages.dates import dateline, split_trailing
from crawler.records import Kind, ListItem, Page, Relation
from tests.samplesite import CHAINED, Article, Block, Neighbour, render_article

FILE = Path(__file__).parents[4] / "shared" / "real" / "gia-loc-2020-06-12.txt"
pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(
        not FILE.exists(), reason="the real text is not here: ../shared/real is kept out of the project"
    ),
]


def squeezed(lines: list[str]) -> list[str]:
    return [" ".join(line.split()) for line in lines if line.strip()]


def neighbours(lines: list[str]) -> list[Neighbour]:
    found = []
    for number, line in enumerate(lines):
        title, day = split_trailing(line)
        shown = line.removeprefix(title).strip()
        found.append(Neighbour(f"/Trang/ChiTietTinTuc.aspx?nid={13000 + number}-{len(lines)}", title, day, shown))
    return found


def page_in(markup: str) -> tuple[Page, Article, list[Neighbour], list[Neighbour]]:
    lines = squeezed(FILE.read_text(encoding="utf-8").splitlines())
    newer_at, older_at, end = (lines.index(name) for name in ("Các tin mới hơn", "Các tin cũ hơn", "Thông báo"))
    category, title, *paragraphs, byline = lines[:newer_at]
    newer, older = neighbours(lines[newer_at + 1 : older_at]), neighbours(lines[older_at + 1 : end])
    article = Article(title, category, tuple(Block("p", text) for text in paragraphs), byline)
    body = render_article(markup, article, newer, older)
    return (
        read(body, "http://127.0.0.1/Trang/ChiTietTinTuc.aspx?nid=13066", content_type="text/html"),
        article,
        newer,
        older,
    )


def named(items: list[ListItem]) -> set[tuple[str, date | None]]:
    return {(item.title, item.published) for item in items}


@pytest.mark.parametrize("markup", CHAINED)
def test_it_is_read_whole_and_nothing_else(markup: str) -> None:
    page, article, newer, older = page_in(markup)
    assert page.kind is Kind.ARTICLE
    assert page.category == "Thi đua - Khen thưởng"
    assert page.title == article.title
    assert page.title.endswith("lần thứ IV (2020-2025)")
    assert [block.text for block in page.blocks] == article.texts
    assert page.blocks[0].text.startswith("Sáng ngày 12 tháng 6 năm 2020")
    assert page.blocks[-1].text.endswith("gồm 9 đại biểu./.")
    assert page.byline == "Tin từ Ban Thi đua – Khen thưởng"
    assert named(list(page.listed(Relation.NEWER))) == {(n.title, n.published) for n in newer}
    assert named(list(page.listed(Relation.OLDER))) == {(n.title, n.published) for n in older}
    assert (len(newer), len(older)) == (3, 5)
    assert not re.search(r"^na$", page.body, re.MULTILINE)


def test_its_opening_names_its_day() -> None:
    page, *_ = page_in("sharepoint")
    assert page.published is None
    assert dateline(page.blocks, date(2020, 6, 12), date(2020, 6, 19)) == date(2020, 6, 12)
