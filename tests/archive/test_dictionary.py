"""The data dictionary says what is in a fresh archive, all of it and nothing else."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from archive.dictionary import INTERNAL, TABLES

if TYPE_CHECKING:
    from archive import Archive

DOCS = Path(__file__).parents[2] / "docs" / "archive.md"


def columns(archive: Archive, name: str) -> list[str]:
    return [row[1] for row in archive.conn.execute(f"PRAGMA table_info([{name}])")]


def test_every_table_and_view_is_described_or_internal(archive: Archive) -> None:
    there = {name for (name,) in archive.conn.execute("SELECT name FROM sqlite_master WHERE type IN ('table', 'view')")}
    assert there == {name for name, table in TABLES.items() if not table.copied} | set(INTERNAL)
    assert not set(TABLES) & set(INTERNAL)


def test_every_column_is_described_in_its_order(archive: Archive) -> None:
    for name, table in TABLES.items():
        if not table.copied:
            assert list(table.columns) == columns(archive, name), name


def test_what_is_a_view_and_what_names_a_row_is_true(archive: Archive) -> None:
    views = set(archive.db.view_names())
    assert {name for name, table in TABLES.items() if table.view} == views
    for name, table in TABLES.items():
        assert set(table.key) <= set(table.columns), name
        if name not in views and name != "articles_fts" and not table.copied:
            assert table.key == tuple(archive.db.table(name).pks), name


def test_every_description_is_a_short_line() -> None:
    for name, table in TABLES.items():
        for text in (table.title, table.title_vi, table.text, table.text_vi):
            assert text.strip() == text != "", name
        for column, described in table.columns.items():
            assert 0 < len(described.text) <= 100, (name, column)
            assert not described.text.endswith("."), (name, column)
            assert "\n" not in described.description


def test_the_document_tells_of_every_public_table_and_of_no_other() -> None:
    told = DOCS.read_text("utf-8")
    assert [name for name in TABLES if f"`{name}`" not in told] == []
    rows = re.findall(r"^\|(.+?)\|", told.partition("## Articles")[2], re.MULTILINE)
    named = {name for row in rows for name in re.findall(r"`(\w+)`", row)}
    assert named <= {*TABLES, *TABLES["articles"].columns}
