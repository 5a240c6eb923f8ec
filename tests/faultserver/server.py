"""The server: which request gets which answer, counted."""

from __future__ import annotations

import asyncio
from collections import Counter
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

from tests.faultserver.kinds import KINDS
from tests.faultserver.line import Asked, Line, well
from tests.loopback import running
from tests.samplesite import Site

if TYPE_CHECKING:
    import ssl
    from collections.abc import Iterator

EVERYWHERE = "*"
TLS = b"\x16"  # what a client begins with that expects TLS


class FaultServer:
    """A small site being served, some of it badly. `requests` counts request targets, `seen` holds their headers."""

    def __init__(self, site: Site, host: str, context: ssl.SSLContext | None) -> None:
        self.site = site
        self.host = host
        self.url = ""
        self.requests: Counter[str] = Counter()
        self.seen: list[tuple[str, dict[str, str]]] = []
        self.connections = 0
        self._context = context
        self._faults: dict[str, tuple[str, dict[str, Any], int | None]] = {}
        self._running: set[asyncio.Task[None]] = set()

    def behave(self, path: str, kind: str, *, times: int | None = None, **how: Any) -> None:
        """Let a path (with its query; or without, for all its queries; or "*" for all paths) fail.

        `times` None is for ever, otherwise it is well again after so many answers.
        """
        if kind not in KINDS:
            raise ValueError(f"no such kind: {kind}; there are {', '.join(sorted(KINDS))}")
        self._faults[path] = (kind, how, times)

    def heal(self, path: str | None = None) -> None:
        """Let a path, or all, be well again."""
        if path is None:
            self._faults.clear()
        else:
            self._faults.pop(path, None)

    def article(self, place: int) -> str:
        """The path of an article, counted from the newest of the first category's."""
        return self.site.url(self.site.articles[place].id)

    def at(self, path: str) -> str:
        """The URL of a path."""
        return self.url.rstrip("/") + path

    def reset(self) -> None:
        """Forget the requests so far."""
        self.requests.clear()
        self.seen.clear()

    async def start(self, port: int = 0) -> asyncio.Server:
        """Listen. Sets `url`."""
        listening = await asyncio.start_server(self._serve, self.host, port, ssl=self._context, backlog=256)
        found = listening.sockets[0].getsockname()[1]
        name = f"[{self.host}]" if ":" in self.host else self.host
        self.url = f"{'https' if self._context else 'http'}://{name}:{found}/"
        return listening

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._running.add(task)
        self.connections += 1
        with suppress(ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError, TimeoutError):
            while await self._answered(Line(reader, writer)):
                pass
        self._running.discard(task)
        writer.close()

    async def _answered(self, line: Line) -> bool:
        """Answer one request; return whether the connection stays open."""
        raw = await line.reader.readexactly(1)
        if raw == TLS:
            await line.send(b"HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n")
            return False
        raw += await line.reader.readuntil(b"\r\n\r\n")
        first, *lines = raw.decode("latin-1").split("\r\n")
        target = first.split(" ")[1]
        headers = {name.lower(): value.strip() for name, _, value in (each.partition(":") for each in lines)}
        self.requests[target] += 1
        self.seen.append((target, headers))
        good = self.site.render(target, self.requests.total(), headers.get("if-none-match", ""))
        asked = Asked(target, headers, good)
        kind, how = self._meant(target)
        return await (KINDS[kind](line, asked, **how) if kind else well(line, asked))

    def _meant(self, target: str) -> tuple[str, dict[str, Any]]:
        """Return the fault of a target, counting it down."""
        for path in (target, target.partition("?")[0], EVERYWHERE):
            kind, how, times = self._faults.get(path, ("", {}, None))
            if kind and times != 0:
                self._faults[path] = (kind, how, None if times is None else times - 1)
                return kind, how
        return "", {}

    def close_connections(self) -> None:
        """End what is still going on."""
        for task in list(self._running):
            task.cancel()


@contextmanager
def faults(
    site_articles: int = 12, *, host: str = "127.0.0.1", port: int = 0, tls: ssl.SSLContext | None = None, **site: Any
) -> Iterator[FaultServer]:
    """Serve a site of so many articles from a thread of this process; `site` goes to `Site`."""
    server = FaultServer(Site(articles=site_articles, **{"categories": 2, **site}), host, tls)
    with running(server, "fault server", port):
        yield server
