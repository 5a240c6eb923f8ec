"""Which captures of a page are asked for, and in which turn."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from archive.cdx import Row
from archive.times import stamp
from crawler.sites import for_url
from crawler.wayback.addresses import Target
from pipelines.wayback.choice import EARLIER, LACKING, NAMING, NEWEST, TO_COME, Page, Wish, judged

HOST = "example.gov.vn"
ARTICLE = f"http://{HOST}/Trang/ChiTietTinTuc.aspx?nid=17"
LISTING = f"http://{HOST}/tin-tuc"
PROFILE = for_url(LISTING)
WISH = Wish(Target(HOST), PROFILE)
UNKNOWN = Page()
EVERYTHING = Wish(Target(HOST), PROFILE, everything=True)


def rows(*said: str, url: str = ARTICLE) -> list[Row]:
    """Captures of successive years, each of which says something: a digest, `404`, `302 X`, a status `-` and digest."""
    found = []
    for number, words in enumerate(said):
        first, _, second = words.partition(" ")
        status = int(first) if first.isdigit() else 0 if first == "-" else 200
        digest = second or ("E" + first if first.isdigit() else first)
        mime = "text/html" if first != "-" else "warc/revisit"
        found.append(
            Row(number + 1, url, "k", f"{2011 + number}-01-01T00:00:00Z", status, mime, digest, "offered", "", 0, 0)
        )
    return found


def asked(captures: list[Row], wish: Wish = WISH, page: Page = UNKNOWN) -> list[int]:
    """The numbers of those that are asked for."""
    return [each.row.id for each in judged(captures, page, wish) if each.state == "offered"]


def test_a_capture_of_a_day_that_is_still_to_come_is_not_asked_for_and_says_so() -> None:
    soon = stamp(datetime.now(UTC) + timedelta(days=3))
    first, second = rows("A", "B")
    third = second._replace(id=3, captured_at=soon)
    judgements = list(judged([first, second, third], UNKNOWN, EVERYTHING))
    assert [(each.state, each.reason) for each in judgements] == [("offered", ""), ("offered", ""), ("left", TO_COME)]
    assert judgements[1].turn == LACKING, "the newest is the one of a day that was"


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ("A", [1]),
        ("A A A", [1]),
        ("A B B", [1, 2]),
        ("A B A", [1, 2, 3]),
        ("A 404 404 410", [1, 2, 4]),
        ("A 404 A", [1, 2, 3]),
        ("A 503 A", [1]),
        ("A 429 429", [1]),
        ("404 404", [1]),
        ("403", []),
    ],
)
def test_the_first_of_each_run_that_says_the_same(said: str, wanted: list[int]) -> None:
    assert asked(rows(*said.split())) == wanted


def test_redirects_are_told_apart_by_their_digest() -> None:
    assert asked(rows("302 X", "302 X", "302 Y")) == [1, 3]


def test_a_revisit_says_what_it_repeats() -> None:
    assert asked(rows("A", "- A", "B", "- A")) == [1, 3, 4]
    assert asked(rows("404 N", "- N")) == [1]


def test_captures_without_a_digest_may_say_anything() -> None:
    assert asked([row._replace(digest="") for row in rows("A", "A")]) == [1, 2]


def test_every_capture_if_asked_for() -> None:
    assert asked(rows("A", "A", "404", "503", "302 X"), EVERYTHING) == [1, 2, 3, 4, 5]


@pytest.mark.parametrize(
    "mime", ["text/html", "text/html; charset=utf-8", "application/xhtml+xml", "unk", "", "warc/revisit"]
)
def test_what_may_be_html(mime: str) -> None:
    assert asked([rows("A")[0]._replace(mime=mime)]) == [1]


@pytest.mark.parametrize("mime", ["image/jpeg", "application/pdf", "text/css", "application/json"])
def test_what_is_none(mime: str) -> None:
    (only,) = judged([rows("A")[0]._replace(mime=mime)], Page(), EVERYTHING)
    assert (only.state, only.reason) == ("left", "not HTML")


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("http://other.example.vn/a", "not of the site"),
        (f"http://{HOST}/a.pdf", "no page that can be read"),
        (f"http://{HOST}/robots.txt", "no page that can be read"),
        (f"http://{HOST}/tin/print/17", "no page that can be read"),
    ],
)
def test_pages_that_nobody_would_read_are_left(url: str, why: str) -> None:
    (only,) = judged(rows("A", url=url), Page(), EVERYTHING)
    assert (only.state, only.reason[: len(why)]) == ("left", why)


def test_an_error_where_never_was_a_page_is_left() -> None:
    assert asked(rows("404", url=LISTING)) == []
    assert asked(rows("404", "A", url=LISTING)) == [1, 2]


def test_days_are_chosen_though_the_server_lists_others() -> None:
    wish = Wish(Target(HOST, "host", date(2012, 1, 1), date(2012, 12, 31)), PROFILE)
    assert asked(rows("A", "A", "A"), wish) == [2]


@pytest.mark.parametrize(
    ("page", "wanted"),
    [
        (Page(), []),
        (Page(is_article=True), [1]),
        (Page(is_article=True, is_stored=True), []),
        (Page(is_article=False, is_stored=False), []),
    ],
)
def test_only_articles_that_are_known_and_not_here_are_missing(page: Page, wanted: list[int]) -> None:
    assert asked(rows("A"), Wish(Target(HOST), PROFILE, missing=True), page) == wanted


def test_what_is_here_counts_as_kept() -> None:
    page = Page(is_article=True, is_stored=True, captures=frozenset({("2011-01-01T00:00:00Z", 200)}))
    first, second = judged(rows("A", "B"), page, WISH)
    assert (first.state, second.state) == ("kept", "offered")


def test_of_two_captures_within_one_second_the_one_that_is_not_here_is_asked_for() -> None:
    moved, text = rows("301 X")[0], rows("A")[0]._replace(id=2)
    page = Page(captures=frozenset({(moved.captured_at, 301)}))
    assert asked([moved, text], WISH, page) == [2]
    assert asked([moved._replace(status=0)], WISH, page) == []


def test_articles_come_before_lists_and_their_newest_text_before_the_others() -> None:
    def turns(captures: list[Row], page: Page) -> list[int]:
        return [each.turn for each in judged(captures, page, WISH)]

    assert turns(rows("A", "B", "404"), Page()) == [EARLIER, LACKING, EARLIER]
    assert turns(rows("A", "B", "404"), Page(is_article=True, is_stored=True)) == [EARLIER, NEWEST, EARLIER]
    assert turns(rows("A", "B", url=LISTING), Page()) == [NAMING, NAMING]


def test_what_has_failed_is_asked_for_last() -> None:
    (only,) = judged([rows("A")[0]._replace(state="failed", reason="x")], Page(), WISH)
    assert (only.state, only.reason) == ("failed", "x")
    assert only.turn > NAMING


def test_a_page_to_print_under_the_key_of_its_article_costs_none_of_its_captures() -> None:
    """On Liferay the address of the pop-up tells the same article; as the last of the list it was judged for all."""
    article = f"http://{HOST}/vi/tin-tuc/-/view_content/822-mung-cong.html"
    first, last = rows("A", "B", url=article)
    pop_up = last._replace(id=3, url=f"{article}?p_p_state=pop_up&viewMode=print", captured_at="2012-01-01T00:00:09Z")
    assert asked([first, last, pop_up]) == [1, 2]
