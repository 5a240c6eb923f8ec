"""Every markup shows all of an article, in order, and its traps."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from datetime import date
from urllib.parse import urljoin

import pytest
from parsel import Selector

from tests.samplesite import BY_NAME, CHAINED, MARKUPS, Article, Block, Neighbour, Site, render_article

ZERO_WIDTH = dict.fromkeys(map(ord, "\u200b\ufeff"))


def words_of(html: bytes) -> str:
    """Return the text of a page in one line, as a person reads it."""
    texts = Selector(html.decode()).xpath("//text()[not(ancestor::script or ancestor::style)]").getall()
    text = "".join(texts).translate(ZERO_WIDTH)
    return " ".join(unicodedata.normalize("NFC", text).split())


def assert_in_order(pieces: list[str], text: str) -> None:
    place = 0
    for piece in pieces:
        found = text.find(piece, place)
        assert found >= 0, f"not found after character {place}: {piece}"
        place = found + len(piece)


def shown(article: Article) -> list[str]:
    """Return all that a page shows of an article, table rows cell by cell, as the words stand on the page."""
    cells = [cell for block in article.blocks for cell in (block.cells if block.kind == "r" else [block.text])]
    return [article.category, article.title, *cells, article.byline]


@pytest.mark.parametrize("markup", MARKUPS)
def test_a_page_holds_the_whole_article_in_order(markup: str) -> None:
    site = Site(articles=36, markup=markup)
    for article in site.articles:
        assert_in_order(shown(article), words_of(site.render(site.url(article.id)).body))


@pytest.mark.parametrize("markup", MARKUPS)
def test_messy_text_reads_the_same(markup: str) -> None:
    site = Site(articles=12, markup=markup, messy=True)
    for article in site.articles:
        assert_in_order(shown(article), words_of(site.render(site.url(article.id)).body))


@pytest.mark.parametrize("markup", CHAINED)
def test_a_page_names_three_newer_and_five_older_articles_with_dates(markup: str) -> None:
    site = Site(articles=60, markup=markup)
    middle = 1_031
    newer, older = site.newer(middle), site.older(middle)
    text = words_of(site.render(site.url(middle)).body)
    label = BY_NAME[markup].labels
    entries = [piece for item in (*newer, *older) for piece in (item.title, item.shown)]
    assert (len(newer), len(older)) == (3, 5)
    assert_in_order([site.article(middle).title, *entries], text)
    assert all(name in text for name in label)


@pytest.mark.parametrize("markup", MARKUPS)
def test_the_boilerplate_holds_na_twelve_times_unless_told_otherwise(markup: str) -> None:
    article = Article("Tiêu đề", "Tin tức - Sự kiện", (Block("p", "Một đoạn văn."),))
    counts = [
        Counter(map(str.strip, Selector(render_article(markup, article, na=na).decode()).xpath("//text()").getall()))[
            "na"
        ]
        for na in (True, False)
    ]
    assert counts == [12, 0]


@pytest.mark.parametrize("markup", MARKUPS)
def test_a_given_article_can_be_shown_with_given_lists(markup: str) -> None:
    article = Article(
        "Hội thi cấy lúa", "Thi đua - Khen thưởng", (Block("p", "Đoạn một."), Block("p", "Đoạn hai.")), "Tin từ xã"
    )
    newer = [Neighbour(f"/moi-{n}", f"Tin mới {n}", date(2020, 6, 20 - n)) for n in range(3)]
    older = [Neighbour(f"/cu-{n}", f"Tin cũ {n}", date(2020, 6, 12 - n)) for n in range(5)]
    text = words_of(render_article(markup, article, newer, older, charset="utf-8-header"))
    assert_in_order(
        ["Thi đua - Khen thưởng", "Hội thi cấy lúa", "Đoạn một.", "Đoạn hai.", "Tin từ xã", "Tin cũ 0"], text
    )
    assert all(item.title in text for item in (*newer, *older))


def test_the_forms_of_the_first_site_show_no_date_of_their_own() -> None:
    article = Article("Tiêu đề", "Tin tức - Sự kiện", (Block("p", "Một đoạn."),), published=date(2019, 4, 1))
    dated = {name for name in MARKUPS if "01/04/2019" in words_of(render_article(name, article))}
    assert dated == {"nukeviet3", "nukeviet4", "nukeviet_egov", "liferay", "divs", "html5"}


def test_markups_differ_in_structure() -> None:
    article = Site(articles=12).article(1_004)
    shapes = {name: _shape(render_article(name, article)) for name in MARKUPS}
    assert len(set(shapes.values())) == len(MARKUPS)


def _shape(html: bytes) -> str:
    return " ".join(Selector(html.decode()).xpath("//*").re(r"^<(\w+)"))


def test_lists_filled_by_a_script_are_absent_from_the_html() -> None:
    site = Site(articles=30, markup="mojoportal")
    links = re.findall(r'href="([^"#]+)"', site.render(site.url(1_010)).body.decode())
    assert {site.find(urljoin("/", link)).kind for link in links} == {"home", "section", "other"}
