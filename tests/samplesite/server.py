"""A small, quick HTTP/1.1 server for the sample site: one thread, keep-alive, every request counted."""

from __future__ import annotations

import asyncio
import json
import socket
import struct
from collections import Counter
from contextlib import contextmanager
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar

from tests.loopback import running

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.samplesite.model import Response

CONTROL = "/__control__/"
CALLS = frozenset({"add", "add_late", "edit", "edit_paragraph", "remove", "restore", "fault", "clear_faults"})
_SINCE = "if-modified-since"
_PHRASES = {status.value: status.phrase for status in HTTPStatus}


class Renders(Protocol):
    """What can be served: it answers a request target."""

    def render(self, target: str, visit: int = 1, if_none_match: str = "") -> Response:
        """Return the answer; `visit` is the number that a page's counter shows."""


S = TypeVar("S", bound=Renders)


class Server(Generic[S]):
    """A site being served. `requests` counts request targets exactly as asked for; the control URLs are not counted.

    `not_modified` counts those among them that were answered with 304.
    """

    def __init__(self, site: S) -> None:
        self.site = site
        self.requests: Counter[str] = Counter()
        self.visits = 0  # what the counter on the pages shows
        self.not_modified = 0  # answers of 304
        self.url = ""
        self.connections: set[_Connection] = set()

    def reset(self) -> None:
        """Forget the requests counted so far."""
        self.requests.clear()
        self.not_modified = 0

    def control(self, target: str, body: bytes) -> bytes:
        """Answer a control URL: `requests` (JSON counts), `reset`, `call` ({"method": …, "args": …, "kwargs": …})."""
        name = target.removeprefix(CONTROL)
        if name == "requests":
            return json.dumps(self.requests).encode()
        if name == "reset":
            self.reset()
        elif name == "call":
            call = json.loads(body)
            if call["method"] not in CALLS:
                raise ValueError(f"no such call: {call['method']}")
            getattr(self.site, call["method"])(*call["args"], **call["kwargs"])
        return b"{}"

    async def start(self, port: int = 0) -> asyncio.Server:
        """Listen on loopback; port 0 takes a free one. Sets `url`."""
        loop = asyncio.get_running_loop()
        listening = await loop.create_server(lambda: _Connection(self), "127.0.0.1", port, backlog=512)
        self.url = f"http://127.0.0.1:{listening.sockets[0].getsockname()[1]}/"
        return listening

    def close_connections(self) -> None:
        for connection in list(self.connections):
            connection.abort()


class _Connection(asyncio.Protocol):
    """One client connection. Requests are answered in the order they come; a delayed answer holds up the next."""

    def __init__(self, server: Server[Any]) -> None:
        self._server = server
        self._buffer = b""
        self._waiting: asyncio.TimerHandle | None = None
        self._transport: asyncio.Transport

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self._server.connections.add(self)

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002 - the name is asyncio's
        self._server.connections.discard(self)
        if self._waiting:
            self._waiting.cancel()

    def abort(self) -> None:
        self._transport.abort()

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        while self._waiting is None and not self._transport.is_closing():
            head, mark, rest = self._buffer.partition(b"\r\n\r\n")
            if not mark:
                return
            lines = head.decode("latin-1").split("\r\n")
            headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines[1:])}
            length = int(headers.get("content-length", "0"))
            if len(rest) < length:
                return
            self._buffer = rest[length:]
            self._request(lines[0], headers, rest[:length])

    def _request(self, line: str, headers: dict[str, str], body: bytes) -> None:
        method, _, after = line.partition(" ")
        target = after.rpartition(" ")[0] or "/"
        close = headers.get("connection", "").lower() == "close"
        if target.startswith(CONTROL):
            self._control(target, body)
            return
        self._server.requests[target] += 1
        self._server.visits += 1
        since = {"if_modified_since": headers[_SINCE]} if _SINCE in headers else {}  # only `Site` heeds it
        answer = self._server.site.render(target, self._server.visits, headers.get("if-none-match", ""), **since)
        if answer.status == HTTPStatus.NOT_MODIFIED:
            self._server.not_modified += 1
        self._send(answer, bare=method == "HEAD", close=close)

    def _control(self, target: str, body: bytes) -> None:
        try:
            status, answer = 200, self._server.control(target, body)
        except (ValueError, KeyError, TypeError) as error:
            status, answer = 400, json.dumps({"error": str(error)}).encode()
        self._transport.write(_head(status, (("Content-Type", "application/json"),), len(answer)) + answer)

    def _send(self, response: Response, *, bare: bool, close: bool) -> None:
        headers = (*response.headers, ("Connection", "close")) if close else response.headers
        head = _head(response.status, headers, len(response.body))
        whole = head if bare else head + response.body
        if response.trouble:
            self._fail(response, whole, len(head) + len(response.body) // 2)
            return
        self._transport.write(whole)
        if close:
            self._transport.close()

    def _fail(self, response: Response, whole: bytes, half: int) -> None:
        if response.trouble == "reset":
            sock: socket.socket = self._transport.get_extra_info("socket")
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self._transport.abort()
        elif response.trouble == "truncate":
            self._transport.write(whole[:half])
            self._transport.close()
        elif response.trouble == "stall":
            self._transport.write(whole[:half])
            self._later(response.seconds, self._transport.close)
        else:  # slow: the whole answer, late
            self._later(response.seconds, lambda: self._transport.write(whole))

    def _later(self, seconds: float, do: Any) -> None:
        def now() -> None:
            self._waiting = None
            do()
            self.data_received(b"")

        self._waiting = asyncio.get_running_loop().call_later(seconds, now)


def _head(status: int, headers: tuple[tuple[str, str], ...], length: int) -> bytes:
    size = () if status == HTTPStatus.NOT_MODIFIED else (("Content-Length", str(length)),)
    lines = "".join(f"{name}: {value}\r\n" for name, value in (*headers, *size))
    return f"HTTP/1.1 {status} {_PHRASES.get(status, 'Unknown')}\r\n{lines}\r\n".encode("latin-1")


@contextmanager
def serve(site: S, port: int = 0) -> Iterator[Server[S]]:
    """Serve a site from a thread of this process while the `with` block runs."""
    server = Server(site)
    with running(server, "sample site", port):
        yield server
