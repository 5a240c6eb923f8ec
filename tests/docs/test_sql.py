"""What docs/sql.md shows runs, and gives what it says."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from archive import Archive, functions
from archive.functions import FUNCTIONS
from archive.questions import QUESTIONS
from archive.views import VIEWS
from tests.archive.research import fill

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator

GUIDE = (Path(__file__).parents[2] / "docs" / "sql.md").read_text("utf-8")
EXAMPLES = re.findall(r"\*\*(.+?)\*\*.*?```sql\n(.+?)```\n\n```text\n(.+?)```", GUIDE, re.DOTALL)


@pytest.fixture(scope="module")
def conn(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    with Archive(fill(tmp_path_factory.mktemp("sql") / "data")) as archive:
        functions.register(archive.conn)
        yield archive.conn


def answer(conn: sqlite3.Connection, sql: str) -> str:
    """Return the rows as the guide shows them, under the names of their columns."""
    found = conn.execute(sql)
    rows = [[column[0] for column in found.description], *([*row] for row in found)]
    return "".join(" | ".join("" if cell is None else str(cell) for cell in row).strip() + "\n" for row in rows)


def test_there_are_ten_questions_each_with_its_answer() -> None:
    assert len(EXAMPLES) == 10
    assert GUIDE.count("```sql") == 10


@pytest.mark.parametrize(("question", "sql", "expected"), EXAMPLES, ids=[example[0] for example in EXAMPLES])
def test_the_answer_is_what_comes_out(conn: sqlite3.Connection, question: str, sql: str, expected: str) -> None:
    assert answer(conn, sql) == expected, question


def test_every_view_function_and_query_is_named() -> None:
    told = set(re.findall(r"`(\w+)", GUIDE))
    assert {*VIEWS, *FUNCTIONS, *(question.name for question in QUESTIONS)} <= told
