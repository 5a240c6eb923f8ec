"""`thidua publish`: the bundle that others get, and what it refuses to make of an archive that has lost something."""

from __future__ import annotations

import hashlib
import json
import re
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.thidua.conftest import Ran

    Command = Callable[..., Ran]

ARTICLES = 24


@pytest.fixture(scope="module")
def published(
    crawled_once: Path, tmp_path_factory: pytest.TempPathFactory, thidua_in: Callable[[Path], Command]
) -> Path:
    """A bundle, as somebody finds it who has nothing else."""
    folder = tmp_path_factory.mktemp("published")
    said = ("--publisher", "Thư viện tỉnh Sao Mai", "--licence", "CC BY 4.0")
    ran = thidua_in(folder)("publish", str(folder / "bundle"), "--archive", str(crawled_once), *said)
    assert (ran.status, ran.err) == (0, "")
    return folder / "bundle"


@pytest.fixture
def bundle(thidua: Command, data: Path) -> Path:
    """A bundle of the archive in `data`, which a test goes on with."""
    thidua("publish", str(data.parent / "bundle"))
    return data.parent / "bundle"


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def change(data: Path, *statements: str) -> None:
    """Do to an archive what no command of ours does."""
    with closing(sqlite3.connect(data / "archive.db")) as db, db:
        for statement in statements:
            db.execute(statement)


def test_the_page_says_what_it_is_by_whom_and_under_which_licence(published: Path) -> None:
    said = (published / "README.md").read_text("utf-8")
    for words in (f"**{ARTICLES} bài viết**", f"**{ARTICLES} articles**", "Thư viện tỉnh Sao Mai", "CC BY 4.0"):
        assert words in said


def test_the_page_has_no_blank_to_fill_in(published: Path) -> None:
    prose = re.sub(r"```.*?```", "", (published / "README.md").read_text("utf-8"), flags=re.DOTALL)
    assert "{" not in prose


def test_the_page_names_every_file_there_is(published: Path) -> None:
    section = (published / "README.md").read_text("utf-8").split("\n## ")[1]
    told = set(re.findall(r"^\| `([^`]+)` \|", section, re.MULTILINE))
    assert told == {path.name for path in published.iterdir() if path.name[0] != "."} - {"README.md"}


def test_the_page_has_a_question_that_is_answered_as_it_stands(published: Path) -> None:
    (query,) = re.findall(r"```sql\n(.*?)```", (published / "README.md").read_text("utf-8"), re.DOTALL)
    with closing(sqlite3.connect(published / "thidua.db")) as db:
        assert db.execute(query).fetchall()


def test_the_page_shows_on_an_article_how_one_is_cited(published: Path) -> None:
    (cited,) = re.findall(r"^> (.*)$", (published / "README.md").read_text("utf-8"), re.MULTILINE)
    with closing(sqlite3.connect(published / "thidua.db")) as db:
        titles = [title for title, url in db.execute("SELECT title, url FROM articles") if url in cited]
    assert [title in cited for title in titles] == [True]


def test_the_page_describes_the_tables_and_columns_that_the_database_has(published: Path) -> None:
    sections = (published / "README.md").read_text("utf-8").split("\n### `")[1:]
    told = {part.partition("`")[0]: re.findall(r"^\| `([^`]+)` \|", part, re.MULTILINE) for part in sections}
    assert {"articles", "versions", "captures", "missing"} <= told.keys()
    with closing(sqlite3.connect(published / "thidua.db")) as db:
        for table, columns in told.items():
            there = {row[0] for row in db.execute("SELECT name FROM pragma_table_info(?)", (table,))}
            assert set(columns) <= there, table


def test_metadata_is_of_the_tables_that_the_database_has(published: Path) -> None:
    said = json.loads((published / "metadata.json").read_text("utf-8"))
    with closing(sqlite3.connect(published / "thidua.db")) as db:
        there = {row[0] for row in db.execute("SELECT name FROM sqlite_master")}
        for query in said["databases"]["thidua"]["queries"].values():
            db.execute(f"EXPLAIN {query['sql']}", dict.fromkeys(query["params"], "2020"))
    assert (said["license"], said["about"]) == ("CC BY 4.0", "Thư viện tỉnh Sao Mai")
    with closing(sqlite3.connect(published / "thidua.db")) as db:
        assert {url.startswith(said["source_url"]) for (url,) in db.execute("SELECT url FROM articles")} == {True}
    assert said["databases"]["thidua"]["tables"].keys() <= there


