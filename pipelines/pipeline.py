"""What the pipelines have in common: the crawler that they are made for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from scrapy.crawler import Crawler


class Pipeline:
    """A pipeline that knows its crawler, whose statistics it counts in and whose session it works for."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Return the pipeline for this crawler."""
        return cls(crawler)
