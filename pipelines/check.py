"""Says what a response makes of its page, and what may not be stored as an article."""

from __future__ import annotations

from dataclasses import replace
from http import HTTPStatus
from typing import TYPE_CHECKING

from crawler import retries
from crawler.counts import NOTED, REFUSED, RETRIED, START
from crawler.pages import urls
from crawler.records import Capture, Kind, Page
from crawler.session import session_of
from crawler.visit import ROBOTS_TXT, State, Visit
from pipelines.pipeline import Pipeline

if TYPE_CHECKING:
    from collections.abc import Collection

    from crawler.scope import Scope

GONE = frozenset({404, 410})
ENOUGH = 200  # characters of text
BARRED = frozenset({401, 403, 407, 451})
Verdict = tuple[State, str]
FINE: Verdict = (State.FETCHED, "")

# A page that answers 200 and holds nothing to read. Only `FAILED` is asked for again by itself on the next run.
_UNREADABLE: dict[Kind, Verdict] = {
    Kind.SOFT_404: (State.GONE, "says it does not exist"),
    Kind.UNAVAILABLE: (State.FAILED, "says to come back later"),
    Kind.CHALLENGE: (State.BLOCKED, "cookie challenge"),
    Kind.EMPTY: (State.FAILED, "empty page"),
    Kind.UNREADABLE: (State.FAILED, "unreadable charset"),
    Kind.NOT_HTML: (State.FETCHED, "not HTML"),
    Kind.OTHER: (State.FETCHED, "neither an article nor a list"),
}


class Check(Pipeline):
    """Fills a visit's `state` and `reason`; counts every reason. Nothing is dropped: the page's row keeps it."""

    def process_item(self, item: Visit) -> Visit:
        """Return the visit with the verdict on it."""
        visit = checked(item, session_of(self._crawler).scope)
        visit = replace(visit, again=retries.again(visit))
        self._count(visit)
        return visit

    def _count(self, visit: Visit) -> None:
        """Count what the readers noted and why a page is not stored; one that is asked for again is not lost yet."""
        stats = self._crawler.stats
        if visit.asked.kind == ROBOTS_TXT:  # `crawler.robots` says what follows from it, for each page
            return
        for note in visit.reading.page.notes if visit.reading.page else ():
            stats.inc_value(f"{NOTED}{note}")
        if visit.reason:
            stats.inc_value(f"{RETRIED if visit.again else REFUSED}{visit.reason}")
        if visit.reason and visit.asked.start and not visit.again:
            stats.set_value(f"{START}{visit.reading.capture.url}", told(visit))


def checked(visit: Visit, scope: Scope) -> Visit:
    """Return the visit with the verdict on it; one that the answer's bytes have already brought upon it stands."""
    if not visit.answered or visit.reason:
        return visit
    visit = believed(visit)
    state, reason = verdict(visit, scope.hosts)
    return replace(visit, state=state, reason=reason)


def believed(visit: Visit) -> Visit:
    """Return the visit, its page an article where only its being listed as one says so.

    A page without date and lists, at an address of no known form, can still be news: a title, a text worth the name
    and a list that names it are enough.
    """
    page = visit.reading.page
    if page is None or page.kind is not Kind.OTHER or visit.asked.kind != Kind.ARTICLE:
        return visit
    if not page.title or len(page.body) < ENOUGH:
        return visit
    return replace(visit, reading=replace(visit.reading, page=replace(page, kind=Kind.ARTICLE)))


def told(visit: Visit) -> str:
    """Return why a start page led nowhere, in words for the person who gave it."""
    location = visit.reading.capture.location
    return f"{visit.reason} ({location})" if location else visit.reason


def verdict(visit: Visit, hosts: Collection[str]) -> Verdict:
    """Return state and reason for a page that answered."""
    capture, page = visit.reading.capture, visit.reading.page
    if page is not None and not capture.location:
        return readable(page)
    if visit.asked.kind == ROBOTS_TXT or capture.status == HTTPStatus.NOT_MODIFIED:
        return FINE  # a robots.txt is asked for on every run, whatever it answers
    if capture.status in GONE:
        return State.GONE, f"HTTP {capture.status}"
    if capture.location:
        return redirected(capture, hosts)
    return (State.BLOCKED if capture.status in BARRED else State.FAILED), f"HTTP {capture.status}"


def redirected(capture: Capture, hosts: Collection[str]) -> Verdict:
    """Return what a redirect means: to the front page, a site sends whoever asks for what it has removed."""
    url, location = capture.url, capture.location
    try:
        same = urls.key(url) == urls.key(location)
    except ValueError:
        return State.FAILED, "redirect to nowhere"
    if not urls.same_site(location, hosts):
        return State.FETCHED, "redirect off the site"
    if urls.is_front(location) and not urls.is_front(url):
        return State.GONE, "redirect to the home page"
    if same and urls.tidy(url) == urls.tidy(location):  # it wants its cookie back, or is out of order
        return _UNREADABLE[Kind.CHALLENGE] if capture.sets_cookies else (State.FAILED, "redirect to itself")
    # http to https, or with and without www.: the page itself, under its other spelling
    return State.FETCHED, "redirect to itself" if same else "redirect"


def readable(page: Page) -> Verdict:
    """Return what a page that was read is worth."""
    if page.kind in _UNREADABLE:
        return _UNREADABLE[page.kind]
    if page.kind is not Kind.ARTICLE:
        return FINE
    if not page.title:
        return State.FAILED, "article without a title"
    if not page.body.strip():
        return State.FAILED, "article without a text"
    return FINE
