"""The style sheet, the script and the icon. Their addresses change with their content, so browsers may keep them."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.resources import files
from typing import Any

from datasette.utils.asgi import NotFound, Response

TYPES = {
    "room.css": "text/css; charset=utf-8",
    "room.js": "text/javascript; charset=utf-8",
    "icon.svg": "image/svg+xml",
}
_FOR_A_YEAR = "public, max-age=31536000, immutable"


@cache
def content(name: str) -> bytes:
    """Return a file of `static/`."""
    return (files("archive.web") / "static" / name).read_bytes()


@cache
def mark(name: str) -> str:
    """Return a few letters that change with the file."""
    return hashlib.sha256(content(name)).hexdigest()[:8]


async def serve(request: Any) -> Response:
    """Answer a request for one of the files.

    Raises:
        NotFound: there is no such file.
    """
    name = request.url_vars["name"]
    if name not in TYPES:
        raise NotFound(f"there is no file {name}")
    headers = {"Cache-Control": _FOR_A_YEAR, "X-Content-Type-Options": "nosniff"}
    return Response(content(name), content_type=TYPES[name], headers=headers)
