"""One archive folder, open: its connection, its transactions, and the checks before anything is touched."""

import os
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self
from urllib.parse import quote

from archive import fulltext, schema
from archive.errors import (
    ClosedError,
    NewerSchemaError,
    NoArchiveError,
    NotAFolderError,
    NotAnArchiveError,
    OlderSchemaError,
    OtherThreadError,
    PublicCopyError,
    ReadOnlyError,
    translated,
)

if TYPE_CHECKING:
    from sqlite_utils import Database

FILE_NAME = "archive.db"
_MAGIC = b"SQLite format 3\x00"
_PATIENCE = 5.0  # seconds to wait for another process that writes

# WAL lets a reader work during a crawl. NORMAL may lose the last transactions with the power, never the file.
_FOR_WRITING = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = NORMAL",
    "PRAGMA wal_autocheckpoint = 4000",  # 16 MB of log: pages that many articles touch are written back once
)
_FOR_ALL = ("PRAGMA foreign_keys = ON", "PRAGMA temp_store = MEMORY", "PRAGMA cache_size = -16000")  # 16 MB


class Archive:
    """An open archive. Use it in a `with` block, from one thread.

    Attributes:
        folder: the archive folder, or the one that a copy lies in.
        path: its `archive.db`, or the copy.
        public: whether it is a copy made by `thidua export sqlite`, which tells of no runs and has no WARC files.
        conn: the connection; every write goes through `write()`.
        readonly: whether writing is refused.
    """

    def __init__(
        self,
        folder: Path | str,
        *,
        create: bool = False,
        readonly: bool = True,
        patience: float = _PATIENCE,
        name: str = FILE_NAME,
    ) -> None:
        """Open the archive in `folder`, for reading unless told otherwise.

        Args:
            folder: the archive folder; for reading, a copy of its database will do too.
            create: make what is missing; for writing only.
            readonly: only look; works while another process writes, and on a read-only disk.
            patience: seconds to wait for another process that writes.
            name: of the database's file in the folder; another than the archive's own while it is made anew.

        Raises:
            ArchiveError: one of its subclasses, with one line that names the path and what to do. The file is then as
                it was before.
        """
        path = _found(Path(folder), name, create=create and not readonly)
        self.folder = path.parent
        self.path = path
        self.readonly = readonly
        self._closed = False
        self._thread = threading.get_ident()
        self.public = False
        with translated(path):
            if path.exists() and path.stat().st_size:
                self.public = _inspect(path, readonly=readonly, patience=patience)
                if not readonly and path == Path(folder):
                    raise NotAFolderError(f"{path}: this is a file; to write, give the folder of the archive")
            self.conn = _connect(path, readonly=readonly, patience=patience)
            try:
                self._prepare()
            except BaseException:
                self.close()
                raise

    @classmethod
    def open(
        cls,
        folder: Path,
        *,
        create: bool = False,
        readonly: bool = False,
        patience: float = _PATIENCE,
        name: str = FILE_NAME,
    ) -> Self:
        """Open the archive in `folder`, for writing unless told otherwise; see the class for the rest."""
        return cls(folder, create=create, readonly=readonly, patience=patience, name=name)

    def _prepare(self) -> None:
        self.conn.create_function("remembered_id", 1, lambda _key: None)  # of a page: see `archive.renewal`
        for pragma in _FOR_ALL:
            self.conn.execute(pragma)
        if self.readonly:
            return
        with self.write():  # shows at once whether another process, the permissions or the disk forbid writing
            pass
        for pragma in _FOR_WRITING:
            self.conn.execute(pragma)
        if schema.names() - schema.applied(self.conn):
            with self.write():
                self.conn.execute(f"PRAGMA application_id = {schema.APPLICATION_ID}")
                schema.apply(self.db)

    @cached_property
    def db(self) -> "Database":
        """The same connection, as sqlite-utils sees it."""
        from sqlite_utils import Database  # noqa: PLC0415 - loads pandas where that is installed: 0.4 s a command

        return Database(self.conn, recursive_triggers=False, execute_plugins=False)

    @contextmanager
    def write(self) -> Iterator[sqlite3.Connection]:
        """Give the connection in one transaction: stored whole at the end of the block, not at all on an error.

        Blocks may be nested: the outermost one is the transaction, and an error inside undoes the inner one.

        Raises:
            ArchiveError: the disk is full, the archive locked, read-only or damaged.
        """
        if self.conn.in_transaction:
            with self._inside():
                yield self.conn
            return
        with translated(self.path):
            try:
                self.begin()
                yield self.conn
                self.commit()
            except BaseException:
                self.conn.rollback()  # does nothing where the error has already ended the transaction
                raise

    def begin(self) -> None:
        """Begin a transaction that `commit` ends; for `write` and `archive.group`."""
        self.conn.execute("BEGIN IMMEDIATE")
        fulltext.prepare(self.conn)

    def commit(self) -> None:
        """Index what the open transaction has stored, and make all of it permanent; see `begin`."""
        fulltext.settle(self.conn)
        self.conn.execute("COMMIT")

    @contextmanager
    def _inside(self) -> Iterator[None]:
        """Make the block a part of the transaction that can be undone alone."""
        with translated(self.path):
            self.conn.execute("SAVEPOINT inner_block")
            try:
                yield
            except BaseException:
                if self.conn.in_transaction:  # a full disk ends the whole of it
                    self.conn.execute("ROLLBACK TO inner_block")
                    self.conn.execute("RELEASE inner_block")
                raise
            self.conn.execute("RELEASE inner_block")

    @contextmanager
    def read(self) -> Iterator[sqlite3.Connection]:
        """Give the connection for several queries that see one state, whatever another process stores meanwhile.

        Raises:
            ArchiveError: the archive is locked, damaged or closed, or was opened by another thread.
        """
        if self._closed:
            raise ClosedError(f"{self.path}: has been closed; ask inside the `with` block")
        if threading.get_ident() != self._thread:
            raise OtherThreadError(f"{self.path}: is open in another thread; open it anew in each thread")
        if self.conn.in_transaction:
            yield self.conn
            return
        with translated(self.path):
            self.conn.execute("BEGIN")
            try:
                yield self.conn
            finally:
                self.conn.rollback()

    def close(self) -> None:
        """Close the connection. The archive cannot be used after that."""
        self._closed = True
        self.conn.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _found(folder: Path, name: str, *, create: bool) -> Path:
    """Return the database's path inside `folder`, which exists when this returns; or `folder`, if it is a database."""
    try:
        if folder.is_file() and _starts_as_database(folder):
            return folder
        if create:
            folder.mkdir(parents=True, exist_ok=True)
        if not folder.exists():
            raise NoArchiveError(f"{folder}: there is no such folder; crawl into it first, or check the path")
        path = folder / name
        if not folder.is_dir():
            raise NotAFolderError(f"{folder}: this is a file; give a folder for the archive")
        if not create and not (path.exists() and path.stat().st_size):
            raise NoArchiveError(f"{folder}: holds no archive ({name}); crawl into it first, or check the path")
    except (FileExistsError, NotADirectoryError):
        raise NotAFolderError(f"{folder}: this is a file, or lies under one; give a folder for the archive") from None
    except OSError as error:
        raise ReadOnlyError(f"{folder}: {error.strerror}; give write permission or use another folder") from error
    return path


