"""What is written to a WARC file comes back as it was; what is damaged costs no more than itself."""

import gzip
import io
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator

from archive import warc
from archive.errors import RecordError
from archive.warc import Damage, Exchange, Original, Place, Record, Writer

BEGUN = datetime(2024, 3, 5, 1, 2, 3, tzinfo=UTC)
URL = "http://noivu.example/tin?id=17"
PAGE = "<p>Khen thưởng mười hộ trồng na</p>".encode()
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nX-Odd:  two  spaces \r\n\r\n"
ASKED = b"GET /tin?id=17 HTTP/1.1\r\nHost: noivu.example\r\n\r\n"


def exchange(response: bytes = HEAD + PAGE, *, url: str = URL, seconds: int = 0, truncated: str = "") -> Exchange:
    return Exchange(url, BEGUN + timedelta(seconds=seconds), ASKED, response, truncated, "192.0.2.7")


def writer(folder: Path, **options: int) -> Writer:
    return Writer(
        folder, 3, BEGUN, [("software", "thidua"), ("thidua-start", "một"), ("thidua-start", "hai")], **options
    )


def written(folder: Path, number: int = 3) -> tuple[str, list[Place]]:
    """Write so many answers, each of its own bytes; return the file and the places."""
    out = writer(folder)
    places = [out.append(exchange(HEAD + b"%d" % n * 40, url=f"{URL}{n}", seconds=n)) for n in range(number)]
    out.close()
    return places[0].file, places


def whole(folder: Path, file: str) -> list[Record]:
    return [found for found in warc.scan(folder, file) if isinstance(found, Record)]


def damages(folder: Path, file: str) -> list[Damage]:
    return [found for found in warc.scan(folder, file) if isinstance(found, Damage)]


