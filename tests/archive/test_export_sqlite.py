"""The copy for the public: whatever reads an archive reads it, and so does stock SQLite and Datasette."""

from __future__ import annotations

import json
import socket
import sqlite3
import sys
import urllib.request
from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from archive import Archive, NewerSchemaError, NotAFolderError, NotFoundError, PublicCopyError
from archive.dictionary import TABLES
from archive.export import export
from archive.history import history
from archive.schema import APPLICATION_ID
from archive.search import search
from archive.selection import Selection
from archive.show import show
from archive.status import status
from archive.verify import verify
from tests.archive.offered import ARTICLES, DATED, FIRST, MISSING, VERSIONS, filled
from tests.thidua.foreign import running

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# Datasette as it is where we are not installed: our own plugin is not to help it.
WITHOUT_US = "from datasette.plugins import pm; pm.unregister(name='thidua'); from datasette.cli import cli; cli()"
OF_RUNS = {"runs", "doubts", "edge_sites", "edge_blocks", "_sqlite_migrations"}


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return filled(tmp_path_factory.mktemp("offered") / "data")


@pytest.fixture(scope="module")
def copy(data: Path) -> Path:
    return exported(data, data.parent / "thidua.db")


@pytest.fixture(scope="module")
def chosen(data: Path) -> Path:
    """A copy of the articles of one category alone."""
    return exported(data, data.parent / "chosen.db", Selection(category="Tin tức"))


def exported(data: Path, out: Path, selection: Selection | None = None) -> Path:
    with Archive(data) as archive:
        export(archive, "sqlite", out, selection or Selection())
    return out


@pytest.fixture
def both(data: Path, copy: Path) -> Iterator[tuple[Archive, Archive]]:
    with Archive(data) as archive, Archive(copy) as public:
        yield archive, public


