"""What the charset forms do to the bytes of a page, and what they leave of the text."""

from __future__ import annotations

import unicodedata

import pytest

from tests.samplesite import CHARSETS, Article, Block, Site, render_article

LETTERS = "Đoạn văn: ằ ẳ ẵ ắ ặ ầ ẩ ẫ ấ ậ ề ể ễ ế ệ ồ ổ ỗ ố ộ ờ ở ỡ ớ ợ ừ ử ữ ứ ự ỳ ỷ ỹ ý ỵ Ứ Ệ Ỗ đ Đ “trích” – hết."
ARTICLE = Article("Tiêu đề", "Tin tức - Sự kiện", (Block("p", LETTERS),))


@pytest.mark.parametrize("charset", CHARSETS)
def test_the_text_survives_every_charset(charset: str) -> None:
    body = render_article("lists", ARTICLE, charset=charset)
    form = CHARSETS[charset]
    assert LETTERS in unicodedata.normalize("NFC", body.removeprefix(form.bom).decode(form.codec))


@pytest.mark.parametrize("charset", CHARSETS)
def test_pages_are_labelled_as_the_form_says(charset: str) -> None:
    site, form = Site(articles=6, charset=charset), CHARSETS[charset]
    answer = site.render("/")
    assert dict(answer.headers)["Content-Type"] == form.content_type
    assert answer.body.startswith(form.bom)
    assert (b"charset=" in answer.body) == bool(form.meta)


def test_a_late_declaration_stands_after_byte_1024() -> None:
    assert render_article("tables", ARTICLE, charset="utf-8-late").index(b"charset=") > 1_024


def test_windows_1258_writes_tones_apart() -> None:
    assert "ê\u0323".encode("cp1258") in render_article("lists", Article("Huyện", "", ()), charset="windows-1258")


def test_nfd_pages_hold_no_composed_letter() -> None:
    assert "ộ".encode() not in render_article("lists", ARTICLE, charset="utf-8-nfd")
