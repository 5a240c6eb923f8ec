"""A small web archive on loopback that speaks as the Internet Archive does: CDX with its paging, and raw captures.

It answers what it is told to hold, badly where it is told to. Headers and forms are those of web.archive.org.
"""

from __future__ import annotations

import json
import re
import threading
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, quote, quote_plus, unquote, urlsplit

from archive.warc import digest_of

if TYPE_CHECKING:
    from collections.abc import Iterator

NAMES = ["urlkey", "timestamp", "original", "mimetype", "statuscode", "digest", "length"]
PATIENCE = 60  # s
KEY = "vn,gov,example)/tin%20tuc 2020!"  # to the rest of a list, as the server means it
Headers = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Held:
    """A capture that the archive holds. `status` and `mime` are also what the CDX says, unless `listed` says else."""

    url: str
    timestamp: str
    body: bytes = b""
    status: int = 200
    mime: str = "text/html"
    headers: Headers = ()
    listed: tuple[str, str] = ("", "")  # what the CDX says instead: mimetype and statuscode

    @property
    def digest(self) -> str:
        return digest_of(self.body).removeprefix("sha1:")

    def row(self) -> list[str]:
        mime, status = self.listed
        key = re.sub(r"^https?://", "", self.url).lower()
        size = str(len(self.body))
        return [key, self.timestamp, self.url, mime or self.mime, status or str(self.status), self.digest, size]


@dataclass
class Fault:
    """An answer of the archive's own, given in place of what is asked for.

    `where` is what the request's target must hold; `times` None is for ever. `cut`: the body is announced longer.
    """

    where: str
    status: int = 503
    headers: Headers = ()
    body: bytes = b"<html><head><title>503 Service Unavailable</title></head><body>No server is available</body></html>"
    times: int | None = 1
    cut: int = 0


