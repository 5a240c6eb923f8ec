"""A crawl by a profile in a file: its rules hold, and it is found again when the file has gone."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from tests.captured import LISTING, WARC, captured
from tests.samplesite import Site, serve

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.thidua.conftest import Ran

PROFILE = """
name = "Trang thử"
hosts = ["{host}"]
start_urls = ["http://{host}/"]
[urls]
skip = [['[?&]nid=10(?:03|05)(?!\\d)', "print pop-up"]]
"""


def rows(folder: Path, sql: str) -> list[tuple[str, ...]]:
    with closing(sqlite3.connect(folder / "data" / "archive.db")) as db:
        return db.execute(sql).fetchall()


def numbers(folder: Path) -> set[int]:
    return {int(url.partition("nid=")[2].partition("&")[0]) for (url,) in rows(folder, "SELECT url FROM articles")}


def test_what_a_profile_leaves_out_is_never_asked_for(crawl: Callable[..., Ran], tmp_path: Path) -> None:
    file = tmp_path / "thu.toml"
    site = Site(articles=9, categories=1)
    with serve(site) as server:
        file.write_text(PROFILE.format(host=urlsplit(server.url).netloc), "utf-8")
        ran = crawl("--site", str(file))
        asked = set(server.requests)
    assert ran.status == 0, ran.err
    assert numbers(tmp_path) == {number for number in site.live() if number not in {1003, 1005}}
    assert not any("nid=1003" in target or "nid=1005" in target for target in asked)
    assert ran.json["cleaned"]["list entries that the profile leaves out"] > 0


def test_the_archive_keeps_the_profile_for_every_later_run(
    crawl: Callable[..., Ran], thidua: Callable[..., Ran], tmp_path: Path
) -> None:
    file = tmp_path / "thu.toml"
    site = Site(articles=9, categories=1)
    with serve(site) as server:
        file.write_text(PROFILE.format(host=urlsplit(server.url).netloc), "utf-8")
        assert crawl("--site", str(file)).status == 0
        file.unlink()
        site.add(0, 2)
        again = crawl()
        first = numbers(tmp_path)
    assert again.status == 0, again.err
    assert len(first) == 9
    assert not first & {1003, 1005}
    (tmp_path / "data" / "archive.db").unlink()
    remade = thidua("reparse", "--from-scratch")
    assert remade.status == 0, remade.err
    assert numbers(tmp_path) == first


def test_a_rule_written_later_takes_articles_out_when_the_archive_is_made_again(
    crawl: Callable[..., Ran], thidua: Callable[..., Ran], tmp_path: Path
) -> None:
    file = tmp_path / "thu.toml"
    with serve(Site(articles=9, categories=1)) as server:
        told = PROFILE.format(host=urlsplit(server.url).netloc)
        file.write_text(told.replace("10(?:03|05)", "99999"), "utf-8")
        assert crawl("--site", str(file)).status == 0
    assert numbers(tmp_path) >= {1003, 1005}
    (tmp_path / "data" / "sites" / "thu.toml").write_text(told, "utf-8")
    assert thidua("reparse", "--from-scratch").status == 0
    assert not numbers(tmp_path) & {1003, 1005}


def test_a_profile_that_was_damaged_in_the_archives_folder_is_one_line(
    crawl: Callable[..., Ran], thidua: Callable[..., Ran], tmp_path: Path
) -> None:
    file = tmp_path / "thu.toml"
    with serve(Site(articles=3, categories=1)) as server:
        file.write_text(PROFILE.format(host=urlsplit(server.url).netloc), "utf-8")
        assert crawl("--site", str(file)).status == 0
    (tmp_path / "data" / "sites" / "thu.toml").write_text("name =", "utf-8")
    for arguments in (("crawl",), ("reparse", "--from-scratch")):
        ran = thidua(*arguments)
        assert ran.status in {1, 2}
        assert "thu.toml is not TOML" in ran.said()


@pytest.mark.real
@pytest.mark.skipif(
    not WARC.exists(), reason="the captured pages are not here: ../shared/real is kept out of the project"
)
def test_a_real_site_gives_each_article_once_by_its_profile(crawl: Callable[..., Ran], tmp_path: Path) -> None:
    from crawler import sites  # noqa: PLC0415 - where the captured pages are

    with serve(captured()) as server:
        host = urlsplit(server.url).netloc
        told = sites.load("hanoi-sotttt").source.replace("sotttt.hanoi.gov.vn", host)
        (tmp_path / "hanoi.toml").write_text(told, "utf-8")
        ran = crawl(server.url.rstrip("/") + LISTING, "--site", str(tmp_path / "hanoi.toml"))
        asked = dict(server.requests)
    assert ran.status == 0, ran.err
    found = {urlsplit(url).path: (title, published) for url, title, published in rows(
        tmp_path, "SELECT url, title, published FROM articles"
    )}  # fmt: skip
    assert found == {
        told.path: (told.title, told.published.isoformat() if told.published else None)
        for told, _ in captured().articles()
    }
    assert max(asked.values()) == 1
    assert not [target for target in asked if "pop_up" in target or target.startswith("/en/")]
