"""Whatever comes, reading ends, soon, with a page: damage, nonsense, and pages made to hurt."""

from __future__ import annotations

import time
from functools import lru_cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.pages import read
from crawler.records import Kind

CASES = Path(__file__).parents[2] / "fixtures" / "pages"
URL = "http://thidua.example.gov.vn/tin/bai-viet-1234.html"
SENTENCE = "Cụm thi đua số 3 đã tổ chức hội nghị sơ kết phong trào thi đua chín tháng đầu năm tại hội trường huyện."
LINK = "<a href='/tin/bai-{0}.html'>Bản tin thứ {0} của chuyên mục</a>"
HURTFUL = {
    "nested boxes": "<div>" * 10_000 + f"<p>{SENTENCE}</p>" * 3,
    "nested text": "".join(f"<div>{SENTENCE}" for _ in range(4_000)),
    "nested tables": "<table><tr><td>a<td>" * 2_000 + SENTENCE,
    "nested definitions": "<dl><dt>Tin cũ hơn" + "".join(f"<dd>{LINK.format(n)} 01/02/2020" for n in range(3_000)),
    "nested spans": "<span style='display:block'>" * 20_000 + SENTENCE,
    "five megabytes of paragraphs": f"<h1>Hội nghị sơ kết</h1><p>01/02/2020</p>{f'<p>{SENTENCE}</p>' * 30_000}",
    "five megabytes of one word": "<p>" + "chữ có dấu " * 330_000,
    "five megabytes of state": f"<input value='{'A' * 5_000_000}'><p>{SENTENCE}</p>",
    "nothing but openings": "<" * 500_000,
    "nothing but attributes": f"<p {' a=b' * 300_000}>{SENTENCE}",
    "nothing but labels": "<b>Tin cũ hơn</b><br><a href='/a'>Bài viết dài hơn</a><br>" * 10_000,
    "tabs that all lead to one box": "<a href='#x'>Tin mới hơn</a><br>" * 2_000 + "<div id=x>" + LINK.format(1) * 2_000,
    "nothing but links": "".join(f"<li>{LINK.format(n)} (01/02/2020)" for n in range(5_000)),
    "nearly dates": "<p>2020 " + "hai mươi tháng " * 200_000,
    "an author without end": f"<h1>Hội nghị sơ kết</h1><p>Tác giả: {'a' * 300}.<p>{SENTENCE}",
    "bars between two words": f"<title>Tin{'|' * 300_000}tỉnh</title><p>Tin{'|' * 300_000}tỉnh<p>{SENTENCE}",
    "a form in many boxes": f"<p>{SENTENCE}"
    + "<div>" * 250
    + "<textarea></textarea>"
    + LINK.format(1)
    + "<br><a href=/>x</a>" * 40_000,
}


@pytest.mark.parametrize("name", HURTFUL)
def test_a_page_made_to_hurt_is_read_in_seconds(name: str) -> None:
    page = f"<html><body>{HURTFUL[name]}".encode()
    start = time.process_time()
    assert read(page, URL, content_type="text/html").kind in Kind
    assert time.process_time() - start < 8


@given(st.binary(max_size=600), st.sampled_from(["", "text/html", "text/html; charset=utf-16"]))
def test_no_bytes_make_reading_fail(body: bytes, content_type: str) -> None:
    assert read(body, URL, content_type=content_type).kind in Kind


@lru_cache(maxsize=1)
def pages() -> list[bytes]:
    return [path.read_bytes() for path in sorted(CASES.glob("*/page.html"))]


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_no_damage_to_a_page_makes_reading_fail(data: st.DataObject) -> None:
    page = data.draw(st.sampled_from(pages()))
    for _ in range(data.draw(st.integers(1, 4))):
        at, length = data.draw(st.integers(0, len(page))), data.draw(st.integers(0, 400))
        inserted = data.draw(st.one_of(st.binary(max_size=20), st.just(page[at : at + length] * 2)))
        page = page[:at] + inserted + page[at + length :]
    found = read(page, URL, content_type="text/html")
    assert found.kind in Kind
    assert all(block.text == " ".join(block.text.split()) for block in found.blocks)


@settings(max_examples=100, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "<table>",
                "<tr>",
                "<td>",
                "</td>",
                "</table>",
                "<li>",
                "</ul>",
                "<a href='/tin/bai-1.html'>",
                "</a>",
                "<br>",
                "<h1>",
                "</h1>",
                "<p>",
                "</p>",
                "<b>",
                "</b>",
                "<title>",
                "</title>",
                "<img src=a.jpg alt='Tin cũ hơn'>",
                "Tin mới hơn",
                "12/06/2020",
                SENTENCE,
                "Tin cũ hơn:",
                "<!--",
                "-->",
                "<![CDATA[",
                "]]>",
                "<script>",
                "</script>",
                "&nbsp;",
                "<a href='#x'>",
                "<div id=x>",
                "</div>",
                "<base href='http://['>",
                "Nguồn: Báo tỉnh",
                "Trang chủ",
            ]
        ),
        max_size=40,
    )
)  # fmt: skip — the pieces read best as a block
def test_no_order_of_tags_makes_reading_fail(pieces: list[str]) -> None:
    assert read("".join(pieces).encode(), URL, content_type="text/html").kind in Kind
