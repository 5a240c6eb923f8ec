"""Whatever has become of a WARC file that somebody else made: what is whole comes back, what is not is told."""

from __future__ import annotations

import gzip
import os
import resource
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive import warc
from archive.errors import RecordError
from archive.warc import Holding, Place
from tests.archive.others import HEAD, Seen, bomb, members, page, record, records, seen

COUNT = 6
ALL = list(range(COUNT))
LARGE = warc.LARGEST_BLOCK + 1


def either() -> st.SearchStrategy[list[bytes]]:
    """The records of a file, zipped or not."""
    return st.sampled_from([records(COUNT), members(COUNT)])


def part() -> st.SearchStrategy[float]:
    return st.floats(0, 1, exclude_max=True)


def read(data: bytes, name: str = "x.warc.gz") -> Seen:
    with TemporaryDirectory() as folder:
        return seen(Path(folder), name, data)


def hit(pieces: list[bytes], at: int) -> int:
    """The record that a byte is of."""
    ends = [sum(map(len, pieces[: number + 1])) for number in range(len(pieces))]
    return next(number for number, end in enumerate(ends) if at < end)


# -- any damage


@settings(max_examples=200, deadline=None)
@given(either(), part(), st.integers(1, 255))
def test_a_changed_byte_costs_one_record_and_no_more(pieces: list[bytes], part: float, change: int) -> None:
    spoilt = bytearray(b"".join(pieces))
    at = int(part * len(spoilt))
    spoilt[at] ^= change
    found, spared = read(bytes(spoilt)), [number for number in ALL if number != hit(pieces, at)]
    whole = {(each.url, each.block) for each in found.records}
    missing = [number for number in spared if (f"http://noivu.example/tin?id={number}", page(number)) not in whole]
    assert missing == []
    assert len(found.records) == COUNT or found.told


@settings(max_examples=100, deadline=None)
@given(either(), part())
def test_a_file_that_was_cut_off_keeps_what_is_before(pieces: list[bytes], part: float) -> None:
    data = b"".join(pieces)
    cut = 1 + int(part * (len(data) - 1))
    found = read(data[:cut])
    ends = [sum(map(len, pieces[: number + 1])) for number in ALL]
    slack = 0 if data.startswith(b"\x1f") else 4  # the lines that end a record may be missing
    assert found.numbers == [number for number, end in enumerate(ends) if end - slack <= cut]
    assert found.told or any(0 <= end - cut <= slack for end in ends)


@settings(max_examples=100, deadline=None)
@given(either(), st.binary(min_size=1, max_size=300), st.integers(0, COUNT))
def test_junk_between_records_costs_none(pieces: list[bytes], junk: bytes, at: int) -> None:
    junk = junk if at else b"-" + junk  # what a file begins with may be the mark of another kind of file
    found = read(b"".join([*pieces[:at], junk, *pieces[at:]]))
    assert found.numbers == ALL
    assert found.told or not junk.strip(b"\r\n \t\0")


@settings(max_examples=200, deadline=None)
@given(
    st.binary(max_size=600),
    st.sampled_from([b"", b"WARC/1.0\r\n", b"\x1f\x8b\x08", b"PK\x03\x04", records(1)[0][:150]]),
)
def test_no_bytes_whatever_are_a_fault(data: bytes, lead: bytes) -> None:
    for name in ("x.warc.gz", "x.wacz", "x"):
        found = read(lead + data, name)
        assert found.records or found.told
        read(gzip.compress(lead + data), name)


@settings(max_examples=50, deadline=None)
@given(st.lists(st.tuples(st.binary(max_size=300), st.booleans()), min_size=1, max_size=6))
def test_whatever_the_blocks_they_come_back(blocks: list[tuple[bytes, bool]]) -> None:
    pieces = [record(number, block=block) for number, (block, _) in enumerate(blocks)]
    data = [gzip.compress(piece) if zipped else piece for piece, (_, zipped) in zip(pieces, blocks, strict=True)]
    assert [each.block for each in read(b"".join(data)).records] == [block for block, _ in blocks]


# -- damage of each kind


def test_damage_is_told_in_a_line_with_its_place(tmp_path: Path) -> None:
    pieces = members()
    pieces[1] = pieces[1][:60] + bytes([pieces[1][60] ^ 255]) + pieces[1][61:]
    found = seen(tmp_path, "x.warc.gz", pieces)
    assert found.numbers == [0, 2, 3, 4, 5]
    (line,) = found.told
    assert line.startswith(f"{tmp_path}/x.warc.gz: no whole record at byte {len(pieces[0])}: its gzip data is damaged")
    assert f"{len(pieces[1])} bytes" in line


@pytest.mark.parametrize("length", ["", "9999", "7", "70000000000000", "-1", "²", "x"])
def test_a_length_that_is_wrong_costs_its_record(tmp_path: Path, length: str) -> None:
    one, _, three, *_ = records()
    wrong = record(1, content_length=length)
    for name, data in (("x.warc", [one, wrong, three]), ("x.warc.gz", map(gzip.compress, [one, wrong, three]))):
        found = seen(tmp_path, name, data)
        assert found.numbers == [0, 2]
        assert len(found.told) == 1


