"""From an archive's answer to what it archived."""

from __future__ import annotations

import gzip
from datetime import UTC, datetime

import pytest

from archive.warc import digest_of
from crawler.message import decoded, parse
from crawler.wayback.addresses import Server
from crawler.wayback.raw import Reply, as_captured, exchange, is_archived, leads_to

URL = "http://example.gov.vn/a"
AT = datetime(2015, 1, 2, 3, 4, 5, tzinfo=UTC)
IA = Server.at()
ADDRESS = f"https://web.archive.org/web/20150102030405id_/{URL}"
MEMENTO = ("memento-datetime", "Fri, 02 Jan 2015 03:04:05 GMT")


def reply(*headers: tuple[str, str], status: int = 200, body: bytes = b"<p>Bai</p>", reason: str = "OK") -> Reply:
    return Reply(ADDRESS, status, reason, headers, body)


def head(found: Reply) -> list[str]:
    return exchange(found, URL, AT).response.partition(b"\r\n\r\n")[0].decode().split("\r\n")


def test_old_headers_get_their_names_back_and_the_archives_own_go() -> None:
    found = reply(
        ("server", "nginx"),
        ("date", "Thu, 26 Nov 2026 10:00:00 GMT"),
        ("content-type", "text/html; charset=windows-1258"),
        ("content-length", "10"),
        ("set-cookie", "wb-p-SERVER=wwwb-app200; path=/"),
        ("x-archive-orig-server", "Microsoft-IIS/7.5"),
        ("x-archive-orig-Date", "Fri, 02 Jan 2015 03:04:05 GMT"),
        ("x-archive-orig-set-cookie", "ASP.NET_SessionId=1"),
        ("x-archive-orig-content-length", "2500"),
        ("x-archive-orig-transfer-encoding", "chunked"),
        ("x-archive-orig-etag", '"17"'),
        ("x-archive-src", "SITE/SITE.warc.gz"),
        ("cache-control", "max-age=1800"),
        ("link", f'<{URL}>; rel="original"'),
        MEMENTO,
    )
    assert head(found) == [
        "HTTP/1.1 200 OK",
        "server: Microsoft-IIS/7.5",
        "Date: Fri, 02 Jan 2015 03:04:05 GMT",
        "set-cookie: ASP.NET_SessionId=1",
        'etag: "17"',
        "content-type: text/html; charset=windows-1258",
        "Content-Length: 10",
    ]


def test_the_payload_is_that_of_the_day() -> None:
    found = exchange(reply(MEMENTO, body=b"\xe0\r\n\r\nb"), URL, AT)
    assert parse(found.response).payload == b"\xe0\r\n\r\nb"
    assert (found.url, found.at, found.request) == (URL, AT, b"")


def test_the_moment_is_what_the_capture_says_of_itself() -> None:
    other = ("memento-datetime", "Sat, 03 Jan 2015 00:00:00 GMT")
    assert exchange(reply(other), URL, AT).at == datetime(2015, 1, 3, tzinfo=UTC)


def test_else_it_is_that_of_the_address() -> None:
    for nonsense in ("?", "Mon, 01 Jan 0150 00:00:00 GMT", "2015", "Fri, 31 Dec 9999 23:00:00 -1200"):
        assert exchange(reply(("x-archive-src", "a"), ("memento-datetime", nonsense)), URL, AT.replace(day=9)).at == AT


@pytest.mark.parametrize(
    "header",
    [MEMENTO, ("X-Archive-Src", "SITE/a.warc.gz"), ("x-archive-orig-server", "nginx"), ("Memento-Datetime", "?")],
)
@pytest.mark.parametrize("status", [200, 302, 404, 429, 503])
def test_what_only_a_replayed_capture_has_shows_that_it_is_one(header: tuple[str, str], status: int) -> None:
    assert is_archived(reply(header, status=status))


@pytest.mark.parametrize("status", [200, 302, 404, 429, 503])
def test_without_that_it_is_the_archives_own_word(status: int) -> None:
    assert not is_archived(reply(("link", f'<{URL}>; rel="original"'), status=status), digest="AAA")


def test_the_digest_that_is_listed_proves_a_capture_too() -> None:
    assert is_archived(reply(), digest_of(b"<p>Bai</p>").removeprefix("sha1:"))


def test_a_redirect_to_another_moment_is_the_archives_own() -> None:
    found = reply(
        ("location", f"/web/20160203040506id_/{URL}"), ("x-archive-redirect-reason", "found capture"), status=302
    )
    assert not is_archived(found)
    assert leads_to(found, IA) == f"https://web.archive.org/web/20160203040506id_/{URL}"


@pytest.mark.parametrize(
    "location",
    [
        "https://elsewhere.example/web/20160203040506id_/http://example.gov.vn/a",
        "http://127.0.0.1/web/20160203040506id_/http://example.gov.vn/a",
        "https://web.archive.org/save/http://example.gov.vn/a",
        "https://web.archive.org/",
        "http://example.gov.vn/a",
        "//[bad",
        "",
    ],
)
def test_a_redirect_out_of_the_captures_leads_nowhere(location: str) -> None:
    assert leads_to(reply(("location", location), status=302), IA) == ""


@pytest.mark.parametrize(
    ("headers", "location"),
    [
        (
            [("location", "https://web.archive.org/web/20150102030405id_/http://example.gov.vn/b")],
            "http://example.gov.vn/b",
        ),
        ([("location", "/web/2015id_/http:/example.gov.vn/b")], "http://example.gov.vn/b"),
        ([("x-archive-orig-location", "/b?x=1"), ("location", "https://web.archive.org/web/1/http://c/")], "/b?x=1"),
        ([("location", "/b")], "/b"),
    ],
)
def test_an_archived_redirect_leads_where_it_led(headers: list[tuple[str, str]], location: str) -> None:
    found = exchange(reply(MEMENTO, *headers, status=302, reason="Found", body=b""), URL, AT)
    message = parse(found.response)
    assert (message.status, message.get("Location")) == (302, location)


@pytest.mark.parametrize("packed", [True, False])
@pytest.mark.parametrize("said", ["x-archive-orig-content-encoding", "content-encoding"])
def test_a_page_that_was_zipped_can_be_read_whether_it_still_is_or_not(said: str, packed: bool) -> None:
    page = "Bài viết".encode()
    message = parse(
        exchange(reply(MEMENTO, (said, "gzip"), body=gzip.compress(page) if packed else page), URL, AT).response
    )
    assert decoded(message.payload, message.encoding, 1000) == page


def test_a_header_makes_no_other_header() -> None:
    assert head(reply(MEMENTO, ("x-archive-orig-x", "a\r\nLocation: http://evil/"))) == [
        "HTTP/1.1 200 OK",
        "x: a Location: http://evil/",
        "Content-Length: 10",
    ]


def test_an_unknown_status_has_no_reason() -> None:
    assert head(reply(MEMENTO, status=799, reason=""))[0] == "HTTP/1.1 799"


def test_what_was_zipped_for_the_way_only_is_as_it_was_captured() -> None:
    page, zipped = b"<p>Bai viet</p>", gzip.compress(b"<p>Bai viet</p>")
    found = reply(MEMENTO, ("Content-Encoding", "gzip"), body=zipped)
    digests = {body: digest_of(body).removeprefix("sha1:") for body in (page, zipped)}
    assert as_captured(found, digests[page]) == reply(MEMENTO, body=page)
    for digest in (digests[zipped], "", "A" * 32):
        assert as_captured(found, digest) == found
    broken = reply(MEMENTO, ("Content-Encoding", "gzip"), body=zipped[:9])
    assert as_captured(broken, digests[page]) == broken
