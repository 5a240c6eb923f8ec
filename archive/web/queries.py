"""Hooks of Datasette that help those who ask in SQL: functions, canned queries, and what tables and columns mean.

`archive.web.plugin` takes them in by importing their names.
"""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from typing import Any, TypeVar
from weakref import WeakSet

from datasette import hookimpl

from archive import functions
from archive.schema import APPLICATION_ID
from archive.web import metadata

F = TypeVar("F", bound=Callable[..., Any])


def _hook(function: F) -> F:
    """Mark a function as a hook, its types kept: Datasette has none."""
    hookimpl(function)
    return function


@_hook
def prepare_connection(conn: sqlite3.Connection) -> None:
    """Give every connection our functions; they do no harm to other databases."""
    functions.register(conn)


@_hook
async def canned_queries(datasette: Any, database: str) -> dict[str, dict[str, Any]]:
    """Offer the questions that an archive can answer."""
    db = datasette.get_database(database)
    if not is_archive(db):
        return {}
    return metadata.queries([*await db.table_names(), *await db.view_names()])


@_hook
def get_metadata(datasette: Any) -> dict[str, Any]:
    """Say what the tables and columns of each open archive mean. What the publisher's own metadata says goes before."""
    said = {name: metadata.of_database() for name, db in datasette.databases.items() if is_archive(db)}
    return {"databases": said} if said else {}


_ARCHIVES: WeakSet[Any] = WeakSet()  # what was once found to be one stays one


def is_archive(db: Any) -> bool:
    """Tell whether a database of Datasette is an archive, or a copy of one, by the number in its head."""
    if db in _ARCHIVES or db.path is None:
        return db in _ARCHIVES
    try:
        with closing(db.connect()) as conn:
            found = conn.execute("PRAGMA application_id").fetchone()[0] == APPLICATION_ID
    except sqlite3.Error:  # no database, or no leave to read it: Datasette itself will say so
        return False
    if found:
        _ARCHIVES.add(db)
    return bool(found)
