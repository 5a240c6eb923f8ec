"""The links that a mirroring program changed, changed back: from the local file to the address it was saved from.

Works on the bytes of a page in any charset that has ASCII in it, and touches nothing but the values it changes.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import unquote_to_bytes

from ..pages.urls import absolute, key
from .files import joined

if TYPE_CHECKING:
    from collections.abc import Callable

# As browsers do: a quote means something only behind `=`, and `>` ends a tag outside quotes. Comments and scripts are
# stepped over. Every alternative ends somewhere, and nothing is tried twice, so that the time stays linear.
_INSIDE = rb"(?:[^>=]++|=\s*+(?:\"[^\"]*+\"|'[^']*+')|=)*+"
_TOKEN = re.compile(
    rb"<!--.*?(?:-->|\Z)"
    rb"|<(?P<raw>script|style|textarea|xmp)\b(?P<head>" + _INSIDE + rb")(?:>|\Z).*?(?:</(?P=raw)|\Z)"
    rb"|<(?P<tag>[a-z][^\s/>]*+)(?P<rest>" + _INSIDE + rb")(?:>|\Z)",
    re.IGNORECASE | re.DOTALL,
)
_ATTRIBUTE = re.compile(
    rb"(?P<key>[^\s\"'<>/=]++)"
    rb"(?:(?P<equals>\s*+=\s*+)(?:\"(?P<double>[^\"]*+)\"|'(?P<single>[^']*+)'|(?P<bare>[^\s\"'>]++)))?+"
)
_LEADING = frozenset({b"href", b"src", b"data-src", b"data-original", b"longdesc", b"background", b"action"})
_MAY_LEAD = re.compile(rb"href|src|data-original|longdesc|background|action|refresh", re.IGNORECASE)  # most tags do not
_REFRESH = re.compile(rb"(?P<name>\bcontent\s*=\s*(?P<quote>[\"'])\s*\d+\s*;\s*url=)(?P<value>[^\"']*)", re.IGNORECASE)
_SCHEME = re.compile(rb"\s*(?:[a-z][a-z0-9+.-]*:|/|#|\?|\Z)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Where:
    """A page whose links are to be changed back.

    Attributes:
        path: the file it is in, within the mirror.
        url: its address.
        original: returns the address of another file of the mirror, or an empty string.
        queries: whether a query behind the name of a local file is that of its address, and no part of the name:
            HTTrack leaves it there (`page6775.html?nid=5`).
    """

    path: bytes
    url: str
    original: Callable[[bytes], str]
    queries: bool = False

    def meant(self, target: str) -> str:
        """Return the address of the local file that a link leads to, or an empty string."""
        folder = self.path.rpartition(b"/")[0]
        for name in dict.fromkeys((target, target.partition("?")[0] if self.queries else target)):
            local = joined(folder, unquote_to_bytes(name.encode("utf-8", "surrogateescape")))
            if local and (url := self.original(local)):
                return url
        return ""


def restored(body: bytes, where: Where) -> bytes:
    """Return a page with the links that lead to other files of the mirror leading to their addresses again."""
    return _TOKEN.sub(lambda found: _token(found, where), body)


def _token(found: re.Match[bytes], where: Where) -> bytes:
    """Return a tag with its links changed back; a comment as it is."""
    group = "rest" if found["tag"] is not None else "head"
    part = found[group]
    if part is None or not _MAY_LEAD.search(part):
        return found[0]
    changed = _ATTRIBUTE.sub(lambda seen: _attribute(seen, where), part)
    if (found["tag"] or b"").lower() == b"meta":
        changed = _REFRESH.sub(lambda seen: seen["name"] + _back(seen["value"], where), changed)
    start, end = found.start(group) - found.start(), found.end(group) - found.start()
    return found[0][:start] + changed + found[0][end:]


def _attribute(found: re.Match[bytes], where: Where) -> bytes:
    if found["key"].lower() in _LEADING:
        for group, quote in (("double", b'"'), ("single", b"'"), ("bare", b"")):
            if found[group] is not None:
                return found["key"] + found["equals"] + quote + _back(found[group], where) + quote
    return found[0]


def _back(value: bytes, where: Where) -> bytes:
    """Return the value of one attribute: the address of the file it leads to, or as it is where that says the same."""
    if _SCHEME.match(value):
        return value
    text = html.unescape(value.decode("utf-8", "surrogateescape")).strip()
    target, mark, fragment = text.partition("#")
    meant = where.meant(target)
    if not meant or _same(absolute(where.url, target), meant):
        return value
    return html.escape(meant + mark + fragment).encode("utf-8", "surrogateescape")


def _same(one: str, other: str) -> bool:
    try:
        return one == other or key(one) == key(other)
    except ValueError:
        return False