def test_damage_that_goes_on_is_told_once(tmp_path: Path) -> None:
    found = seen(tmp_path, "x.warc", [records()[0], *[record(1, content_length="")] * 50, records()[2]])
    assert found.numbers == [0, 2]
    assert len(found.told) == 1


def test_what_is_damaged_inside_a_member_does_not_cost_the_member(tmp_path: Path) -> None:
    one, _, three, *_ = records()
    found = seen(tmp_path, "x.warc.gz", gzip.compress(one + record(1, content_length="9") + b"junk\n" + three))
    assert found.numbers == [0, 2]
    assert len(found.told) == 1


def test_one_member_over_all_that_is_cut_off_keeps_what_is_before(tmp_path: Path) -> None:
    data = gzip.compress(b"".join(record(number, block=HEAD + os.urandom(5000)) for number in ALL))
    found = seen(tmp_path, "x.warc.gz", data[: len(data) // 2])
    assert len(found.records) == 3 - 1
    assert "cut off" in found.told[0]


def test_many_zeros_are_told(tmp_path: Path) -> None:
    one, two, *_ = members()
    found = seen(tmp_path, "x.warc.gz", [one, bytes(200_000), two])
    assert found.numbers == [0, 1]
    assert "200,000 bytes" in found.told[0]


@pytest.mark.parametrize(
    ("name", "data", "why"),
    [
        ("x.pdf", b"%PDF-1.7 ...", "no WARC, WACZ or mirror"),
        ("x.gz", gzip.compress(b"hello"), "no WARC, WACZ or mirror"),
        ("x.warc.gz", b"not zipped at all", "no whole WARC record"),
        ("x.warc", b"", "empty"),
        ("x.warc.zst", b"\x28\xb5\x2f\xfd....", "zstd -d"),
        ("x.warc.lz4", b"\x04\x22\x4d\x18....", "lz4 -d"),
        ("x.arc.gz", gzip.compress(b"filedesc://x.arc 0.0.0.0 20050101000000 text/plain 76\n"), "ARC file"),
        ("x.warc.gz.gz", gzip.compress(gzip.compress(records()[0])), "zipped twice"),
    ],
    ids=["pdf", "gz", "text", "empty", "zst", "lz4", "arc", "twice"],
)
def test_what_cannot_be_read_says_why(tmp_path: Path, name: str, data: bytes, why: str) -> None:
    found = seen(tmp_path, name, data)
    assert found.holdings == []
    assert [(str(tmp_path / name) in line, why in line) for line in found.told] == [(True, True)]


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "x.warc")
    assert "no WARC" in Seen(tmp_path / "x.warc").told[0]


def test_a_file_that_is_not_there_is_named_with_advice(tmp_path: Path) -> None:
    for ask in (lambda: Seen(tmp_path / "x.warc"), lambda: list(warc.walk(Holding(tmp_path / "x.warc"), print))):
        with pytest.raises(RecordError, match=r"x\.warc: No such file.*; see that"):
            ask()


def test_a_file_that_was_changed_meanwhile_is_named(tmp_path: Path) -> None:
    found = seen(tmp_path, "x.warc", records())
    places = [each.place for each in found.records]
    (tmp_path / "x.warc").write_bytes(b"".join(records())[50:])
    for place in [*places, Place(str(tmp_path / "x.warc"), 0, 0), Place(str(tmp_path / "none"), 0, 9)]:
        with pytest.raises(RecordError, match=r"no whole record at byte.*restore|is not there; put it back"):
            warc.read(tmp_path, place)


# -- what is too large


@pytest.mark.parametrize("zipped", [True, False])
def test_a_record_that_is_too_large_is_passed_over(tmp_path: Path, zipped: bool) -> None:
    pieces = [records()[0], record(1, block=bytes(1000) * (LARGE // 1000) + os.urandom(1000)), records()[2]]
    if zipped:
        noise = os.urandom(1 << 20)
        pieces[1] = record(1, block=noise * (LARGE // len(noise) + 1))
        pieces = [gzip.compress(piece, 1) for piece in pieces]
    found = seen(tmp_path, "x.warc", pieces)
    assert found.numbers == [0, 2]
    assert len(found.told) == 1
    assert "too large" in found.told[0]
    assert "tin?id=1" in found.told[0]


@pytest.mark.parametrize(
    "head",
    [b"", b"WARC/1.0\r\n", record(1, block=b"", tail=b""), record(1, content_length="9" * 12)],
    ids=["zeros", "head", "record", "length"],
)
def test_a_member_that_unzips_without_end_is_cut_short(tmp_path: Path, head: bytes) -> None:
    one, two, *_ = members()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    found = seen(tmp_path, "x.warc.gz", [one, bomb(head), two])
    assert found.numbers == [0, 1]
    assert "zip bomb" in found.told[0]
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 100_000, "kB"
