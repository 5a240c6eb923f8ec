"""One page of a good site goes wrong: the run names and counts it, keeps the rest, and the next run gets it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.faultserver import Authority, faults
from tests.faultserver.kinds import COOKIES
from tests.thidua.test_first_crawl import stored

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.thidua.conftest import Ran

ARTICLES = 12
PLAIN = "neither an article nor a list"  # the site's pages of addresses and of links
SICK = 5

FAULTS: dict[str, tuple[str, dict[str, Any], str]] = {
    "429, come back in a second": ("status", {"code": 429, "retry_after": 1}, "HTTP 429"),
    "503, come back at a time": ("status", {"code": 503, "retry_after": 1, "date": True}, "HTTP 503"),
    "500": ("status", {"code": 500}, "HTTP 500"),
    "403": ("status", {"code": 403}, "HTTP 403"),
    "no answer": ("stall", {}, "timed out"),
    "stalled body": ("stall", {"where": "body"}, "timed out"),
    "truncated body": ("truncated", {}, "truncated"),
    "truncated chunks": ("truncated", {"chunked": True}, "truncated"),
    "damaged gzip": ("bad-gzip", {}, "damaged compression"),
    "gzip cut short": ("cut-gzip", {}, "truncated"),
    "gzip bomb": ("gzip-bomb", {}, "too large"),
    "endless body": ("endless", {}, "too large"),
    "2 GB body": ("huge", {}, "too large"),
    "endless header": ("headers", {}, "endless header"),
    "redirect to itself": ("redirect", {}, "redirect to itself"),
    "redirect off the site": ("redirect", {"to": "https://khac.example.vn/"}, "redirect off the site"),
    "redirect to a private address": ("redirect", {"to": "http://169.254.169.254/"}, "redirect off the site"),
    "a cookie that is never enough": ("gate", {"passes": False}, "cookie challenge"),
    "a date that is none to come back at": ("never", {}, "HTTP 503"),
    "challenge for ever": ("challenge", {"passes": False}, "cookie challenge"),
    "too much announced": ("length", {"by": 400}, "truncated"),
    "too little announced": ("length", {"by": -400}, "wrong Content-Length"),
    "reset": ("reset", {}, "connection reset"),
    "closed without an answer": ("close", {}, "closed without an answer"),
    "no HTTP": ("garbage", {}, "not HTTP"),
    "damaged chunks": ("bad-chunks", {}, "invalid chunks"),
}


def refused(ran: Ran) -> dict[str, int]:
    """What was not stored, and why; a healthy run of the site has nothing here."""
    return {reason: number for reason, number in ran.json["refused"].items() if reason != PLAIN}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_page_with_a_fault_is_named_and_got_on_the_next_run(
    crawl: Callable[..., Ran], tmp_path: Path, fault: str
) -> None:
    kind, how, reason = FAULTS[fault]
    with faults(ARTICLES) as server:
        server.behave(server.article(SICK), kind, **how)
        first = crawl(server.url, "--timeout", "1")
        kept = set(stored(tmp_path / "data"))
        server.heal()
        second = crawl()
    assert (first.status, refused(first)) == (0, {reason: 1}), "named and counted"
    assert len(kept) == ARTICLES - 1, "the rest is kept"
    assert (second.status, second.json["articles_new"]) == (0, 1), "the next run gets it"


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_does_not_touch_an_article_that_was_stored(
    crawl: Callable[..., Ran], tmp_path: Path, fault: str
) -> None:
    kind, how, reason = FAULTS[fault]
    with faults(ARTICLES) as server:
        crawl(server.url)
        before = stored(tmp_path / "data")
        server.behave(server.article(SICK), kind, **how)
        again = crawl("--timeout", "1", "--recheck", "100")
    assert refused(again) == {reason: 1}
    assert stored(tmp_path / "data") == before


@pytest.mark.parametrize("kind", ["drop", "drop-next"])
def test_a_server_that_drops_kept_connections_costs_nothing(
    crawl: Callable[..., Ran], tmp_path: Path, kind: str
) -> None:
    with faults(ARTICLES) as server:
        server.behave("*", kind)
        ran = crawl(server.url)
    assert (ran.status, refused(ran), ran.json["retried"]) == (0, {}, {})
    assert len(stored(tmp_path / "data")) == ARTICLES


def test_a_cookie_challenge_is_answered_once_as_a_browser_would(crawl: Callable[..., Ran], tmp_path: Path) -> None:
    with faults(ARTICLES) as server:
        server.behave("*", "challenge")
        server.behave("/robots.txt", "well")
        ran = crawl(server.url)
        twice = [target for target, number in server.requests.items() if number > 1]
    assert (ran.status, refused(ran), ran.json["retried"]) == (0, {}, {"cookie challenge": 1})
    assert len(stored(tmp_path / "data")) == ARTICLES
    assert twice == ["/"], "every later request carries the cookie"


@pytest.mark.parametrize("form", [*COOKIES, "redirect", "reload"])
def test_every_form_of_a_cookie_challenge_is_answered(crawl: Callable[..., Ran], tmp_path: Path, form: str) -> None:
    with faults(4, categories=1) as server:
        if form in COOKIES:
            server.behave("*", "script", form=form)
        else:
            server.behave("*", "gate", by=form)
        server.behave("/robots.txt", "well")
        ran = crawl(server.url)
        assert [target for target, number in server.requests.items() if number > 1] == ["/"]
    assert (ran.status, refused(ran), ran.json["retried"]) == (0, {}, {"cookie challenge": 1})
    assert len(stored(tmp_path / "data")) == 4


def test_a_cookie_challenge_behind_an_error_is_answered_too(crawl: Callable[..., Ran]) -> None:
    with faults(ARTICLES) as server:
        crawl(server.url)
        page = server.article(SICK)
        for target in server.requests:
            server.behave(target, "well")
        server.behave(page, "status", code=503, times=1)
        server.behave("*", "challenge")  # is left for the second answer
        server.reset()
        ran = crawl("--recheck", "100")
        assert server.requests[page] == 3
    assert (refused(ran), ran.json["retried"]) == ({}, {"HTTP 503": 1, "cookie challenge": 1})


def test_a_page_that_a_proxy_has_touched_is_a_page(crawl: Callable[..., Ran], tmp_path: Path) -> None:
    with faults(ARTICLES) as server:
        page = server.article(SICK)
        server.behave(page, "answer", code=203, body=server.site.render(page).body)
        ran = crawl(server.url)
    assert (ran.status, refused(ran)) == (0, {})
    assert len(stored(tmp_path / "data")) == ARTICLES


def test_a_fault_that_passes_is_forgiven_in_the_same_run(crawl: Callable[..., Ran], tmp_path: Path) -> None:
    passing: list[tuple[str, dict[str, Any]]] = [
        ("status", {"code": 500}),
        ("truncated", {}),
        ("reset", {}),
        ("cut-gzip", {}),
        ("close", {}),
        ("garbage", {}),
    ]
    with faults(ARTICLES) as server:
        for place, (kind, how) in enumerate(passing):
            server.behave(server.article(place), kind, times=1, **how)
        ran = crawl(server.url)
        assert [server.requests[server.article(place)] for place in range(len(passing))] == [2] * len(passing)
    assert (ran.status, refused(ran)) == (0, {})
    assert len(stored(tmp_path / "data")) == ARTICLES


def test_a_site_that_answers_every_page_with_an_error_is_unwell(crawl: Callable[..., Ran]) -> None:
    with faults(ARTICLES) as server:
        server.behave("*", "status", code=500)
        server.behave("/robots.txt", "well")
        ran = crawl(server.url)
    assert ran.status == 3
    assert f"{server.url}: HTTP 500; the site does not give the page: try later" in ran.said()


def test_a_circle_of_redirects_ends(crawl: Callable[..., Ran], tmp_path: Path) -> None:
    with faults(ARTICLES) as server:
        one, other = server.article(3), server.article(7)
        server.behave(one, "redirect", to=other)
        server.behave(other, "redirect", to=one)
        ran = crawl(server.url)
        assert server.requests[one] == server.requests[other] == 1
    assert ran.status == 0
    assert sum(refused(ran).values()) == 2
    assert len(stored(tmp_path / "data")) == ARTICLES - 2


def test_a_chain_of_redirects_without_an_end_is_given_up(crawl: Callable[..., Ran], tmp_path: Path) -> None:
    with faults(ARTICLES) as server:
        path = "/tin/vong-lap-n77.html"
        server.behave(path, "chain")
        server.behave(server.article(SICK), "redirect", to=path)
        ran = crawl(server.url, "--max-pages", "300")
        steps = sum(number for target, number in server.requests.items() if target.startswith(path))
    assert ran.json["outcome"] == "done"
    assert steps <= 20, "a browser gives up after twenty"
    assert len(stored(tmp_path / "data")) == ARTICLES - 1


@pytest.mark.parametrize(
    ("kind", "how", "status"),
    [("status", {"code": 503}, 3), ("stall", {}, 1), ("reset", {}, 1)],
    ids=["503: it is unwell", "no answer", "reset"],
)
def test_without_its_robots_txt_a_site_is_left_alone_until_the_next_run(
    crawl: Callable[..., Ran], tmp_path: Path, kind: str, how: dict[str, Any], status: int
) -> None:
    with faults(ARTICLES) as server:
        server.behave("/robots.txt", kind, **how)
        first = crawl(server.url, "--timeout", "0.5")
        assert set(server.requests) == {"/robots.txt"}
        server.heal()
        second = crawl(server.url)
    assert first.status == status
    assert "robots.txt unreachable; what the site forbids cannot be known without it: try later" in first.said()
    assert (second.status, len(stored(tmp_path / "data"))) == (0, ARTICLES)


def _names_the_option(ran: Ran, url: str, reason: str) -> bool:
    said = ran.said()
    return ran.status == 1 and f"{url}: {reason}; " in said and said.endswith("--trust FILE")


@pytest.mark.parametrize(
    ("name", "days", "reason"),
    [
        ("127.0.0.1", -3, "certificate expired"),
        ("127.0.0.9", 30, "certificate for another name"),
        ("127.0.0.1", 30, "certificate chain incomplete"),
    ],
)
def test_a_certificate_that_is_not_believed_is_told_with_the_option_that_trusts_it(
    crawl: Callable[..., Ran], tmp_path: Path, name: str, days: int, reason: str
) -> None:
    root = Authority.root()
    between = root.authority()
    site = between.site(name, days=days)
    context = site.context(tmp_path, *([] if "chain" in reason else [between]))
    anchor = root.save(tmp_path / "root.pem")
    file = between.save(tmp_path / "between.pem") if "chain" in reason else site.save(tmp_path / "site.pem")
    with faults(ARTICLES, tls=context) as server:
        refused = crawl(server.url, "--trust", str(anchor))
        assert server.requests.total() == 0
        trusted = crawl(server.url, "--trust", str(file))
    assert _names_the_option(refused, server.url, reason)
    assert (trusted.status, len(stored(tmp_path / "data"))) == (0, ARTICLES)


def test_a_certificate_that_runs_out_between_two_runs_is_told_too(crawl: Callable[..., Ran], tmp_path: Path) -> None:
    root = Authority.root()
    trust = ("--trust", str(root.save(tmp_path / "root.pem")))
    with faults(ARTICLES, tls=root.site("127.0.0.1").context(tmp_path)) as server:
        crawl(server.url, *trust)
        port = int(server.url.rstrip("/").rpartition(":")[2])
    before = stored(tmp_path / "data")
    with faults(ARTICLES, port=port, tls=root.site("127.0.0.1", days=-1).context(tmp_path)):
        later = crawl(*trust)
    assert later.status == 1
    assert "certificate expired" in later.said()
    assert "--trust FILE" in later.said()
    assert stored(tmp_path / "data") == before


def test_the_summary_for_a_person_names_the_fault(thidua: Callable[..., Ran]) -> None:
    with faults(ARTICLES) as server:
        server.behave(server.article(SICK), "truncated")
        ran = thidua("crawl", server.url, "--delay", "0")
    assert ran.status == 0
    assert "truncated (1)" in ran.out.partition("not stored as articles: ")[2].partition("\n")[0]


def test_another_port_of_the_same_machine_is_not_reached(crawl: Callable[..., Ran]) -> None:
    with faults(ARTICLES) as server, faults() as other:
        server.behave(server.article(SICK), "redirect", to=other.url)
        server.behave("/robots.txt", "redirect", to=f"{other.url}robots.txt")
        ran = crawl(server.url)
        assert other.connections == 0
    assert refused(ran) == {"redirect off the site": 1}


def test_what_waited_to_be_asked_for_again_is_counted_where_the_site_is_left_alone(crawl: Callable[..., Ran]) -> None:
    with faults(40) as server:
        crawl(server.url, "--max-pages", "5")
        server.requests.clear()
        for number in range(40):
            server.behave(server.article(number), "status", code=503)
        ran = crawl("--concurrency", "2").json
        failing = {target for target in server.requests if target in {server.article(number) for number in range(40)}}
    assert ran["left_alone"]
    assert ran["failed"] == ran["refused"]["HTTP 503"] == len(failing), "each page once, however often it was tried"
