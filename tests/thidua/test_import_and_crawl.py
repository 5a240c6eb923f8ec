"""What was crawled and what others captured make one archive, whichever came first."""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING, Any

import pytest

from archive import warc
from tests.samplesite import Site, serve
from tests.thidua.state import rows
from tests.thidua.test_import import assert_well, some
from tests.thidua.warcs import answer, captured, moment, record, written

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.thidua.conftest import Ran

    Thidua = Callable[..., Ran]

ARTICLES = 12
WORDS = "Hội nghị đã biểu dương mười hai hộ nông dân xã Hoa Sen có thành tích trong phong trào thi đua."
END = {
    "articles": "SELECT title, category, published, published_earliest, published_latest, byline, lead, body, status, "
    "version FROM articles",
    "versions": "SELECT a.url, number, v.captured_at < '2020', v.title, v.body "
    "FROM versions v JOIN articles a ON a.id = article_id",
    "pages": "SELECT key, kind, state FROM pages",
    "captures": "SELECT url, captured_at < '2020', source, status, digest FROM captures "
    "WHERE url NOT LIKE '%robots.txt' GROUP BY 1, 2, 3, 4, 5",
}


def state(folder: Path) -> dict[str, list[Any]]:
    return {
        name: sorted(re.sub(r"127\.0\.0\.1:\d+", "site", repr(row)) for row in rows(folder, query))
        for name, query in END.items()
    }


@pytest.fixture
def older(tmp_path: Path) -> Callable[[Site, str], str]:
    """Write what a site holds as captures of 2016."""

    def write(site: Site, base: str) -> str:
        shots = [
            record(f"{base}{path}", moment(1 + number % 9), answer(site.render(path).body))
            for number, path in enumerate(site.pages())
        ]
        return str(written(tmp_path / "older.warc.gz", shots))

    return write


def edited() -> Site:
    site = Site(articles=ARTICLES, categories=2)
    site.edit_paragraph(next(iter(site.live())), WORDS, 1)
    return site


def test_it_makes_no_difference_which_came_first(
    thidua: Thidua, crawl: Thidua, tmp_path: Path, older: Callable[[Site, str], str]
) -> None:
    with serve(edited()) as server:
        file = older(Site(articles=ARTICLES, categories=2), server.url.rstrip("/"))
        first, last = str(tmp_path / "first"), str(tmp_path / "last")
        assert thidua("import", file, "--archive", first).status == 0
        assert crawl(server.url, "--recheck", "60", "--archive", first).status == 0
        assert crawl(server.url, "--archive", last).status == 0
        assert thidua("import", file, "--archive", last).status == 0
    one, other = state(tmp_path / "first"), state(tmp_path / "last")
    assert one["articles"] == other["articles"]
    assert one["versions"] == other["versions"]
    assert len(one["articles"]) == ARTICLES
    assert rows(tmp_path / "last", "SELECT count(*) FROM articles WHERE version = 2") == [(1,)]
    for folder in (first, last):
        assert thidua("verify", "--archive", folder).status == 0
        assert thidua("reparse", "--json", "--archive", folder).json["changes"] == {}


def test_older_captures_make_earlier_versions_and_leave_the_crawled_text(
    thidua: Thidua, crawl: Thidua, tmp_path: Path, older: Callable[[Site, str], str]
) -> None:
    with serve(edited()) as server:
        crawl(server.url)
        before = rows(tmp_path / "data", "SELECT url, title, body FROM articles")
        numbers = rows(tmp_path / "data", "SELECT id, url FROM articles")
        thidua("import", older(Site(articles=ARTICLES, categories=2), server.url.rstrip("/")))
    assert rows(tmp_path / "data", "SELECT url, title, body FROM articles") == before
    assert rows(tmp_path / "data", "SELECT id, url FROM articles") == numbers
    changed = "SELECT v.captured_at < '2020', a.version FROM versions v JOIN articles a ON a.id = article_id"
    assert rows(tmp_path / "data", f"{changed} WHERE a.version = 2") == [(0, 2), (1, 2)]
    assert_well(thidua)


