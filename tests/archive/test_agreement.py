"""Whatever happens to articles, the full-text index says what the articles say, and the database stays sound."""

import sqlite3
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive import Archive, boilerplate, fulltext
from archive.models import Observation
from archive.store import save
from tests.archive.build import SITE, article, gone, key, known, newer, older, page, text, url

numbers = st.integers(1, 6)
titles = st.sampled_from(["Vụ na", "Vụ cam", "Thi đua"])
bodies = st.sampled_from(["Mười hộ.", "Mười hộ.\n\nHết tin.", "Hội nghị văn hoá.\n\nHết tin.", "Văn hóa."])
days = st.integers(0, 9)
bylines = st.sampled_from(["", "Theo Sở"])

stored = st.builds(
    lambda number, title, body, byline, day, named, canonical: article(
        number, newer(named), older(7 - named), day=day, said=text(title, body, byline=byline), canonical_key=canonical
    ),
    *(numbers, titles, bodies, bylines, days, numbers),
    st.one_of(st.just(""), numbers.map(key)),
)
lost = st.builds(lambda number, day, status: gone(number, status, day=day), numbers, days, st.sampled_from([404, 200]))
moved = st.builds(
    lambda number, to, day: page(number, day, http_status=301, location=url(to), known=(known(to),)),
    numbers,
    numbers,
    days,
)
events = st.lists(st.one_of(stored, stored, lost, moved, st.just("retrim")), max_size=25)


def words(conn: sqlite3.Connection) -> list[tuple[object, ...]]:
    """Return every word of the index with its place."""
    conn.execute("CREATE VIRTUAL TABLE temp.words USING fts5vocab(main, articles_fts, instance)")
    return conn.execute("SELECT term, doc, col, offset FROM temp.words ORDER BY 1, 2, 3, 4").fetchall()


def indexed_anew(archive: Archive) -> list[tuple[object, ...]]:
    """Return what the index would hold if it were made from the articles now."""
    conn = sqlite3.connect(":memory:")
    schema = archive.conn.execute("SELECT sql FROM sqlite_master WHERE name = 'articles_fts'").fetchone()[0]
    conn.execute(schema)
    for row in archive.conn.execute("SELECT id, title, body, byline FROM articles"):
        fulltext.add(conn, *row)
    try:
        return words(conn)
    finally:
        conn.close()


@settings(max_examples=40, deadline=None)
@given(events)
def test_index_and_articles_agree(happened: list[Observation | str]) -> None:
    with (
        tempfile.TemporaryDirectory() as folder,
        Archive.open(Path(folder), create=True) as archive,
        pytest.MonkeyPatch.context() as patch,
    ):
        patch.setattr(boilerplate, "MIN_ARTICLES", 2)
        for event in happened:
            if isinstance(event, Observation):
                save(archive, event)
            else:
                boilerplate.retrim(archive, SITE)
        assert words(archive.conn) == indexed_anew(archive)
        assert archive.conn.execute("PRAGMA foreign_key_check").fetchall() == []
        assert archive.conn.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


@settings(max_examples=40, deadline=None)
@given(events)
def test_every_article_has_its_page_and_its_versions_in_order(happened: list[Observation | str]) -> None:
    with tempfile.TemporaryDirectory() as folder, Archive.open(Path(folder), create=True) as archive:
        for event in happened:
            if isinstance(event, Observation):
                save(archive, event)
        strays = "SELECT count(*) FROM articles a LEFT JOIN pages p ON p.id = a.id WHERE p.kind IS NOT 'article'"
        assert archive.conn.execute(strays).fetchone() == (0,)
        for (article_id,) in archive.conn.execute("SELECT id FROM articles").fetchall():
            query = "SELECT number FROM versions WHERE article_id = ? ORDER BY captured_at, number"
            found = [number for (number,) in archive.conn.execute(query, (article_id,))]
            assert found == list(range(1, len(found) + 1))
