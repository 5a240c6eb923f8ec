"""What comes over the wire from a web archive, in the words of this package."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from urllib3.exceptions import (
    ConnectTimeoutError,
    DecodeError,
    HTTPError,
    NameResolutionError,
    NewConnectionError,
    ProtocolError,
    ProxyError,
    ReadTimeoutError,
    SSLError,
)

from crawler.captures import REDIRECTS
from crawler.wayback.cdx import quoted
from crawler.wayback.raw import Reply, is_archived

if TYPE_CHECKING:
    from collections.abc import Iterator

    from urllib3 import BaseHTTPResponse

_CHUNK = 1 << 16  # bytes


def pieces(response: BaseHTTPResponse, *, decode: bool) -> Iterator[bytes]:
    """Yield a body as it comes: a server that drips holds up nobody who looks at the clock.

    Raises:
        HTTPError: the connection breaks off, or what comes cannot be unpacked.
    """
    while piece := response.read1(_CHUNK, decode_content=decode):
        yield piece


def reply(address: str, response: BaseHTTPResponse, body: bytes = b"") -> Reply:
    """Return an answer as a plain record."""
    headers = tuple((name, _text(value)) for name, value in response.headers.iteritems())
    return Reply(address, response.status, response.reason or "", headers, body)


def _text(value: str) -> str:
    """Return a header that was UTF-8 and has been read as Latin-1 as it was meant."""
    try:
        return value.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return value


def archived(response: BaseHTTPResponse, address: str) -> bool:
    """Tell whether an answer is a capture, before its body has been read."""
    return is_archived(reply(address, response))


def to_wait(response: BaseHTTPResponse) -> float | None:
    """Return the seconds that an archive tells us to wait in an answer of its own; 0 where it says no number."""
    after = response.headers.get("Retry-After", "")
    busy = response.status == HTTPStatus.SERVICE_UNAVAILABLE and after
    if not (response.status == HTTPStatus.TOO_MANY_REQUESTS or busy):
        return None
    if after.strip().isdigit():
        return float(after)
    try:
        return max((parsedate_to_datetime(after) - datetime.now(UTC)).total_seconds(), 0.0)
    except (ValueError, TypeError):  # no date, or one without a time zone
        return 0.0


def refusal(response: BaseHTTPResponse) -> str:
    """Return what an error of a CDX server says; nothing where it says that there are no captures."""
    if response.status in REDIRECTS:
        return f"leads to {quoted(response.headers.get('Location', '')) or 'nowhere'}: if that is right, ask there"
    said = quoted(next(pieces(response, decode=True), b"").decode("utf-8", "replace"))
    none = response.status == HTTPStatus.NOT_FOUND and "no captures" in said.lower()
    return "" if none else said or response.reason or "error"


def host(address: str) -> str:
    """Return the server that an address is of, as a person names it."""
    return urlsplit(address).netloc


_REASONS: tuple[tuple[type[HTTPError], str], ...] = (  # what is more special comes first
    (NameResolutionError, "no such host; check the address"),
    (NewConnectionError, "cannot be reached: nothing answers there"),
    (ConnectTimeoutError, "cannot be reached: it does not answer"),
    (SSLError, "no secure connection"),
    (ReadTimeoutError, "does not answer"),
    (ProxyError, "the proxy cannot be reached"),
    (DecodeError, "what it sends cannot be unpacked"),
    (ProtocolError, "the connection breaks off"),
)


def told(error: HTTPError) -> str:
    """Return an error of the connection in a few words."""
    words = next((words for kind, words in _REASONS if isinstance(error, kind)), str(error))
    return f"{words} ({error})" if isinstance(error, SSLError) else words
