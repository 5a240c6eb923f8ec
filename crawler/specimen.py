"""One page to look at, and nothing to keep: from a file, from a WARC file, or asked of its site once and politely."""

from __future__ import annotations

import re
import ssl
import urllib.error
import urllib.request
from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus
from http.client import HTTPException
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from scrapy.robotstxt import ProtegoRobotParser

from archive.errors import RecordError
from archive.warc.holding import holdings, walk
from crawler import message, settings
from crawler.pages import urls

if TYPE_CHECKING:
    from pathlib import Path

    from archive.warc import Record

TIMEOUT = 60  # s
HOPS = 5  # redirects followed
_ROBOTS_LARGEST = 500 * 1024  # bytes, as in `crawler.robots`
_SOME = 3  # addresses that an error names
_HEAD = 100_000  # bytes of a saved page in which its address is looked for
_ADDRESSES = (  # where programs that save pages write their address
    re.compile(rb"<!--\s*Mirrored from ([^\s<>]+(?:\s[^\s<>]+)*?) by HTTrack"),
    re.compile(rb"<!--\s*saved from url=\(\d+\)(https?://[^\s<>]+)"),
    re.compile(rb"""<link[^>]+rel=["']?canonical["']?[^>]+href=["'](https?://[^"']+)""", re.IGNORECASE),
    re.compile(rb"""<meta[^>]+property=["']og:url["'][^>]+content=["'](https?://[^"']+)""", re.IGNORECASE),
)
_WARC = b"WARC/"
_HOLDING = (".warc", ".warc.gz", ".wacz", ".warc.open")
_NO_PAGES = ("urn:", "dns:", "whois:")  # of what crawlers note
NOWHERE = "http://unknown.invalid/page"  # the address of a saved page that does not tell it; not that of a front page


class SpecimenError(Exception):
    """There is no such page to look at. One line: the file or address, what is wrong, what to do."""


@dataclass(frozen=True, slots=True)
class Specimen:
    """One page. `at` (aware) is when it was captured; `told` says how it or its address was come by, for a person."""

    url: str
    body: bytes
    content_type: str
    at: datetime
    told: str = ""
    status: int = HTTPStatus.OK  # of HTTP


def from_file(path: Path, url: str = "") -> Specimen:
    """Return the page in a file: an HTML file, or the record of `url` in a WARC file.

    Raises:
        SpecimenError: the file cannot be read, is too large for a page, or holds no such record.
    """
    try:
        if not path.is_file():
            wrong = "is no file: name a page or a WARC file" if path.exists() else "there is no such file"
            raise SpecimenError(f"{path}: {wrong}")
        with path.open("rb") as file:
            start = file.read(len(_WARC))
            if start == _WARC or path.name.lower().endswith(_HOLDING):
                return _record(path, url)
            return _saved(path, start + file.read(message.LARGEST + 1), url)
    except RecordError as error:
        raise SpecimenError(str(error)) from error
    except OSError as error:
        raise SpecimenError(f"{path}: {error.strerror or error}") from error


def _saved(path: Path, body: bytes, url: str) -> Specimen:
    if len(body) > message.LARGEST:
        raise SpecimenError(f"{path}: is larger than a page can be ({message.LARGEST >> 20} MB)")
    at = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    if url:
        return Specimen(url, body, "", at)
    found = next((match[1] for pattern in _ADDRESSES if (match := pattern.search(body[:_HEAD]))), b"")
    address = found.decode("utf-8", "replace")
    address = address if "://" in address or not address else f"http://{address}"
    told = "the address stands in the file" if address else "the file tells no address: give it with --url"
    return Specimen(address or NOWHERE, body, "", at, told)


def _record(path: Path, url: str) -> Specimen:
    """Return the last answer of `url` in a WARC or WACZ file, by its exact spelling or by its identity."""
    lost: list[str] = []
    alike: Record | None = None
    seen: dict[str, None] = {}
    for record in (record for each in holdings(path, lost.append) for record in walk(each, lost.append)):
        if record.kind not in {"response", "resource"} or record.url.startswith(_NO_PAGES):
            continue
        seen[record.url] = None
        if record.url == url or (_key(record.url) == _key(url) and (alike is None or alike.url != url)):
            alike = record
    if alike is None:
        some = ", ".join(list(seen)[:_SOME]) + (", …" if len(seen) > _SOME else "")
        wanted = f"holds no answer of {url}" if url else f"holds {len(seen)} pages: say which with --url"
        nothing = lost[0] if lost else f"{path}: holds no answer of any page"
        raise SpecimenError(f"{path}: {wanted}; there is {some}" if seen else nothing)
    return _specimen(path, alike)


