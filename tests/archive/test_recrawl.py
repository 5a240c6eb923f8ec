"""What a later run asks for: where new articles are named, the newest of each category; and that nothing is missed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.archive.build import gone, known, newer, older, page
from tests.archive.later import AWARDS, DRIVES, EVERYTHING, HOME, Crawl

if TYPE_CHECKING:
    from archive import Archive


# -- where new articles are named


def test_a_category_is_served_by_the_listing_that_names_its_newest_and_least_else(archive: Archive) -> None:
    crawl = Crawl(archive)
    crawl.home(AWARDS, DRIVES, EVERYTHING)
    for number in range(1, 13):
        crawl.article(number, category="Khen thưởng" if number % 2 else "Thi đua", date=number)
    crawl.listing(EVERYTHING, *range(12, 0, -1))
    crawl.listing(AWARDS, 11, 9, 7, 5, 3)
    crawl.listing(DRIVES, 12, 10, 8, 6, 4)
    assert Crawl(archive, 1).asked() == [11, 12, HOME, AWARDS, DRIVES]


def test_a_listing_that_serves_several_categories_is_asked_for_once(archive: Archive) -> None:
    crawl = Crawl(archive)
    crawl.home(EVERYTHING)
    crawl.article(1, category="Khen thưởng", date=1)
    crawl.article(2, category="Thi đua", date=2)
    crawl.listing(EVERYTHING, 2, 1)
    assert Crawl(archive, 1).asked() == [1, 2, HOME, EVERYTHING]


def test_a_listing_left_behind_by_the_site_gives_way_to_the_one_that_names_the_newest(archive: Archive) -> None:
    crawl = Crawl(archive)
    crawl.home(AWARDS, EVERYTHING)
    for number in range(1, 13):
        crawl.article(number, category="Khen thưởng" if number < 10 else "Thi đua", date=number)
    crawl.article(20, date=20)
    crawl.listing(AWARDS, 1, 2, 3)
    crawl.listing(EVERYTHING, 20, 12, 11, 10, 9, 8)
    assert Crawl(archive, 1).asked() == [12, 20, HOME, EVERYTHING]


def test_a_section_that_names_no_article_is_not_asked_for_each_run(archive: Archive) -> None:
    crawl = Crawl(archive)
    crawl.home(AWARDS, DRIVES)
    crawl.article(1, date=1)
    crawl.listing(AWARDS, 1)
    crawl.save(page(DRIVES, kind="other"))
    assert DRIVES not in Crawl(archive, 1).asked()


def test_a_listing_that_once_names_nothing_is_still_a_listing(archive: Archive) -> None:
    crawl = Crawl(archive)
    crawl.home(AWARDS)
    crawl.article(1, date=1)
    crawl.listing(AWARDS, 1)
    Crawl(archive, 1).save(page(AWARDS, 1, kind="other"))
    assert AWARDS in Crawl(archive, 2).asked()


def test_a_listing_found_by_a_link_beside_news_serves_too(archive: Archive) -> None:
    crawl = Crawl(archive)
    crawl.home()
    crawl.save(page(HOME, kind="home", known=(known(AWARDS),)))
    crawl.article(1, date=1)
    crawl.listing(AWARDS, 1)
    assert AWARDS in Crawl(archive, 1).asked()


def test_where_articles_name_no_category_every_listing_that_is_needed_is_asked_for(archive: Archive) -> None:
    crawl = Crawl(archive)
    crawl.home(AWARDS, DRIVES, EVERYTHING)
    for number in (1, 2, 3, 4):
        crawl.article(number, category="", date=number)
    crawl.listing(AWARDS, 2, 1)
    crawl.listing(DRIVES, 4, 3)
    crawl.listing(EVERYTHING, 4, 2)
    assert Crawl(archive, 1).asked() == [2, 4, HOME, AWARDS, DRIVES]


def test_without_a_home_page_that_names_anything_each_listing_started_from_is_asked_for(archive: Archive) -> None:
    crawl = Crawl(archive)
    crawl.frontier.add([known(HOME, "home"), known(AWARDS, "section"), known(DRIVES, "section")])
    crawl.save(page(HOME, state="failed", http_status=500))
    crawl.article(1, date=1)
    crawl.listing(AWARDS, 1)
    crawl.listing(DRIVES, 1)
    assert Crawl(archive, 1).asked() == [1, HOME, AWARDS, DRIVES]


# -- the newest article of each category


def test_without_dates_the_newest_is_what_the_listing_names_first(archive: Archive) -> None:
    crawl = Crawl(archive)
    crawl.home(AWARDS)
    for number in (1, 2, 3):
        crawl.article(number)
    crawl.listing(AWARDS, 2, 3, 1)
    assert Crawl(archive, 1).asked() == [2, HOME, AWARDS]


def test_without_dates_or_listings_it_is_the_end_of_the_chain(archive: Archive) -> None:
    crawl = Crawl(archive)
    crawl.article(1, newer(2), newer(3))
    crawl.article(2, newer(3), older(1))
    crawl.article(3, older(2), older(1))
    assert Crawl(archive, 1).asked() == [3]


def test_the_chain_ends_before_an_article_that_is_gone(archive: Archive) -> None:
    crawl = Crawl(archive)
    crawl.article(1, newer(2), newer(3))
    crawl.article(2, newer(3), older(1))
    crawl.save(gone(3))
    assert Crawl(archive, 1).asked() == [2]


def test_of_two_ends_of_undated_chains_both_are_asked_for_and_of_more_each_in_turn(archive: Archive) -> None:
    crawl = Crawl(archive)
    for end in (10, 20, 30, 40):
        crawl.article(end, older(end + 1))
        crawl.article(end + 1, newer(end))
    second = Crawl(archive, 1)
    assert second.asked() == [10, 20]
    for number in (10, 20):
        second.article(number, older(number + 1))
    assert Crawl(archive, 2).asked() == [30, 40]


def test_a_date_that_is_wrong_does_not_hide_the_end_of_the_chain(archive: Archive) -> None:
    crawl = Crawl(archive)
    crawl.article(1, newer(2), date=999)  # it says so, and stands at the lower end
    crawl.article(2, newer(3), older(1), date=20)
    crawl.article(3, older(2), date=30)
    assert Crawl(archive, 1).asked() == [1, 3]


def test_of_one_day_without_a_chain_the_newest_is_what_the_listing_names_first(archive: Archive) -> None:
    crawl = Crawl(archive)
    crawl.home(AWARDS)
    for number in (1, 2, 3):
        crawl.article(number, date=5)
    crawl.listing(AWARDS, 3, 2, 1)
    assert Crawl(archive, 1).asked() == [3, HOME, AWARDS]


# -- what is skipped breaks no chain


def paged(crawl: Crawl, newest: int, pages: int = 4) -> None:
    """Let the first and the further pages of a listing show ten articles each, from the newest down."""
    numbers = [AWARDS, *range(910, 910 + pages - 1)]
    for number in crawl.asked():
        if number in numbers:
            place = numbers.index(number)
            further = tuple(known(other, "listing", 2) for other in numbers if other != number)
            crawl.listing(number, *range(newest - place * 10, newest - place * 10 - 10, -1), further=further)


def test_a_listing_that_has_moved_on_by_more_than_it_shows_is_followed(archive: Archive) -> None:
    crawl = Crawl(archive)
    crawl.home(AWARDS)
    for _ in range(2):
        paged(crawl, 40)
    for number in range(1, 41):
        crawl.article(number, date=number)
    later = Crawl(archive, 1)
    asked: list[int] = []
    for _ in range(4):
        asked += (due := later.asked())
        for number in due:
            if number == AWARDS or 910 <= number < 920:
                place = 0 if number == AWARDS else number - 909
                further = tuple(known(n, "listing", 2) for n in (910, 911, 912) if n != number)
                top = 65 - place * 10
                later.listing(number, *range(top, top - 10, -1), further=further)
            elif number != HOME:
                later.article(number, date=number)
    assert set(range(41, 66)) <= set(asked)
    assert {910, 911} <= set(asked)
    assert 912 not in asked, "what it shows has been seen"
    assert len(asked) == len(set(asked))


def test_a_listing_that_has_moved_on_by_little_is_not_followed(archive: Archive) -> None:
    crawl = Crawl(archive)
    crawl.home(AWARDS)
    paged(crawl, 40)
    paged(crawl, 40)
    for number in range(1, 41):
        crawl.article(number, date=number)
    later = Crawl(archive, 1)
    later.asked()
    later.listing(AWARDS, *range(42, 32, -1), further=(known(910, "listing", 2),))
    assert later.asked() == [41, 42]


def test_a_post_dated_back_is_found_on_the_listing(archive: Archive) -> None:
    crawl = Crawl(archive)
    crawl.home(AWARDS)
    for number in (1, 2, 3):
        crawl.article(number, date=number)
    crawl.listing(AWARDS, 3, 2, 1)
    later = Crawl(archive, 1)
    later.asked()
    later.listing(AWARDS, 3, 2, 77, 1)
    assert later.asked() == [77]
