"""WARC files that other tools wrote: whatever their form, their records come back."""

from __future__ import annotations

import gzip
import io
import shutil
import subprocess
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from fastwarc.stream_io import GzipWriter
from fastwarc.warc import ArchiveIterator as FastIterator
from warcio.archiveiterator import ArchiveIterator
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from archive import warc
from archive.errors import RecordError
from archive.warc import Place, Record
from tests.archive.others import HEAD, PAGE, Seen, members, page, record, records, seen, url
from tests.captured import WARC
from tests.samplesite.model import Response
from tests.samplesite.server import serve

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


ALL = list(range(6))


class Numbers:
    """A site of which every page is its own path."""

    def render(self, target: str, visit: int = 1, if_none_match: str = "") -> Response:  # noqa: ARG002 - the server's interface
        return Response(200, (("Content-Type", "text/html"),), f"<p>{target[1:]}</p>".encode())


@pytest.fixture
def pages_served() -> Iterator[str]:
    with serve(Numbers()) as server:
        yield server.url.rstrip("/")


# -- forms of files


@pytest.mark.parametrize("version", ["0.17", "0.18", "1.0", "1.1"])
@pytest.mark.parametrize("end", [b"\r\n", b"\n"])
def test_every_version_and_line_end_is_read(tmp_path: Path, version: str, end: bytes) -> None:
    found = seen(tmp_path, "x.warc", [record(n, version=version, end=end) for n in ALL])
    assert (found.numbers, found.told) == (ALL, [])
    assert found.holdings[0].addressable


def test_records_zipped_one_by_one_are_pointed_at(tmp_path: Path) -> None:
    zipped = members()
    found = seen(tmp_path, "x.warc.gz", zipped)
    assert found.numbers == ALL
    assert [length for _, length in found.places] == [len(each) for each in zipped]
    assert warc.whole(tmp_path, found.records[2].place)[1] == zipped[2]


def test_records_that_are_not_zipped_are_pointed_at_too(tmp_path: Path) -> None:
    found = seen(tmp_path, "x.warc", records())
    assert found.numbers == ALL
    member = warc.whole(tmp_path, found.records[2].place)[1]
    assert gzip.decompress(member).startswith(b"WARC/1.0\r\n"), "a WACZ wants members"


def test_one_member_over_all_must_be_copied(tmp_path: Path) -> None:
    found = seen(tmp_path, "x.warc.gz", gzip.compress(b"".join(records())))
    assert (found.numbers, found.told) == (ALL, [])
    assert not found.holdings[0].addressable
    assert {length for _, length in found.places} == {0}
    (again,) = warc.walk(found.holdings[0], found.told.append, found.places[-1][0])
    assert again == found.records[-1], "a walk can be taken up where it ended"


def test_only_records_that_share_a_member_must_be_copied(tmp_path: Path) -> None:
    one, two, three, four, *_ = records()
    found = seen(tmp_path, "x.warc.gz", [gzip.compress(each) for each in (one, two + three, four)])
    assert (found.numbers, found.told) == ([0, 1, 2, 3], [])
    assert [length > 0 for _, length in found.places] == [True, False, False, True]


def test_members_that_end_inside_of_records_are_one_stream(tmp_path: Path) -> None:
    data = b"".join(records())
    found = seen(tmp_path, "x.warc.gz", [gzip.compress(data[at : at + 100]) for at in range(0, len(data), 100)])
    assert (found.numbers, found.told) == (ALL, [])


def test_a_member_that_unzips_to_much_more_than_itself_ends_where_it_ends(tmp_path: Path) -> None:
    long = HEAD + b"<p>Hoa Sen</p>" * 50_000
    data = [record(0), record(1, block=long), record(2)]
    found = seen(tmp_path, "x.warc.gz", map(gzip.compress, data))
    assert found.told == []
    assert [each.block for each in found.records] == [page(0), long, page(2)]


def test_zipped_and_plain_records_may_follow_each_other(tmp_path: Path) -> None:
    plain, zipped = records(), members()
    found = seen(tmp_path, "x.warc.gz", [zipped[0], plain[1], plain[2], zipped[3]])
    assert (found.numbers, found.told) == ([0, 1, 2, 3], [])


def test_padding_and_empty_members_are_nothing_to_tell(tmp_path: Path) -> None:
    zipped = members()
    found = seen(tmp_path, "x.warc.gz", [zipped[0], bytes(512), gzip.compress(b""), b"\r\n", zipped[1], bytes(512)])
    assert (found.numbers, found.told) == ([0, 1], [])


