"""Crawl after crawl: what makes a version, what takes an article away, what does neither."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from tests.samplesite import BY_NAME, Server, Site, serve

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.thidua.conftest import Ran

WATCHED = 4  # the article that is edited, removed and brought back
ARTICLES = 12


class Watched:
    """A site that is crawled again and again, and one article on it."""

    def __init__(self, site: Site, server: Server[Site], crawl: Callable[..., Ran], folder: Path) -> None:
        self.site = site
        self.number = site.articles[WATCHED].id
        self.addresses = [server.url.rstrip("/") + site.url(article.id) for article in site.articles]
        self.address = self.addresses[WATCHED]
        self._crawl = crawl
        self._folder = folder
        crawl(server.url)

    def look(self, *, everywhere: bool = False) -> Ran:
        """Crawl again, the article (or all) asked for whatever else is due."""
        return self._crawl(*(self.addresses if everywhere else [self.address]))

    def _rows(self, query: str, *values: object) -> list[tuple[object, ...]]:
        with closing(sqlite3.connect(self._folder / "archive.db")) as db:
            return db.execute(query, values).fetchall()

    @property
    def bodies(self) -> list[str]:
        """The texts it has had."""
        query = "SELECT v.body FROM versions v JOIN articles a ON a.id = v.article_id WHERE a.url = ? ORDER BY number"
        return [str(body) for (body,) in self._rows(query, self.address)]

    @property
    def status(self) -> str:
        ((status,),) = self._rows("SELECT status FROM articles WHERE url = ?", self.address)
        return str(status)

    @property
    def later_versions(self) -> list[tuple[object, ...]]:
        return self._rows("SELECT article_id, number FROM versions WHERE number > 1")


def watched(crawl: Callable[..., Ran], folder: Path, **options: str) -> Iterator[Watched]:
    site = Site(articles=ARTICLES, categories=3, **options)
    with serve(site) as server:
        yield Watched(site, server, crawl, folder / "data")


@pytest.fixture
def it(crawl: Callable[..., Ran], tmp_path: Path) -> Iterator[Watched]:
    yield from watched(crawl, tmp_path)


def test_a_counter_that_counts_makes_no_version(it: Watched) -> None:
    ran = it.look(everywhere=True)
    assert ran.json["articles_changed"] == 0
    assert it.later_versions == []


@pytest.mark.parametrize(
    "markups",
    [("tables", "nukeviet4"), ("nukeviet4", "liferay"), ("sharepoint", "html5"), ("flat_br", "definition_list")],
    ids=" to ".join,
)
def test_another_layout_makes_no_version(markups: tuple[str, str], crawl: Callable[..., Ran], tmp_path: Path) -> None:
    before, after = markups
    for it in watched(crawl, tmp_path, markup=before, url_family=BY_NAME[before].family):
        it.site.restyle(after, messy=True, label_style="upper", list_date="hyphens")
        ran = it.look(everywhere=True)
        assert ran.json["articles_changed"] == ran.json["articles_gone"] == 0
        assert it.later_versions == []


def test_another_charset_makes_no_version(it: Watched) -> None:
    it.site.restyle(charset="windows-1258")
    assert it.look(everywhere=True).json["articles_changed"] == 0
    assert it.later_versions == []


def test_other_neighbours_byline_and_views_make_no_version(it: Watched) -> None:
    for category in range(3):
        it.site.add(category, count=2)
    it.site.edit(it.number, byline="Tin từ Ban Thi đua", views=99_999)
    ran = it.look(everywhere=True)
    assert (ran.json["articles_new"], ran.json["articles_changed"]) == (6, 0)
    assert it.later_versions == []


def test_an_edit_and_its_reversal_are_two_more_versions(it: Watched) -> None:
    first = it.site.article(it.number)
    it.site.edit_paragraph(it.number, "Đoạn này vừa được sửa lại cho đúng.", place=0)
    assert it.look().json["articles_changed"] == 1
    assert it.look().json["articles_changed"] == 0
    it.site.edit(it.number, blocks=first.blocks)
    assert it.look().json["articles_changed"] == 1
    assert it.bodies[0] == it.bodies[2] == first.body
    assert it.bodies[1].startswith("Đoạn này vừa được sửa lại cho đúng.")
    assert len(it.bodies) == 3


@pytest.mark.parametrize("change", ["a paragraph more", "a paragraph less", "the title"])
def test_one_change_is_one_version(it: Watched, change: str) -> None:
    article = it.site.article(it.number)
    blocks = article.blocks
    if change == "the title":
        it.site.edit(it.number, title=f"{article.title} năm nay")
    else:
        it.site.edit(it.number, blocks=(blocks[0], *blocks) if change.endswith("more") else blocks[:-1])
    assert it.look().json["articles_changed"] == 1
    assert len(it.bodies) == 2
    assert it.bodies[-1] == it.site.article(it.number).body


@pytest.mark.parametrize("how", ["404", "410"])
def test_what_the_server_calls_gone_is_gone_at_once_and_kept(it: Watched, how: str) -> None:
    body = it.site.article(it.number).body
    it.site.remove(it.number, how)
    assert it.look().json["articles_gone"] == 1
    assert (it.status, it.bodies) == ("gone", [body])
    assert it.look().json["articles_gone"] == 0, "gone already"


@pytest.mark.parametrize("how", ["taken-down", "sent-home"])
def test_a_notice_in_its_place_or_a_page_that_leads_home_takes_it_away_on_the_second_run(it: Watched, how: str) -> None:
    body = it.site.article(it.number).body
    it.site.fault(it.number, how)
    assert [it.look().json["articles_gone"] for _ in range(2)] == [0, 1]
    assert (it.status, it.bodies) == ("gone", [body])


@pytest.mark.parametrize("how", ["soft404", "home"])
def test_what_only_seems_gone_is_so_when_a_second_run_finds_the_same(it: Watched, how: str) -> None:
    body = it.site.article(it.number).body
    it.site.remove(it.number, how)
    assert it.look().json["articles_gone"] == 0
    assert it.status == "live"
    assert it.look().json["articles_gone"] == 1
    assert (it.status, it.bodies) == ("gone", [body])


@pytest.mark.parametrize("how", ["soft404", "home"])
def test_what_seemed_gone_once_and_is_there_again_never_was(it: Watched, how: str) -> None:
    for _ in range(2):
        it.site.remove(it.number, how)
        it.look()
        it.site.restore(it.number)
        it.look()
    assert it.status == "live"


@pytest.mark.parametrize("kind", ["500", "503", "403", "challenge", "empty", "blank", "not-html", "garbage", "loop"])
def test_trouble_neither_overwrites_nor_takes_away(it: Watched, kind: str) -> None:
    body = it.site.article(it.number).body
    it.site.fault(it.number, kind, seconds=0.01)
    for _ in range(2):
        ran = it.look()
        assert ran.json["articles_gone"] == ran.json["articles_changed"] == 0
    assert (it.status, it.bodies) == ("live", [body])
    it.site.clear_faults()
    it.site.edit_paragraph(it.number, "Đoạn này vừa được sửa lại cho đúng.", place=0)
    assert it.look().json["articles_changed"] == 1


def test_a_login_form_in_place_of_all_articles_is_not_believed(it: Watched) -> None:
    it.site.fault("*", "login")
    for _ in range(3):
        ran = it.look(everywhere=True)
        assert ran.json["articles_gone"] == ran.json["articles_changed"] == 0
    assert (it.status, it.later_versions) == ("live", [])
    it.site.clear_faults()
    assert it.look(everywhere=True).json["articles_changed"] == 0


@pytest.mark.parametrize("how", ["410", "soft404"])
@pytest.mark.parametrize("edited", [False, True], ids=["as it was", "edited"])
def test_it_can_come_back(it: Watched, how: str, *, edited: bool) -> None:
    it.site.remove(it.number, how)
    it.look()
    it.look()
    assert it.status == "gone"
    if edited:
        it.site.edit_paragraph(it.number, "Đoạn này vừa được sửa lại cho đúng.", place=0)
    it.site.restore(it.number)
    it.look()
    assert it.status == "live"
    assert len(it.bodies) == 1 + edited
    assert it.bodies[-1] == it.site.article(it.number).body
