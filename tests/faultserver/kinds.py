"""What a server can do wrong. Each function is a kind, its keyword arguments are what `FaultServer.behave` takes.

A kind writes what it likes to the connection and returns whether the connection stays open for another request.
"""

from __future__ import annotations

import asyncio
import gzip
import zlib
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http import HTTPStatus
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable


from tests.faultserver.line import COOKIE, HTML, Asked, Line, head, well


async def status(
    line: Line,
    asked: Asked,
    code: int = 503,
    retry_after: float | None = None,
    date: bool = False,
) -> bool:
    """An error; with Retry-After in seconds, or as the date that is so many seconds away."""
    body = f"<html><body><h1>{code} {HTTPStatus(code).phrase}</h1></body></html>".encode()
    after: object = retry_after if retry_after is None else f"{retry_after:g}"
    if date and retry_after is not None:
        after = format_datetime(datetime.now(UTC) + timedelta(seconds=retry_after), usegmt=True)
    fields = () if after is None else (("Retry-After", after),)
    await line.send(head(code, *fields, ("Content-Length", len(body))) + body)
    return True


async def never(line: Line, asked: Asked) -> bool:
    """An error, with a Retry-After that is no date there can be."""
    after = ("Retry-After", "Wed, 21 Oct 2015 07:28:00 +99999999999999999999")
    await line.send(head(503, after, ("Content-Length", 0)))
    return True


async def answer(line: Line, asked: Asked, body: bytes = b"", code: int = 200, content_type: str = HTML) -> bool:
    """Any answer."""
    await line.send(head(code, ("Content-Length", len(body)), content_type=content_type) + body)
    return True


async def packed(line: Line, asked: Asked, body: bytes = b"", content_type: str = HTML) -> bool:
    """A body that is gzip, and says so."""
    fields = (("Content-Encoding", "gzip"), ("Content-Length", len(body)))
    await line.send(head(200, *fields, content_type=content_type) + body)
    return True