def test_members_may_have_fields_of_their_own(tmp_path: Path) -> None:
    plain = members()[1]
    extra = b"\x08\x00SL\x04\x00\x01\x02\x03\x04"  # the sizes that the Internet Archive notes
    named = plain[:3] + b"\x0c" + plain[4:10] + extra + b"x.warc\0" + plain[10:]
    assert seen(tmp_path, "x.warc.gz", [named] * 3).numbers == [1, 1, 1]


def test_records_may_lack_the_lines_that_end_them(tmp_path: Path) -> None:
    found = seen(tmp_path, "x.warc", [record(n, tail=b"") for n in ALL])
    assert (found.numbers, found.told) == (ALL, [])


@pytest.mark.parametrize("name", ["x.warc", "x.bin", "WARC.GZ", "không dấu.warc.gz"])
def test_the_name_says_nothing(tmp_path: Path, name: str) -> None:
    assert seen(tmp_path, name, records()).numbers == ALL
    assert seen(tmp_path, name, members()).numbers == ALL


# -- forms of heads


def test_names_of_fields_are_in_any_case_and_may_go_on_in_the_next_line(tmp_path: Path) -> None:
    head = b"WARC/1.0 \nwarc-type:RESPONSE\nWARC-TARGET-URI:  <http://noivu.example/tin?id=1> \n"
    head += b"X-Long: one\n\ttwo\n  three\n"
    (found,) = seen(tmp_path, "x.warc", head + b"nonsense\nCONTENT-length:4\nContent-Length: 9\n\nHTTP\n\n").records
    assert (found.kind, found.url, found.block) == ("response", "http://noivu.example/tin?id=1", b"HTTP")
    assert found.fields["x-long"] == "one two three"


def test_digests_stay_as_they_are_written(tmp_path: Path) -> None:
    (found,) = seen(tmp_path, "x.warc", record(1, WARC_Payload_Digest="sha256:ab12")).records
    assert found.digest == "sha256:ab12"


def test_a_head_need_not_be_utf8(tmp_path: Path) -> None:
    data = record(1, X_Name="?").replace(b"?\r\n", b"\xe9\r\n")
    assert seen(tmp_path, "x.warc", data).records[0].fields["x-name"] == "é"


def test_all_kinds_are_given(tmp_path: Path) -> None:
    kinds = ["warcinfo", "response", "resource", "request", "metadata", "revisit", "conversion", "continuation", "new"]
    found = seen(tmp_path, "x.warc", [record(n, kind=kind) for n, kind in enumerate(kinds)])
    assert [each.kind for each in found.records] == kinds


# -- what writes them


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # warcio leaves its buffers open
@pytest.mark.parametrize("zipped", [True, False])
@pytest.mark.parametrize("version", ["1.0", "1.1"])
def test_what_warcio_writes(tmp_path: Path, zipped: bool, version: str) -> None:
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=zipped, warc_version=version)
    writer.write_record(writer.create_warcinfo_record("x.warc.gz", {"software": "warcio"}))
    for number in ALL:
        head = StatusAndHeaders("200 OK", [("Content-Type", "text/html; charset=utf-8")], protocol="HTTP/1.1")
        body = io.BytesIO(PAGE.format(number).encode())
        writer.write_record(writer.create_warc_record(url(number), "response", payload=body, http_headers=head))
    found = seen(tmp_path, "x.warc.gz", out.getvalue())
    found.records.pop(0)
    assert (found.numbers, found.told) == (ALL, [])


def test_what_fastwarc_writes(tmp_path: Path) -> None:
    out = io.BytesIO()
    for each in FastIterator(io.BytesIO(b"".join(records())), parse_http=False):
        writer = GzipWriter(out)
        each.write(writer)
        writer.finish()
    assert seen(tmp_path, "x.warc.gz", out.getvalue()).numbers == ALL


@pytest.mark.skipif(shutil.which("wget") is None, reason="there is no wget")
@pytest.mark.parametrize("options", [[], ["--no-warc-compression"]])
def test_what_wget_writes(tmp_path: Path, options: list[str], pages_served: str) -> None:
    command = ["wget", "-q", "--warc-file=x", "--warc-cdx", *options, f"{pages_served}/1", f"{pages_served}/2"]
    subprocess.run(command, cwd=tmp_path, check=True, timeout=30)
    (path,) = tmp_path.glob("x.warc*")
    found = Seen(path)
    answers = [each for each in found.records if each.kind == "response"]
    assert found.told == []
    assert [each.url for each in answers] == [f"{pages_served}/1", f"{pages_served}/2"]
    assert [warc.payload_of(warc.http_of(each)) for each in answers] == [b"<p>1</p>", b"<p>2</p>"]
    assert all(warc.read(tmp_path, each.place) == each for each in found.records)


