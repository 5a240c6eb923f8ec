"""The first page, the state of the archive, and the feeds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import feedparser
from lxml import html

from archive import Archive
from archive.store import save
from tests.archive import build
from tests.web import library
from tests.web.conftest import Asked

if TYPE_CHECKING:
    import asyncio
    from pathlib import Path


def tree(room: Asked, path: str) -> Any:
    response = room.get(path)
    assert response.status_code == 200, response.text
    return html.fromstring(response.content)


def text(page: Any, selector: str) -> str:
    return " ".join(" ".join(each.text_content() for each in page.cssselect(selector)).split())


def test_the_first_page_says_how_complete_the_archive_is(room: Asked) -> None:
    line = text(tree(room, "/"), ".line")
    assert line.startswith("Kho giữ 62 bài, đăng từ 13/02/2018 đến 22/01/2020; còn 1 bài được nhắc đến nhưng chưa có.")
    assert text(tree(room, "/en"), ".line").startswith("The archive holds 62 articles, published from 13 February 2018")


def test_the_chart_and_its_table_say_the_same(room: Asked) -> None:
    page = tree(room, "/")
    bars = page.xpath("//*[name()='svg']//*[name()='a']")
    months = {bar.get("href"): bar.xpath("*[name()='title']/text()")[0] for bar in bars}
    chain = [library.day(n)[:7] for n in range(1, library.ARTICLES + 1)]
    assert list(months) == [f"/search?from={month}&to={month}" for month in dict.fromkeys(chain)]
    assert months["/search?from=2018-03&to=2018-03"] == f"03/2018: {chain.count('2018-03')} bài"
    cells = page.xpath("//table//td/a/@href")
    assert sorted(cells) == sorted(months)


def test_the_newest_come_first(room: Asked) -> None:
    newest = [each.text_content() for each in tree(room, "/").cssselect(".articles h3")]
    assert newest[:2] == ["Tin số 60: thi đua yêu nước", "Tin số 59: thi đua yêu nước"]


def test_the_heat_map_counts_months_and_categories(room: Asked) -> None:
    page = tree(room, "/coverage")
    assert [each.text_content() for each in page.cssselect(".heat caption")] == ["2020", "2019", "2018"]
    assert sum(int(each.text) for each in page.cssselect(".heat td a")) == library.ARTICLES
    assert sum(int(each.text) for each in page.cssselect(".heat .total")) == library.ARTICLES
    (link,) = page.xpath("//table[caption/@id='heat-2019']//tr[th='Tin tức']/td[1]/a/@href")
    assert link == "/search?category=Tin+t%E1%BB%A9c&from=2019-01&to=2019-01"


def test_what_is_missing_is_listed_the_newest_first(runner: asyncio.Runner, tmp_path: Path) -> None:
    days = {7: "2019-05-01", 8: "2020-06-12", 9: None, 10: "2012-03-13"}
    with Archive.open(tmp_path, create=True) as archive:
        save(archive, build.page(99, sighted=tuple(build.listed(n, "listing", day) for n, day in days.items())))
    page = tree(Asked(runner, tmp_path / "archive.db"), "/coverage/missing")
    assert [each.text_content() for each in page.cssselect(".near li a")] == [f"Tin số {n}" for n in (8, 7, 10, 9)]


def test_what_is_missing_gone_or_torn_is_listed(room: Asked) -> None:
    page = tree(room, "/coverage")
    assert "Tin số 61" in text(page, "section[aria-labelledby=missing]")
    assert "còn trong kho" in text(page, "section[aria-labelledby=gone]")
    assert "thiếu 1 tin mới hơn" in text(page, "section[aria-labelledby=gaps]")
    for name in ("missing", "gone", "gaps"):
        assert len(tree(room, f"/coverage/{name}").cssselect(".near li")) == 1
    assert "Không có." in text(tree(room, "/coverage/disputed"), "main")
    assert room.get("/coverage/missing?page=7").status_code == 404


def test_runs_are_shown_with_their_health(room: Asked) -> None:
    runs = text(tree(room, "/coverage"), "section[aria-labelledby=runs]")
    assert "trang gốc có vẻ bất thường" in runs
    assert "the lists of /tin name nothing" in runs
    assert "62 bài mới" in runs
    assert "ngày 96%" in runs


def test_the_feeds_can_be_read(room: Asked, ids: dict[int, int]) -> None:
    atom = feedparser.parse(room.get("/feed.atom").content)
    assert not atom.bozo
    assert len(atom.entries) == 50
    entry = atom.entries[0]
    assert (entry.title, entry.link) == ("Tin số 60: thi đua yêu nước", f"http://localhost/article/{ids[60]}")
    assert entry.published.startswith("2020-01-22")
    assert "<p>Mười hộ trồng na ở thôn 60 được khen.</p>" in entry.content[0].value
    feed = room.get("/en/feed.json").json()
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert [item["title"] for item in feed["items"]] == [each.title for each in atom.entries]
    assert feed["items"][0]["url"] == f"http://localhost/en/article/{ids[60]}"
