"""What a server does wrong on the wire has a name of its own, and costs little."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.crawler.fetching import fetched
from tests.faultserver import faults

if TYPE_CHECKING:
    from pathlib import Path

    from tests.crawler.fetching import Fetched

WAITED = 1.5  # s without an answer
# name → kind, how, and the words for it
CASES: dict[str, tuple[str, dict[str, Any], str]] = {
    "no answer": ("stall", {}, "timed out"),
    "half a header": ("stall", {"where": "head"}, "timed out"),
    "half a body": ("stall", {"where": "body"}, "timed out"),
    "drop by drop": ("drip", {}, "timed out"),
    "body cut short": ("truncated", {}, "truncated"),
    "chunks cut short": ("truncated", {"chunked": True}, "truncated"),
    "reset before the header": ("reset", {}, "connection reset"),
    "reset in the body": ("reset", {"where": "body"}, "truncated"),
    "closed without a word": ("close", {}, "closed without an answer"),
    "announces too much": ("length", {"by": 300}, "truncated"),
    "announces too little": ("length", {"by": -200}, "wrong Content-Length"),
    "two lengths": ("lengths", {}, "not HTTP"),
    "the same length twice": ("lengths", {"values": ("200", "200")}, "wrong Content-Length"),
    "negative length": ("lengths", {"values": ("-5",)}, "not HTTP"),
    "no number for a length": ("lengths", {"values": ("nhieu",)}, "not HTTP"),
    "chunks that are none": ("bad-chunks", {}, "invalid chunks"),
    "another protocol": ("garbage", {}, "not HTTP"),
    "garbage without lines": ("garbage", {"lines": False}, "not HTTP"),
    "HTTP/0.9": ("http09", {}, "not HTTP"),
    "endless header": ("headers", {}, "endless header"),
    "endless line": ("long-line", {}, "endless header"),
    "endless body": ("endless", {}, "too large"),
    "2 GB as announced": ("huge", {}, "too large"),
}


@pytest.fixture(scope="module")
def came(tmp_path_factory: pytest.TempPathFactory) -> Fetched:
    """What became of each case; the file `/trang-N` of a server does it."""
    with faults() as server:
        for number, (kind, how, _) in enumerate(CASES.values()):
            server.behave(f"/trang-{number}", kind, **how)
        asked = [server.at(f"/trang-{number}") for number in range(len(CASES))]
        found = fetched(tmp_path_factory.mktemp("wire"), *asked, DOWNLOAD_TIMEOUT=WAITED)
        named = dict(zip(asked, CASES, strict=True))
        results = {named[url]: words for url, words in found.results.items()}
        return type(found)(results, found.robots, found.memory)


@pytest.mark.parametrize("case", CASES)
def test_a_fault_on_the_wire_has_its_name(came: Fetched, case: str) -> None:
    assert came.results[case] == CASES[case][2]


def test_what_is_too_large_does_not_fill_the_memory(came: Fetched) -> None:
    assert came.memory < 400, "MB, of which 32 MB are the limit of a body, twice"


def test_a_server_that_drops_kept_connections_is_asked_again_without_a_word(tmp_path: Path) -> None:
    with faults() as server:
        server.behave("*", "drop-next")
        asked = [server.at(server.article(place)) for place in range(5)]
        found = fetched(tmp_path, *asked)
    assert found.results == dict.fromkeys(asked, "HTTP 200")


def test_a_server_that_closes_after_each_answer_without_saying_so_is_understood(tmp_path: Path) -> None:
    with faults() as server:
        server.behave("*", "drop")
        asked = [server.at(server.article(place)) for place in range(5)]
        found = fetched(tmp_path, *asked)
        assert server.connections == 6, "five pages and robots.txt"
    assert found.results == dict.fromkeys(asked, "HTTP 200")


def test_a_host_that_does_not_exist_is_named_so(tmp_path: Path) -> None:
    found = fetched(tmp_path, "http://khong-co.invalid/")
    assert found.results == {"http://khong-co.invalid/": "no such host"}


def test_a_port_where_nothing_listens_is_named_so(tmp_path: Path) -> None:
    with faults() as server:
        url = server.url
    assert fetched(tmp_path, url).results == {url: "connection refused"}
