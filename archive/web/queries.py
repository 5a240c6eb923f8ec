"""Hooks of Datasette that help those who ask in SQL: functions, canned queries, and what tables and columns mean.

`archive.web.plugin` takes them in by importing their names.
"""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

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
def canned_queries(datasette: Any, database: str) -> dict[str, dict[str, Any]]:
    """Offer the questions that an archive can answer."""
    return metadata.queries(tables_of(datasette.get_database(database)))


@_hook
def get_metadata(datasette: Any) -> dict[str, Any]:
    """Say what the tables and columns of each open archive mean. What the publisher's own metadata says goes before."""
    archives = {name: tables for name, db in datasette.databases.items() if (tables := tables_of(db))}
    return {"databases": {name: metadata.of_database(tables) for name, tables in archives.items()}} if archives else {}


_KNOWN: WeakKeyDictionary[Any, metadata.Tables] = WeakKeyDictionary()


def tables_of(db: Any) -> metadata.Tables:
    """Return what an archive, or a copy of one, has; nothing for another database. The number in its head tells."""
    if db in _KNOWN or db.path is None:
        return _KNOWN.get(db, {})
    try:
        with closing(db.connect()) as conn:
            if conn.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
                return {}
            _KNOWN[db] = metadata.tables_of(conn)
    except sqlite3.Error:  # no database, or no leave to read it: Datasette itself will say so
        return {}
    return _KNOWN[db]
