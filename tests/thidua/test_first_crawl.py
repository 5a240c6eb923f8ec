"""What a first crawl must come to, on a site whose pages show only the newest few."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from tests.samplesite import CHAINED, Site, serve

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.thidua.conftest import Ran


Said = list[tuple[str, str, str]]  # title, category, date


def stored(folder: Path) -> Said:
    with closing(sqlite3.connect(folder / "archive.db")) as db:
        return sorted(db.execute("SELECT title, category, ifnull(published, '') FROM articles").fetchall())


def told(site: Site) -> Said:
    articles = [site.article(number) for number in site.live()]
    return sorted((article.title, article.category, f"{site.published(article.id)}") for article in articles)


@pytest.mark.parametrize("markup", CHAINED)
def test_finds_every_article_and_asks_for_each_page_once(
    markup: str, crawl: Callable[..., Ran], tmp_path: Path
) -> None:
    site = Site(articles=90, categories=3, markup=markup)
    with serve(site) as server:
        ran = crawl(server.url)
        asked = dict(server.requests)
    assert ran.status == 0, ran.err
    assert stored(tmp_path / "data") == told(site)
    assert max(asked.values()) == 1
    assert sum(asked.values()) <= len(set(site.pages())) + 5
    assert ran.json["articles_new"] == 90
    assert ran.json["requests"] == sum(asked.values())


def test_pages_of_a_listing_lead_on_where_articles_do_not(crawl: Callable[..., Ran], tmp_path: Path) -> None:
    site = Site(articles=90, categories=3, markup="liferay")
    with serve(site) as server:
        ran = crawl(server.url)
    assert ran.status == 0, ran.err
    assert [title for title, _, _ in stored(tmp_path / "data")] == [title for title, _, _ in told(site)]


def test_any_article_is_a_start(crawl: Callable[..., Ran], tmp_path: Path) -> None:
    site = Site(articles=60, categories=3)
    with serve(site) as server:
        crawl(server.url.rstrip("/") + site.url(site.articles[30].id))
    assert stored(tmp_path / "data") == told(site)


def test_crosses_articles_that_are_named_but_gone(crawl: Callable[..., Ran], tmp_path: Path) -> None:
    site = Site(articles=90, categories=3, gone=0.1)
    with serve(site) as server:
        ran = crawl(server.url)
    assert stored(tmp_path / "data") == told(site)
    assert ran.json["articles_gone"] == 0, "what was never stored cannot be lost"


def test_one_article_under_several_spellings_is_asked_for_once(crawl: Callable[..., Ran], tmp_path: Path) -> None:
    site = Site(articles=60, categories=3, vary_urls=True)
    with serve(site) as server:
        ran = crawl(server.url)
    assert stored(tmp_path / "data") == told(site)
    assert ran.json["requests"] <= len(set(site.pages())) + 5


def test_the_next_crawl_asks_for_little(crawl: Callable[..., Ran]) -> None:
    site = Site(articles=90, categories=3)
    with serve(site) as server:
        crawl(server.url)
        server.reset()
        again = crawl()
    assert again.status == 0, again.err
    assert again.json["articles_new"] == again.json["articles_changed"] == 0
    assert again.json["requests"] <= 2 * 3 + 2 + 2, "two a category, home, robots.txt, and the menu's other pages"


def test_the_next_crawl_finds_what_is_new(crawl: Callable[..., Ran], tmp_path: Path) -> None:
    site = Site(articles=60, categories=3)
    with serve(site) as server:
        crawl(server.url)
        site.add(0, count=2)
        site.add(2, count=9)
        again = crawl()
    assert again.json["articles_new"] == 11
    assert stored(tmp_path / "data") == told(site)


def test_stops_at_a_limit_and_goes_on_from_there(crawl: Callable[..., Ran], tmp_path: Path) -> None:
    site = Site(articles=60, categories=3)
    with serve(site) as server:
        first = crawl(server.url, "--max-pages", "20")
        second = crawl()
        asked = dict(server.requests)
    assert (first.status, first.json["outcome"]) == (0, "limited")
    assert (second.status, second.json["outcome"]) == (0, "done")
    assert stored(tmp_path / "data") == told(site)
    assert sum(asked.values()) <= len(set(site.pages())) + 5 + 2 * 3 + 4


def test_lists_that_a_script_fills_are_told_not_taken_for_none(thidua: Callable[..., Ran]) -> None:
    with serve(Site(articles=12, categories=3, markup="mojoportal")) as server:
        ran = thidua("crawl", server.url, "--delay", "0", "--concurrency", "8")
    assert ran.status == 0, ran.err
    assert "on 12 pages: the newer and older lists are labelled but empty: they may be filled by script" in ran.out
