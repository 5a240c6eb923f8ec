"""What wget and HTTrack themselves save of the sample site reads as the live site does."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from crawler.pages.urls import key
from crawler.sources.mirror import is_mirror
from tests.crawler.sources.mirroring import assert_round_trip, httrack, walked, wget
from tests.samplesite import serve_process

if TYPE_CHECKING:
    from pathlib import Path

SITES: dict[str, dict[str, Any]] = {
    "haiduong": {"url_family": "haiduong", "markup": "sharepoint", "charset": "utf-8-meta"},
    "council": {"url_family": "council", "markup": "tables", "charset": "windows-1258"},
    "cateid": {"url_family": "cateid", "markup": "lists", "charset": "utf-8-nfd"},
    "sharepoint": {"url_family": "sharepoint", "markup": "definition_list", "charset": "utf-8-both"},
    "nukeviet": {"url_family": "nukeviet", "markup": "nukeviet_egov", "charset": "windows-1258-undeclared"},
}
WAYS = {
    "as it came": (),
    "links changed, .html added": ("-k", "-E", "-p"),
    "links changed, originals kept": ("-k", "-K"),
    "originals kept, .html added": ("-k", "-K", "-E"),
    "names for Windows": ("-k", "-E", "--restrict-file-names=windows"),
    "headers before the pages": ("--save-headers",),
    "folders for the scheme": ("-E", "--protocol-directories"),
    "no folder for the host": ("-k", "-E", "-nH"),
}


@pytest.mark.parametrize("site", SITES)
def test_wget_saves_what_the_live_site_shows(site: str, tmp_path: Path) -> None:
    with serve_process(9, **SITES[site]) as remote:
        for number, (way, options) in enumerate(WAYS.items()):
            folder = tmp_path / str(number)
            folder.mkdir()
            wget(remote.url, folder, *options)
            assert is_mirror(folder), way
            assert_round_trip(remote, walked(folder, base=remote.url if "-nH" in options else ""))


def test_wgets_log_tells_addresses_times_and_errors(tmp_path: Path) -> None:
    with serve_process(9, url_family="council", last_modified=True) as remote:
        remote.call("remove", 1004, "404")
        remote.call("remove", 1006, "home")
        before = datetime.now(UTC).replace(microsecond=0)
        wget(remote.url, tmp_path, "-v", "-k", "-E", "-nH", "-o", "wget-log")
        found = walked(tmp_path)
        assert_round_trip(remote, found)
        for page in found.pages:
            assert before <= page.at <= before + timedelta(minutes=2)  # not what Last-Modified made of the files' times
        base = remote.url.rstrip("/")
        gone, moved = (found.by_key[key(base + remote.site.url(number))] for number in (1004, 1006))
        assert (gone.status, gone.body) == (404, b"")
        assert (moved.status, moved.location) == (302, remote.url)


def test_httrack_saves_what_the_live_site_shows_with_its_cache_or_without(tmp_path: Path) -> None:
    with serve_process(5, **SITES["haiduong"]) as remote:
        httrack(remote.url, tmp_path)
        assert is_mirror(tmp_path)
        assert_round_trip(remote, walked(tmp_path))
        shutil.rmtree(tmp_path / "hts-cache")  # as most people pass a mirror on
        assert is_mirror(tmp_path)
        assert_round_trip(remote, walked(tmp_path))


def test_httracks_cache_tells_errors_and_redirects(tmp_path: Path) -> None:
    with serve_process(7, **SITES["council"]) as remote:
        remote.call("remove", 1003, "404")
        remote.call("remove", 1004, "home")
        httrack(remote.url, tmp_path)
        found = walked(tmp_path)
        assert_round_trip(remote, found)
        base = remote.url.rstrip("/")
        gone, moved = (found.by_key[key(base + remote.site.url(number))] for number in (1003, 1004))
        assert gone.status == 404
        assert gone.body
        assert (moved.status, moved.location) == (302, remote.url)
