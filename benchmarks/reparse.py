"""Reading WARC files again, and writing them.

`thidua reparse --from-scratch` stands beside walking over the same file with warcio and with FastWARC and doing
nothing with the records: what is beyond that is reading pages and storing them. Speed is pages a second of processor
time, all processes counted, which is pages a second and core. Writing is what the library was chosen by.
"""

from __future__ import annotations

import io
import json
import shutil
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from fastwarc.stream_io import GzipWriter
from fastwarc.warc import ArchiveIterator as FastIterator
from fastwarc.warc import WarcRecord, WarcRecordType, response
from rich.console import Console
from rich.table import Table
from warcio.archiveiterator import ArchiveIterator
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from archive import warc
from archive.warc import Exchange, Writer
from benchmarks.corpus import HOST, real
from benchmarks.spent import spent
from tests.samplesite import Site, serve_process

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

ROUNDS = 3
MARKUP = "lists"
BEGUN = datetime(2024, 3, 5, tzinfo=UTC)
Page = tuple[str, bytes]


def crawled(articles: int, folder: Path) -> None:
    """Crawl a site into an archive."""
    with serve_process(articles=articles, markup=MARKUP) as remote:
        words = [sys.executable, "-m", "thidua", "crawl", remote.url, "--archive", str(folder), "--json"]
        subprocess.run([*words, "--delay", "0", "--concurrency", "8"], capture_output=True, check=True)


def remade(folder: Path) -> tuple[int, float, float]:
    """Make the database again; return answers, processor seconds and seconds on the clock."""
    shutil.rmtree(folder / "again", ignore_errors=True)
    (folder / "again").mkdir()
    shutil.copytree(folder / warc.FOLDER, folder / "again" / warc.FOLDER)
    words = [sys.executable, "-m", "thidua", "reparse", "--from-scratch", "--json", "--archive", str(folder / "again")]
    start = time.perf_counter()
    done, used = spent(lambda: subprocess.run(words, capture_output=True, text=True, check=True))
    seconds = time.perf_counter() - start
    return int(json.loads(done.stdout)["answers"]), used, seconds


def with_warcio(path: Path) -> int:
    """Read every record with warcio; return how many answers there were."""
    with path.open("rb") as file:
        return sum(
            len(record.content_stream().read()) > 0 and record.rec_type == "response"
            for record in ArchiveIterator(file)
        )


def with_fastwarc(path: Path) -> int:
    """Read every record with FastWARC; return how many answers there were."""
    with path.open("rb") as file:
        return sum(len(record.reader.read()) > 0 and record.record_type == response for record in FastIterator(file))


def with_ours(path: Path) -> int:
    """Read every record as `reparse` does; return how many answers there were."""
    folder = path.parent.parent
    return sum(record.kind == "response" for record in warc.records(folder, f"{warc.FOLDER}/{path.name}"))


def written_by_us(pages: Sequence[Page], folder: Path) -> None:
    """Write answers and requests with digests, each on its way to the disk before the next."""
    with tempfile.TemporaryDirectory(dir=folder) as inner:
        writer = Writer(Path(inner), 1, BEGUN, [("software", "benchmark")])
        for url, body in pages:
            writer.append(Exchange(url, BEGUN, _ASKED, _HEAD + body))
        writer.sync()
        writer.close()


_ASKED = b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
_HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"


def written_by_warcio(pages: Sequence[Page], folder: Path) -> None:
    """Write the same with warcio as it comes: digests, gzip level 9."""
    with (folder / "warcio.warc.gz").open("wb") as file:
        writer = WARCWriter(file, gzip=True)
        for url, body in pages:
            headers = StatusAndHeaders("200 OK", [("Content-Type", "text/html; charset=utf-8")], protocol="HTTP/1.1")
            answer = writer.create_warc_record(url, "response", payload=io.BytesIO(body), http_headers=headers)
            asked = StatusAndHeaders("GET / HTTP/1.1", [("Host", "127.0.0.1")], is_http_request=True)
            writer.write_request_response_pair(writer.create_warc_record(url, "request", http_headers=asked), answer)


def written_by_fastwarc(pages: Sequence[Page], folder: Path) -> None:
    """Write the same with FastWARC as it comes: no digests unless asked for, gzip level 9."""
    with (folder / "fastwarc.warc.gz").open("wb") as file:
        for url, body in pages:
            for kind, block in ((WarcRecordType.response, _HEAD + body), (WarcRecordType.request, _ASKED)):
                record = WarcRecord()
                record.init_headers(kind, content_length=len(block))
                record.headers["WARC-Target-URI"] = url
                record.set_bytes_content(block)
                writer = GzipWriter(file)
                record.write(writer, checksum_data=True)
                writer.finish()


def speed(work: Callable[[], object], pages: int) -> float:
    """Return pages a second of processor time."""

    def once() -> float:
        start = time.process_time()
        work()
        return pages / (time.process_time() - start)

    return median(once() for _ in range(ROUNDS))


def main(scale: float = 1.0) -> None:
    """Print the tables."""
    articles = int(2000 * scale)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        crawled(articles, folder)
        Console().print(_reading(folder, articles))
    with tempfile.TemporaryDirectory() as name:
        Console().print(_writing(articles, Path(name)))


def _reading(folder: Path, articles: int) -> Table:
    (file,) = warc.files(folder)
    path = folder / file
    answers, spent, seconds = min((remade(folder) for _ in range(ROUNDS)), key=lambda run: run[1])
    walks = {
        "walked over by FastWARC": with_fastwarc,
        "walked over by warcio": with_warcio,
        "walked over by us, checksums on": with_ours,
    }
    found = {name: speed(partial(walk, path), answers) for name, walk in walks.items()}
    ours = answers / spent
    table = Table(
        "the same WARC file", "pages/s and core", "of it", title=f"reparse --from-scratch: {articles} articles"
    )
    table.add_row("thidua reparse --from-scratch", f"{ours:.0f}", "1")
    for what, rate in found.items():
        table.add_row(what, f"{rate:.0f}", f"{ours / rate:.3f}")
    table.add_row("on the clock, all cores", f"{answers / seconds:.0f}", "")
    return table


def _writing(articles: int, folder: Path) -> Table:
    site = Site(articles, markup=MARKUP)
    corpora = {
        "invented": [(HOST + site.url(number), site.render(site.url(number)).body) for number in site.live()],
        "captured": [(sample.url, sample.body) for sample in real(200)],
    }
    writers = {
        "ours: FastWARC, level 6, each record its digests": written_by_us,
        "warcio: level 9, each answer its digests": written_by_warcio,
        "FastWARC: level 9, each record its digest": written_by_fastwarc,
    }
    found = {name: pages for name, pages in corpora.items() if pages}
    heads = (
        f"{name}, {sum(len(body) for _, body in pages) / len(pages) / 1000:.0f} kB" for name, pages in found.items()
    )
    table = Table("pages/s and core", *heads, title="Writing WARC: answers with their requests")
    for what, write in writers.items():
        table.add_row(what, *(f"{speed(partial(write, pages, folder), len(pages)):.0f}" for pages in found.values()))
    return table
