"""Datasette with an archive: queries, functions and descriptions, with our plugin and without."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing, contextmanager, nullcontext
from typing import TYPE_CHECKING, Any

import pytest
from datasette.app import Datasette
from datasette.plugins import pm

from archive import Archive
from archive.dictionary import INTERNAL, TABLES
from archive.export import export
from archive.questions import QUESTIONS
from archive.selection import Selection
from archive.web.metadata import metadata, tables_of
from tests.archive.research import fill

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NAMES = [question.name for question in QUESTIONS]
TYPED = ("phong trào", "phong trao", "PHONG TRÀO")
HOSTILE = ('"', "(", "a OR", "*", "x" * 3000, "\x00na", "'; DROP TABLE articles; --", "title:", "-", "%", "{title}: na")


@contextmanager
def without_us() -> Iterator[None]:
    """Make this a process where Datasette never heard of us."""
    plugin = pm.unregister(name="thidua")
    try:
        yield
    finally:
        pm.register(plugin, "thidua")


class Reader:
    """A Datasette in this process, asked over its own client; with our plugin, or with metadata alone."""

    def __init__(self, path: Path, given: dict[str, Any] | None = None) -> None:
        self._way = without_us if given else nullcontext
        self.datasette = Datasette([str(path)], metadata=given)
        with self._way():
            asyncio.run(self.datasette.invoke_startup())

    def get(self, path: str, **params: str) -> Any:
        with self._way():
            return asyncio.run(self.datasette.client.get(path, params=params))

    def offered(self) -> list[str]:
        return [query["name"] for query in self.get("/archive.json").json()["queries"]]

    def rows(self, query: str, **params: str) -> list[dict[str, Any]]:
        answer = self.get(f"/archive/{query}.json", _shape="array", **params)
        assert answer.status_code == 200, answer.text
        rows: list[dict[str, Any]] = answer.json()
        return rows


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return fill(tmp_path_factory.mktemp("web") / "data") / "archive.db"


@pytest.fixture(scope="module")
def ours(path: Path) -> Reader:
    return Reader(path)


@pytest.fixture(scope="module")
def stock(path: Path) -> Reader:
    with closing(sqlite3.connect(path)) as conn:
        tables = tables_of(conn)
    return Reader(path, metadata("archive", tables, sites=("noivu.example",), address="http://noivu.example/tin?id=1"))


@pytest.fixture(scope="module")
def copied(path: Path) -> Reader:
    """A Datasette without us that shows a copy for the public, under the archive's name."""
    copy = path.parent / "copy" / "archive.db"
    copy.parent.mkdir()
    with Archive(path.parent) as archive:
        export(archive, "sqlite", copy, Selection())
    with closing(sqlite3.connect(copy)) as conn:
        return Reader(copy, metadata("archive", tables_of(conn), sites=("noivu.example",)))


@pytest.fixture(params=["ours", "stock", "copied"])
def reader(request: pytest.FixtureRequest) -> Reader:
    found: Reader = request.getfixturevalue(request.param)
    return found


@pytest.mark.parametrize("name", NAMES)
def test_every_query_takes_whatever_is_typed(reader: Reader, name: str) -> None:
    if name not in reader.offered():
        return
    for typed in (*TYPED, *HOSTILE, ""):
        params = dict.fromkeys(("words", "award", "place", "from", "to", "kind", "article"), typed)
        reader.rows(name, **params)


def test_nothing_has_to_be_said(reader: Reader) -> None:
    for name in reader.offered():
        reader.rows(name)


@pytest.mark.parametrize("typed", TYPED[:2])
def test_words_are_found_with_accents_and_without(reader: Reader, typed: str) -> None:
    assert [row["id"] for row in sorted(reader.rows("find", words=typed), key=lambda row: row["id"])] == [1, 2, 4]
    assert {row["title"] for row in reader.rows("kwic", words=typed)} == {
        "Phát động thi đua",
        "Tổng kết phong trào",
        "Biểu dương hộ trồng na",
    }
    assert [(row["month"], row["articles"], row["of_all"]) for row in reader.rows("per_month", words=typed)] == [
        ("2019-01", 1, 1),
        ("2019-12", 1, 1),
        ("2020-06", 1, 2),
        ("2020-07", 0, 1),
    ]
    assert [row["published"] for row in reader.rows("first_and_last", words=typed)] == ["2019-01-10", "2020-06-15"]


def test_key_words_stand_between_what_is_beside_them(reader: Reader) -> None:
    row = reader.rows("kwic", words="phong trào", to="2019-06")[0]
    assert (row["before"].strip()[-9:], row["words"], row["after"].strip()) == (
        "phát động",
        "phong trào",
        "thi đua yêu nước.",
    )


