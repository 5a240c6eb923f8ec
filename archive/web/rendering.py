"""Pages out of templates. Everything is escaped; what leads out of the archive is a plain link or no link at all."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from datasette.utils.asgi import Response
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

if TYPE_CHECKING:
    from collections.abc import Iterable

    from archive.highlight import Span
    from archive.web.visit import Visit

# Nothing from other hosts, no script or style within a page, no frame around it elsewhere.
POLICY = "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'"
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
}
_ADDRESS = re.compile(r"https?://[^\s\x00-\x20\x7f\"'<>\\^`{|}]+", re.IGNORECASE)


def page(visit: Visit, template: str, status: int = 200, **values: Any) -> Response:
    """Return a page in the visit's language."""
    body = environment().get_template(template).render(v=visit, t=visit.t, **values)
    seconds = visit.room.datasette.setting("default_cache_ttl")
    headers = {**HEADERS, "Content-Language": visit.language, "Cache-Control": f"max-age={seconds}"}
    return Response.html(body, status=status, headers=headers)


def nothing(told: str) -> Response:
    """Return for programs that there is nothing at this address."""
    return Response.json({"ok": False, "error": told, "status": 404}, status=404)


def linkable(url: str) -> bool:
    """Tell whether an address may become a link: one of the web, with a host, without anything odd in it."""
    try:
        return bool(_ADDRESS.fullmatch(url) and urlsplit(url).hostname)
    except ValueError:  # a host or port that is none
        return False


def marked(text: str, spans: Iterable[Span]) -> Markup:
    """Return text with these places marked."""
    made, at = Markup(), 0
    for start, end in spans:
        made += text[at:start] + Markup("<mark>{}</mark>").format(text[start:end])
        at = end
    return made + text[at:]


@cache
def environment() -> Environment:
    """Return the templates."""
    made = Environment(
        loader=PackageLoader("archive.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.tests["linkable"] = linkable
    made.filters["marked"] = marked
    return made
