"""Asks a web archive: one connection, one request at a time, slowly, and as it says.

robots.txt is not asked for. It speaks to programs that find their way by links; this one follows none, and asks for
nothing but what the archive's interface for programs lists. What the archives ask of those is in their terms: few
requests at a time, a name with a contact, and to stop when told so (429).
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Self, TypeVar
from urllib.parse import quote, urlencode, urlsplit
from urllib.request import getproxies, proxy_bypass

import urllib3
from urllib3.exceptions import HTTPError

from crawler.message import LARGEST
from crawler.settings import USER_AGENT
from crawler.wayback.cdx import NotCdxError
from crawler.wayback.streams import CutError
from crawler.wayback.wire import archived, host, pieces, refusal, reply, to_wait, told

if TYPE_CHECKING:
    from collections.abc import Callable, Generator
    from types import TracebackType

    from crawler.wayback.raw import Reply

T = TypeVar("T")

CDX_PAUSE = 1.0  # s between CDX requests, at least: each makes the archive read through its index
CONNECTING = 30.0  # s to reach the server
LISTING, READING = 120.0, 30.0  # s until a list or a capture begins, and between its pieces; large lists begin late
LONGEST = 300.0  # s for one capture, whole
PATIENCE = 900.0  # s: who is told to come back later than that comes back another day
REFUSALS = 4  # times in a row that an archive may say "too many requests" before it is left alone
UNTOLD = 60.0  # s to wait after a first 429 that does not say how long; twice that after the next, and so on
TRIES = 3  # for one request, where the network or the archive fails
# What an address is sent as: its bytes stay, but for those that would end it.
_AS_IT_IS = "!$%&'()*+,/:;=?@~-._"


class WaybackError(Exception):
    """What was asked of the archive cannot be had: one line, with the server's name. Asking for more may still do."""


class UnreachableError(WaybackError):
    """The archive cannot be reached, or is out of order."""


class RefusedError(WaybackError):
    """The archive has told us to stop. Nothing more is to be asked now."""


@dataclass(slots=True)
class Pace:
    """When the next request may be made. `delay` is the least time between two, in seconds."""

    delay: float
    _next: float = 0.0
    _latency: float = 0.0

    def wait(self, sleep: Callable[[float], None]) -> None:
        """Wait for the turn."""
        left = self._next - time.monotonic()
        if left > 0:
            sleep(left)

    def took(self, seconds: float) -> None:
        """Note how long an answer took: a server that labours is asked more slowly, never faster than `delay`."""
        self._latency = (self._latency + seconds) / 2 if self._latency else seconds
        pause = max(self.delay, min(self._latency, 60.0)) if self.delay else 0.0
        self._next = time.monotonic() + pause


@dataclass(frozen=True, slots=True)
class _Way:
    """A way of asking: when, and how long an answer may take to begin and to go on, in seconds."""

    pace: Pace
    patience: float


