"""The sample site as a whole: its chain, its traps, its changes."""

from __future__ import annotations

import html
import itertools
import re
import time
from collections import Counter
from urllib.parse import urldefrag

import pytest

from tests.samplesite import CHAINED, FAMILIES, MARKUPS, Site
from tests.samplesite.urls import Target, vary


def links_of(site: Site, target: str) -> set[Target]:
    """Return the pages of the site that a page links to."""
    found = re.findall(r'href="(/[^"]*)"', site.render(target).body.decode(), re.IGNORECASE)
    return {site.find(urldefrag(html.unescape(link))[0]) for link in found}


def walk(site: Site) -> set[int]:
    """Return the ids of the articles that can be read by following every link from the home page."""
    seen, waiting, read = {Target("home")}, [Target("home")], set()
    while waiting:
        meant = waiting.pop()
        if meant.kind == "article" and site.render(site.url(meant.number)).status == 200:
            read.add(meant.number)
        target = {"home": "/", "article": "", "section": ""}.get(meant.kind)
        if target is None:
            continue
        path = target or (
            site.url(meant.number) if meant.kind == "article" else site.section_url(meant.number, meant.page)
        )
        new = links_of(site, path) - seen
        seen |= new
        waiting += new
    return read


@pytest.mark.parametrize("markup", [*MARKUPS, "mojoportal"])
def test_every_live_article_can_be_reached_by_links(markup: str) -> None:
    site = Site(articles=90, markup=markup)
    assert walk(site) == set(site.live())


@pytest.mark.parametrize("markup", CHAINED)
def test_removed_articles_that_lists_still_name_do_not_break_the_chain(markup: str) -> None:
    site = Site(articles=90, markup=markup, gone=0.2, vary_urls=True)
    readable = {number for number in walk(site) if site.gone_as(number) != "soft404"}
    assert readable == set(site.live())
    assert 80 > len(readable) > 60


@pytest.mark.parametrize("markup", CHAINED)
def test_listings_show_only_the_newest_few(markup: str) -> None:
    site = Site(articles=90, markup=markup, newest=4)
    for path in ("/", *(site.section_url(category) for category in range(3))):
        named = {meant.number for meant in links_of(site, path) if meant.kind == "article"}
        assert named
        assert min(named) > 1_078
        assert b"__doPostBack" in site.render(path).body


def test_dates_never_run_backwards_within_a_category() -> None:
    site = Site(articles=3_000, categories=4)
    for category in range(4):
        numbers = [number for place in range(750) if (number := site.chain.id_at(category, place))]
        assert len(numbers) == 750
        assert all(site.published(old) <= site.published(new) for old, new in itertools.pairwise(numbers))


def test_the_last_of_a_hundred_thousand_articles_costs_no_more_than_the_first() -> None:
    started = time.perf_counter()
    site = Site(articles=100_000)
    last = site.articles[-1]
    assert site.render(site.url(last.id)).status == 200
    assert time.perf_counter() - started < 1.0


def test_equal_options_make_equal_sites() -> None:
    one, two, other = Site(articles=30), Site(articles=30), Site(articles=30, seed=2)
    assert list(one.articles) == list(two.articles) != list(other.articles)


def test_paragraphs_hardly_ever_recur() -> None:
    site = Site(articles=2_000)
    counts = Counter(block.text for article in site.articles for block in article.blocks if block.kind == "p")
    del counts["Thông báo"]
    assert counts.most_common(1)[0][1] <= 3


def test_sixty_articles_hold_every_trap() -> None:
    articles = list(Site(articles=60).articles)
    blocks = [block for article in articles for block in article.blocks]
    titles = Counter(article.title for article in articles)
    assert {block.kind for block in blocks if block.text == "na" or "na" in block.cells} == {"r", "i"}
    assert any(block.text == "na" and block.kind == "r" for block in blocks)
    assert any(block.text == "Thông báo" for block in blocks)
    assert any("các tin mới hơn" in block.text for block in blocks)
    assert any(link.url.startswith("/Trang/") for block in blocks for link in block.links)
    assert any(title.endswith("(2020-2025)") for title in titles)
    assert any(title.endswith("(15/3/2019)") for title in titles)
    assert max(titles.values()) > 1
    assert (
        {bool(article.byline) for article in articles} == {bool(article.lead) for article in articles} == {True, False}
    )
    assert {article.dateline is None for article in articles} == {True, False}
    assert all(article.dateline <= article.published for article in articles if article.dateline and article.published)


