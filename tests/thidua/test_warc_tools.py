"""Other people's tools read the WARC files: warcio checks them, pywb replays them byte for byte."""

from __future__ import annotations

import gzip
import json
import re
import socket
import subprocess
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Any
from urllib.error import HTTPError
from urllib.parse import quote

import pytest

from archive import warc
from tests.samplesite import Site
from tests.thidua.foreign import WEB, fetched, programs, running, unused_port
from tests.thidua.state import complaints, rows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.samplesite import Response
    from tests.thidua.conftest import Ran


class Press:
    """A server that sends pages in several wrappings, a connection each, always the same bytes for the same page.

    Of its articles the first comes in chunks, the second zipped, the third zipped and in chunks; the newest has an
    ETag; one is never answered, and of another the half.
    """

    def __init__(self) -> None:
        self.site = Site(articles=12, categories=1, charset="windows-1258")
        self.url = ""
        oldest = [self.site.url(article.id) for article in self.site.articles]
        self.chunked, self.zipped, self.both, self.silent, self.cut = oldest[:5]
        self.newest = oldest[-1]

    def page(self, path: str) -> bytes:
        """The page as an author wrote it."""
        return self.site.render(path).body

    def answer(self, request: bytes) -> bytes:
        """The answer as it goes over the wire."""
        path = request.split(b" ")[1].decode()
        found = self.site.render(path)
        if path == self.newest and b"If-None-Match:" in request:
            return b'HTTP/1.1 304 Not Modified\r\nETag: "1"\r\n\r\n'
        body, fields = found.body, dict(found.headers)
        fields |= {"ETag": '"1"'} if path == self.newest else {}
        if path in {self.zipped, self.both}:
            body, fields["Content-Encoding"] = gzip.compress(body, mtime=0), "gzip"
        if path in {self.chunked, self.both}:
            fields["Transfer-Encoding"] = "chunked"
            body = b"".join(b"%x\r\n%b\r\n" % (len(p), p) for p in (body[:100], body[100:])) + b"0\r\n\r\n"
        else:
            fields["Content-Length"] = str(len(body))
        return whole(found, fields, body, cut=path == self.cut) if path != self.silent else b""

    def serve(self, listening: socket.socket) -> None:
        while True:
            try:
                connection, _ = listening.accept()
            except OSError:
                return
            with connection:
                connection.sendall(self.answer(connection.recv(65536)))


