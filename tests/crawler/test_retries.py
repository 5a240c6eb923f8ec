from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from archive.warc import Exchange
from crawler import retries
from crawler.scope import Scope
from crawler.visit import Asked, State, Visit, answered, unanswered
from pipelines.check import checked

NOW = datetime(2020, 6, 12, 8, 0, tzinfo=UTC)
URL = "http://thidua.example.vn/tin/a-n1.html"


def failed(reason: str, tries: int = 0, state: State = State.FAILED) -> Visit:
    return unanswered(Asked(URL, tries=tries), Exchange(URL, NOW, b"", b""), state, reason)


def status(number: int, tries: int = 0, state: State = State.FAILED) -> Visit:
    raw = b"HTTP/1.1 %d X\r\nRetry-After: 5\r\n\r\n" % number
    visit = answered(Asked(URL, tries=tries), Exchange(URL, NOW, b"", raw))
    return Visit(visit.asked, visit.reading, state=state, reason=f"HTTP {number}")


@pytest.mark.parametrize("number", [429, 500, 502, 503, 504])
def test_an_overloaded_server_is_asked_again(number: int) -> None:
    assert retries.again(status(number))


@pytest.mark.parametrize("number", [400, 404, 501])
def test_what_will_not_pass_by_itself_is_not_asked_again_in_this_run(number: int) -> None:
    assert not retries.again(status(number))


@pytest.mark.parametrize("reason", ["timed out", "connection reset", "truncated", "connection refused"])
def test_a_broken_connection_is_tried_again(reason: str) -> None:
    assert retries.again(failed(reason))


@pytest.mark.parametrize("reason", ["no such host", "too large", "private address", "certificate expired"])
def test_what_cannot_be_had_is_not_tried_again(reason: str) -> None:
    assert not retries.again(failed(reason))


def test_a_page_is_asked_for_three_times_at_most() -> None:
    assert [retries.again(failed("timed out", tries)) for tries in range(4)] == [True, True, False, False]


def test_what_robots_txt_forbids_is_not_asked_for_again() -> None:
    assert not retries.again(failed("robots.txt", state=State.BLOCKED))


def gate(tries: int = 0, *, with_cookies: bool = False, header: bytes = b"Set-Cookie: phien=1\r\n") -> Visit:
    raw = b"HTTP/1.1 302 X\r\nLocation: " + URL.encode() + b"\r\n" + header + b"\r\n"
    visit = answered(Asked(URL, tries=tries, with_cookies=with_cookies), Exchange(URL, NOW, b"", raw))
    return checked(visit, Scope("vidu", ("thidua.example.vn",), NOW.date()))


def test_a_gate_is_gone_through_once_however_often_its_page_has_failed() -> None:
    assert [retries.again(gate(tries)) for tries in range(3)] == [True] * 3
    assert not retries.again(gate(1, with_cookies=True))


def test_a_redirect_to_itself_that_sets_no_cookie_is_no_gate() -> None:
    assert not retries.again(gate(header=b""))
    assert (gate(header=b"").reason, gate().reason) == ("redirect to itself", "cookie challenge")


def test_the_pause_grows() -> None:
    assert [retries.pause(tries, 1.5) for tries in range(2)] == [3.0, 6.0]


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("120", 120.0),
        ("Fri, 12 Jun 2020 08:01:30 GMT", 90.0),
        ("Fri, 12 Jun 2020 07:00:00 GMT", 0.0),
        ("", 0.0),
        ("mai", 0.0),
        ("-5", 0.0),
        ("Wed, 21 Oct 2015 07:28:00 +99999999999999999999", 0.0),
        ("Wed, 21 Oct 99999999999 07:28:00 GMT", 0.0),
        ("9" * 400, retries.FOREVER),
        ("Fri, 31 Dec 9999 23:59:59 -1200", retries.FOREVER),
    ],
)
def test_retry_after_is_read_in_both_its_forms(header: str, seconds: float) -> None:
    assert retries.told(header, NOW) == seconds


@given(st.text() | st.from_regex(r"\w{3}, \d+ (Jan|Oct) \d+ \d+:\d+(:\d+)? ([+-]\d+|GMT)", fullmatch=True))
@example("Mon, 01 Jan 0001 00:00:00 +2359")
def test_whatever_retry_after_says_is_a_number_of_seconds(header: str) -> None:
    assert 0 <= retries.told(header, NOW) <= retries.FOREVER


def test_a_page_that_is_not_there_says_nothing_against_the_site() -> None:
    assert not retries.unreachable(status(404, state=State.GONE))


def test_a_server_that_is_down_is_unreachable() -> None:
    assert retries.unreachable(status(503))
    assert retries.unreachable(failed("timed out"))