def spoil(path: Path, place: Place) -> None:
    """Change one byte in the middle of a record."""
    data = bytearray(path.read_bytes())
    data[place.offset + place.length // 2] ^= 0x40
    path.write_bytes(data)


# -- writing and reading


def test_an_answer_comes_back_byte_for_byte(tmp_path: Path) -> None:
    out = writer(tmp_path)
    place = out.append(exchange())
    record = warc.read(tmp_path, place)
    assert (record.kind, record.url, record.at, record.block) == ("response", URL, BEGUN, HEAD + PAGE)
    assert record.digest == warc.digest_of(PAGE)
    assert record.fields["warc-ip-address"] == "192.0.2.7"


def test_it_is_there_for_others_as_soon_as_it_is_appended(tmp_path: Path) -> None:
    out = writer(tmp_path)
    place = out.append(exchange())
    assert (tmp_path / place.file).stat().st_size > place.offset + place.length, "the request lies behind it"


def test_the_request_lies_beside_its_answer(tmp_path: Path) -> None:
    place = writer(tmp_path).append(exchange())
    _, answer, request = warc.records(tmp_path, place.file, requests=True)
    assert (request.kind, request.block) == ("request", ASKED)
    assert request.fields["warc-concurrent-to"] == answer.fields["warc-record-id"]


def test_another_library_reads_the_same(tmp_path: Path) -> None:
    file, _ = written(tmp_path)
    with (tmp_path / file).open("rb") as stream:
        kinds = [record.rec_type for record in ArchiveIterator(stream, verify_http=False, check_digests="raise")]
    assert kinds == ["warcinfo", *["response", "request"] * 3]


def test_a_file_begins_with_what_wrote_it(tmp_path: Path) -> None:
    place = writer(tmp_path).append(exchange())
    first = next(warc.records(tmp_path, place.file))
    assert first.kind == "warcinfo"
    assert warc.parsed(first.block) == [("software", "thidua"), ("thidua-start", "một"), ("thidua-start", "hai")]


def test_a_run_that_asked_for_nothing_leaves_no_file(tmp_path: Path) -> None:
    out = writer(tmp_path)
    out.sync()
    out.close()
    assert not out.used
    assert list(tmp_path.iterdir()) == []


def test_a_full_file_is_followed_by_another(tmp_path: Path) -> None:
    out = writer(tmp_path, largest=1000)
    places = [out.append(exchange(seconds=n)) for n in range(8)]
    files = warc.files(tmp_path)
    assert len(files) > 2
    assert sorted({place.file for place in places}) == files
    assert [next(warc.records(tmp_path, file)).kind for file in files] == ["warcinfo"] * len(files)
    assert all(warc.read(tmp_path, place).block == HEAD + PAGE for place in places)


def test_a_file_that_is_there_is_never_written_to(tmp_path: Path) -> None:
    first, _ = written(tmp_path)
    before = (tmp_path / first).read_bytes()
    second, _ = written(tmp_path)
    assert first != second
    assert (tmp_path / first).read_bytes() == before


def test_a_payload_that_is_there_already_is_not_kept_again(tmp_path: Path) -> None:
    place = writer(tmp_path).append(exchange(), Original(1, URL, "2024-03-01T00:00:00Z"))
    record = warc.read(tmp_path, place)
    assert (record.kind, record.block, record.digest) == ("revisit", HEAD, warc.digest_of(PAGE))
    assert record.fields["warc-profile"].endswith("identical-payload-digest")
    assert record.fields["warc-refers-to-target-uri"] == URL
    assert record.fields["warc-refers-to-date"] == "2024-03-01T00:00:00Z"


def test_an_answer_that_broke_off_is_kept_as_far_as_it_came(tmp_path: Path) -> None:
    out = writer(tmp_path)
    place = out.note(exchange(HEAD + PAGE[:9], truncated="disconnect"), [("state", "failed"), ("reason", "bị ngắt")])
    _, part, _, note = warc.records(tmp_path, place.file, requests=True)
    assert (part.fields["warc-truncated"], part.block) == ("disconnect", HEAD + PAGE[:9])
    assert (note.kind, note.place, warc.parsed(note.block)) == (
        "metadata",
        place,
        [("state", "failed"), ("reason", "bị ngắt")],
    )


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.binary(max_size=300), st.binary(max_size=2000)), min_size=1, max_size=6))
def test_whatever_the_bytes_they_come_back(answers: list[tuple[bytes, bytes]]) -> None:
    with TemporaryDirectory() as name:
        out = writer(Path(name))
        responses = [b"HTTP/1.1 200 OK\r\nX: " + head + b"\r\n\r\n" + body for head, body in answers]
        places = [out.append(exchange(response)) for response in responses]
        out.close()
        assert [warc.read(Path(name), place).block for place in places] == responses
        assert [record.block for record in warc.records(Path(name), places[0].file)][1:] == responses


# -- what is cut off, damaged or not there


def part() -> st.SearchStrategy[float]:
    """A place in a file: its size is never the same, for the names of records are never."""
    return st.floats(0, 1, exclude_max=True)


@settings(max_examples=60, deadline=None)
@given(part())
def test_wherever_a_write_was_cut_off_the_records_before_it_stay(part: float) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        file, _ = written(folder)
        path = folder / file
        ends = [record.place.offset + record.place.length for record in whole(folder, file)]
        cut = 1 + int(part * path.stat().st_size)
        path.write_bytes(path.read_bytes()[:cut])
        kept = max((end for end in ends if end <= cut), default=0)
        assert warc.mend(folder, file) == cut - kept
        assert (path.stat().st_size if path.exists() else 0) == kept
        assert warc.mend(folder, file) == 0 if kept else not path.exists()


@settings(max_examples=60, deadline=None)
@given(part(), st.integers(1, 255))
def test_a_changed_byte_costs_one_record_and_no_more(part: float, change: int) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        file, _ = written(folder)
        path = folder / file
        before = whole(folder, file)
        spoilt = bytearray(path.read_bytes())
        at = int(part * len(spoilt))
        spoilt[at] ^= change
        path.write_bytes(spoilt)
        after = whole(folder, file)
        hit = next(record for record in before if record.place.offset <= at < record.place.offset + record.place.length)
        missing = [record for record in before if record not in after]
        assert missing in ([], [hit]), "some bits of a gzip header mean nothing"


