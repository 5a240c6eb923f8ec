"""What stands around an article and is none of it: forms, votes, boxes of documents; lists of cards under it."""

from __future__ import annotations

from datetime import date

import pytest

from crawler.pages import read
from crawler.records import Kind, Page, Relation

URL = "http://thidua.example.gov.vn/bai/khen-to-hoa-giai"
TITLE = "Khen thưởng tổ hòa giải thôn Đông"
TEXT = "Ủy ban nhân dân xã khen tổ hòa giải thôn Đông vì hai năm liền không để vụ việc nào phải lên huyện."
HEAD = f"<title>{TITLE}</title><h1>{TITLE}</h1><p>Ngày đăng: 12/06/2020</p>"
ASKED = "Những ý kiến không dấu hoặc có nội dung không phù hợp sẽ không được hiển thị trên trang."


def seen(page: str, url: str = URL) -> Page:
    return read(page.encode(), url, content_type="text/html")


@pytest.mark.parametrize(
    "box",
    [
        f"<div><p>{ASKED}</p><label>Họ và tên:</label><input><label>Nội dung:</label><textarea></textarea></div>",
        f"<form><p>{ASKED}</p><div>Mã xác nhận</div><div><textarea></textarea></div></form>",
        "<div><h3>Thăm dò</h3><p>Bà con đánh giá thế nào về giao diện của trang thông tin này?</p>"
        "<form><input type='radio'> Rất tốt<br><input type='radio'> Tốt<br></form></div>",
        "<div><p>Đánh giá bài viết</p><span>1 2 3 4 5</span><p>Tổng số điểm của bài viết là: 5</p></div>",
        "<div>Chia sẻ bài viết:<a>Facebook</a><a>Zalo</a></div>",
        "<p>Xem với cỡ chữ: <a>Mặc định</a> <a>Cỡ chữ lớn</a></p><p>Tương phản: <a>Tương phản</a></p>",
    ],
)
def test_forms_votes_and_buttons_are_no_text(box: str) -> None:
    assert seen(f"{HEAD}<div><p>{TEXT}</p></div>{box}").body == TEXT


def test_what_a_box_of_documents_says_of_each_is_no_text() -> None:
    documents = "".join(
        f"<li><a href='/vb/{n}'>{n}/QĐ-UBND</a><p>Quyết định kiện toàn tổ hòa giải của thôn số {n} trong xã</p>"
        f"<span>Ngày ban hành: 0{n}/07/2020</span></li>"
        for n in range(1, 7)
    )
    page = seen(f"<div><h3>Văn bản mới</h3><ul>{documents}</ul></div><div>{HEAD}<p>{TEXT}</p></div>")
    assert (page.kind, page.title, page.body) == (Kind.ARTICLE, TITLE, TEXT)


def test_a_list_goes_on_over_the_summaries_of_its_items() -> None:
    cards = "".join(
        f"<div><a href='/bai/{n}'><img src='/{n}.jpg'></a><h4><a href='/bai/{n}'>Tin số {n} của xã</a></h4>"
        f"<p>Sáng nay, bà con thôn {n} đã họp.</p></div>"
        for n in range(3)
    )
    page = seen(f"{HEAD}<p>{TEXT}</p><div><p>Tin liên quan</p>{cards}</div>")
    assert [item.title for item in page.items] == [f"Tin số {n} của xã" for n in range(3)]
    assert page.body == TEXT


def test_the_date_of_a_card_that_is_a_link_as_a_whole_is_its_items() -> None:
    cards = "".join(
        f"<div><a href='/bai/{n}'><h5>Tin số {n} của xã</h5><small>0{n}/06/2020</small></a></div>" for n in (3, 2, 1)
    )
    page = seen(f"{HEAD}<p>{TEXT}</p><h3>Các tin cũ hơn</h3>{cards}")
    assert [(item.title, item.published) for item in page.listed(Relation.OLDER)] == [
        (f"Tin số {n} của xã", date(2020, 6, n)) for n in (3, 2, 1)
    ]


def test_a_mark_before_a_title_within_its_link_is_not_the_titles() -> None:
    page = seen(
        f"{HEAD}<p>{TEXT}</p><b>Tin cũ hơn:</b><br><a href='/bai/1'>» Họp thôn Đông</a> <small>1/6/2020</small>"
    )
    assert [item.title for item in page.items] == ["Họp thôn Đông"]


def test_an_address_says_little_where_title_date_and_text_say_article() -> None:
    side = "".join(f"<p><a href='/bai/{n}'>Tin số {n} về phong trào của xã</a> (0{n}/06/2020)</p>" for n in range(1, 8))
    assert seen(f"<div>{HEAD}<p>{TEXT}</p></div><div><h4>Tin nóng</h4>{side}</div>").kind is Kind.ARTICLE


def test_a_page_to_write_to_is_no_listing_though_news_stand_beside_it() -> None:
    side = "".join(
        f"<li><a href='/bai/{n}'>Tin số {n} về phong trào của xã</a> (0{n}/06/2020)</li>" for n in range(1, 8)
    )
    form = "<p>Xã Hồng Phong, điện thoại 0220.3000</p><form><input><textarea></textarea></form>"
    page = seen(
        f"<title>Liên hệ - Xã Hồng Phong</title><h1>Liên hệ</h1>{form}<ul>{side}</ul>", "http://xa.example.vn/lien-he"
    )
    assert page.kind is Kind.OTHER
