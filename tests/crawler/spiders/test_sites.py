from __future__ import annotations

from datetime import date

import pytest

from crawler import sites
from crawler.pages import urls
from crawler.sites import SiteError
from crawler.sites.parsing import parsed


@pytest.mark.parametrize("key", sites.keys())
def test_a_profiles_start_pages_are_on_its_hosts(key: str) -> None:
    profile = sites.load(key)
    assert all(urls.same_site(url, profile.hosts) for url in profile.start_urls)


def test_a_host_finds_its_profile_whatever_its_spelling() -> None:
    host = sites.load("haiduong").hosts[0]
    assert sites.for_url(f"http://WWW.{host.upper()}/Trang/ChiTiet.aspx?nid=7").key == "haiduong"


def test_a_host_that_no_profile_names_is_a_site_by_itself() -> None:
    profile = sites.for_url("http://www.thidua.example.vn:8080/tin")
    assert (profile.key, profile.hosts) == ("thidua.example.vn:8080", ("www.thidua.example.vn:8080",))
    assert profile.earliest == date(1997, 1, 1)


def test_a_missing_profile_is_named_with_those_that_exist() -> None:
    with pytest.raises(SiteError, match=r"'hanoi'; there is .*haiduong"):
        sites.load("hanoi")


@pytest.mark.parametrize(
    ("toml", "words"),
    [
        ('name = "X"', "hosts: is missing"),
        ('name = "X"\nhosts = ["x"]\ncolour = "red"', "colour: there is no such key"),
        ('name = "X"\nhosts = "x"', "hosts: must be a list"),
        ('name = "X"\nhosts = ["x"]\nearliest = "2003"', "earliest: must be a date"),
    ],
)
def test_a_damaged_profile_says_what_is_wrong_with_it(toml: str, words: str) -> None:
    with pytest.raises(SiteError, match=words):
        parsed(toml, "x")
