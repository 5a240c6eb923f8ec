"""WACZ files that others made, in good faith or not: nothing is unpacked, what is left out is told."""

from __future__ import annotations

import io
import subprocess
import zipfile
from typing import TYPE_CHECKING

import pytest

from tests.archive.others import DEFLATED, STORED, Seen, bomb, members, records, seen, wacz
from tests.thidua.foreign import WEB, programs

if TYPE_CHECKING:
    from pathlib import Path

ALL = list(range(6))
ZIPPED = b"".join(members())
PLAIN = b"".join(records())
GOOD = ("archive/data.warc.gz", ZIPPED, STORED)


@pytest.mark.parametrize("data", [ZIPPED, PLAIN], ids=["zipped", "plain"])
def test_a_stored_file_is_pointed_at_in_the_wacz(tmp_path: Path, data: bytes) -> None:
    found = seen(tmp_path, "x.wacz", wacz(("datapackage.json", b"{}", DEFLATED), ("archive/a.warc", data, STORED)))
    (holding,) = found.holdings
    assert (found.numbers, found.told, holding.addressable) == (ALL, [], True)
    assert holding.name == f"{tmp_path}/x.wacz: archive/a.warc"
    assert all(length for _, length in found.places)


@pytest.mark.parametrize("data", [ZIPPED, PLAIN], ids=["zipped", "plain"])
def test_a_deflated_file_must_be_copied(tmp_path: Path, data: bytes) -> None:
    found = seen(tmp_path, "x.wacz", wacz(("archive/a.warc.gz", data, DEFLATED)))
    assert (found.numbers, found.told, found.holdings[0].addressable) == (ALL, [], False)
    assert {length for _, length in found.places} == {0}


def test_several_files_are_several_holdings(tmp_path: Path) -> None:
    found = seen(
        tmp_path, "x.zip", wacz(GOOD, ("archive/more/b.warc", PLAIN, DEFLATED), ("indexes/x.cdx", b"", STORED))
    )
    assert [holding.inside for holding in found.holdings] == ["archive/data.warc.gz", "archive/more/b.warc"]
    assert (found.numbers, found.told) == (ALL * 2, [])


def test_the_wacz_tool_writes_what_is_read(tmp_path: Path, pytestconfig: pytest.Config) -> None:
    (tmp_path / "x.warc.gz").write_bytes(ZIPPED)
    tool = programs(pytestconfig, *WEB) / "wacz"
    subprocess.run([tool, "create", "-o", "x.wacz", "x.warc.gz"], cwd=tmp_path, check=True, capture_output=True)
    found = Seen(tmp_path / "x.wacz")
    assert (found.numbers, found.told, found.holdings[0].addressable) == (ALL, [], True)


def test_large_packages_are_read_too(tmp_path: Path) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package, package.open("archive/a.warc.gz", "w", force_zip64=True) as entry:
        entry.write(ZIPPED)
    assert seen(tmp_path, "x.wacz", out.getvalue()).numbers == ALL


# -- in bad faith


@pytest.mark.parametrize("name", ["../x.warc.gz", "archive/../../x.warc.gz", "/etc/x.warc", "C:/x.warc", "..\\x.warc"])
def test_names_that_lead_out_are_told_and_not_read(tmp_path: Path, name: str) -> None:
    (tmp_path / "in").mkdir()
    found = seen(tmp_path / "in", "x.wacz", wacz((name, ZIPPED, STORED), (name + "2", PLAIN, STORED), GOOD))
    assert found.numbers == ALL
    (line,) = found.told
    assert "leads out" in line
    assert "and 1 more" in line
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["in", "x.wacz"]


@pytest.mark.parametrize("name", ["x.warc.gz", "archive/x.wacz", "archive/x.zip", "other/x.warc"])
def test_what_lies_elsewhere_or_is_packed_again_is_told(tmp_path: Path, name: str) -> None:
    found = seen(tmp_path, "x.wacz", wacz((name, ZIPPED, STORED), GOOD))
    assert found.numbers == ALL
    assert name in found.told[0]


@pytest.mark.filterwarnings("ignore:Duplicate name")  # zipfile's, of what it is made to write
def test_of_two_files_of_one_name_the_later_is_read_and_the_other_told(tmp_path: Path) -> None:
    name = "archive/data.warc.gz"
    found = seen(tmp_path, "x.wacz", wacz((name, ZIPPED, STORED), (name, b"".join(members(2)), STORED)))
    assert found.numbers == [0, 1]
    assert found.told == [f"{tmp_path}/x.wacz: {name}: there is a later one of that name; not read"]