@pytest.mark.real
@pytest.mark.skipif(not WARC.exists(), reason="the captured pages are not here")
def test_the_captured_pages_of_a_real_site(tmp_path: Path) -> None:
    found = Seen(WARC)
    assert found.told == []
    with WARC.open("rb") as file:
        others = [each.rec_headers.get_header("WARC-Target-URI") or "" for each in ArchiveIterator(file)]
    assert found.urls == others
    assert len(found.records) == 552
    assert all(warc.read(tmp_path, each.place) == each for each in found.records[::50])


# -- what a record means


def of(kind: str = "response", block: bytes = b"", **fields: str) -> Record:
    named = {"warc-target-uri": url(1)} | {name.replace("_", "-"): value for name, value in fields.items()}
    return Record(Place("/x.warc", 0, 1), kind, named, block)


@pytest.mark.parametrize(
    ("said", "at"),
    [
        ("2020-06-12T01:02:03Z", datetime(2020, 6, 12, 1, 2, 3, tzinfo=UTC)),
        ("2020-06-12T01:02:03.123456789Z", datetime(2020, 6, 12, 1, 2, 3, tzinfo=UTC)),
        ("2020-06-12T08:02:03+07:00", datetime(2020, 6, 12, 1, 2, 3, tzinfo=UTC)),
        ("2020-06-12 01:02:03", datetime(2020, 6, 12, 1, 2, 3, tzinfo=UTC)),
        ("20200612010203", datetime(2020, 6, 12, 1, 2, 3, tzinfo=UTC)),
        ("2020-06-12T23:59:60Z", datetime(2020, 6, 12, 23, 59, 59, tzinfo=UTC)),
        ("2020-06", datetime(2020, 6, 1, tzinfo=UTC)),
        ("2020", datetime(2020, 1, 1, tzinfo=UTC)),
    ],
)
def test_dates_are_understood_in_many_forms(said: str, at: datetime) -> None:
    assert warc.moment(of(warc_date=said)) == at


@pytest.mark.parametrize(
    "said", ["", "hôm qua", "2020-13-01T00:00:00Z", "0000-01-01", "2020-06-12T25:00:00Z", "9" * 14]
)
def test_what_is_no_date_is_none(said: str) -> None:
    assert warc.moment(of(warc_date=said)) is None
    assert warc.moment(of(warc_date="0001-01-01T00:00:00+07:00")) is None


def test_an_answer_is_given_as_it_came() -> None:
    assert warc.http_of(of(block=page(1), content_type="application/http")) == page(1)


@pytest.mark.parametrize("kind", ["response", "revisit"])
def test_interim_answers_that_a_tool_has_kept_are_no_part_of_it(kind: str) -> None:
    before = b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n"
    assert warc.http_of(of(kind, before + page(1), content_type="application/http")) == page(1)


@pytest.mark.parametrize("kind", ["resource", "response"])
def test_a_page_that_was_kept_without_a_header_gets_one(kind: str) -> None:
    kept = of(kind, b"<p>na</p>", content_type="text/html; charset=utf-8")
    assert warc.http_of(kept) == HEAD + b"<p>na</p>"


@pytest.mark.parametrize(
    ("found", "why"),
    [
        (of(block=b"\0\1 junk", content_type="application/http"), "no HTTP answer"),
        (of(block=b"HTTP/1.1 100 Continue\r\n\r\n", content_type="application/http"), "but interim answers"),
        (of(block=b"HTTP/1.1 101 Switching Protocols\r\n\r\n\x81", content_type="application/http"), "but interim"),
        (of("request", b"GET / HTTP/1.1"), "a request record"),
        (of("", b"HTTP/1.1 200 OK"), "nameless"),
        (of("resource", b"<p>", warc_target_uri="urn:x"), "not of the web"),
        (of(block=b"20200612 1.2.3.4", content_type="text/dns", warc_target_uri="dns:noivu.example"), "not of the web"),
    ],
    ids=["junk", "continue", "websocket", "request", "nameless", "urn", "dns"],
)
def test_what_is_no_answer_says_why(found: Record, why: str) -> None:
    assert warc.http_of(found) == b""
    assert why in warc.why_not(found)


def test_a_revisit_says_what_it_repeats() -> None:
    told = {"warc_refers_to_date": "2020-06-12T01:02:03Z", "warc_payload_digest": "sha1:ABC"}
    found = of("revisit", b"", warc_refers_to_target_uri=url(2), **told)
    assert warc.original_of(found) == ("sha1:ABC", url(2), datetime(2020, 6, 12, 1, 2, 3, tzinfo=UTC))
    assert warc.original_of(of("revisit")) == ("", "", None)


def test_a_file_has_a_digest(tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"")
    assert warc.digest_of_file(tmp_path / "x").startswith("e3b0c44298fc1c14")
    with pytest.raises(RecordError, match=r"none.*No such file"):
        warc.digest_of_file(tmp_path / "none")
