"""What can go wrong with an archive. Every message is one line that names the path and says what to do."""

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class ArchiveError(Exception):
    """The archive cannot be used as asked. All errors of this package that a user can meet derive from it."""


class NotAFolderError(ArchiveError):
    """The archive's path is a file, or a folder above it is one. Raised on opening."""


class NoArchiveError(ArchiveError):
    """There is no archive at the path, and none was to be made. Raised on opening."""


class NotAnArchiveError(ArchiveError):
    """`archive.db` is no SQLite file, or another program's database. Raised on opening, before anything is written."""


class NewerSchemaError(ArchiveError):
    """A later version of this program has written the archive. Raised on opening, before anything is written."""


class OlderSchemaError(ArchiveError):
    """The archive needs a migration, but was opened for reading only."""


class PublicCopyError(ArchiveError):
    """A copy made by `thidua export sqlite` was to be written. Raised on opening, before anything is written."""


class ReadOnlyError(ArchiveError):
    """The archive cannot be written: its folder, its file or its disk is read-only."""


class LockedError(ArchiveError):
    """Another process kept the archive locked for longer than we were ready to wait."""


class DiskFullError(ArchiveError):
    """No room is left on the disk. What was stored before is intact."""


class DiskError(ArchiveError):
    """The system could not read or write the file as asked: the disk may be full, unplugged or failing."""


class ClosedError(ArchiveError):
    """The archive was closed before the question was asked, or while its answer was walked through."""


class OtherThreadError(ArchiveError):
    """An open archive was asked from another thread than the one that opened it, which SQLite's connections forbid."""


class DamagedError(ArchiveError):
    """SQLite finds the file's structure broken."""


class RecordError(ArchiveError):
    """A WARC file is not there, is cut short, or holds something else where a record should be."""


class NoRecordsError(ArchiveError):
    """What was asked for is made of captured pages, and the archive, or what was chosen of it, has no record of any."""


class OutputExistsError(ArchiveError):
    """Something is where an export is to be written, and may not be replaced; or it is no place for a file."""


class MissingExtraError(ArchiveError):
    """What was asked for needs a library that is not installed. The message says how to install it."""


class QueryError(ArchiveError):
    """A search query that means nothing. The message says what is wrong with it and where.

    `reason` and `value` say the same to who tells it in other words: a short name, and what was at fault.
    """

    def __init__(self, message: str, reason: str = "", value: object = "") -> None:
        super().__init__(message)
        self.reason = reason
        self.value = value


class TooSlowError(ArchiveError):
    """A question was given up because it took longer than a web server may work on it."""


class NotFoundError(ArchiveError):
    """No article of the archive has the id or URL that was asked for."""


_NO_ROOM = (DiskFullError, "the disk is full; make room and run the command again, nothing stored is lost")
_BY_CODE: dict[int, tuple[type[ArchiveError], str]] = {
    sqlite3.SQLITE_FULL: _NO_ROOM,
    sqlite3.SQLITE_IOERR_SHMSIZE: _NO_ROOM,  # none even for the file that readers and a writer share
    sqlite3.SQLITE_IOERR: (
        DiskError,
        "the disk cannot be read or written; see whether it has room and is sound, and run the command again",
    ),
    sqlite3.SQLITE_BUSY: (LockedError, "another process is writing to it; wait for that to end and try again"),
    sqlite3.SQLITE_LOCKED: (LockedError, "another process is writing to it; wait for that to end and try again"),
    sqlite3.SQLITE_READONLY: (ReadOnlyError, "it is read-only; give write permission or use another folder"),
    sqlite3.SQLITE_CANTOPEN: (ReadOnlyError, "it cannot be opened; check the permissions of the folder and its files"),
    sqlite3.SQLITE_PERM: (ReadOnlyError, "access is denied; check the permissions of the folder and its files"),
    sqlite3.SQLITE_CORRUPT: (
        DamagedError,
        "the file is damaged and was left as it is; restore a copy, or run `thidua reparse --from-scratch`",
    ),
    sqlite3.SQLITE_INTERRUPT: (TooSlowError, "the question took too long and was given up; ask for less at once"),
    sqlite3.SQLITE_NOTADB: (NotAnArchiveError, "the file is not a SQLite database; choose another folder"),
}


def translate(error: sqlite3.Error, path: Path) -> ArchiveError:
    """Return the archive's own error for one of SQLite's, by its result code, extended or primary."""
    code = getattr(error, "sqlite_errorcode", None)
    known = (_BY_CODE.get(code) or _BY_CODE.get(code & 0xFF)) if code is not None else None
    if known is None:
        return ArchiveError(f"{path}: {error}")
    kind, advice = known
    return kind(f"{path}: {advice}")


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Turn SQLite's errors inside the block into `ArchiveError`s that name `path`."""
    try:
        yield
    except (sqlite3.IntegrityError, sqlite3.ProgrammingError):
        raise  # a fault of this program, not of the user's disk: let it be seen
    except sqlite3.DatabaseError as error:
        raise translate(error, path) from error


_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


@contextmanager
def translated_writing(path: Path) -> Iterator[None]:
    """Turn the system's errors inside the block into `ArchiveError`s that name `path`, a file to be written."""
    try:
        yield
    except OSError as error:
        if error.errno in _FULL:
            message = f"{path}: the disk is full; make room and run the command again, nothing stored is lost"
            raise DiskFullError(message) from error
        raise ReadOnlyError(f"{path}: {error.strerror}; give write permission or use another folder") from error
