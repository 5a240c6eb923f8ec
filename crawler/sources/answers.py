"""What the programs noted of the answers they had, brought to the files: HTTrack's cache and list, wget's logs.

An answer that was not saved (an error, a redirect) gets an entry of its own below the cache or log that tells of it.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from ..pages.urls import absolute
from . import heads, httrack, wget
from .files import cannot, joined, opened
from .index import Entry, Index

if TYPE_CHECKING:
    from pathlib import Path

LOG = "a log of wget"
_OK = 200
_FAILED = 400
_DEEPEST = 12  # folders that a path in a cache or log may have before those of the mirror
_CACHES = (b"new.txt", b"new.zip", b"old.zip")  # in the order in which they are read
_DELAYED = re.compile(rb"\.[0-9a-f]+\.delayed\Z")  # how HTTrack lists an error page before it has given it its name


def take_caches(top: Path, index: Index) -> None:
    """Note what HTTrack's caches say."""
    ends = tuple(b"hts-cache/" + name for name in _CACHES)
    caches = [entry for entry in index.entries() if not entry.reason and entry.path.endswith(ends)]
    for cache in sorted(caches, key=lambda entry: (entry.path.rpartition(b"/")[0], _CACHES.index(entry.path[-7:]))):
        read = httrack.listed if cache.path.endswith(b".txt") else httrack.cached
        taking = _Taking(index, cache)
        try:
            with opened(top, cache.path) as file:
                for answer in read(file):
                    taking.note(answer)
        except OSError as error:
            index.put(cache, reason=cannot(error))


class _Taking:
    """The reading of one cache."""

    def __init__(self, index: Index, cache: Entry) -> None:
        self._index, self._cache = index, cache
        self._folder = cache.path.rpartition(b"/")[0]
        self._root = self._folder.rpartition(b"/")[0]
        self._old = cache.path.endswith(b"old.zip")
        # HTTrack notes no dates of answers. Pages carry their own; the others came with the last of them at the latest.
        self._latest = index.latest(self._root + b"/" if self._root else b"") or cache.changed

    def note(self, answer: httrack.Answer) -> None:
        if not heads.sound(answer.url):
            return
        path = self._place(answer)
        entry = self._index.get(path)
        if entry is None:
            if answer.status == _OK and not answer.packed:
                return  # a picture or file that was deleted since
            entry = Entry(path, at=self._latest, page=1)
        held: dict[str, object] = {}
        if answer.packed:
            held = {"cache": self._cache.path, "cache_at": answer.at, "cache_size": answer.packed, "page": 1}
            held["stored"] = int(answer.stored)
        self._index.put(
            entry,
            url=answer.url,
            status=answer.status,
            at=entry.at or self._latest,
            location=absolute(answer.url, answer.location) or entry.location,
            type=answer.content_type or entry.type,
            **held,
        )

    def _place(self, answer: httrack.Answer) -> bytes:
        """Return the path of the file that holds the answer, or of an entry of its own."""
        told = self._folder + b"/" + answer.url.encode()
        settled = self._index.settled(told)
        if settled and not self._old:
            return settled
        file = located(self._index, self._root, answer.file)
        if settled or file is None or (answer.status != _OK and file.url not in {"", answer.url}):
            return self._folder + b"/old/" + answer.url.encode() if self._old else told
        self._index.settle(told, file.path)
        return file.path


def located(index: Index, root: bytes, written: bytes) -> Entry | None:
    """Return the file of the mirror that a cache, list or log means: its path may begin above the mirror."""
    if found := _DELAYED.search(written):
        written = written[: found.start()] + b".html"
    parts = written.replace(b"\\", b"/").split(b"/")
    if b".." in parts or not written:
        return None
    for start in range(min(len(parts), _DEEPEST)):
        path = joined(root, b"/".join(parts[start:]))
        if path and (entry := index.get(path)) and not entry.reason:
            return entry
    return None


def take_logs(top: Path, index: Index) -> None:
    """Note what wget's logs say: each file named `wget-log…` or `….log` that is one."""
    for log in index.entries():
        name = log.path.rpartition(b"/")[2]
        if log.reason or not (name.startswith(b"wget-log") or name.endswith((b".log", b"log.txt"))):
            continue
        try:
            with opened(top, log.path) as file:
                if not wget.is_log(file.read(heads.HEAD)):
                    continue
                file.seek(0)
                ahead = wget.zone(file, datetime.fromtimestamp(log.changed, UTC))
                file.seek(0)
                for saved in wget.logged(file):
                    _take_saved(index, log, saved, max(int(wget.utc(saved.at, ahead).timestamp()), 0))
        except OSError as error:
            index.put(log, reason=cannot(error))
        else:
            index.put(log, reason=LOG)


def _take_saved(index: Index, log: Entry, saved: wget.Saved, at: int) -> None:
    if not (heads.sound(saved.asked) and heads.sound(saved.url)):
        return
    alone = log.path + b"/" + saved.asked.encode()
    if saved.location or (not saved.file and saved.status >= _FAILED):
        status = saved.status if not saved.location else saved.moved
        index.put(Entry(alone, url=saved.asked, at=at, status=status, location=saved.location, page=1))
    entry = located(index, log.path.rpartition(b"/")[0], saved.file)
    if entry is not None and not entry.mirror:
        index.put(entry, url=saved.url, named=saved.asked, at=at, status=saved.status)
