"""A good guest: robots.txt and its Crawl-delay, an honest name, one request a second, no retry storms."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from tests.samplesite import Site, serve
from tests.thidua.test_first_crawl import stored
from thidua.crawl import overrides

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.thidua.conftest import Ran


def test_what_robots_txt_forbids_is_not_asked_for(crawl: Callable[..., Ran], tmp_path: Path) -> None:
    open_site = Site(articles=30, categories=3)
    hidden = open_site.url(open_site.articles[20].id)
    with serve(Site(articles=30, categories=3, robots=f"User-agent: *\nDisallow: {hidden}\n")) as server:
        ran = crawl(server.url)
        assert server.requests[hidden] == 0
    assert len(stored(tmp_path / "data")) == 29
    assert ran.json["refused"]["robots.txt"] == 1


def test_a_rule_for_this_program_alone_is_heard(crawl: Callable[..., Ran]) -> None:
    site = Site(articles=9, robots="User-agent: thidua\nDisallow: /\n\nUser-agent: *\nAllow: /\n")
    with serve(site) as server:
        ran = crawl(server.url)
        assert dict(server.requests) == {"/robots.txt": 1}
    assert ran.status == 1
    assert "robots.txt; the site asks not to be crawled there" in ran.said()


def test_the_crawl_delay_of_robots_txt_is_kept_even_where_none_was_asked_for(crawl: Callable[..., Ran]) -> None:
    site = Site(articles=30, categories=3, robots="User-agent: *\nCrawl-delay: 0.3\n")
    with serve(site) as server:
        began = time.monotonic()
        crawl(server.url, "--max-pages", "6")
        assert time.monotonic() - began > 5 * 0.3
        assert server.requests.total() == 7


def test_without_a_word_it_asks_once_a_second(thidua: Callable[..., Ran]) -> None:
    with serve(Site(articles=30)) as server:
        ran = thidua("crawl", server.url, "--max-pages", "3", "--json")
    assert ran.json["fetched"] == 3
    assert ran.json["seconds"] > 1.0, "three pauses of half to one and a half seconds"


def test_the_user_agent_names_whom_to_write_to() -> None:
    settings = overrides(delay=None, concurrency=None, contact="mailto:luutru@example.vn")
    assert settings["USER_AGENT"] == "thidua/0.1 (archive of public news; +mailto:luutru@example.vn)"


def test_what_fails_is_asked_for_three_times_and_again_on_the_next_run(
    crawl: Callable[..., Ran], tmp_path: Path
) -> None:
    site = Site(articles=30, categories=3)
    sick = site.articles[10].id
    site.fault(sick, "500")
    with serve(site) as server:
        first = crawl(server.url)
        assert server.requests[site.url(sick)] == 3
        site.clear_faults()
        second = crawl()
    assert (first.status, first.json["failed"]) == (0, 1)
    assert (second.status, second.json["articles_new"]) == (0, 1)
    assert len(stored(tmp_path / "data")) == 30


def test_a_redirect_does_not_lead_off_the_site(crawl: Callable[..., Ran]) -> None:
    site = Site(articles=30, categories=3)
    site.fault(site.articles[10].id, "offsite")
    with serve(site) as server:
        ran = crawl(server.url)
    assert ran.status == 0
    assert ran.json["refused"]["redirect off the site"] == 1
