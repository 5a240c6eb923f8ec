"""Datasette with one archive, on a port of this machine."""

from __future__ import annotations

import os
import socket
import webbrowser
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from archive.errors import ArchiveError, MissingExtraError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_GRACE = 2  # seconds that answers under way have when the server is stopped


class PortError(ArchiveError):
    """The reading room cannot listen where it was told to."""


def serve(path: Path, host: str, port: int, ready: Callable[[str], None], *, browse: bool = False) -> None:
    """Serve the archive until the process is told to stop.

    Args:
        path: the database's file.
        host: the address to listen on.
        port: the port; 0 for any that is free.
        ready: called with the address to open, once it is listening.
        browse: open it in the browser of this machine.

    Raises:
        MissingExtraError: Datasette is not installed.
        PortError: the port is taken, or the host is none of this machine's.
    """
    try:
        import uvicorn  # noqa: PLC0415 - an extra
        from datasette.app import Datasette  # noqa: PLC0415 - the same
    except ModuleNotFoundError as error:
        raise MissingExtraError("the reading room needs Datasette: pip install 'thidua[web]'") from error
    with _listening(host, port) as listening:
        app = Datasette(**_opened(path)).app()
        url = f"http://{_shown(host)}:{listening.getsockname()[1]}/"
        ready(url)  # whoever comes now waits until the server takes up the work
        if browse:
            webbrowser.open(url)
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning", timeout_graceful_shutdown=_GRACE))
        with suppress(KeyboardInterrupt):  # the server has seen to it already
            server.run(sockets=[listening])


def _opened(path: Path) -> dict[str, Any]:
    """Return how Datasette is to open the file: as one that may change meanwhile, wherever that is possible.

    SQLite reads a file that may change with the help of a second one beside it. Where nothing can be written that
    cannot be made, and nobody is changing the file either.
    """
    changes = os.access(path.parent, os.W_OK) or path.with_name(path.name + "-shm").exists()
    return {"files": [str(path)]} if changes else {"files": [], "immutables": [str(path)]}


def _listening(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except OverflowError:
        raise PortError(f"--port {port}: choose one from 1 to 65535") from None
    except OSError as error:
        reason = (error.strerror or str(error)).partition(" (while")[0]  # what follows names host and port again
        raise PortError(f"{host}:{port}: {reason}; choose another --port or --host") from error


def _shown(host: str) -> str:
    """Return the host as a browser on this machine takes it."""
    if host in ("", "0.0.0.0", "::"):  # noqa: S104 - all addresses of this machine, among them this one
        return "127.0.0.1"
    return f"[{host}]" if ":" in host else host
