"""What CDX servers answer, in every dialect, whole and damaged."""

from __future__ import annotations

import json
import tracemalloc
from contextlib import suppress
from datetime import UTC, datetime
from itertools import chain, repeat
from typing import TYPE_CHECKING

import pytest

from crawler.wayback.cdx import Answer, NotCdxError, Row, pages, parsed_timestamp
from crawler.wayback.streams import CutError

if TYPE_CHECKING:
    from collections.abc import Iterator

NAMES = '["urlkey","timestamp","original","mimetype","statuscode","digest","length"]'
FIRST = '["vn,gov,example)/a","20150102030405","http://example.gov.vn/a","text/html","200","AAA","10"]'
SECOND = '["vn,gov,example)/b","20160102030405","http://example.gov.vn/b","warc/revisit","-","BBB","10"]'
A = Row("http://example.gov.vn/a", datetime(2015, 1, 2, 3, 4, 5, tzinfo=UTC), 200, "text/html", "AAA")
B = Row("http://example.gov.vn/b", datetime(2016, 1, 2, 3, 4, 5, tzinfo=UTC), 0, "warc/revisit", "BBB")
ARRAYS = f"[{NAMES},\n{FIRST},\n{SECOND}]\n"
OBJECTS = (
    '{"urlkey": "vn,gov,example)/a", "timestamp": "20150102030405", "url": "http://example.gov.vn/a", '
    '"mime": "text/html", "status": "200", "digest": "AAA"}\n'
    '{"urlkey": "vn,gov,example)/b", "timestamp": "20160102030405", "url": "http://example.gov.vn/b", '
    '"mime": "warc/revisit", "digest": "sha1:BBB"}\n'
)
CDXJ = (
    'vn,gov,example)/a 20150102030405 {"url": "http://example.gov.vn/a", "mime": "text/html", "status": "200", '
    '"digest": "AAA"}\n'
    'vn,gov,example)/b 20160102030405 {"url": "http://example.gov.vn/b", "mime": "warc/revisit", "digest": "BBB"}\n'
)
LINES = (
    "vn,gov,example)/a 20150102030405 http://example.gov.vn/a text/html 200 AAA 10\n"
    "vn,gov,example)/b 20160102030405 http://example.gov.vn/b warc/revisit - BBB 10\n"
)
DIALECTS = {"arrays": ARRAYS, "objects": OBJECTS, "cdxj": CDXJ, "lines": LINES}


def read(text: str | bytes, size: int = 1 << 16) -> tuple[list[Row], Answer]:
    data = text.encode() if isinstance(text, str) else text
    answer = Answer(data[start : start + size] for start in range(0, len(data), size))
    return list(answer.rows()), answer


@pytest.mark.parametrize("size", [1, 7, 1 << 16])
@pytest.mark.parametrize("dialect", DIALECTS)
def test_each_dialect_says_the_same_however_it_comes(dialect: str, size: int) -> None:
    rows, answer = read(DIALECTS[dialect], size)
    assert rows == [A, B]
    assert (answer.count, answer.unreadable, answer.resume) == (2, 0, "")


def test_an_array_in_one_line_is_read_too() -> None:
    assert read(json.dumps(json.loads(ARRAYS)))[0] == [A, B]


def test_columns_may_stand_in_any_order() -> None:
    assert read('[["statuscode","original","timestamp"],["404","http://h.vn/","2015"]]')[0] == [
        Row("http://h.vn/", datetime(2015, 1, 1, tzinfo=UTC), 404)
    ]


@pytest.mark.parametrize("empty", ["", "\n", "[]", "[]\n", " [ ] ", f"[{NAMES}]"])
def test_a_site_without_captures_gives_none(empty: str) -> None:
    assert read(empty)[0] == []


@pytest.mark.parametrize("tail", ['[],\n["vn,gov,example)/b 2016"]', '[],["vn,gov,example)/b 2016"]'])
def test_the_key_to_the_rest_is_no_capture(tail: str) -> None:
    rows, answer = read(f"[{NAMES},{FIRST},{tail}]")
    assert rows == [A]
    assert (answer.resume, answer.unreadable) == ("vn,gov,example)/b 2016", 0)


def test_the_key_to_the_rest_of_plain_lines_stands_behind_an_empty_one() -> None:
    rows, answer = read(LINES + "\nvn%2Cgov%2Cexample%29%2Fb+2016\n")
    assert rows == [A, B]
    assert (answer.resume, answer.unreadable) == ("vn%2Cgov%2Cexample%29%2Fb+2016", 0)


@pytest.mark.parametrize(
    "row",
    [
        '["k","2015010203xx05","http://h.vn/","text/html","200","A","1"]',
        '["k","20159999000000","http://h.vn/","text/html","200","A","1"]',
        '["k","20150102030405","dns:h.vn","text/dns","200","A","1"]',
        '["k","20150102030405"]',
        '{"url": "http://h.vn/"}',
        '["k","20150102030405","http://h.vn/\\ud83d","text/html","200","A","1"]',
        '["k","20150102030405","http://h.vn/","text/\\u0000","200","A","1"]',
        "17",
        "null",
    ],
)
def test_a_row_that_names_no_capture_is_counted_and_passed_over(row: str) -> None:
    rows, answer = read(f"[{NAMES},\n{row},\n{SECOND}]")
    assert rows == [B]
    assert answer.unreadable == 1