def _starts_as_database(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(len(_MAGIC)) == _MAGIC


def _inspect(path: Path, *, readonly: bool, patience: float) -> bool:
    """Look at an existing file without writing to it, and tell whether it is a public copy.

    Raises:
        ArchiveError: it is no archive that this program can use.
    """
    try:
        known = _starts_as_database(path)
    except IsADirectoryError:
        raise NotAnArchiveError(f"{path}: this is a folder, not a database; choose another archive folder") from None
    except OSError as error:
        raise ReadOnlyError(f"{path}: {error.strerror}; check the permissions of the file") from error
    if not known:
        raise NotAnArchiveError(f"{path}: the file is not a SQLite database; choose another folder")
    conn = _connect(path, readonly=True, patience=patience)
    try:
        if _is_public(conn, path):
            if not readonly:
                raise PublicCopyError(f"{path}: is a copy to be read, not an archive; give the folder of the archive")
            return True
        _check_schema(conn, path, readonly=readonly)
    finally:
        conn.close()
    return False


def _is_public(conn: sqlite3.Connection, path: Path) -> bool:
    """Tell whether the file is a copy for the public, and raise if a later version of this program made it."""
    ((ours,), (kind,)) = (conn.execute(f"PRAGMA {name}").fetchone() for name in ("application_id", "user_version"))
    if ours != schema.APPLICATION_ID or not kind:
        return False
    if kind > schema.PUBLIC_COPY:
        raise NewerSchemaError(f"{path}: was exported by a later version of thidua; update thidua to use it")
    return True


def _check_schema(conn: sqlite3.Connection, path: Path, *, readonly: bool) -> None:
    applied = schema.applied(conn)
    tables = {name for (name,) in conn.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if not applied and tables - {schema.LEDGER}:
        raise NotAnArchiveError(f"{path}: this is the database of another program; choose another folder")
    later = applied - schema.names()
    if later:
        raise NewerSchemaError(
            f"{path}: was written by a later version of thidua (migration {min(later)}); update thidua to use it"
        )
    if readonly and schema.names() - applied:
        raise OlderSchemaError(
            f"{path}: was written by an earlier version of thidua; crawl, or run `thidua reparse --apply`, to update it"
        )


def _connect(path: Path, *, readonly: bool, patience: float) -> sqlite3.Connection:
    """Open the file. A database on a read-only or full disk that nobody is writing to is opened as immutable."""
    address = f"file:{quote(str(path.absolute()))}"
    if not readonly:
        return _autocommit(f"{address}?mode=rwc", patience)
    conn = _autocommit(f"{address}?mode=ro", patience)
    try:
        conn.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone()
    except sqlite3.DatabaseError as error:
        conn.close()
        # A reader of a WAL database needs its -shm file: it cannot be made where nothing may be written, or is no room.
        refused = error.sqlite_errorcode & 0xFF in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY)
        forbidden = refused and not os.access(path.parent, os.W_OK)
        if _has_log(path) or not (forbidden or error.sqlite_errorcode == sqlite3.SQLITE_IOERR_SHMSIZE):
            raise
        return _autocommit(f"{address}?mode=ro&immutable=1", patience)
    return conn


def _has_log(path: Path) -> bool:
    log = path.with_name(path.name + "-wal")
    return log.exists() and log.stat().st_size > 0


def _autocommit(address: str, patience: float) -> sqlite3.Connection:
    """Connect so that transactions are ours alone to begin and end; statements of the hot path stay prepared."""
    return sqlite3.connect(address, uri=True, timeout=patience, isolation_level=None, cached_statements=256)
