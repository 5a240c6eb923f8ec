"""robots.txt as RFC 9309 has it, where it cannot be had too."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING, Any

import pytest

from tests.crawler.fetching import fetched
from tests.faultserver import faults

if TYPE_CHECKING:
    from pathlib import Path

RULES = b"User-agent: *\nDisallow: /cam/\n"
UNREACHABLE = "robots.txt unreachable"


@pytest.mark.parametrize(
    ("kind", "how"),
    [
        ("status", {"code": 500}),
        ("status", {"code": 503}),
        ("status", {"code": 429}),
        ("stall", {}),
        ("stall", {"where": "body"}),
        ("reset", {}),
        ("close", {}),
        ("truncated", {}),
        ("garbage", {}),
        ("bad-gzip", {}),
        ("huge", {}),
    ],
)
def test_nothing_is_asked_of_a_host_whose_robots_txt_is_out_of_reach(
    tmp_path: Path, kind: str, how: dict[str, Any]
) -> None:
    with faults() as server:
        server.behave("/robots.txt", kind, **how)
        asked = [server.url, server.at(server.article(0))]
        found = fetched(tmp_path, *asked, DOWNLOAD_TIMEOUT=0.5)
        assert set(server.requests) == {"/robots.txt"}
        assert server.requests["/robots.txt"] == 3, "one hiccup would have been forgiven, and no page asked for it anew"
    assert found.results == dict.fromkeys(asked, UNREACHABLE)


def test_a_robots_txt_that_comes_at_the_second_try_is_obeyed(tmp_path: Path) -> None:
    with faults(robots=RULES.decode()) as server:
        server.behave("/robots.txt", "status", code=500, times=1)
        asked = [server.url, server.at("/cam/1.html")]
        found = fetched(tmp_path, *asked)
    assert found.results == {asked[0]: "HTTP 200", asked[1]: "robots.txt"}


@pytest.mark.parametrize("code", [400, 401, 403, 404, 410])
def test_a_robots_txt_that_is_not_there_forbids_nothing(tmp_path: Path, code: int) -> None:
    with faults() as server:
        server.behave("/robots.txt", "status", code=code)
        found = fetched(tmp_path, server.url)
        assert server.requests["/robots.txt"] == 1
    assert found.results == {server.url: "HTTP 200"}


def test_a_redirected_robots_txt_is_obeyed(tmp_path: Path) -> None:
    with faults(robots=RULES.decode()) as server:
        for step in range(5):
            server.behave(f"/robots.txt{f'?{step}' if step else ''}", "redirect", to=f"/robots.txt?{step + 1}")
        server.behave("/robots.txt?5", "answer", body=RULES, content_type="text/plain")
        asked = server.at("/cam/1.html")
        found = fetched(tmp_path, asked)
    assert found.results == {asked: "robots.txt"}
    assert [line.split()[0] for line in found.robots] == ["302"] * 5 + ["200"], "all of them go to the archive"


@pytest.mark.parametrize(
    ("kind", "how", "requests"),
    [("redirect", {}, 1), ("chain", {}, 6), ("redirect", {"to": "http://203.113.131.1/robots.txt"}, 1)],
)
def test_a_robots_txt_that_leads_nowhere_forbids_nothing(
    tmp_path: Path, kind: str, how: dict[str, Any], requests: int
) -> None:
    with faults() as server:
        server.behave("/robots.txt", kind, **how)
        found = fetched(tmp_path, server.url)
        asked = [target for target in server.requests.elements() if target.startswith("/robots.txt")]
    assert found.results == {server.url: "HTTP 200"}
    assert len(asked) == requests


def test_only_the_first_500_kib_of_a_robots_txt_count(tmp_path: Path) -> None:
    within = RULES + b"#" * 1000 + b"\n" + b"# lap\n" * 100_000 + b"User-agent: thidua\nDisallow: /\n"
    with faults() as server:
        server.behave("/robots.txt", "answer", body=within, content_type="text/plain")
        asked = [server.url, server.at("/cam/1.html")]
        found = fetched(tmp_path, *asked)
    assert found.results == {asked[0]: "HTTP 200", asked[1]: "robots.txt"}


def test_a_compressed_robots_txt_is_read(tmp_path: Path) -> None:
    with faults() as server:
        server.behave("/robots.txt", "packed", body=gzip.compress(RULES))
        asked = server.at("/cam/1.html")
        assert fetched(tmp_path, asked).results == {asked: "robots.txt"}


def test_robots_txt_is_asked_for_once_a_run(tmp_path: Path) -> None:
    with faults() as server:
        fetched(tmp_path, *(server.at(server.article(place)) for place in range(6)))
        assert server.requests["/robots.txt"] == 1


def test_a_robots_txt_that_says_when_to_come_back_is_not_pressed(tmp_path: Path) -> None:
    with faults() as server:
        server.behave("/robots.txt", "status", code=503, retry_after=60)
        found = fetched(tmp_path, server.url)
        assert server.requests["/robots.txt"] == 1
    assert found.results == {server.url: UNREACHABLE}
