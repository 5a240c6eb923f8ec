"""What the pages of a mirror say of where they come from."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from tests.crawler.sources.mirroring import page, walked, write

if TYPE_CHECKING:
    from pathlib import Path

MIRRORED = "\n<!-- Mirrored from {} by HTTrack Website Copier/3.x [XR&CO'2014], Fri, 12 Jun 2020 08:15:00 GMT -->\n"
SINGLE_FILE = """<!--
 Page saved with SingleFile
 url: https://haiduong.gov.vn/tin/le-phat-dong-15.html
 saved date: Fri Jun 12 2020 15:15:00 GMT+0700 (Giờ Đông Dương)
-->"""


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("haiduong.gov.vn/a.aspx?nid=5&amp;title=x", "http://haiduong.gov.vn/a.aspx?nid=5&title=x"),
        ("haiduong.gov.vn/a.aspx?nid=5&title=x", "http://haiduong.gov.vn/a.aspx?nid=5&title=x"),
        ("https://haiduong.gov.vn/a-15.html", "https://haiduong.gov.vn/a-15.html"),
        ("haiduong.gov.vn:8080/", "http://haiduong.gov.vn:8080/"),
    ],
)
def test_httracks_comment_tells_address_and_time(written: str, meant: str, tmp_path: Path) -> None:
    write(tmp_path / "x" / "page6775.html", page(head=MIRRORED.format(written)))
    kept = walked(tmp_path).one()
    assert (kept.url, kept.at) == (meant, datetime(2020, 6, 12, 8, 15, tzinfo=UTC))


def test_what_httrack_added_is_taken_off_and_its_charset_is_kept(tmp_path: Path) -> None:
    added = '<!-- Added by HTTrack --><meta http-equiv="content-type" content="text/html;charset=windows-1258" />'
    marked = page(head=MIRRORED.format("a.vn/b.html") + added + "<!-- /Added by HTTrack -->\n")
    write(tmp_path / "a.vn" / "b.html", marked)
    kept = walked(tmp_path).one()
    assert kept.body.decode() == page()
    assert kept.content_type == "text/html;charset=windows-1258"


def test_httracks_own_pages_are_left_out(tmp_path: Path) -> None:
    write(tmp_path / "hts-log.txt", "HTTrack3.49-2 launched")
    write(tmp_path / "backblue.gif", b"GIF89a")
    write(tmp_path / "index.html", "<html><!-- Created by HTTrack --><title>Local index - HTTrack</title></html>")
    found = walked(tmp_path)
    assert (found.pages, found.lost) == ([], {"made by HTTrack": 3})


@pytest.mark.parametrize(
    ("head", "url"),
    [
        (
            "<!-- saved from url=(0042)http://haiduong.gov.vn/tin/a.aspx?nid=514 -->",
            "http://haiduong.gov.vn/tin/a.aspx?nid=514",
        ),
        (SINGLE_FILE, "https://haiduong.gov.vn/tin/le-phat-dong-15.html"),
        ('<meta property="og:url" content="https://haiduong.gov.vn/a-15.html">', "https://haiduong.gov.vn/a-15.html"),
        ('<link href="https://haiduong.gov.vn/a-15.html" rel="canonical">', "https://haiduong.gov.vn/a-15.html"),
        ('<base href="https://haiduong.gov.vn/">', "https://haiduong.gov.vn/tin.html"),
    ],
)  # fmt: skip - one line a form
def test_a_page_without_its_hosts_folder_may_tell_its_address(head: str, url: str, tmp_path: Path) -> None:
    write(tmp_path / "tin.html", page(head=head))
    assert walked(tmp_path).one().url == url


@pytest.mark.parametrize(
    "mark", [MIRRORED.format("khac.vn/y.html"), "<!-- saved from url=(0022)http://internet.e-mail -->"]
)
def test_a_mark_of_elsewhere_in_a_page_of_the_site_is_not_believed(mark: str, tmp_path: Path) -> None:
    write(tmp_path / "haiduong.gov.vn" / "x.html", page(head=mark), datetime(2021, 1, 1, tzinfo=UTC))
    kept = walked(tmp_path).one()
    assert (kept.url, kept.at) == ("http://haiduong.gov.vn/x.html", datetime(2021, 1, 1, tzinfo=UTC))


def test_a_single_file_says_when_it_was_saved(tmp_path: Path) -> None:
    write(tmp_path / "tin.html", page(head=SINGLE_FILE), datetime(2024, 1, 1, tzinfo=UTC))
    assert walked(tmp_path).one().at == datetime(2020, 6, 12, 8, 15, tzinfo=UTC)


def test_pages_that_tell_their_address_tell_that_of_the_others(tmp_path: Path) -> None:
    own = '<meta property="og:url" content="https://haiduong.gov.vn/tin/a-15.html">'
    write(tmp_path / "tin" / "a-15.html", page(head=own))
    write(tmp_path / "tin" / "b-16.html", page())
    assert [kept.url for kept in walked(tmp_path).pages][1] == "https://haiduong.gov.vn/tin/b-16.html"


def test_a_page_of_unknown_address_is_told_and_found_with_a_base(tmp_path: Path) -> None:
    write(tmp_path / "tin" / "a-15.html", page(head="<!-- saved from url=(0014)about:internet -->"))
    assert walked(tmp_path).lost == {"no original address": 1}
    assert walked(tmp_path, base="https://haiduong.gov.vn/").one().url == "https://haiduong.gov.vn/tin/a-15.html"


def test_headers_before_a_page_tell_status_time_and_type(tmp_path: Path) -> None:
    fields = "Date: Fri, 12 Jun 2020 08:15:00 GMT\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"
    head = "HTTP/1.1 404 Not Found\r\n" + fields
    write(tmp_path / "a.vn" / "b.html", head + page(), datetime(2015, 1, 1, tzinfo=UTC))
    kept = walked(tmp_path).one()
    assert (kept.status, kept.at) == (404, datetime(2020, 6, 12, 8, 15, tzinfo=UTC))
    assert (kept.content_type, kept.body.decode()) == ("text/html; charset=utf-8", page())
