"""A clock that is wrong for a while takes nothing away: what a crawl is answered is kept in the order it came in."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from archive import health, runs
from archive.complaints import complaints
from archive.health import Seen
from archive.history import history
from archive.store import save
from tests.archive.build import SITE, START, article, gone, text, url
from tests.archive.later import AWARDS, Crawl

if TYPE_CHECKING:
    from archive import Archive

LATE = 3650  # days
EDITED = text("Tin số 1", "Sáng nay, xã tổ chức hội nghị.\n\nChín hộ trồng na được khen.")


def in_the_future(archive: Archive) -> None:
    """Crawl once with a right clock, and once ten years later."""
    for day in (0, LATE):
        crawl = Crawl(archive, day)
        crawl.home(AWARDS)
        for number in (1, 2, 3):
            crawl.article(number, date=number)
        crawl.listing(AWARDS, 3, 2, 1)


def test_an_edit_is_seen_after_a_run_in_the_future(archive: Archive) -> None:
    in_the_future(archive)
    crawl = Crawl(archive, 1)
    assert crawl.save(article(1, day=1, said=EDITED)) == "changed"
    found = history(archive, url(1))
    assert (len(found.versions), found.last_captured_at) == (2, "2024-01-02T03:00:00Z")


def test_what_goes_and_returns_is_seen_too(archive: Archive) -> None:
    in_the_future(archive)
    Crawl(archive, LATE + 1).save(gone(2, day=LATE + 1))
    assert Crawl(archive, 1).save(gone(1, 410, day=1)) == "gone"
    assert Crawl(archive, 2).save(article(2, day=2, said=text("Tin số 2"))) == "back"
    assert Crawl(archive, 3).save(article(1, day=3, said=EDITED)) == "back"
    events = [
        (version.number, [event.status for event in version.events]) for version in history(archive, url(1)).versions
    ]
    assert events == [(1, ["gone"]), (2, ["live"])]


def test_lists_say_what_they_said_last_not_what_they_said_latest(archive: Archive) -> None:
    in_the_future(archive)
    crawl = Crawl(archive, 1)
    crawl.home(AWARDS)
    crawl.listing(AWARDS, 4, 3, 2)
    seen = health.seen(archive, SITE, crawl.run_id).listings
    assert (seen.naming, seen.named, seen.silent) == (2, 4, ())


def test_an_import_goes_by_its_time(archive: Archive) -> None:
    for day in (0, 9):
        Crawl(archive, day).article(1)
    older = replace(
        article(1, day=5, said=EDITED), source="wayback", run_id=runs.begin(archive, "wayback", SITE, START)
    )
    assert save(archive, older).what == "unchanged"
    assert save(archive, replace(gone(1, day=5), source="wayback")).what == "none"
    assert len(history(archive, url(1)).versions) == 1


def test_the_run_after_says_that_a_clock_was_wrong_and_only_that_one(archive: Archive) -> None:
    in_the_future(archive)
    said = [complaints(health.seen(archive, SITE, Crawl(archive, day).run_id), {}) for day in (1, 2)]
    assert said[0][0].startswith(
        "this run began at 2024-01-02T03:00:00Z and one before it at 2033-12-29T03:00:00Z: set "
    )
    assert said[1] == ()


def test_a_clock_that_stays_behind_is_told_for_some_runs(archive: Archive) -> None:
    for day in (100, 101, 102, 103):
        Crawl(archive, day)
    said = [health.seen(archive, SITE, Crawl(archive, day).run_id).clocks for day in range(1, 7)]
    assert [bool(clocks) for clocks in said] == [True] * 4 + [False] * 2
    assert complaints(Seen(clocks=said[0]), {})
