"""URLs as these sites write them: which one to ask for, and which two mean the same article.

Nothing here touches the bytes of a path: a Hải Dương image URL holds NFD bytes, and a server that wrote them
expects them back.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import SplitResult, parse_qsl, quote, urljoin, urlsplit, urlunsplit

if TYPE_CHECKING:
    from collections.abc import Collection

# Keys that say where a reader came from or who they are, never what is shown.
_TRACKING = re.compile(
    r"^(utm_.*|fbclid|gclid|dclid|msclkid|zarsrc|zalo.*|yclid|mc_[ce]id|_ga|_gl|igshid|spm|gidzl"
    r"|phpsessid|jsessionid|aspsessionid.*|sessionid|session_id|sid|cfid|cftoken|nocache|rnd|_t)$",
    re.IGNORECASE,
)
_PATH_SESSION = re.compile(r";jsessionid=[^/?#]*|/\(S\([a-z0-9]+\)\)(?=/)", re.IGNORECASE)
# Query keys that identify an article by themselves; what else is in the query is then decoration, except a category.
_ARTICLE_IDS = ("nid", "itemid", "newsid", "articleid", "id_tin", "idtin", "tinid")
_SLUGS = frozenset({"title", "slug", "alias", "tieude", "name"})
_LIFERAY = re.compile(r"^(?P<site>.*?)/-/(?P<kind>view_content|asset_publisher)/(?:(?:pop_up|content)/)?(?P<id>\d+)")
_ARTICLE_PATH = re.compile(
    r"-n\d+\.html?$|-\d{2,}\.html?$|/-/view_content/(?:pop_up/)?\d|/\d{4}-\d{1,2}-\d{1,2}/[^/]+\.aspx$"
    r"|/(?:chi-?tiet|detail|view|article)[^/]*/.*\d|/\d{4}/\d{1,2}/[^/]+$|[-_/]\d{4,}(?:\.\w+)?$",
    re.IGNORECASE,
)
# What a query says of an article without a key of its own for the number: Joomla, home-made PHP, NukeViet unrewritten.
_ARTICLE_QUERY = re.compile(
    r"(?:^|&)(?:(?:view|mod|act|action|do)=(?:article|detail|viewdetail|chitiet)(?:&|$)|op=[^&]+/[^&]+-\d+(?:&|$))",
    re.IGNORECASE,
)
_FILE = re.compile(
    r"\.(?:pdf|docx?|xlsx?|pptx?|odt|ods|rtf|rar|zip|7z|gz|jpe?g|png|gif|bmp|svg|webp|ico|mp3|mp4|wmv|avi|flv|wav|swf"
    r"|exe|css|js|json|xml|rss|atom|txt|csv)(?=$|[/?])",
    re.IGNORECASE,
)
_ATTACHED = re.compile(r"\.(?:pdf|docx?|xlsx?|pptx?|odt|ods|rtf|rar|zip|7z|gz|mp3|mp4|wmv)(?=$|[/?&])", re.IGNORECASE)
# Doors that lead to no article: printing, mailing, saving, logging in, feeds, searching.
_SIDE_DOOR = re.compile(
    r"/(?:print(?:er|view|preview|[-_]?(?:news|article|page|friendly))?|ban-?in|in-?(?:bai(?:-?viet)?|tin|trang)|savefile|sendmail|rss|feeds?|login|logout|dang-nhap|dang-ky|register|users?|account|search|tim-kiem|pop_up"
    r"|_layouts|_vti_bin|wp-admin|wp-login\.php|cart|banners)(?:[/?#.]|$)"
    r"|//(?:[\w-]+\.)*(?:facebook\.com/(?:sharer|share|dialog|(?:v\d[\d.]*/)?plugins)|(?:youtube(?:-nocookie)?\.com|google\.com/maps)/embed|(?:twitter|x)\.com/(?:share|intent)|linkedin\.com/share"
    r"|pinterest\.com/pin/create|plus\.google\.com/share|zalo\.me/share|addthis\.com/)"
    r"|[?&](?:print|action=print|p_p_state=pop_up|replytocom|mode=print|isdlg)(?:=|&|$)",
    re.IGNORECASE,
)
# An address within a web archive: `https://web.archive.org/web/20150612081500id_/http://host/path`.
_REPLAYED = re.compile(
    r"^https?://[^/?#]+(?:/[^/?#]+){0,2}/(?P<moment>\d{4,14})(?:[a-z]{2}_)?/(?P<scheme>https?):/{1,2}(?P<rest>[^/].*)$",
    re.IGNORECASE | re.DOTALL,
)
# No address holds these; beyond ASCII, what would steer a terminal or turn the line around.
_UNSPOKEN = re.compile(r"[\x00-\x20\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]")
_BREAKS = re.compile(r"[\t\r\n]")
_PORTS = {"http": 80, "https": 443}


def absolute(base: str, href: str) -> str:
    """Return `href` resolved against `base`, or an empty string where it is no address of a web page.

    White space around and line breaks inside are removed as the URL standard says; nothing else is re-encoded.
    """
    return join(base.partition("?")[0] if href[:1] == "?" else folder(base), href)


def folder(base: str) -> str:
    """Return the folder of a page. Relative addresses depend on nothing else, but for those that begin with `?`."""
    base = base.partition("?")[0]
    return base if base.count("/") < 3 else base[: base.rfind("/") + 1]


@lru_cache(maxsize=8192)  # pages of one folder share the answers
def join(base: str, href: str) -> str:
    """Return `href` resolved against a folder, as `absolute` does."""
    href = _BREAKS.sub("", href).strip()
    if not href or href[0] == "#" or href[:11].lower() == "javascript:":
        return ""
    try:
        url = urljoin(base, href)
        parts = urlsplit(url)
        if parts.scheme not in _PORTS or not parts.hostname:
            return ""
        parts.port  # noqa: B018 — reading it is the check: it raises ValueError where the port is no number
    except ValueError:
        return ""
    return spelt(replayed(url)[0])


def replayed(url: str) -> tuple[str, str]:
    """Return the address of a page and the moment (digits: year first) of its capture, out of an archive's address.

    Any other address comes back as it is, with an empty moment.
    """
    found = _REPLAYED.match(url) if "/http" in url[8:] else None
    return (f"{found['scheme']}://{found['rest']}", found["moment"]) if found else (url, "")


def spelt(url: str) -> str:
    """Return the address with its spaces and controls as a browser sends them: `%20`. All other bytes stay."""
    return _UNSPOKEN.sub(lambda found: quote(found[0], safe=""), url.strip())


def _host(parts: SplitResult) -> str:
    """Return host, as DNS has it in lower case, and port unless it is the scheme's own."""
    host = (parts.hostname or "").lower().rstrip(".")
    if not host.isascii():
        host = _idna(host)
    if ":" in host:
        host = f"[{host}]"
    return host if parts.port in (None, _PORTS.get(parts.scheme.lower())) else f"{host}:{parts.port}"


