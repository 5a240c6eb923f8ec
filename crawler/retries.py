"""Which pages are asked for again in the same run, when, and when a site that does not answer is left alone."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

from crawler.visit import State

if TYPE_CHECKING:
    from crawler.visit import Visit

TRIES = 3  # of one page in one run
IN_A_ROW = 10  # answers that are none: after so many the site is left alone until the next run
FOREVER = 100 * 365 * 86_400.0  # s: what a server may ask for at most
LONGEST = 300.0  # s to wait in one run for a site that says when to come back; longer is for the next run
PASSING = frozenset({408, 425, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524})
_HOPELESS = frozenset({"no such host", "not http", "too large", "private address"})


def again(visit: Visit) -> bool:
    """Tell whether the page is worth asking for once more in this run.

    What may pass in a moment is: errors of an overloaded server, a broken connection, an answer cut short. So is a
    cookie challenge, once, where its cookies are known.
    """
    if visit.state is State.BLOCKED:
        return _opens(visit) and not visit.asked.with_cookies
    if visit.state is not State.FAILED or visit.asked.tries + 1 >= TRIES:
        return False
    if not visit.answered:
        return not (visit.reason in _HOPELESS or visit.reason.startswith(("certificate", "robots.txt")))
    return visit.reading.capture.status in PASSING or visit.reason in {"truncated", "damaged compression", "not HTTP"}


def _opens(visit: Visit) -> bool:
    """Tell whether what stands before a page opens to whoever comes back with its cookies, as a browser does.

    Its script has written them out, or its header has set them: Scrapy keeps those.
    """
    capture, page = visit.reading.capture, visit.reading.page
    if page is None:
        return bool(capture.location)  # to itself: `pipelines.check` has seen the cookie
    return bool(visit.cookies or (capture.sets_cookies and page.onward))


def unreachable(visit: Visit) -> bool:
    """Tell whether the site, not the page, did not answer as it should: it is overloaded, down, or bars us."""
    if not visit.answered:
        return visit.state is State.FAILED or visit.reason.startswith("robots.txt unreachable")
    return visit.reading.capture.status in PASSING


def pause(tries: int, delay: float) -> float:
    """Return after how many seconds a page is asked for again: twice the usual delay, then four times."""
    return delay * float(2 << tries)


def told(retry_after: str, now: datetime | None = None) -> float:
    """Return the seconds that a `Retry-After` header asks for (RFC 9110 §10.2.3: seconds, or a date); 0 for none.

    Never raises, whatever a server writes there.
    """
    if retry_after.isascii() and retry_after.strip().isdigit():
        return min(float(retry_after), FOREVER)
    try:
        moment = parsedate_to_datetime(retry_after)
    except (ValueError, OverflowError):  # no date; a year or a zone that no date has
        return 0.0
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return min(max(0.0, (moment - (now or datetime.now(UTC))).total_seconds()), FOREVER)
