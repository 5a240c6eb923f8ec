"""Runs a server in a thread of its own while a `with` block lasts."""

from __future__ import annotations

import asyncio
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator


class Starts(Protocol):
    """What can be run: it listens once started, and lets go of its connections in the end."""

    async def start(self, port: int = 0) -> asyncio.Server:
        """Listen on loopback; port 0 takes a free one."""

    def close_connections(self) -> None:
        """Let go of every connection."""


@contextmanager
def running(server: Starts, name: str, port: int = 0) -> Iterator[None]:
    """Run the server; it has let go of everything when the block has ended."""
    loop, stop, ready = asyncio.new_event_loop(), asyncio.Event(), threading.Event()

    async def main() -> None:
        listening = await server.start(port)
        ready.set()
        await stop.wait()
        listening.close()
        server.close_connections()
        await asyncio.sleep(0.05)  # what was cancelled closes its connection

    thread = threading.Thread(target=loop.run_until_complete, args=(main(),), name=name, daemon=True)
    thread.start()
    if not ready.wait(10):
        raise RuntimeError(f"the {name} did not start within 10 seconds")
    try:
        yield
    finally:
        loop.call_soon_threadsafe(stop.set)
        thread.join(10)
        loop.close()