async def stall(line: Line, asked: Asked, where: str = "headers") -> bool:
    """Nothing more comes: before the header (`headers`), in the midst of it (`head`) or of the body (`body`)."""
    whole = head(200, ("Content-Length", len(asked.good.body))) + asked.good.body
    cut = {"headers": 0, "head": 20, "body": len(whole) - len(asked.good.body) // 2}[where]
    await line.send(whole[:cut])
    await line.wait()
    return False


async def drip(line: Line, asked: Asked, size: int = 64, pause: float = 0.2) -> bool:
    """The good answer, a few bytes at a time."""
    whole = head(200, ("Content-Length", len(asked.good.body))) + asked.good.body
    for at in range(0, len(whole), size):
        await line.send(whole[at : at + size])
        await asyncio.sleep(pause)
    return True


async def truncated(line: Line, asked: Asked, chunked: bool = False) -> bool:
    """The connection ends in the midst of the body."""
    body = asked.good.body[: len(asked.good.body) // 2]
    if chunked:
        await line.send(head(200, ("Transfer-Encoding", "chunked")) + b"%x\r\n" % len(body) + body + b"\r\n")
    else:
        await line.send(head(200, ("Content-Length", len(asked.good.body))) + body)
    return False


async def reset(line: Line, asked: Asked, where: str = "headers") -> bool:
    """The connection is reset: before the header (`headers`), or in the midst of the body (`body`)."""
    if where == "body":
        await line.send(head(200, ("Content-Length", len(asked.good.body))) + asked.good.body[:100])
        await asyncio.sleep(0.1)
    line.reset()
    return False


async def close(line: Line, asked: Asked) -> bool:
    """The connection ends without an answer."""
    return False


async def bad_gzip(line: Line, asked: Asked) -> bool:
    """Says gzip, begins like gzip, and is none."""
    body = b"\x1f\x8b\x08\x00" + bytes(range(256)) * 4
    await line.send(head(200, ("Content-Encoding", "gzip"), ("Content-Length", len(body))) + body)
    return True


async def cut_gzip(line: Line, asked: Asked) -> bool:
    """Gzip that was cut short before it was measured: Content-Length is right."""
    body = gzip.compress(asked.good.body)
    body = body[: len(body) * 2 // 3]
    await line.send(head(200, ("Content-Encoding", "gzip"), ("Content-Length", len(body))) + body)
    return True


async def gzip_bomb(line: Line, asked: Asked, megabytes: int = 1024) -> bool:
    """A small body that unfolds to a gigabyte of markup."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 16 + zlib.MAX_WBITS)
    begin = packer.compress(b"<html><body><p>" + b" " * 1024) + packer.flush(zlib.Z_FULL_FLUSH)
    again = packer.compress(b" " * (1 << 20)) + packer.flush(zlib.Z_FULL_FLUSH)  # stands by itself: can be repeated
    body = begin + again * megabytes + packer.flush()
    await line.send(head(200, ("Content-Encoding", "gzip"), ("Content-Length", len(body))) + body)
    return True


async def endless(line: Line, asked: Asked) -> bool:
    """A body without an end, and without a word on how long it will be."""
    return await _flood(line, head(200), b"<p>kh\xc3\xb4ng h\xe1\xba\xbft</p>\n" * 4096)


async def huge(line: Line, asked: Asked, size: int = 2 * 1024**3) -> bool:
    """Two gigabytes, as announced."""
    return await _flood(line, head(200, ("Content-Length", size)), b" " * 65536, size)


async def headers(line: Line, asked: Asked) -> bool:
    """A header without an end."""
    block = b"".join(b"X-Dong-%d: %s\r\n" % (n, b"a" * 200) for n in range(300))
    return await _flood(line, b"HTTP/1.1 200 OK\r\n", block)


async def long_line(line: Line, asked: Asked) -> bool:
    """One line of header without an end."""
    return await _flood(line, b"HTTP/1.1 200 OK\r\nX-Dai: ", b"a" * 65536)


async def _flood(line: Line, first: bytes, block: bytes, most: int = 4 * 1024**3) -> bool:
    """Send until the client hangs up."""
    await line.send(first)
    for _ in range(most // len(block)):
        await line.send(block)
    return False


async def redirect(line: Line, asked: Asked, to: str = "", code: int = 302) -> bool:
    """To anywhere; without a place, to itself."""
    await line.send(head(code, ("Location", to or asked.target), ("Content-Length", 0)))
    return True


async def chain(line: Line, asked: Asked) -> bool:
    """A redirect to another address each time, and so for ever: `PATH?buoc=1`, `PATH?buoc=2`."""
    path, _, step = asked.target.partition("?buoc=")
    return await redirect(line, asked, f"{path}?buoc={int(step or 0) + 1}")


async def challenge(line: Line, asked: Asked, passes: bool = True) -> bool:
    """The `D1N` cookie challenge: a script sets a cookie and loads the page anew. Without `passes`, for ever."""
    if passes and f"D1N={COOKIE}" in asked.headers.get("cookie", ""):
        return await well(line, asked)
    body = (
        f'<html><body><script>document.cookie="D1N={COOKIE}"+"; expires=Fri, 31-Dec-37 23:55:55 GMT; path=/";'
        "window.location.reload(true);</script></body></html>"
    ).encode()
    return await answer(line, asked, body)


SCRIPT = '<html><head><script type="text/javascript">{}</script></head><body></body></html>'
COOKIES = {
    "classic": 'document.cookie="D1N={0}"+"; expires=Fri, 31-Dec-37 23:55:55 GMT; path=/";location.reload(true);',
    "another call": "document.cookie='D1N={0}; path=/';window.location=window.location;",
    "href": 'document.cookie="D1N={0}; path=/";location.href=location.href;',
    "history": 'document.cookie="D1N={0}; path=/";history.go(0);',
    "refresh": 'document.cookie="D1N={0}; path=/";</script><meta http-equiv="refresh" content="1"><script>',
    "variable": 'var v="{0}";document.cookie="D1N="+v+"; path=/";setTimeout(function(){{location.reload()}},500);',
    "two": 'document.cookie="first=1; path=/";document.cookie="D1N={0}; path=/";location.reload();',
}


async def script(line: Line, asked: Asked, form: str = "classic") -> bool:
    """The challenge in another of its forms; with `two`, both cookies are wanted."""
    cookies = asked.headers.get("cookie", "")
    if f"D1N={COOKIE}" in cookies and ("first=1" in cookies or form != "two"):
        return await well(line, asked)
    return await answer(line, asked, SCRIPT.format(COOKIES[form].format(COOKIE)).encode())


async def gate(line: Line, asked: Asked, by: str = "redirect", passes: bool = True) -> bool:
    """Wants the cookie back that it sets: by a redirect to the same page, or by a script that loads it anew."""
    if passes and "phien=1" in asked.headers.get("cookie", ""):
        return await well(line, asked)
    cookie = ("Set-Cookie", "phien=1; path=/")
    if by == "redirect":
        await line.send(head(302, cookie, ("Location", asked.target), ("Content-Length", 0)))
        return True
    body = SCRIPT.format("window.location.reload(true);").encode()
    await line.send(head(200, cookie, ("Content-Length", len(body))) + body)
    return True


async def length(line: Line, asked: Asked, by: int = -200) -> bool:
    """A Content-Length that is wrong by so many bytes; where it says too much, the connection ends too early."""
    await line.send(head(200, ("Content-Length", len(asked.good.body) + by)) + asked.good.body)
    return by < 0


async def lengths(line: Line, asked: Asked, values: tuple[str, ...] = ("10", "20")) -> bool:
    """Content-Length several times, or none that is a number."""
    await line.send(head(200, *(("Content-Length", value) for value in values)) + asked.good.body)
    return False


async def bad_chunks(line: Line, asked: Asked) -> bool:
    """Chunked, as it says, and then something else."""
    await line.send(head(200, ("Transfer-Encoding", "chunked")) + b"khong-phai-so\r\n" + asked.good.body)
    return True


async def drop(line: Line, asked: Asked) -> bool:
    """Answers, and closes the connection without having said so."""
    await well(line, asked)
    return False


async def drop_next(line: Line, asked: Asked) -> bool:
    """Answers, waits for the next request on this connection, and closes it unread."""
    await well(line, asked)
    await line.wait()
    return False


async def garbage(line: Line, asked: Asked, lines: bool = True) -> bool:
    """Bytes that are no HTTP, with ends of lines or without."""
    await line.send(b"SSH-2.0-OpenSSH_7.4\r\n\x00\x01\x02 rac rac\r\n\r\n" if lines else bytes(range(128, 256)) * 300)
    return False


async def http09(line: Line, asked: Asked) -> bool:
    """The page without any header, as in 1991."""
    await line.send(asked.good.body)
    return False


KINDS: dict[str, Callable[..., Awaitable[bool]]] = {
    function.__name__.replace("_", "-"): function
    for function in (
        *(
            well,
            status,
            never,
            answer,
            packed,
            stall,
            drip,
            truncated,
            reset,
            close,
            bad_gzip,
            cut_gzip,
            gzip_bomb,
            endless,
            huge,
        ),
        *(
            headers,
            long_line,
            redirect,
            chain,
            challenge,
            script,
            gate,
            length,
            lengths,
            bad_chunks,
            drop,
            drop_next,
            garbage,
            http09,
        ),
    )
}
