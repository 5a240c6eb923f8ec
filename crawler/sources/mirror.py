"""A folder that wget, HTTrack or a browser saved, read as a stream of pages with their original addresses.

Two walks: the first finds out where each file comes from (`survey`), because a link in one page may lead to any other;
the second reads the pages one by one. The folder is never left, and nothing in it is believed without a look.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from ..message import LARGEST, DecodingError, decoded, parse
from ..pages.kinds import is_html
from ..pages.urls import absolute, is_file
from . import heads, httrack, links, names, wget
from .files import cannot, found, joined, opened, shown
from .index import Entry, Index
from .layout import is_httrack_top
from .survey import is_page, may_be_page, survey

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

NOT_A_PAGE = "not a page"
NO_ADDRESS = "no original address"
TOO_LARGE = "too large"
DAMAGED = "damaged"
MADE = "made by HTTrack"
UNFINISHED = "not saved to its end"
MHT = "an .mht file"
_LOOKED_AT = 5_000  # files that are looked at to see whether a folder is a mirror
_OK = 200


@dataclass(frozen=True, slots=True)
class Kept:
    """One page out of a mirror.

    Attributes:
        url: the original address, as the site had it.
        at: when it was captured: aware UTC, whole seconds. Where nothing better is known, the time of the file, which
            wget and HTTrack set to what the site called its last modification.
        content_type: as far as it is known, else guessed from the content.
        body: the page, with its own links; without what the saving program added.
        file: the path within the mirror, for messages and to go on behind it.
        status: of HTTP, as far as it is known.
        location: where a redirect leads to, absolute, or empty.
    """

    url: str
    at: datetime
    content_type: str
    body: bytes
    file: str
    status: int = _OK
    location: str = ""


class _LeftOutError(Exception):
    """A file is no page of the mirror; the message is the reason in a few words."""


def is_mirror(folder: Path) -> bool:
    """Tell whether a folder holds saved web pages: one that is found among the first few thousand files is enough."""
    for number, file in enumerate(found(folder)):
        if is_httrack_top(file.path):
            return True
        if number >= _LOOKED_AT:
            return False
        if not file.reason and file.size and may_be_page(file.path):
            try:
                with opened(folder, file.path) as opened_file:
                    head = opened_file.read(heads.HEAD)
            except OSError:
                continue
            if not head.startswith(b"\x1f\x8b") and is_page(head):
                return True
    return False


def walk(
    folder: Path,
    lose: Callable[[str], None],
    after: str = "",
    base: str = "",
    *,
    restores: Callable[[str], bool] = lambda _url: True,
) -> Iterator[Kept]:
    """Yield the pages of a mirror in the order of their paths.

    Args:
        folder: the mirror; itself it may be a link.
        lose: is told once for each file left out why, in a few words that can be counted.
        after: the `file` of a page: only what comes behind it is read.
        base: the address of what is in no host's folder (`wget -nH`), such as `https://haiduong.gov.vn/`.
        restores: tells of a page's address whether its links are wanted as the site had them: that takes most of the
            time, and is of no use where only addresses are asked for.
    """
    with Index() as index:
        survey(folder, index, base)
        for entry in index.entries(os.fsencode(after)):
            if not entry.reason and _is_original(index, entry.path):
                continue
            try:
                yield _kept(folder, index, entry, restores)
            except _LeftOutError as reason:
                lose(str(reason))
            except OSError as error:
                lose(cannot(error))


def _is_original(index: Index, path: bytes) -> bool:
    """Tell whether a file is what wget (`-K`) kept of a page before it changed the links: it is read with that page."""
    return path.endswith(b".orig") and (index.has(path[:-5]) or index.has(path[:-4] + b"html"))


def _kept(top: Path, index: Index, entry: Entry, restores: Callable[[str], bool]) -> Kept:
    _check(entry)
    page = Kept(
        url=heads.sound(entry.url),
        at=datetime.fromtimestamp(entry.at or entry.changed, UTC),
        content_type=_plain(entry.type),
        body=b"",
        file=shown(entry.path),
        status=entry.status,
        location=heads.sound(_location(index, entry)),
    )
    if entry.mirror == "made":
        return replace(page, status=entry.status if entry.status != _OK else 302)
    if entry.cache and (body := _from_cache(top, entry)):
        return _guessed(replace(page, body=body))
    if not entry.size and not entry.changed:
        return page  # of an answer that was not saved, only its status is known
    raw, original = _read(top, index, entry)
    if wget.has_headers(raw):
        page, raw = _with_headers(page, raw)
    body = _unpacked(raw)
    if not original:
        body, noted = httrack.without_marks(body) if entry.mirror else (body, "")
        page = replace(page, content_type=_plain(noted) or page.content_type)
        if not entry.base and restores(page.url):
            where = links.Where(entry.path, page.url, index.url_of, queries=bool(entry.mirror))
            body = links.restored(body, where)
    return _guessed(replace(page, body=body))


def _check(entry: Entry) -> None:
    """Raise the reason for which a file is left out, as far as it can be known without reading it."""
    name = entry.path.rpartition(b"/")[2].lower()
    if entry.reason:
        raise _LeftOutError(entry.reason)
    if not entry.page and (is_httrack_top(entry.path) or name in httrack.PICTURES):
        raise _LeftOutError(MADE)
    if name.endswith((b".mht", b".mhtml")):
        raise _LeftOutError(MHT)
    if name.endswith(httrack.UNFINISHED):
        raise _LeftOutError(UNFINISHED)
    if entry.size > LARGEST:
        raise _LeftOutError(TOO_LARGE)
    if entry.mirror == "made" and not (entry.url and entry.location):
        raise _LeftOutError(MADE)
    if not entry.page or (entry.url and is_file(entry.url)):
        raise _LeftOutError(NOT_A_PAGE)
    if not heads.sound(entry.url):
        raise _LeftOutError(NO_ADDRESS)


def _location(index: Index, entry: Entry) -> str:
    """Return where a redirect leads to; HTTrack writes a local file there."""
    if not entry.location or "://" in entry.location:
        return entry.location
    local = joined(entry.path.rpartition(b"/")[0], os.fsencode(entry.location))
    return (index.url_of(local) if local else "") or absolute(entry.url, entry.location)


def _from_cache(top: Path, entry: Entry) -> bytes:
    """Return a page as HTTrack's cache has it; nothing where that is damaged and there is the file to read."""
    with opened(top, entry.cache) as file:
        body = httrack.data(file, entry.cache_at, entry.cache_size, LARGEST, stored=bool(entry.stored))
    if body is None and not entry.size:
        raise _LeftOutError(DAMAGED)
    if body and len(body) > LARGEST:
        raise _LeftOutError(TOO_LARGE)
    return body or b""


