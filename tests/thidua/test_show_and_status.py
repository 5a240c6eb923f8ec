from __future__ import annotations

from typing import TYPE_CHECKING

from tests.samplesite import Site, serve

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.thidua.conftest import Ran


def test_an_article_is_shown_with_its_dates_and_neighbours(
    crawl: Callable[..., Ran], thidua: Callable[..., Ran]
) -> None:
    site = Site(articles=30, categories=3)
    number = site.articles[15].id
    with serve(site) as server:
        crawl(server.url)
        address = server.url.rstrip("/") + site.url(number)
    said = thidua("show", address).out
    assert site.title(number) in said
    assert f"{site.published(number):%d/%m/%Y} (other pages' lists say so" in said
    assert all(neighbour.title in said for neighbour in (*site.newer(number), *site.older(number)))
    assert all(text in said for text in site.article(number).texts)


def test_another_spelling_of_its_url_finds_an_article(crawl: Callable[..., Ran], thidua: Callable[..., Ran]) -> None:
    site = Site(articles=9)
    number = site.articles[4].id
    with serve(site) as server:
        crawl(server.url)
        other = f"{server.url}Trang/ChiTietTinTuc.aspx?NID={number}&utm_source=zalo#dau-trang"
    assert thidua("show", other, "--json").json["article"]["title"] == site.title(number)


def test_what_is_not_there_is_said_so(crawl: Callable[..., Ran], thidua: Callable[..., Ran]) -> None:
    with serve(Site(articles=9)) as server:
        crawl(server.url)
    for which in ("99999", "khong-co", "http://[", "0", "99999999999999999999999"):
        ran = thidua("show", which)
        assert ran.status == 1
        assert which in ran.said()


def test_status_says_what_is_there_and_what_is_missing(crawl: Callable[..., Ran], thidua: Callable[..., Ran]) -> None:
    site = Site(articles=30, categories=3)
    lost, sick = site.articles[10].id, site.articles[20].id
    site.remove(lost)
    site.fault(sick, "500")
    with serve(site) as server:
        crawl(server.url)
    found = thidua("status", "--json").json
    assert {key: found[key] for key in ("articles", "known", "missing", "gone", "undated", "gaps")} == {
        "articles": 28,
        "known": 30,
        "missing": 1,
        "gone": 1,
        "undated": 0,
        "gaps": 0,
    }
    days = [site.published(number) for number in site.live() if number != sick]
    assert (found["first_published"], found["last_published"]) == (f"{min(days)}", f"{max(days)}")
    assert found["last_run"]["outcome"] == "done"
    assert [each["reason"] for each in found["failed"]] == ["HTTP 500"]
    said = thidua("status").out
    assert said.startswith("28 articles, ")
    assert "1 page failed: HTTP 500" in said
    assert all(category in said for category in site.categories)
