"""Other people's programs open our feeds and web archives: a feed reader, py-wacz, pywb, ReplayWeb.page."""

from __future__ import annotations

import gzip
import json
import re
import shutil
import subprocess
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.error import HTTPError

import pytest
from playwright.sync_api import sync_playwright

from archive import Archive
from archive.export import surt
from tests.archive import recorded
from tests.archive.build import BODY, url
from tests.archive.recorded import EDITED, GONE, SAME, SECTION, TITLE, ZIPPED, html
from tests.thidua.disks import disk
from tests.thidua.foreign import WEB, fetched, package, programs, running, unused_port
from tests.thidua.replayweb import SHOWING, browser_of, serving, shown
from tests.thidua.state import rows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Page

    from tests.thidua.conftest import Ran

CHROMIUM = shutil.which("chromium")


@dataclass(frozen=True)
class Exported:
    """A folder with an archive, `data`, and what was exported from it."""

    folder: Path
    tools: Path

    @property
    def wacz(self) -> Path:
        return self.folder / "news.wacz"

    def python(self, program: str, *arguments: str | Path) -> str:
        """What a Python program prints, run where other people's libraries are."""
        command = [str(self.tools / "python"), "-c", program, *map(str, arguments)]
        return subprocess.run(command, capture_output=True, check=True, text=True).stdout


@pytest.fixture(scope="module")
def exported(
    pytestconfig: pytest.Config,
    tmp_path_factory: pytest.TempPathFactory,
    thidua_in: Callable[[Path], Callable[..., Ran]],
) -> Exported:
    folder = tmp_path_factory.mktemp("exported")
    with Archive.open(folder / "data", create=True) as archive:
        recorded.record(archive)
    for name, out in (("wacz", "news.wacz"), ("atom", "feed.xml"), ("jsonfeed", "feed.json")):
        ran = thidua_in(folder)("export", name, str(folder / out))
        assert (ran.status, ran.err) == (0, "")
        assert ran.out.startswith(f"{folder / out}: {recorded.ARTICLES} articles, ")
    return Exported(folder, programs(pytestconfig, *WEB))


FEED_READER = """
import json, sys, fastfeedparser
found = fastfeedparser.parse(open(sys.argv[1], encoding="utf-8").read())
print(json.dumps([[e.link, e.title, e.content[0]["value"]] for e in found.entries]))
"""


@pytest.mark.parametrize("name", ["feed.xml", "feed.json"])
def test_a_feed_reader_of_both_kinds_finds_the_same_in_them(name: str, exported: Exported) -> None:
    entries = json.loads(exported.python(FEED_READER, exported.folder / name))
    stored = rows(exported.folder / "data", "SELECT url, title FROM articles")
    assert sorted((link, title) for link, title, _ in entries) == stored
    content = "".join(f"<p>{block}</p>" for block in BODY.split("\n\n"))
    assert (url(SAME), TITLE.format(SAME), content) in [tuple(entry) for entry in entries]


# -- WACZ