def test_a_crawl_goes_on_from_what_was_imported(
    thidua: Thidua, crawl: Thidua, tmp_path: Path, older: Callable[[Site, str], str]
) -> None:
    site = Site(articles=ARTICLES, categories=2)
    with serve(site) as server:
        file = older(site, server.url.rstrip("/"))
        new = site.add(0, 2)
        thidua("import", file)
        said = crawl(server.url).json
    assert (said["articles_new"], said["outcome"]) == (len(new), "done")
    assert rows(tmp_path / "data", "SELECT count(*) FROM articles") == [(ARTICLES + 2,)]
    assert_well(thidua)


def test_what_was_found_gone_by_a_crawl_is_filled_in(
    thidua: Thidua, crawl: Thidua, tmp_path: Path, older: Callable[[Site, str], str]
) -> None:
    site = Site(articles=ARTICLES, categories=2)
    lost = list(site.live())[4]
    with serve(site) as server:
        file = older(site, server.url.rstrip("/"))
        site.remove(lost, "404")
        crawl(server.url)
        crawl(server.url)
        assert rows(tmp_path / "data", "SELECT count(*) FROM articles") == [(ARTICLES - 1,)]
        thidua("import", file)
        path = site.url(lost)
    (status,) = [
        said for url, said in rows(tmp_path / "data", "SELECT url, status FROM articles") if url.endswith(path)
    ]
    assert status == "gone"
    assert_well(thidua)


def test_a_crawls_own_files_brought_into_another_archive_give_the_same_articles(
    thidua: Thidua, crawl: Thidua, tmp_path: Path
) -> None:
    with serve(edited()) as server:
        crawl(server.url, "--archive", str(tmp_path / "one"))
    assert thidua("import", str(tmp_path / "one")).status == 0
    articles = "SELECT title, category, published, body, status, version FROM articles"
    assert rows(tmp_path / "data", articles) == rows(tmp_path / "one", articles)
    assert rows(tmp_path / "data", "SELECT DISTINCT source FROM captures") == [("warc",)]


def test_a_crawls_own_files_brought_back_under_another_name_are_held_already(
    thidua: Thidua, crawl: Thidua, tmp_path: Path
) -> None:
    with serve(edited()) as server:
        crawl(server.url)
    (file,) = warc.files(tmp_path / "data")
    before = state(tmp_path / "data")
    shutil.copy(tmp_path / "data" / file, tmp_path / "copy.warc.gz")
    said = thidua("import", str(tmp_path / "copy.warc.gz"), "--json")
    assert (said.status, said.json["articles_new"], said.json["articles_changed"]) == (0, 0, 0)
    assert state(tmp_path / "data") == before
    assert_well(thidua)


@pytest.mark.parametrize("verb", ["crawl", "import"])
def test_of_a_database_that_was_lost_what_was_imported_is_made_again_too(
    thidua: Thidua, crawl: Thidua, tmp_path: Path, verb: str
) -> None:
    with serve(Site(articles=ARTICLES, categories=2)) as server:
        thidua("import", "--copy", str(written(tmp_path / "copied.warc.gz", some())))
        crawl(server.url)
        thidua("import", str(written(tmp_path / "pointed.warc.gz", [captured(6, 1)])))
        before = state(tmp_path / "data")
        for file in (tmp_path / "data").glob("archive.db*"):
            file.unlink()
        if verb == "crawl":
            assert crawl(server.url).status == 0
        else:
            assert thidua("import", str(tmp_path / "pointed.warc.gz"), "--json").json["already_imported"] == 1
    now = state(tmp_path / "data")
    assert (now["articles"], now["versions"]) == (before["articles"], before["versions"])
    assert [command for (command,) in rows(tmp_path / "data", "SELECT command FROM runs")].count("import") == 2
    assert_well(thidua)
