"""One exported site and one browser for all tests of it."""

from __future__ import annotations

import re
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Page, expect, sync_playwright

from archive import Archive
from archive.export import export
from archive.selection import Selection
from archive.store import save
from tests.archive.build import article, gone, listed, text
from tests.samplesite import Site

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser

    from archive.models import Observation, Text

ARTICLES = 40
UNDATED, GONE, HOSTILE = 41, 7, 42
SCRIPT = "<script>document.title='broken'</script>"


def said(site: Site, number: int) -> Text:
    """What the sample site's article of this number says."""
    told = site.article(number)
    kinds = "".join(block.kind for block in told.blocks)
    more = {
        "images": tuple((link.url, link.text) for link in told.images),
        "attachments": tuple((link.url, link.text) for link in told.attachments),
    }
    return text(told.title, told.body, category=told.category, byline=told.byline, block_kinds=kinds, **more)


def chain(site: Site) -> Iterator[Observation]:
    """Yield a chain of articles, each named with its day by the one before and the one after."""
    numbers = list(site.live())
    days = [site.article(number).published for number in numbers]
    for place, number in enumerate(numbers):
        lists = [
            listed(near + 1, relation, str(days[near]), title=site.article(numbers[near]).title)
            for near, relation in ((place - 1, "older"), (place + 1, "newer"))
            if 0 <= near < len(numbers)
        ]
        yield article(place + 1, *lists, said=said(site, number))


def hostile() -> Observation:
    """An article that tries to be more than text wherever it can."""
    told = text(
        f"{SCRIPT} \"mùa na\" & 'cam'",
        f"Mở đầu {SCRIPT}\n\n<img src=x onerror=\"document.title='broken'\">\n\n</div></main> ${{1}} {{{{ title }}}}",
        category="Tin <b>tức</b> & sự kiện",
        byline=f"Theo {SCRIPT}",
        images=(("javascript:document.title='broken'", "Ảnh <i>một</i>"), ("http://[tệp", "")),
        attachments=(("javascript:document.title='broken'", "Tệp"), ('http://noivu.example/a b.pdf?y="2"', "Tệp")),
    )
    page = article(HOSTILE, said=told)
    return replace(page, url='http://noivu.example/tin?id="><script>1</script>')


def fill(archive: Archive) -> None:
    """Store what the tests look at: a chain, an article without a date, one that is gone, a hostile one."""
    with archive.write():
        for page in chain(Site(articles=ARTICLES, categories=3)):
            save(archive, page)
        save(archive, article(UNDATED, said=text("Đời sống văn hoá ở Uỷ ban xã", "Ghe ngo thí đưa; dưa hấu.")))
        save(archive, hostile())
        save(archive, gone(GONE, day=1))


@pytest.fixture(scope="package")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    folder = tmp_path_factory.mktemp("html") / "data"
    with Archive.open(folder, create=True) as opened:
        fill(opened)
    with Archive(folder) as reading:
        yield reading


@pytest.fixture(scope="package")
def site(filled: Archive, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The exported site, in a folder that a careless link would show to be wrong."""
    out = tmp_path_factory.mktemp("Kho tin #1 100%") / "site"
    export(filled, "html", out, Selection())
    return out


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=arguments)
        yield browser
        browser.close()


class Watched:
    """A page of the browser; `faults` is what went wrong in it, `asked` are the addresses it loaded."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.faults: list[str] = []
        self.asked: list[str] = []
        page.on("console", lambda message: self.faults.append(message.text))
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.on("request", lambda request: self.asked.append(request.url))

    def ask(self, query: str) -> list[str]:
        """Type a query into the search box, and return the titles of the hits."""
        self.page.fill("#hoi input[type=search]", query)
        self.page.press("#hoi input[type=search]", "Enter")
        expect(self.page).to_have_title(re.compile(f"^{re.escape(query)} – "))  # what is said below is of this query
        self.expect(r"^(\d|Không)")
        return self.page.locator("#hits h2").all_inner_texts()

    def expect(self, said: str) -> None:
        """Wait until what is said above the hits matches. (The page's policy forbids to evaluate a condition in it.)"""
        expect(self.page.locator("#so-bai")).to_have_text(re.compile(said))


@contextmanager
def watching(browser: Browser) -> Iterator[Watched]:
    """Give a page in which nothing may have gone wrong at the end."""
    context = browser.new_context(locale="vi-VN")
    watched = Watched(context.new_page())
    yield watched
    context.close()
    assert watched.faults == []


@pytest.fixture
def watched(browser: Browser) -> Iterator[Watched]:
    """A page of its own for a test."""
    with watching(browser) as page:
        yield page
