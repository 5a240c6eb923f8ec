"""What Scrapy's log says of items: the page's URL instead of its whole text."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from scrapy.logformatter import LogFormatter, LogFormatterResult

from crawler.visit import Visit

if TYPE_CHECKING:
    from scrapy import Spider
    from scrapy.http import Response
    from twisted.python.failure import Failure


class QuietFormatter(LogFormatter):
    """Scrapy's formatter, less the items' text."""

    def scraped(self, item: Any, response: Response | Failure | None, spider: Spider) -> LogFormatterResult:
        """Say which page was archived, at DEBUG: at INFO a crawl of a large site would fill the disk."""
        del response, spider
        url = item.reading.capture.url if isinstance(item, Visit) else item
        return {"level": logging.DEBUG, "msg": "Archived %(url)s", "args": {"url": url}}

    def item_error(
        self, item: Any, exception: BaseException, response: Response | Failure | None, spider: Spider
    ) -> LogFormatterResult:
        """Say which page could not be processed."""
        del exception, response, spider
        url = item.reading.capture.url if isinstance(item, Visit) else item
        return {"level": logging.ERROR, "msg": "Error processing %(url)s", "args": {"url": url}}
