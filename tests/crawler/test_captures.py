"""From the bytes of an answer to the record of it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from archive.warc import Exchange
from crawler.captures import capture

NOW = datetime(2020, 6, 12, 8, 0, tzinfo=UTC)
URL = "http://thidua.example.vn/tin/a-n1.html"


@pytest.mark.parametrize(
    ("written", "target"),
    [
        (b"/r/b i.html", "/r/b%20i.html"),
        (b"/r/b\x01\x7f.html", "/r/b%01%7F.html"),
        (b"/r/b\xe0i.html", "/r/b%E0i.html"),
        (b"/r/b\xc3\xa0i.html", "/r/bài.html"),
        (b"/r/b%20i%C3%A0.html", "/r/b%20i%C3%A0.html"),
        (b"http://[::1/", ""),
    ],
    ids=["a space", "controls", "Latin-1", "UTF-8", "written out already", "no address"],
)
def test_a_redirect_is_followed_byte_for_byte_as_a_browser_does(written: bytes, target: str) -> None:
    raw = b"HTTP/1.1 302 Found\r\nLocation: " + written + b"\r\n\r\n"
    found = capture(Exchange(URL, NOW, b"", raw))[0].location
    assert found == (f"http://thidua.example.vn{target}" if target else "")