def rows(path: Path, query: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as db:
        return db.execute(query).fetchall()


def test_stock_sqlite_finds_it_sound_and_the_texts_as_they_are(data: Path, copy: Path) -> None:
    assert rows(copy, "PRAGMA integrity_check") == [("ok",)]
    assert rows(copy, "PRAGMA foreign_key_check") == []
    for table, query in {
        "articles": "SELECT * FROM articles",
        "versions": "SELECT * FROM versions ORDER BY article_id, number",
        "sightings": "SELECT * FROM sightings ORDER BY url, seen_on, relation",
        "images": "SELECT * FROM images",
        "attachments": "SELECT * FROM attachments",
        "status_changes": "SELECT * FROM status_changes",
    }.items():
        assert rows(copy, query) == rows(data / "archive.db", query) != [], table
    assert rows(copy, "SELECT count(*) FROM articles") == [(ARTICLES,)]
    assert rows(copy, "SELECT count(*) FROM versions") == [(VERSIONS,)]


def test_it_is_one_plain_file_that_says_whose_it_is(copy: Path) -> None:
    header = copy.read_bytes()[:100]
    assert header[18:20] == b"\x01\x01", "no log beside it: Datasette in a browser has this file alone"
    assert int.from_bytes(header[68:72], "big") == APPLICATION_ID
    assert int.from_bytes(header[60:64], "big") == 1
    assert rows(copy, "PRAGMA freelist_count") == [(0,)]


def test_it_tells_nothing_of_runs(copy: Path) -> None:
    names = {name for (name,) in rows(copy, "SELECT name FROM sqlite_master")}
    assert not names & OF_RUNS
    columns = {name for table in names for (_, name, *_) in rows(copy, f"PRAGMA table_info([{table}])")}
    assert not columns & {"run_id", "looked_run", "last_gone_run", "quarantined", "etag", "due", "attempts", "depth"}


def test_it_has_the_names_that_the_texts_hold_and_how_often(copy: Path, chosen: Path) -> None:
    assert [row[1] for row in rows(copy, "PRAGMA table_info(names)")] == list(TABLES["names"].columns)
    assert rows(copy, "SELECT * FROM names") == [(2, "place", "xã Hoa Sen", 1)]
    assert rows(chosen, "SELECT * FROM names") == []


def test_every_view_of_the_archive_works_in_it(data: Path, copy: Path) -> None:
    views = rows(copy, "SELECT name FROM sqlite_master WHERE type = 'view' ORDER BY name")
    assert views == rows(data / "archive.db", "SELECT name FROM sqlite_master WHERE type = 'view' ORDER BY name")
    for (view,) in views:
        query = f"SELECT * FROM [{view}] ORDER BY 1, 2, 3"  # noqa: S608 - a name of ours
        assert rows(copy, query) == rows(data / "archive.db", query), view


@pytest.mark.parametrize("query", ["thi dua", "thi đua", "văn hoá", '"mười hộ" NOT title:gỡ', "ruong dong"])
def test_search_finds_the_same(both: tuple[Archive, Archive], query: str) -> None:
    archive, public = both
    found = search(archive, query)
    assert found
    assert search(public, query) == found


def test_an_article_shows_the_same_by_its_second_address_too(both: tuple[Archive, Archive]) -> None:
    for article in (*range(2, 6), FIRST, FIRST.replace("id=1", "id=8")):
        shown, told = ([f(each, article) for each in both] for f in (show, history))
        assert shown[0] == shown[1]
        assert told[0] == told[1]


def test_status_is_the_same_but_for_the_last_run(both: tuple[Archive, Archive]) -> None:
    there, here = map(status, both)
    assert here == replace(there, last_run=None, by_state=here.by_state)
    assert here.missing == 1


def test_a_question_from_python_has_the_same_answer(data: Path, copy: Path) -> None:
    with Archive(data) as archive, Archive(str(copy)) as public:
        assert list(public.articles(date_from="2020")) == list(archive.articles(date_from="2020"))
        assert list(public.kwic("mười hộ")) == list(archive.kwic("mười hộ")) != []


def test_a_choice_has_what_belongs_to_it_and_no_other_text(chosen: Path) -> None:
    assert rows(chosen, "SELECT id FROM articles") == [(3,)]
    assert rows(chosen, "PRAGMA foreign_key_check") == []
    assert rows(chosen, "SELECT count(*) FROM captures WHERE page_id != 3") == [(0,)]
    assert rows(chosen, "SELECT DISTINCT relation FROM sightings ORDER BY 1") == [("listing",), ("newer",), ("older",)]
    assert rows(chosen, "SELECT rowid FROM articles_fts WHERE articles_fts MATCH 'mười'") == [(3,)]


def test_what_was_not_chosen_does_not_look_missing(chosen: Path) -> None:
    with Archive(chosen) as public:
        assert status(public).missing == status(public).gaps == 0
        assert [neighbour.id for neighbour in show(public, 3).older] == [None]
        with pytest.raises(NotFoundError, match="not in this copy"):
            show(public, FIRST)
    assert rows(chosen, "SELECT * FROM missing") == []


def test_what_the_archive_misses_is_said_to_be_missing(copy: Path) -> None:
    assert rows(copy, "SELECT url, named_by FROM missing") == [(MISSING, 1)]


def test_the_same_archive_gives_the_same_bytes_and_so_does_the_copy(data: Path, copy: Path, tmp_path: Path) -> None:
    assert exported(data, tmp_path / "again.db").read_bytes() == copy.read_bytes()
    with Archive(copy) as public:
        export(public, "sqlite", tmp_path / "copy.db", Selection())
    assert (tmp_path / "copy.db").read_bytes() == copy.read_bytes()


def test_a_copy_is_never_written(copy: Path, tmp_path: Path) -> None:
    before = copy.read_bytes()
    (tmp_path / "archive.db").write_bytes(before)
    for place in (copy, tmp_path):
        with pytest.raises(PublicCopyError, match=f"{place}.* is a copy to be read"):
            Archive.open(place, create=True)
    assert copy.read_bytes() == (tmp_path / "archive.db").read_bytes() == before
    with pytest.raises(NotAFolderError, match="this is a file"):
        verify(copy)


def test_a_copy_by_a_later_version_is_refused(copy: Path, tmp_path: Path) -> None:
    later = bytearray(copy.read_bytes())
    later[63] = 2
    (tmp_path / "later.db").write_bytes(later)
    with pytest.raises(NewerSchemaError, match="later version of thidua"):
        Archive(tmp_path / "later.db")


def test_stock_datasette_searches_it_without_being_told_how(copy: Path, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    home = f"http://127.0.0.1:{port}/"
    datasette: list[str | Path] = [sys.executable, "-c", WITHOUT_US, "serve", copy, "--port", str(port)]
    with running(datasette, f"{home}-/versions.json", tmp_path):
        assert asked(f"{home}-/plugins.json") == []
        found = asked(f"{home}thidua/articles.json?_search=thi+dua&_shape=array&_size=max")
        whole = asked(f"{home}thidua/articles.json?_size=max&_shape=array")
    assert len(found) == len(whole) == ARTICLES
    assert [each["published"] is None for each in whole].count(False) == DATED
    assert {each["id"]: each["body"] for each in whole} == dict(rows(copy, "SELECT id, body FROM articles"))


def asked(address: str) -> Any:
    with urllib.request.urlopen(address, timeout=10) as answer:  # noqa: S310 - a server of our own
        return json.load(answer)
