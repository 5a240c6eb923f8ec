"""In a few words, why a page gave no response."""

from __future__ import annotations

import errno
from typing import TYPE_CHECKING

from OpenSSL import SSL
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
    UnsupportedURLSchemeError,
)
from twisted.internet.error import (
    ConnectError,
    ConnectionClosed,
    ConnectionLost,
    NoRouteError,
    SSLError,
    TCPTimedOutError,
)
from twisted.web._newclient import RequestNotSent, RequestTransmissionFailed
from twisted.web.client import ResponseFailed, ResponseNeverReceived
from twisted.web.http import PotentialDataLoss, _DataLoss, _MalformedChunkedDataError

from crawler.guard import PrivateAddressError
from crawler.trust import CertificateRefusedError
from crawler.visit import State

if TYPE_CHECKING:
    from collections.abc import Iterator

ROBOTS = "robots.txt"
UNREACHABLE = "robots.txt unreachable"
TIMED_OUT = "timed out"
NO_HTTP = "not HTTP"
TRUNCATED = "truncated"
RESET = "connection reset"
SILENT = "closed without an answer"


class RobotsUnreachableError(IgnoreRequest):
    """Raised for each page of a host whose robots.txt cannot be had in this run: what it forbids is not known."""


class LongHeadError(Exception):
    """Raised where the header of an answer has no end."""


class WrongLengthError(Exception):
    """Raised where more bytes come than the answer's Content-Length said: the page may be cut off."""


# What stands first decides, where several kinds of error are nested in each other.
_REASONS: tuple[tuple[type[BaseException] | tuple[type[BaseException], ...], str], ...] = (
    (PrivateAddressError, "private address"),
    (LongHeadError, "endless header"),
    (WrongLengthError, "wrong Content-Length"),
    (CannotResolveHostError, "no such host"),
    (DownloadConnectionRefusedError, "connection refused"),
    ((DownloadTimeoutError, TCPTimedOutError), TIMED_OUT),
    (NoRouteError, "no route to the host"),
    (DownloadCancelledError, "too large"),  # DOWNLOAD_MAXSIZE is the only thing that cancels
    (UnsupportedURLSchemeError, "not http"),
    (_MalformedChunkedDataError, "invalid chunks"),
    ((ResponseDataLossError, PotentialDataLoss, _DataLoss), TRUNCATED),
    ((SSL.Error, SSLError), "TLS failed"),
)
# All that a download is known to raise.
OF_DOWNLOADS: tuple[type[Exception], ...] = (
    PrivateAddressError,
    LongHeadError,
    WrongLengthError,
    IgnoreRequest,
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    ResponseDataLossError,
    UnsupportedURLSchemeError,
    ConnectError,
    ConnectionClosed,
    SSL.Error,
    RequestNotSent,
    RequestTransmissionFailed,
    ResponseFailed,
    ValueError,  # an impossible host
)
_ERRNO = {
    errno.ECONNREFUSED: "connection refused",
    errno.ECONNRESET: RESET,
    errno.EHOSTUNREACH: "no route to the host",
    errno.ENETUNREACH: "no route to the host",
    errno.ETIMEDOUT: TIMED_OUT,
}
# What asking again in a minute may mend. A certificate, an address or a rule are the same then.
_PASSING = frozenset({TIMED_OUT, TRUNCATED, RESET, SILENT, "connection refused", "connection failed"})


def reason(error: BaseException | None, answer: bytes = b"") -> str:
    """Return the words for a download's exception, lower case, stable: they are counted and stored by them.

    `answer` is what was received before it: where it is no HTTP, that is the reason.
    """
    nested = list(causes(error))
    for each in nested:
        if isinstance(each, CertificateRefusedError):
            return str(each)
    if isinstance(error, RobotsUnreachableError):
        return reason(error.__cause__) if error.__cause__ else UNREACHABLE
    if isinstance(error, IgnoreRequest):
        return ROBOTS
    for kinds, words in _REASONS:
        if any(isinstance(each, kinds) for each in nested):
            return words
    return _connection(nested, answer)


def verdict(error: BaseException | None, answer: bytes = b"") -> tuple[State, str]:
    """Return what a download's exception makes of its page, and why; `answer` as for `reason`."""
    words = reason(error, answer)
    return (State.BLOCKED if words == ROBOTS else State.FAILED), words


def may_pass(error: BaseException | None) -> bool:
    """Tell whether it is worth asking again in this run."""
    return reason(error) in _PASSING


def is_of_host(error: BaseException | None) -> bool:
    """Tell whether every page of the host would fail in the same way, whatever the path."""
    words = reason(error)
    shared = {"no such host", "connection refused", "private address", "no route to the host", "TLS failed"}
    return words in shared or words.startswith("certificate ")


def causes(error: BaseException | None) -> Iterator[BaseException]:
    """Yield the exception and all that it was raised from; Twisted keeps a list of them in `reasons`."""
    if error is None:
        return
    yield error
    yield from causes(error.__cause__)
    for failure in getattr(error, "reasons", None) or ():
        yield from causes(failure.value)


def _connection(nested: list[BaseException], answer: bytes) -> str:
    """Return the words for a connection that ended before the header of an answer did."""
    if answer and not answer.startswith(b"HTTP/"):
        return NO_HTTP
    for each in nested:
        if isinstance(each, ConnectError) and each.osError in _ERRNO:
            return _ERRNO[each.osError]
    if any(isinstance(each, ConnectionLost) for each in nested):
        return RESET
    closed = any(isinstance(each, ConnectionClosed) for each in nested)
    if any(isinstance(each, ResponseNeverReceived) for each in nested):
        return SILENT if closed else NO_HTTP
    if any(isinstance(each, ResponseFailed) for each in nested):
        return TRUNCATED if closed else NO_HTTP  # otherwise Twisted's parser, or what it trusts, has tripped
    return "connection failed"