def test_py_wacz_finds_it_valid(exported: Exported) -> None:
    command = [str(exported.tools / "wacz"), "validate", "-f", str(exported.wacz)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert "the passed WACZ is valid" in done.stdout, done.stdout + done.stderr


URLS = (
    "http://noivu.example",
    "https://www2.noivu.example:8080/Tin//a/../b/./c.HTML?B=2&a=1&a",
    "https://noivu.example:443/tin?id=1&title=Xin%20ch%C3%A0o",
    "http://noivu.example/tin%2Fx/Th%E1%BB%8Fng%2520a?x=%3D%26",
    "http://127.0.0.1:8797/Trang/ChiTietTinTuc.aspx?nid=1120&title=a.html",
    "http://noivu.example/(S(abcdefghijklmnopqrstuvwx))/tin.aspx?a=1",
    f"http://noivu.example/tin?a=1&sid={'0123456789abcdef' * 2}",
    f"http://noivu.example/tin?phpsessid={'0123456789abcdef' * 2}&a=1",
    "http://noivu.example/tin?=&&b",
    "http://noivu.example/vi/-/view_content/123-tin.html#x",
    "http://noivu.example/tin-tuc/a b.html?q=a+b&Q=Đ",
)
KEYS = """
import sys
from pywb.utils.canonicalize import canonicalize
print(*map(canonicalize, sys.argv[1:]), sep="\\n")
"""


def test_the_index_has_the_keys_that_pywb_asks_for(exported: Exported) -> None:
    assert list(map(surt.canonical, URLS)) == exported.python(KEYS, *URLS).splitlines()


@pytest.fixture(scope="module")
def wayback(exported: Exported) -> Iterator[Callable[[str, str], bytes]]:
    """pywb with the WACZ unpacked into it: gives what it replays of a URL at a moment."""
    home = exported.folder
    for arguments in (["init", "news"], ["add", "--unpack-wacz", "news", exported.wacz]):
        subprocess.run([exported.tools / "wb-manager", *arguments], cwd=home, capture_output=True, check=True)
    port = unused_port()
    server = f"http://127.0.0.1:{port}"

    def replayed(address: str, moment: str) -> bytes:
        body, encoding = fetched(f"{server}/news/{moment}id_/{address}")
        return gzip.decompress(body) if encoding == "gzip" else body

    with running([exported.tools / "wayback", "--port", str(port), "--bind", "127.0.0.1"], f"{server}/", home):
        yield replayed


FIRST, SECOND = "20240101030000", "20240102030100"


def test_pywb_replays_the_pages_as_the_site_sent_them(wayback: Callable[[str, str], bytes]) -> None:
    assert wayback(url(1), FIRST) == html(1)
    assert wayback(url(ZIPPED), FIRST) == html(ZIPPED)
    assert wayback(url(EDITED), FIRST) == html(EDITED)
    assert wayback(url(EDITED), "20240102030300") == html(EDITED, recorded.EDITED_BODY)
    assert b"Danh" in wayback(SECTION, FIRST)


def test_pywb_replays_what_came_a_second_time_from_the_record_of_the_first(
    wayback: Callable[[str, str], bytes], exported: Exported
) -> None:
    assert rows(exported.folder / "data", f"SELECT url FROM captures WHERE captured_at = '{_iso(SECOND)}'") == [  # noqa: S608 - ours
        (url(SAME),)
    ]
    assert wayback(url(SAME), SECOND) == html(SAME)


def test_pywb_says_of_a_page_that_went_away_what_the_site_said(wayback: Callable[[str, str], bytes]) -> None:
    with pytest.raises(HTTPError, match="404"):
        wayback(url(GONE), "20240102030400")


def _iso(moment: str) -> str:
    return re.sub(r"(....)(..)(..)(..)(..)(..)", r"\1-\2-\3T\4:\5:\6Z", moment)


# -- ReplayWeb.page


@pytest.fixture(scope="module")
def replay(exported: Exported, pytestconfig: pytest.Config) -> Iterator[tuple[Page, str]]:
    """A browser, and where the ReplayWeb.page component shows the WACZ to it."""
    if CHROMIUM is None:
        pytest.skip("there is no Chromium here to show a WACZ in")
    component = package(pytestconfig, "replaywebpage", "2.4.6")
    files = {
        "/": ("text/html; charset=utf-8", SHOWING.encode()),
        "/news.wacz": ("application/wacz", exported.wacz.read_bytes()),
        **{f"/replay/{name}": ("text/javascript", (component / name).read_bytes()) for name in ("ui.js", "sw.js")},
    }
    with serving(files) as server, sync_playwright() as playwright:
        browser = browser_of(playwright, CHROMIUM)
        yield browser.new_page(), f"{server}/?source=/news.wacz&replayBase=/replay/"
        browser.close()


def test_replayweb_page_shows_an_article_and_follows_its_links(replay: tuple[Page, str]) -> None:
    page, where = replay
    page.goto(f"{where}&url={url(1)}&ts={FIRST}")
    frame = shown(page, url(1))
    frame.wait_for_selector("h1")
    assert frame.text_content("h1") == TITLE.format(1)
    frame.click("text=Tin tức")
    assert "Danh" in (shown(page, SECTION).text_content("p") or "")


@pytest.mark.parametrize(("number", "moment"), [(SAME, SECOND), (ZIPPED, FIRST), (recorded.UNCHANGED, SECOND)])
def test_replayweb_page_shows_what_came_again_zipped_or_not_at_all(
    number: int, moment: str, replay: tuple[Page, str]
) -> None:
    page, where = replay
    page.goto(f"{where}&url={url(number)}&ts={moment}")
    frame = shown(page, url(number))
    frame.wait_for_selector("h1")
    assert frame.text_content("h1") == TITLE.format(number)


def test_replayweb_page_lists_the_articles_and_finds_one_by_its_words(replay: tuple[Page, str]) -> None:
    page, where = replay
    page.goto(f"{where}&view=pages")
    inside = page.frame_locator("iframe")
    listed = inside.locator("wr-page-entry")
    listed.first.wait_for()
    assert listed.count() == recorded.ARTICLES + 2, "the home page, and two texts of one article"
    inside.get_by_placeholder("Search by Page URL, Title, or Text").fill("mười hai hộ được khen")
    listed.nth(1).wait_for(state="detached")
    listed.locator(f"a[href*='id%3D{EDITED}&']").wait_for()
    inside.get_by_text("Thi đua – Khen thưởng: noivu.example").locator("visible=true").first.wait_for()


# -- as a user meets it


def test_the_command_says_in_one_line_why_there_is_no_wacz(thidua: Callable[..., Ran], tmp_path: Path) -> None:
    with Archive.open(tmp_path / "data", create=True) as archive:
        recorded.record(archive)
    shutil.rmtree(tmp_path / "data" / "warc")
    ran = thidua("export", "wacz", str(tmp_path / "news.wacz"))
    assert ran.status == 1
    assert ran.said().startswith(f"thidua: {tmp_path / 'data' / 'warc'}: is not there")
    assert not (tmp_path / "news.wacz").exists()


def test_the_newest_can_be_exported_alone(thidua: Callable[..., Ran], exported: Exported, tmp_path: Path) -> None:
    out = tmp_path / "feed.xml"
    ran = thidua("export", "atom", str(out), "--limit", "2", "--json", "--archive", str(exported.folder / "data"))
    assert (ran.status, ran.json["articles"], ran.json["notes"]) == (0, 2, [])
    assert out.read_text("utf-8").count("<entry>") == 2


def test_a_full_disk_is_told_of_and_what_was_there_stays(
    thidua: Callable[..., Ran], exported: Exported, tmp_path: Path
) -> None:
    with disk(tmp_path / "small", size=12_288) as small:
        out = small.path / "news.wacz"
        out.write_bytes(b"as before")
        ran = thidua("export", "wacz", str(out), "--force", "--archive", str(exported.folder / "data"))
        assert ran.status == 1
        assert f"{out}: the disk is full" in ran.said()
        assert [(file.name, file.read_bytes()) for file in small.path.iterdir()] == [("news.wacz", b"as before")]