def test_days_narrow_the_answer_down(reader: Reader) -> None:
    assert [row["published"] for row in reader.rows("find", words="phong trào", **{"from": "2020"})] == ["2020-06-15"]
    assert [row["published"] for row in reader.rows("find", words="phong trào", to="2019-01")] == ["2019-01-10"]


def test_who_was_commended_where(reader: Reader) -> None:
    (row,) = reader.rows("commended", award="Huân chương Lao động hạng Ba", place="Cẩm Khê")
    assert row["by_whom"].strip() == "Trường Tiểu học Tân Lộ đón"
    assert reader.rows("commended", award="Huân chương Lao động hạng Ba", place="Minh Tiến") == []
    assert [row["title"] for row in reader.rows("commended")] == ["Gương sáng vùng cao"]


def test_awards_are_counted(reader: Reader) -> None:
    found = {row["award"]: row["articles"] for row in reader.rows("awards")}
    assert found == {"Huân chương Lao động hạng Ba": 1, "Bằng khen của UBND tỉnh": 1, "Bằng khen": 1}


def test_places_and_bodies_are_counted_by_article(ours: Reader, stock: Reader, copied: Reader) -> None:
    for each in (ours, copied):
        places = [(row["name"], row["articles"], row["of_all"]) for row in each.rows("named_most", kind="place")]
        assert places[:2] == [("huyện Bình Quý", 3, 6), ("xã Cẩm Khê", 3, 6)]
        bodies = {row["name"] for row in each.rows("named_most", kind="body", words="phong trao")}
        assert bodies == {"UBND huyện Bình Quý", "Sở Nội vụ"}
    assert set(NAMES) - set(stock.offered()) == {"named_most"}, "only the copy has the names"


def test_what_happened_to_articles(reader: Reader) -> None:
    assert [row["id"] for row in reader.rows("what_followed", article="1")] == [1, 2, 3, 4, 5]
    assert [row["id"] for row in reader.rows("disputed_dates")] == [3]
    assert [(row["title"], row["kept"]) for row in reader.rows("taken_away")] == [
        ("Tin số 8", 0),
        ("Gương sáng vùng cao", 1),
    ]
    (row,) = reader.rows("rewritten")
    assert (row["number"], row["longer_by"], row["title_before"]) == (2, 0, None)


def test_tables_and_columns_are_described_and_internal_ones_hidden(reader: Reader) -> None:
    listed = {table["name"]: table["hidden"] for table in reader.get("/archive.json").json()["tables"]}
    assert {name for name, hidden in listed.items() if hidden} == {*INTERNAL, "articles_fts"} & set(listed)
    shown = reader.get("/archive/articles").text
    assert TABLES["articles"].text_vi in shown
    assert "How the day is known" in shown
    assert TABLES["chain"].text_vi in reader.get("/archive/chain").text


def test_articles_come_newest_first_and_have_a_search_box(reader: Reader) -> None:
    answer = reader.get("/archive/articles.json", _search="cam khe", _shape="objects").json()
    assert [row["published"] for row in answer["rows"]] == ["2020-06-15", "2020-06-12", None]
    assert set(answer["facet_results"]) == {"category", "published_source", "status"}


def test_queries_are_called_in_vietnamese_and_english(reader: Reader) -> None:
    shown = reader.get("/archive/kwic").text
    assert "Từ khóa trong ngữ cảnh" in shown
    assert "Every place where a word or phrase stands" in shown


def test_the_publisher_names_sites_and_licence(stock: Reader) -> None:
    shown = stock.get("/archive").text
    assert 'href="http://noivu.example/"' in shown, "as its articles are addressed: not every site has HTTPS"
    assert "ghi rõ nguồn" in shown


def test_the_metadata_says_and_asks_nothing_of_what_is_not_there() -> None:
    said = metadata("copy", {"articles": ["id", "title"], "articles_fts": ["title"]})["databases"]["copy"]
    assert {name: list(table["columns"]) for name, table in said["tables"].items()} == {
        "articles": ["id", "title"],
        "articles_fts": ["title"],
    }
    assert "find" in said["queries"]
    assert not {"taken_away", "rewritten", "what_followed"} & set(said["queries"])


def test_the_form_for_stock_sqlite_says_what_it_cannot_do(ours: Reader, stock: Reader) -> None:
    told = "OR, NOT and * mean nothing special here."
    assert told in stock.get("/archive/find").text
    assert told not in ours.get("/archive/find").text


def test_another_database_is_left_alone(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "other.db")) as conn:
        conn.execute("CREATE TABLE articles(id INTEGER PRIMARY KEY, title TEXT)")
    other = Reader(tmp_path / "other.db")
    told = other.get("/other.json").json()
    assert told["queries"] == []
    assert "thi đua" not in other.get("/other/articles").text
