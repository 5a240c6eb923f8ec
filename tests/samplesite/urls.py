"""The URL forms of the sites, one family each: how an article is named, and which page a request is for."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, unquote

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date


@dataclass(frozen=True, slots=True)
class Named:
    """What an article's URL is made of."""

    id: int
    slug: str
    category: int
    section: str  # the slug of the category
    published: date | None


@dataclass(frozen=True, slots=True)
class Target:
    """What a request is for. `kind`: home, section, article, print, other, none; `number`: its article or category."""

    kind: str
    number: int = 0
    page: int = 1
    name: str = ""


@dataclass(frozen=True, slots=True)
class Family:
    """One way of naming pages. `find` reads a path and its query (keys in lower case); it also takes odd spellings."""

    name: str
    article: Callable[[Named], str]
    section: Callable[[int, str, int], str]  # number, slug, page of the listing
    article_pattern: re.Pattern[str]  # over the path alone, or the path and its id: "path?key=…"
    section_pattern: re.Pattern[str]
    id_key: str = ""  # the query key of an article's number, lower case
    section_key: str = ""
    page_key: str = "page"
    printed: Callable[[Named], str] | None = None


@lru_cache(maxsize=65_536)
def slug(text: str) -> str:
    """Return the words of a title as a URL shows them: lower case, no marks, hyphens."""
    plain = unicodedata.normalize("NFD", text.lower().replace("đ", "d")).encode("ascii", "ignore").decode()
    return "-".join(re.findall(r"[a-z0-9]+", plain))[:70].strip("-")


def _date_path(named: Named) -> str:
    day = named.published
    return f"{day.year}-{day.month}-{day.day}" if day else "2010-1-1"


FAMILIES: dict[str, Family] = {
    family.name: family
    for family in (
        Family(
            "haiduong",
            lambda a: f"/Trang/ChiTietTinTuc.aspx?nid={a.id}&title={a.slug}.html",
            lambda number, _slug, page: f"/Trang/TinTuc.aspx?cid={number + 1}" + (f"&page={page}" if page > 1 else ""),
            re.compile(r"/trang/chitiettintuc\.aspx$", re.IGNORECASE),
            re.compile(r"/trang/tintuc\.aspx$", re.IGNORECASE),
            id_key="nid",
            section_key="cid",
        ),
        Family(
            "council",
            lambda a: f"/{a.section}/{a.slug}-n{a.id}.html",
            lambda _number, slug_, page: f"/{slug_}" + (f"?page={page}" if page > 1 else ""),
            re.compile(r"/[^/]+/[^/]*-n(?P<id>\d+)\.html$"),
            re.compile(r"/(?P<slug>[a-z0-9-]+)/?$"),
        ),
        Family(
            "cateid",
            lambda a: f"/news/Pages/new.aspx?CateID={a.category + 1}&ItemID={a.id}",
            lambda number, _slug, page: (
                f"/news/Pages/list.aspx?CateID={number + 1}" + (f"&page={page}" if page > 1 else "")
            ),
            re.compile(r"/news/pages/new\.aspx$", re.IGNORECASE),
            re.compile(r"/news/pages/list\.aspx$", re.IGNORECASE),
            id_key="itemid",
            section_key="cateid",
        ),
        Family(
            "sharepoint",
            lambda a: f"/portal/Pages/{_date_path(a)}/{a.slug.title().replace('-', '')[:40]}x{a.id}.aspx",
            lambda _number, slug_, page: f"/portal/Pages/{slug_}.aspx" + (f"?page={page}" if page > 1 else ""),
            re.compile(r"/portal/pages/\d{4}-\d+-\d+/[^/]*?x(?P<id>\d+)\.aspx$", re.IGNORECASE),
            re.compile(r"/portal/pages/(?P<slug>[a-z0-9-]+)\.aspx$", re.IGNORECASE),
        ),
        Family(
            "nukeviet",
            lambda a: f"/news/{a.section}/{a.slug}-{a.id}.html",
            lambda _number, slug_, page: f"/news/{slug_}/" + (f"page-{page}/" if page > 1 else ""),
            re.compile(r"/news/(?:(?P<verb>print|savefile|sendmail)/)?[^/]+/[^/]*-(?P<id>\d+)\.html$"),
            re.compile(r"/news/(?P<slug>[a-z0-9-]+)/(?:page-(?P<page>\d+)/)?$"),
            printed=lambda a: f"/news/print/{a.section}/{a.slug}-{a.id}.html",
        ),
        Family(
            "liferay",
            lambda a: f"/-/view_content/{a.id}-{a.slug}",
            lambda _number, slug_, page: f"/web/guest/{slug_}" + (f"?p_p_id=101&_101_cur={page}" if page > 1 else ""),
            re.compile(r"(?:/(?:en|vi))*/-/view_content/(?P<id>\d+)-[^/]*$"),
            re.compile(r"(?:/(?:en|vi))*/web/guest/(?P<slug>[a-z0-9-]+)$"),
            page_key="_101_cur",
            printed=lambda a: f"/-/view_content/{a.id}-{a.slug}?p_p_state=pop_up&_101_viewMode=print",
        ),
    )
}

