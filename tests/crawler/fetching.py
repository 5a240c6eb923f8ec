"""Downloads through the crawler's own wire, guard and robots.txt, with a spider that does nothing else."""

from __future__ import annotations

import asyncio
import json
import os
import resource
import sys
from dataclasses import dataclass
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, Self

from scrapy import Request, Spider
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.settings import Settings

from crawler import failures
from crawler.pages import urls as addresses
from crawler.session import Session
from tests.thidua.conftest import LONGEST, PROCESSES

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence
    from pathlib import Path

    from scrapy.crawler import Crawler
    from scrapy.http import Response
    from twisted.python.failure import Failure


@dataclass(frozen=True)
class Fetched:
    """What became of the requests: per URL `HTTP 200` or the reason; which robots.txt were archived; memory in MB."""

    results: dict[str, str]
    robots: list[str]
    memory: float


class OnlyFetch(Spider):
    """Asks for URLs, one after another, and notes what came of each."""

    name = "only-fetch"
    custom_settings = {  # noqa: RUF012 - as Scrapy has it
        "ITEM_PIPELINES": {},
        "LOG_LEVEL": "DEBUG",
        "DOWNLOAD_DELAY": 0,
        "AUTOTHROTTLE_ENABLED": False,
        "RETRY_ENABLED": False,
        "HTTPERROR_ALLOW_ALL": True,
        "DOWNLOAD_HANDLERS": {"http": "crawler.wire.TapedHandler", "https": "crawler.wire.TapedHandler"},
    }

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        return super().from_crawler(crawler, *args, **kwargs)

    def __init__(self, asked: Sequence[str], start: Sequence[str], hosts: Sequence[str], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.asked = asked
        self.results: dict[str, str] = {}
        self.archived: list[str] = []
        self.session = _session(start, hosts)
        self._next = asyncio.Event()

    async def start(self) -> AsyncIterator[Request]:
        for url in self.asked:
            meta = {"handle_httpstatus_all": True, "allow_offsite": True}
            yield Request(url, self.parse, errback=self.fail, meta=meta, cb_kwargs={"asked": url}, dont_filter=True)
            await self._next.wait()
            self._next.clear()

    def parse(self, response: Response, asked: str) -> None:
        self.results[asked] = f"HTTP {response.status}"
        self._next.set()

    def fail(self, failure: Failure) -> None:
        request: Request = failure.request  # type: ignore[attr-defined] # Scrapy adds it, untyped
        tape = request.meta.get("tape")
        state, words = failures.verdict(failure.value, tape.first if tape else b"")
        self.logger.debug("%s %r %r", state, failure.value, list(failures.causes(failure.value)))
        self.results[request.cb_kwargs["asked"]] = words
        self._next.set()

    def robots(self, request: Request, response: Response | None, why: str = "") -> None:
        self.archived.append(f"{response.status if response is not None else why} {request.url}")


def _session(start: Sequence[str], hosts: Sequence[str]) -> Any:
    """A session that has opened no archive."""
    session: Any = object.__new__(Session)
    session.scope = SimpleNamespace(start_urls=tuple(start), hosts=tuple(hosts))
    return session


def _run(asked: Sequence[str], start: Sequence[str], hosts: Sequence[str], settings: dict[str, Any], out: Path) -> None:
    """In a new process: fetch, and write what came of it."""
    for stream, name in ((1, "stdout"), (2, "stderr")):
        os.dup2(os.open(out.with_suffix(f".{name}"), os.O_WRONLY | os.O_CREAT), stream)
    project = Settings()
    project.setmodule("crawler.settings", priority="project")
    project.update(settings, priority="cmdline")
    process = AsyncCrawlerProcess(project)
    crawler = process.create_crawler(OnlyFetch)
    process.crawl(crawler, asked=asked, start=start, hosts=hosts)
    process.start()
    spider = crawler.spider
    assert isinstance(spider, OnlyFetch)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    out.write_text(json.dumps({"results": spider.results, "robots": spider.archived, "memory": memory}), "utf-8")
    sys.exit(0)


def fetched(folder: Path, *asked: str, start: str = "", hosts: Sequence[str] = (), **settings: Any) -> Fetched:
    """Fetch URLs as a crawl does that was started on `start` (else on the first) in a process of its own.

    `hosts` are those of the site: that of `start` unless told otherwise. `settings` go over the crawler's.
    """
    begin = [start or asked[0]]
    out = folder / f"fetched-{len(list(folder.iterdir()))}.json"
    known = tuple(hosts) or tuple(addresses.host(url) for url in begin)
    process = PROCESSES.Process(target=_run, args=(asked, begin, known, settings, out))
    process.start()
    process.join(LONGEST)
    assert process.exitcode == 0, out.with_suffix(".stderr").read_text("utf-8")[-3000:]
    return Fetched(**json.loads(out.read_text("utf-8")))
