"""Whose site it is: the articles known before tell, where they are asked for again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from archive import health
from archive.complaints import complaints
from archive.health import NOBODY
from tests.archive.build import SITE, article, gone, known, page, text
from tests.archive.later import Crawl, finished

if TYPE_CHECKING:
    from archive import Archive
    from archive.models import Observation, Text

STORED = 12
ODD = "Nạp lần đầu nhận thưởng, đặt cược mọi trận, rút tiền trong hai phút, hỗ trợ cả ngày lẫn đêm."


def bet(number: int) -> Text:
    return text(f"Kèo bóng đá trận {number}", f"{ODD} Mã số {number}.")


def its_own(number: int) -> Text:
    """What article `number` says: a text that no other has."""
    return text(f"Tin số {number} về hộ thứ {number}", f"Hộ số {number} ở thôn {number + 3} trồng na và được khen.")


@pytest.fixture
def crawled(archive: Archive) -> Archive:
    crawl = Crawl(archive)
    for number in range(1, STORED + 1):
        crawl.save(article(number, said=its_own(number)))
    finished(crawl)
    return archive


def answers(crawl: Crawl, how: str, number: int) -> Observation:
    """What the old address of an article answers."""
    day = crawl.day
    if how in ("404", "410", "soft", "home"):
        return gone(number, {"404": 404, "410": 410, "soft": 200, "home": 302}[how], day=day)
    if how == "off the site":
        return page(number, day, http_status=301, location="https://bet.example/", reason="redirect off the site")
    if how == "500":
        return page(number, day, http_status=500, state="failed", reason="HTTP 500")
    if how == "moved":
        target = known(number + 1000)
        return page(number, day, http_status=301, location=target.url, reason="redirect", known=(target,))
    return article(number, day=day, said=its_own(number))


def answered(crawl: Crawl, how: str, but: dict[int, str] | None = None) -> int:
    """Answer all that a run asks for of the articles known, and what that makes it ask for; return how many it were."""
    count = 0
    while asked := [number for number in crawl.asked() if number <= STORED]:
        count += len(asked)
        for number in asked:
            crawl.save(answers(crawl, (but or {}).get(number, how), number))
    return count


def new(crawl: Crawl, *numbers: int) -> list[str]:
    return [crawl.save(article(number, day=crawl.day, said=bet(number))) for number in numbers]


LAPSED = ["404", "410", "soft", "home", "off the site", "500"]


# --- another's site ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("how", LAPSED)
def test_where_none_of_the_articles_known_is_there_new_ones_are_held_back(crawled: Archive, how: str) -> None:
    for day in (1, 2, 3, 4):
        crawl = Crawl(crawled, day)
        answered(crawl, how)
        new(crawl, 100)
        answered(crawl, how)
        assert new(crawl, 100, 101) == ["held", "held"]
        assert complaints(health.seen(crawled, SITE, crawl.run_id), {})
        finished(crawl)
    assert crawled.conn.execute("SELECT count(*) FROM articles").fetchone() == (STORED,)
    why = crawled.conn.execute("SELECT DISTINCT quarantined FROM captures WHERE quarantined IS NOT NULL").fetchall()
    assert why == [(NOBODY,)]


def test_what_was_stored_before_they_were_heard_is_taken_back(crawled: Archive) -> None:
    crawl = Crawl(crawled, 1)
    assert new(crawl, 100, 101) == ["new", "new"], "it may be a day like any other"
    answered(crawl, "404")
    assert crawled.conn.execute("SELECT count(*) FROM articles").fetchone() == (STORED,)
    assert health.seen(crawled, SITE, crawl.run_id).held == 2


def test_where_none_is_left_those_that_are_gone_are_asked_for(crawled: Archive) -> None:
    crawl = Crawl(crawled, 1, recheck=STORED)
    assert answered(crawl, "404") == STORED
    finished(crawl)
    crawl = Crawl(crawled, 2)
    assert answered(crawl, "404") == 5
    assert new(crawl, 100) == ["held"]


# --- an honest one ----------------------------------------------------------------------------------------------------


def test_a_site_that_takes_articles_down_is_itself(crawled: Archive) -> None:
    crawl = Crawl(crawled, 1)
    removed = {STORED - 1: "404", STORED: "410"}
    assert answered(crawl, "there", removed) == 5, "others were called, and were there"
    assert new(crawl, 100) == ["new"]
    assert complaints(health.seen(crawled, SITE, crawl.run_id), {}) == ()


def test_it_is_so_however_many_old_ones_it_takes_down(crawled: Archive) -> None:
    crawl = Crawl(crawled, 1, recheck=STORED)
    removed = dict.fromkeys(range(1, STORED - 3), "404")
    answered(crawl, "there", removed)
    assert new(crawl, 100) == ["new"]
    finished(crawl)
    crawl = Crawl(crawled, 2, recheck=STORED)
    answered(crawl, "there", removed)
    assert new(crawl, 101) == ["new"]
    assert complaints(health.seen(crawled, SITE, crawl.run_id), {}) == ()


@pytest.mark.parametrize("how", ["moved", "404"])
def test_a_site_that_moved_to_other_addresses_is_itself(crawled: Archive, how: str) -> None:
    crawl = Crawl(crawled, 1)
    answered(crawl, how)
    moved = [crawl.save(article(1000 + number, day=1, said=its_own(number))) for number in (1, 2)]
    assert moved == ["new", "new"]
    assert new(crawl, 100) == ["new"]
    assert answered(crawl, how) == 0
    assert crawled.conn.execute("SELECT count(*) FROM articles").fetchone() == (STORED + 3,)


@pytest.mark.parametrize("how", LAPSED)
def test_a_bad_day_passes(crawled: Archive, how: str) -> None:
    crawl = Crawl(crawled, 1)
    answered(crawl, how)
    finished(crawl)
    crawl = Crawl(crawled, 2)
    answered(crawl, "there")
    assert new(crawl, 100) == ["new"]
    assert complaints(health.seen(crawled, SITE, crawl.run_id), {}) == ()


def test_an_article_that_cannot_be_had_today_does_not_speak_against_the_site(crawled: Archive) -> None:
    crawl = Crawl(crawled, 1)
    assert answered(crawl, "500") == 1, "an error calls nobody"
    assert new(crawl, 100) == ["new"]
    assert answered(crawl, "there") == 5 - 1, "a new text where nobody was heard does"
    assert new(crawl, 101) == ["new"]


def test_a_first_crawl_has_nobody_to_ask(archive: Archive) -> None:
    crawl = Crawl(archive)
    assert [crawl.save(article(number, said=its_own(number))) for number in range(1, 9)] == ["new"] * 8
    assert health.tally(archive.conn, crawl.run_id) == health.Tally()


def test_witnesses_are_the_newest_on_the_site(archive: Archive) -> None:
    crawl = Crawl(archive)
    for number in (3, 9, 1, 8, 2, 6, 7, 5, 4):
        crawl.article(number, date=number)
    for day, asked, called in ((1, [9], [5, 6, 7, 8]), (2, [8], [4, 5, 6, 7])):
        finished(crawl)
        crawl = Crawl(archive, day)
        assert crawl.asked() == asked
        crawl.save(gone(asked[0], day=day))
        assert crawl.asked() == called
        for number in called:
            crawl.article(number, date=number)
