"""The head of an article: its title, and when and by whom it was put there, how often it was read."""

from __future__ import annotations

from datetime import date

import pytest

from crawler.pages import read
from crawler.records import Kind, Page

URL = "http://thidua.example.gov.vn/chi-tiet-tin?id=98"
TITLE = "Trao Huy hiệu 60 năm tuổi Đảng cho cụ Phạm Thị Nhài"
FIRST = "Sáng nay, Đảng ủy xã Hồng Phong trao Huy hiệu cho cụ Nhài, người trồng vườn na lâu năm nhất trong xã."
LAST = "Cụ Nhài vào Đảng năm hai mươi tuổi, từng ba lần được tặng Bằng khen của tỉnh về phong trào làm đường."
TEXT = f"<div class='noidung'><p>{FIRST}</p><p>{LAST}</p></div>"
BODY = f"{FIRST}\n\n{LAST}"
JUNE_12 = date(2020, 6, 12)


def seen(body: str, title: str = TITLE, url: str = URL) -> Page:
    return read(
        f"<html><head><title>{title}</title></head><body>{body}</body></html>".encode(), url, content_type="text/html"
    )


@pytest.mark.parametrize(
    "head",
    [
        "<div>Ngày đăng <span>12/06/2020 | 12:00 AM</span> | View count: 700</div>",
        "<div><span>12/06/2020 08:06</span><span>Lượt xem: 1439</span><a href='javascript:print()'>In trang</a></div>",
        "<div><span>08:06 12/06/2020</span><span>88999 lượt xem</span></div>",
        "<ul><li>Tác giả: Vũ Hà</li><li>Đăng lúc: 12/06/2020</li><li>0 bình luận</li></ul>",
        "<p>Vũ Hà - 12/06/2020</p>",
        "<p>Submitted by Vũ Hà on 12/06/2020 - 07:35</p>",
        "<p>Posted on <time>12/06/2020</time><time>30/11/2025</time> by <a href='/author/1'>admin</a></p>",
        "<p>2020-06-12 14:37:00 &nbsp; 1627 lượt xem &nbsp; admin</p>",
        "<dl><dt>Chi tiết</dt><dd>Viết bởi Vũ Hà</dd><dd>Danh mục: <a href='/dang'>Xây dựng Đảng tại xã</a></dd>"
        "<dd>Được đăng: 12 Tháng 6 2020</dd><dd>Lượt xem: 85289</dd></dl>",
    ],
)
def test_all_that_stands_in_the_head_is_read_and_none_of_it_is_text(head: str) -> None:
    page = seen(f"<h2>{TITLE}</h2>{head}{TEXT}")
    assert (page.kind, page.title, page.published, page.body) == (Kind.ARTICLE, TITLE, JUNE_12, BODY)


def test_a_document_dated_with_its_place_keeps_that_line() -> None:
    page = seen(
        f"<h1>{TITLE}</h1><p>Ngày đăng: 15/06/2020</p><div><p>Hồng Phong, ngày 12 tháng 6 năm 2020</p>{TEXT}</div>"
    )
    assert page.published == date(2020, 6, 15)
    assert page.body.startswith("Hồng Phong, ngày 12 tháng 6 năm 2020")


def test_a_day_over_a_part_of_a_text_is_not_the_pages_own() -> None:
    page = seen(f"<h1>{TITLE}</h1><p>Ngày đăng: 15/06/2020</p><p>{FIRST}</p><p><b>Ngày 12/6/2020:</b></p><p>{LAST}</p>")
    assert page.published == date(2020, 6, 15)
    assert page.body == f"{FIRST}\n\nNgày 12/6/2020:\n\n{LAST}"


@pytest.mark.parametrize("end", [" (7h35 - 12/6/2020)", " (12/06/2020 08:15)"])
def test_a_date_with_a_clock_time_that_ends_the_title_is_the_pages(end: str) -> None:
    page = seen(f"<div><b>{TITLE}</b><span>{end}</span></div>{TEXT}", title="Website huyện")
    assert (page.title, page.published) == (TITLE, JUNE_12)


