"""Which pages a visit makes known: the whole policy of where a crawl goes, as pure functions.

- what any list of any page names: an article;
- further pages of a listing: a listing;
- the menu and the breadcrumb, only near a start page: a section (deeper pages repeat the same menu, and some sites
  write language links into it that grow without end);
- the on-site target of a redirect: whatever the redirecting page was;
- the front page of every host that a start URL names.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from crawler.pages import urls
from crawler.records import Capture, Kind, Page
from crawler.sites.profile import NONE, Profile

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

MENU_DEPTH = 2  # menus are followed on the start page (0) and on what it leads to (1); there the depth stops counting

HOPS = 10  # redirects followed one after another, each to another page: some sites lead on without an end


@dataclass(frozen=True, slots=True)
class Link:
    """A page of the site that became known. `kind` is article, listing, section or home."""

    url: str
    kind: str
    depth: int


def starts(start_urls: Iterable[str], profile: Profile = NONE) -> list[Link]:
    """Return the pages that a crawl from these URLs knows beforehand: they and the front pages of their hosts.

    A front page that the profile leaves out is none of them.

    Raises:
        ValueError: a URL is malformed.
    """
    given = [Link(urls.tidy(profile.address(url)), _start_kind(url, profile), 0) for url in start_urls]
    fronts = (Link(urljoin(link.url, "/"), "home", 0) for link in given if link.kind != "home")
    return [*given, *(front for front in fronts if not profile.skips(front.url))]


def _start_kind(url: str, profile: Profile) -> str:
    """Return what a start URL probably is; the reader finds out."""
    if urls.is_front(url):
        return "home"
    if profile.is_article(url) or profile.is_listing(url):
        return "article" if profile.is_article(url) else "section"
    return "article" if urls.is_article_like(url) else "section"


def links(  # noqa: PLR0913 - where a link is found and what the site is decide together
    page: Page | None, capture: Capture, *, kind: str, depth: int, hosts: Collection[str], profile: Profile = NONE
) -> tuple[Link, ...]:
    """Return the pages of the site that this page makes known, each once, in the order they stand there."""
    found = list(_redirected(capture, kind, depth))
    if page is not None:
        found += _named(page, depth)
    first: dict[str, Link] = {}
    for link in found:
        if followable(link.url, hosts, profile):
            tidied = urls.tidy(profile.address(link.url))
            first.setdefault(tidied, Link(tidied, link.kind, link.depth))
    return tuple(first.values())


def _redirected(capture: Capture, kind: str, depth: int) -> Iterator[Link]:
    """Yield the target of a redirect. It takes over the redirecting page's place; each hop lies a step deeper."""
    if not capture.location or depth >= MENU_DEPTH + HOPS:
        return
    if urls.is_front(capture.location):
        yield Link(capture.location, "home", depth)
    else:
        yield Link(capture.location, kind, depth + _is_other(capture.url, capture.location))


def _is_other(url: str, location: str) -> bool:
    """Tell whether a redirect leads to another page, not to another spelling of the same."""
    try:
        return urls.key(url) != urls.key(location)
    except ValueError:
        return True


def _named(page: Page, depth: int) -> Iterator[Link]:
    """Yield what the page names, before anything is judged."""
    below = min(depth + 1, MENU_DEPTH)
    if depth < MENU_DEPTH:  # first, because what the menu names is a section even where a list names it too
        for url in page.sections:
            yield Link(url, "section", below)
    for item in page.items:
        yield Link(item.url, "article", below)
    if page.kind in {Kind.LISTING, Kind.HOME}:
        for url in page.pagers:
            yield Link(url, "listing", below)  # never depth 0: start pages are asked for on every run


def followable(url: str, hosts: Collection[str], profile: Profile = NONE) -> bool:
    """Tell whether a URL is an http(s) page of the site that a reader could read, and that the profile wants."""
    meant = profile.address(url)
    if not meant.lower().startswith(("http://", "https://")):
        return False
    return urls.same_site(meant, hosts) and urls.is_page(meant) and not profile.skips(url)