def test_a_file_that_claims_the_place_of_another_is_told(tmp_path: Path) -> None:
    data = bytearray(wacz(GOOD, ("archive/b.warc.gz", ZIPPED, STORED)))
    second = data.rindex(b"PK\x01\x02")
    data[second + 42 : second + 46] = bytes(4)  # where its entry begins: at 0, as that of the first
    found = seen(tmp_path, "x.wacz", bytes(data))
    assert found.numbers == ALL
    assert found.told == [f"{tmp_path}/x.wacz: archive/b.warc.gz: its place in the file is that of another; not read"]


def test_other_packings_and_what_is_no_warc_are_told(tmp_path: Path) -> None:
    odd = [
        ("archive/b.warc", PLAIN, zipfile.ZIP_BZIP2),
        ("archive/c.warc", b"junk", STORED),
        ("archive/d.warc", b"", 0),
    ]
    found = seen(tmp_path, "x.wacz", wacz(*odd, GOOD))
    assert found.numbers == ALL
    assert len(found.told) == 3


def test_what_is_encrypted_says_so(tmp_path: Path) -> None:
    data = bytearray(wacz(GOOD))
    data[data.rindex(b"PK\x01\x02") + 8] |= 1
    assert "encrypted" in seen(tmp_path, "x.wacz", bytes(data)).told[0]


def test_a_bomb_is_not_unpacked_and_costs_nothing_else(tmp_path: Path) -> None:
    one, two, *_ = members()
    bombs = one + bomb(records()[3][:200]) + two
    entries = [("archive/a.warc", bytes(100_000_000), DEFLATED), ("archive/b.warc.gz", bombs, STORED)]
    found = seen(tmp_path, "x.wacz", wacz(*entries, ("archive/c.warc.gz", bombs, DEFLATED), GOOD))
    assert found.numbers == [0, 1, 0, 1, *ALL]
    assert ["bomb" in line for line in found.told] == [True] * 3


def test_many_entries_are_one_line(tmp_path: Path) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for number in range(5000):
            package.writestr(zipfile.ZipInfo(f"../{number}.warc"), b"")
        package.writestr("archive/a.warc.gz", ZIPPED)
    found = seen(tmp_path, "x.wacz", out.getvalue())
    assert found.numbers == ALL
    assert ["4,999 more" in line for line in found.told] == [True]


# -- damaged


def test_a_wacz_that_was_cut_off_gives_what_was_stored_in_it(tmp_path: Path) -> None:
    data = wacz(GOOD, ("indexes/x.cdx", b"x" * 500, STORED))
    found = seen(tmp_path, "x.wacz", data[:-400])
    assert found.numbers == ALL
    assert "central directory" in found.told[0]
    assert "central directory" in seen(tmp_path, "x.wacz", data[: 80 + len(members()[0])]).told[0]


@pytest.mark.parametrize("packing", [STORED, DEFLATED])
def test_bytes_that_do_not_fit_the_checksum_are_told(tmp_path: Path, packing: int) -> None:
    data = bytearray(wacz(("archive/a.warc", PLAIN, packing)))
    data[data.rindex(b"PK\x01\x02") + 16] ^= 1
    found = seen(tmp_path, "x.wacz", bytes(data))
    assert found.numbers == ALL
    assert "checksum" in found.told[-1]


def test_damage_to_what_is_deflated_costs_what_is_behind(tmp_path: Path) -> None:
    data = bytearray(wacz(("archive/a.warc.gz", ZIPPED, DEFLATED)))
    data[len(data) // 2] ^= 255
    found = seen(tmp_path, "x.wacz", bytes(data))
    assert 0 < len(found.numbers) < 6
    assert found.told


def test_damage_inside_of_what_is_deflated_costs_one_record(tmp_path: Path) -> None:
    pieces = members()
    pieces[1] = pieces[1][:60] + bytes([pieces[1][60] ^ 255]) + pieces[1][61:]
    found = seen(tmp_path, "x.wacz", wacz(("archive/a.warc.gz", b"".join(pieces), DEFLATED)))
    assert found.numbers == [0, 2, 3, 4, 5]
    assert f"byte {len(pieces[0])}" in found.told[0]


@pytest.mark.parametrize(
    "data",
    [b"PK\x03\x04", b"nothing", wacz(), wacz(("word/document.xml", b"<x/>", DEFLATED))],
    ids=["cut", "text", "empty", "document"],
)
def test_what_is_no_wacz_says_so(tmp_path: Path, data: bytes) -> None:
    found = seen(tmp_path, "x.wacz", data)
    assert found.records == []
    assert found.told
