"""A week in the life of an archive: what each day's crawl costs, finds, keeps and says. The days follow one another."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tests.samplesite import Response, Site, serve
from tests.thidua.state import assert_sound, differences, rebuilt, rows, tables
from tests.thidua.test_first_crawl import stored, told

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.samplesite import Server
    from tests.thidua.conftest import Ran

CATEGORIES = 3
ARTICLES = 90
OTHERS = 2 + CATEGORIES + 1  # pages that are no articles: two of the menu's, a listing a category, the home page
QUIET = 2 + 2 * CATEGORIES  # robots.txt, the home page, a listing and an article a category
LEAST = 12  # 503s in a row after which a site is left alone, at the latest: ten, and what was under way


class Office(Site):
    """A site that may be closed: then it answers 503, with `closed` as its headers, and keeps its robots.txt open."""

    closed: tuple[tuple[str, str], ...] | None = None
    robots_too = False

    def render(self, target: str, visit: int = 1, if_none_match: str = "", if_modified_since: str = "") -> Response:
        if self.closed is not None and (target != "/robots.txt" or self.robots_too):
            return Response(503, (("Content-Type", "text/html"), *self.closed), b"<h1>Service Unavailable</h1>")
        return super().render(target, visit, if_none_match, if_modified_since)


@dataclass
class Desk:
    """A site, its archive, and the crawls of the week."""

    site: Office
    server: Server[Office]
    folder: Path
    thidua: Callable[..., Ran]
    away: tuple[int, ...] = ()  # the articles that are taken down for some days
    ended: int = 0  # the second in which the last crawl ended

    def crawl(self, *arguments: str, status: int = 0) -> tuple[tuple[int, int, int, int], int]:
        """Crawl as a timer does; return how many articles were new, changed, gone and back, and the requests it took.

        Whatever the day brings, the archive is sound afterwards and holds each text it ever held.
        """
        if int(time.time()) == self.ended:  # the archive keeps whole seconds, and no two runs of a timer share one
            time.sleep(1 - time.time() % 1)
        self.server.reset()
        before = self.texts()
        ran = self.thidua("crawl", *arguments, "--delay", "0", "--concurrency", "2", "--json")
        self.ended = int(time.time())
        assert ran.status == status, (ran.out, ran.err)
        assert bool(ran.err) == bool(status), "one line where something is wrong, none where not"
        assert_sound(self.folder)
        assert before <= self.texts()
        new, changed, gone, back = (ran.json[f"articles_{what}"] for what in ("new", "changed", "gone", "back"))
        assert ran.json["requests"] == self.server.requests.total()
        return (new, changed, gone, back), ran.json["requests"]

    def texts(self) -> set[tuple[Any, ...]]:
        query = "SELECT article_id, number, title, body FROM versions"
        return set(rows(self.folder, query)) if self.folder.exists() else set()

    def status(self, number: int) -> str:
        """The status of an article, found by its address as readers cite it."""
        url = f"{self.server.url.rstrip('/')}{self.site.url(number)}"
        (found,) = rows(self.folder, f"SELECT status FROM articles WHERE url = '{url}'")  # noqa: S608 - our own URL
        return str(found[0])

    def history(self, number: int) -> list[dict[str, Any]]:
        url = f"{self.server.url.rstrip('/')}{self.site.url(number)}"
        versions: list[dict[str, Any]] = self.thidua("history", url, "--json").json
        return versions


def test_a_week(thidua: Callable[..., Ran], tmp_path: Path) -> None:
    with serve(Office(articles=ARTICLES, categories=CATEGORIES)) as server:
        desk = Desk(server.site, server, tmp_path / "data", thidua)
        days = (
            the_first_crawl,
            nothing_new,
            two_new_in_each_category,
            an_edit,
            a_view_counter_is_no_edit,
            three_are_taken_down,
            what_a_site_denies_only_politely_is_gone_when_it_is_denied_twice,
            they_return,
            a_late_post_that_the_listing_shows,
            a_late_post_deep_in_the_chain,
            a_day_of_503s,
            a_day_of_503s_that_says_when_to_come_back,
            a_day_of_503s_and_not_even_robots_txt,
            the_day_after,
            a_new_layout,
            a_layout_that_nobody_can_read,
        )
        for day in days:
            day(desk)
        assert stored(desk.folder) == told(desk.site)
        assert differences(rebuilt(desk.folder, tmp_path / "rebuilt"), tables(desk.folder)) == []


def the_first_crawl(desk: Desk) -> None:
    assert desk.crawl(desk.server.url) == ((ARTICLES, 0, 0, 0), ARTICLES + OTHERS + 1), "each page once, and robots.txt"
    assert stored(desk.folder) == told(desk.site)


def nothing_new(desk: Desk) -> None:
    for _ in range(2):
        assert desk.crawl() == ((0, 0, 0, 0), QUIET)


def two_new_in_each_category(desk: Desk) -> None:
    for category in range(CATEGORIES):
        desk.site.add(category, count=2)
    assert desk.crawl() == ((2 * CATEGORIES, 0, 0, 0), QUIET + 2 * CATEGORIES)
    assert desk.crawl() == ((0, 0, 0, 0), QUIET)
    assert stored(desk.folder) == told(desk.site)


def an_edit(desk: Desk) -> None:
    number = desk.site.newest_of(0, 1)[0]
    desk.site.edit_paragraph(number, "Cả xã đã có nước sạch từ tháng trước.")
    assert desk.crawl() == ((0, 1, 0, 0), QUIET)
    first, second = desk.history(number)
    assert not first["diff"]
    assert "Cả xã đã có nước sạch từ tháng trước" in f"{second['diff']}"
    assert desk.crawl() == ((0, 0, 0, 0), QUIET)


def a_view_counter_is_no_edit(desk: Desk) -> None:
    number = desk.site.newest_of(0, 1)[0]
    desk.site.edit(number, views=4_711)
    assert desk.crawl() == ((0, 0, 0, 0), QUIET)
    assert len(desk.history(number)) == 2


def taken_down(desk: Desk) -> tuple[int, int, int]:
    """The articles that are away for some days: each is the newest but one of its category."""
    first, second, third = (desk.site.newest_of(category, 1, skip=1)[0] for category in range(CATEGORIES))
    return first, second, third


def three_are_taken_down(desk: Desk) -> None:
    desk.away = taken_down(desk)
    for number, how in zip(desk.away, ("404", "soft404", "home"), strict=True):
        desk.site.remove(number, how)
    everything = len(list(desk.site.chain.ids())) + OTHERS + 1
    assert desk.crawl("--recheck", "1000") == ((0, 0, 1, 0), everything)
    assert [desk.status(number) for number in desk.away] == ["gone", "live", "live"]


def what_a_site_denies_only_politely_is_gone_when_it_is_denied_twice(desk: Desk) -> None:
    assert desk.crawl() == ((0, 0, 2, 0), QUIET + 2)
    assert [desk.status(number) for number in desk.away] == ["gone", "gone", "gone"]
    assert desk.crawl() == ((0, 0, 0, 0), QUIET), "what is gone costs nothing"


def they_return(desk: Desk) -> None:
    for number in desk.away:
        desk.site.restore(number)
    assert desk.crawl()[0] == (0, 0, 0, 3)
    assert [desk.status(number) for number in desk.away] == ["live", "live", "live"]
    for number in desk.away:
        (only,) = desk.history(number)
        assert [event["status"] for event in only["events"]] == ["gone", "live"], "one text, away for some days"
    assert desk.crawl() == ((0, 0, 0, 0), QUIET)


def a_late_post_that_the_listing_shows(desk: Desk) -> None:
    desk.site.add_late(1, back=3)
    assert desk.crawl() == ((1, 0, 0, 0), QUIET + 1)
    assert stored(desk.folder) == told(desk.site)


def a_late_post_deep_in_the_chain(desk: Desk) -> None:
    desk.site.add_late(2, back=20)
    found = 0
    for _ in range(5):
        (new, *_), requests = desk.crawl("--recheck", "10")
        found += new
        assert requests <= QUIET + 10 + new
    assert found == 1
    assert stored(desk.folder) == told(desk.site)


def a_day_of_503s(desk: Desk) -> None:
    desk.site.closed = ()
    changes, requests = desk.crawl(status=3)
    assert changes == (0, 0, 0, 0)
    assert requests <= 1 + LEAST


def a_day_of_503s_that_says_when_to_come_back(desk: Desk) -> None:
    desk.site.closed = (("Retry-After", "7200"),)
    changes, requests = desk.crawl(status=3)
    assert changes == (0, 0, 0, 0)
    assert requests <= 1 + 2, "robots.txt, and what was under way when the first answer came"


def a_day_of_503s_and_not_even_robots_txt(desk: Desk) -> None:
    desk.site.robots_too = True
    assert desk.crawl(status=3) == ((0, 0, 0, 0), 1), "what the site forbids cannot be known, and it says to come later"


def the_day_after(desk: Desk) -> None:
    desk.site.closed = None
    assert stored(desk.folder) == told(desk.site), "three bad days have taken nothing away"
    desk.site.add(0)
    assert desk.crawl() == ((1, 0, 0, 0), QUIET + 1)


def a_new_layout(desk: Desk) -> None:
    desk.site.restyle("html5", label_style="upper")
    assert desk.crawl("--recheck", "1000")[0] == (0, 0, 0, 0)
    desk.site.add(1)
    assert desk.crawl()[0] == (1, 0, 0, 0)
    assert stored(desk.folder) == told(desk.site)


def a_layout_that_nobody_can_read(desk: Desk) -> None:
    desk.site.fault("*", "blank")
    assert desk.crawl("--recheck", "1000", status=3)[0] == (0, 0, 0, 0)
    desk.site.clear_faults()
    assert stored(desk.folder) == told(desk.site)
    assert desk.crawl()[0] == (0, 0, 0, 0)
