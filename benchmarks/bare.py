"""The bare Scrapy spider that a whole crawl is measured against: it fetches, follows every link, and keeps nothing.

Run as `python -m benchmarks.bare URL CONCURRENCY`; prints one JSON object with pages and seconds.
"""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

from scrapy import Request, Spider
from scrapy.crawler import AsyncCrawlerProcess

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scrapy.http import Response


class Bare(Spider):
    """Fetch and follow, as in Scrapy's own tutorial."""

    name = "bare"

    def parse(self, response: Response, **_: Any) -> Iterator[Request]:
        """Follow every link; Scrapy's own filter drops what was seen."""
        for href in response.css("a::attr(href)").getall():
            if not href.startswith(("javascript:", "mailto:", "#")):
                yield response.follow(href, self.parse)


def main() -> None:
    """Crawl one site to its end."""
    url, concurrency = sys.argv[1], int(sys.argv[2])
    process = AsyncCrawlerProcess(
        {
            "LOG_ENABLED": False,
            "CONCURRENT_REQUESTS": concurrency,
            "CONCURRENT_REQUESTS_PER_DOMAIN": concurrency,
            "TELNETCONSOLE_ENABLED": False,
            "ROBOTSTXT_OBEY": False,
        }
    )
    crawler = process.create_crawler(Bare)
    process.crawl(crawler, start_urls=[url])
    process.start()
    stats = crawler.stats.get_stats()
    print(json.dumps({"pages": stats["response_received_count"], "seconds": stats["elapsed_time_seconds"]}))


if __name__ == "__main__":
    main()
