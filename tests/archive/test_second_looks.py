"""What a later run asks for again since it was gone, went wrong, or is not believed yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.archive.build import article, gone, older, page, text
from tests.archive.later import AWARDS, Crawl

if TYPE_CHECKING:
    from archive import Archive


# -- what was gone


def test_what_is_named_again_is_asked_for_at_once(archive: Archive) -> None:
    crawl = Crawl(archive)
    crawl.home(AWARDS)
    crawl.article(1, date=1)
    crawl.article(2, date=2)
    crawl.listing(AWARDS, 2, 1)
    second = Crawl(archive, 1)
    second.save(gone(1, day=1))
    second.listing(AWARDS, 2)
    third = Crawl(archive, 2)
    assert 1 not in third.asked()
    third.listing(AWARDS, 2, 1)
    assert third.asked() == [1]


def test_a_neighbour_that_names_it_for_the_first_time_is_enough(archive: Archive) -> None:
    crawl = Crawl(archive)
    crawl.article(2, date=2)
    crawl.article(1, date=1)
    Crawl(archive, 1).save(gone(1, day=1))
    third = Crawl(archive, 2)
    third.asked()
    third.article(2, older(1), date=2)
    assert third.asked() == [1]


def test_a_link_that_was_never_taken_away_costs_one_request_and_no_more(archive: Archive) -> None:
    crawl = Crawl(archive)
    crawl.home(AWARDS)
    crawl.article(2, older(1), date=2)
    crawl.article(1, date=1)
    crawl.listing(AWARDS, 2, 1)
    Crawl(archive, 1).save(gone(1, day=1))
    asked = []
    for day in range(2, 9):
        later = Crawl(archive, day)
        asked += later.asked()
        later.article(2, older(1), date=2)
        later.listing(AWARDS, 2, 1)
        asked += later.asked()
        if 1 in asked:
            later.save(gone(1, day=day))
    assert asked.count(1) == 1


def test_on_a_first_crawl_what_is_gone_is_asked_for_once_however_often_it_is_named(archive: Archive) -> None:
    crawl = Crawl(archive)
    crawl.article(2, older(1), date=2)
    crawl.save(gone(1))
    crawl.article(3, older(2), older(1), date=3)
    assert crawl.asked() == []


# -- what did not go as it should


def test_what_answers_unreadably_takes_its_turn_with_the_others_after_three_runs(archive: Archive) -> None:
    crawl = Crawl(archive)
    crawl.article(2, older(1), date=2)
    often = 0
    for day in range(1, 8):
        run = Crawl(archive, day)
        if 1 in run.asked():
            often += 1
            run.save(page(1, day, http_status=302, reason="redirect off the site", location="http://khac.example/"))
    assert often == 3


def test_a_robots_txt_that_could_not_be_fetched_is_no_page(archive: Archive) -> None:
    crawl = Crawl(archive)
    crawl.save(page(7, kind="robots", state="failed"))
    assert Crawl(archive, 1).asked() == []


def test_an_unlike_text_is_looked_at_again(archive: Archive) -> None:
    crawl = Crawl(archive)
    crawl.article(2, date=2)
    crawl.article(1, date=1)
    strange = text("Nhà cái uy tín", "Cá cược bóng đá trực tuyến, thưởng lớn mỗi ngày, nạp rút nhanh chóng.")
    crawl = Crawl(archive, 1)
    assert crawl.save(article(1, day=1, said=strange)) == "doubted"
    assert 1 in Crawl(archive, 2).asked()


def test_the_page_of_a_listing_that_failed_is_asked_for_again(archive: Archive) -> None:
    crawl = Crawl(archive)
    crawl.home(AWARDS)
    crawl.article(1, date=1)
    crawl.listing(AWARDS, 1)
    Crawl(archive, 1).save(page(AWARDS, 1, state="failed", http_status=503, reason="HTTP 503"))
    assert AWARDS in Crawl(archive, 2).asked()
