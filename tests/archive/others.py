"""WARC files as other tools write them, made byte by byte."""

from __future__ import annotations

import gzip
import io
import zipfile
import zlib
from typing import TYPE_CHECKING

from archive import warc

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from archive.warc import Record

PAGE = "<h1>Xã Hoa Sen khen thưởng {} hộ trồng na</h1>"
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"
STORED, DEFLATED = zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED


def url(number: int) -> str:
    return f"http://noivu.example/tin?id={number}"


def page(number: int) -> bytes:
    return HEAD + PAGE.format(number).encode()


def record(  # noqa: PLR0913 - tools differ in each of these
    number: int,
    *,
    block: bytes | None = None,
    kind: str = "response",
    version: str = "1.0",
    end: bytes = b"\r\n",
    tail: bytes | None = None,
    **fields: str,
) -> bytes:
    """A record; `fields` add to its named fields or replace them, empty ones go (`content_length=""`)."""
    block = page(number) if block is None else block
    named = {
        "WARC-Type": kind,
        "WARC-Target-URI": url(number),
        "WARC-Date": f"2020-06-{number % 28 + 1:02}T01:02:03Z",
        "WARC-Record-ID": f"<urn:uuid:{number}>",
        "Content-Type": "application/http; msgtype=response",
        "Content-Length": str(len(block)),
    }
    by_key = {name.lower().replace("-", "_"): name for name in named}
    named |= {by_key.get(key, key.replace("_", "-")): value for key, value in fields.items()}
    lines = [f"WARC/{version}", *(f"{name}: {value}" for name, value in named.items() if value)]
    return end.join(line.encode() for line in lines) + end * 2 + block + (end * 2 if tail is None else tail)


def records(count: int = 6) -> list[bytes]:
    return [record(number) for number in range(count)]


def members(count: int = 6) -> list[bytes]:
    return [gzip.compress(each, mtime=0) for each in records(count)]


def bomb(head: bytes = b"", megabytes: int = 300) -> bytes:
    """A gzip member of zeros without end."""
    packer = zlib.compressobj(9, wbits=31)
    zeros = bytes(1 << 20)
    return b"".join([packer.compress(head), *(packer.compress(zeros) for _ in range(megabytes)), packer.flush()])


def wacz(*entries: tuple[str, bytes, int]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, data, packing in entries:
            package.writestr(zipfile.ZipInfo(name), data, packing)
    return out.getvalue()


class Seen:
    """What there is in a file: its holdings, its records, and what was told."""

    def __init__(self, path: Path) -> None:
        self.told: list[str] = []
        self.holdings = warc.holdings(path, self.told.append)
        self.records: list[Record] = [
            found for holding in self.holdings for found in warc.walk(holding, self.told.append)
        ]

    @property
    def urls(self) -> list[str]:
        return [found.url for found in self.records]

    @property
    def numbers(self) -> list[int]:
        """The numbers of the pages that came back as they were."""
        numbers = [int(found.url.rpartition("=")[2]) for found in self.records]
        assert [found.block for found in self.records] == [page(number) for number in numbers]
        return numbers

    @property
    def places(self) -> list[tuple[int, int]]:
        return [(found.place.offset, found.place.length) for found in self.records]


def seen(folder: Path, name: str, data: bytes | Iterable[bytes]) -> Seen:
    """Write a file and read it; whatever has a length is read once more by its place."""
    path = folder / name
    path.write_bytes(data if isinstance(data, bytes) else b"".join(data))
    found = Seen(path)
    for each in found.records:
        assert each.place.file == str(path.resolve())
        assert not each.place.length or warc.read(folder, each.place) == each
    return found
