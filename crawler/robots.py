"""robots.txt by the letter of RFC 9309: where it cannot be had, its host is left alone.

Scrapy takes a server's error for leave to do as it likes. Here a robots.txt that answers with a server's error, or not
at all, keeps the whole host from being asked in this run; one that is not there (4xx) forbids nothing.
"""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING, NoReturn

from scrapy import Request, signals
from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.http.request import NO_CALLBACK
from scrapy.utils.httpobj import urlparse_cached
from scrapy.utils.misc import build_from_crawler

from crawler import failures, retries
from crawler.captures import REDIRECTS, address, header
from crawler.failures import RobotsUnreachableError
from crawler.message import DecodingError, decoded
from crawler.pages import urls
from crawler.session import Session

if TYPE_CHECKING:
    from collections.abc import Collection

    from scrapy.crawler import Crawler
    from scrapy.http import Response
    from scrapy.robotstxt import RobotParser

logger = logging.getLogger(__name__)
LARGEST = 500 * 1024  # bytes of robots.txt that are read; RFC 9309 §2.5 asks for no less
UNPACKED = 8 * 1024 * 1024  # bytes that a compressed one may unfold to
HOPS = 5  # redirects followed, RFC 9309 §2.3.1.2
TRIES = 3  # one hiccup must not cost a run
TOO_MANY = 429  # the one 4xx that says nothing about the file: the server is overloaded, as with a 5xx


class Robots(RobotsTxtMiddleware):
    """Holds back what robots.txt forbids, and all of a host whose robots.txt is out of reach.

    A host's robots.txt is asked for once a run. A spider with a method `robots(request, response, why)` is given every
    answer, redirects too, for its archive.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._found: dict[str, RobotParser | RobotsUnreachableError | None] = {}  # by host and port
        self._asking: dict[str, asyncio.Lock] = {}

    async def robot_parser(self, request: Request) -> RobotParser | None:
        """Return the rules of the request's host; None where there are none.

        Raises:
            RobotsUnreachableError: nothing may be asked for; what it was raised from is the reason, where it is one
                that holds for the whole host.
        """
        parts = urlparse_cached(request)
        async with self._asking.setdefault(parts.netloc, asyncio.Lock()):
            if parts.netloc not in self._found:
                self._found[parts.netloc] = await self._ask(f"{parts.scheme}://{parts.netloc}/robots.txt", request)
        found = self._found[parts.netloc]
        if isinstance(found, RobotsUnreachableError):
            self._hold_back(found)
        return found

    def _hold_back(self, unreachable: RobotsUnreachableError) -> NoReturn:
        """Raise an error like the one kept: an exception that is raised twice collects tracebacks."""
        self._stats.inc_value("robotstxt/held_back")
        raise RobotsUnreachableError(*unreachable.args) from unreachable.__cause__

    async def _ask(self, url: str, page: Request) -> RobotParser | RobotsUnreachableError | None:
        """Return what is to be done about the pages of a host, after up to `TRIES` attempts."""
        self._stats.inc_value("robotstxt/request_count")
        for left in reversed(range(TRIES)):
            response = None
            try:
                response = await self._followed(url)
                return await self._rules(response, page)
            except RobotsUnreachableError as error:
                waits = response is not None and retries.told(header(response, "Retry-After")) > 0
                if left and not waits and (error.__cause__ is None or failures.may_pass(error.__cause__)):
                    continue
                logger.warning("%s: %s; its host is left alone in this run", url, error)
                return error
        return None  # not reached: the last attempt returns

    async def _followed(self, url: str) -> Response | None:
        """Return the answer at the end of the redirects; None where they lead round, too far or off the site."""
        seen: set[str] = set()
        while len(seen) <= HOPS and url not in seen:
            seen.add(url)
            response = await self._answer(url)
            if response.status not in REDIRECTS:
                return response
            url = urls.absolute(url, address(response.headers.get("Location") or b""))
            if not url or not urls.same_site(url, self._hosts(seen)):
                return None
        return None

    def _hosts(self, seen: Collection[str]) -> Collection[str]:
        """Return the hosts of the site; without a session, those that have been asked."""
        session = getattr(self.crawler.spider, "session", None)
        return session.scope.hosts if isinstance(session, Session) else {urls.host(url) for url in seen}

    async def _answer(self, url: str) -> Response:
        """Return the answer to one request, after the archive has had it.

        Raises:
            RobotsUnreachableError: there was none.
        """
        meta = {"dont_obey_robotstxt": True, "handle_httpstatus_all": True, "dont_redirect": True, "dont_retry": True}
        request = Request(
            url, priority=self.DOWNLOAD_PRIORITY, meta=meta | {"allow_offsite": True}, callback=NO_CALLBACK
        )
        engine = self.crawler.engine
        assert engine is not None  # noqa: S101 - there is one while requests are made
        try:
            response: Response = await engine.download_async(request)
        except failures.OF_DOWNLOADS as error:
            why = failures.reason(error)
            if archived := getattr(self.crawler.spider, "robots", None):
                archived(request, None, why)
            raise RobotsUnreachableError(why) from (error if failures.is_of_host(error) else None)
        self._stats.inc_value("robotstxt/response_count")
        self._stats.inc_value(f"robotstxt/response_status_count/{response.status}")
        if archived := getattr(self.crawler.spider, "robots", None):
            archived(request, response)
        return response

    async def _rules(self, response: Response | None, page: Request) -> RobotParser | None:
        """Return the rules in an answer, and let others know of them; None where there are none.

        Raises:
            RobotsUnreachableError: the server says that it cannot give them, or they are damaged.
        """
        if response is None or (400 <= response.status < 500 and response.status != TOO_MANY):  # noqa: PLR2004 - 4xx
            return None
        if _overloaded(response):
            raise RobotsUnreachableError(f"HTTP {response.status}")
        parser: RobotParser = build_from_crawler(self._parserimpl, self.crawler, text(response))
        await self.crawler.signals.send_catch_log_async(signal=signals.robots_parsed, robotparser=parser, request=page)
        return parser


def _overloaded(response: Response) -> bool:
    """Tell whether the server says that it cannot answer now."""
    return response.status >= 500 or response.status == TOO_MANY  # noqa: PLR2004 - 5xx


def text(response: Response) -> bytes:
    """Return what is read of a robots.txt: unpacked, whole lines, at most `LARGEST` bytes.

    Raises:
        RobotsUnreachableError: it cannot be unpacked.
    """
    encoding = ", ".join(value.decode("latin-1") for value in response.headers.getlist("Content-Encoding"))
    try:
        body = decoded(response.body, encoding, UNPACKED)
    except DecodingError as error:
        raise RobotsUnreachableError(str(error)) from None
    if len(body) <= LARGEST:
        return body
    return body[: body.rfind(b"\n", 0, LARGEST) + 1] or body[:LARGEST]