def _read(top: Path, index: Index, entry: Entry) -> tuple[bytes, bool]:
    """Return the bytes of a page, and whether wget kept them as they came."""
    originals = [entry.path + b".orig"]
    if names.is_html_name(entry.path):
        originals.append(entry.path[:-4] + b"orig")
    path = next((path for path in originals if (kept := index.get(path)) and not kept.reason), entry.path)
    with opened(top, path) as file:
        body = file.read(LARGEST + 1)
    if len(body) > LARGEST:
        raise _LeftOutError(TOO_LARGE)
    return body, path != entry.path


def _with_headers(page: Kept, raw: bytes) -> tuple[Kept, bytes]:
    """Take the HTTP headers off a page that wget saved with them, and believe them."""
    message = parse(raw)
    at = heads.moment(message.get("Date")) or page.at
    location = heads.sound(absolute(page.url, message.get("Location"))) or page.location
    status, kind = message.status or page.status, _plain(message.get("Content-Type")) or page.content_type
    return replace(page, at=at, status=status, content_type=kind, location=location), message.payload


def _unpacked(body: bytes) -> bytes:
    """Return a page that was saved as it came over the wire, packed."""
    if not body.startswith(b"\x1f\x8b"):
        return body
    try:
        return decoded(body, "gzip", LARGEST)
    except DecodingError as error:
        raise _LeftOutError(str(error)) from error


def _plain(field: str) -> str:
    """Return a header field without what no field holds: it will stand in a header again."""
    return "".join(char for char in field if char.isascii() and char.isprintable())


def _guessed(page: Kept) -> Kept:
    """Return a page with its content type, if need be by its look; raise where it is none."""
    if page.status == _OK and not is_html(page.body, page.content_type):
        raise _LeftOutError(NOT_A_PAGE)
    return page if page.content_type else replace(page, content_type="text/html" if page.body else "")
