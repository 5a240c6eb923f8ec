"""Where a web archive is, and which pages of it are meant.

The Internet Archive lists captures at `/cdx/search/cdx` and gives them out below `/web/`; pywb and what is made of it
at `/COLLECTION/cdx` and below `/COLLECTION/`. In both, `TIMESTAMPid_/URL` is a capture as it was, without banners and
rewritten links.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode, urljoin, urlsplit

from crawler.pages import urls

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

INTERNET_ARCHIVE = "https://web.archive.org/cdx/search/cdx"
_RAW = "id_"  # the archives' word for "as it was"
_REPLAYED = re.compile(r"/(?P<moment>\d{1,14}|\*)(?P<form>[a-z]{2}_)?/(?P<url>https?:/{1,2}[^/].*)$", re.IGNORECASE)
_ONE_SLASH = re.compile(r"^(https?):/(?=[^/])", re.IGNORECASE)  # servers and shells fold two into one
_CDX_ENDS = ("/cdx/search/cdx", "/cdx/search", "-cdx", "-index", "/cdx", "/index")  # the longest first


class AddressError(Exception):
    """What was typed names no page, host or server; the message says what to type."""


def original(url: str) -> str:
    """Return the address that a web archive's address is a capture of; any other address as it is.

    `https://web.archive.org/web/20150101000000id_/http://host/path` is `http://host/path`.
    """
    found = _REPLAYED.search(url)
    return _ONE_SLASH.sub(r"\1://", found["url"]) if found else url


def moment(url: str) -> str:
    """Return the digits that say when the capture at a web archive's address was made, or an empty string."""
    found = _REPLAYED.search(url)
    return found["moment"] if found and found["moment"].isdigit() else ""


@dataclass(frozen=True, slots=True)
class Server:
    """A web archive: the address of its CDX server, and the one that its captures are below, without a last slash."""

    cdx: str
    replay: str

    @classmethod
    def at(cls, cdx: str = INTERNET_ARCHIVE, replay: str = "") -> Server:
        """Return the archive whose CDX server is at an address; where captures are follows from it unless told.

        Raises:
            AddressError: one of them is no address, or nobody can say where the captures are.
        """
        cdx = _server(cdx, "--cdx").partition("?")[0].rstrip("/")
        return cls(cdx, _server(replay, "--replay").rstrip("/") if replay else _replay(cdx))

    def raw(self, timestamp: str, url: str) -> str:
        """Return the address of a capture as it was. `timestamp` has 14 digits; the URL's bytes stay as they are."""
        return f"{self.replay}/{timestamp}{_RAW}/{url}"

    def another(self, base: str, location: str) -> str:
        """Return where a redirect of the archive itself leads, if that is a capture in it; else an empty string."""
        try:
            url = urljoin(base, location)
            same = urls.host(url) == urls.host(self.replay)
            below = urlsplit(url).path.startswith(f"{urlsplit(self.replay).path}/")
        except ValueError:
            return ""
        found = _REPLAYED.search(url)
        if not (same and below and found and found["moment"].isdigit()):
            return ""
        return self.raw(found["moment"], _ONE_SLASH.sub(r"\1://", found["url"]))


@dataclass(frozen=True, slots=True)
class Target:
    """What is asked for: all of a host, all below an address (`prefix`), or one page (`exact`); and from when to when.

    `url` is a host, with its port where that is not its scheme's own, or an address.
    """

    url: str
    match: str = "host"
    first: date | None = None
    last: date | None = None

    @property
    def address(self) -> str:
        """An address of the site that is meant."""
        return self.url if "://" in self.url else f"http://{self.url}/"

    @property
    def parameters(self) -> list[tuple[str, str]]:
        """What tells a CDX server. Fields are not chosen: each kind of server has other names for them."""
        days = [("from", self.first), ("to", self.last)]
        return [
            ("url", self.url),
            ("matchType", self.match),
            ("output", "json"),
            *((name, f"{day:%Y%m%d}") for name, day in days if day),
        ]

    @property
    def query(self) -> str:
        """The same, in one line."""
        return urlencode(self.parameters)

    def covers(self, url: str) -> bool:
        """Tell whether an address is meant; servers differ in what else they throw in."""
        try:
            if self.match == "host":
                return urls.same_site(url, [self.url])
            if self.match == "exact":
                return urls.key(url) == urls.key(self.url)
            return urls.key(url).startswith(urls.key(self.url))
        except ValueError:
            return False


def target(given: str, first: date | None = None, last: date | None = None) -> Target:
    """Return what a person means by a host, an address, an address ending in `*`, or a web archive's address.

    Raises:
        AddressError: it is none of these.
    """
    text = original(given.strip())
    try:
        url = text if "://" in text else f"http://{text}"
        parts = urlsplit(url)
        host = urls.host(url)
        url.encode("ascii" if parts.netloc.isascii() else "idna")
    except (ValueError, UnicodeError) as error:
        raise AddressError(
            f"{given!r} names no host and no page: write example.gov.vn or https://example.gov.vn/…"
        ) from error
    if parts.scheme not in {"http", "https"} or not re.fullmatch(r"[\w.-]+(:\d+)?|\[[0-9a-f:]+\](:\d+)?", host):
        raise AddressError(f"{given!r} names no host and no page: write example.gov.vn or https://example.gov.vn/…")
    if parts.path in {"", "/", "/*"} and not parts.query:
        return Target(host, "host", first, last)
    if url.endswith("*"):
        return Target(url.rstrip("*"), "prefix", first, last)
    return Target(url, "exact", first, last)


def _server(url: str, option: str) -> str:
    """Return the address of a server, if it is one."""
    try:
        parts = urlsplit(url.strip())
        good = parts.scheme in {"http", "https"} and parts.hostname and parts.port != 0
    except ValueError:
        good = False
    if not good:
        raise AddressError(f"{option} {url!r} is no address of a web archive, such as {INTERNET_ARCHIVE}")
    return url.strip()


def _replay(cdx: str) -> str:
    """Return where captures are, from the address of the CDX server that lists them."""
    for end in _CDX_ENDS:
        if cdx.endswith(end):
            base = cdx.removesuffix(end)
            return f"{base}/web" if end.startswith("/cdx/search") else base
    raise AddressError(
        f"--cdx {cdx}: cannot tell where the captures are; say so with --replay, such as https://host/web"
    )


def hosts(found: Sequence[str]) -> tuple[str, ...]:
    """Return hosts without those that differ from an earlier one in `www.` alone: to a CDX server they are one."""
    seen: dict[str, str] = {}
    for host in found:
        seen.setdefault(host.removeprefix("www."), host)
    return tuple(seen.values())
