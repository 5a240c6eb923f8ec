"""A connection to the fault server, and what a healthy server writes to it."""

from __future__ import annotations

import asyncio
import socket
import struct
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.samplesite.model import Response

HTML = "text/html; charset=utf-8"
FOR_EVER = 3600.0  # s; a client has long given up
COOKIE = "5f2b9c0e7a41d3886b1f"


@dataclass(frozen=True)
class Asked:
    """A request as it came, and the good answer to it."""

    target: str
    headers: dict[str, str]
    good: Response


@dataclass
class Line:
    """A connection."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter

    async def send(self, data: bytes) -> None:
        self.writer.write(data)
        await self.writer.drain()

    async def wait(self, seconds: float = FOR_EVER) -> None:
        """Do nothing, until the client goes away or the time is over."""
        with_time_out = asyncio.wait_for(self.reader.read(1), seconds)
        try:
            await with_time_out
        except TimeoutError:
            return

    def reset(self) -> None:
        """End the connection as a crashed host does, with a RST."""
        sock: socket.socket = self.writer.get_extra_info("socket")
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.writer.transport.abort()


def head(status: int, *fields: tuple[str, object], content_type: str = HTML) -> bytes:
    """The header of an answer."""
    lines = "".join(f"{name}: {value}\r\n" for name, value in (("Content-Type", content_type), *fields))
    return f"HTTP/1.1 {status} {HTTPStatus(status).phrase}\r\n{lines}\r\n".encode("latin-1")


async def well(line: Line, asked: Asked) -> bool:
    """The good answer."""
    fields = "".join(f"{name}: {value}\r\n" for name, value in asked.good.headers)
    top = f"HTTP/1.1 {asked.good.status} {HTTPStatus(asked.good.status).phrase}\r\n{fields}"
    await line.send(f"{top}Content-Length: {len(asked.good.body)}\r\n\r\n".encode("latin-1") + asked.good.body)
    return True