def _idna(host: str) -> str:
    try:
        return host.encode("idna").decode("ascii")
    except UnicodeError:  # no name at all; as it is, it is at least the same each time
        return host


@lru_cache(maxsize=8192)
def host(url: str) -> str:
    """Return the host of `url` with its port where that is not the scheme's own: `127.0.0.1:8000`, `haiduong.gov.vn`.

    Raises:
        ValueError: the URL is malformed.
    """
    return _host(urlsplit(url))


@lru_cache(maxsize=8192)  # menus name the same addresses on every page
def tidy(url: str) -> str:
    """Return the URL to ask for and to store: no fragment, tracking or session; scheme and host in lower case.

    Of an address within a web archive it is that of the page.

    The path's bytes and the order of the query stay as they were written.

    Raises:
        ValueError: the URL is malformed (a port that is no number, an unclosed `[`).
    """
    parts = urlsplit(replayed(url.strip())[0])
    path = _PATH_SESSION.sub("", parts.path) or "/"
    pairs = [pair for pair in parts.query.split("&") if pair.strip() and not _TRACKING.match(pair.partition("=")[0])]
    return urlunsplit((parts.scheme.lower(), _host(parts), path, "&".join(pairs), "")).strip()


@lru_cache(maxsize=8192)
def key(url: str) -> str:
    """Return the identity of what `url` shows: two spellings of one article's URL have one key.

    Left out: a web archive's prefix, the scheme, `www.`, default ports, fragments, tracking and session keys, the order
    of the query and the case of its keys, slugs beside a number that identifies (`nid=13066&title=…`), Liferay's
    language and section before `/-/view_content/<number>`, the case of the path of an `.aspx` page (IIS ignores it),
    and which characters of a path are escaped.

    Raises:
        ValueError: the URL is malformed.
    """
    parts = urlsplit(tidy(url))
    netloc = parts.netloc.removeprefix("www.")
    liferay = _LIFERAY.match(parts.path)
    if liferay and liferay["kind"] == "view_content":
        return f"{netloc}/-/view_content/{liferay['id']}"
    path = parts.path.lower() if parts.path.lower().endswith((".aspx", ".asp", ".ashx")) else parts.path
    path = _escaped(path)
    if path.lower() in {"/index.html", "/index.htm", "/index.php", "/default.aspx", "/default.asp", "/home.html"}:
        path = "/"
    return netloc + path + _query_key(parts.query)


