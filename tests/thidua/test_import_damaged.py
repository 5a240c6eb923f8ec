"""Files that are damaged, hostile or something else: a line for each, and all that can be read is brought in."""

from __future__ import annotations

import gzip
import os
import shutil
import zipfile
from typing import TYPE_CHECKING

import pytest

from archive import warc
from pipelines.sieve import CUT, UNDATED
from tests.thidua.state import rows
from tests.thidua.test_import import assert_well, some, texts
from tests.thidua.warcs import HOST, answer, captured, mirror, moment, page, record, url, wacz, written

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.thidua.conftest import Ran

    Thidua = Callable[..., Ran]

BOMB = 300_000_000  # bytes, unzipped


def truncated(folder: Path) -> Path:
    file = written(folder / "bad.warc.gz", [captured(n, 1) for n in range(11, 15)])
    os.truncate(file, file.stat().st_size - 60)
    return file


def flipped(folder: Path) -> Path:
    file = written(folder / "bad.warc.gz", [captured(n, 1) for n in range(11, 15)])
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 0x55
    file.write_bytes(content)
    return file


def no_gzip(folder: Path) -> Path:
    file = folder / "bad.warc.gz"
    file.write_bytes(b"<html>404 Not Found</html>" * 50)
    return file


def empty(folder: Path) -> Path:
    file = folder / "bad.warc.gz"
    file.touch()
    return file


def bomb(folder: Path) -> Path:
    file = folder / "bad.wacz"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("archive/data.warc.gz", bytes(BOMB))
    return file


def bomb_in_a_record(folder: Path) -> Path:
    file = written(folder / "bad.warc.gz", [captured(11, 1)])
    head = b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 300000000\r\n\r\n"
    file.write_bytes(file.read_bytes() + gzip.compress(head + bytes(BOMB)))
    return file


def leading_out(folder: Path) -> Path:
    file = folder / "bad.wacz"
    inside = written(folder / "x.tmp", [captured(11, 1)])
    with zipfile.ZipFile(file, "w") as packed:
        packed.write(inside, "../../../out.warc.gz")
        packed.write(inside, "archive/good.warc")
    inside.unlink()
    return file


def pipe(folder: Path) -> Path:
    os.mkfifo(folder / "bad.warc.gz")
    return folder / "bad.warc.gz"


def out_of_the_folder(folder: Path) -> Path:
    other = written(folder.parent / "secret" / "x.warc.gz", [captured(99, 1)])
    (folder / "bad.warc.gz").symlink_to(other)
    return folder / "bad.warc.gz"


def named_in_no_encoding(folder: Path) -> Path:
    file = folder / os.fsdecode(b"b\xff.warc.gz")
    written(file, [captured(11, 1)])
    return file


# What of each can be read.
BAD: dict[Callable[[Path], Path], int] = {
    truncated: 3,
    flipped: 3,
    no_gzip: 0,
    empty: 0,
    bomb: 0,
    bomb_in_a_record: 1,
    leading_out: 1,
    pipe: 0,
    out_of_the_folder: 0,
    named_in_no_encoding: 0,
}


def everything(folder: Path) -> set[str]:
    return {str(path) for path in folder.rglob("*")}


@pytest.mark.parametrize("make", BAD, ids=lambda make: make.__name__)
def test_what_is_wrong_with_a_file_is_one_line_and_the_rest_is_brought_in(
    thidua: Thidua, tmp_path: Path, make: Callable[[Path], Path]
) -> None:
    folder = written(tmp_path / "in" / "good.warc.gz", some()).parent
    bad = make(folder)
    before = everything(folder)
    said = thidua("import", str(folder), "--json")
    (line,) = said.json["damage"]
    assert (said.status, said.json["damaged"]) == (1, 1)
    assert ascii(bad.name)[1:5] in line
    assert len(texts(tmp_path / "data")) == 5 + BAD[make]
    assert everything(folder) == before
    assert not (tmp_path / "out.warc.gz").exists()
    assert_well(thidua)


@pytest.mark.parametrize("make", BAD, ids=lambda make: make.__name__)
def test_alone_it_is_told_in_one_line(thidua: Thidua, tmp_path: Path, make: Callable[[Path], Path]) -> None:
    (tmp_path / "in").mkdir()
    bad = make(tmp_path / "in")
    ran = thidua("import", os.fsdecode(bad))
    if not BAD[make] and make is not out_of_the_folder:
        assert ran.status == 2
        assert ascii(bad.name)[1:5] in ran.said()
        assert not (tmp_path / "data").exists(), "nothing to bring in: nothing is begun"


def test_records_that_are_no_captures_of_pages_are_counted_by_reason(thidua: Thidua, tmp_path: Path) -> None:
    odd = [
        record(url(40), "", answer(page(40))),
        record(url(41), "2099-01-01T00:00:00Z", answer(page(41))),
        record(url(42), moment(1), b"<html>no header"),
        record("dns:" + HOST, moment(1), b"1.2.3.4", "resource"),
        record(f"http://{HOST}/a.jpg", moment(1), answer(b"\xff\xd8", Content_Type="image/jpeg")),
        record(f"http://{HOST}/robots.txt", moment(1), answer(b"User-agent: *")),
        record(url(43), moment(1), answer(page(43)), WARC_Truncated="length"),
        record(url(44), moment(1), answer(b"fff\r\n" + page(44)[:90], Transfer_Encoding="chunked")),
        record(url(45), "0001-01-01T00:00:00Z", answer(page(45))),
        record("urn:thidua:source:1", moment(1), b"path: a\ncopied: 0\n", "metadata"),
    ]
    said = thidua("import", str(written(tmp_path / "a.warc.gz", [*some(), *odd])), "--json")
    assert (said.status, said.json["articles_new"]) == (0, 5)
    assert sum(said.json["left_out"].values()) == len(odd)
    assert said.json["left_out"][UNDATED] == said.json["left_out"][CUT] == 2
    assert_well(thidua)


