"""The pages of an exported site, read as files: every link leads somewhere, nothing is left out, nothing is alive."""

from __future__ import annotations

import json
import posixpath
from datetime import date
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

import pytest
from lxml import html

from archive import Archive
from archive.errors import OutputExistsError
from archive.export import export
from archive.export.html.entries import PER_PAGE, Entry, categories, pages
from archive.export.html.render import is_web
from archive.selection import Selection
from archive.show import show
from archive.store import save
from tests.archive.build import article, listed, text
from tests.archive.html.conftest import ARTICLES, GONE, HOSTILE, SCRIPT, UNDATED

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def tree(page: Path) -> Any:
    return html.fromstring(page.read_text("utf-8"))


def words(element: Any) -> str:
    return " ".join(" ".join(element.itertext()).split())


def addresses(page: Path) -> Iterator[str]:
    for element in tree(page).iter():
        for name in ("href", "src", "action"):
            if name in element.attrib:
                yield element.get(name)


def inside(site: Path) -> dict[str, set[str]]:
    """Return for each page the files and places of this site that it leads to."""
    found: dict[str, set[str]] = {}
    for page in sorted(site.rglob("*.html")):
        name = page.relative_to(site).as_posix()
        folder = posixpath.dirname(name)
        local = [urlsplit(each) for each in addresses(page) if not urlsplit(each).scheme]
        found[name] = {
            (posixpath.normpath(posixpath.join(folder, unquote(each.path))) if each.path else name)
            + (f"#{each.fragment}" if each.fragment else "")
            for each in local
        }
    return found


def test_every_link_inside_the_site_leads_somewhere(site: Path) -> None:
    places = {page: set(tree(site / page).xpath("//@id")) for page in inside(site)}
    for page, targets in inside(site).items():
        for target in targets:
            file, _, place = target.partition("#")
            assert (site / file).is_file(), f"{page} leads to {target}"
            assert not place or place in places[file], f"{page} leads to {target}"


def test_every_page_is_reached_from_the_first(site: Path) -> None:
    links = inside(site)
    seen, ahead = set(), ["index.html"]
    while ahead:
        page = ahead.pop()
        if page in links and page not in seen:
            seen.add(page)
            ahead += [target.partition("#")[0] for target in links[page]]
    assert set(links) - seen == {"404.html"}
    assert (site / "sitemap-paths.txt").read_text("utf-8").split() == sorted(seen)


def test_every_article_is_there_once_by_month_and_once_by_category(site: Path, filled: Archive) -> None:
    ids = {str(each) for (each,) in filled.conn.execute("SELECT id FROM articles")}
    assert len(ids) == ARTICLES + 2
    assert {page.stem for page in (site / "bai").iterdir()} == ids
    for folder in ("thang", "muc"):
        named = [
            link.rpartition("/")[2].removesuffix(".html")
            for page in (site / folder).iterdir()
            for link in tree(page).xpath("//ul[@class='articles']//a/@href")
        ]
        assert sorted(named) == sorted(ids)
    assert f"{len(ids)} bài" in words(tree(site / "index.html"))


@pytest.mark.parametrize("number", [1, 5, GONE, 12, 26, UNDATED, HOSTILE])
def test_an_article_is_told_whole(site: Path, filled: Archive, number: int) -> None:
    shown = show(filled, number)
    page = tree(site / "bai" / f"{number}.html")
    (body,) = page.find_class("body")
    assert words(body) == " ".join(shown.article.body.replace(" | ", " ").split())
    assert words(page.find(".//h1")) == " ".join(shown.article.title.split())
    said = words(page)
    assert shown.article.byline in said
    assert all(url in said or url in page.xpath("//@href") for url, _ in [*shown.images, *shown.attachments])
    assert shown.article.url in said
    walked = [link.get("href") for nav in page.find_class("walk") for link in nav]
    neighbours = [near[0].id for near in (shown.older, shown.newer) if near]
    assert walked == [f"{near}.html" for near in neighbours]


def test_tables_lists_headings_and_captions_are_what_they_were(site: Path, filled: Archive) -> None:
    kinds = {"h": "h2", "i": "ul/li", "r": "table/tr", "c": "p[@class='caption']"}
    counted = dict.fromkeys(kinds, 0)
    for number, letters in filled.conn.execute("SELECT id, block_kinds FROM articles"):
        (body,) = tree(site / "bai" / f"{number}.html").find_class("body")
        for letter, path in kinds.items():
            assert len(body.xpath(f".//{path}")) == letters.count(letter)
            counted[letter] += letters.count(letter)
    assert min(counted.values()) > 0


def test_how_a_date_is_known_and_that_an_article_is_gone_is_said(site: Path) -> None:
    assert "theo danh sách tin trên 2 trang khác" in words(tree(site / "bai" / "5.html"))
    assert "không còn trên trang gốc" in words(tree(site / "bai" / f"{GONE}.html"))
    assert "Không rõ ngày đăng" in words(tree(site / "bai" / f"{UNDATED}.html"))


