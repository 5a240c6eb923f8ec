"""Small things done to text: what must never come through, whatever a page holds."""

from __future__ import annotations

import unicodedata

from hypothesis import example, given
from hypothesis import strategies as st

from crawler.pages import read
from crawler.pages.text import squeeze

URL = "http://thidua.example.gov.vn/Trang/ChiTietTinTuc.aspx?nid=1"


@given(st.text() | st.text(st.characters(codec="ascii")) | st.text(st.characters(categories=["Cc", "Cf", "Zs", "Lu"])))
@example("a\x1b[31mb")
@example("Vĩnh\x9b31mHòa\u2066")
@example("a \x1b b")
def test_squeezed_text_holds_no_controls_and_single_spaces(raw: str) -> None:
    text = squeeze(raw)
    assert not [char for char in text if unicodedata.category(char) == "Cc"]
    assert text == " ".join(text.split())
    assert squeeze(text) == text


def test_what_a_page_escapes_reaches_no_terminal() -> None:
    said = "&#27;]0;x&#7; Xã Vĩnh Hòa&#155;31m biểu dương mười hai hộ nông dân trồng na giỏi nhất trong vụ mùa vừa qua."
    page = f"<title>Xã &#27;[1mkhen</title><h1>Xã &#27;[1mkhen</h1><p>Ngày đăng: 12/06/2020</p><p>{said}</p>"
    read_as = read(f"{page}<a href='/f/%1b%5b1m.doc'></a>".encode(), URL, content_type="text/html")
    told = [read_as.title, read_as.body, *(file.name for file in read_as.attachments)]
    assert read_as.body
    assert not [text for text in told if any(unicodedata.category(char) == "Cc" for char in text)]
