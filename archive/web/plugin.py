"""What Datasette loads (the entry point in pyproject.toml): the reading room, and help for those who ask in SQL.

Where none of the databases is an archive, Datasette is as it would be without us, but for a few functions in SQL.
"""

from collections.abc import Callable, Generator
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

from datasette import hookimpl
from datasette.utils.asgi import NotFound

from archive.web.followed import follow
from archive.web.queries import canned_queries, get_metadata, prepare_connection
from archive.web.room import Room, find_room
from archive.web.routes import Handler, not_found, routes

__all__ = ["canned_queries", "get_metadata", "handle_exception", "menu_links", "prepare_connection", "register_routes"]

F = TypeVar("F", bound=Callable[..., Any])

_names: WeakKeyDictionary[Any, str] = WeakKeyDictionary()  # what each running Datasette calls its archive


def _hook(function: F, **options: bool) -> F:
    """Mark a function as a hook, its types kept: Datasette has none."""
    hookimpl(function, **options)
    return function


@_hook
def register_routes(datasette: Any) -> list[tuple[str, Handler]]:
    """Return the pages of the reading room."""
    room = find_room(datasette)
    if room is None:
        return []
    follow(datasette)
    _names[datasette] = room.database
    return routes(room)


def handle_exception(datasette: Any, request: Any, exception: Exception) -> Generator[None, Any, None]:
    """Say in the room's own words that a page is not there.

    Datasette's words come with a report of many lines on the terminal where `rich` is installed, as it is with thidua,
    and for some addresses that report fails.
    """
    outcome = yield
    if datasette in _names and isinstance(exception, NotFound):
        outcome.force_result([not_found(Room(datasette, _names[datasette]), request)])


_hook(handle_exception, hookwrapper=True)


@_hook
def menu_links(datasette: Any) -> list[dict[str, str]]:
    """Return the way back from Datasette's own pages."""
    return [{"href": str(datasette.urls.instance()), "label": "Phòng đọc"}] if datasette in _names else []
