"""Every markup, every article: what the reader finds is what the site's own model says."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from crawler.pages import read
from crawler.pages.urls import key
from crawler.records import Kind, Page, Relation
from tests.samplesite import BY_NAME, CHAINED, CHARSETS, FAMILIES, MARKUPS, Article, Neighbour, Site
from tests.samplesite.forms import LABEL_STYLES, LIST_DATES, PAGE_DATES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

HOST = "http://127.0.0.1:8080"


def pages(site: Site) -> Iterator[tuple[Article, Page]]:
    """Yield every article of a site with what the reader makes of its page."""
    for number in site.live():
        answer = site.render(site.url(number))
        content_type = dict(answer.headers).get("Content-Type", "")
        yield site.article(number), read(answer.body, HOST + site.url(number), content_type=content_type)


def listed(page: Page, relation: Relation) -> list[tuple[str, str, date | None]]:
    return sorted(((key(i.url), i.title, i.published) for i in page.listed(relation)), key=str)


def expected(neighbours: Iterable[Neighbour], *, dated: bool = True) -> list[tuple[str, str, date | None]]:
    return sorted(((key(HOST + n.url), n.title, n.published if dated else None) for n in neighbours), key=str)


@pytest.mark.parametrize("markup", MARKUPS)
def test_title_category_text_and_byline_are_exact(markup: str) -> None:
    for article, page in pages(Site(48, 3, markup=markup)):
        assert page.kind is Kind.ARTICLE
        assert page.title == article.title
        assert page.category == article.category
        assert [block.text for block in page.blocks] == article.texts
        assert page.byline == article.byline


@pytest.mark.parametrize("markup", CHAINED)
def test_both_lists_are_exact(markup: str) -> None:
    site = Site(48, 3, markup=markup)
    for article, page in pages(site):
        assert listed(page, Relation.NEWER) == expected(site.newer(article.id))
        assert listed(page, Relation.OLDER) == expected(site.older(article.id))


@pytest.mark.parametrize("markup", MARKUPS)
def test_lead_pictures_captions_and_attachments_are_found(markup: str) -> None:
    for article, page in pages(Site(48, 3, markup=markup)):
        assert page.lead == article.lead
        assert [i.url.removeprefix(HOST) for i in page.images] == [i.url for i in article.images]
        assert [i.caption for i in page.images if i.caption] == [i.text for i in article.images if i.text]
        assert [a.url.removeprefix(HOST) for a in page.attachments] == [a.url for a in article.attachments]


@pytest.mark.parametrize("markup", [name for name in MARKUPS if BY_NAME[name].kinds != "pr"])
def test_items_rows_and_captions_keep_their_kind(markup: str) -> None:
    for article, page in pages(Site(48, 3, markup=markup)):
        assert "".join(b.kind for b in page.blocks) == "".join(b.kind for b in article.blocks)


@pytest.mark.parametrize("charset", CHARSETS)
@pytest.mark.parametrize("markup", ["tables", "nukeviet_egov", "divs", "sharepoint"])
def test_no_charset_changes_the_text(markup: str, charset: str) -> None:
    for article, page in pages(Site(12, 3, markup=markup, charset=charset, messy=True)):
        assert page.title == article.title
        assert [block.text for block in page.blocks] == article.texts


@pytest.mark.parametrize("style", LABEL_STYLES)
@pytest.mark.parametrize("markup", CHAINED)
def test_labels_are_known_in_every_spelling(markup: str, style: str) -> None:
    site = Site(12, 3, markup=markup, label_style=style)
    for article, page in pages(site):
        assert listed(page, Relation.OLDER) == expected(site.older(article.id))


@pytest.mark.parametrize("form", [*LIST_DATES, "none"])
@pytest.mark.parametrize("markup", CHAINED)
def test_list_dates_are_read_in_every_form(markup: str, form: str) -> None:
    site = Site(24, 3, markup=markup, list_date=form)
    for article, page in pages(site):
        assert listed(page, Relation.NEWER) == expected(site.newer(article.id), dated=form != "none")
        assert listed(page, Relation.OLDER) == expected(site.older(article.id), dated=form != "none")


@pytest.mark.parametrize("form", PAGE_DATES)
@pytest.mark.parametrize("markup", ["html5", "nukeviet4", "liferay", "divs"])
def test_the_pages_own_date_is_read_in_every_form(markup: str, form: str) -> None:
    for article, page in pages(Site(12, 3, markup=markup, page_date=form)):
        assert page.published == article.published
        assert [block.text for block in page.blocks] == article.texts


@pytest.mark.parametrize("family", FAMILIES)
def test_links_in_odd_spellings_have_their_articles_key(family: str) -> None:
    site = Site(24, 3, markup="lists", url_family=family, vary_urls=True)
    for article, page in pages(site):
        plain = {key(HOST + site.url(n.id)) for n in site.older(article.id)}
        assert {key(item.url) for item in page.listed(Relation.OLDER)} == plain


@pytest.mark.parametrize("markup", MARKUPS)
def test_home_and_category_pages_name_their_newest_articles(markup: str) -> None:
    site = Site(48, 3, markup=markup)
    for target in ("/", site.section_url(0)):
        answer = site.render(target)
        page = read(answer.body, HOST + target, content_type="text/html")
        wanted = site.newest_of(0, site.options.newest)
        assert page.kind is (Kind.HOME if target == "/" else Kind.LISTING)
        assert {key(HOST + site.url(n)) for n in wanted} <= {key(item.url) for item in page.items}
        assert {key(HOST + site.section_url(n)) for n in range(3)} - {key(page.url)} <= set(map(key, page.sections))


def test_lists_that_a_script_fills_are_reported() -> None:
    site = Site(12, 3, markup="mojoportal")
    for _, page in pages(site):
        assert "script" in " ".join(page.notes)
