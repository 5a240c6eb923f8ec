"""The spider: asks the archive which page is due, and the site for that page. What it holds is for the pipelines."""

from __future__ import annotations

import asyncio
import heapq
import time
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from scrapy import Request, Spider, signals

from crawler import captures, failures, retries, visit
from crawler.counts import FAULTS, LEFT_ALONE, REFUSED, START, STATE
from crawler.session import Plan, Session
from crawler.visit import ROBOTS_TXT, Asked, State, Visit
from crawler.wire import TAPE

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from scrapy.crawler import Crawler
    from scrapy.http import Response
    from twisted.python.failure import Failure

    from archive.models import Due


@dataclass(order=True, slots=True)
class Again:
    """A page to be asked for once more, at a time of the monotonic clock."""

    at: float
    due: Due = field(compare=False)
    before: Visit = field(compare=False)  # what came of asking so far


class ThiduaSpider(Spider):
    """One site to both ends of its chains. What is still to do stands in the archive and nowhere else.

    `scrapy crawl thidua -a NAME=VALUE` takes `urls` (parted by spaces), `site` (a profile's key) and `archive` (the
    folder); `thidua crawl` passes a `session` that it has opened itself.
    """

    name = "thidua"

    def __init__(self, session: Session, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.session = session
        self.allowed_domains = session.domains  # Scrapy's own fence, for robots.txt redirects too
        self._in_flight: dict[str, tuple[Due, Visit | None]] = {}  # with what came of it earlier in this run
        self._again: list[Again] = []
        self._not_before = 0.0  # of the monotonic clock: the site has asked for a pause until then
        self._in_a_row = 0  # answers that were none
        self._settled = asyncio.Event()
        self._storing: list[asyncio.Task[None]] = []  # robots.txt files, one or two a run

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, session: Session | None = None, **kwargs: Any) -> Self:
        """Return the spider for this crawler; see the class for `kwargs` and `Session.open` for errors."""
        if session is None:
            folder = Path(kwargs.pop("archive", "") or crawler.settings["ARCHIVE_DIR"])
            session = Session.open(folder, Plan(tuple(kwargs.pop("urls", "").split()), kwargs.pop("site", "")))
        spider = super().from_crawler(crawler, *args, session=session, **kwargs)
        crawler.signals.connect(spider.settle, signal=signals.item_scraped)
        crawler.signals.connect(spider.lose, signal=signals.item_error)
        crawler.signals.connect(spider.lose, signal=signals.spider_error)
        crawler.signals.connect(spider.finish, signal=signals.spider_closed)
        return spider

    async def start(self) -> AsyncIterator[Request]:
        """Yield a request for every page that is due, as long as any is, never more at once than the settings allow."""
        if not self.session.stopped:
            self.session.begin(self.crawler)
        most = self.settings.getint("CONCURRENT_REQUESTS")
        while not self.session.stopped:
            self._settled.clear()
            now = time.monotonic()
            if now >= self._not_before:
                ready = list(self._ready(most - len(self._in_flight), now))
                for request in ready:
                    yield request
                # What was given may be answered by now, and have made other pages known.
                if not ready and not self._in_flight and not self._again:
                    return
            await self._woken()

    def _ready(self, room: int, now: float) -> Iterator[Request]:
        """Yield what may be asked for now: first what is asked for again."""
        while room > 0 and self._again and self._again[0].at <= now:
            again = heapq.heappop(self._again)
            room -= 1
            yield self._request(again.due, again.before)
        if room > 0 and not self.crawler.stats.get_value(LEFT_ALONE):
            for due in self.session.take(room):
                yield self._request(due)

    async def _woken(self) -> None:
        """Wait until a page is settled, or the time of the next one to be asked for again has come."""
        at = max(self._not_before, self._again[0].at if self._again else 0.0)
        waiting = bool(self._again) or not self._in_flight
        try:
            await asyncio.wait_for(self._settled.wait(), max(0.0, at - time.monotonic()) if waiting else None)
        except TimeoutError:
            return

    def _request(self, due: Due, before: Visit | None = None) -> Request:
        """Return the request for a page; `before` is what came of it earlier in this run.

        A redirect is an answer too: its target becomes a page of its own.

        The frontier holds pages of the site only. What Scrapy's fence took for another's would be dropped without a
        word, and waited for for ever.
        """
        self._in_flight[due.url] = (due, before)
        asked = Asked(due.url, due.kind, due.depth, self.session.scope.is_start(due.url))
        if before is not None:
            with_cookies = before.asked.with_cookies or before.state is State.BLOCKED
            asked = replace(asked, tries=before.asked.tries + 1, with_cookies=with_cookies)
        headers = {"If-None-Match": due.etag or None, "If-Modified-Since": due.last_modified or None}
        return Request(
            due.url,
            self.parse,
            errback=self.fail,
            headers={name: value for name, value in headers.items() if value and not asked.with_cookies},
            cookies=dict(before.cookies) if before else None,
            cb_kwargs={"asked": asked},
            meta={"handle_httpstatus_all": True, "allow_offsite": True},
        )

    def parse(self, response: Response, asked: Asked) -> Iterator[Visit]:
        """Hand over an answer."""
        yield visit.answered(asked, captures.exchange(asked.url, response.meta.get(TAPE)))

    def fail(self, failure: Failure) -> Iterator[Visit]:
        """Say why there was no whole answer, with as much of it as came."""
        request: Request = failure.request  # type: ignore[attr-defined] # Scrapy adds it, untyped
        asked: Asked = request.cb_kwargs["asked"]
        tape = request.meta.get(TAPE)
        state, reason = failures.verdict(failure.value, tape.first if tape else b"")
        exchange = captures.exchange(asked.url, tape, captures.cut(reason))
        yield visit.unanswered(asked, exchange, state, reason)

    def robots(self, request: Request, response: Response | None, why: str = "") -> None:
        """Keep a robots.txt, which the frontier knows nothing of, or `why` there was none."""
        tape, asked = request.meta.get(TAPE), Asked(request.url, ROBOTS_TXT)
        if response is not None:
            kept = visit.answered(asked, captures.exchange(request.url, response.meta.get(TAPE) or tape))
        else:  # not failed: no run asks for it as it asks for pages
            cut = captures.exchange(request.url, tape, captures.cut(why))
            kept = visit.unanswered(asked, cut, State.FETCHED, why)
        storing = self.crawler.engine.scraper.start_itemproc_async(kept, response=response)
        self._storing.append(asyncio.get_running_loop().create_task(storing))  # a task that nobody holds may vanish

    def settle(self, item: Visit) -> None:
        """A page has been stored, or never will be in this run: there is room for the next."""
        due, _ = self._in_flight.pop(item.asked.url, (None, None))
        if due is None:  # a robots.txt
            return
        try:
            self._follow(item, due)
        except Exception:  # Scrapy only logs it
            self.crawler.stats.inc_value(FAULTS)
            raise
        finally:
            self._settled.set()  # whatever happens, or the crawl would wait for ever and hold the archive

    def _follow(self, item: Visit, due: Due) -> None:
        """Do what an answer asks for: wait, ask again, leave the site alone."""
        self._heed(item)
        if item.again:
            usual = self.settings.getfloat("DOWNLOAD_DELAY")
            delay = 0.0 if item.state is State.BLOCKED else retries.pause(item.asked.tries, usual)
            heapq.heappush(self._again, Again(time.monotonic() + delay, due, item))
        if self.session.stopped or self.crawler.stats.get_value(LEFT_ALONE):
            self._give_up()

    def _heed(self, item: Visit) -> None:
        """Do as the site asks with `Retry-After`; leave it alone where it does not answer any more."""
        if not retries.unreachable(item):
            self._in_a_row = 0
            return
        self._in_a_row += 1
        wait = retries.told(item.reading.capture.retry_after)
        if wait > retries.LONGEST:
            self._leave_alone(f"it asks to come back in {wait / 60:.0f} minutes")
        elif self._in_a_row >= retries.IN_A_ROW:
            self._leave_alone(f"{self._in_a_row} answers in a row were errors")
        if not self.crawler.stats.get_value(LEFT_ALONE):  # else there is nothing left to wait for
            self._not_before = max(self._not_before, time.monotonic() + min(wait, retries.LONGEST))

    def _leave_alone(self, why: str) -> None:
        """Ask for nothing more: what is due stays due."""
        self.crawler.stats.set_value(LEFT_ALONE, why)
        self._not_before = 0.0

    def _give_up(self) -> None:
        """Ask for nothing once more: what was waiting for that has failed in this run, and is counted so."""
        for again in self._again:
            self._count_lost(again.before)
        self._again.clear()

    def _count_lost(self, visit: Visit) -> None:
        """Count a page that was to be asked for once more as what came of it so far."""
        stats = self.crawler.stats
        stats.inc_value(f"{STATE}{visit.state}")
        stats.inc_value(f"{REFUSED}{visit.reason}")
        if visit.asked.start:
            stats.set_value(f"{START}{visit.asked.url}", visit.reason)

    def lose(self, response: Any) -> None:
        """A fault of ours lost an answer: the log tells which, and the page stays due."""
        self.crawler.stats.inc_value(FAULTS)
        asked = response.request.cb_kwargs.get("asked") if response is not None else None
        self._in_flight.pop(asked.url if asked else "", None)
        self._settled.set()

    def finish(self, reason: str) -> None:
        """Write down how the run ended."""
        self._give_up()
        for _, before in self._in_flight.values():  # given to Scrapy, and never sent
            if before is not None:
                self._count_lost(before)
        self.session.finish(reason, self.crawler.stats.get_stats())