class Client:
    """A web archive, asked politely. Use it in a `with` block.

    Args:
        delay: seconds between two captures, at least; 0 for a server of one's own.
        note: is told, in a line, when the archive makes us wait.
        user_agent: who asks.
        sleep: waits that many seconds.

    Attributes:
        requests: how many were made.
    """

    def __init__(
        self,
        delay: float = 1.0,
        note: Callable[[str], None] = lambda _line: None,
        user_agent: str = USER_AGENT,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.requests = 0
        self._delay = delay
        self._note = note
        self._user_agent = user_agent
        self._sleep = sleep
        self._raw = _Way(Pace(delay), READING)
        self._cdx = _Way(Pace(max(CDX_PAUSE, delay)), LISTING)
        self._pools: dict[str, urllib3.PoolManager] = {}

    def capture(self, address: str) -> Reply:
        """Return what the archive answers for one capture, of whatever status. Redirects are not followed.

        Raises:
            RefusedError: it wants no more requests.
            UnreachableError: it cannot be reached, or breaks off, several times in a row.
            WaybackError: the answer is too large, or takes too long.
        """
        return self._asked(address, self._raw, self._whole)

    def listing(self, cdx: str, parameters: list[tuple[str, str]]) -> Generator[bytes]:
        """Yield what the CDX server answers, unpacked, piece by piece; nothing where it has no captures.

        Raises:
            RefusedError: as `capture`.
            UnreachableError: the same.
            CutError: the list breaks off.
            NotCdxError: it answers an error; the message quotes what it says.
        """
        address = f"{cdx}?{urlencode(parameters)}"
        response = self._asked(address, self._cdx, lambda _address, answer: answer)
        try:
            if response.status == HTTPStatus.OK:
                yield from pieces(response, decode=True)
            elif said := refusal(response):
                raise NotCdxError(f"HTTP {response.status} {said}")
        except HTTPError as error:
            raise CutError(f"the list breaks off: {told(error)}") from error
        finally:
            response.close()  # what was not read of it is not waited for

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for pool in self._pools.values():
            pool.clear()

    def _asked(self, address: str, way: _Way, take: Callable[[str, urllib3.BaseHTTPResponse], T]) -> T:
        """Ask until there is an answer, waiting as the archive says; return what `take` makes of it."""
        refused = failed = 0
        while True:
            way.pace.wait(self._sleep)
            begun, is_capture = time.monotonic(), False
            try:
                response = self._request(address, way, fresh=failed > 0)
                is_capture = archived(response, address)
                if not is_capture and (pause := to_wait(response)) is not None:
                    response.close()
                    refused = self._held(address, response.status, pause, refused)
                    begun = time.monotonic()  # the waiting was not the server's labour
                    continue
                failed += not is_capture and response.status >= HTTPStatus.INTERNAL_SERVER_ERROR
                if is_capture or response.status < HTTPStatus.INTERNAL_SERVER_ERROR or failed >= TRIES:
                    return take(address, response)
                response.close()
            except HTTPError as error:
                failed += 1
                if failed >= TRIES and is_capture:  # it was cut short when it was captured, mostly
                    raise WaybackError(f"breaks off ({told(error)})") from error
                if failed >= TRIES:
                    raise UnreachableError(f"{host(address)}: {told(error)}") from error
            finally:
                way.pace.took(time.monotonic() - begun)
            self._sleep(max(1.0, 5 * self._delay) * 2 ** (failed - 1))

    def _request(self, address: str, way: _Way, *, fresh: bool) -> urllib3.BaseHTTPResponse:
        """Send one request; the answer's body is still to be read.

        `fresh` has the server close the connection after it: then an answer shorter than announced shows at once.
        """
        self.requests += 1
        parts = urlsplit(address)
        proxy = "" if proxy_bypass(parts.hostname or "") else getproxies().get(parts.scheme, "")
        if proxy not in self._pools:
            made = urllib3.ProxyManager(proxy, maxsize=1) if proxy else urllib3.PoolManager(num_pools=1, maxsize=1)
            self._pools[proxy] = made
        path = quote(address.partition("://")[2].partition("/")[2], safe=_AS_IT_IS)
        target = f"{parts.scheme}://{parts.netloc}/{path}" if proxy and parts.scheme == "http" else f"/{path}"
        # Not by the manager itself: it tidies addresses, and an archived one has to be asked for as it is written.
        return (
            self._pools[proxy]
            .connection_from_url(f"{parts.scheme}://{parts.netloc}")
            .urlopen(
                "GET",
                target,
                headers={
                    "User-Agent": self._user_agent,
                    "Accept": "*/*",
                    "Accept-Encoding": "gzip",  # captures that were zipped come as they are; who wants none unzips them
                    **({"Connection": "close"} if fresh else {}),
                },
                redirect=False,
                retries=False,
                timeout=urllib3.Timeout(connect=CONNECTING, read=way.patience),
                preload_content=False,
                decode_content=False,
                assert_same_host=False,
            )
        )

    def _held(self, address: str, status: int, pause: float, refused: int) -> int:
        """Wait because the archive says so; return how often in a row it has.

        Raises:
            RefusedError: it says so again and again, or wants to be left alone for long.
        """
        seconds = max(pause or UNTOLD, 1.0) * 2**refused
        if refused + 1 >= REFUSALS or seconds > PATIENCE:
            raise RefusedError(
                f"{host(address)} wants no more requests for now (HTTP {status}); "
                "what has come is kept: run the same command again in an hour or later to go on"
            )
        self._note(f"{host(address)} asks us to wait: going on in {seconds:.0f} s (HTTP {status})")
        self._sleep(seconds)
        return refused + 1

    def _whole(self, address: str, response: urllib3.BaseHTTPResponse) -> Reply:
        """Read an answer to its end."""
        body, latest = bytearray(), time.monotonic() + LONGEST
        for piece in pieces(response, decode=False):
            body += piece
            why = "of more than 32 MB" if len(body) > LARGEST else "that takes longer than five minutes"
            if len(body) > LARGEST or time.monotonic() > latest:
                response.close()
                raise WaybackError(f"a capture {why}")
        response.release_conn()
        return reply(address, response, bytes(body))
