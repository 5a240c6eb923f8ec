"""Where an archive is, and what a person means by an address."""

from __future__ import annotations

from datetime import date

import pytest

from crawler.wayback.addresses import AddressError, Server, Target, hosts, original, target


@pytest.mark.parametrize(
    ("cdx", "replay"),
    [
        ("https://web.archive.org/cdx/search/cdx", "https://web.archive.org/web"),
        ("http://127.0.0.1:8080/site/cdx", "http://127.0.0.1:8080/site"),
        ("http://127.0.0.1:8080/site/cdx?url=x", "http://127.0.0.1:8080/site"),
        ("https://a.example/act/wayback/archive/cdx/", "https://a.example/act/wayback/archive"),
        ("https://a.example/site-cdx", "https://a.example/site"),
        ("https://index.example/CC-MAIN-index", "https://index.example/CC-MAIN"),
    ],
)
def test_where_captures_are_follows_from_where_they_are_listed(cdx: str, replay: str) -> None:
    assert Server.at(cdx).replay == replay


def test_or_is_said() -> None:
    assert Server.at("https://a.example/api", "https://b.example/web/").raw("2015", "http://h.vn/?a=b") == (
        "https://b.example/web/2015id_/http://h.vn/?a=b"
    )


@pytest.mark.parametrize(
    ("cdx", "replay"),
    [
        ("https://a.example/api", ""),
        ("a.example/cdx", ""),
        ("ftp://a/cdx", ""),
        ("http://[/cdx", ""),
        ("http://a/cdx", "b"),
    ],
)
def test_a_server_that_is_none_is_told(cdx: str, replay: str) -> None:
    with pytest.raises(AddressError, match=r"--cdx|--replay"):
        Server.at(cdx, replay)


@pytest.mark.parametrize(
    ("url", "meant"),
    [
        ("https://web.archive.org/web/20150102030405/http://h.vn/a?b=c", "http://h.vn/a?b=c"),
        ("https://web.archive.org/web/20150102030405id_/http://h.vn/a", "http://h.vn/a"),
        ("https://web.archive.org/web/2015*/http://h.vn/", "https://web.archive.org/web/2015*/http://h.vn/"),
        ("https://web.archive.org/web/*/https://h.vn/a", "https://h.vn/a"),
        ("http://127.0.0.1:8080/site/2015mp_/http:/h.vn/a", "http://h.vn/a"),
        ("http://h.vn/2015/03/tin.html", "http://h.vn/2015/03/tin.html"),
        ("http://h.vn/chuyen?to=/2015/http://x.vn/", "http://x.vn/"),
    ],
)
def test_an_archives_address_means_the_page_on_it(url: str, meant: str) -> None:
    assert original(url) == meant


@pytest.mark.parametrize(
    ("given", "url", "match"),
    [
        ("example.gov.vn", "example.gov.vn", "host"),
        ("Example.gov.vn:8080", "example.gov.vn:8080", "host"),
        ("https://www.example.gov.vn/", "www.example.gov.vn", "host"),
        ("http://example.gov.vn:80", "example.gov.vn", "host"),
        ("example.gov.vn/tin-tuc/*", "http://example.gov.vn/tin-tuc/", "prefix"),
        ("https://example.gov.vn/a?nid=7", "https://example.gov.vn/a?nid=7", "exact"),
        ("https://web.archive.org/web/2015/http://example.gov.vn/a", "http://example.gov.vn/a", "exact"),
        ("https://web.archive.org/web/2015id_/http://example.gov.vn/", "example.gov.vn", "host"),
        ("127.0.0.1:8080", "127.0.0.1:8080", "host"),
    ],
)
def test_a_host_a_page_and_what_is_below_an_address_are_told_apart(given: str, url: str, match: str) -> None:
    assert target(given) == Target(url, match)


@pytest.mark.parametrize("given", ["", "http://", "ftp://h.vn/", "a b", "http://h.vn:x/", "http://["])
def test_what_is_no_address_is_told(given: str) -> None:
    with pytest.raises(AddressError, match="names no host"):
        target(given)


def test_a_query_says_from_when_to_when() -> None:
    assert Target("h.vn", "host", date(2015, 1, 2), date(2016, 12, 31)).parameters == [
        ("url", "h.vn"),
        ("matchType", "host"),
        ("output", "json"),
        ("from", "20150102"),
        ("to", "20161231"),
    ]


def test_a_target_covers_the_spellings_of_what_it_names() -> None:
    assert Target("h.vn").covers("https://www.h.vn/a")
    assert not Target("h.vn").covers("http://other.vn/")
    assert Target("http://h.vn/a", "exact").covers("https://www.h.vn/a")
    assert not Target("http://h.vn/a", "exact").covers("http://h.vn/ab")
    assert Target("http://h.vn/a", "prefix").covers("http://h.vn/ab")
    assert not Target("h.vn").covers("http://[bad")


def test_hosts_that_a_server_takes_for_one_are_one() -> None:
    assert hosts(["www.h.vn", "h.vn", "i.vn"]) == ("www.h.vn", "i.vn")
