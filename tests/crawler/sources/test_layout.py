"""From the names of files to addresses, and from changed links back to those of the site."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from crawler.sources import httrack, links
from tests.crawler.sources.mirroring import page, walked, write

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("file", "url"),
    [
        ("haiduong.gov.vn/index.html", "http://haiduong.gov.vn/"),
        ("haiduong.gov.vn/tin/index.html", "http://haiduong.gov.vn/tin/"),
        ("haiduong.gov.vn/tin/index.html?page=2.html", "http://haiduong.gov.vn/tin/?page=2"),
        ("haiduong.gov.vn/a.aspx?nid=5", "http://haiduong.gov.vn/a.aspx?nid=5"),
        ("haiduong.gov.vn/a.aspx?nid=5.html", "http://haiduong.gov.vn/a.aspx?nid=5"),
        ("haiduong.gov.vn/a.aspx@nid=5.html", "http://haiduong.gov.vn/a.aspx?nid=5"),
        ("haiduong.gov.vn/a.aspx?nid=5&title=le-hoi.html", "http://haiduong.gov.vn/a.aspx?nid=5&title=le-hoi.html"),
        ("haiduong.gov.vn/a.aspx.html", "http://haiduong.gov.vn/a.aspx"),
        ("haiduong.gov.vn/tin/le-hoi-n514.html", "http://haiduong.gov.vn/tin/le-hoi-n514.html"),
        ("haiduong.gov.vn/ng@lang.html", "http://haiduong.gov.vn/ng@lang.html"),
        ("haiduong.gov.vn/hội nghị 100%.html", "http://haiduong.gov.vn/h%E1%BB%99i%20ngh%E1%BB%8B%20100%25.html"),
        ("haiduong.gov.vn/le%20hoi.html", "http://haiduong.gov.vn/le%20hoi.html"),
        ("127.0.0.1+8080/a.html", "http://127.0.0.1:8080/a.html"),
        ("127.0.0.1:8080/a.html", "http://127.0.0.1:8080/a.html"),
        ("https/haiduong.gov.vn/a.html", "https://haiduong.gov.vn/a.html"),
        ("haiduong.gov.vn/www.haiduong.gov.vn/a.html", "http://www.haiduong.gov.vn/a.html"),
        ("2020/lan 1/haiduong.gov.vn/a.html", "http://haiduong.gov.vn/a.html"),
    ],
)
def test_wgets_names_become_addresses(file: str, url: str, tmp_path: Path) -> None:
    write(tmp_path / file, page())
    assert walked(tmp_path).one().url == url


def test_the_folder_of_a_host_may_itself_be_given(tmp_path: Path) -> None:
    write(tmp_path / "haiduong.gov.vn" / "tin" / "a.html", page())
    assert walked(tmp_path / "haiduong.gov.vn").one().url == "http://haiduong.gov.vn/tin/a.html"


def test_an_original_beside_a_page_is_read_instead_and_shows_whether_html_was_added(tmp_path: Path) -> None:
    write(tmp_path / "a.vn" / "le-hoi.html", page("sửa"))
    write(tmp_path / "a.vn" / "le-hoi.orig", page("gốc"))
    kept = walked(tmp_path).one()
    assert (kept.url, kept.body.decode(), kept.file) == ("http://a.vn/le-hoi", page("gốc"), "a.vn/le-hoi.html")


def test_a_secure_address_is_believed_where_the_page_gives_it(tmp_path: Path) -> None:
    write(tmp_path / "a.vn" / "b.html", page(head='<link rel="canonical" href="https://a.vn/b.html">'))
    assert walked(tmp_path).one().url == "https://a.vn/b.html"


def restored(folder: Path, markup: str) -> str:
    write(folder / "a.vn" / "tin" / "b.aspx?nid=5.html", page())
    write(folder / "a.vn" / "tin" / "c.html", page(links=markup))
    kept = next(kept for kept in walked(folder).pages if kept.file.endswith("c.html"))
    return kept.body.decode().partition("</h1>")[2].partition("</body>")[0]


@pytest.mark.parametrize(
    "href",
    ["b.aspx%3Fnid=5.html", "./b.aspx%3Fnid%3D5.html", "../tin/b.aspx%3Fnid=5.html"],
)
def test_a_link_to_a_local_file_leads_to_its_address_again(href: str, tmp_path: Path) -> None:
    assert restored(tmp_path, f"<a HREF='{href}#y'>Lễ</a>") == "<a HREF='http://a.vn/tin/b.aspx?nid=5#y'>Lễ</a>"


@pytest.mark.parametrize(
    "markup",
    [
        '<a href="b.aspx?nid=7">không có</a>',
        '<a href="/tin/b.aspx%3Fnid=5.html">từ gốc</a>',
        '<a href="http://khac.vn/x">nơi khác</a><a href="#y">y</a><a href="javascript:a()">z</a><a href="">t</a>',
        '<!-- <a href="b.aspx%3Fnid=5.html"> --><script>"<a href=\'b.aspx%3Fnid=5.html\'>"</script>',
        '<a title="xem href=b.aspx%3Fnid=5.html">chữ</a>',
        '<a href="../../../../b.aspx%3Fnid=5.html">ra ngoài</a>',
        '<a href="c.html">chính nó</a><p class=x>"Thi đua" &nbsp; < 5 > 3</p>',
        '<a href="b.aspx',
    ],
)
def test_nothing_else_is_touched(markup: str, tmp_path: Path) -> None:
    assert restored(tmp_path, markup) == markup


@pytest.mark.parametrize(
    "around",
    [
        '<p title="5 < 6">{}',
        '<a href="x"">{}',
        "<img alt='a>b'>{}",
        '<p title="chưa đóng>{}',
        "<!-- x -->{}",
        "<a b c=d/>{}<",
    ],
)
def test_untidy_markup_around_a_link_does_not_hide_it(around: str, tmp_path: Path) -> None:
    link = "<a href=b.aspx%3Fnid=5.html>"
    assert restored(tmp_path, around.format(link)) == around.format("<a href=http://a.vn/tin/b.aspx?nid=5>")


@pytest.mark.parametrize(
    "piece",
    [b"<a ", b'<a "', b'<a ="', b"<!--", b"<script>", b"<a href", b"<a x=' ", b"x" * 50, b'<meta content="', b"<"],
)
def test_a_page_made_to_take_long_takes_no_longer_than_others(piece: bytes) -> None:
    body = b"<a " + piece * (2_000_000 // len(piece)) + b"'\""
    began = time.process_time()
    assert links.restored(body, links.Where(b"a/b.html", "http://a.vn/", lambda _path: "")) == body
    assert httrack.without_marks(body) == (body, "")
    assert time.process_time() - began < 10  # s; what grows with the square takes hours


def test_links_are_changed_back_in_any_charset(tmp_path: Path) -> None:
    words = "Thi ðua yêu nýớc".encode("cp1252", "replace")  # no UTF-8
    write(tmp_path / "a.vn" / "b.aspx?nid=5.html", page())
    write(tmp_path / "a.vn" / "c.html", b"<html><a href=b.aspx%3Fnid=5.html>" + words + b"</a></html>")
    bodies = [kept.body for kept in walked(tmp_path).pages]
    assert bodies[1] == b"<html><a href=http://a.vn/b.aspx?nid=5>" + words + b"</a></html>"
