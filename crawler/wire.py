"""The bytes of each request and response as they went over the wire, for the WARC files.

Scrapy's response has its headers in another order and spelling and its body unchunked. Twisted's connection is the
last place where the bytes are still as they came, so the tape runs there: a protocol that copies what it is given to
the tape of the request it is busy with. A connection serves one request at a time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scrapy.core.downloader.handlers.http11 import (
    HTTP11DownloadHandler,
    _LenientHTTP11ClientFactory,
    _LenientHTTP11ClientProtocol,
)
from twisted.python.failure import Failure
from twisted.web._newclient import HEADER, STATUS
from twisted.web.client import HTTPConnectionPool

from crawler.failures import LongHeadError, WrongLengthError
from crawler.trust import Policy

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response
    from twisted.internet.defer import Deferred
    from twisted.internet.interfaces import IAddress
    from twisted.web._newclient import HTTP11ClientProtocol
    from twisted.web.iweb import IResponse

TAPE = "tape"  # the key in a request's meta
LONGEST_HEAD = 256 * 1024  # bytes; no browser takes more


class Tape:
    """What was sent and received for one request; `address` is the IP address of the other end, or empty."""

    __slots__ = ("_received", "_sent", "address", "length", "surplus")

    def __init__(self) -> None:
        self._sent = b""
        self._received: list[bytes] = []
        self.address = ""
        self.length = 0  # bytes received
        self.surplus = False  # more bytes came than the answer's header said

    def begin(self, address: str) -> None:
        """Start anew: the request goes out now. Twisted asks again where a kept-alive connection turns out dead."""
        self._sent, self.address = b"", address
        self._received.clear()
        self.length, self.surplus = 0, False

    def writeSequence(self, data: Iterable[bytes]) -> None:  # noqa: N802 - the method by which Twisted writes a request
        """Take bytes of the request."""
        self._sent += b"".join(data)

    def received(self, data: bytes) -> None:
        """Take bytes of the response."""
        self._received.append(data)
        self.length += len(data)

    @property
    def request(self) -> bytes:
        """The request as it was sent; empty where none was."""
        return self._sent

    @property
    def first(self) -> bytes:
        """The first bytes that were received: enough to tell whether they are HTTP."""
        return b"".join(self._received[:8])[:8]

    @property
    def response(self) -> bytes:
        """All that was received."""
        return b"".join(self._received)


class TapedProtocol(_LenientHTTP11ClientProtocol):
    """A connection that copies what it sends and receives to the tape that its current request carries."""

    _tape: Tape | None = None

    def request(self, request: Any) -> Deferred[IResponse]:
        """Send a request, with its answer on tape."""
        self._tape = getattr(request, TAPE, None)
        if self._tape is not None:
            self._tape.begin(_address(self.transport))
            request.writeTo(self._tape)  # a request without a body is written at once, and the same each time
        answer: Deferred[IResponse] = super().request(request)
        if self._parser is not None:
            self._parser.MAX_LENGTH = LONGEST_HEAD  # of a line; at Twisted's own 16 KiB it hangs up without a word
        return answer

    def dataReceived(self, data: bytes) -> None:  # noqa: N802 - the name is Twisted's
        """Copy to the tape first: the last bytes of an answer end the request."""
        if self._tape is not None and self._parser is not None:
            self._tape.received(data)
        super().dataReceived(data)  # type: ignore[no-untyped-call] # Twisted has no types here
        if self._tape is not None and self._tape.length > LONGEST_HEAD:
            self._end_long_head()

    def _end_long_head(self) -> None:
        """Hang up where that much has come and the header of the answer is still not over: Twisted knows no limit."""
        if self._parser is not None and self._parser.state in {STATUS, HEADER}:
            self._giveUp(Failure(LongHeadError()))  # type: ignore[no-untyped-call] # Twisted has no types here

    def _finishResponse(self, rest: bytes) -> None:  # noqa: N802 - the name is Twisted's
        """Note what comes after the end of an answer: its header may have announced too little of the page."""
        parser = self._parser
        bodiless = parser is not None and parser.response.code in parser.NO_BODY_CODES
        if self._tape is not None and rest.strip() and not bodiless:
            self._tape.surplus = True
        super()._finishResponse(rest)


def _address(transport: Any) -> str:
    """Return the IP address of the other end."""
    return str(getattr(transport.getPeer(), "host", ""))


class TapedFactory(_LenientHTTP11ClientFactory):
    """Makes the connections."""

    def buildProtocol(self, addr: IAddress | None) -> HTTP11ClientProtocol:  # noqa: ARG002, N802 - Twisted's names
        """Return a connection that can tape."""
        return TapedProtocol(self._quiescentCallback)  # type: ignore[no-untyped-call] # Twisted has no types here


class _Taped:
    """A connection, and the tape for the one request it is about to be given."""

    def __init__(self, connection: Any, tape: Tape | None) -> None:
        self._connection = connection
        self._tape = tape

    def request(self, request: Any) -> Deferred[IResponse]:
        """Send the request; it carries the tape, also to a second connection where the first one is dead."""
        request.tape = self._tape
        sent: Deferred[IResponse] = self._connection.request(request)
        return sent


class TapedPool(HTTPConnectionPool):
    """The kept-alive connections. `tape` is that of the request for which a connection is asked for next."""

    tape: Tape | None = None
    _factory = TapedFactory

    def getConnection(self, key: Any, endpoint: Any) -> Deferred[_Taped]:  # type: ignore[override] # noqa: N802 - Twisted's name; its callers use `request` only
        """Return a connection for one request."""
        tape, self.tape = self.tape, None
        connection: Deferred[Any] = super().getConnection(key, endpoint)
        return connection.addCallback(_Taped, tape)


class TapedHandler(HTTP11DownloadHandler):
    """Scrapy's download handler; `request.meta["tape"]` has what went over the wire, whatever came of it."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        from twisted.internet import reactor  # noqa: PLC0415 - the import installs one: not before Scrapy has chosen it

        self._taped = TapedPool(reactor, persistent=True)  # type: ignore[no-untyped-call] # Twisted has no types here
        self._taped.maxPersistentPerHost = self._pool.maxPersistentPerHost
        self._pool = self._taped
        policy: Any = Policy.from_crawler(crawler)  # Any: mypy does not know zope's interfaces
        self._contextFactory = policy

    async def download_request(self, request: Request) -> Response:
        """Download with a tape running.

        Scrapy's coroutine asks the pool for a connection before it first waits, so the tape set here is the right one.

        Raises:
            WrongLengthError: more came than was announced; the rest may be missing.
        """
        tape = request.meta[TAPE] = self._taped.tape = Tape()
        response = await super().download_request(request)
        if tape.surplus:
            raise WrongLengthError(f"{request.url}: more came than its Content-Length says")
        return response
