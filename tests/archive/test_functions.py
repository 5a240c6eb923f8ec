"""The functions that SQL is given."""

from __future__ import annotations

import json
import sqlite3
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive import functions
from archive.functions import FUNCTIONS


@pytest.fixture(scope="module")
def conn() -> sqlite3.Connection:
    made = sqlite3.connect(":memory:")
    functions.register(made)
    return made


def value(conn: sqlite3.Connection, sql: str, *values: Any) -> Any:
    return conn.execute(f"SELECT {sql}", values).fetchone()[0]


def test_folding_leaves_out_accents_and_exact_evens_out_tone_marks(conn: sqlite3.Connection) -> None:
    assert value(conn, "vi_fold('Thi đua Yêu nước')") == "thi dua yeu nuoc"
    assert value(conn, "vi_exact('Văn hoá')") == "văn hóa"


def test_a_query_becomes_an_expression_and_nonsense_has_a_reason(conn: sqlite3.Connection) -> None:
    match = value(conn, "vi_query('thi đua')")
    assert match == '({title_folded body_folded byline_folded} : "thi" AND {title body byline} : "đua")'
    assert "parenthesis" in value(conn, "vi_problem('(')")
    assert value(conn, "vi_problem('thi đua')") is None


def test_a_query_that_means_nothing_matches_nothing(conn: sqlite3.Connection) -> None:
    conn.execute("CREATE VIRTUAL TABLE t USING fts5(title, body, byline, title_folded, body_folded, byline_folded)")
    conn.execute("INSERT INTO t(title, title_folded) VALUES ('thi đua', 'thi dua')")
    for nonsense in ('"', "(", "", None, 7, b"na", "-na"):
        assert conn.execute("SELECT count(*) FROM t WHERE t MATCH vi_query(?)", (nonsense,)).fetchone() == (0,)


def test_a_phrase_is_one_whatever_is_in_it(conn: sqlite3.Connection) -> None:
    assert value(conn, "vi_phrase(?)", '  thi  "đua" OR ') == '"thi đua OR"'
    assert value(conn, "vi_phrase(?)", "“thi đua”") == '"thi đua"'
    assert value(conn, "vi_problem(vi_phrase('huân chương ('))") is None


def test_key_words_stand_in_their_context(conn: sqlite3.Connection) -> None:
    text = "Sáng nay phát động phong trào Thi đua yêu nước.\n\nThi đua là yêu nước."
    lines = json.loads(value(conn, "vi_kwic(?, vi_phrase('thi dua'), 12)", text))
    assert lines == [
        {"left": "phong trào ", "match": "Thi đua", "right": " yêu nước."},
        {"left": "yêu nước. ", "match": "Thi đua", "right": " là yêu"},
    ]


def test_names_come_with_their_kind(conn: sqlite3.Connection) -> None:
    assert json.loads(value(conn, "vi_names('Sở Nội vụ về xã Kim Mỹ')")) == [
        {"kind": "body", "name": "Sở Nội vụ"},
        {"kind": "place", "name": "xã Kim Mỹ"},
    ]


@pytest.mark.parametrize(
    ("typed", "first", "last"),
    [
        ("2020", "2020-01-01", "2020-12-31"),
        ("2020-02", "2020-02-01", "2020-02-29"),
        ("12/06/2020", "2020-06-12", "2020-06-12"),
        ("00/2020", None, None),
        ("hôm qua", None, None),
    ],
)
def test_days_are_read_as_people_type_them(conn: sqlite3.Connection, typed: str, first: str, last: str) -> None:
    assert value(conn, "vi_from(?)", typed) == first
    assert value(conn, "vi_to(?)", typed) == last


@given(
    st.one_of(st.none(), st.integers(-(2**63), 2**63 - 1), st.floats(), st.binary(max_size=20), st.text(max_size=40))
)
def test_no_value_is_too_odd(odd: Any) -> None:
    for function, takes, _ in FUNCTIONS.values():
        answer = function(*[odd] * takes)
        assert answer is None or isinstance(answer, str)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_null_bytes_and_a_huge_text_are_taken(conn: sqlite3.Connection, name: str) -> None:
    takes = FUNCTIONS[name][1]
    for odd in (None, b"\xff\x00", "Thi đua " * 100_000, "\x00", 1e308, -1):
        answer = value(conn, f"{name}({', '.join('?' * takes)})", *[odd] * takes)
        assert answer is None or isinstance(answer, str)
    assert conn.execute(f"SELECT {name}({', '.join('?' * takes)}) IS NULL", [None] * takes).fetchone() is not None


def test_a_text_of_one_word_gives_no_more_lines_than_can_be_read(conn: sqlite3.Connection) -> None:
    lines = json.loads(value(conn, "vi_kwic(?, 'na', 5)", "na " * 5000))
    assert len(lines) == functions.MOST_LINES
