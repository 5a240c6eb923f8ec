from __future__ import annotations

from datetime import UTC, datetime

import pytest

from crawler.records import Block, BlockKind, Capture, Kind, Page, Reading
from crawler.visit import Asked, State, Visit
from pipelines.check import believed, verdict

SITE = "http://thidua.example.vn"
HOSTS = ("thidua.example.vn",)
TEXT = (Block(BlockKind.PARAGRAPH, "Xã Vĩnh Hòa phát động phong trào trồng cây."),)


def answered(status: int = 200, page: Page | None = None, location: str = "", kind: str = "") -> Visit:
    when = datetime(2020, 6, 12, tzinfo=UTC)
    capture = Capture(f"{SITE}/tin/a-n1.html", when, "live", status, "sha1:A", location=location)
    return Visit(Asked(capture.url, kind), Reading(capture, page))


def article(kind: Kind = Kind.ARTICLE, title: str = "Vĩnh Hòa trồng cây", blocks: tuple[Block, ...] = TEXT) -> Page:
    return Page(f"{SITE}/tin/a-n1.html", kind, title=title, blocks=blocks)


def test_an_article_with_title_and_text_is_stored() -> None:
    assert verdict(answered(page=article()), HOSTS) == (State.FETCHED, "")


@pytest.mark.parametrize(
    ("page", "state", "reason"),
    [
        (article(title=""), State.FAILED, "article without a title"),
        (article(blocks=()), State.FAILED, "article without a text"),
        (article(Kind.EMPTY), State.FAILED, "empty page"),
        (article(Kind.UNAVAILABLE), State.FAILED, "says to come back later"),
        (article(Kind.UNREADABLE), State.FAILED, "unreadable charset"),
        (article(Kind.CHALLENGE), State.BLOCKED, "cookie challenge"),
        (article(Kind.SOFT_404), State.GONE, "says it does not exist"),
        (article(Kind.NOT_HTML), State.FETCHED, "not HTML"),
        (article(Kind.OTHER), State.FETCHED, "neither an article nor a list"),
    ],
)
def test_what_may_not_be_stored_as_an_article_has_its_reason(page: Page, state: State, reason: str) -> None:
    assert verdict(answered(page=page), HOSTS) == (state, reason)


@pytest.mark.parametrize("kind", [Kind.HOME, Kind.LISTING])
def test_a_list_is_fetched_and_needs_no_reason(kind: Kind) -> None:
    assert verdict(answered(page=article(kind, title="", blocks=())), HOSTS) == (State.FETCHED, "")


@pytest.mark.parametrize(
    ("status", "state"),
    [
        (404, State.GONE),
        (410, State.GONE),
        (403, State.BLOCKED),
        (401, State.BLOCKED),
        (500, State.FAILED),
        (503, State.FAILED),
    ],
)
def test_an_error_page_is_never_an_article(status: int, state: State) -> None:
    assert verdict(answered(status), HOSTS) == (state, f"HTTP {status}")


@pytest.mark.parametrize(
    ("location", "state", "reason"),
    [
        (f"{SITE}/", State.GONE, "redirect to the home page"),
        (f"{SITE}/tin/a-moi-n1.html", State.FETCHED, "redirect"),
        ("https://thidua.example.vn/tin/a-n1.html", State.FETCHED, "redirect to itself"),
        ("https://thidua.example.vn/tin/a-n1.html?utm_source=zalo", State.FETCHED, "redirect to itself"),
        ("http://khac.example.vn/", State.FETCHED, "redirect off the site"),
        ("http://[/", State.FAILED, "redirect to nowhere"),
    ],
)
def test_a_redirect_means_what_its_target_says(location: str, state: State, reason: str) -> None:
    assert verdict(answered(302, location=location), HOSTS) == (state, reason)


LONG = (Block(BlockKind.PARAGRAPH, "Bà con xã Vĩnh Hòa họp mặt, kể lại một năm trồng cây và sửa đường. " * 4),)


def test_a_page_that_a_list_names_is_an_article_though_nothing_on_it_says_so() -> None:
    visit = answered(page=article(Kind.OTHER, blocks=LONG), kind="article")
    assert believed(visit).reading.page == article(Kind.ARTICLE, blocks=LONG)


def test_a_page_that_only_the_menu_names_stays_what_it_is() -> None:
    visit = answered(page=article(Kind.OTHER, blocks=LONG))
    assert believed(visit) == visit


def test_a_page_with_next_to_no_text_is_no_article_whoever_names_it() -> None:
    visit = answered(page=article(Kind.OTHER), kind="article")
    assert believed(visit) == visit


def test_a_redirect_to_the_very_same_address_is_asked_for_again_another_day() -> None:
    seen = answered(302, location=f"{SITE}/tin/a-n1.html")
    assert verdict(seen, HOSTS) == (State.FAILED, "redirect to itself")
