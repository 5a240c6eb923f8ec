"""Opening an archive: what is not one is named in one clear line, and left as it was."""

import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from archive import (
    Archive,
    ArchiveError,
    DamagedError,
    LockedError,
    NewerSchemaError,
    NoArchiveError,
    NotAFolderError,
    NotAnArchiveError,
    OlderSchemaError,
    ReadOnlyError,
)
from archive.schema import APPLICATION_ID
from archive.store import save
from tests.archive.build import article


def made(folder: Path) -> Path:
    """Make an archive with one article; return its database."""
    with Archive.open(folder, create=True) as archive:
        save(archive, article(1))
    return folder / "archive.db"


def foreign(path: Path, statement: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    conn = sqlite3.connect(path)
    conn.execute(statement)
    conn.commit()
    conn.close()
    return path


def refuse(folder: Path, error: type[ArchiveError], complaint: str) -> None:
    """Check that every way of opening is refused with one line that names the path."""
    ways: tuple[dict[str, Any], ...] = ({}, {"create": True}, {"readonly": True})
    for options in ways:
        with pytest.raises(error, match=complaint) as raised:
            Archive.open(folder, patience=0.1, **options)
        assert str(folder) in str(raised.value)
        assert "\n" not in str(raised.value)


def test_makes_the_folder_and_the_archive_where_there_are_none(tmp_path: Path) -> None:
    with Archive.open(tmp_path / "a" / "b", create=True) as archive:
        assert "articles" in archive.db.table_names()


def test_what_was_stored_is_there_again(tmp_path: Path) -> None:
    made(tmp_path)
    with Archive.open(tmp_path) as archive:
        assert archive.conn.execute("SELECT count(*) FROM articles").fetchone() == (1,)


def test_the_file_says_whose_it_is(tmp_path: Path) -> None:
    header = made(tmp_path).read_bytes()[:100]
    assert int.from_bytes(header[68:72], "big") == APPLICATION_ID


@pytest.mark.parametrize("readonly", [True, False])
def test_a_folder_that_is_not_there_is_not_made_unasked(tmp_path: Path, *, readonly: bool) -> None:
    with pytest.raises(NoArchiveError, match="no such folder"):
        Archive.open(tmp_path / "none", readonly=readonly)
    assert not (tmp_path / "none").exists()


def test_a_folder_without_an_archive_says_so(tmp_path: Path) -> None:
    with pytest.raises(NoArchiveError, match="holds no archive"):
        Archive.open(tmp_path)
    assert not list(tmp_path.iterdir())


def test_an_empty_file_is_an_archive_that_was_never_begun(tmp_path: Path) -> None:
    (tmp_path / "archive.db").touch()
    with pytest.raises(NoArchiveError):
        Archive.open(tmp_path, readonly=True)
    Archive.open(tmp_path, create=True).close()


def test_a_path_that_is_a_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "data"
    path.write_text("một danh sách")
    refuse(path, NotAFolderError, "this is a file")
    assert path.read_text() == "một danh sách"


def test_a_path_under_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("một danh sách")
    with pytest.raises(NotAFolderError, match="this is a file"):
        Archive.open(tmp_path / "data" / "archive", create=True)


def test_a_file_that_is_no_database_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    path.write_bytes(b"PK\x03\x04 not a database" * 100)
    before = path.read_bytes()
    refuse(tmp_path, NotAnArchiveError, "not a SQLite database")
    assert path.read_bytes() == before


def test_the_database_of_another_program_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = foreign(tmp_path / "archive.db", "CREATE TABLE contacts(name TEXT)")
    before = path.read_bytes()
    refuse(tmp_path, NotAnArchiveError, "another program")
    assert path.read_bytes() == before
    assert [each.name for each in tmp_path.iterdir()] == ["archive.db"]


def test_a_folder_in_the_place_of_the_database_is_refused(tmp_path: Path) -> None:
    (tmp_path / "archive.db" / "x").mkdir(parents=True)
    refuse(tmp_path, NotAnArchiveError, "this is a folder")


def test_an_archive_of_a_later_version_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = foreign(
        made(tmp_path),
        "INSERT INTO _sqlite_migrations(migration_set, name, applied_at) VALUES ('thidua', 'm999_tomorrow', '2099')",
    )
    before = path.read_bytes()
    refuse(tmp_path, NewerSchemaError, "later version of thidua.*m999_tomorrow")
    assert path.read_bytes() == before


def test_tables_and_migrations_of_others_beside_ours_do_no_harm(tmp_path: Path) -> None:
    path = foreign(made(tmp_path), "CREATE TABLE my_notes(article_id INTEGER)")
    foreign(path, "INSERT INTO _sqlite_migrations(migration_set, name, applied_at) VALUES ('mine', 'm1', '2024')")
    Archive.open(tmp_path).close()


def test_an_archive_of_an_earlier_version_is_brought_up_to_date_by_writing_only(tmp_path: Path) -> None:
    path = foreign(made(tmp_path), "DELETE FROM _sqlite_migrations WHERE name = 'm006_boilerplate'")
    foreign(path, "DROP TABLE edge_sites")
    foreign(path, "DROP TABLE edge_blocks")
    with pytest.raises(OlderSchemaError, match="earlier version"):
        Archive.open(tmp_path, readonly=True)
    with Archive.open(tmp_path) as archive:
        assert "edge_blocks" in archive.db.table_names()


def test_keys_of_an_earlier_version_get_their_escapes_in_one_form(tmp_path: Path) -> None:
    path = foreign(made(tmp_path), "DELETE FROM _sqlite_migrations WHERE name = 'm019_escapes'")
    foreign(path, "UPDATE pages SET key = 'noivu.example/X%c3%a3/bài%2D1?tu=khóa'")
    with Archive.open(tmp_path) as archive:
        keys = [row[0] for row in archive.conn.execute("SELECT key FROM pages")]
    assert keys == ["noivu.example/X%C3%A3/b%C3%A0i-1?tu=khóa"]


def test_doubts_of_an_earlier_version_are_kept(tmp_path: Path) -> None:
    path = foreign(made(tmp_path), "DELETE FROM _sqlite_migrations WHERE name = 'm017_sources'")
    foreign(path, "DROP TABLE sources")
    foreign(path, "DROP TABLE doubts")
    foreign(path, "CREATE TABLE doubts(page_id INTEGER PRIMARY KEY, digest TEXT, run_id INTEGER)")
    foreign(path, "INSERT INTO doubts VALUES (1, 'abc', 7)")
    with Archive.open(tmp_path) as archive:
        assert archive.conn.execute("SELECT * FROM doubts").fetchall() == [(1, "abc", 7)]


def test_a_damaged_file_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = made(tmp_path)
    whole = path.read_bytes()
    path.write_bytes(whole[:100] + b"\xff" * (len(whole) - 100))
    before = path.read_bytes()
    refuse(tmp_path, DamagedError, "damaged")
    assert path.read_bytes() == before


def test_a_truncated_file_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = made(tmp_path)
    path.write_bytes(path.read_bytes()[:1000])
    before = path.read_bytes()
    refuse(tmp_path, ArchiveError, "damaged|not a SQLite database")
    assert path.read_bytes() == before


def test_an_archive_that_another_process_writes_to_is_named_as_locked(tmp_path: Path) -> None:
    other = sqlite3.connect(made(tmp_path), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(LockedError, match="another process"):
        Archive.open(tmp_path, patience=0.1)
    other.close()


def test_an_archive_that_another_process_writes_to_can_be_read(tmp_path: Path) -> None:
    other = sqlite3.connect(made(tmp_path), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with Archive.open(tmp_path, readonly=True, patience=0.1) as archive:
        assert archive.conn.execute("SELECT count(*) FROM articles").fetchone() == (1,)
    other.close()


def test_an_archive_opened_for_reading_refuses_to_be_written(tmp_path: Path) -> None:
    made(tmp_path)
    with Archive.open(tmp_path, readonly=True) as archive, pytest.raises(ReadOnlyError, match="read-only"):
        save(archive, article(2))


def test_opening_twice_changes_nothing(tmp_path: Path) -> None:
    path = made(tmp_path)
    Archive.open(tmp_path).close()
    before = path.read_bytes()
    Archive.open(tmp_path).close()
    Archive.open(tmp_path, readonly=True).close()
    assert path.read_bytes() == before


OPEN = """
import os, pathlib, sys
from archive import Archive, ArchiveError
if os.geteuid() == 0:
    os.setuid(65534)  # nobody: root may write anywhere
try:
    with Archive.open(pathlib.Path(sys.argv[1]), **eval(sys.argv[2])) as archive:
        print(archive.conn.execute("SELECT count(*) FROM articles").fetchone()[0], "articles")
except ArchiveError as error:
    print(type(error).__name__, error)
"""


def open_as_nobody(folder: Path, options: str) -> str:
    """Open an archive as a user whom permissions bind; return what that said."""
    command = [sys.executable, "-c", OPEN, str(folder), options]
    answer = subprocess.run(command, capture_output=True, text=True, check=False)
    assert answer.stderr == ""
    return answer.stdout.strip()


@pytest.fixture
def shelf() -> Iterator[Path]:
    """A folder that every user can reach, with an archive that none may change."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = made(folder)
        path.chmod(0o444)
        folder.chmod(0o555)
        yield folder
        folder.chmod(0o755)


def test_a_read_only_folder_is_named(shelf: Path) -> None:
    before = (shelf / "archive.db").read_bytes()
    said = open_as_nobody(shelf, "{}")
    assert said.startswith(f"ReadOnlyError {shelf}")
    assert "write permission" in said or "permissions" in said
    assert (shelf / "archive.db").read_bytes() == before


def test_an_archive_in_a_read_only_folder_can_be_read(shelf: Path) -> None:
    assert open_as_nobody(shelf, "{'readonly': True}") == "1 articles"


def test_a_new_archive_in_a_read_only_folder_is_refused(shelf: Path) -> None:
    said = open_as_nobody(shelf / "new", "{'create': True}")
    assert said.startswith(f"ReadOnlyError {shelf / 'new'}")


def test_a_file_that_may_not_be_read_is_named(shelf: Path) -> None:
    (shelf / "archive.db").chmod(0o000)
    said = open_as_nobody(shelf, "{'readonly': True}")
    assert said.startswith(f"ReadOnlyError {shelf}")