def test_the_checksums_are_those_of_the_files(published: Path) -> None:
    lines = (published / "SHA256SUMS").read_text("utf-8").splitlines()
    told = {name: digest for digest, name in (line.split("  ") for line in lines)}
    assert told.keys() == contents(published).keys() - {"SHA256SUMS", ".thidua-export"}
    assert all(hashlib.sha256((published / name).read_bytes()).hexdigest() == told[name] for name in told)


def test_published_again_it_is_the_same_to_the_byte(thidua: Command, bundle: Path) -> None:
    before = contents(bundle)
    assert thidua("publish", str(bundle)).status == 0
    assert contents(bundle) == before


def test_an_archive_that_has_lost_an_article_is_not_published(thidua: Command, data: Path, bundle: Path) -> None:
    before = contents(bundle)
    change(data, "PRAGMA foreign_keys = OFF", "DELETE FROM articles WHERE id = (SELECT max(id) FROM articles)")
    ran = thidua("publish", str(bundle))
    assert ran.status == 3
    assert f"{ARTICLES - 1} articles, 1 fewer than were published before" in ran.said()
    assert contents(bundle) == before


def test_an_archive_whose_dates_have_become_fewer_is_not_published(thidua: Command, data: Path, bundle: Path) -> None:
    change(data, "UPDATE articles SET published = NULL WHERE id % 4 = 0")
    ran = thidua("publish", str(bundle))
    assert (ran.status, "a date has " in ran.said(), "when published before" in ran.said()) == (3, True, True)


def test_what_too_few_articles_have_is_named_with_the_option_that_allows_it(thidua: Command, data: Path) -> None:
    change(data, "UPDATE articles SET published = NULL")
    out = data.parent / "bundle"
    ran = thidua("publish", str(out))
    assert (ran.status, "--floor date=SHARE" in ran.said(), out.exists()) == (3, True, False)
    assert thidua("publish", str(out), "--floor", "date=0").status == 0


def test_whoever_has_looked_into_it_publishes_all_the_same(thidua: Command, data: Path, bundle: Path) -> None:
    change(data, "DELETE FROM captures WHERE id NOT IN (SELECT version_capture_id FROM articles)")
    assert thidua("publish", str(bundle)).status == 3
    assert thidua("publish", str(bundle), "--accept").status == 0


def test_json_says_what_was_objected_to(thidua: Command, data: Path) -> None:
    change(data, "UPDATE articles SET body = '' WHERE id % 2 = 0")
    ran = thidua("publish", str(data.parent / "bundle"), "--json")
    assert (ran.status, ran.json["files"], len(ran.json["objections"])) == (3, {}, 1)


@pytest.mark.parametrize("floor", ["date", "date=", "date=2", "date=nan", "dates=0.5", "date=-1"])
def test_a_floor_that_is_none_is_wrong_use(thidua: Command, data: Path, floor: str) -> None:
    ran = thidua("publish", str(data.parent / "bundle"), "--floor", floor)
    assert (ran.status, "such as date=0.8" in ran.said()) == (2, True)


def test_a_folder_of_somebody_else_is_not_replaced(thidua: Command, data: Path) -> None:
    (data.parent / "mine").mkdir()
    (data.parent / "mine" / "thesis.txt").write_text("Luận văn")
    ran = thidua("publish", str(data.parent / "mine"))
    assert (ran.status, str(data.parent / "mine") in ran.said()) == (1, True)
    assert (data.parent / "mine" / "thesis.txt").read_text() == "Luận văn"


@pytest.mark.parametrize("said", ["", "[]", "{", '"articles"', '{"articles": "nhiều"}'])
def test_a_bundle_whose_numbers_cannot_be_read_is_not_replaced(thidua: Command, bundle: Path, said: str) -> None:
    (bundle / "bundle.json").write_text(said)
    ran = thidua("publish", str(bundle))
    assert (ran.status, str(bundle / "bundle.json") in ran.said()) == (1, True)
