from __future__ import annotations

import gzip
import time
import zlib

import brotli
import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.warc import payload_of
from crawler.message import DecodingError, decoded, is_cut, parse, unmeasured, whole

PAGE = "<p>Xã Vĩnh Hòa phát động phong trào trồng cây.</p>".encode() * 50
LIMIT = 1_000_000


def chunked(payload: bytes, sizes: list[int]) -> bytes:
    """The payload in chunks of these sizes, the rest in one more."""
    parts, at = [], 0
    for size in [*sizes, len(payload)]:
        part = payload[at : at + size]
        at += size
        if part:
            parts.append(b"%x\r\n%b\r\n" % (len(part), part))
    return b"".join(parts) + b"0\r\n\r\n"


def answer(*fields: bytes, body: bytes = b"", status: bytes = b"HTTP/1.1 200 OK") -> bytes:
    return b"\r\n".join([status, *fields, b"", b""]) + body


def test_headers_keep_their_order_their_case_and_their_repetitions() -> None:
    message = parse(answer(b"x-B: 1", b"Set-Cookie: a=1", b"Set-Cookie: b=2", b"X-A:  2 "))
    assert message.headers == (("x-B", "1"), ("Set-Cookie", "a=1"), ("Set-Cookie", "b=2"), ("X-A", "2"))


def test_a_header_is_found_in_whatever_case_it_was_written() -> None:
    assert parse(answer(b"content-TYPE: text/html")).get("Content-Type") == "text/html"


def test_a_folded_header_is_one_line() -> None:
    assert parse(answer(b"X-Long: mot", b"  hai")).get("X-Long") == "mot hai"


def test_a_header_in_utf_8_is_read_as_it_was_meant() -> None:
    assert parse(answer("Location: /tin/Vĩnh-Hòa".encode())).get("Location") == "/tin/Vĩnh-Hòa"


def test_lines_may_end_without_a_carriage_return() -> None:
    message = parse(b"HTTP/1.0 404 Khong thay\nServer: x\n\nbody")
    assert (message.status, message.get("Server"), message.payload) == (404, "x", b"body")


def test_what_is_no_http_has_the_status_0() -> None:
    assert parse(b"SSH-2.0-OpenSSH_9.2\r\n").status == 0


@given(st.binary(max_size=300), st.lists(st.integers(1, 40), max_size=8))
def test_chunks_are_put_together_whatever_their_sizes(payload: bytes, sizes: list[int]) -> None:
    raw = answer(b"Transfer-Encoding: chunked", body=chunked(payload, sizes))
    assert parse(raw).payload == payload


@given(st.binary(max_size=300), st.binary(max_size=20), st.booleans())
def test_stray_bytes_after_an_answer_are_not_its_own(payload: bytes, stray: bytes, in_chunks: bool) -> None:
    framing = b"Transfer-Encoding: chunked" if in_chunks else b"Content-Length: %d" % len(payload)
    raw = answer(framing, body=chunked(payload, [7]) if in_chunks else payload)
    assert whole(raw + stray) == raw


def test_interim_answers_are_not_the_answer() -> None:
    raw = answer(b"Content-Length: 2", body=b"ok")
    assert whole(b"HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\nHTTP/1.1 100 Continue\r\n\r\n" + raw) == raw


INTERIM = [
    b"HTTP/1.1 100 Continue\r\n\r\n",
    b"HTTP/1.1 100\n\n",
    b"http/1.1 103 Early Hints\r\nLink: </a.css>; rel=preload\r\nContent-Length: 9\r\n\r\n",
    b"HTTP/1.1 102 Processing\r\n\r\n" * 3,
]


@pytest.mark.parametrize("before", INTERIM)
def test_the_status_and_fields_are_those_of_the_answer_after_interim_ones(before: bytes) -> None:
    raw = answer(b"X-A: 1", b"Content-Length: 2", body=b"ok")
    assert parse(before + raw) == parse(raw)


@pytest.mark.parametrize("before", INTERIM)
def test_interim_answers_alone_are_none(before: bytes) -> None:
    assert (whole(before), parse(before).status) == (b"", 0)


def test_an_interim_answer_that_is_quoted_in_a_page_is_its_text() -> None:
    quoted = b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 404 Not Found\r\n\r\n"
    message = parse(answer(b"Content-Type: text/plain", body=quoted))
    assert (message.status, message.payload) == (200, quoted)


def test_very_many_interim_answers_are_passed_over_in_one_go() -> None:
    raw = answer(b"Content-Length: 2", body=b"ok")
    assert whole(b"HTTP/1.1 100 \n\n" * 200_000 + raw) == raw


def test_a_304_has_no_body_whatever_length_it_names() -> None:
    raw = answer(b"Content-Length: 5", status=b"HTTP/1.1 304 Not Modified")
    assert whole(raw + b"HTTP/1.1") == raw


def test_trailers_belong_to_the_answer_and_not_to_its_payload() -> None:
    raw = answer(b"Transfer-Encoding: chunked", body=b"2\r\nok\r\n0\r\nX-Sum: 1\r\n\r\n")
    assert whole(raw) == raw
    assert parse(raw).payload == b"ok"