def test_a_mirror_is_not_left(thidua: Thidua, tmp_path: Path) -> None:
    folder = mirror(tmp_path / "mirror", range(1, 6))
    secret = mirror(tmp_path / "secret", [77]) / HOST
    (folder / HOST / "tin-0077.html").symlink_to(secret / "tin-0077.html")
    (folder / HOST / "more").symlink_to(secret)
    os.mkfifo(folder / HOST / "tin-0078.html")
    odd = (folder / HOST / "tin-0001.html").read_bytes().replace(b"tin-0001", b"tin-0079")
    (folder / HOST / os.fsdecode(b"tin-\xff.html")).write_bytes(odd)
    said = thidua("import", str(folder), "--json").json
    assert said["articles_new"] == 6
    assert said["left_out"] == {"a link out of the folder": 2, "not a regular file": 1}
    assert_well(thidua)


def test_links_to_files_in_a_folder_are_followed_within_it_alone(thidua: Thidua, tmp_path: Path) -> None:
    folder = written(tmp_path / "in" / "a.warc.gz", some()).parent
    written(tmp_path / "b.warc.gz", [captured(9, 1)])
    for name, to in (("same", "a"), ("out", "../b"), ("nothing", "none"), ("circle", "circle")):
        (folder / f"{name}.warc.gz").symlink_to(f"{to}.warc.gz")
    said = thidua("import", str(folder), "--json")
    assert (said.status, said.json["sources"], said.json["articles_new"]) == (1, 1, 5)
    assert sorted(said.json["damage"]) == [
        f"{folder}/{name}.warc.gz: is a link out of the folder or to nothing, and was not followed"
        for name in ("circle", "nothing", "out")
    ]


def test_a_folder_of_anything_else_is_wrong_use(thidua: Thidua, tmp_path: Path) -> None:
    folder = tmp_path / "documents"
    folder.mkdir()
    for number in range(10_000):
        (folder / f"{number}.txt").touch()
    ran = thidua("import", str(folder))
    assert ran.status == 2
    assert str(folder) in ran.said()


@pytest.mark.parametrize(
    "name", ["name\nof two lines.warc.gz", "l" * 240 + ".warc.gz", "tên có dấu.warc.gz", "a b.warc"]
)
def test_names_of_files_may_be_any(thidua: Thidua, tmp_path: Path, name: str) -> None:
    ran = thidua("import", str(written(tmp_path / name, some())))
    assert (ran.status, len(ran.out.splitlines())) == (0, 2)
    assert_well(thidua)
    assert thidua("reparse", "--from-scratch").status == 0
    assert len(texts(tmp_path / "data")) == 5


def test_a_path_that_is_not_there_is_wrong_use_before_anything_is_done(thidua: Thidua, tmp_path: Path) -> None:
    good = written(tmp_path / "good.warc.gz", some())
    ran = thidua("import", str(good), str(tmp_path / "absent.warc.gz"))
    assert ran.status == 2
    assert "absent.warc.gz" in ran.said()
    assert not (tmp_path / "data").exists()


def test_a_wacz_that_was_cut_off_is_read_as_far_as_it_goes(thidua: Thidua, tmp_path: Path) -> None:
    file = wacz(tmp_path / "a.wacz", [written(tmp_path / "a.warc.gz", some())])
    os.truncate(file, file.stat().st_size - 100)
    said = thidua("import", str(file), "--json")
    assert (said.status, said.json["articles_new"]) == (1, 5)
    assert str(file) in said.json["damage"][0]
    assert_well(thidua)


def test_a_copy_whose_beginning_is_damaged_keeps_its_sources(thidua: Thidua, tmp_path: Path) -> None:
    file = written(tmp_path / "a.warc.gz", some())
    thidua("import", "--copy", str(file), str(mirror(tmp_path / "mirror", [6])))
    (log,) = warc.files(tmp_path / "data")
    content = bytearray((tmp_path / "data" / log).read_bytes())
    content[40] ^= 0x55
    (tmp_path / "data" / log).write_bytes(content)
    shutil.rmtree(tmp_path / "mirror")
    assert thidua("reparse", "--from-scratch").status == 1
    assert len(texts(tmp_path / "data")) == 6
    assert rows(tmp_path / "data", "SELECT DISTINCT source FROM captures") == [("mirror",), ("warc",)]


def test_a_file_that_was_damaged_keeps_no_profile_from_leaving_pages_out(thidua: Thidua, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    english = record(f"http://{HOST}/en/tin-0099.html", moment(1), answer(page(99)))
    thidua("import", str(truncated(tmp_path / "in")), str(written(tmp_path / "a.warc.gz", [*some(), english])))
    assert len(texts(tmp_path / "data")) == 3 + 6
    profile = tmp_path / "hoasen.toml"
    about = f'name = "Hoa Sen"\nhosts = ["{HOST}"]\nstart_urls = ["http://{HOST}/"]\n'
    profile.write_text(f'{about}[urls]\nskip = [["/en/", "an English copy"]]\n')
    said = thidua("import", "--site", str(profile), str(written(tmp_path / "b.warc.gz", [captured(6, 1)])), "--json")
    assert said.status == 0, said
    assert len(texts(tmp_path / "data")) == 3 + 6
    assert not any("/en/" in url for (url,) in rows(tmp_path / "data", "SELECT url FROM articles"))
