"""The menu and breadcrumb links of a page: doors to its site's categories."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from .listing import is_pager
from .urls import host, is_front, is_page, key

if TYPE_CHECKING:
    from collections.abc import Callable

    from .outline import Outline

_LONGEST = 60  # characters of a menu entry
_LANGUAGE = re.compile(
    r"/(?:en|eng|english|zh|cn|fr|ja|ko|lo|ru)(?:/|$|\.)|/web/[\w-]*-eng/|[?&]lang(?:uage)?=(?!vi)", re.IGNORECASE
)


def sections(sketch: Outline) -> tuple[str, ...]:
    """Return the links of the page that can be categories, each once, in order.

    They are short links within the site, in menus, breadcrumbs and boxes, that have no article's form of URL, are no
    file or side door, and no copy in another language.
    """
    document = sketch.document
    here = host(document.url).removeprefix("www.")
    own, is_article_like = key(document.url), document.words.is_article_like
    found: dict[str, str] = {}
    for n, line in enumerate(document.lines):
        if n in sketch.listed or (n not in sketch.breaks and not line.is_link):
            continue
        for link in line.links:
            if (
                link.url
                and len(link.text) <= _LONGEST
                and not is_pager(link.text)
                and _is_section(link.url, here, is_article_like)
                and key(link.url) != own
            ):
                found.setdefault(key(link.url), link.url)
    return tuple(found.values())


@lru_cache(maxsize=8192)  # every page has the same menu
def _is_section(url: str, here: str, is_article_like: Callable[[str], bool]) -> bool:
    if host(url).removeprefix("www.") != here or not is_page(url) or is_article_like(url):
        return False
    return not _LANGUAGE.search(url) or is_front(url)