_LANGUAGE = re.compile(r"^(?:/(?:en|vi))*/$")


def find(family: Family, target: str, sections: dict[str, int]) -> Target:
    """Return which page a request target means, in any of the spellings that mean it.

    Args:
        family: the site's way of naming pages.
        target: the path and query as requested.
        sections: the number of each category by its slug.
    """
    path, _, query = target.partition("?")
    path = unquote(path.partition(";")[0])
    keys = {name.lower(): value for name, value in parse_qsl(query)} if query else {}
    if _LANGUAGE.match(path):
        return Target("home")
    if match := family.article_pattern.match(path):
        return _article(family, match.groupdict(), keys)
    if match := family.section_pattern.match(path):
        return _section(family, match.groupdict(), keys, sections)
    return Target("none")


def _article(family: Family, groups: dict[str, str | None], keys: dict[str, str]) -> Target:
    number = groups.get("id") or keys.get(family.id_key, "")
    if not number.isdigit():
        return Target("none")
    verb = groups.get("verb") or ("print" if keys.get("p_p_state") == "pop_up" else "")
    return Target("print" if verb else "article", int(number))


def _section(family: Family, groups: dict[str, str | None], keys: dict[str, str], sections: dict[str, int]) -> Target:
    page = groups.get("page") or keys.get(family.page_key, "1")
    name = groups.get("slug")
    number = sections.get(name.lower(), -1) if name else int(keys.get(family.section_key, "0") or 0) - 1
    if not page.isdigit() or number not in sections.values():
        return Target("none")
    return Target("section", number, max(1, int(page)))


def vary(url: str, salt: int) -> str:
    """Return another spelling of the same page, as a link elsewhere might write it."""
    path, mark, query = url.partition("?")
    spellings = (
        url,
        f"{path}?{'&'.join(reversed(query.split('&')))}" if mark else f"{url}?utm_source=zalo&utm_medium=social",
        f"{path}?{_swap_keys(query)}"
        if mark and path.endswith(".aspx")
        else f"{url}{'&' if mark else '?'}fbclid=IwAR{salt}",
        f"{url}#noi-dung",
        f"{url}{'&' if mark else '?'}utm_campaign=ban-tin-{salt % 12 + 1}",
        f"{url}{'&' if mark else '?'}PHPSESSID=0a1b2c3d4e5f{salt % 997:04d}",
        f"{path};jsessionid=A1B2C3D4E5{salt % 997:04d}{mark}{query}",
    )
    return spellings[(salt * 7919 >> 3) % len(spellings)]


def _swap_keys(query: str) -> str:
    pairs = (part.partition("=") for part in query.split("&"))
    return "&".join(f"{name.upper()}={value}" for name, _, value in pairs)
