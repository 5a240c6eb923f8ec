"""The query language: what is understood, and that nothing typed can break the search."""

import sqlite3
import unicodedata
from collections.abc import Iterator
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive import QueryError
from archive.query import MOST_TERMS, Query, parse

PIECES = [
    *['"', "'", "(", ")", "*", "-", "^", ":", "+", "{", "}", "OR", "AND", "NOT", "NEAR", "NEAR(", "title:", "body:"],
    *["thi", "đua", "hoà", "–", "“", "”", "\x00", "\ud800", "\u0301", "2015-2020", "12/06/2020", "a*b", "--", "%", ";"],
]
garbage = st.one_of(
    st.text(), st.lists(st.sampled_from(PIECES)).map(" ".join), st.lists(st.sampled_from(PIECES)).map("".join)
)


@pytest.fixture(scope="module")
def index() -> Iterator[sqlite3.Connection]:
    conn = sqlite3.connect(":memory:")
    conn.execute(
        "CREATE VIRTUAL TABLE t USING fts5(title, body, byline, title_folded, body_folded, byline_folded, "
        "content='', tokenize=\"unicode61 remove_diacritics 0\")"
    )
    conn.execute("INSERT INTO t(rowid, title, title_folded) VALUES (1, 'thi đua', 'thi dua')")
    yield conn
    conn.close()


def understood(text: str) -> Query | None:
    with suppress(QueryError):
        return parse(text)
    return None


@given(text=garbage)
def test_nothing_typed_can_raise_anything_but_a_query_error(index: sqlite3.Connection, text: str) -> None:
    query = understood(text)
    if query is not None:
        index.execute("SELECT rowid FROM t WHERE t MATCH ?", (query.match,)).fetchall()


def nested(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    several = st.lists(inner, min_size=1, max_size=4)
    return st.one_of(
        several.map(lambda parts: f"({' OR '.join(parts)})"),
        several.map(lambda parts: f"({' '.join(parts)})"),
        several.map(lambda parts: f"(thi {' '.join('-' + part for part in parts)})"),
        inner.map(lambda part: f"title:{part}"),
    )


@given(text=st.recursive(st.sampled_from(["thi", "đua", '"thi đua"', "khen*"]), nested, max_leaves=60))
def test_nothing_well_formed_is_too_much_for_sqlite(index: sqlite3.Connection, text: str) -> None:
    query = understood(text)
    if query is not None:
        index.execute("SELECT rowid FROM t WHERE t MATCH ?", (query.match,)).fetchall()


def test_the_deepest_query_allowed_is_not_too_deep_for_sqlite(index: sqlite3.Connection) -> None:
    text = "thi"
    for _ in range(8):
        text = f"(a OR b c -(d OR e) OR (x {text}))" if text == "thi" else f"(a OR b -c OR y {text})"
    query = understood(text)
    assert query is None or index.execute("SELECT rowid FROM t WHERE t MATCH ?", (query.match,)).fetchall() == []


FOLDED = "{title_folded body_folded byline_folded}"
EXACT = "{title body byline}"


@pytest.mark.parametrize(
    ("typed", "match"),
    [
        ("thi", f'{FOLDED} : "thi"'),
        ("đua", f'{EXACT} : "đua"'),
        ("thi đua", f'({FOLDED} : "thi" AND {EXACT} : "đua")'),
        ('"thi dua"', f'{FOLDED} : "thi dua"'),
        ('"thi đua"', f'{EXACT} : "thi đua"'),
        ("“thi đua”", f'{EXACT} : "thi đua"'),
        ("thi AND dua", f'({FOLDED} : "thi" AND {FOLDED} : "dua")'),
        ("thi OR dua", f'({FOLDED} : "thi" OR {FOLDED} : "dua")'),
        ("thi or dua", f'({FOLDED} : "thi" AND {FOLDED} : "or" AND {FOLDED} : "dua")'),
        ("thi NOT dua", f'({FOLDED} : "thi" NOT {FOLDED} : "dua")'),
        ("-dua thi", f'({FOLDED} : "thi" NOT {FOLDED} : "dua")'),
        ("thi - dua", f'({FOLDED} : "thi" AND {FOLDED} : "dua")'),
        ("khen*", f'{FOLDED} : "khen" *'),
        ("title:khen", '{title_folded} : "khen"'),
        ('Title:"khen thưởng"', '{title} : "khen thưởng"'),
        ("title:(khen xã)", '({title_folded} : "khen" AND {title} : "xã")'),
        ("2015-2020", f'{FOLDED} : "2015 2020"'),
        ("body:khen", f'{FOLDED} : "body khen"'),
        ("(thi)", f'{FOLDED} : "thi"'),
    ],
)
def test_is_understood(typed: str, match: str) -> None:
    assert parse(typed).match == match


@pytest.mark.parametrize("typed", ["thi dua", '"thi dua"', "thi* OR title:dua"])
def test_exact_takes_words_without_accents_as_typed_too(typed: str) -> None:
    assert "folded" not in parse(typed, exact_only=True).match


def test_a_decomposed_query_is_the_same_query() -> None:
    assert parse(unicodedata.normalize("NFD", 'văn hoá "Uỷ ban"')) == parse("văn hóa “Ủy ban”")


def test_what_must_not_occur_is_not_highlighted() -> None:
    assert [needle.tokens for needle in parse("thi -dua NOT (khen OR tặng) na").needles] == [("thi",), ("na",)]


@pytest.mark.parametrize(
    ("typed", "complaint"),
    [
        ("", "no word"),
        ("– ./.", "no word"),
        ('"thi', "quotation mark"),
        ("(thi", "never closes"),
        ("thi)", "never opened"),
        ("()", "nothing between"),
        ("OR thi", "OR has nothing"),
        ("thi OR", "OR has nothing"),
        ("thi AND", "AND has nothing"),
        ("AND thi", "AND has nothing"),
        ("thi NOT", "NOT has nothing"),
        ("-thi", "what to leave out"),
        ("title:", "title: has nothing"),
        ("(" * 50 + "thi" + ")" * 50, "deeper"),
        ("thi " * (MOST_TERMS + 1), "words"),
        ("thi" * 1000, "long"),
    ],
)
def test_what_means_nothing_is_explained(typed: str, complaint: str) -> None:
    with pytest.raises(QueryError, match=complaint) as raised:
        parse(typed)
    assert "\n" not in str(raised.value)
