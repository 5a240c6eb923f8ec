"""Wrong input: one clear line, the right exit status, and the archive unharmed."""

from __future__ import annotations

import socket
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from tests.samplesite import Site, serve
from tests.thidua.foreign import unused_port

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.thidua.conftest import Ran


@pytest.mark.parametrize(
    ("url", "hint"),
    [
        ("thidua.example.vn/tin", "https://thidua.example.vn/tin"),
        ("ftp://thidua.example.vn/", "only http:// and https://"),
        ("http:///tin", "names no host"),
        ("http://thidua.example.vn:cong/", "is not a URL"),
        ("http://[thidua/", "is not a URL"),
        ("http://thidua..example.vn/", "cannot be a URL"),
        ("http://thi dua.example.vn/", "names no host that can be"),
        ("http://thidua.example.vn/tin-\udcff", "cannot be a URL"),
    ],
)
def test_a_start_that_is_no_url_is_wrong_use(url: str, hint: str, crawl: Callable[..., Ran], tmp_path: Path) -> None:
    ran = crawl(url)
    assert ran.status == 2
    assert repr(url)[1:-1] in ran.said()
    assert hint in ran.said()
    assert not (tmp_path / "data").exists(), "nothing was made for what cannot be crawled"


def test_two_sites_at_a_time_are_wrong_use(crawl: Callable[..., Ran]) -> None:
    ran = crawl("http://mot.example.vn/", "http://hai.example.vn/")
    assert ran.status == 2
    assert "one site at a time" in ran.said()


@pytest.mark.parametrize(
    "arguments",
    [
        ("crawl", "--delay", "-1"),
        ("crawl", "--concurrency", "0"),
        ("crawl", "--max-pages", "0"),
        ("crawl", "--site", "khong-co"),
        ("search", "thi dua", "--from", "30/02/2020"),
        ("search", "thi dua", "--to", "hôm qua"),
        ("search", "thi dua", "--limit", "-3"),
        ("crawl", "--no-such-option"),
        ("no-such-verb",),
    ],
)
def test_a_senseless_option_is_wrong_use(arguments: tuple[str, ...], thidua: Callable[..., Ran]) -> None:
    ran = thidua(*arguments)
    assert ran.status == 2
    assert ran.said().startswith("thidua: ")


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (("import", ""), "PATH..."),
        (("import", "x.warc.gz", ""), "PATH..."),
        (("import", "x.warc.gz", "--site", ""), "--site"),
        (("import", "x", "--url", ""), "--url"),
        (("crawl", "http://127.0.0.1:1/", "--site", ""), "--site"),
        (("crawl", "http://127.0.0.1:1/", "--log", ""), "--log"),
        (("crawl", "http://127.0.0.1:1/", "--trust", ""), "--trust"),
        (("wayback", "thidua.example.vn", "--site", ""), "--site"),
        (("wayback", "thidua.example.vn", "--replay", ""), "--replay"),
        (("crawl", "http://127.0.0.1:1/", "--contact", ""), "--contact"),
        (("crawl", "http://127.0.0.1:1/", "--notify-command", ""), "--notify-command"),
        (("serve", "--host", ""), "--host"),
        (("export", "csv", ""), "OUT"),
        (("publish", ""), "OUT"),
        (("kwic", "bằng khen", "--csv", ""), "--csv"),
        (("timeline", "--png", ""), "--png"),
        (("show", ""), "ID-or-URL"),
        (("history", ""), "ID-or-URL"),
        (("probe", ""), "URL-or-FILE"),
        (("probe", "x.html", "--url", ""), "--url"),
        (("status", "--archive", ""), "--archive"),
    ],
)
def test_an_empty_name_is_wrong_use_and_never_the_folder_one_is_in(
    arguments: tuple[str, ...], named: str, thidua: Callable[..., Ran], tmp_path: Path
) -> None:
    ran = thidua(*arguments)
    assert ran.status == 2
    assert f"'{named}': it is empty" in ran.said()
    assert not (tmp_path / "data").exists()


def test_a_host_that_does_not_exist_is_named(crawl: Callable[..., Ran]) -> None:
    ran = crawl("http://khong-co.invalid/")
    assert ran.status == 1
    assert "http://khong-co.invalid/: no such host" in ran.said()


