"""Bytes to text: what was declared, where it is right; what the bytes themselves say, where it is wrong."""

from __future__ import annotations

import codecs
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.pages.charset import to_utf8

TEXT = (
    "<p>Ủy ban nhân dân huyện tặng giấy khen cho nông dân trồng na giỏi, người thợ dệt chiếu và cô giáo vùng bãi.</p>"
)
TONES = {"\u0300", "\u0301", "\u0303", "\u0309", "\u0323"}


def in_1258(text: str) -> bytes:
    """Write the text as windows-1258 does: letters composed, tone marks apart."""
    parts = []
    for char in text:
        marks = unicodedata.normalize("NFD", char)
        letter = unicodedata.normalize("NFC", "".join(mark for mark in marks if mark not in TONES))
        parts.append(letter + "".join(mark for mark in marks if mark in TONES))
    return "".join(parts).encode("cp1258")


def text_of(body: bytes, content_type: str = "") -> str:
    return unicodedata.normalize("NFC", to_utf8(body, content_type)[0].decode())


@pytest.mark.parametrize(
    "declared", ["", "text/html", "text/html; charset=iso-8859-1", "text/html; charset=windows-1258"]
)
def test_valid_utf8_is_utf8_whatever_is_declared(declared: str) -> None:
    assert to_utf8(TEXT.encode(), declared) == (TEXT.encode(), "utf-8")


@pytest.mark.parametrize(
    "declared", ["", "text/html; charset=windows-1258", "text/html; charset=utf-8", "text/html; charset=iso-8859-1"]
)
def test_windows_1258_is_known_by_its_letters(declared: str) -> None:
    assert text_of(in_1258(TEXT), declared) == TEXT
    assert to_utf8(in_1258(TEXT), declared)[1] == "cp1258"


def test_a_declaration_after_the_first_1024_bytes_is_seen() -> None:
    page = "<!--" + "x" * 3000 + "--><meta charset='shift_jis'><p>日本の地方行政に関する記事です。</p>"
    assert text_of(page.encode("shift_jis")) == page


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [(codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")],
)
def test_a_byte_order_mark_is_believed_and_dropped(mark: bytes, encoding: str) -> None:
    assert text_of(mark + TEXT.encode(encoding), "text/html; charset=iso-8859-1") == TEXT


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf16_without_a_mark_is_known(encoding: str) -> None:
    assert text_of(TEXT.encode(encoding)) == TEXT


def test_a_little_damage_leaves_utf8_as_it_is() -> None:
    damaged = TEXT.encode() + b"<p>\xe1\xbb</p>" + TEXT.encode()
    assert to_utf8(damaged)[1] == "utf-8"
    assert text_of(damaged).count(TEXT) == 2


def test_french_in_windows_1252_is_not_taken_for_vietnamese() -> None:
    page = "<p>Les élèves étaient très fiers d'être là où naît l'été, à côté du théâtre.</p>"
    assert text_of(page.encode("cp1252"), "text/html; charset=windows-1252") == page


def test_nuls_are_dropped() -> None:
    assert to_utf8(TEXT.encode() + b"x" * 2000 + b"\x00y")[0] == TEXT.encode() + b"x" * 2000 + b"y"


def test_an_unknown_charset_is_passed_over() -> None:
    assert text_of(in_1258(TEXT), "text/html; charset=tcvn-5712") == TEXT


@given(
    st.binary(max_size=400),
    st.sampled_from(["", "text/html; charset=utf-16", "text/html; charset=x", "text/html; charset=gb18030"]),
)
def test_no_bytes_make_it_fail(body: bytes, declared: str) -> None:
    page, name = to_utf8(body, declared)
    if name:
        page.decode("utf-8")