def test_what_an_article_says_stays_text(site: Path) -> None:
    for page in site.rglob("*.html"):
        content = page.read_text("utf-8")
        assert SCRIPT not in content
        assert "<img" not in content
        for address in addresses(page):
            assert urlsplit(address).scheme in ("", "http", "https"), f"{page}: {address}"
    assert "javascript:document" in words(tree(site / "bai" / f"{HOSTILE}.html"))


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", " https://x", "//x/y", "data:text/html,x", "http:", "http://[x", "C:\\x"]
)
def test_only_addresses_of_the_web_become_links(address: str) -> None:
    assert not is_web(address)
    assert is_web("https://noivu.example/tin?id=1")


def test_the_same_archive_gives_the_same_bytes(site: Path, filled: Archive, tmp_path: Path) -> None:
    again = tmp_path / "again"
    export(filled, "html", again, Selection())
    assert {file.relative_to(again): file.read_bytes() for file in again.rglob("*") if file.is_file()} == {
        file.relative_to(site): file.read_bytes() for file in site.rglob("*") if file.is_file()
    }


def test_a_choice_of_articles_says_that_it_is_one(filled: Archive, tmp_path: Path) -> None:
    chosen = Selection(date_from=date(2020, 5, 10), date_to=date(2020, 6, 10), query="thi dua")
    done = export(filled, "html", tmp_path / "part", chosen)
    assert 0 < done.articles < ARTICLES
    assert len(list((tmp_path / "part" / "bai").iterdir())) == done.articles
    said = words(tree(tmp_path / "part" / "gioi-thieu.html"))
    assert "từ ngày 10/05/2020 , đến ngày 10/06/2020 , có các từ thi dua" in said
    for page, targets in inside(tmp_path / "part").items():
        assert all((tmp_path / "part" / target.partition("#")[0]).is_file() for target in targets), page


def test_the_newest_may_be_all_there_is(filled: Archive, tmp_path: Path) -> None:
    done = export(filled, "html", tmp_path / "newest", Selection(), limit=3)
    assert done.articles == 3
    assert "mới nhất, nhiều nhất 3 bài" in words(tree(tmp_path / "newest" / "gioi-thieu.html"))
    assert "nhưng chưa có" not in words(tree(tmp_path / "newest" / "index.html"))


def test_an_empty_archive_gives_a_site_that_says_so(tmp_path: Path) -> None:
    with Archive.open(tmp_path / "data", create=True) as archive:
        done = export(archive, "html", tmp_path / "site", Selection())
    assert done.articles == 0
    assert "Kho chưa có bài nào" in words(tree(tmp_path / "site" / "index.html"))


def test_nothing_is_replaced_without_being_told_so(filled: Archive, site: Path) -> None:
    with pytest.raises(OutputExistsError, match="--force"):
        export(filled, "html", site, Selection())


def test_long_lists_are_cut_into_pages() -> None:
    entries = [Entry(number, "", None, "") for number in range(PER_PAGE * 2 + 1)]
    cut = pages("tin-tuc", entries)
    assert [page.file for page in cut] == ["tin-tuc.html", "tin-tuc.2.html", "tin-tuc.3.html"]
    assert [entry for page in cut for entry in page.entries] == entries


def test_every_category_has_a_file_name_of_its_own() -> None:
    names = ["Tin tức", "tin tuc", "Con", "новости", "", "Không có chuyên mục", "A" * 100, "..", "a/b"]
    found = categories(Entry(number, "", None, name) for number, name in enumerate(names))
    slugs = [category.slug for category in found]
    assert len(set(slugs)) == len(names)
    assert all(slug.replace("-", "").isalnum() and slug.isascii() and slug == slug.lower() for slug in slugs)
    assert "con" not in slugs


def test_articles_known_and_not_stored_are_counted_and_named(tmp_path: Path) -> None:
    with Archive.open(tmp_path / "data", create=True) as archive:
        near = listed(2, "older", "2020-06-11", title="Tin chưa lưu")
        save(archive, article(1, near, said=text("Tin đã lưu")))
        export(archive, "html", tmp_path / "site", Selection())
    assert "còn 1 bài được nhắc đến nhưng chưa có" in words(tree(tmp_path / "site" / "index.html"))
    said = tree(tmp_path / "site" / "bai" / "1.html")
    assert "Tin chưa lưu không có trong kho này 11/06/2020" in words(said)
    assert "http://noivu.example/tin?id=2" in said.xpath("//a/@href")


def test_the_search_index_is_plain_json_in_a_call(site: Path) -> None:
    for file in (site / "tim").rglob("*.js"):
        content = file.read_text("utf-8")
        if content.startswith("thidua.put("):
            name, data = json.loads("[" + content.removeprefix("thidua.put(").removesuffix(");\n") + "]")
            assert (site / "tim" / f"{name}.js") == file
            assert data