def test_a_damaged_record_is_told_with_its_place(tmp_path: Path) -> None:
    file, places = written(tmp_path)
    spoil(tmp_path / file, places[1])
    (damage,) = damages(tmp_path, file)
    assert (damage.place, damage.at_end) == (places[1], False)
    assert file in damage.error
    assert str(places[1].offset) in damage.error
    with pytest.raises(RecordError, match=f"{file}.*{places[1].offset}.*restore"):
        list(warc.records(tmp_path, file))
    with pytest.raises(RecordError, match=f"{file}.*{places[1].offset}.*restore"):
        warc.read(tmp_path, places[1])


def test_what_lies_behind_damage_is_never_cut_off(tmp_path: Path) -> None:
    file, places = written(tmp_path)
    spoil(tmp_path / file, places[1])
    size = (tmp_path / file).stat().st_size
    assert warc.mend(tmp_path, file) == 0
    assert (tmp_path / file).stat().st_size == size


def test_zeros_that_a_power_failure_left_at_the_end_are_cut_off(tmp_path: Path) -> None:
    file, _ = written(tmp_path)
    size = (tmp_path / file).stat().st_size
    with (tmp_path / file).open("ab") as stream:
        stream.write(bytes(5000))
    assert warc.mend(tmp_path, file) == 5000
    assert (tmp_path / file).stat().st_size == size


def test_a_gzip_file_that_a_page_holds_is_not_taken_for_a_record(tmp_path: Path) -> None:
    out = writer(tmp_path)
    zipped = gzip.compress(bytes(range(256)) * 40, compresslevel=0)
    places = [out.append(exchange(HEAD + zipped, seconds=n)) for n in range(2)]
    path = tmp_path / places[0].file
    spoil(path, places[0])
    (damage,) = damages(tmp_path, places[0].file)
    assert damage.place == places[0]


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(RecordError, match=r"warc/none\.warc\.gz: No such file"):
        warc.read(tmp_path, Place("warc/none.warc.gz", 0, 10))
    with pytest.raises(RecordError, match=r"warc/none\.warc\.gz: No such file"):
        list(warc.scan(tmp_path, "warc/none.warc.gz"))


def test_a_member_that_is_no_record_is_damage(tmp_path: Path) -> None:
    path = tmp_path / "warc" / "thidua-000001-20240101000000-00000.warc.gz"
    path.parent.mkdir()
    path.write_bytes(gzip.compress(b"not a record at all\n"))
    (damage,) = damages(tmp_path, f"warc/{path.name}")
    assert damage.at_end


def test_records_can_be_read_from_a_place_on(tmp_path: Path) -> None:
    file, places = written(tmp_path)
    assert [record.place for record in warc.records(tmp_path, file, places[1].offset)] == places[1:]


@pytest.mark.parametrize(
    ("response", "payload"),
    [
        (b"HTTP/1.1 200 OK\r\nA: b\r\n\r\nna\n\nna", b"na\n\nna"),
        (b"HTTP/1.0 200 OK\nA: b\n\nna\r\n\r\nna", b"na\r\n\r\nna"),
        (b"HTTP/1.1 200 OK\r\nA: b\r\n", b""),
        (b"", b""),
    ],
)
def test_a_payload_begins_where_the_header_ends(response: bytes, payload: bytes) -> None:
    assert warc.payload_of(response) == payload


def test_digests_are_written_as_the_standard_does() -> None:
    assert warc.digest_of(b"") == "sha1:3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ"


def test_named_fields_come_back() -> None:
    pairs = [("reason", "không trả lời\r\nlạ: lắm"), ("reason", "hai"), ("empty", "")]
    assert warc.parsed(warc.fields(pairs)) == [("reason", "không trả lời lạ: lắm"), ("reason", "hai"), ("empty", "")]
    assert io.BytesIO(warc.fields(pairs)).readlines()[0].endswith(b"\r\n")


def test_an_answer_without_content_has_no_digest_to_be_mistaken_for_anothers(tmp_path: Path) -> None:
    same = b"HTTP/1.1 304 Not Modified\r\nETag: 1\r\n\r\n"
    out = writer(tmp_path)
    place = out.append(exchange(same), Original(1, URL, "2024-01-01T00:00:00Z"), modified=False)
    out.close()
    record = warc.read(tmp_path, place)
    assert (record.kind, record.block, record.digest) == ("revisit", same, "")
