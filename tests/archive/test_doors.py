"""A listing that the site denies: one bad answer closes no door, and one that seems closed is tried again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from archive import health
from tests.archive.build import SITE, gone, known, listed, page, url
from tests.archive.later import AWARDS, DRIVES, EVERYTHING, HOME, Crawl, finished

if TYPE_CHECKING:
    from archive import Archive
    from archive.models import Observation


def denied(number: int, how: int, day: int) -> Observation:
    """A listing answers 404, 410, as a page that says it is none (200), or by a redirect to the home page (302)."""
    return gone(number, how, day=day)


def state(archive: Archive, number: int) -> str:
    (found,) = archive.conn.execute("SELECT state FROM pages WHERE url = ?", (url(number),)).fetchone()
    return str(found)


def opened(archive: Archive) -> None:
    """Crawl a site of two categories, each with a listing of its own."""
    crawl = Crawl(archive)
    crawl.home(AWARDS, DRIVES)
    for number in range(1, 9):
        crawl.article(number, category="Khen thưởng" if number % 2 else "Thi đua", date=number)
    crawl.listing(AWARDS, 7, 5, 3, 1)
    crawl.listing(DRIVES, 8, 6, 4, 2)
    finished(crawl)


@pytest.mark.parametrize("how", [404, 410, 200, 302])
def test_a_listing_is_gone_when_two_runs_were_told_so(archive: Archive, how: int) -> None:
    opened(archive)
    for day, expected in ((1, "fetched"), (2, "gone")):
        crawl = Crawl(archive, day)
        assert crawl.asked() == [7, 8, HOME, AWARDS, DRIVES]
        crawl.save(denied(DRIVES, how, day))
        crawl.save(denied(DRIVES, how, day))
        assert state(archive, DRIVES) == expected
        finished(crawl)


def test_where_nothing_else_leads_to_its_category_it_is_asked_for_on_every_run(archive: Archive) -> None:
    opened(archive)
    for day in range(1, 6):
        crawl = Crawl(archive, day)
        assert crawl.asked() == [7, 8, HOME, AWARDS, DRIVES], "two a category and the home page, as ever"
        crawl.save(denied(DRIVES, 404, day))
        finished(crawl)
    crawl = Crawl(archive, 6)
    crawl.listing(DRIVES, 10, 8, 6, 4)
    assert 10 in crawl.asked()
    assert state(archive, DRIVES) == "fetched"


def test_it_gives_way_to_one_that_names_the_newest_and_has_its_turn_where_there_is_room(archive: Archive) -> None:
    opened(archive)
    for day in (1, 2):
        crawl = Crawl(archive, day)
        for number in (AWARDS, DRIVES):
            crawl.save(denied(number, 404, day))
        crawl.home(EVERYTHING)
        crawl.listing(EVERYTHING, 8, 7)
        finished(crawl)
    turns = []
    for day in range(3, 7):
        crawl = Crawl(archive, day)
        asked = crawl.asked()
        assert len(asked) <= 1 + 2 * 2, "the promise holds"
        assert set(asked) > {7, 8, HOME, EVERYTHING}
        turns += (turn := [number for number in asked if number in (AWARDS, DRIVES)])
        for number in turn:
            crawl.save(denied(number, 404, day))
        finished(crawl)
    assert turns == [AWARDS, DRIVES, AWARDS, DRIVES]


def test_of_those_that_list_articles_without_a_category_one_is_asked_for_in_its_turn(archive: Archive) -> None:
    crawl = Crawl(archive)
    crawl.home(AWARDS, DRIVES)
    for number in range(1, 5):
        crawl.article(number, category="", date=number)
    crawl.listing(AWARDS, 3, 1)
    crawl.listing(DRIVES, 4, 2)
    for day in (1, 2):
        finished(crawl)
        crawl = Crawl(archive, day)
        for number in (AWARDS, DRIVES):
            crawl.save(denied(number, 404, day))
    finished(crawl)
    turns = []
    for day in (3, 4):
        crawl = Crawl(archive, day)
        turns += [number for number in crawl.asked() if number in (AWARDS, DRIVES)]
        crawl.save(denied(turns[-1], 404, day))
        finished(crawl)
    assert turns == [AWARDS, DRIVES]


def test_a_section_that_never_named_anything_has_nothing_to_lose(archive: Archive) -> None:
    crawl = Crawl(archive)
    crawl.home(AWARDS)
    crawl.save(denied(AWARDS, 404, 0))
    assert state(archive, AWARDS) == "gone"


@pytest.mark.parametrize(
    "answer",
    [
        {"http_status": 404, "state": "gone"},
        {"http_status": 200, "state": "gone", "kind": "soft404"},
        {"http_status": 302, "state": "gone"},
        {"http_status": 302, "location": "http://khac.example/"},
        {"http_status": 200, "kind": "other"},
    ],
    ids=["404", "soft 404", "to the home page", "off the site", "names nothing"],
)
def test_a_listing_that_was_denied_has_fallen_silent(archive: Archive, answer: dict[str, object]) -> None:
    opened(archive)
    crawl = Crawl(archive, 1)
    crawl.listing(AWARDS, 7, 5)
    crawl.save(page(DRIVES, 1, **answer))
    seen = health.seen(archive, SITE, crawl.run_id).listings
    assert (seen.naming, seen.silent) == (1, ((url(DRIVES), 4),))


def test_one_that_leads_to_another_place_on_the_site_has_not(archive: Archive) -> None:
    opened(archive)
    crawl = Crawl(archive, 1)
    moved = page(DRIVES, 1, http_status=301, location=url(950), known=(known(950, "section"),))
    crawl.save(moved)
    assert health.seen(archive, SITE, crawl.run_id).listings.silent == ()


def test_a_list_that_grew_shorter_has_not_either(archive: Archive) -> None:
    opened(archive)
    crawl = Crawl(archive)
    crawl.listing(AWARDS, 7, 5, 3, 1, further=(known(910, "listing", 2),))
    crawl.save(page(910, kind="listing", sighted=tuple(listed(number, "listing") for number in (2, 4, 6))))
    crawl = Crawl(archive, 1)
    crawl.save(gone(910, day=1))
    assert health.seen(archive, SITE, crawl.run_id).listings.silent == ()
    assert state(archive, 910) == "gone"
