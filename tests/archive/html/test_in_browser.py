"""The site in real Chromium, from a disk and from a plain web server."""

from __future__ import annotations

import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.archive.html.conftest import HOSTILE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

    from tests.archive.html.conftest import Watched


class Quiet(SimpleHTTPRequestHandler):
    """Serves the folder above the site, and the site's own page where there is none, as GitHub Pages does."""

    def log_message(self, *_: object) -> None:
        pass

    def send_error(self, code: int, *_: Any, **__: Any) -> None:
        content = Path(self.directory, "site", "404.html").read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


@pytest.fixture(scope="module")
def served(site: Path) -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(site.parent))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/site"
        server.shutdown()


@pytest.fixture(params=["disk", "server"])
def root(request: pytest.FixtureRequest, site: Path) -> str:
    return site.as_uri() if request.param == "disk" else str(request.getfixturevalue("served"))


def test_a_visitor_searches_narrows_reads_and_walks_on(watched: Watched, root: str) -> None:
    page = watched.page
    page.goto(f"{root}/index.html")
    assert watched.ask("thi dua ghe") == ["Đời sống văn hoá ở Uỷ ban xã"]
    assert page.locator("#hits mark").all_inner_texts() == ["Ghe", "thí", "đưa", "dưa"]
    assert watched.ask("thi đua ghe") == []
    assert watched.ask("thi đua")
    assert page.evaluate("location.hash") == "#q=thi+%C4%91ua"

    page.select_option("select[name=xep]", "ngay")
    page.wait_for_url("**xep=ngay**")
    category = page.locator("select[name=muc] option").nth(1)
    label, value = category.inner_text(), category.get_attribute("value")
    page.select_option("select[name=muc]", value)
    number = int(label.rpartition("(")[2].removesuffix(")"))
    watched.expect(f"^{number} bài")
    page.reload()  # the address says it all
    watched.expect(f"^{number} bài")

    link = page.locator("#hits a").first
    title = link.inner_text()
    link.click()
    page.wait_for_url("**/bai/*.html")
    assert page.locator("h1").inner_text() == title
    step = page.locator(".walk a").last
    near = step.locator(".what").inner_text()
    step.click()
    expect(page.locator("h1")).to_have_text(near)

    page.fill(".small input", "van hoa")  # on any page
    page.press(".small input", "Enter")
    page.wait_for_selector("#hits li")
    assert page.evaluate("location.hash") == "#q=van+hoa"
    assert "?" not in page.url
    assert all(address.startswith(root) for address in watched.asked)


def test_pages_of_hits_and_the_way_back(watched: Watched, site: Path) -> None:
    page = watched.page
    page.goto((site / "index.html").as_uri())
    first = watched.ask("na OR hội OR xã OR huyện OR phường")
    assert len(first) == 10
    page.click("#trang a >> text=2")
    watched.expect("trang 2")
    assert not set(first) & set(page.locator("#hits h2").all_inner_texts())
    page.go_back()
    watched.expect("trang 1")
    assert page.locator("#hits h2").all_inner_texts() == first
    page.click("nav >> text=Chuyên mục")
    expect(page.locator(".categories")).to_be_visible()
    expect(page.locator("#ket-qua")).to_be_hidden()


def test_the_keyboard_is_enough(watched: Watched, site: Path) -> None:
    page = watched.page
    page.goto((site / "index.html").as_uri())
    page.keyboard.press("/")
    page.keyboard.type("xyzzy")
    page.keyboard.press("Enter")
    watched.expect("^Không tìm thấy")
    page.keyboard.press("Control+A")
    page.keyboard.type('"thi dua')
    page.keyboard.press("Enter")
    watched.expect("ngoặc kép")


def test_a_file_that_is_missing_is_named(watched: Watched, site: Path) -> None:
    page = watched.page
    page.route("**/tim/tu/*.js", lambda route: route.abort())
    page.goto((site / "index.html").as_uri())
    page.fill("#hoi input[type=search]", "thi dua")
    page.press("#hoi input[type=search]", "Enter")
    watched.expect(r"Không tải được tệp tim/tu/\d+\.js")
    watched.faults.clear()  # the browser says so too


def test_without_javascript_the_site_says_what_to_do(browser: Browser, site: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((site / "index.html").as_uri())
    assert page.locator("noscript").inner_text().startswith("Tìm kiếm chạy ngay trong trình duyệt")
    page.locator(".years a").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/thang/*.html")
    context.close()


def test_nothing_in_an_article_comes_alive(watched: Watched, site: Path) -> None:
    page = watched.page
    for place in (f"bai/{HOSTILE}.html", "index.html#q=cam", "thang/khong-ro-ngay.html"):
        page.goto("about:blank")
        page.goto(f"{site.as_uri()}/{place}")
        page.wait_for_selector("#hits mark, article, .articles")
        assert page.title() != "broken"
        assert "<script>" in page.inner_text("main")
    assert page.locator("main script:not([src])").count() == 0


def test_a_page_that_is_not_there_leads_back(watched: Watched, served: str) -> None:
    for place in ("bai/999999.html", "khong-co.html", "thang/1990-01.html"):
        watched.page.goto(f"{served}/{place}")
        watched.page.click("#ve")
        watched.page.wait_for_url(f"{served}/index.html")
    assert [fault for fault in watched.faults if "404" not in fault] == []
    watched.faults.clear()  # the browser logs each answer of 404


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 390)])
def test_axe_finds_no_fault_and_nothing_is_wider_than_the_screen(
    browser: Browser, site: Path, scheme: Any, width: int
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme, bypass_csp=True)
    page = context.new_page()
    for place in ("index.html", "index.html#q=thi+dua", f"bai/{HOSTILE}.html", "gioi-thieu.html", "404.html"):
        page.goto("about:blank")
        page.goto(f"{site.as_uri()}/{place}")
        page.wait_for_selector("#hits li" if "#" in place else "h1")
        found = Axe().run(page).response["violations"]
        assert [(each["id"], each["impact"], each["nodes"][0]["html"]) for each in found] == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    context.close()
