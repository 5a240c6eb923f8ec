"""A site crawled at three dates, its captures served by a real pywb: what `thidua wayback` makes of them."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest

from tests.samplesite import Site, serve
from tests.thidua.state import assert_sound, rows
from tests.thidua.test_warc_tools import printing
from tests.thidua.webarchive import Dated, dated, day, pywb

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.thidua.conftest import Ran

DAYS = (day(2021), day(2022), day(2023))
ARTICLES = 30
VERSIONS = (
    "SELECT key, number, title, body, captured_at FROM versions v JOIN pages p ON p.id = v.article_id ORDER BY 1, 2"
)
ARTICLE = (
    "SELECT key, title, category, byline, lead, body, published, published_source, published_earliest, "
    "published_latest, status FROM articles JOIN pages USING (id) ORDER BY 1"
)


@dataclass(frozen=True)
class Crawled:
    """What crawling live at three dates came to, and how its moments are moved to those dates."""

    host: str
    folder: Path
    moved: Dated
    edited: str  # a path that had three texts, the third that of the first again
    gone: dict[str, str]  # paths that are gone, by how

    def live(self, query: str) -> list[tuple[Any, ...]]:
        """What a query finds in the archive of the live crawls, moments moved."""
        return [
            tuple(self.moved(value) if _is_moment(value) else value for value in row)
            for row in rows(self.folder, query)
        ]


def _is_moment(value: object) -> bool:
    return isinstance(value, str) and bool(re.fullmatch(r"20\d\d-\d\d-\d\dT[\d:]{8}Z", value))


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory, thidua_in: Callable[[Path], Callable[..., Ran]]) -> Crawled:
    folder = tmp_path_factory.mktemp("live")
    site = Site(articles=ARTICLES, categories=2, markup="sharepoint", charset="windows-1258")
    begun = []
    with serve(site) as server:

        def crawl(*arguments: str) -> None:
            time.sleep(1.1 - time.time() % 1)  # archives tell moments by the second
            begun.append(datetime.fromisoformat(f"{time.strftime('%Y-%m-%dT%H:%M:%S', time.gmtime())}Z"))
            ran = thidua_in(folder)("crawl", *arguments, "--delay", "0", "--concurrency", "4", "--recheck", "1000")
            assert ran.status == 0, ran.err

        crawl(server.url)
        numbers = list(site.live())
        first = site.article(numbers[3]).blocks
        site.edit_paragraph(numbers[3], "Hội nghị đã biểu dương mười hai hộ nông dân xã Hoa Sen.", 1)
        site.edit(numbers[4], title="Một nhan đề khác hẳn được đặt lại cho bài này")
        for number, how in zip(numbers[10:13], ("404", "soft404", "home"), strict=True):
            site.remove(number, how)
        site.add(0, count=2)
        crawl()
        site.edit(numbers[3], blocks=first)
        site.remove(numbers[14], "410")
        site.add(1, count=1)
        crawl()
        gone = {site.url(number): how for number, how in zip(numbers[10:13], ("404", "soft404", "home"), strict=True)}
        host = urlsplit(server.url).netloc
    return Crawled(
        host, folder / "data", Dated(begun, DAYS), site.url(numbers[3]), gone | {site.url(numbers[14]): "410"}
    )


@pytest.fixture(scope="module")
def cdx(crawled: Crawled, pytestconfig: pytest.Config, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    home = tmp_path_factory.mktemp("pywb")
    with pywb(pytestconfig, home / "home", dated(crawled.folder, crawled.moved, home / "warcs")) as address:
        yield address


def test_it_comes_to_what_crawling_live_at_those_dates_came_to(
    thidua: Callable[..., Ran], tmp_path: Path, crawled: Crawled, cdx: str
) -> None:
    ran = thidua("wayback", crawled.host, "--cdx", cdx, "--delay", "0", "--json")
    assert (ran.status, ran.err) == (0, "")
    data = tmp_path / "data"
    assert rows(data, ARTICLE) == crawled.live(ARTICLE)
    assert rows(data, VERSIONS) == crawled.live(VERSIONS)
    assert_sound(data)
    assert thidua("verify").status == 0
    assert {source for (source,) in rows(data, "SELECT DISTINCT source FROM captures")} == {"wayback"}
    assert ran.json["articles_new"] == len(rows(data, ARTICLE))


def lost(url: str) -> bool:
    """Whether an article's captures are missing in the poorer web archive: a third of them are."""
    number = re.search(r"itemid=(\d+)", url, re.IGNORECASE)
    return number is not None and int(number[1]) % 3 == 0