@pytest.mark.parametrize("line", ["{}", '{"url": 5}', '{"url": "http', "what is this", "k 2015 x"])
def test_a_line_that_names_no_capture_is_counted_and_passed_over(line: str) -> None:
    first, second = OBJECTS.splitlines()
    rows, answer = read(f"{first}\n{line}\n{second}\n")
    assert rows == [A, B]
    assert answer.unreadable == 1


def test_bytes_that_are_no_utf8_lose_no_other_row() -> None:
    odd = FIRST.encode().replace(b"/a", b"/\xe0\xc3")
    rows, answer = read(f"[{NAMES},\n".encode() + odd + f",\n{SECOND}]".encode())
    assert [row.at for row in rows] == [A.at, B.at]
    assert answer.unreadable == 0


@pytest.mark.parametrize("size", [1, 13, 1 << 16])
def test_letters_cut_by_the_end_of_a_piece_stay_whole(size: int) -> None:
    url = "http://example.gov.vn/khen-thưởng-𝔞"
    rows, _ = read(f'[{NAMES},["k","20150102030405","{url}","text/html","200","A","1"]]', size)
    assert [row.url for row in rows] == [url]


@pytest.mark.parametrize("dialect", DIALECTS)
def test_an_answer_that_breaks_off_gives_what_came_and_says_so(dialect: str) -> None:
    whole = DIALECTS[dialect].rstrip("\n")
    cut = whole[: whole.rindex("/b")]
    answer = Answer([cut.encode()])
    rows = answer.rows()
    assert next(rows) == A
    with pytest.raises(CutError, match="breaks off"):
        next(rows)


@pytest.mark.parametrize("cut", ["[", f"[{NAMES}", f"[{NAMES},", f"[{NAMES},\n{FIRST}", f"[{NAMES},\n{FIRST},\n"])
def test_an_array_without_its_last_bracket_broke_off(cut: str) -> None:
    with pytest.raises(CutError):
        read(cut)


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ("<html><head><title>Blocked</title></head><body>x</body></html>", "Blocked"),
        ("\ufeff\n<!DOCTYPE html><html><body><h1>503</h1> Try later</body>", "503 Try later"),
        (
            "org.archive.wayback.exception.AdministrativeAccessControlException: Blocked Site Error",
            "Blocked Site Error",
        ),
        ('{"message": "Rate limited"}', "Rate limited"),
    ],
)
def test_what_is_no_list_of_captures_is_quoted(answer: str, said: str) -> None:
    with pytest.raises(NotCdxError, match=said):
        read(answer)


def test_a_table_of_something_else_is_no_list_of_captures() -> None:
    with pytest.raises(NotCdxError, match="name, size"):
        read('[["name","size"],["a","1"]]')


@pytest.mark.parametrize("dialect", ["arrays", "lines"])
def test_a_row_without_an_end_fills_no_memory(dialect: str) -> None:
    start = b"[[" if dialect == "arrays" else b"vn,gov)/a 20150102030405 http://h.vn/"
    endless = chain([start], repeat(b'"' + b"a" * 65_535))
    with pytest.raises(CutError):
        list(Answer(endless).rows())


@pytest.mark.parametrize("dialect", ["arrays", "objects"])
def test_many_captures_need_no_more_memory_than_few(dialect: str) -> None:
    def pieces() -> Iterator[bytes]:
        yield f"[{NAMES}".encode() if dialect == "arrays" else b""
        line = f",\n{FIRST}".encode() if dialect == "arrays" else OBJECTS.splitlines(keepends=True)[0].encode()
        for _ in range(100):
            yield line * 100
        yield b"]" if dialect == "arrays" else b""

    tracemalloc.start()
    assert sum(1 for _ in Answer(pieces()).rows()) == 10_000
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 2_000_000


@pytest.mark.parametrize(
    ("digits", "moment"),
    [
        ("20150102030405", datetime(2015, 1, 2, 3, 4, 5, tzinfo=UTC)),
        ("2015", datetime(2015, 1, 1, tzinfo=UTC)),
        ("20150203", datetime(2015, 2, 3, tzinfo=UTC)),
        ("20150102030405678", datetime(2015, 1, 2, 3, 4, 5, tzinfo=UTC)),
        ("20150100000000", None),
        ("00010101000000", None),
        ("201", None),
        ("٢٠١٥", None),
        ("", None),
    ],
)
def test_timestamps_may_be_cut_short(digits: str, moment: datetime | None) -> None:
    assert parsed_timestamp(digits) == moment


@pytest.mark.parametrize(
    ("body", "number"),
    [(b"3\n", 3), (b'{"pages": 4, "pageSize": 5, "blocks": 20}', 4), (b"[]", 0), (OBJECTS.encode(), 0), (b"", 0)],
)
def test_the_number_of_pages_is_a_number(body: bytes, number: int) -> None:
    assert pages(body) == number


@pytest.mark.parametrize("deep", ["[" * 100_000, f"[{NAMES},\n" + "[" * 100_000, OBJECTS + '{"a":' * 100_000 + "\n"])
def test_brackets_without_end_are_damage(deep: str) -> None:
    answer = Answer([deep.encode()])
    with suppress(CutError, NotCdxError):
        assert list(answer.rows()) == [A, B]
        assert answer.unreadable == 1
