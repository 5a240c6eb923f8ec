"""Mirrors that were made to harm, or are broken: nothing outside is touched, the rest is read."""

from __future__ import annotations

import os
import struct
import zlib
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from crawler.message import LARGEST
from crawler.sources.mirror import is_mirror
from tests.crawler.sources.mirroring import page, walked, write

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def mirror(tmp_path: Path) -> Path:
    """A mirror with one good page."""
    write(tmp_path / "mirror" / "a.vn" / "tot.html", page())
    return tmp_path / "mirror"


def only_the_good_page(folder: Path) -> dict[str, int]:
    found = walked(folder)
    assert [kept.file for kept in found.pages] == ["a.vn/tot.html"]
    return dict(found.lost)


def test_links_out_of_the_folder_are_not_followed(mirror: Path, tmp_path: Path) -> None:
    secret = write(tmp_path / "secret" / "a.html", page("bí mật"))
    (mirror / "a.vn" / "file.html").symlink_to(secret)
    (mirror / "a.vn" / "folder").symlink_to(secret.parent)
    (mirror / "a.vn" / "loop").symlink_to(mirror)
    (mirror / "a.vn" / "nowhere.html").symlink_to(tmp_path / "none")
    (mirror / "a.vn" / "inside.html").symlink_to(mirror / "a.vn" / "tot.html")
    assert only_the_good_page(mirror) == {"a link out of the folder": 4, "a link within the folder": 1}


def test_the_folder_itself_may_be_a_link(mirror: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(mirror)
    assert is_mirror(tmp_path / "link")
    assert only_the_good_page(tmp_path / "link") == {}


def test_pipes_and_sockets_are_not_opened(mirror: Path) -> None:
    os.mkfifo(mirror / "a.vn" / "pipe.html")
    assert only_the_good_page(mirror) == {"not a regular file": 1}


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_what_cannot_be_read_is_told(mirror: Path) -> None:
    write(mirror / "a.vn" / "closed.html", page()).chmod(0)
    assert only_the_good_page(mirror) == {"cannot be read: Permission denied": 1}


def test_a_huge_file_is_not_read(mirror: Path) -> None:
    with (mirror / "a.vn" / "huge.html").open("wb") as file:
        file.write(page().encode())
        file.truncate(LARGEST + 1)
    assert only_the_good_page(mirror) == {"too large": 1}


def test_what_is_no_page_is_counted(mirror: Path) -> None:
    write(mirror / "a.vn" / "anh.jpg", b"\xff\xd8\xff")
    write(mirror / "a.vn" / "ma.js", "document.write('<div>')")
    write(mirror / "a.vn" / "tep.html", b"%PDF-1.4")
    write(mirror / "a.vn" / "rong.html", b"")
    write(mirror / "a.vn" / "ca-trang.mht", page())
    assert only_the_good_page(mirror) == {"not a page": 4, "an .mht file": 1}


def test_names_in_a_broken_encoding_survive(mirror: Path) -> None:
    name = b"h\xf4i-ngh\xd2.html"
    write(mirror / "a.vn" / os.fsdecode(name), page())
    first, _ = walked(mirror).pages
    assert os.fsencode(first.file) == b"a.vn/" + name
    assert first.url == "http://a.vn/h%F4i-ngh%D2.html"
    assert [kept.file for kept in walked(mirror, after=first.file).pages] == ["a.vn/tot.html"]


def test_a_walk_goes_on_behind_any_page(mirror: Path) -> None:
    for name in ("a", "b/c", "b-c", "z"):
        write(mirror / "a.vn" / f"{name}.html", page())
    files = [kept.file for kept in walked(mirror).pages]
    assert files == sorted(files)
    for place, file in enumerate(files):
        assert [kept.file for kept in walked(mirror, after=file).pages] == files[place + 1 :]


@pytest.mark.parametrize(
    "comment", ["http://[::1/a", "a.vn:99999/x", "a.vn:x/", "javascript:alert(1)", "file:///etc/passwd"]
)
def test_an_address_that_is_none_is_not_taken(comment: str, mirror: Path) -> None:
    mark = f"<!-- Mirrored from {comment} by HTTrack Website Copier/3.x, Fri, 99 Jun 2020 08:15:00 GMT -->"
    write(mirror / "x.html", page(head=mark))
    assert only_the_good_page(mirror) == {"no original address": 1}


def test_a_time_beyond_all_dates_is_borne(mirror: Path) -> None:
    os.utime(mirror / "a.vn" / "tot.html", (2**36, 2**36))
    assert walked(mirror).one().at <= datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC)