_ESCAPE = re.compile(r"%([0-9a-fA-F]{2})|[^\x21-\x7e]")
_PLAIN = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")


def _escaped(path: str) -> str:
    """Return a path with its escapes in one form (RFC 3986 §6.2.2): `Xã` and `X%c3%a3` are `X%C3%A3`.

    Which bytes a name has is left as it is: the composed and the decomposed form stay two.
    """
    return _ESCAPE.sub(_one_form, path) if "%" in path or not path.isascii() else path


def _one_form(found: re.Match[str]) -> str:
    if not found[1]:
        return quote(found[0], safe="", errors="surrogatepass")
    sign = chr(int(found[1], 16))
    return sign if sign in _PLAIN else found[0].upper()


def _query_key(query: str) -> str:
    """Return the query as part of a key: sorted, keys in lower case, slugs dropped where a number identifies."""
    if not query:
        return ""
    pairs = [(name.lower(), value) for name, value in parse_qsl(query, keep_blank_values=True)]
    if any(name in _ARTICLE_IDS and value.isdigit() for name, value in pairs):
        pairs = [pair for pair in pairs if pair[0] not in _SLUGS]
    if not pairs:
        return "?" + query  # a bare query such as ?12345
    return "?" + "&".join(f"{name}={value}" for name, value in sorted(pairs))


def same_site(url: str, hosts: Collection[str]) -> bool:
    """Tell whether the URL's host, with or without `www.`, is one of `hosts` (as `host` writes them)."""
    try:
        name = host(url)
    except ValueError:
        return False
    bare = name.removeprefix("www.")
    return any(bare == other.removeprefix("www.") for other in hosts)


def is_file(url: str) -> bool:
    """Tell whether the path names a file that is no page: a document, a picture, a feed."""
    return bool(_FILE.search(urlsplit(url).path))


@lru_cache(maxsize=8192)
def is_attachment(url: str) -> bool:
    """Tell whether the URL names a document to download (in its path or, as download handlers do, its query)."""
    return bool(_ATTACHED.search(url))


def is_side_door(url: str) -> bool:
    """Tell whether the URL leads to printing, mailing, logging in, a feed or a search instead of to a page."""
    return bool(_SIDE_DOOR.search(url))


@lru_cache(maxsize=8192)
def is_page(url: str) -> bool:
    """Tell whether the URL can be a page worth reading: neither a file nor a side door."""
    return not is_file(url) and not is_side_door(url)


@lru_cache(maxsize=8192)
def is_article_like(url: str) -> bool:
    """Tell whether the URL has the form of an article's on one of the known systems."""
    parts = urlsplit(url)
    names = {pair.partition("=")[0].lower() for pair in parts.query.split("&")}
    if _ARTICLE_QUERY.search(parts.query):
        return True
    if "option" in names:  # Joomla, whose Itemid is the number of a menu entry
        return False
    return not names.isdisjoint(_ARTICLE_IDS) or bool(_ARTICLE_PATH.search(parts.path))


# Beside the bare host: "index", "default", "home" or "trang chủ" under nothing but what systems put before every page,
# a language or a folder such as Liferay's `/web/guest` and SharePoint's `/Pages`.
_FRONT = re.compile(
    r"(?:/(?:vi|vn|vi-vn))?/?"
    r"|(?:/(?:vi|vn|vi-vn|portal|pages|sitepages|trang|web/[\w-]+))*"
    r"/(?:index|default|home|main|trang-?chu)(?:\.(?:html?|php|aspx?|jsp|vnp))?/?",
    re.IGNORECASE,
)


def is_front(url: str) -> bool:
    """Tell whether the URL is a site's front page."""
    parts = urlsplit(url)
    return not parts.query and _FRONT.fullmatch(parts.path) is not None
