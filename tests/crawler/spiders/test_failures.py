from __future__ import annotations

import errno
from typing import TYPE_CHECKING, Any

import pytest
from scrapy.exceptions import CannotResolveHostError, DownloadFailedError, IgnoreRequest
from twisted.internet import error
from twisted.python.failure import Failure
from twisted.web.client import ResponseFailed

from crawler.failures import RobotsUnreachableError, is_of_host, may_pass, reason, verdict
from crawler.trust import CertificateRefusedError
from crawler.visit import State

if TYPE_CHECKING:
    from collections.abc import Sequence

lost: Any = error  # Any: Twisted has no types there
wrapped: Any = Failure
response_failed: Any = ResponseFailed


def failed(*reasons: BaseException) -> DownloadFailedError:
    """What Scrapy raises for a connection that ended badly."""
    raised = DownloadFailedError()
    raised.__cause__ = response_failed([wrapped(each) for each in reasons])
    return raised


def held_back(cause: Exception | None = None) -> RobotsUnreachableError:
    raised = RobotsUnreachableError()
    raised.__cause__ = cause
    return raised


def test_a_page_that_robots_txt_forbids_is_blocked() -> None:
    assert verdict(IgnoreRequest("Forbidden by robots.txt")) == (State.BLOCKED, "robots.txt")


def test_a_page_whose_robots_txt_is_out_of_reach_is_asked_for_another_day() -> None:
    assert verdict(held_back()) == (State.FAILED, "robots.txt unreachable")


def test_what_keeps_all_of_a_host_from_being_asked_is_named_itself() -> None:
    assert verdict(held_back(CannotResolveHostError())) == (State.FAILED, "no such host")


@pytest.mark.parametrize(
    ("errors", "words"),
    [
        ([lost.ConnectError(osError=errno.EHOSTUNREACH)], "no route to the host"),
        ([lost.NoRouteError()], "no route to the host"),
        ([lost.TCPTimedOutError()], "timed out"),
        ([lost.ConnectionDone(), CertificateRefusedError("certificate expired")], "certificate expired"),
        ([KeyError(b"gzip")], "not HTTP"),  # a Transfer-Encoding that nobody knows
        ([lost.ConnectionDone()], "truncated"),
    ],
)
def test_what_is_nested_in_an_error_names_it(errors: Sequence[Exception], words: str) -> None:
    assert reason(failed(*errors)) == words


def test_bytes_that_are_no_http_are_the_reason() -> None:
    assert reason(failed(lost.ConnectionDone()), b"SSH-2.0-") == "not HTTP"
    assert reason(failed(lost.ConnectionDone()), b"HTTP/1.1") == "truncated"


def test_a_certificate_is_of_the_host_and_does_not_pass() -> None:
    refused = failed(CertificateRefusedError("certificate not trusted"))
    assert is_of_host(refused)
    assert not may_pass(refused)


def test_a_time_out_may_pass() -> None:
    assert may_pass(failed(lost.TCPTimedOutError()))
    assert not is_of_host(failed(lost.TCPTimedOutError()))