@pytest.mark.parametrize("family", FAMILIES)
def test_every_spelling_of_a_url_means_the_same_article(family: str) -> None:
    site = Site(articles=30, url_family=family)
    spellings = {vary(site.url(1_010), salt) for salt in range(50)}
    assert len(spellings) >= 6
    assert {site.find(urldefrag(url)[0]) for url in spellings} == {Target("article", 1_010)}


@pytest.mark.parametrize(
    ("how", "status"),
    [("404", 404), ("410", 410), ("soft404", 200), ("home", 302)],
    ids=["404", "410", "soft404", "home"],
)
def test_a_removed_article_is_answered_as_told_and_can_come_back(how: str, status: int) -> None:
    site = Site(articles=30)
    path, title = site.url(1_010), site.title(1_010)
    site.remove(1_010, how)
    answer = site.render(path)
    assert answer.status == status
    assert title not in answer.body.decode()
    assert any(item.id == 1_010 for item in site.newer(1_007))
    site.restore(1_010)
    assert title in site.render(path).body.decode()


def test_lists_need_not_name_removed_articles() -> None:
    site = Site(articles=30, gone=[1_010], name_gone=False)
    assert [item.id for item in site.older(1_013)] == [1_007, 1_004, 1_001]


def test_a_new_article_is_the_newest_of_its_category() -> None:
    site = Site(articles=30)
    (new,) = site.add("Tin tức - Sự kiện", title="Tin vừa đăng")
    assert site.newest_of(1, 1) == [new]
    assert "Tin vừa đăng" in site.render("/").body.decode()
    assert site.newer(1_029)[0].title == "Tin vừa đăng"


def test_an_edit_changes_the_article_and_how_lists_name_it() -> None:
    site = Site(articles=30)
    url = site.url(1_010)
    site.edit(1_010, title="Tiêu đề đã sửa")
    site.edit_paragraph(1_010, "Đoạn này đã được sửa lại.", place=0)
    page = site.render(url).body.decode()
    assert site.url(1_010) == url
    assert "Tiêu đề đã sửa" in page
    assert "Đoạn này đã được sửa lại." in page
    assert "Tiêu đề đã sửa" in site.render(site.url(1_013)).body.decode()


def test_only_the_counter_changes_from_one_request_to_the_next() -> None:
    site = Site(articles=30)
    first, second = (site.render(site.url(1_010), visit=visit).body for visit in (4_711, 4_712))
    assert first != second
    assert first.replace(b"4711", b"4712") == second


def test_an_unchanged_page_answers_not_modified_where_etags_are_on() -> None:
    site = Site(articles=30, etags=True)
    tag = dict(site.render(site.url(1_010)).headers)["ETag"]
    assert site.render(site.url(1_010), if_none_match=tag).status == 304
    site.edit(1_010, title="Tiêu đề khác")
    assert site.render(site.url(1_010), if_none_match=tag).status == 200


def test_a_page_whose_text_has_not_changed_answers_not_modified_where_it_is_dated() -> None:
    site = Site(articles=30, last_modified=True)
    number = site.newest_of(0, 1)[0]
    (day,) = (value for name, value in site.render(site.url(number)).headers if name == "Last-Modified")
    assert site.render(site.url(number), if_modified_since=day).status == 304
    site.add(0)
    assert site.render(site.url(number), if_modified_since=day).status == 304, "what its lists show is not its text"
    site.edit_paragraph(number, "Cả xã đã có nước sạch.")
    assert site.render(site.url(number), if_modified_since=day).status == 200


def test_an_article_put_in_late_stands_between_its_neighbours_and_changes_no_other() -> None:
    site, twin = Site(articles=60), Site(articles=60)
    new = site.add_late(1, back=8)
    assert site.newest_of(1, 1, skip=8) == [new]
    assert site.published(site.newest_of(1, 1, skip=9)[0]) <= site.published(new)
    assert site.published(new) <= site.published(site.newest_of(1, 1, skip=7)[0])
    assert new in [item.id for item in site.newer(site.newest_of(1, 1, skip=9)[0])]
    assert new in [item.id for item in site.older(site.newest_of(1, 1, skip=7)[0])]
    assert [article for article in site.articles if article.id != new] == list(twin.articles)
    assert site.add(1)[0] == site.newest_of(1, 1)[0]
