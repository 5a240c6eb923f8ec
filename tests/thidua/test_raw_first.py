"""The bytes on tape are those that the server sent, not Scrapy's idea of them."""

from __future__ import annotations

import gzip
import socket
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from archive import Archive, warc
from tests.faultserver import faults

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.thidua.conftest import Ran

BODY = "<title>Tin</title><p>Xã Vĩnh Hòa phát động phong trào trồng cây.</p>".encode()
ROBOTS = b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"
ANSWERS = {
    "headers in their order and spelling": (
        b"HTTP/1.1 200 Tot Lam\r\nx-LOWER: 1\r\nSet-Cookie: b=2\r\nServer: x\r\nSet-Cookie: a=1\r\nX-Empty:\r\n"
        b"Content-Type:text/html;charset=utf-8\r\nContent-Length: %d\r\n\r\n%b" % (len(BODY), BODY)
    ),
    "chunks as they were cut": (
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n"
        b"5;ext=1\r\n%b\r\n%X\r\n%b\r\n000\r\nX-Trailer: 1\r\n\r\n" % (BODY[:5], len(BODY) - 5, BODY[5:])
    ),
    "a zipped page, zipped": (
        b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: %d\r\n\r\n%b"
        % (len(gzip.compress(BODY, mtime=0)), gzip.compress(BODY, mtime=0))
    ),
    "lines that end without a carriage return": b"HTTP/1.0 200 OK\nContent-Type: text/html\n\n" + BODY,
    "an error page": b"HTTP/1.1 500 Hong\r\nContent-Length: 4\r\n\r\nhong",
    "a redirect": b"HTTP/1.1 302 Found\r\nLocation: /khac\r\nContent-Length: 0\r\n\r\n",
}


@contextmanager
def saying(answer: bytes) -> Iterator[tuple[str, list[bytes]]]:
    """Serve one answer for whatever is asked, but no robots.txt; give the URL and what was asked, byte for byte."""
    asked: list[bytes] = []

    def serve() -> None:
        while True:
            try:
                connection, _ = listening.accept()
            except OSError:
                return
            with connection:
                request = connection.recv(65536)
                asked.append(request)
                connection.sendall(ROBOTS if b"/robots.txt" in request else answer)

    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = threading.Thread(target=serve)
        thread.start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}/", asked
        listening.shutdown(socket.SHUT_RDWR)
    thread.join()


def records(folder: Path, kind: str) -> list[bytes]:
    """The blocks of all records of a type, in order."""
    files = warc.files(folder)
    return [
        record.block for file in files for record in warc.records(folder, file, requests=True) if record.kind == kind
    ]


@pytest.mark.parametrize("name", ANSWERS)
def test_an_answer_is_kept_as_it_came(name: str, crawl: Callable[..., Ran], tmp_path: Path) -> None:
    with saying(ANSWERS[name]) as (url, _):
        crawl(url, "--max-pages", "1")
    assert ANSWERS[name] in records(tmp_path / "data", "response")


def test_a_request_is_kept_as_it_was_sent(crawl: Callable[..., Ran], tmp_path: Path) -> None:
    with saying(ANSWERS["a zipped page, zipped"]) as (url, asked):
        crawl(url, "--max-pages", "1")
    assert records(tmp_path / "data", "request") == asked


def test_each_row_points_at_the_record_of_its_answer(crawl: Callable[..., Ran], tmp_path: Path) -> None:
    answer = ANSWERS["headers in their order and spelling"]
    with saying(answer) as (url, _):
        crawl(url, "--max-pages", "1")
    with Archive.open(tmp_path / "data", readonly=True) as archive:
        query = "SELECT digest, warc_file, warc_offset, warc_length FROM captures WHERE url = ?"
        row = archive.conn.execute(query, (url,)).fetchone()
    record = warc.read(tmp_path / "data", warc.Place(*row[1:]))
    assert record.block == answer
    assert row[0] == record.digest == warc.digest_of(BODY)


def test_what_came_of_an_answer_that_was_cut_is_kept_and_called_so(crawl: Callable[..., Ran], tmp_path: Path) -> None:
    cut = b"HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n" + BODY
    with saying(cut) as (url, _):
        crawl(url, "--max-pages", "1")
    folder = tmp_path / "data"
    kept = [record for record in warc.records(folder, warc.files(folder)[0]) if record.block == cut]
    assert kept
    assert {record.fields["warc-truncated"] for record in kept} == {"disconnect"}
    assert b"reason: truncated\r\n" in records(folder, "metadata")[0]


def test_a_robots_txt_that_never_came_is_kept_as_far_as_it_did(crawl: Callable[..., Ran], tmp_path: Path) -> None:
    with faults(4) as server:
        server.behave("/robots.txt", "truncated")
        ran = crawl(server.url, "--max-pages", "1")
    folder = tmp_path / "data"
    notes = [record for record in warc.records(folder, warc.files(folder)[0]) if record.kind == "metadata"]
    told = [dict(warc.parsed(note.block)) for note in notes if note.url.endswith("/robots.txt")]
    assert told == [{"state": "fetched", "reason": "truncated"}] * 3, "one for each try"
    assert ran.json["failed"] == 1, "the page that could not be asked for; robots.txt is none"
