"""`thidua import --url`: a mirror whose folder names no host."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING

import pytest

from tests.crawler.sources.mirroring import wget
from tests.samplesite import Site, serve
from tests.thidua.dying import doomed
from tests.thidua.state import rows
from tests.thidua.test_import import assert_well, some
from tests.thidua.warcs import HOST, page, title, url, written

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.thidua.conftest import Ran

    Thidua = Callable[..., Ran]

NUMBERS = range(1, 6)


def hostless(folder: Path, below: str = "") -> Path:
    """Make a folder as `wget -nH` leaves it: pages under their names alone."""
    (folder / below).mkdir(parents=True)
    for number in NUMBERS:
        file = folder / below / f"tin-{number:04}.html"
        file.write_bytes(page(number, older=range(1, number)))
        os.utime(file, (1_465_700_000, 1_465_700_000))
    return folder


def addresses(folder: Path) -> set[str]:
    return {address for (address,) in rows(folder, "SELECT url FROM articles")}


def test_without_an_address_its_pages_are_left_out_and_counted(thidua: Thidua, tmp_path: Path) -> None:
    folder = str(hostless(tmp_path / "saved"))
    assert "left out: 5 (no original address; --url can give one)" in thidua("import", folder).out
    assert rows(tmp_path / "data", "SELECT count(*) FROM captures") == [(0,)]


@pytest.mark.parametrize("given", [f"http://{HOST}/", f"http://{HOST}", HOST])
def test_the_address_of_the_folder_makes_those_of_its_pages(thidua: Thidua, tmp_path: Path, given: str) -> None:
    said = thidua("import", str(hostless(tmp_path / "saved")), "--url", given, "--json")
    assert (said.status, said.json["articles_new"]) == (0, 5)
    assert addresses(tmp_path / "data") == {url(number) for number in NUMBERS}
    assert_well(thidua)


def test_it_may_be_below_the_host(thidua: Thidua, tmp_path: Path) -> None:
    thidua("import", str(hostless(tmp_path / "saved", "2016")), "--url", f"https://{HOST}/tin-tức")
    assert f"https://{HOST}/tin-t%E1%BB%A9c/2016/tin-0001.html" in addresses(tmp_path / "data")


def test_a_folder_whose_name_looks_like_a_host_is_of_the_address_given(thidua: Thidua, tmp_path: Path) -> None:
    thidua("import", str(hostless(tmp_path / "website.saved")), "--url", f"http://{HOST}/")
    assert addresses(tmp_path / "data") == {url(number) for number in NUMBERS}


def test_the_folder_of_a_host_tells_its_address_all_the_same(thidua: Thidua, tmp_path: Path) -> None:
    thidua("import", str(hostless(tmp_path / "saved", HOST)), "--url", "http://another.example/")
    assert addresses(tmp_path / "data") == {url(number) for number in NUMBERS}


def test_the_address_can_be_given_later(thidua: Thidua, tmp_path: Path) -> None:
    folder = str(hostless(tmp_path / "saved"))
    thidua("import", folder)
    assert thidua("import", folder, "--url", HOST, "--json").json["articles_new"] == 5
    assert thidua("import", folder, "--url", HOST, "--json").json["already_imported"] == 1


def test_stopped_it_goes_on_with_the_address_that_was_given(thidua: Thidua, tmp_path: Path) -> None:
    given = ["import", str(hostless(tmp_path / "saved")), "--url", HOST, "--archive", str(tmp_path / "data")]
    doomed(given, tmp_path, 30, fine=False).join(60)
    assert rows(tmp_path / "data", "SELECT complete FROM sources") == [(0,)]
    assert thidua("import", "--json").json["articles_new"] == 5
    assert addresses(tmp_path / "data") == {url(number) for number in NUMBERS}


def test_an_address_is_for_the_folder_of_one_mirror(thidua: Thidua, tmp_path: Path) -> None:
    warcs, folder = tmp_path / "warcs", hostless(tmp_path / "saved")
    file = written(warcs / "a.warc.gz", some())
    for paths in ([file], [folder, file], [warcs], []):
        ran = thidua("import", *map(str, paths), "--url", f"http://{HOST}/")
        assert ran.status == 2
        assert f"http://{HOST}/" in ran.said().partition("--url")[2]
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize("given", ["ftp://hoasen.example/", "http://", "http://[x/", "http://hoa sen/", "a.b/?id=1"])
def test_what_is_no_address_of_a_folder_is_wrong_use(thidua: Thidua, tmp_path: Path, given: str) -> None:
    ran = thidua("import", str(hostless(tmp_path / "saved")), "--url", given)
    assert ran.status == 2
    assert given in ran.said()


def test_what_wget_saves_without_a_folder_for_the_host_reads_as_the_site(thidua: Thidua, tmp_path: Path) -> None:
    site = Site(articles=12, categories=2)
    with serve(site) as server:
        (tmp_path / "saved").mkdir()
        wget(server.url, tmp_path / "saved", "-k", "-E", "-nH")
        thidua("import", str(tmp_path / "saved"), "--url", server.url)
    titles = {name for (name,) in rows(tmp_path / "data", "SELECT title FROM articles")}
    assert titles == {site.article(number).title for number in site.live()}
    shutil.rmtree(tmp_path / "saved")
    assert_well(thidua)
    assert title(1) not in titles