@pytest.mark.parametrize("named", [True, False])
def test_a_period_that_ends_the_title_is_its_own(named: bool) -> None:
    title = "Kỷ niệm ngày Báo chí cách mạng Việt Nam (21/6/1925 – 21/6/2014)"
    page = seen(f"<h1>{title}</h1><p>Ngày đăng: 12/06/2020</p>{TEXT}", title=title if named else "Tin xã")
    assert (page.title, page.published) == (title, JUNE_12)


def test_a_section_in_a_breadcrumb_is_not_the_title_though_the_head_names_it() -> None:
    crumbs = "<div><span><a href='/'>Trang chủ</a></span><span><p>Xây dựng Đảng</p></span></div>"
    page = seen(
        f"{crumbs}<div class='tieu-de'>{TITLE}</div><div>12/06/2020 | 9:16 AM</div>{TEXT}", title="Xây dựng Đảng"
    )
    assert (page.title, page.published) == (TITLE, JUNE_12)


def test_a_title_that_the_head_names_is_found_behind_the_text_of_a_box() -> None:
    side = "".join(f"<p>Thông báo số {n} về việc trực ban của các thôn trong xã</p>" for n in range(20))
    page = seen(f"<div>{side}</div><p>{TITLE}</p><p>Ngày đăng: 12/06/2020</p>{TEXT}", title=f"Xã Hồng Phong > {TITLE}")
    assert (page.title, page.published, page.body) == (TITLE, JUNE_12, BODY)


def test_the_name_of_a_box_at_the_side_is_no_title() -> None:
    rates = "<h3 class='title'>Tỷ giá ngoại tệ</h3><table><tr><td>USD</td><td>23,150</td></tr></table>"
    page = seen(
        f"<div>{rates}<p>Cập nhật: 26/11/2026</p></div><div>{TITLE}<br>12/06/2020<br>{TEXT}</div>",
        title="Xã Hồng Phong",
    )
    assert (page.title, page.published, page.body) == (TITLE, JUNE_12, BODY)


def test_a_summary_in_large_letters_is_no_title() -> None:
    lead = "Đảng ủy xã Hồng Phong trao Huy hiệu 60 năm tuổi Đảng cho cụ Phạm Thị Nhài ở thôn Đoài."
    page = seen(f"<p>{TITLE}</p><p>12/06/2020</p><h2>{lead}</h2>{TEXT}", title="")
    assert (page.title, page.body) == (TITLE, f"{lead}\n\n{BODY}")


def test_an_article_whose_only_text_is_the_name_of_a_file_is_not_read_from_the_side() -> None:
    others = "".join(f"<li><a href='/chi-tiet-tin?id={n}'>Tin số {n} về phong trào của xã</a></li>" for n in range(3))
    page = seen(
        f"<h1>{TITLE}</h1><p>12/06/2020</p><p><a href='/tep/quyet-dinh-60.pdf'>Quyết định trao Huy hiệu</a></p>"
        f"<h3>Các tin khác</h3><ul>{others}</ul><h2>Góc dân hỏi</h2><p>{FIRST}</p><p>{LAST}</p>"
    )
    assert (page.title, page.published, page.body) == (TITLE, JUNE_12, "Quyết định trao Huy hiệu")


def test_several_lines_that_say_where_a_text_is_from_are_one_byline() -> None:
    page = seen(f"<h1>{TITLE}</h1><p>12/06/2020</p>{TEXT}<p>Tác giả bài viết: Vũ Hà</p><p>Nguồn tin: Báo tỉnh</p>")
    assert (page.body, page.byline) == (BODY, "Tác giả bài viết: Vũ Hà - Nguồn tin: Báo tỉnh")