@pytest.mark.parametrize(
    ("encoding", "packed"),
    [
        ("gzip", gzip.compress(PAGE)),
        ("X-GZIP", gzip.compress(PAGE)),
        ("gzip", gzip.compress(PAGE[:99]) + gzip.compress(PAGE[99:])),
        ("gzip", gzip.compress(PAGE) + b"\0\0stray"),
        ("deflate", zlib.compress(PAGE)),
        ("deflate", zlib.compress(PAGE)[2:-4]),
        ("br", brotli.compress(PAGE)),
        ("gzip, br", brotli.compress(gzip.compress(PAGE))),
        ("identity", PAGE),
        ("", PAGE),
    ],
)
def test_every_content_coding_is_undone(encoding: str, packed: bytes) -> None:
    assert decoded(packed, encoding, LIMIT) == PAGE


@pytest.mark.parametrize(
    ("encoding", "packed"), [("gzip", gzip.compress(PAGE)), ("br", brotli.compress(PAGE))], ids=["gzip", "br"]
)
def test_a_packed_page_that_ends_too_soon_is_truncated(encoding: str, packed: bytes) -> None:
    with pytest.raises(DecodingError, match="truncated"):
        decoded(packed[:-9], encoding, LIMIT)


def test_a_flipped_bit_is_seen() -> None:
    packed = bytearray(gzip.compress(PAGE))
    packed[-6] ^= 1
    with pytest.raises(DecodingError, match="damaged compression"):
        decoded(bytes(packed), "gzip", LIMIT)


@pytest.mark.parametrize(
    ("encoding", "bomb"),
    [
        ("gzip", gzip.compress(bytes(50_000_000))),
        ("deflate", zlib.compress(bytes(50_000_000))),
        ("br", brotli.compress(bytes(50_000_000), quality=1)),
        ("gzip, gzip", gzip.compress(gzip.compress(bytes(50_000_000)))),
    ],
)
def test_a_bomb_is_seen_before_it_fills_the_memory(encoding: str, bomb: bytes) -> None:
    with pytest.raises(DecodingError, match="too large"):
        decoded(bomb, encoding, LIMIT)


@pytest.mark.parametrize("encoding", ["gzip", "x-gzip", "deflate", "br", "zstd", "utf-8", "gzip, deflate"])
@pytest.mark.parametrize(
    "page", [PAGE, b"<!DOCTYPE html>\n" + PAGE, b"\xef\xbb\xbf" + PAGE, b"Hai\tba\r\n", b"\xb9\xfa"]
)
def test_a_header_that_calls_a_plain_page_packed_is_passed_over(encoding: str, page: bytes) -> None:
    assert decoded(page, encoding, LIMIT) == page


def test_an_unknown_coding_is_named() -> None:
    with pytest.raises(DecodingError, match="unknown compression"):
        decoded(b"\x28\xb5\x2f\xfd\x04\x00" + bytes(range(64)), "zstd", LIMIT)


@pytest.mark.parametrize("end", [b"\r\n\r\n", b"\n\n", b"\n\r\n", b"\r\n\n"])
def test_a_header_ends_at_its_first_empty_line_however_that_is_written(end: bytes) -> None:
    line = end[: end.index(b"\n") + 1]
    raw = b"HTTP/1.1 200 OK" + line + b"Server: x" + end + b"mot\n\nhai\r\n\r\nba"
    assert parse(raw).payload == payload_of(raw) == b"mot\n\nhai\r\n\r\nba"


@pytest.mark.parametrize("field", [b"Content-Length: 20", b"content-length: 999999", b"X-Length: 3"])
def test_an_answer_kept_unzipped_by_others_is_whole_whatever_its_header_says_of_its_length(field: bytes) -> None:
    kept = answer(b"Content-Type: text/html", field, b"Server: nginx", body=PAGE)
    message = parse(unmeasured(kept))
    assert (message.payload, message.get("Server")) == (PAGE, "nginx")


CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nxin \r\n5\r\nch\xc3\xa0o\r\n0\r\n\r\n"


@pytest.mark.parametrize("missing", range(1, 18))
def test_an_answer_that_ends_within_a_chunk_is_cut(missing: int) -> None:
    whole_chunks = missing <= 7 or missing in {15, 16, 17}
    assert is_cut(CHUNKED[:-missing]) != whole_chunks


@pytest.mark.parametrize(
    "answer",
    [CHUNKED, CHUNKED.replace(b"chunked", b"identity"), CHUNKED.partition(b"4\r\n")[0] + b"abc xin ch\xc3\xa0o", b""],
    ids=["whole", "not chunked", "unchunked by who kept it", "nothing"],
)
def test_other_answers_are_not_cut_as_far_as_their_chunks_tell(answer: bytes) -> None:
    assert not is_cut(answer)


def test_a_chunk_made_to_hurt_is_looked_at_once() -> None:
    start = time.process_time()
    assert not is_cut(answer(b"Transfer-Encoding: chunked", body=b"1\r\nX\r\n" + b"a" * 1_000_000 + b"\r."))
    assert time.process_time() - start < 8
