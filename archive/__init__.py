"""The SQLite archive: schema and migrations, what is still to do, writing and search. It knows nothing of Scrapy."""

from archive.errors import (
    ArchiveError,
    ClosedError,
    DamagedError,
    DiskFullError,
    LockedError,
    MissingExtraError,
    NewerSchemaError,
    NoArchiveError,
    NotAFolderError,
    NotAnArchiveError,
    NotFoundError,
    OlderSchemaError,
    OtherThreadError,
    PublicCopyError,
    QueryError,
    ReadOnlyError,
)
from archive.library import Archive

__all__ = [
    "Archive",
    "ArchiveError",
    "ClosedError",
    "DamagedError",
    "DiskFullError",
    "LockedError",
    "MissingExtraError",
    "NewerSchemaError",
    "NoArchiveError",
    "NotAFolderError",
    "NotAnArchiveError",
    "NotFoundError",
    "OlderSchemaError",
    "OtherThreadError",
    "PublicCopyError",
    "QueryError",
    "ReadOnlyError",
]
