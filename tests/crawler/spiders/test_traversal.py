from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from crawler import traversal
from crawler.records import Capture, Kind, ListItem, Page, Relation
from crawler.traversal import Link

SITE = "http://thidua.example.vn"
HOSTS = ("thidua.example.vn",)
CAPTURE = Capture(f"{SITE}/tin/a-n1.html", datetime(2020, 6, 12, tzinfo=UTC), "live", 200, "sha1:A")


def item(url: str, relation: Relation = Relation.OLDER) -> ListItem:
    return ListItem(url, "Trao cờ thi đua cho xã Đồng Mai", None, relation, 0)


def named(page: Page, depth: int = 0) -> list[tuple[str, str, int]]:
    links = traversal.links(page, CAPTURE, kind="article", depth=depth, hosts=HOSTS)
    return [(link.url.removeprefix(SITE), link.kind, link.depth) for link in links]


@pytest.mark.parametrize("relation", list(Relation))
def test_what_any_list_names_is_an_article(relation: Relation) -> None:
    page = Page(CAPTURE.url, Kind.ARTICLE, items=(item(f"{SITE}/tin/b-n2.html", relation),))
    assert named(page) == [("/tin/b-n2.html", "article", 1)]


def test_a_page_named_twice_is_made_known_once() -> None:
    page = Page(CAPTURE.url, Kind.ARTICLE, items=(item(f"{SITE}/a-n2.html"), item(f"{SITE}/a-n2.html#duoi")))
    assert named(page) == [("/a-n2.html", "article", 1)]


@pytest.mark.parametrize(
    "url",
    [
        "http://khac.example.vn/tin-n1.html",
        "ftp://thidua.example.vn/tin-n1.html",
        "mailto:thidua@example.vn",
        f"{SITE}/tep/quyet-dinh.pdf",
        f"{SITE}/tin/print/a-1.html",
    ],
)
def test_what_is_off_the_site_or_no_page_is_not_followed(url: str) -> None:
    assert named(Page(CAPTURE.url, Kind.LISTING, items=(item(url),))) == []


def test_a_host_with_and_without_www_is_one_site() -> None:
    page = Page(CAPTURE.url, Kind.LISTING, items=(item("http://www.thidua.example.vn/a-n2.html"),))
    assert named(page) == [("http://www.thidua.example.vn/a-n2.html", "article", 1)]


@pytest.mark.parametrize("depth", [0, 1])
def test_the_menu_is_followed_near_a_start_page(depth: int) -> None:
    assert named(Page(CAPTURE.url, Kind.HOME, sections=(f"{SITE}/van-ban",)), depth) == [
        ("/van-ban", "section", depth + 1)
    ]


def test_the_menu_of_deeper_pages_is_not_followed() -> None:
    assert named(Page(CAPTURE.url, Kind.ARTICLE, sections=(f"{SITE}/van-ban",)), depth=2) == []


@pytest.mark.parametrize(("kind", "known"), [(Kind.LISTING, 1), (Kind.HOME, 1), (Kind.ARTICLE, 0)])
def test_the_pages_of_a_listing_are_followed_and_those_of_an_article_not(kind: Kind, known: int) -> None:
    page = Page(CAPTURE.url, kind, pagers=(f"{SITE}/tin?trang=2",))
    assert named(page, depth=2) == [("/tin?trang=2", "listing", 2)] * known


def test_a_redirect_hands_its_place_to_its_target() -> None:
    moved = replace(CAPTURE, status=301, location=f"{SITE}/tin-moi/a-n1.html")
    links = traversal.links(None, moved, kind="article", depth=2, hosts=HOSTS)
    assert links == (Link(f"{SITE}/tin-moi/a-n1.html", "article", 3),)


def test_a_redirect_off_the_site_is_not_followed() -> None:
    moved = replace(CAPTURE, status=302, location="http://127.0.0.1/quan-tri")
    assert traversal.links(None, moved, kind="article", depth=2, hosts=HOSTS) == ()


def test_the_home_page_is_known_from_any_start() -> None:
    assert traversal.starts([f"{SITE}/tin/a-n1.html"]) == [
        Link(f"{SITE}/tin/a-n1.html", "article", 0),
        Link(f"{SITE}/", "home", 0),
    ]


def test_a_start_at_the_home_page_is_one_page() -> None:
    assert traversal.starts([SITE]) == [Link(f"{SITE}/", "home", 0)]


def test_further_pages_of_a_start_listing_are_no_start_pages() -> None:
    page = Page(CAPTURE.url, Kind.LISTING, pagers=(f"{SITE}/tin?trang=2",))
    assert named(page, depth=0) == [("/tin?trang=2", "listing", 1)]
