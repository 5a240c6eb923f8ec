from __future__ import annotations

from scrapy.exceptions import IgnoreRequest

from crawler.failures import verdict
from crawler.visit import State


def test_a_page_that_robots_txt_forbids_is_blocked() -> None:
    assert verdict(IgnoreRequest("Forbidden by robots.txt")) == (State.BLOCKED, "robots.txt")


def test_a_compressed_page_that_unfolds_too_far_is_not_laid_to_robots_txt() -> None:
    ignored = IgnoreRequest("exceeded DOWNLOAD_MAXSIZE")
    ignored.__cause__ = ValueError("too much")
    assert verdict(ignored) == (State.FAILED, "too large")
