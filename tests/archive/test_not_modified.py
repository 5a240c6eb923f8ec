"""304: when a page is asked for only if it has changed, and what it means that it has not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from archive.frontier import Frontier
from archive.store import save
from tests.archive.build import SITE, article, gone, known, listed, newer, older, page, text, url

if TYPE_CHECKING:
    from archive import Archive
    from archive.models import Due, Observation

TAG: dict[str, Any] = {"etag": '"a"', "last_modified": "Fri, 12 Jun 2020 00:00:00 GMT"}
BOTH = ('"a"', "Fri, 12 Jun 2020 00:00:00 GMT")
NONE = ("", "")


def due(archive: Archive, number: int) -> Due:
    frontier = Frontier(archive, SITE)
    frontier.add([known(number, "other")])
    return next(found for found in frontier.take(100) if found.url == url(number))


def held(archive: Archive, number: int) -> tuple[str, str]:
    found = due(archive, number)
    return found.etag, found.last_modified


def not_modified(number: int, day: int = 1) -> Observation:
    return page(number, day, http_status=304)


def everything(archive: Archive) -> list[tuple[object, ...]]:
    """What the archive says of the site, apart from when it was last looked at."""
    return [
        *archive.conn.execute("SELECT url, kind, state, due, attempts, reason, etag, last_modified FROM pages"),
        *archive.conn.execute("SELECT url, title, body, category, status, published FROM articles"),
        *archive.conn.execute("SELECT article_id, number, captured_at, body FROM versions"),
        *archive.conn.execute("SELECT url, seen_on, relation, title, published, first_seen_at FROM sightings"),
    ]


# -- who is asked so


def test_an_article_is_asked_for_with_both(archive: Archive) -> None:
    save(archive, article(1, newer(2), **TAG))
    assert held(archive, 1) == BOTH


def test_the_end_of_a_chain_is_asked_for_without_a_date_which_says_nothing_of_its_lists(archive: Archive) -> None:
    save(archive, article(1, older(2), **TAG))
    assert held(archive, 1) == ('"a"', "")


@pytest.mark.parametrize("kind", ["home", "listing"])
def test_a_page_that_names_articles_is_asked_for_without_its_date_which_is_a_template_s(
    archive: Archive, kind: str
) -> None:
    save(archive, page(1, kind=kind, sighted=(listed(2, "listing"),), **TAG))
    assert held(archive, 1) == ('"a"', "")


def test_after_a_failure_what_is_held_is_still_what_is_held(archive: Archive) -> None:
    save(archive, article(1, newer(2), **TAG))
    save(archive, page(1, 1, http_status=500, state="failed", etag='"error"'))
    assert held(archive, 1) == BOTH


@pytest.mark.parametrize(
    "later",
    [
        gone(1, day=1),
        gone(1, 200, day=1),
        page(1, 1, kind="other", etag='"b"', reason="neither an article nor a list"),
        page(1, 1, http_status=302, reason="redirect", etag='"b"'),
        article(1, newer(2), day=1),
        article(1, newer(2), day=1, said=text("Nhà cái", "Cá cược trực tuyến, nạp rút nhanh."), etag='"b"'),
        page(1, 1, kind="listing", sighted=(listed(2, "listing"),), etag='"b"'),
    ],
    ids=["gone", "maybe gone", "unread", "redirect", "no tag any more", "doubted", "read as a listing"],
)
def test_what_last_answered_otherwise_is_asked_for_in_full(archive: Archive, later: Observation) -> None:
    save(archive, article(1, newer(2), **TAG))
    save(archive, later)
    assert held(archive, 1) == NONE


def test_a_listing_that_named_nothing_is_asked_for_in_full(archive: Archive) -> None:
    save(archive, page(1, kind="other", **TAG))
    assert held(archive, 1) == NONE


def test_an_alias_is_asked_for_in_full(archive: Archive) -> None:
    save(archive, article(1, newer(9)))
    save(archive, article(2, newer(9), said=text("Tin số 1"), canonical_key=f"{SITE}/tin?id=1", **TAG))
    assert archive.conn.execute("SELECT kind FROM pages WHERE url = ?", (url(2),)).fetchone() == ("alias",)
    assert held(archive, 2) == NONE


def test_a_page_under_a_new_address_is_asked_for_in_full(archive: Archive) -> None:
    save(archive, article(1, newer(2), **TAG))
    there = known(1)
    moved = url(1).replace("http:", "https:")
    save(archive, page(1, 1, http_status=301, location=moved, known=(type(there)(moved, there.key, "article"),)))
    again = Frontier(archive, SITE).take(1)[0]
    assert (again.url, again.etag, again.last_modified) == (moved, "", "")


# -- what the answer means


def test_it_leaves_everything_as_it_was(archive: Archive) -> None:
    save(archive, article(1, newer(2, "2020-06-19"), older(3, "2020-06-01"), **TAG))
    before = everything(archive)
    assert due(archive, 1)
    assert save(archive, not_modified(1)).what == "unchanged"
    assert everything(archive) == before


def test_it_is_as_good_as_reading_the_page_again(archive: Archive) -> None:
    save(archive, article(1, newer(2), **TAG))
    save(archive, not_modified(1, 5))
    moment = "2024-01-06T03:00:00Z"
    assert archive.conn.execute("SELECT last_captured_at FROM articles").fetchone() == (moment,)
    assert archive.conn.execute("SELECT last_seen_at FROM sightings").fetchone() == (moment,)
    assert archive.conn.execute("SELECT fetched_at FROM pages WHERE url = ?", (url(1),)).fetchone() == (moment,)


def test_of_a_listing_it_says_nothing_about_an_article(archive: Archive) -> None:
    save(archive, page(1, kind="listing", sighted=(listed(2, "listing"),), **TAG))
    before = everything(archive)
    saved = save(archive, not_modified(1))
    assert (saved.what, saved.article_id) == ("none", None)
    assert everything(archive) == before


def test_what_a_listing_named_earlier_and_no_more_is_not_seen_again(archive: Archive) -> None:
    save(archive, page(1, kind="listing", sighted=(listed(2, "listing"),)))
    save(archive, page(1, 1, kind="listing", sighted=(listed(3, "listing"),), **TAG))
    save(archive, not_modified(1, 2))
    rows = archive.conn.execute("SELECT url, last_seen_at FROM sightings ORDER BY url").fetchall()
    assert rows == [(url(2), "2024-01-01T03:00:00Z"), (url(3), "2024-01-03T03:00:00Z")]


def test_after_a_failure_it_makes_the_page_well(archive: Archive) -> None:
    save(archive, article(1, newer(2), **TAG))
    save(archive, page(1, 1, http_status=500, state="failed", reason="HTTP 500"))
    assert save(archive, not_modified(1, 2)).what == "unchanged"
    row = archive.conn.execute("SELECT state, reason, attempts FROM pages WHERE url = ?", (url(1),)).fetchone()
    assert row == ("fetched", None, 0)


@pytest.mark.parametrize("before", [[], [gone(1)], [article(1)], [article(1, **TAG), gone(1, day=1)]])
def test_where_nothing_is_held_to_compare_with_it_is_a_failure(archive: Archive, before: list[Observation]) -> None:
    for seen in before:
        save(archive, seen)
    assert save(archive, not_modified(1, 2)).what == "none"
    row = archive.conn.execute("SELECT state, reason FROM pages WHERE url = ?", (url(1),)).fetchone()
    assert row == ("failed", "not modified, and nothing held")
    assert held(archive, 1) == NONE
