"""Asking the archive on a connection that another program opened."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from archive.errors import TooSlowError
from archive.reader import borrowed, has
from archive.show import show
from archive.status import status
from archive.store import save
from tests.archive.build import article

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archive import Archive

ENDLESS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"


@pytest.fixture
def theirs(archive: Archive) -> Iterator[sqlite3.Connection]:
    """A connection as Datasette makes them."""
    save(archive, article(1))
    with closing(sqlite3.connect(f"file:{archive.path}?mode=ro", uri=True)) as conn:
        conn.row_factory = sqlite3.Row
        yield conn


def test_the_archives_questions_are_answered(archive: Archive, theirs: sqlite3.Connection) -> None:
    with borrowed(theirs, archive.path, 5) as reader:
        assert show(reader, 1) == show(archive, 1)
        assert status(reader) == status(archive)


def test_the_connection_is_then_as_it_was(archive: Archive, theirs: sqlite3.Connection) -> None:
    with pytest.raises(KeyError), borrowed(theirs, archive.path, 5):
        raise KeyError
    assert theirs.row_factory is sqlite3.Row
    assert not theirs.in_transaction


def test_what_is_stored_meanwhile_is_not_seen(archive: Archive, theirs: sqlite3.Connection) -> None:
    with borrowed(theirs, archive.path, 5) as reader:
        before = status(reader).articles
        save(archive, article(2))
        assert status(reader).articles == before
    with borrowed(theirs, archive.path, 5) as reader:
        assert status(reader).articles == before + 1


def test_what_takes_too_long_is_given_up(archive: Archive, theirs: sqlite3.Connection) -> None:
    with pytest.raises(TooSlowError, match="took too long"), borrowed(theirs, archive.path, 0.05) as reader:
        reader.conn.execute(ENDLESS).fetchone()
    assert theirs.execute("SELECT count(*) FROM articles").fetchone()[0] == 1, "the next question has its own time"


def test_whether_a_table_is_there_can_be_asked(archive: Archive) -> None:
    assert has(archive.conn, "runs")
    assert not has(archive.conn, "sales")
