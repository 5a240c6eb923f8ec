"""The room in a real browser: what a reader does there, that nothing leaves this machine, and that all can use it."""

from __future__ import annotations

import csv
import io
import shutil
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

from tests.web import library
from tests.web.serving import serving

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
OPTIONS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking")

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium on this machine")


@pytest.fixture(scope="module")
def url(folder: Path) -> Iterator[str]:
    with serving(folder) as address:
        yield address


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(OPTIONS))
        yield browser
        browser.close()


@contextmanager
def opened(browser: Browser, url: str, **options: Any) -> Iterator[Page]:
    """Give a page. At the end nothing may have left this machine, and no script may have failed or been forbidden."""
    context = browser.new_context(base_url=url, **options)
    page = context.new_page()
    asked: list[str] = []
    wrong: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: wrong.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("dialog", lambda dialog: wrong.append(dialog.message))
    yield page
    context.close()
    assert {urlsplit(each).netloc for each in asked} == {urlsplit(url).netloc}
    assert wrong == []


@pytest.fixture
def page(browser: Browser, url: str) -> Iterator[Page]:
    with opened(browser, url) as page:
        yield page


def test_a_reader_searches_filters_reads_and_walks_on(page: Page, tmp_path: Path) -> None:
    page.goto("/")
    page.get_by_role("searchbox").fill("thi dua yeu nuoc")
    page.get_by_role("button", name="Tìm").click()
    assert page.locator("#found").inner_text().startswith("59 bài")
    assert page.locator(".hits mark").first.inner_text() == "thi"
    page.get_by_role("complementary").get_by_role("link", name="Tin tức").click()
    page.get_by_role("complementary").get_by_role("link", name="2019").click()
    assert page.locator(".chips a").all_inner_texts() == ["Tin tức\n×", "trong 2019\n×"]
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV").click()
    download.value.save_as(tmp_path / "found.csv")
    rows = list(csv.DictReader(io.StringIO((tmp_path / "found.csv").read_text("utf-8-sig"))))
    assert {(row["category"], row["published"][:4]) for row in rows} == {("Tin tức", "2019")}
    assert f"{len(rows)} bài" in page.locator("#found").inner_text()
    page.locator(".hits h3 a").first.click()
    title = page.locator("h1").inner_text()
    page.get_by_role("link", name="Tin mới hơn").click()
    number = int(title.split(":")[0].removeprefix("Tin số "))
    assert page.locator("h1").inner_text() == f"Tin số {number + 1}: thi đua yêu nước"
    page.get_by_role("link", name="English").click()
    assert page.locator("html").get_attribute("lang") == "en"
    assert page.locator("h1").inner_text() == f"Tin số {number + 1}: thi đua yêu nước"
    assert page.get_by_role("link", name="Newer article").is_visible()


def test_the_chart_is_drawn_and_its_bars_lead_to_their_months(page: Page) -> None:
    page.goto("/")
    bars = page.locator(".chart .bar")
    heights = [box["height"] for each in bars.all() if (box := each.bounding_box())]
    assert len(heights) == len({library.day(n)[:7] for n in range(1, library.ARTICLES + 1)})
    assert min(heights) > 20
    bars.first.click()
    assert page.url.endswith("/search?from=2018-02&to=2018-02")
    assert page.locator(".hits li").count() == 2


def test_the_heat_map_is_drawn_in_shades(page: Page) -> None:
    page.goto("/coverage")
    shades = "cells => new Set(cells.map(cell => getComputedStyle(cell).backgroundColor)).size"
    assert page.locator(".heat td:not(.total)").evaluate_all(shades) >= 2
    page.locator(".heat td a").first.click()
    assert page.locator(".hits li").count() >= 1


def test_a_citation_is_copied(browser: Browser, url: str, ids: dict[int, int]) -> None:
    with opened(browser, url, permissions=["clipboard-read", "clipboard-write"]) as page:
        page.goto(f"article/{ids[30]}")
        page.get_by_role("button", name="Sao chép").first.click()
        page.get_by_role("button", name="Đã sao chép").wait_for()
        copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("Báo Ruộng Đồng. “Tin số 30: thi đua yêu nước”.")


def test_it_needs_no_script_and_only_a_keyboard(browser: Browser, url: str) -> None:
    with opened(browser, url, java_script_enabled=False) as page:
        page.goto("")
        page.keyboard.press("Tab")
        assert page.locator(":focus").inner_text() == "Đến nội dung chính"
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        page.keyboard.type("bang vang")
        page.keyboard.press("Enter")
        page.wait_for_url("**/search?q=bang+vang")
        assert page.locator(".hits li").count() == 1


def test_what_is_stored_runs_nowhere(page: Page, ids: dict[int, int]) -> None:
    for path in (f"article/{ids[library.HOSTILE]}", "search?undated=1", "search?q=bai+doc", "coverage", ""):
        page.goto(path)
        assert page.title() != "hit"
        assert library.SCRIPT in page.locator("main").inner_text() or path in ("coverage", "")
    assert page.locator("a[href^='javascript'], a[href^='data']").count() == 0


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 360)])
def test_all_can_use_every_page(browser: Browser, url: str, ids: dict[int, int], scheme: Any, width: int) -> None:
    axe = Axe()
    with opened(browser, url, color_scheme=scheme, viewport={"width": width, "height": 800}) as page:
        for path in ("", "search?q=thi+dua&from=2019", f"article/{ids[library.CHANGED]}", "coverage"):
            page.goto(path)
            for each in page.locator("details").all():
                each.evaluate("details => { details.open = true; }")
            found = axe.run(page).response["violations"]
            faults = [(each["id"], each["nodes"][0]["html"]) for each in found if each["impact"] != "minor"]
            assert faults == [], path
            wider = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
            assert not wider, f"{path} does not fit {width} pixels"


def test_a_name_without_a_space_fits_the_narrowest_screen(browser: Browser, url: str, ids: dict[int, int]) -> None:
    with opened(browser, url, viewport={"width": 320, "height": 800}) as page:
        page.goto("search")
        page.locator(".filters .what", has_text="dàidài").click()
        page.locator(".chips a", has_text="dàidài").wait_for()
        for path in (page.url, "search", "coverage", f"article/{ids[library.HOSTILE]}", ""):
            page.goto(path)
            wider = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
            assert not wider, path
