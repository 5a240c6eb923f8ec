"""The addresses of files whose folders and names are all that tells: `HOST/path`, as wget lays them out."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from ..pages.urls import key
from . import httrack, names

if TYPE_CHECKING:
    from pathlib import Path

    from .index import Entry, Index


def lay_out(top: Path, index: Index, base: str) -> None:
    """Give an address to each file that has none yet, as far as folders and names tell one.

    `base` is the address of what is in no host's folder, where somebody has told it.

    In a mirror of HTTrack they do not: it renames files. There the page itself must say where it comes from.
    """
    tops = httrack_tops(index)
    named = (os.fsencode(top.name), os.fsencode(top.resolve().name)) if not base else ()
    own_host = next(filter(None, map(names.host_of, named)), "")
    plain = {place(entry.path, own_host)[0] for entry in index.entries() if _is_bare(entry)}
    guess = base or _told_base(index, own_host)
    for entry in index.entries():
        if entry.url or entry.reason:
            continue
        if any(entry.path.startswith(root) for root in tops):
            url = entry.claimed
        else:
            url = _by_layout(index, entry, own_host, guess, plain) or entry.claimed
        if url:
            index.put(entry, url=url)


def is_httrack_top(path: bytes) -> bool:
    """Tell whether a path is one of the files by which HTTrack marks the top of its mirror."""
    folder, _, name = path.rpartition(b"/")
    return name in httrack.OWN or folder.rpartition(b"/")[2] == httrack.CACHE


def httrack_tops(index: Index) -> set[bytes]:
    """Return the folders, with their `/`, that are the tops of HTTrack's mirrors."""
    return {entry.path[: entry.path.find(b"hts-")] for entry in index.entries() if is_httrack_top(entry.path)}


def may_be_from(path: bytes, url: str, tops: set[bytes]) -> bool:
    """Tell whether a page may be from the address that a saving program wrote into it.

    A site may itself show pages that somebody had saved elsewhere: in the folder of another host they are that host's.
    """
    hosts = [host for part in path.split(b"/")[:-1] if (host := names.host_of(part))]
    own = urlsplit(url).netloc.lower().removeprefix("www.")
    return not hosts or own in {host.removeprefix("www.") for host in hosts} or path.startswith(tuple(tops))


def place(path: bytes, own_host: str) -> tuple[str, bytes, str]:
    """Return the host in whose folder a file is, its path below that, and the scheme where a folder says it."""
    parts = path.split(b"/")
    for n, part in enumerate(parts[:-1]):
        host = names.host_of(part)
        if host and not (n + 2 < len(parts) and names.host_of(parts[n + 1])):  # a project may be named for its site
            above = parts[n - 1].decode("latin-1") if n else ""
            return host, b"/".join(parts[n + 1 :]), above if above in {"http", "https"} else ""
    return own_host, path, ""


def _is_bare(entry: Entry) -> bool:
    """Tell whether a file shows that wget put no `.html` behind names: a page without one."""
    name = entry.path
    return bool(entry.page) and not (
        entry.mirror or entry.reason or names.is_html_name(name) or name.endswith(b".orig")
    )


def _told_base(index: Index, own_host: str) -> str:
    """Return the address of a mirror in no host's folder, where the pages that say their own agree on it."""
    seen: set[str] = set()
    for entry in index.entries():
        if entry.page and entry.claimed and not entry.url and not place(entry.path, own_host)[0]:
            for added in (False, True):
                own = urlsplit(names.address("x", entry.path, added=added))
                end = own.path + (f"?{own.query}" if own.query else "")
                if entry.claimed.endswith(end) and len(end) > 1:
                    seen.add(entry.claimed[: -len(end)])
                    break
    return seen.pop() if len(seen) == 1 else ""


def _by_layout(index: Index, entry: Entry, own_host: str, base: str, plain: set[str]) -> str:
    host, path, scheme = place(entry.path, own_host)
    bare = host in plain
    if not host:
        start = base or entry.base
        if not start or not urlsplit(start).netloc:
            return ""
        scheme, host = urlsplit(start).scheme, urlsplit(start).netloc
        folder = urlsplit(start).path.strip("/") if base else ""
        path = (folder.encode() + b"/" if folder else b"") + path
    if not scheme:
        scheme = "https" if entry.claimed.startswith(f"https://{host}/") else "http"
    path = path.removesuffix(b".orig") if entry.page else path
    added = not bare and _is_added(index, entry, host, path)
    return names.address(host, path, scheme=scheme, added=added)


def _is_added(index: Index, entry: Entry, host: str, path: bytes) -> bool:
    """Decide whether the `.html` of a page is wget's. Where nothing says so, it is the site's own."""
    if not names.is_html_name(path):
        return False
    if index.has(entry.path[:-4] + b"orig"):
        return True
    if index.has(entry.path + b".orig"):
        return False
    sure = names.is_added(path)
    return _may_be_added(index, entry, host, path) if sure is None else sure


def _may_be_added(index: Index, entry: Entry, host: str, path: bytes) -> bool:
    """Decide it where the name leaves it open: by what the page says of itself, and by its neighbours."""
    for added in (True, False):
        if entry.claimed and _key(names.address(host, path, added=added)) == _key(entry.claimed):
            return added
    bare = entry.path.rpartition(b".")[0]
    beside = index.any_between(bare + b"?", bare + b"A")  # what is between `?` and `A` is `?` and `@`: further pages
    return beside or bool(names.split(path)[1])


def _key(url: str) -> str:
    try:
        return key(url)
    except ValueError:
        return url
