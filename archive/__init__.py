"""The SQLite archive: schema and migrations, what is still to do, writing and search. It knows nothing of Scrapy."""

from archive.errors import (
    ArchiveError,
    DamagedError,
    DiskFullError,
    LockedError,
    NewerSchemaError,
    NoArchiveError,
    NotAFolderError,
    NotAnArchiveError,
    NotFoundError,
    OlderSchemaError,
    QueryError,
    ReadOnlyError,
)
from archive.library import Archive

__all__ = [
    "Archive",
    "ArchiveError",
    "DamagedError",
    "DiskFullError",
    "LockedError",
    "NewerSchemaError",
    "NoArchiveError",
    "NotAFolderError",
    "NotAnArchiveError",
    "NotFoundError",
    "OlderSchemaError",
    "QueryError",
    "ReadOnlyError",
]
