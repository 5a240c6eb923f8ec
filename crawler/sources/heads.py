"""What the first bytes of a saved page say of where it comes from: the marks of HTTrack, of browsers, of the site."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import quote, urlsplit

HEAD = 16 * 1024  # bytes looked at from the beginning
TAIL = 1024  # and from the end, where HTTrack says it once more

_HTTRACK = re.compile(
    rb"<!--\s*Mirrored from (?P<url>\S{1,4000}) by HTTrack[^>]{0,200}?(?:,\s*(?P<at>\w{3}, \d[^>]{10,40}?))?\s*-->"
)
_HTTRACK_OWN = re.compile(
    rb"<!--\s*Created by HTTrack|<title>\s*(?:Local index|Page has moved)[^<]*</title>"
    rb"|<meta name=\"generator\" content=\"HTTrack",
    re.IGNORECASE,
)
_MOVED = re.compile(
    rb"<meta\s+http-equiv=[\"']?refresh[\"']?\s+content=[\"']\s*\d+\s*;\s*url=([^\"'>]+)", re.IGNORECASE
)
_BROWSER = re.compile(rb"<!--\s*saved from url=\(\d+\)\s*(?P<url>https?://\S{1,4000}?)\s*-->", re.IGNORECASE)
_SINGLE_FILE = re.compile(
    rb"<!--\s*Page saved with SingleFile\s+url:\s*(?P<url>https?://\S{1,4000})\s+saved date:\s*(?P<at>[^\r\n>]{10,90})"
)
_SAVE_PAGE = re.compile(rb"<meta name=\"savepage-(url|date)\" content=\"([^\"]{1,4000})\"", re.IGNORECASE)
_LINK = re.compile(
    rb"<link\b(?=[^>]{0,600}\brel=[\"']?canonical\b)[^>]{0,600}?\bhref=[\"']?\s*(https?://[^\"'\s>]{1,4000})",
    re.IGNORECASE,
)
_OPEN_GRAPH = re.compile(
    rb"<meta\b(?=[^>]{0,600}\b(?:property|name)=[\"']og:url[\"'])[^>]{0,600}?\bcontent=[\"']\s*(https?://[^\"'\s>]{1,4000})",
    re.IGNORECASE,
)
_BASE = re.compile(rb"<base\b[^>]{0,600}?\bhref=[\"']?\s*(https?://[^\"'\s>]{1,4000})", re.IGNORECASE)
_SCRIPTED = re.compile(
    r"\w{3} (?P<month>\w{3}) (?P<day>\d{1,2}) (?P<year>\d{4}) (?P<time>\d{1,2}:\d{2}:\d{2}) GMT(?P<zone>[+-]\d{4})"
)


@dataclass(frozen=True, slots=True)
class Told:
    """What a page says of itself. Addresses are absolute, or empty.

    Attributes:
        url: the address it was saved from, as the program that saved it wrote.
        at: when, aware UTC.
        httrack: whether HTTrack wrote it.
        own: whether HTTrack made it up: an index, a redirect.
        moved: where a redirect that HTTrack made up leads to, as it is written there.
        claimed: what the page itself gives as its address (canonical link, `og:url`).
        base: its `<base href>`.
    """

    url: str = ""
    at: datetime | None = None
    httrack: bool = False
    own: bool = False
    moved: str = ""
    claimed: str = ""
    base: str = ""


def told(head: bytes) -> Told:
    """Return what these bytes, the beginning of a page and its end, say of where it comes from."""
    by_httrack = _HTTRACK.search(head)
    own = bool(_HTTRACK_OWN.search(head))
    moved = _MOVED.search(head) if own else None
    url, at = _saved(head)
    if by_httrack:
        url, at = _with_scheme(_text(by_httrack["url"])), moment(_text(by_httrack["at"] or b""))
    return Told(
        url=sound(url),
        at=at,
        httrack=bool(by_httrack) or own,
        own=own,
        moved=_text(moved[1]) if moved else "",
        claimed=sound(_first(head, _LINK) or _first(head, _OPEN_GRAPH)),
        base=sound(_first(head, _BASE)),
    )


def _saved(head: bytes) -> tuple[str, datetime | None]:
    """Return what a browser, or an extension of one, says of a page that it saved."""
    if found := _SINGLE_FILE.search(head):
        return _text(found["url"]), moment(_text(found["at"]))
    fields = {name.lower(): _text(value) for name, value in _SAVE_PAGE.findall(head)}
    if b"url" in fields:
        return fields[b"url"], moment(fields.get(b"date", ""))
    return _first(head, _BROWSER, "url"), None


def _first(head: bytes, pattern: re.Pattern[bytes], group: str | int = 1) -> str:
    found = pattern.search(head)
    return _text(found[group]) if found else ""


def _text(written: bytes) -> str:
    """Return an address of a page as text. Bytes that are not UTF-8 become `%XX`."""
    try:
        return html.unescape(written.decode("utf-8").strip())
    except UnicodeDecodeError:
        return html.unescape("".join(chr(byte) if byte < 128 else f"%{byte:02X}" for byte in written))  # noqa: PLR2004 - ASCII


def _with_scheme(url: str) -> str:
    return url if re.match(r"[a-z]+://", url, re.IGNORECASE) else f"http://{url}"


def sound(url: str) -> str:
    """Return an address of the web, or an empty string; what no address holds (spaces, controls) becomes `%XX`."""
    url = "".join(char if char.isprintable() and char != " " else quote(char, errors="surrogateescape") for char in url)
    try:
        parts = urlsplit(url)
        web = parts.scheme in {"http", "https"} and bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:
        return ""
    return url if web else ""


def moment(written: str) -> datetime | None:
    """Return a time as headers (`Fri, 12 Jun 2020 08:15:00 GMT`) or scripts write it, in UTC; None for any other."""
    if found := _SCRIPTED.match(written):
        written = f"{found['day']} {found['month']} {found['year']} {found['time']} {found['zone']}"
    try:
        at = parsedate_to_datetime(written)
        return (at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)).replace(microsecond=0)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