def entry(url: str, body: bytes, *fields: str) -> bytes:
    """One entry of HTTrack's cache."""
    packer = zlib.compressobj(wbits=-15)
    packed = packer.compress(body) + packer.flush()
    head = "\r\n".join(
        ["HTTP/1.1 200 OK", f"X-In-Cache: {int(bool(body))}", f"X-Size: {len(body)}", *fields, ""]
    ).encode()
    name = url.encode()
    sizes = (0, len(packed), len(body), len(name), len(head))
    return b"PK\x03\x04" + struct.pack("<HHHHHIIIHH", 20, 0, 8, 0, 0, *sizes) + name + head + packed


OK = ("X-StatusCode: 200", "Content-Type: text/html")


def test_the_cache_of_a_killed_httrack_is_read_as_far_as_it_goes(mirror: Path) -> None:
    good = entry("http://a.vn/x.aspx?nid=5", page("từ kho").encode(), *OK, "X-Save: a.vn/tot.html")
    write(mirror / "hts-cache" / "new.zip", good + good[:50])
    kept = walked(mirror).one()
    assert (kept.url, kept.body.decode()) == ("http://a.vn/x.aspx?nid=5", page("từ kho"))


@pytest.mark.parametrize(
    "name", ["../secret/a.html", "/etc/passwd", "a.vn/../../secret/a.html", "..\\secret\\a.html", ""]
)
def test_the_cache_leads_to_no_file_outside(name: str, mirror: Path, tmp_path: Path) -> None:
    write(tmp_path / "secret" / "a.html", page("bí mật"))
    write(mirror / "a.vn" / "trong.html", page("bên trong"))
    inside = entry("http://a.vn/y.html", b"", *OK, "X-Save: a.vn/trong.html")
    write(mirror / "hts-cache" / "new.zip", entry("http://a.vn/x.html", b"", *OK, f"X-Save: {name}") + inside)
    found = {kept.url: kept.body.decode() for kept in walked(mirror).pages}
    assert found["http://a.vn/y.html"] == page("bên trong")
    assert "bí mật" not in "".join(found.values())


def test_a_bomb_in_the_cache_is_not_unpacked(mirror: Path) -> None:
    bomb = entry("http://a.vn/bomb.html", b" " * (LARGEST + 10), *OK)
    write(mirror / "hts-cache" / "new.zip", bomb)
    found = walked(mirror)
    assert found.lost["too large"] == 1


def test_damaged_data_in_the_cache_leave_the_file(mirror: Path) -> None:
    bad = entry("http://a.vn/x.html", page("hỏng").encode(), *OK, "X-Save: a.vn/tot.html")
    write(mirror / "hts-cache" / "new.zip", bad[:-20] + b"\xff" * 20)
    kept = walked(mirror).one()
    assert (kept.url, kept.body.decode()) == ("http://a.vn/x.html", page())


def test_errors_and_redirects_of_the_cache_are_told_as_such(mirror: Path) -> None:
    gone = entry("http://a.vn/gone.html", b"", "X-StatusCode: 404", "Content-Type: text/html")
    moved = entry("http://a.vn/moved.html", b"", "X-StatusCode: 301", "Location: /moi.html")
    write(mirror / "hts-cache" / "new.zip", gone + moved)
    answers = {kept.url: (kept.status, kept.location) for kept in walked(mirror).pages}
    assert answers["http://a.vn/gone.html"] == (404, "")
    assert answers["http://a.vn/moved.html"] == (301, "http://a.vn/moi.html")


def test_a_folder_without_pages_is_no_mirror(tmp_path: Path) -> None:
    write(tmp_path / "a.warc.gz", b"\x1f\x8b")
    write(tmp_path / "doc.txt", "chữ")
    assert not is_mirror(tmp_path)
