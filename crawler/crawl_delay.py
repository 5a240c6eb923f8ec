"""robots.txt may ask for a pause between requests; Scrapy parses that wish and does not act on it."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Self

from scrapy import Request, signals
from scrapy.utils.httpobj import urlparse_cached

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from scrapy.robotstxt import RobotParser

logger = logging.getLogger(__name__)
LONGEST = 120.0  # s; a longer wish is taken for a mistake and cut to this, or a crawl would never end


class CrawlDelay:
    """Slows the requests to a host down to the Crawl-delay of its robots.txt; never speeds them up."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._agent = crawler.settings["ROBOTSTXT_USER_AGENT"] or crawler.settings["USER_AGENT"]
        crawler.signals.connect(self.slow_down, signal=signals.robots_parsed)
        crawler.signals.connect(self.hold, signal=signals.response_downloaded)
        crawler.signals.connect(self.hold, signal=signals.request_reached_downloader)
        self._delays: dict[str, float] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Return the extension for this crawler, connected to its signals."""
        return cls(crawler)

    def slow_down(self, robotparser: RobotParser, request: Request) -> None:
        """Take note of the Crawl-delay (seconds) that stands in the robots.txt of the request's host."""
        wish = robotparser.crawl_delay(self._agent)
        if not wish or wish <= 0:
            return
        host = urlparse_cached(request).hostname or ""
        self._delays[host] = min(wish, LONGEST)
        self._crawler.stats.set_value(f"thidua/crawl_delay/{host}", self._delays[host])
        logger.info("robots.txt of %s asks for a pause of %s s between requests", host, wish)
        self._apply(host)

    def hold(self, request: Request) -> None:
        """Before each request, as its slot may be new, and after each response, as AutoThrottle may have shortened it.

        Scrapy forgets the slot of a host that nothing was asked of for a minute, as when it wanted to be left alone.
        """
        if self._delays:
            self._apply(request.meta.get("download_slot", ""))

    def _apply(self, host: str) -> None:
        """Set the pause of a host's slot, where the slot exists and its pause is shorter."""
        slot = self._crawler.engine.downloader.slots.get(host)
        wish = self._delays.get(host, 0.0)
        if slot is not None and slot.delay < wish:
            slot.delay = wish
            slot.jitter = 0.0  # half of the wish would be less than what was asked for
