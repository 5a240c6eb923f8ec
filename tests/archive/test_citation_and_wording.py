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
    last_captured_at="2024-02-03T18:05:06Z",
    version_captured_at="2024-01-01T03:00:00Z",
    byline="Theo Sở Nội vụ",
    lead="",
    block_kinds="p",
    body="Sáng nay.",
    bounds_disputed=False,
)


def test_a_citation_names_the_original_and_the_day_in_vietnam_when_it_was_read() -> None:
    assert citation.plain(ARTICLE) == (
        "Sở Nội vụ. “Phát động phong trào ‘Công sở xanh’”. noivu.example, ngày 12/06/2020. "
        "http://noivu.example/tin?id=17 (bản lưu ngày 04/02/2024)."
    )
    assert citation.plain(ARTICLE, "en").endswith("12/06/2020. http://noivu.example/tin?id=17 (archived 04/02/2024).")


def test_a_citation_leaves_out_what_is_not_known() -> None:
    bare = replace(ARTICLE, byline="", published=None)
    assert citation.plain(bare).startswith("“")
    assert "không rõ ngày" in citation.plain(bare)
    assert "author" not in citation.bibtex(bare)
    assert "  date" not in citation.bibtex(bare)
    assert {"author", "issued"}.isdisjoint(citation.csl(bare)[0])


@pytest.mark.parametrize(
    ("byline", "author"),
    [
        ("Nguồn: Bản tin Bến Cũ", "Bản tin Bến Cũ"),
        ("Tin từ Chi cục Thuỷ lợi", "Chi cục Thuỷ lợi"),
        ("Bài, ảnh: Hoàng Mai", "Hoàng Mai"),
        ("Hoàng Mai", "Hoàng Mai"),
        ("Theodor Lê", "Theodor Lê"),
        ("Tin học trẻ", "Tin học trẻ"),
    ],
)
def test_the_author_is_named_without_the_words_before_the_name(byline: str, author: str) -> None:
    assert citation.author(replace(ARTICLE, byline=byline)) == author


def test_bibtex_sees_no_commands_in_a_title() -> None:
    entry = citation.bibtex(replace(ARTICLE, title="50% & {ba} #1_a \\ ~", url="http://noivu.example/{x}%20"))
    title = r"50\% \& \textbraceleft{}ba\textbraceright{} \#1\_a \textbackslash{} \textasciitilde{}"
    assert f"title = {{{{{title}}}}}," in entry
    assert "url = {http://noivu.example/%7Bx%7D%20}" in entry
    assert "urldate = {2024-02-04}" in entry


def test_csl_has_dates_in_parts() -> None:
    (item,) = citation.csl(ARTICLE)
    assert item["issued"] == {"date-parts": [[2020, 6, 12]]}
    assert item["accessed"] == {"date-parts": [[2024, 2, 4]]}


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, "theo danh sách tin trên 3 trang khác"),
        ({"published_source": "page"}, "theo chính trang bài"),
        ({"published_source": "text"}, "theo đoạn mở đầu của bài"),
        (
            {"published_disputed": "2020-06-11, 2020-07-01"},
            "theo danh sách tin trên 3 trang khác; có danh sách ghi ngày khác: 11/06/2020, 01/07/2020",
        ),
        (
            {"published": None, "published_source": None},
            "các tin liền kề cho thấy bài đăng trong khoảng 10/06/2020 – 14/06/2020",
        ),
        (
            {"published": None, "published_source": None, "published_latest": None},
            "các tin liền kề cho thấy bài đăng từ 10/06/2020 trở đi",
        ),
        (
            {"published": None, "published_source": None, "published_earliest": None},
            "các tin liền kề cho thấy bài đăng muộn nhất là 14/06/2020",
        ),
        (
            {"published": None, "published_source": None, "published_earliest": None, "published_latest": None},
            "",
        ),
        (
            {"published": None, "published_source": None, "bounds_disputed": True},
            "các tin liền kề mâu thuẫn nhau về thời gian",
        ),
    ],
)
def test_what_a_date_rests_on_is_said(changes: dict[str, str | bool | None], said: str) -> None:
    assert wording.how_dated(replace(ARTICLE, **changes), 3) == said  # type: ignore[arg-type] # names of fields


def test_dates_and_numbers_are_written_as_in_vietnam() -> None:
    assert wording.day("2020-06-12") == "12/06/2020"
    assert wording.day(None) == "không rõ ngày"
    assert wording.month("2020-06") == "tháng 6/2020"
    assert wording.count(1234567) == "1.234.567"


def test_a_citation_names_the_host_and_no_key_of_a_profile() -> None:
    article = replace(ARTICLE, site="hanoi-sotttt", url="http://www.sotttt.hanoi.gov.vn/tin?id=17")
    assert "”. sotttt.hanoi.gov.vn, ngày" in citation.plain(article)
    assert "organization = {sotttt.hanoi.gov.vn}" in citation.bibtex(article)
    assert citation.csl(article)[0]["container-title"] == "sotttt.hanoi.gov.vn"