def test_a_refused_connection_is_named(crawl: Callable[..., Ran]) -> None:
    port = unused_port()
    ran = crawl(f"http://127.0.0.1:{port}/")
    assert ran.status == 1
    assert f"http://127.0.0.1:{port}/: connection refused" in ran.said()


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        ("not-html", "not HTML"),
        ("empty", "empty page"),
        ("garbage", "unreadable charset"),
        ("challenge", "cookie challenge"),
    ],
)
def test_a_site_with_nothing_to_read_is_unwell(fault: str, reason: str, crawl: Callable[..., Ran]) -> None:
    site = Site(articles=9)
    site.fault("*", fault)
    with serve(site) as server:
        ran = crawl(server.url)
    assert ran.status == 3
    assert f"{server.url}: {reason}" in ran.said()


def test_a_host_in_vietnamese_is_asked_for_as_the_network_spells_it(crawl: Callable[..., Ran]) -> None:
    ran = crawl("http://thiđua.invalid/")
    assert ran.status == 1
    assert "http://xn--thiua-7ya.invalid/: no such host" in ran.said()


def test_an_address_of_any_length_is_asked_for(crawl: Callable[..., Ran]) -> None:
    long = "tin/" + "dai-" * 2000
    with serve(Site(articles=9)) as server:
        ran = crawl(server.url + long)
        assert server.requests[f"/{long}"] == 1
    assert ran.status == 0
    assert ran.json["articles_new"] == 9


def test_a_server_without_ipv4_is_reached(crawl: Callable[..., Ran]) -> None:
    try:
        listening = socket.create_server(("::1", 0), family=socket.AF_INET6)
    except OSError:
        pytest.skip("no IPv6 on this machine")
    with listening:
        listening.settimeout(60)
        url = f"http://[::1]:{listening.getsockname()[1]}/"
        with ThreadPoolExecutor() as pool:
            ran = pool.submit(crawl, url)
            for _ in range(3):  # robots.txt; without it no page is asked for
                listening.accept()[0].close()
        assert f"{url}: robots.txt unreachable" in ran.result().said()


def test_a_log_that_cannot_be_written_is_wrong_use(crawl: Callable[..., Ran], tmp_path: Path) -> None:
    ran = crawl("http://127.0.0.1:9/", "--log", str(tmp_path / "khong-co" / "log"))
    assert ran.status == 2
    assert str(tmp_path / "khong-co" / "log") in ran.said()
    assert not (tmp_path / "data").exists()


def test_a_lock_that_is_a_folder_is_named(crawl: Callable[..., Ran], tmp_path: Path) -> None:
    (tmp_path / "data" / "crawl.lock").mkdir(parents=True)
    ran = crawl("http://127.0.0.1:9/")
    assert ran.status == 1
    assert str(tmp_path / "data" / "crawl.lock") in ran.said()


def test_an_archive_path_that_is_a_file_stays_as_it_was(crawl: Callable[..., Ran], tmp_path: Path) -> None:
    file = tmp_path / "data"
    file.write_text("thư gửi mẹ")
    ran = crawl("http://127.0.0.1:9/")
    assert ran.status == 1
    assert str(file) in ran.said()
    assert file.read_text() == "thư gửi mẹ"


def test_another_programs_database_stays_as_it_was(thidua: Callable[..., Ran], tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    path = tmp_path / "data" / "archive.db"
    with closing(sqlite3.connect(path)) as db:
        db.execute("CREATE TABLE thu_vien (sach TEXT)")
    before = path.read_bytes()
    for arguments in (("crawl", "http://127.0.0.1:9/"), ("search", "sach"), ("status",), ("show", "1")):
        ran = thidua(*arguments)
        assert ran.status == 1
        assert "another program" in ran.said()
    assert path.read_bytes() == before


def test_an_article_named_in_broken_utf8_is_not_found(crawl: Callable[..., Ran], thidua: Callable[..., Ran]) -> None:
    with serve(Site(articles=9)) as server:
        crawl(server.url)
    ran = thidua("show", "tin-\udcff")
    assert ran.status == 1
    assert "holds no article" in ran.said()


def test_a_missing_archive_is_not_made_by_looking_for_it(thidua: Callable[..., Ran], tmp_path: Path) -> None:
    for arguments in (("search", "thi đua"), ("status",), ("show", "1")):
        ran = thidua(*arguments)
        assert ran.status == 1
        assert str(tmp_path / "data") in ran.said()
    assert not (tmp_path / "data").exists()
