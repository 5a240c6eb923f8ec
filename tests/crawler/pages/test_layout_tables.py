"""Pages that a table lays out: a menu, the text and a column at the side are cells of a row."""

from __future__ import annotations

import pytest

from crawler.pages import read
from crawler.records import Kind

URL = "http://binhquy.example.gov.vn/"
MENU = '<a href="/">Trang nhất</a><br><a href="/?m=tin">Tin</a><br><a href="/?m=lienhe">Liên hệ</a>'
NEWS = "".join(
    f'»<a href="/?doc={n}">Biểu dương hộ ông {name} trồng cam ở xã Đông Lạc</a> [{n:02}/09/2019]<br>'
    for n, name in ((11, "Đinh Văn Quất"), (10, "Hồ Thị Chanh"), (9, "Bùi Văn Nhót"))
)


def page(middle: str) -> bytes:
    return (
        "<html><head><meta charset=utf-8><title>UBND huyện Bình Quý</title></head><body><table>"
        f"<tr><td colspan=3><font size=6>UBND huyện Bình Quý</font></td></tr><tr><td>{MENU}</td><td>{middle}</td>"
        "<td><b>Đang có 17 người xem</b></td></tr></table><center>Điện thoại 0220 000 000</center></body></html>"
    ).encode()


@pytest.mark.parametrize(("url", "kind"), [(URL, Kind.HOME), (f"{URL}?m=tin", Kind.LISTING)])
def test_a_short_list_beside_a_menu_is_found_and_so_is_the_menu(url: str, kind: Kind) -> None:
    found = read(page(NEWS), url)
    assert found.kind is kind
    assert [item.url for item in found.items] == [f"{URL}?doc={n}" for n in (11, 10, 9)]
    assert f"{URL}?m=lienhe" in found.sections


def test_rows_with_two_files_each_are_data() -> None:
    files = '<a href="/a.pdf">Bản PDF</a><br><a href="/a.doc">Bản Word</a>'
    rows = "".join(f"<tr><td>{n}</td><td>Quyết định số {n}/QĐ-UBND</td><td>{files}</td></tr>" for n in range(1, 4))
    text = (
        "<p>" + "Sáng nay, Ủy ban nhân dân xã Đông Lạc tổ chức hội nghị tuyên dương các hộ sản xuất giỏi. " * 3 + "</p>"
    )
    html = f"<html><meta charset=utf-8><body><h1>Khen thưởng ở Đông Lạc</h1>{text}<table>{rows}</table></body></html>"
    found = read(html.encode(), f"{URL}tin-17.html")
    assert "1 | Quyết định số 1/QĐ-UBND | Bản PDF Bản Word" in found.body
