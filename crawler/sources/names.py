"""From the name of a mirrored file back to the address it was saved from, as wget names files.

`HOST/path`, the query behind `?` (or `@`, as on Windows), `index.html` for a folder, and `.html` put behind the names
of pages that lack it (`-E`). Whether an `.html` is wget's or the site's own is not in the name: the caller says.
"""

from __future__ import annotations

import re
from urllib.parse import quote_from_bytes

_LABEL = rb"[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?"
_HOST = re.compile(
    rb"((?:%s\.)+(?!(?:%s)(?:[:+_]|$))(?:[a-z]{2,18}|xn--[a-z0-9-]+|\d{1,3})|localhost|\[[0-9a-f:]+\])(?:(?::|\+|_|%%3A)(\d{2,5}))?"
    % (_LABEL, rb"html?|aspx?|php\d?|jsp|files|css|js|json|xml|txt|zip|gz|tmp|orig|log|warc|wacz|bak|old|git"),
    re.IGNORECASE,
)
_SCRIPT = re.compile(rb"\.(?:aspx?|php\d?|jspx?|ashx|cgi|pl|cfm|do|action)\Z", re.IGNORECASE)
_HTML = re.compile(rb"\.html?\Z", re.IGNORECASE)
_QUERY_HTML = re.compile(rb"(?:^|[=&])(?P<key>[^=&]*)=(?P<value>[^=&]*)\.html?\Z", re.IGNORECASE)
_SLUG_KEYS = frozenset({b"title", b"slug", b"alias", b"tieude", b"name", b"url", b"page_name"})
_INDEX = re.compile(rb"(?:^|(?<=/))index\.html?\Z", re.IGNORECASE)
_ESCAPED = re.compile(rb"%(?![0-9A-Fa-f]{2})")
_PATH_SAFE = "/!$&'()*+,;=:@-._~%"  # what stays as it is in a path; `%` only where it begins an escape
_QUERY_SAFE = _PATH_SAFE + "?[]|{}"


def host_of(name: bytes) -> str:
    """Return the host, with its port, that a folder is named for, or an empty string.

    `haiduong.gov.vn`, `127.0.0.1:8080`; on Windows wget writes `127.0.0.1+8080`, HTTrack `127.0.0.1_8080`.
    """
    found = _HOST.fullmatch(name)
    if not found:
        return ""
    host, port = found[1].lower().decode("ascii"), found[2]
    return f"{host}:{int(port)}" if port else host


def is_html_name(name: bytes) -> bool:
    """Tell whether a name ends in `.html` or `.htm`."""
    return bool(_HTML.search(name))


def split(path: bytes) -> tuple[bytes, bytes]:
    """Return the path and the query of a saved name; `@` parts them where there is no `?` and a query follows it."""
    before, mark, query = path.partition(b"?")
    if mark:
        return before, query
    folder, slash, name = path.rpartition(b"/")
    before, mark, query = name.partition(b"@")
    return (folder + slash + before, query) if mark and b"=" in query else (path, b"")


def is_added(path: bytes) -> bool | None:
    """Tell whether the `.html` of a name was put there by wget; None where the name does not say."""
    query = split(path)[1]
    bare = _HTML.sub(b"", path)
    if bare == path:
        return False
    if not query:
        return True if _SCRIPT.search(bare) else None
    found = _QUERY_HTML.search(query)
    if not found or found["value"].isdigit() or not found["value"]:
        return True
    return False if found["key"].lower() in _SLUG_KEYS else None


def address(host: str, path: bytes, *, scheme: str = "http", added: bool = False) -> str:
    """Return the address of a file saved under a path below its host's folder; `added`: the `.html` is not its own."""
    before, query = split(_HTML.sub(b"", path) if added else path)
    before = _INDEX.sub(b"", before)
    return f"{scheme}://{host}{escaped(b'/' + before, _PATH_SAFE)}{'?' + escaped(query, _QUERY_SAFE) if query else ''}"


def escaped(written: bytes, safe: str) -> str:
    """Return bytes of a name as part of an address: what cannot stand in one becomes `%XX`, escapes stay."""
    return quote_from_bytes(_ESCAPED.sub(b"%25", written), safe)
