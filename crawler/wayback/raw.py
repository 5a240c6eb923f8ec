"""From a web archive's answer for one capture to the exchange that it once archived.

An archive adds headers of its own, gives the old ones other names, and answers errors of its own in the same way in
which it replays archived ones. An archived 404 is data about its day; an archive's own says that it cannot give a
capture now. What tells them apart is what only a replayed capture has: `Memento-Datetime` (RFC 7089),
`X-Archive-Orig-…` or `X-Archive-Src`; where a server sends none of these, the digest that it lists.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import UTC
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import TYPE_CHECKING

from archive.warc import Exchange, digest_of
from crawler.captures import REDIRECTS
from crawler.message import LARGEST, DecodingError, decoded
from crawler.wayback import addresses, cdx

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

_OLD = "x-archive-orig-"
_OWN_REDIRECT = "x-archive-redirect-reason"  # the Internet Archive's: "found capture at …"
_MARKS = ("memento-datetime", "x-archive-src")
# What an archive passes on under the old name. Dates, cookies, servers and caches under such names are its own.
_PASSED_ON = frozenset(
    {"content-type", "content-encoding", "content-language", "content-disposition", "location", "refresh"}
)
# What speaks of the wire of that day: the bytes here are neither in chunks nor of the old length.
_OF_THE_WIRE = frozenset(
    {"content-length", "transfer-encoding", "connection", "keep-alive", "proxy-connection", "trailer"}
)
_GZIP = b"\x1f\x8b"
_UNSAFE = re.compile(r"[\r\n\x00]+")


@dataclass(frozen=True, slots=True)
class Reply:
    """What a server answered: where it was asked, status, reason, headers in their order, and the body as it came."""

    address: str
    status: int
    reason: str
    headers: tuple[tuple[str, str], ...]
    body: bytes

    def get(self, name: str) -> str:
        """Return the first header of that name, in whatever case, or an empty string."""
        return next((value for key, value in self.headers if key.lower() == name), "")


def is_archived(reply: Reply, digest: str = "") -> bool:
    """Tell whether a reply is a capture, and not the archive's own word; `digest` is the one that the CDX lists."""
    if reply.get(_OWN_REDIRECT):
        return False
    if any(reply.get(name) for name in _MARKS) or any(key.lower().startswith(_OLD) for key, _ in reply.headers):
        return True
    return bool(digest) and digest_of(reply.body) == f"sha1:{digest}"


def as_captured(reply: Reply, digest: str) -> Reply:
    """Return a reply with its body as it was captured, where a server has zipped it for the way only.

    What tells is the digest that the CDX lists. Without one, or where it fits neither, all stays as it came.
    """
    coding = reply.get("content-encoding")
    if not (digest and coding) or digest_of(reply.body) == f"sha1:{digest}":
        return reply
    try:
        plain = decoded(reply.body, coding, LARGEST)
    except DecodingError:
        return reply
    if digest_of(plain) != f"sha1:{digest}":
        return reply
    kept = tuple((key, value) for key, value in reply.headers if key.lower() != "content-encoding")
    return replace(reply, headers=kept, body=plain)


def leads_to(reply: Reply, server: addresses.Server) -> str:
    """Return the address of the capture that the archive would rather give, or an empty string."""
    location = reply.get("location") if reply.status in REDIRECTS else ""
    return server.another(reply.address, location) if location else ""


def exchange(reply: Reply, url: str, at: datetime) -> Exchange:
    """Return what was archived.

    Args:
        reply: the archive's answer; `is_archived` says that it is a capture.
        url: the page that is on it.
        at: when it was made, as far as the CDX knows: the reply knows better, if it says anything.
    """
    head = [f"HTTP/1.1 {reply.status} {reply.reason or _phrase(reply.status)}".rstrip()]
    head += [f"{name}: {_UNSAFE.sub(' ', value)}" for name, value in _headers(reply)]
    raw = "\r\n".join([*head, "", ""]).encode("utf-8", "surrogateescape")
    return Exchange(url, moment(reply) or at, b"", raw + reply.body)


def moment(reply: Reply) -> datetime | None:
    """Return when a capture was made (aware, UTC), as its headers or its address say."""
    try:
        told = parsedate_to_datetime(reply.get("memento-datetime"))
        if told.tzinfo is not None and told.astimezone(UTC).year >= cdx.FIRST_YEAR:
            return told.astimezone(UTC)
    except (ValueError, OverflowError):  # no date, or one beyond all years
        pass
    digits = addresses.moment(reply.get("content-location")) or addresses.moment(reply.address)
    return cdx.parsed_timestamp(digits)


def _headers(reply: Reply) -> Iterator[tuple[str, str]]:
    """Yield the headers that the site once sent, as far as the archive tells."""
    old = [(key[len(_OLD) :], value) for key, value in reply.headers if key.lower().startswith(_OLD)]
    known = {name.lower() for name, _ in old}
    passed = [(key, value) for key, value in reply.headers if key.lower() in _PASSED_ON and key.lower() not in known]
    for name, value in [*old, *passed]:
        lower = name.lower()
        if not name or lower in _OF_THE_WIRE or (lower == "content-encoding" and not _encoded(reply, value)):
            continue
        yield name, addresses.original(value) if lower in {"location", "refresh"} else value
    yield "Content-Length", str(len(reply.body))


def _encoded(reply: Reply, coding: str) -> bool:
    """Tell whether the body is still packed: some archives unpack it and pass the header on all the same."""
    return bool(reply.get("content-encoding")) or "gzip" not in coding.lower() or reply.body.startswith(_GZIP)


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return ""
