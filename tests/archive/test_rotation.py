"""Older pages looked at again, each in its turn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.archive.build import gone, newer, older, page
from tests.archive.later import AWARDS, Crawl, finished

if TYPE_CHECKING:
    from archive import Archive


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
