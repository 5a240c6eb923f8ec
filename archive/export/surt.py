"""The keys under which programs that replay web archives look a URL up: its host backwards, the rest in small letters.

`org,example)/tin?id=1`: so all pages of a site, and of the sites under it, stand together. pywb and ReplayWeb.page make
them by rules that differ in little things, and each finds only what stands under its own.
"""

import re
from urllib.parse import SplitResult, quote, quote_from_bytes, unquote_to_bytes, urlsplit

_WWW = re.compile(r"^www\d*\.")
_PORTS = {"http": 80, "https": 443}
_AS_IS = "!\"$&'()*+,-./:;<=>?@[\\]^_`{|}~"  # all that ASCII can print, but for % and #
_PATH_SESSION = re.compile(r"/\((?:(?:[a-z]\([0-9a-z]{24}\))+|[0-9a-z]{24})\)(?=/.+\.aspx)")  # of ASP.NET, in its path
_QUERY_SESSION = re.compile(
    r"(?:(?:jsessionid|phpsessid|sid)=[0-9a-z]{32}|aspsessionid[a-z]{8}=[a-z]{24}|cfid=[^&]+&cftoken=[^&]+)(?:&|$)"
)


def keys(url: str) -> tuple[str, ...]:
    """Return the keys of a URL, without doubles: the one that pywb asks for, and the one of ReplayWeb.page."""
    return tuple(dict.fromkeys((canonical(url), plain(url))))


def canonical(url: str) -> str:
    """Return the key as pywb makes it, after the rules of the Internet Archive."""
    parts = urlsplit(url.strip())
    path = _PATH_SESSION.sub("", _path(parts.path))
    query = _QUERY_SESSION.sub("", _escaped(parts.query).lower())
    return _host(parts) + (path.removesuffix("/") or "/") + _query(query)


def plain(url: str) -> str:
    """Return the key as ReplayWeb.page makes it: spelled as a browser does, but in small letters."""
    parts = urlsplit(quote(url.strip().lower(), safe=_AS_IS + "%#"))
    return _host(parts) + (parts.path or "/") + _query(parts.query)


def _host(parts: SplitResult) -> str:
    """Return the host backwards, with its port where it is an unusual one."""
    host = _WWW.sub("", parts.hostname or "").strip(".")
    port = "" if parts.port in (None, _PORTS.get(parts.scheme)) else f":{parts.port}"
    return ",".join(reversed(host.split("."))) + port + ")"


def _path(path: str) -> str:
    """Return a path without its dots and doubled slashes, in small letters."""
    kept: list[str] = []
    steps = _escaped(path).lower().split("/")[1:]
    for step in steps:
        if step == "..":
            kept = kept[:-1]
        elif step not in ("", "."):
            kept.append(step)
    return "/" + "/".join(kept)


def _query(query: str) -> str:
    """Return what follows the path: the parts of a query in the order of the alphabet."""
    parts = sorted(part.split("=", 1) for part in query.split("&"))
    return "?" + "&".join("=".join(part) for part in parts) if query else ""


def _escaped(text: str) -> str:
    """Return a part of a URL with everything escaped that must be, once, however often it was."""
    data = text.encode()
    while (plainer := unquote_to_bytes(data)) != data:
        data = plainer
    return quote_from_bytes(data, safe=_AS_IS)
