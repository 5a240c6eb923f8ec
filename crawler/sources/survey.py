"""The first walk over a mirror: for each file, which address it was saved from and when.

Evidence in the order in which it is believed: HTTrack's cache and list, wget's log, what the saving program wrote into
the page, the layout of the folders (`HOST/path`), and for folders without a host what the pages say of themselves.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..message import LARGEST
from ..pages.kinds import is_html
from ..pages.urls import is_file
from . import heads, httrack, names, wget
from .answers import take_caches, take_logs
from .files import cannot, found, opened
from .layout import httrack_tops, lay_out, may_be_from

if TYPE_CHECKING:
    from pathlib import Path

    from .index import Index


def survey(top: Path, index: Index, base: str) -> None:
    """Fill the index with what can be known of the folder; `base` is the address of files in no host's folder."""
    index.fill(found(top))
    _read_heads(top, index)
    take_caches(top, index)
    take_logs(top, index)
    lay_out(top, index, base)


def may_be_page(path: bytes) -> bool:
    """Tell whether a file's name leaves open that it is a page."""
    name = path.rpartition(b"/")[2].removesuffix(b".orig")
    if name.lower().endswith((b".mht", b".mhtml", b".warc", b".wacz", b".cdx", *httrack.UNFINISHED)):
        return False
    return b"hts-cache" not in path.split(b"/")[:-1] and not is_file(names.address("x", name))


def _read_heads(top: Path, index: Index) -> None:
    tops = httrack_tops(index)
    for entry in index.entries():
        if entry.reason or entry.size > LARGEST or not may_be_page(entry.path):
            continue
        try:
            with opened(top, entry.path) as file:
                head = file.read(heads.HEAD)
                if entry.size > heads.HEAD:
                    file.seek(max(heads.HEAD, entry.size - heads.TAIL))
                    head += file.read(heads.TAIL)
        except OSError as error:
            index.put(entry, reason=cannot(error))
            continue
        if not is_page(head):
            continue
        told = heads.told(head)
        if told.url and not may_be_from(entry.path, told.url, tops):
            told = heads.Told(claimed=told.claimed, base=told.base)
        mark = "made" if told.own else "httrack" if told.httrack else ""
        at = int(told.at.timestamp()) if told.at else 0
        index.put(
            entry, page=1, url=told.url, at=at, mirror=mark, location=told.moved, claimed=told.claimed, base=told.base
        )


def is_page(head: bytes) -> bool:
    """Tell whether bytes begin a web page: HTML, packed by gzip, or with HTTP headers before it."""
    return head.startswith(b"\x1f\x8b") or wget.has_headers(head) or is_html(head, "")
