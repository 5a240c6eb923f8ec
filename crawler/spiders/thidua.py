"""The spider: asks the archive which page is due, asks the site for it, and says which pages that one makes known."""

from __future__ import annotations

import asyncio
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from scrapy import Request, Spider, signals

from crawler import failures, traversal
from crawler.captures import capture
from crawler.pages import read
from crawler.records import Reading
from crawler.session import Plan, Session
from crawler.visit import Visit, unanswered

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from scrapy.crawler import Crawler
    from scrapy.http import Response
    from twisted.python.failure import Failure

    from archive.models import Due


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
        self._in_flight = 0
        self._settled = asyncio.Event()

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
        most = self.settings.getint("CONCURRENT_REQUESTS")
        while True:
            self._settled.clear()
            for due in self.session.take(most - self._in_flight):
                self._in_flight += 1
                yield self._request(due)
            if not self._in_flight:
                return
            await self._settled.wait()

    def _request(self, due: Due) -> Request:
        """Return the request for a page. A redirect is an answer too: its target becomes a page of its own.

        The frontier holds pages of the site only. What Scrapy's fence took for another's would be dropped without a
        word, and waited for for ever.
        """
        meta = {"handle_httpstatus_all": True, "allow_offsite": True}
        return Request(due.url, self.parse, errback=self.fail, cb_kwargs={"due": due}, meta=meta)

    def parse(self, response: Response, due: Due) -> Iterator[Visit]:
        """Read a response, and name the pages it makes known."""
        seen = capture(response, due.url)
        page = read(response.body, due.url, content_type=seen.content_type) if seen.status == HTTPStatus.OK else None
        links = traversal.links(page, seen, kind=due.kind, depth=due.depth, hosts=self.session.hosts)
        yield Visit(Reading(seen, page, due.depth), links, start=self.session.is_start(due.url))

    def fail(self, failure: Failure) -> Iterator[Visit]:
        """Say why there was no response."""
        due: Due = failure.request.cb_kwargs["due"]  # type: ignore[attr-defined]  # Scrapy adds it, untyped
        state, reason = failures.verdict(failure.value)
        yield unanswered(due.url, due.depth, state, reason, start=self.session.is_start(due.url))

    def settle(self) -> None:
        """A page has been stored, or never will be in this run: there is room for the next."""
        self._in_flight -= 1
        self._settled.set()

    def lose(self) -> None:
        """A fault of ours lost an answer: the log tells which, and the page stays due."""
        self.crawler.stats.inc_value("thidua/faults")
        self.settle()

    def finish(self, reason: str) -> None:
        """Write down how the run ended."""
        self.session.finish(reason, self.crawler.stats.get_stats())
