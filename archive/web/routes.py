"""Which address is answered by which page, and what holds for all of them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from datasette.utils.asgi import Response

from archive.errors import ArchiveError, TooSlowError
from archive.web import article, coverage, downloads, feeds, files, home, searching
from archive.web.rendering import HEADERS, nothing, page
from archive.web.visit import Visit

if TYPE_CHECKING:
    from archive.web.room import Room

Answer = Callable[[Visit], Awaitable[Any]]
Handler = Callable[..., Awaitable[Any]]

_ID = r"(?P<id>\d{1,19})"
_PAGES: dict[str, Answer] = {
    "search": searching.search,
    r"search\.(?P<form>csv|json)": downloads.download,
    rf"article/{_ID}": article.article,
    rf"article/{_ID}/version/(?P<version>\d{{1,9}})": article.version,
    rf"article/{_ID}\.(?P<form>json|bib|csl\.json)": article.data,
    "coverage": coverage.coverage,
    rf"coverage/(?P<name>{'|'.join(coverage.LISTS)})": coverage.listing,
    r"feed\.atom": feeds.as_atom,
    r"feed\.json": feeds.as_json,
}


def routes(room: Room) -> list[tuple[str, Handler]]:
    """Return patterns of paths, and what answers them."""
    return [
        (r"^/(?P<page>)(?P<language>en/?)?$", _handler(room, home.home)),
        *(
            (rf"^/(?:(?P<language>en)/)?(?P<page>{pattern})$", _handler(room, answer))
            for pattern, answer in _PAGES.items()
        ),
        (r"^/-/thidua/(?P<name>[\w.]+)$", _file),
        (r"^/-/(\.(?P<format>jsono?))?$", _databases),  # what `/` was
    ]


def _handler(room: Room, answer: Answer) -> Handler:
    """Return what Datasette calls for a request."""

    async def handle(request: Any, datasette: Any) -> Any:
        await datasette.ensure_permissions(request.actor, [("view-database", room.database), "view-instance"])
        visit = Visit(room, request, "en" if request.url_vars["language"] else "vi", request.url_vars["page"])
        return _safe(_refused(request) or await _answered(visit, answer))

    return handle


async def _answered(visit: Visit, answer: Answer) -> Any:
    try:
        return await answer(visit)
    except TooSlowError:
        return _sorry(visit, "too_slow")
    except ArchiveError:  # locked, or on a disk that fails: the log of the server says no more than this
        return _sorry(visit, "try_later")


def _refused(request: Any) -> Response | None:
    """Return the answer to a request that no page can answer, None where one may."""
    if request.method not in ("GET", "HEAD"):
        told = "This address can only be read: use GET.\n"
        return Response.text(told, status=405, headers={"Allow": "GET, HEAD"})
    return _hostless(request)


def _hostless(request: Any) -> Response | None:
    """Return the answer to a request whose host is none, so that no page's whole address could be told."""
    try:
        urlsplit(request.url)
    except ValueError:  # such as `[::1`
        return Response.text("The request names a host that is none.\n", status=400)
    return None


def _safe(response: Any) -> Any:
    """Return an answer with the headers that all of ours have; what it says itself goes before."""
    response.headers = {**HEADERS, **response.headers}
    return response


def not_found(room: Room, request: Any) -> Response:
    """Answer a request for a page that neither the room nor Datasette has."""
    path = request.path.removeprefix(str(room.datasette.urls.path("")))
    if path.endswith(".json"):
        return _safe(nothing("there is no such page"))
    if (refused := _hostless(request)) is not None:
        return _safe(refused)
    visit = Visit(room, request, "en" if path.lstrip("/").startswith("en/") else "vi", "")
    return page(visit, "error.html", 404, title=visit.t("not_found"), message="")


def _sorry(visit: Visit, reason: str) -> Response:
    return page(visit, "error.html", 503, title=visit.t("no_answer_now"), message=visit.t(reason))


async def _file(request: Any) -> Response:
    return _safe(_refused(request) or await files.serve(request))


async def _databases(request: Any, datasette: Any) -> Any:
    """Show Datasette's own first page, which lists the databases."""
    from datasette.views.index import IndexView  # noqa: PLC0415 - while it loads its plugins, it has no views yet

    return await IndexView(datasette).dispatch_request(request)
