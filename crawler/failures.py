"""In a few words, why a page gave no response."""

from __future__ import annotations

from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
    UnsupportedURLSchemeError,
)

from crawler.visit import State

ROBOTS = "robots.txt"
_REASONS: tuple[tuple[type[Exception], str], ...] = (
    (CannotResolveHostError, "no such host"),
    (DownloadConnectionRefusedError, "connection refused"),
    (DownloadTimeoutError, "timed out"),
    (ResponseDataLossError, "truncated"),
    (DownloadCancelledError, "too large"),  # DOWNLOAD_MAXSIZE is the only thing that cancels
    (UnsupportedURLSchemeError, "not http"),
)


def reason(error: BaseException | None) -> str:
    """Return the words for a download's exception, lower case, stable: they are counted and stored by them."""
    if isinstance(error, IgnoreRequest):  # by robots.txt, or for the size that a compressed answer unfolds to
        return "too large" if error.__cause__ else ROBOTS
    for kind, words in _REASONS:
        if isinstance(error, kind):
            return words
    if "certificate" in str(error).lower():
        return "certificate not trusted"
    return "connection failed"


def verdict(error: BaseException | None) -> tuple[State, str]:
    """Return what a download's exception makes of its page, and why."""
    words = reason(error)
    return (State.BLOCKED if words == ROBOTS else State.FAILED), words
