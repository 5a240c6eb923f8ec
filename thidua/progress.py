"""What a person sees while a crawl runs: one line that keeps changing, on a terminal only."""

from __future__ import annotations

import time
from collections import deque
from contextlib import contextmanager
from typing import TYPE_CHECKING

from rich.console import Console
from rich.live import Live
from rich.text import Text

from crawler.records import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from scrapy.crawler import Crawler

    from crawler.session import Session
    from crawler.visit import Visit

_EVERY = 0.5  # s between looks into the frontier: counting what is left is a query
_WINDOW = 10.0  # s that the rate is taken over


class Progress:
    """Counts what is stored and draws it: pages, articles, rate, what is left, the date reached, the latest title."""

    def __init__(self, crawler: Crawler, session: Session) -> None:
        self._crawler = crawler
        self._session = session
        self._console = Console(stderr=True, highlight=False)
        self._live: Live | None = None
        self._recent: deque[float] = deque()
        self._pages = 0
        self._articles = 0
        self._left = 0
        self._reached: date | None = None
        self._title = ""
        self._looked = 0.0

    @contextmanager
    def shown(self, *, live: bool) -> Iterator[None]:
        """Show the line while the block runs, if stderr is a terminal and `live` is set."""
        if not live or not self._console.is_terminal:
            yield
            return
        with Live(self._line(), console=self._console, transient=True, auto_refresh=False) as self._live:
            yield
        self._live = None

    def stored(self, item: Visit) -> None:
        """A page has been stored: count it, and draw the line anew if the last one is old."""
        if self._live is None:
            return
        now = time.monotonic()
        self._pages += 1
        self._recent.append(now)
        page = item.reading.page
        if page is not None and page.kind is Kind.ARTICLE:
            self._articles += 1
            self._title = page.title
            self._reached = page.published or page.dateline or self._reached
        if now - self._looked >= _EVERY:
            self._looked = now
            self._left = self._session.frontier.left()
            self._live.update(self._line(), refresh=True)

    def rate(self) -> float:
        """Return the pages a second over the last ten seconds."""
        if not self._recent:
            return 0.0
        now = time.monotonic()
        while self._recent and self._recent[0] < now - _WINDOW:
            self._recent.popleft()
        span = now - self._recent[0] if self._recent else 0.0
        return len(self._recent) / span if span else 0.0

    def _line(self) -> Text:
        """Return the line; what does not fit the terminal is cut off at the title's end."""
        parts = [
            f"{self._pages:,} pages",
            f"{self._articles:,} articles",
            f"{self.rate():.1f}/s",
            f"{self._left:,} left",
        ]
        if self._reached:
            parts.append(f"at {self._reached:%d/%m/%Y}")
        line = Text(" · ".join(parts), no_wrap=True, overflow="ellipsis")
        return line.append(f"  {self._title}", style="dim")