def whole(found: Response, fields: dict[str, str], body: bytes, *, cut: bool) -> bytes:
    head = "".join(f"{name}: {value}\r\n" for name, value in {**fields, "Connection": "close"}.items())
    top = f"HTTP/1.1 {found.status} {HTTPStatus(found.status).phrase}\r\n{head}\r\n".encode()
    return top + (body[: len(body) // 2] if cut else body)


@contextmanager
def printing() -> Iterator[Press]:
    press = Press()
    with socket.create_server(("127.0.0.1", 0)) as listening:
        press.url = f"http://127.0.0.1:{listening.getsockname()[1]}"
        thread = threading.Thread(target=press.serve, args=(listening,))
        thread.start()
        yield press
        listening.shutdown(socket.SHUT_RDWR)
    thread.join()


@dataclass(frozen=True)
class Crawled:
    """A site crawled twice: the second time nothing had changed on it."""

    press: Press
    folder: Path


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory, thidua_in: Callable[[Path], Callable[..., Ran]]) -> Crawled:
    folder = tmp_path_factory.mktemp("tools")
    with printing() as press:
        for _ in range(2):
            ran = thidua_in(folder)("crawl", press.url, "--delay", "0", "--recheck", "50", "--timeout", "5")
            assert ran.status == 0, ran.err
            time.sleep(1)  # WARC tells moments by the second: the second crawl's are to be other ones
    return Crawled(press, folder / "data")


def test_warcio_has_nothing_against_them(crawled: Crawled) -> None:
    assert complaints(crawled.folder) == ""


def test_each_kind_of_record_is_among_them(crawled: Crawled) -> None:
    found = {
        (record.kind, record.fields.get("warc-profile", "").rpartition("/")[2])
        for file in warc.files(crawled.folder)
        for record in warc.records(crawled.folder, file)
    }
    assert found == {
        ("warcinfo", ""),
        ("response", ""),
        ("revisit", "identical-payload-digest"),
        ("revisit", "server-not-modified"),
        ("metadata", ""),
    }


# -- pywb


def moments(folder: Path, where: str) -> list[tuple[str, str]]:
    """Return the captures of which something is true: the URL, and when it was, as pywb writes it."""
    found = rows(folder, f"SELECT url, captured_at FROM captures WHERE {where}")  # noqa: S608 - our own words
    return [(url, re.sub(r"\D", "", at)) for url, at in found]


@dataclass(frozen=True)
class Wayback:
    """pywb, serving the archive's WARC files."""

    url: str

    def captures(self, url: str) -> list[dict[str, Any]]:
        """What its index knows of a URL."""
        body, _ = fetched(f"{self.url}/site/cdx?url={quote(url, safe='')}&output=json")
        return [json.loads(line) for line in body.splitlines()]

    def replayed(self, url: str, timestamp: str) -> bytes:
        """The body that it replays, unzipped where it says so."""
        body, encoding = fetched(f"{self.url}/site/{timestamp}id_/{url}")
        return gzip.decompress(body) if encoding == "gzip" else body


@pytest.fixture(scope="module")
def wayback(
    crawled: Crawled, pytestconfig: pytest.Config, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Wayback]:
    pywb, home = programs(pytestconfig, *WEB), tmp_path_factory.mktemp("wayback")
    files = [str(crawled.folder / file) for file in warc.files(crawled.folder)]
    for arguments in (["init", "site"], ["add", "site", *files]):
        subprocess.run([pywb / "wb-manager", *arguments], cwd=home, capture_output=True, check=True)
    port = unused_port()
    url = f"http://127.0.0.1:{port}"
    with running([pywb / "wayback", "--port", str(port), "--bind", "127.0.0.1"], f"{url}/", home):
        yield Wayback(url)


@pytest.mark.parametrize("wrapping", ["chunked", "zipped", "both"])
def test_pywb_replays_a_page_as_the_site_sent_it(wrapping: str, wayback: Wayback, crawled: Crawled) -> None:
    path = getattr(crawled.press, wrapping)
    found = wayback.captures(crawled.press.url + path)
    assert len(found) == 2, "once in each crawl"
    for capture in found:
        assert wayback.replayed(crawled.press.url + path, capture["timestamp"]) == crawled.press.page(path)


def test_pywb_replays_what_came_a_second_time_from_the_record_of_the_first(wayback: Wayback, crawled: Crawled) -> None:
    revisits = moments(crawled.folder, "revisit_of IS NOT NULL AND status != 304")
    assert len(revisits) > 10
    for url, moment in revisits:
        assert wayback.replayed(url, moment) == crawled.press.page(url.removeprefix(crawled.press.url))


def test_pywb_says_of_a_page_that_was_not_sent_again_what_the_site_said(wayback: Wayback, crawled: Crawled) -> None:
    url = crawled.press.url + crawled.press.newest
    (_, first), (_, second) = moments(crawled.folder, f"url = '{url}'")
    assert wayback.replayed(url, first) == crawled.press.page(crawled.press.newest)
    with pytest.raises(HTTPError, match="304"):
        wayback.replayed(url, second)


def test_pywb_takes_no_note_of_a_failure_for_a_page(wayback: Wayback, crawled: Crawled) -> None:
    notes = rows(crawled.folder, "SELECT url FROM captures WHERE status = 0")
    assert (crawled.press.url + crawled.press.silent,) in notes
    assert wayback.captures(crawled.press.url + crawled.press.silent) == []
    assert not [c for c in wayback.captures("thidua:run:1") + wayback.captures("urn:thidua:run:1") if c]
