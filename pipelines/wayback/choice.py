"""Which captures of a page to ask for.

By default one of each run of equal digests, the first, for each page that can be an article or name articles: what a
crawl would have stored then. A text that came back, after another one or after an error, is asked for again: the site
changed twice. Errors and redirects tell of their day too (404: the page was gone), so the first of each run of equal
ones is asked for, where the page is, or once was, more than an error. Answers such as 503 or 429 say nothing of it.

What is asked for first helps most when the run is cut short: of each article the newest text, those that the archive
lacks before the others; then the earlier texts and errors; then the pages that name articles. Newest first in each:
what the site said last is what people will look for.
"""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING

from archive.times import stamp
from crawler.captures import REDIRECTS
from crawler.pages import urls
from pipelines.sieve import latest

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from archive.cdx import Row
    from crawler.sites import Profile
    from crawler.wayback.addresses import Target

_GONE = frozenset({HTTPStatus.NOT_FOUND, HTTPStatus.GONE})
_GOOD = frozenset({0, HTTPStatus.OK, HTTPStatus.NON_AUTHORITATIVE_INFORMATION})  # 0: the server does not say
_UNTOLD = frozenset({"", "unk", "unknown", "no-type", "warc/revisit", "application/octet-stream"})

REPEATED = "as the capture before it"
NOT_MISSING = "not missing"
TO_COME = "of a day that is still to come"
LACKING, NEWEST, EARLIER, NAMING, AGAIN = range(5)  # turns; what has failed comes last


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked of a web archive: which addresses, and whether every capture of them."""

    target: Target
    profile: Profile
    everything: bool = False  # --all
    missing: bool = False  # --missing


@dataclass(frozen=True, slots=True)
class Page:
    """What the archive knows of a page: whether it is an article, whether its text is here, and which captures are.

    These are told by moment and status: within one second an address may lead to its other spelling and that answer.
    """

    is_article: bool = False
    is_stored: bool = False
    captures: frozenset[tuple[str, int]] = frozenset()

    def has(self, row: Row) -> bool:
        """Tell whether a capture is here."""
        at = row.captured_at
        return (at, row.status) in self.captures or (not row.status and any(at == each for each, _ in self.captures))


@dataclass(frozen=True, slots=True)
class Judged:
    """A capture, what is to become of it (`offered`, `kept` or `left`), why, and its turn."""

    row: Row
    state: str
    reason: str = ""
    turn: int = 0


def judged(rows: Sequence[Row], page: Page, wish: Wish) -> Iterator[Judged]:
    """Yield what is to become of the captures of one page, which come in the order of time.

    Its addresses may be of different use: that of the page to print is the page's own on some systems.
    """
    unfit = {url: _unfit(url, page, wish) for url in {row.url for row in rows}}
    able = [row for row in rows if not unfit[row.url]]
    url = (able or rows)[-1].url
    profile = wish.profile
    is_article = (
        page.is_article or profile.is_article(url) or (urls.is_article_like(url) and not profile.is_listing(url))
    )
    wanted = list(_wanted(able, is_article=is_article, wish=wish))
    reasons = {row.id: reason for row, reason in wanted}
    newest = next((row.id for row, reason in reversed(wanted) if not reason and row.status in _GOOD), None)
    for row in rows:
        reason = unfit[row.url] or reasons[row.id]
        if page.has(row):
            yield Judged(row, "kept", "" if row.state == "kept" else "is here")
        elif row.state == "kept":
            yield Judged(row, "kept", row.reason)
        elif reason:
            yield Judged(row, "left", reason)
        elif row.state == "failed":
            yield Judged(row, "failed", row.reason, AGAIN)
        else:
            first = (NEWEST if page.is_stored else LACKING) if row.id == newest else EARLIER
            yield Judged(row, "offered", turn=first if is_article else NAMING)


def _unfit(url: str, page: Page, wish: Wish) -> str:
    """Return why nothing of a page is asked for, or an empty string."""
    if not urls.same_site(url, wish.profile.hosts):
        return "not of the site"
    if not urls.is_page(url):
        return "no page that can be read (a picture, a document, a login …)"
    if why := wish.profile.skips(url):
        return why
    if wish.missing and not (page.is_article and not page.is_stored):
        return NOT_MISSING
    return ""


def _wanted(rows: Sequence[Row], *, is_article: bool, wish: Wish) -> Iterator[tuple[Row, str]]:
    """Yield each capture with why it is not asked for; an empty string for one that is."""
    known = {row.digest: row.status for row in rows if row.digest and row.status}
    end = stamp(latest())
    worth = is_article or any(_says(row, known)[0] == "page" for row in rows)
    last: dict[str, tuple[str, str]] = {}  # by spelling of the address: http may lead to https for ever
    text = ""
    for row in rows:
        kind, what = says = _says(row, known)
        reason = _untimely(row, wish.target, end) or _unsaying(row, says, worth=worth, everything=wish.everything)
        before = last.get(row.url, says if kind == "page" else None)
        repeated = what == text and before is not None and before[0] == "page" if kind == "page" else says == before
        if not reason:
            last[row.url] = says
            text = what if kind == "page" else text
        yield row, reason or (REPEATED if repeated and not wish.everything else "")


def _says(row: Row, known: dict[str, int]) -> tuple[str, str]:
    """Return what a capture says, as far as the list tells: equal ones say the same."""
    status = row.status or known.get(row.digest, 0)  # a revisit repeats one of known status
    if status in _GOOD:
        return "page", row.digest or str(row.id)
    if status in _GONE:
        return "gone", str(status)
    return ("redirect", row.digest or str(row.id)) if status in REDIRECTS else ("trouble", str(status))


def _untimely(row: Row, target: Target, end: str) -> str:
    """Return why a capture is of no day that is asked for, or of none that can be: what is after `end` is damaged.

    Servers that know no dates list them all.
    """
    if row.captured_at > end:
        return TO_COME
    day = row.captured_at[:10]
    early = target.first is not None and day < target.first.isoformat()
    late = target.last is not None and day > target.last.isoformat()
    return "outside the dates" if early or late else ""


def _unsaying(row: Row, says: tuple[str, str], *, worth: bool, everything: bool) -> str:
    """Return why a capture is of no use, or an empty string."""
    kind, what = says
    if kind == "page":
        mime = row.mime.partition(";")[0].strip().lower()
        return "" if "html" in mime or mime in _UNTOLD else "not HTML"
    if everything:
        return ""
    if kind == "trouble":
        return f"HTTP {what}: says nothing of the page"
    return "" if worth else "an error or redirect of what never was a page"
