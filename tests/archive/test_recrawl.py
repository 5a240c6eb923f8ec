"""What a later run asks for: where new articles are named, the newest of each category, older pages in turn."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from archive import runs
from archive.frontier import Frontier
from archive.store import save
from tests.archive.build import SITE, START, article, gone, known, listed, newer, older, page, text

if TYPE_CHECKING:
    from archive import Archive
    from archive.models import Known, Observation, Sighted

HOME, AWARDS, DRIVES, EVERYTHING = 900, 901, 902, 903


class Crawl:
    """One run: `day` days after the start; it is told what the site answers."""

    def __init__(self, archive: Archive, day: int = 0, recheck: int = 0) -> None:
        self.archive = archive
        self.day = day
        self.run_id = runs.begin(archive, "crawl", SITE, START + timedelta(days=day))
        self.frontier = Frontier(archive, SITE)
        self.frontier.begin(recheck)

    def asked(self) -> list[int]:
        return sorted(int(due.url.rpartition("=")[2]) for due in self.frontier.take(10_000))

    def home(self, *sections: int) -> None:
        self.frontier.add([known(HOME, "home")])
        links = tuple(known(number, "section", 1) for number in sections)
        self.save(page(HOME, self.day, kind="home", known=links, sighted=(listed(1, "listing"),)))

    def listing(self, number: int, *named: int, further: tuple[Known, ...] = ()) -> None:
        items = tuple(listed(name, "listing", position=place) for place, name in enumerate(named))
        self.save(page(number, self.day, kind="listing", sighted=items, known=further))

    def article(self, number: int, *lists: Sighted, category: str = "Khen thưởng", date: int | None = None) -> None:
        day = (START + timedelta(days=date - 1000)).date() if date is not None else None
        said = text(f"Tin số {number}", category=category, page_date=day)
        self.save(article(number, *lists, day=self.day, said=said))

    def save(self, seen: Observation) -> str:
        return save(self.archive, replace(seen, run_id=self.run_id)).what


def finished(crawl: Crawl) -> Crawl:
    """Let nothing be left of a run: what it knows and has not been told of is settled as a page of no interest."""
    crawl.archive.conn.execute("UPDATE pages SET due = 0")
    return crawl


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


# -- older pages in turn


def chained(archive: Archive, count: int) -> Crawl:
    crawl = Crawl(archive)
    for number in range(1, count + 1):
        near = [newer(n) for n in range(number + 1, min(number + 4, count + 1))]
        crawl.article(number, *near, *(older(n) for n in range(max(1, number - 5), number)), date=number)
    return finished(crawl)


def looked_at(crawl: Crawl) -> set[int]:
    """Answer all that a run asks for, as it was; return what that is."""
    asked = crawl.asked()
    for number in asked:
        crawl.article(number, date=number)
    return set(asked)


def test_nothing_older_is_asked_for_unless_it_is_wanted(archive: Archive) -> None:
    chained(archive, 30)
    assert Crawl(archive, 1).asked() == [30]


def test_the_budget_is_kept(archive: Archive) -> None:
    chained(archive, 30)
    assert len(Crawl(archive, 1, recheck=7).asked()) == 1 + 7


def test_all_are_looked_at_before_any_is_again(archive: Archive) -> None:
    chained(archive, 31)
    seen = [looked_at(Crawl(archive, 1, recheck=10)) - {31} for _ in range(3)]
    assert sorted(number for run in seen for number in run) == list(range(1, 31))


def test_the_pages_of_one_run_are_scattered_over_the_chain(archive: Archive) -> None:
    chained(archive, 200)
    numbers = sorted(looked_at(Crawl(archive, 1, recheck=40)) - {200})
    apart = [after - before for before, after in zip([0, *numbers], [*numbers, 200], strict=True)]
    assert max(apart) <= 9, "a post that is put in anywhere is named by five pages above it and three below"


def test_two_archives_that_hold_the_same_choose_the_same(archive: Archive) -> None:
    chained(archive, 50)
    one = Crawl(archive, 1, recheck=9)
    chosen = one.asked()
    finished(one)
    archive.conn.execute("DELETE FROM runs WHERE id = ?", (one.run_id,))
    assert Crawl(archive, 1, recheck=9).asked() == chosen


def test_deep_pages_of_a_listing_have_half_of_the_turns(archive: Archive) -> None:
    crawl = chained(archive, 60)
    for number in range(910, 940):
        crawl.listing(number, number - 900)
    archive.conn.execute("UPDATE pages SET kind = 'listing' WHERE id IN (SELECT id FROM pages WHERE kind = 'section')")
    asked = Crawl(archive, 1, recheck=16).asked()
    assert len([number for number in asked if number >= 910]) == 8


def test_a_budget_of_one_comes_to_listings_articles_and_other_sections(archive: Archive) -> None:
    crawl = Crawl(archive)
    crawl.home(AWARDS)
    crawl.save(page(AWARDS, kind="other"))
    crawl.save(page(910, kind="listing"))
    for number in range(1, 9):
        crawl.article(number, newer(number + 1), date=number)
    finished(crawl)
    turned = set()
    for _ in range(8):
        later = Crawl(archive, 1, recheck=1)
        turned |= set(later.asked())
        finished(later)
    assert {AWARDS, 910} < turned
    assert turned & set(range(1, 8))


def test_gone_articles_have_their_turn_too(archive: Archive) -> None:
    crawl = chained(archive, 5)
    crawl.save(gone(3))
    assert 3 in Crawl(archive, 1, recheck=9).asked()


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


def test_a_run_looks_only_at_what_indexes_give(archive: Archive) -> None:
    said: list[str] = []
    crawl = chained(archive, 20)
    archive.conn.set_trace_callback(said.append)
    crawl.frontier.begin(5)
    archive.conn.set_trace_callback(None)
    plans = [
        (row[3], sql)
        for sql in said
        if sql.split()[0] in ("SELECT", "UPDATE")
        for row in archive.conn.execute(f"EXPLAIN QUERY PLAN {sql}")
    ]
    assert plans
    large = {"SCAN pages", "SCAN p", "SCAN m", "SCAN mentions", "SCAN c", "SCAN captures", "SCAN articles"}
    assert [plan for plan in plans if plan[0] in large] == []
