"""How an article is cited, and how Vietnamese pages say what is known of its date."""

from __future__ import annotations

from dataclasses import replace

import pytest

from archive import citation, wording
from archive.stored import Article

ARTICLE = Article(
    id=17,
    site="noivu.example",
    url="http://noivu.example/tin?id=17",
    category="Tin tức",
    title="Phát động phong trào “Công sở xanh”",
    published="2020-06-12",
    published_source="list",
    published_earliest="2020-06-10",
    published_latest="2020-06-14",
    published_disputed=None,
    page_date=None,
    text_date=None,
    status="live",
    first_captured_at="2024-01-01T03:00:00Z",
    last_captured_at="2024-02-03T04:05:06Z",
    byline="Theo Sở Nội vụ",
    lead="",
    block_kinds="p",
    body="Sáng nay.",
    bounds_disputed=False,
)


def test_a_citation_names_the_original_and_when_it_was_read() -> None:
    assert citation.plain(ARTICLE) == (
        "“Phát động phong trào ‘Công sở xanh’”, Theo Sở Nội vụ, noivu.example, 12/06/2020, "
        "http://noivu.example/tin?id=17, bản lưu ngày 03/02/2024."
    )


def test_a_citation_leaves_out_what_is_not_known() -> None:
    bare = replace(ARTICLE, byline="", published=None)
    assert "noivu.example, không rõ ngày, http" in citation.plain(bare)
    assert "author" not in citation.bibtex(bare)
    assert "date = {}" not in citation.bibtex(bare)


def test_bibtex_keeps_braces_balanced_and_special_characters_escaped() -> None:
    entry = citation.bibtex(replace(ARTICLE, title="50% & {ba} #1_a \\ ~", url="http://noivu.example/{x}%20"))
    assert r"title = {{50\% \& \{ba\} \#1\_a \textbackslash{} \textasciitilde{}}}" in entry
    assert "url = {http://noivu.example/%7Bx%7D%20}" in entry
    assert "urldate = {2024-02-03}" in entry


def test_the_wayback_machine_is_asked_for_the_time_of_the_last_reading() -> None:
    assert citation.wayback(ARTICLE) == "https://web.archive.org/web/20240203040506/http://noivu.example/tin?id=17"


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, "theo danh sách tin ở 3 trang khác"),
        ({"published_source": "page"}, "theo chính trang bài"),
        ({"published_source": "text"}, "theo phần mở đầu của bài"),
        (
            {"published_disputed": "2020-06-11, 2020-07-01"},
            "theo danh sách tin ở 3 trang khác; có danh sách ghi 11/06/2020, 01/07/2020",
        ),
        (
            {"published": None, "published_source": None},
            "các bài kế bên cho thấy bài đăng trong khoảng từ 10/06/2020 đến 14/06/2020",
        ),
        (
            {"published": None, "published_source": None, "published_latest": None},
            "các bài kế bên cho thấy bài đăng từ 10/06/2020 trở về sau",
        ),
        (
            {"published": None, "published_source": None, "published_earliest": None},
            "các bài kế bên cho thấy bài đăng từ 14/06/2020 trở về trước",
        ),
        (
            {"published": None, "published_source": None, "published_earliest": None, "published_latest": None},
            "",
        ),
    ],
)
def test_what_a_date_rests_on_is_said(changes: dict[str, str | None], said: str) -> None:
    assert wording.how_dated(replace(ARTICLE, **changes), 3) == said  # type: ignore[arg-type] # names of fields


def test_dates_and_numbers_are_written_as_in_vietnam() -> None:
    assert wording.day("2020-06-12") == "12/06/2020"
    assert wording.day(None) == "không rõ ngày"
    assert wording.month("2020-06") == "tháng 6/2020"
    assert wording.count(1234567) == "1.234.567"