@dataclass
class WebArchive:
    """What it holds, and how it behaves. `requests` are the targets asked for, with when that was (monotonic, s)."""

    held: list[Held] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    resumes: bool = True  # it knows showResumeKey
    encodes: bool = True  # keys come encoded, as they are to be sent back
    page_size: int = 0  # rows of a page, where it knows showNumPages
    one_line: bool = False  # the whole list in one line
    most: int = 1_000_000  # rows of an answer, whatever the limit asked for
    marks: bool = True  # captures come with the headers that show them to be such
    circle: bool = False  # a resume key leads to the beginning again
    requests: list[tuple[str, float]] = field(default_factory=list)
    agents: set[str] = field(default_factory=set)
    url: str = ""
    stalls: bool = False  # after less than was announced the connection stays open, as pywb's does
    stands_still: int = 0  # at this one of the captures asked for, until `on` is set; 0 for never
    on: threading.Event = field(default_factory=threading.Event)
    at_once: int = 0  # requests being answered
    most_at_once: int = 0

    @property
    def cdx(self) -> str:
        return f"{self.url}/cdx/search/cdx"

    def asked(self, where: str) -> list[str]:
        """The targets asked for that hold these words."""
        return [target for target, _ in self.requests if where in target]

    def raw(self) -> list[str]:
        return self.asked("id_/")

    def answer(self, target: str) -> tuple[int, Headers, bytes, int]:
        """Return status, headers, body, and how many bytes too many are announced."""
        for fault in self.faults:
            if fault.where in target and fault.times != 0:
                fault.times = fault.times and fault.times - 1
                return fault.status, fault.headers, fault.body, fault.cut
        if target.startswith("/cdx/search/cdx?"):
            return 200, (("Content-Type", "application/json"),), self._list(parse_qs(urlsplit(target).query)), 0
        found = re.match(r"/web/(\d+)id_/(.*)", unquote(target), re.DOTALL)
        return (*self._replay(found[1], found[2]), 0) if found else (404, (), b"<title>nothing here</title>", 0)

    def _list(self, asked: dict[str, list[str]]) -> bytes:
        url, kind = asked["url"][0], asked.get("matchType", ["exact"])[0]
        first, last = asked.get("from", ["0"])[0], asked.get("to", ["9"])[0].ljust(14, "9")
        rows = [held.row() for held in self.held if _matches(held.url, url, kind) and first <= held.timestamp <= last]
        rows.sort()
        if "showNumPages" in asked and self.page_size:
            return b"%d\n" % -(-len(rows) // self.page_size)
        if "page" in asked and self.page_size:
            start = int(asked["page"][0]) * self.page_size
            return self._json(rows[start : start + self.page_size])
        limit, start = min(self.most, int(asked.get("limit", ["1000000"])[0])), 0
        if "resumeKey" in asked and not self.circle:
            start = int(asked["resumeKey"][0].removeprefix(KEY))
        more = start + limit < len(rows) or self.circle
        key = f"{KEY}{start + limit}"
        key = quote_plus(key) if self.encodes else key
        return self._json(
            rows[start : start + limit], key if more and self.resumes and "showResumeKey" in asked else ""
        )

    def _json(self, rows: list[list[str]], key: str = "") -> bytes:
        table = [NAMES, *rows, *([[], [key]] if key else [])] if rows else []
        return (
            json.dumps(table).encode()
            if self.one_line
            else ("[" + ",\n".join(json.dumps(row) for row in table) + "]\n").encode()
        )

    def _replay(self, timestamp: str, url: str) -> tuple[int, Headers, bytes]:
        captures = [held for held in self.held if unquote(held.url) == url]
        if not captures:
            return 404, (("Content-Type", "text/html"),), b"<title>Internet Archive Wayback Machine</title>not archived"
        nearest = min(captures, key=lambda held: abs(int(held.timestamp) - int(timestamp.ljust(14, "0"))))
        if nearest.timestamp != timestamp:
            where = f"{self.url}/web/{nearest.timestamp}id_/{nearest.url}"
            return 302, (("Location", where), ("x-archive-redirect-reason", "found capture at " + timestamp)), b""
        return nearest.status, (*self._headers(nearest),), nearest.body

    def _headers(self, held: Held) -> Iterator[tuple[str, str]]:
        if not self.marks:
            yield "Content-Type", held.mime
            return
        moment = datetime.strptime(held.timestamp, "%Y%m%d%H%M%S").replace(tzinfo=UTC)
        yield "Content-Type", held.mime
        yield "Memento-Datetime", format_datetime(moment, usegmt=True)
        yield "Link", f'<{quote(held.url, safe=":/?&=%")}>; rel="original"'
        yield "x-archive-src", "SITE-2015/SITE-2015-00001.warc.gz"
        yield "Set-Cookie", "wb-p-SERVER=wwwb-app200; path=/"
        yield "x-archive-orig-server", "Microsoft-IIS/7.5"
        yield "x-archive-orig-content-length", "999999"
        for name, value in held.headers:
            yield f"x-archive-orig-{name.lower()}", value
            if name == "Location":
                yield name, f"{self.url}/web/{held.timestamp}id_/{value}"


def _matches(held: str, asked: str, kind: str) -> bool:
    bare = re.sub(r"^https?://(www\.)?", "", held)
    wanted = re.sub(r"^(https?://)?(www\.)?", "", asked)
    return (
        bare.split("/")[0] == wanted.rstrip("/")
        if kind == "host"
        else bare == wanted or (kind == "prefix" and bare.startswith(wanted))
    )


@contextmanager
def serving(archive: WebArchive) -> Iterator[WebArchive]:
    """Serve an archive on loopback while the block lasts."""
    lock = threading.Lock()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def do_GET(self) -> None:
            with lock:
                archive.requests.append((self.path, time.monotonic()))
                archive.agents.add(self.headers.get("User-Agent", ""))
                archive.at_once += 1
                archive.most_at_once = max(archive.most_at_once, archive.at_once)
                status, headers, body, more = archive.answer(self.path)
                still = "id_/" in self.path and len(archive.raw()) == archive.stands_still
            if still:
                archive.on.wait(PATIENCE)
            self.send_response_only(status)
            for name, value in headers:
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body) + more))
            self.end_headers()
            self.wfile.write(body)
            self.close_connection = self.close_connection or (bool(more) and not archive.stalls)
            with lock:
                archive.at_once -= 1

        def handle(self) -> None:
            with suppress(ConnectionError):  # who asks may hang up when it has enough
                super().handle()

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is that of the class above
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        archive.url = f"http://127.0.0.1:{server.server_address[1]}"
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        try:
            yield archive
        finally:
            server.shutdown()
            thread.join()
