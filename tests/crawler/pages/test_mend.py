"""Entities that lost their ampersand, or have one too many, are letters again; words before a semicolon stay."""

from __future__ import annotations

import unicodedata

import pytest

from crawler.pages import read
from crawler.pages.mend import mended


@pytest.mark.parametrize(
    ("damaged", "whole"),
    [
        ("người dân vẫn cograve;n chờ", "người dân vẫn còn chờ"),
        ("Phograve;ng Nội vụ, nghegrave;o, lagrave;m rotilde;", "Phòng Nội vụ, nghèo, làm rõ"),
        ("Ocirc;ng Aacute; xem xeacute;t", "Ông Á xem xét"),
        ("v&agrave; ph&oacute;ng sự", "và phóng sự"),
        ("v&amp;agrave; &amp;amp;ldquo;sen&rdquo;", "và “sen”"),
        ("doanh nghi;ecirc%3\u1e05p thu;ocirc%3b\u0323c B;ocirc%3B\u0323", "doanh nghiệp thuộc Bộ"),
        (";Uacute;c, ;Yacute; và Mỹ", "Úc, Ý và Mỹ"),
        ("ldquo;Ngày hộirdquo; năm 2020 ndash; ngày mớihellip;", "“Ngày hội” năm 2020 – ngày mới…"),
        ("Sở TTamp;TT, Công ty Tamp;T", "Sở TT&TT, Công ty T&T"),
        ("Tài nguyên amp; Môi trường, phograve;ng", "Tài nguyên & Môi trường, phòng"),
    ],
)
def test_a_letter_is_mended(damaged: str, whole: str) -> None:
    assert unicodedata.normalize("NFC", mended(damaged)) == whole


@pytest.mark.parametrize(
    "text",
    [
        "loa, amp; micro; đèn",
        "dòng điện 5 amp; điện áp 220 V",
        "boot camp;Hackathon; stamp; lamp;",
        "the situation is grave; acute; subacute; engrave; teeth;",
        "đã rõ; còn; làm; hoà; à; ý;",
        "tỷ lệ 100%3b",
        "ETH; GT; LT; deg; bull; quo;",
    ],
)
def test_a_word_before_a_semicolon_is_left_alone(text: str) -> None:
    assert mended(text) == text


def test_title_text_and_links_are_mended_and_addresses_are_not() -> None:
    page = read(
        """<title>Phograve;ng chống lụt</title><h1>Phograve;ng chống lụt</h1><p>Nước vẫn cograve;n cao tại các xã ven
        sông của huyện, người dân đã <a href="/a.pdf?x=cograve;n">xem cograve;ng</a> được sơ tán trong đêm qua.</p>
        <p>Đến sáng nay, v&amp;agrave; theo báo cáo, không có thiệt hại về người tại xã nào.</p>""".encode(),
        "http://vanhoa.example.vn/tin-17.html",
    )
    assert page.title == "Phòng chống lụt"
    assert "Nước vẫn còn cao" in page.body
    assert "nay, và theo" in page.body
    assert [(file.name, file.url) for file in page.attachments] == [
        ("xem còng", "http://vanhoa.example.vn/a.pdf?x=cograve;n")
    ]