def is_kept(content: bytes) -> bool:
    """Whether the poorer web archive has a record."""
    url = re.search(rb"^WARC-Target-URI: (\S+)", content, re.MULTILINE)
    return url is None or not lost(url[1].decode())


@pytest.fixture(scope="module")
def poorer(crawled: Crawled, pytestconfig: pytest.Config, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    home = tmp_path_factory.mktemp("poorer")
    with pywb(pytestconfig, home / "home", dated(crawled.folder, crawled.moved, home / "warcs", is_kept)) as address:
        yield address


def test_what_a_third_of_the_captures_would_have_told_is_listed_as_missing_and_can_be_had_later(
    thidua: Callable[..., Ran], tmp_path: Path, crawled: Crawled, cdx: str, poorer: str
) -> None:
    data = tmp_path / "data"
    ran = thidua("wayback", crawled.host, "--cdx", poorer, "--delay", "0", "--json")
    assert (ran.status, ran.err) == (0, "")
    articles = {row[0]: row for row in crawled.live(ARTICLE)}
    assert [row[0] for row in rows(data, ARTICLE)] == [key for key in sorted(articles) if not lost(key)]
    missing = rows(data, "SELECT key, title, m.published FROM missing m JOIN pages USING (url)")
    told = {key: (title, published) for key, title, published in missing}
    assert told == {key: (row[1], row[6]) for key, row in articles.items() if lost(key)}
    assert len(told) > ARTICLES // 4
    assert thidua("status", "--json").json["missing"] == len(told)

    ran = thidua("wayback", crawled.host, "--cdx", cdx, "--missing", "--delay", "0", "--json")
    assert (ran.status, ran.err) == (0, "")
    captures = rows(data, "SELECT c.url FROM captures c WHERE warc_file LIKE '%thidua-000002-%'")
    assert ran.json["kept"] == len(captures)
    assert {lost(url) for (url,) in captures} == {True}
    assert ran.json["articles_new"] == len(told)
    assert thidua("status", "--json").json["missing"] == 0
    assert_sound(data)
    assert rows(data, ARTICLE) == crawled.live(ARTICLE)
    assert rows(data, VERSIONS) == crawled.live(VERSIONS)


def test_all_asks_for_every_capture(thidua: Callable[..., Ran], tmp_path: Path, crawled: Crawled, cdx: str) -> None:
    ran = thidua("wayback", crawled.host, "--cdx", cdx, "--all", "--delay", "0", "--json")
    assert (ran.status, ran.err) == (0, "")
    assert ran.json["left"].keys() == {"no page that can be read (a picture, a document, a login …)"}
    live = crawled.live("SELECT url, captured_at FROM captures WHERE url NOT LIKE '%robots.txt'")
    assert rows(tmp_path / "data", "SELECT url, captured_at FROM captures") == sorted(live, key=repr)
    assert rows(tmp_path / "data", VERSIONS) == crawled.live(VERSIONS)


def test_pages_in_chunks_or_zipped_come_with_the_bytes_and_digests_that_a_crawl_was_given(
    thidua_in: Callable[[Path], Callable[..., Ran]], tmp_path: Path, pytestconfig: pytest.Config
) -> None:
    live, found = tmp_path / "live", tmp_path / "found"
    for folder in (live, found):
        folder.mkdir()
    with printing() as press:
        ran = thidua_in(live)("crawl", press.url, "--delay", "0", "--timeout", "5")
        assert ran.status == 0, ran.err
    same = Dated([day(2020)], [day(2020)])
    files = dated(live / "data", same, tmp_path / "warcs", lambda content: b"\nWARC-Truncated:" not in content)
    with pywb(pytestconfig, tmp_path / "home", files) as address:
        ran = thidua_in(found)("wayback", urlsplit(press.url).netloc, "--cdx", address, "--delay", "0", "--json")
    assert (ran.status, ran.err) == (0, "")
    texts = "SELECT key, title, body FROM articles JOIN pages USING (id) ORDER BY 1"
    assert rows(found / "data", texts) == rows(live / "data", texts)
    digests = "SELECT url, status, digest, content_type FROM captures WHERE status != 0 AND url NOT LIKE '%robots.txt'"
    there, here = dict_of(rows(live / "data", digests)), dict_of(rows(found / "data", digests))
    for path in (press.zipped, press.newest):
        assert here[press.url + path] == there[press.url + path]
    assert here.keys() <= there.keys()


def dict_of(found: list[tuple[Any, ...]]) -> dict[Any, tuple[Any, ...]]:
    return {row[0]: row[1:] for row in found}
