"""Counters, clocks and the weather around an article are the page's, not the text's."""

from __future__ import annotations

import pytest

from crawler.pages import read
from crawler.records import Kind

URL = "http://thidua.example.gov.vn/tin-tuc/bieu-duong-guong-nguoi-tot-514.html"
TITLE = "Biểu dương gương người tốt việc tốt"
TEXT = "Sáng 12/6, xã Vĩnh Hòa biểu dương mười hai hộ nông dân trồng na giỏi nhất trong vụ mùa vừa qua."
END = "Chủ tịch Ủy ban nhân dân xã trao Giấy khen và mỗi hộ 500.000 đồng tiền thưởng."
FURNITURE = [
    "<p><i class='fa fa-eye'></i> 1.234</p>",
    "<span>123 lượt</span>",
    "<div>(1.234 lượt xem)</div>",
    "<div>Lượt đọc</div><div>595</div>",
    "<p>Bài viết này đã có 595 lượt xem và 4 bình luận tính đến hôm nay.</p>",
    "<div>Hải Dương: 27°C, độ ẩm 80%</div>",
    "<div>Hôm nay: Thứ tư, 1/07/2020, 11:21 GMT+7</div>",
    "<div>12 views</div>",
]
OWN = [
    "Giải Nhất: 12",
    "0220.3855555 - 0220.3855556",
    "Bài viết này có 12 lần nhắc tên bà con xã Vĩnh Hòa.",
    "Hôm nay 12/6/2020, xã khen 12 hộ.",
    "Trời nắng 40°C, bà con vẫn ra đồng.",
    "Tổng số: 1.234 lượt hộ được vay vốn",
]


def body(above: str, below: str) -> str:
    head = f"<title>{TITLE}</title><h1>{TITLE}</h1><p>Ngày đăng: 12/06/2020</p>"
    page = f"{head}<div>{above}<p>{TEXT}</p><p>{END}</p>{below}</div>"
    found = read(page.encode(), URL, content_type="text/html")
    assert found.kind is Kind.ARTICLE
    return found.body


@pytest.mark.parametrize("line", FURNITURE)
def test_what_counts_around_a_text_is_none_of_it(line: str) -> None:
    assert body(line, "") == body("", line) == f"{TEXT}\n\n{END}"


@pytest.mark.parametrize("line", OWN)
def test_a_line_of_the_texts_own_stays_whatever_it_counts(line: str) -> None:
    assert body("", f"<p>{line}</p>") == f"{TEXT}\n\n{END}\n\n{line}"
    assert body(f"<p>{line}</p>", "") == f"{line}\n\n{TEXT}\n\n{END}"


def test_rows_and_items_of_numbers_alone_stay() -> None:
    assert body("", "<ul><li>12</li><li>13</li></ul>").endswith("12\n\n13")


@pytest.mark.parametrize("counter", ["Tổng lượt truy cập: 349.523", "Tổng số lượt xem: 12", "Đang truy cập: 12"])
def test_a_counter_at_the_side_is_no_title_of_what_stands_beside_it(counter: str) -> None:
    """A home-made page: nothing but bold letters tells its title, which is as long as a paragraph."""
    title = "Họp xét đề nghị tặng Kỷ niệm chương cho mười hai hộ trồng na"
    page = read(
        f"""<title>Trang tin Hoa Sen</title><table><tr><td>Liên kết website<div>{counter}</div></td>
        <td><font size=4><b>{title}</b></font><br><br>{TEXT}<br><br>{END}<br><br>
        <b>CÁC TIN ĐÃ ĐƯA:</b><br>- <a href="/xem.php?id=4">Khen thưởng hộ nghèo vượt khó</a>(1/6/2020)
        </td></tr></table>""".encode(),
        "http://hoasen.example.vn/xem.php?id=5",
    )
    assert (page.title, page.category, page.body) == (title, "", f"{TEXT}\n\n{END}")


def test_a_bold_line_over_a_text_is_its_title_rather_than_a_plain_one_beside_it() -> None:
    title = "Họp xét đề nghị tặng Kỷ niệm chương cho mười hai hộ trồng na"
    page = read(
        f"""<title>Trang tin Hoa Sen</title><table><tr><td>Cổng thông tin huyện Vạn Hoa</td>
        <td><b>{title}</b><br><br>{TEXT}<br><br>{END}<br><br>
        <b>CÁC TIN ĐÃ ĐƯA:</b><br>- <a href="/xem.php?id=4">Khen thưởng hộ nghèo vượt khó</a>(1/6/2020)
        </td></tr></table>""".encode(),
        "http://hoasen.example.vn/xem.php?id=5",
    )
    assert (page.title, page.body) == (title, f"{TEXT}\n\n{END}")