def _specimen(path: Path, record: Record) -> Specimen:
    if record.kind == "resource":
        kind = record.fields.get("content-type", "")
        return Specimen(record.url, record.block, kind, record.at, f"a resource in {path.name}")
    answer = message.parse(message.whole(record.block))
    told = f"HTTP {answer.status}, in {path.name}"
    body = _decoded(path, answer.payload, answer.encoding)
    return Specimen(record.url, body, answer.get("Content-Type"), record.at, told, answer.status)


def _key(url: str) -> str:
    try:
        return urls.key(url)
    except ValueError:
        return url


def _decoded(where: object, body: bytes, encoding: str) -> bytes:
    try:
        return message.decoded(body, encoding, message.LARGEST)
    except message.DecodingError as error:
        raise SpecimenError(f"{where}: {error}") from error


class _Stay(urllib.request.HTTPRedirectHandler):
    """Follows no redirect by itself: robots.txt is to be asked of each."""

    def redirect_request(self, *arguments: object) -> None:
        """Return no request."""
        del arguments


def from_site(url: str) -> Specimen:
    """Ask a site for one page, where its robots.txt allows that, and for what its redirects lead to on the same site.

    Raises:
        SpecimenError: there is no such page, or the site does not want it asked for.
    """
    asked = url
    for _ in range(HOPS + 1):
        _allowed(asked)
        status, headers, body = _get(asked, message.LARGEST)
        location = headers.get("Location", "")
        if not (300 <= status < 400 and location):  # noqa: PLR2004 - the redirects of HTTP
            break
        target = urljoin(asked, location)
        if not urls.same_site(target, (urls.host(asked),)):
            raise SpecimenError(f"{asked}: leads off the site, to {target}")
        asked = target
    else:
        raise SpecimenError(f"{url}: leads on and on, more than {HOPS} times")
    told = f"HTTP {status}" + (f", redirected from {url}" if asked != url else "")
    body = _decoded(asked, body, headers.get("Content-Encoding", ""))
    return Specimen(asked, body, headers.get("Content-Type", ""), datetime.now(UTC), told, status)


def _allowed(url: str) -> None:
    """Ask the host's robots.txt.

    Raises:
        SpecimenError: it forbids the page, or cannot be had (RFC 9309: then nothing may be asked for).
    """
    where = urljoin(url, "/robots.txt")
    status, _, body = _get(where, _ROBOTS_LARGEST)
    if status >= 500 or status == 429:  # noqa: PLR2004 - a server's error, and too many requests
        raise SpecimenError(f"{where}: HTTP {status}, so nothing may be asked for: try again later")
    rules = ProtegoRobotParser(body if status == 200 else b"", None)  # noqa: PLR2004 - the answer of one that is there
    if not rules.allowed(url, settings.ROBOTSTXT_USER_AGENT):
        raise SpecimenError(f"{url}: robots.txt forbids it; look at a saved copy: thidua probe FILE --url {url}")


def _get(url: str, most: int) -> tuple[int, dict[str, str], bytes]:
    """Return status, headers and body of an answer, whatever the status."""
    opener = urllib.request.build_opener(_Stay)
    asking = urllib.request.Request(url, headers={"User-Agent": settings.USER_AGENT})  # noqa: S310 - http(s), checked
    try:
        with opener.open(asking, timeout=TIMEOUT) as answer:
            status, headers, body = answer.status, dict(answer.headers.items()), answer.read(most + 1)
    except urllib.error.HTTPError as error:  # an answer too
        with error:
            status, headers, body = error.code, dict(error.headers.items()), error.read(most + 1)
    except (OSError, HTTPException) as error:
        why = getattr(error, "reason", error)
        hint = "; look at a saved copy of the page" if isinstance(why, ssl.SSLError) else ""
        raise SpecimenError(f"{url}: {getattr(why, 'strerror', None) or why or type(why).__name__}{hint}") from error
    if len(body) > most and most == message.LARGEST:
        raise SpecimenError(f"{url}: is larger than a page can be ({most >> 20} MB)")
    return status, headers, body[:most]
