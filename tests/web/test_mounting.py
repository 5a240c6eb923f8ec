"""Where the room is and is not: under another base URL, among other databases, on other kinds of archives."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from lxml import html

from archive import Archive
from archive.export import export
from archive.selection import Selection
from archive.store import save
from archive.web.room import find_room
from tests.archive import build
from tests.web.conftest import Asked

if TYPE_CHECKING:
    import asyncio
    from pathlib import Path

PAGES = ("/", "/search", "/search?q=thi+dua", "/coverage", "/coverage/missing", "/coverage/gaps", "/feed.atom")
DATA = ("/feed.json", "/search.csv", "/search.json")


def hrefs(asked: Asked, path: str) -> list[str]:
    page = html.fromstring(asked.get(path).content)
    return [str(link) for link in page.xpath("//@href | //@action | //@src")]


def test_every_link_stands_below_the_base_url(runner: asyncio.Runner, folder: Path, ids: dict[int, int]) -> None:
    asked = Asked(runner, folder / "archive.db", settings={"base_url": "/kho/"})
    for path in ("/", "/en", "/search?q=thi+dua", f"/article/{ids[10]}", "/coverage"):
        links = [link for link in hrefs(asked, path) if not link.startswith(("http://noivu", "https://", "#"))]
        assert all(link.startswith(("/kho/", "http://localhost/kho/")) for link in links), path
    assert asked.get("/search?q=&from=").headers["location"] == "/kho/search"
    style = next(link for link in hrefs(asked, "/") if "room.css" in link)
    served = asked.get(style.removeprefix("/kho"))
    assert served.headers["content-type"].startswith("text/css")
    assert "immutable" in served.headers["cache-control"]


def test_datasettes_own_pages_stay(room: Asked) -> None:
    assert "articles" in room.get("/archive").text
    assert "archive" in room.get("/-/").text
    assert room.get("/.json").status_code == 200
    found = room.get("/archive/articles.json?_search=bang+vang&_shape=array").json()
    assert [row["title"] for row in found] == ["Bảng vàng thi đua"]
    assert "Phòng đọc" in room.get("/archive").text, "the way back is in the menu"


def test_what_is_nowhere_is_said_in_the_words_of_the_room(room: Asked, capfd: pytest.CaptureFixture[str]) -> None:
    for path in ("/nothing", "/archive/nothing", "/a/b/c/d/e", "/-/thidua/room.py", "/-/thidua/../plugin.py"):
        assert "Không có trang này" in room.get(path).text
        assert room.get(path).status_code == 404
    assert "There is no such page" in room.get("/en/a/b/c").text
    assert room.get("/archive/nothing.json").json()["status"] == 404
    assert capfd.readouterr() == ("", "")


def test_nothing_can_be_changed(room: Asked) -> None:
    assert room.post("/search").status_code in (403, 405)


def test_among_other_databases_the_archive_is_found(runner: asyncio.Runner, folder: Path, tmp_path: Path) -> None:
    other = tmp_path / "a-other.db"
    with closing(sqlite3.connect(other)) as conn:
        conn.execute("CREATE TABLE articles (id INTEGER, title TEXT)")
    (tmp_path / "broken.db").write_bytes(b"no database")
    asked = Asked(runner, other, folder / "archive.db")
    assert "Kho giữ 62 bài" in asked.get("/").text
    assert "a-other" in asked.get("/-/").text
    assert asked.get("/a-other/articles").status_code == 200
    alone = Asked(runner, other)
    assert "a-other" in alone.get("/").text
    assert alone.get("/search").status_code == 404
    assert "Phòng đọc" not in alone.get("/").text
    assert find_room(Asked(runner, tmp_path / "broken.db").datasette) is None


def test_the_publisher_names_the_room(runner: asyncio.Runner, folder: Path) -> None:
    asked = Asked(runner, folder / "archive.db", metadata={"title": "Kho tin Hải Dương"})
    assert "<title>Kho tin Hải Dương</title>" in asked.get("/").text


def test_an_empty_archive_has_all_pages(runner: asyncio.Runner, tmp_path: Path) -> None:
    with Archive.open(tmp_path, create=True):
        pass
    asked = Asked(runner, tmp_path / "archive.db")
    for path in (*PAGES, *DATA):
        assert asked.get(path).status_code == 200, path
    assert "Kho chưa có bài nào" in asked.get("/").text
    assert asked.get("/search.json").json() == []


def test_what_a_crawl_stores_shows_at_once(runner: asyncio.Runner, tmp_path: Path) -> None:
    with Archive.open(tmp_path, create=True) as archive:
        save(archive, build.article(1, said=build.text("Tin đầu")))
        asked = Asked(runner, tmp_path / "archive.db")
        assert "1 bài" in asked.get("/search").text
        save(archive, build.article(2, said=build.text("Tin sau")))
        for _ in range(5):  # each of Datasette's threads has a connection of its own
            assert {hit["title"] for hit in asked.get("/search.json").json()} == {"Tin đầu", "Tin sau"}
            assert "2 bài" in asked.get("/search?q=tin").text


def test_a_file_that_takes_the_place_of_another_shows_at_once(runner: asyncio.Runner, tmp_path: Path) -> None:
    for name in ("old", "new"):
        with Archive.open(tmp_path / name, create=True) as archive:
            save(archive, build.article(1, said=build.text(f"Tin {name}")))
            export(archive, "sqlite", tmp_path / f"{name}.db", Selection())
    served = tmp_path / "old.db"
    asked = Asked(runner, served)
    for _ in range(5):  # each of Datasette's threads has a connection of its own
        assert [hit["title"] for hit in asked.get("/search.json").json()] == ["Tin old"]
    (tmp_path / "new.db").replace(served)
    for _ in range(5):
        assert [hit["title"] for hit in asked.get("/search.json").json()] == ["Tin new"]
        assert [row["title"] for row in asked.get("/old/articles.json?_shape=array").json()] == ["Tin new"]
    served.unlink()
    assert asked.get("/search").status_code == 200, "while there is none, the last one is shown"


def test_a_public_copy_shows_what_it_has(
    runner: asyncio.Runner, folder: Path, ids: dict[int, int], tmp_path: Path
) -> None:
    with Archive(folder) as archive:
        export(archive, "sqlite", tmp_path / "public.db", Selection())
    asked = Asked(runner, immutables=[str(tmp_path / "public.db")])
    for path in (*PAGES, *DATA, f"/article/{ids[10]}", f"/article/{ids[10]}/version/1", f"/article/{ids[10]}.json"):
        assert asked.get(path).status_code == 200, path
    assert "Kho giữ 62 bài" in asked.get("/").text
    assert "Các lần chạy" not in asked.get("/coverage").text


def test_who_may_not_see_the_database_may_not_see_the_room(runner: asyncio.Runner, folder: Path) -> None:
    asked = Asked(runner, folder / "archive.db", metadata={"databases": {"archive": {"allow": {"id": "archivist"}}}})
    assert {asked.get(path).status_code for path in (*PAGES, *DATA)} == {403}


@pytest.mark.parametrize("path", ["/article/1.json", "/search.json"])
def test_other_sites_may_read_the_data_where_the_publisher_allows_it(
    runner: asyncio.Runner, folder: Path, path: str
) -> None:
    assert "access-control-allow-origin" not in Asked(runner, folder / "archive.db").get(path).headers
    assert Asked(runner, folder / "archive.db", cors=True).get(path).headers["access-control-allow-origin"] == "*"
