"""What a later crawl costs, in requests, and that it misses nothing."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from tests.samplesite import CHAINED, MARKUPS, Site, serve
from tests.thidua.test_first_crawl import stored, told

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.samplesite import Server
    from tests.thidua.conftest import Ran

    Crawl = Callable[..., Ran]

UNCHANGED = 2 * 3 + 2  # two pages a category, the home page, robots.txt


def asked_by(server: Server[Site], crawl: Crawl, *arguments: str) -> tuple[Ran, int]:
    """Crawl once more; return what came of it, and how many requests the site saw."""
    server.reset()
    ran = crawl(*arguments)
    assert ran.status == 0, ran.err
    return ran, server.requests.total()


def named(folder: Path, title: str) -> tuple[str, ...]:
    with closing(sqlite3.connect(folder / "archive.db")) as db:
        found: tuple[str, ...] = db.execute("SELECT status FROM articles WHERE title = ?", (title,)).fetchone()
    return found


@pytest.mark.parametrize("markup", MARKUPS)
def test_nothing_new_costs_two_pages_a_category_the_home_page_and_robots_txt(markup: str, crawl: Crawl) -> None:
    with serve(Site(articles=60, categories=3, markup=markup)) as server:
        crawl(server.url)
        ran, requests = asked_by(server, crawl)
        assert requests <= UNCHANGED
        assert ran.json["articles_new"] == ran.json["articles_changed"] == 0


def test_it_costs_the_same_when_the_start_is_named_again(crawl: Crawl) -> None:
    with serve(Site(articles=60, categories=3)) as server:
        crawl(server.url)
        assert asked_by(server, crawl, server.url)[1] <= UNCHANGED


@pytest.mark.parametrize("markup", MARKUPS)
def test_then_each_new_article_costs_one_request(markup: str, crawl: Crawl, tmp_path: Path) -> None:
    site = Site(articles=54, categories=3, markup=markup)  # listings of 20 fill the same pages as of 18
    with serve(site) as server:
        crawl(server.url)
        _, before = asked_by(server, crawl)
        for category in range(3):
            site.add(category, count=2)
        ran, requests = asked_by(server, crawl)
        assert max(server.requests.values()) == 1
    assert ran.json["articles_new"] == 6
    assert requests == before + 6
    assert stored(tmp_path / "data") == told(site)


@pytest.mark.parametrize("markup", [*CHAINED[:2], "liferay"])
def test_many_new_articles_of_one_category_are_all_found(markup: str, crawl: Crawl, tmp_path: Path) -> None:
    site = Site(articles=90, categories=3, markup=markup)
    with serve(site) as server:
        crawl(server.url)
        site.add(1, count=35)
        ran, requests = asked_by(server, crawl)
    assert ran.json["articles_new"] == 35
    assert stored(tmp_path / "data") == told(site)
    pages = (
        3 + 3
    )  # of the listing: those that have nothing but new articles and the one after, and those it has grown by
    assert requests <= UNCHANGED + 35 + pages


def test_an_edit_of_the_newest_article_is_seen_at_once(crawl: Crawl) -> None:
    site = Site(articles=60, categories=3)
    with serve(site) as server:
        crawl(server.url)
        site.edit_paragraph(site.newest_of(1, 1)[0], "Cả xã đã có nước sạch từ tháng trước.")
        ran, requests = asked_by(server, crawl)
    assert ran.json["articles_changed"] == 1
    assert requests <= UNCHANGED


def test_an_edit_of_an_old_article_is_seen_when_its_turn_comes(crawl: Crawl) -> None:
    site = Site(articles=60, categories=3)
    with serve(site) as server:
        crawl(server.url)
        site.edit_paragraph(site.articles[7].id, "Cả xã đã có nước sạch từ tháng trước.")
        runs = [asked_by(server, crawl, "--recheck", "20") for _ in range(3)]
    assert sum(ran.json["articles_changed"] for ran, _ in runs) == 1
    assert all(requests <= UNCHANGED + 20 for _, requests in runs)


@pytest.mark.parametrize("markup", ["tables", "liferay"])
def test_a_late_post_deep_in_the_chain_is_found_when_a_neighbour_has_its_turn(
    markup: str, crawl: Crawl, tmp_path: Path
) -> None:
    site = Site(articles=120, categories=3, markup=markup)
    with serve(site) as server:
        crawl(server.url)
        site.add_late(1, back=22)
        for _ in range(4):
            asked_by(server, crawl, "--recheck", "10")
    assert stored(tmp_path / "data") == told(site)


@pytest.mark.parametrize("markup", ["tables", "liferay"])
def test_a_late_post_that_the_listing_shows_is_found_at_once(markup: str, crawl: Crawl, tmp_path: Path) -> None:
    site = Site(articles=60, categories=3, markup=markup)
    with serve(site) as server:
        crawl(server.url)
        site.add_late(1, back=3)
        ran, requests = asked_by(server, crawl)
    assert ran.json["articles_new"] == 1
    assert requests <= UNCHANGED + 2
    assert stored(tmp_path / "data") == told(site)


def test_what_was_taken_down_and_comes_back_is_found(crawl: Crawl, tmp_path: Path) -> None:
    site = Site(articles=60, categories=3)
    newest = site.newest_of(1, 1)[0]
    title = site.title(newest)
    with serve(site) as server:
        crawl(server.url)
        site.remove(newest)
        ran, _ = asked_by(server, crawl)
        assert ran.json["articles_gone"] == 1
        assert named(tmp_path / "data", title) == ("gone",)
        asked_by(server, crawl)
        _, quiet = asked_by(server, crawl)
        assert quiet <= UNCHANGED, "lists that still name it cost nothing"
        site.restore(newest)
        asked_by(server, crawl)
    assert named(tmp_path / "data", title) == ("live",)


@pytest.mark.parametrize("markup", ["tables", "liferay"])
def test_what_has_not_changed_is_not_sent_again(markup: str, crawl: Crawl) -> None:
    site = Site(articles=60, categories=3, markup=markup, etags=True)
    with serve(site) as server:
        crawl(server.url)
        _, requests = asked_by(server, crawl)
        assert server.not_modified == requests - 1, "all but robots.txt"


def test_a_date_that_stands_for_the_template_hides_nothing_new(crawl: Crawl, tmp_path: Path) -> None:
    site = Site(articles=60, categories=3, last_modified=True)
    with serve(site) as server:
        crawl(server.url)
        site.add(1, count=12)
        asked_by(server, crawl)
    assert stored(tmp_path / "data") == told(site)


def test_an_article_not_modified_is_still_seen_when_it_changes(crawl: Crawl) -> None:
    site = Site(articles=60, categories=3, etags=True, last_modified=True)
    with serve(site) as server:
        crawl(server.url)
        asked_by(server, crawl)
        site.edit_paragraph(site.newest_of(2, 1)[0], "Cả xã đã có nước sạch từ tháng trước.")
        ran, _ = asked_by(server, crawl)
    assert ran.json["articles_changed"] == 1
