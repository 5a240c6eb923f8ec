"""WARC files as other people's tools write them, filled with invented pages; and mirrors of the same."""

from __future__ import annotations

import base64
import gzip
import hashlib
import uuid
import zipfile
from datetime import UTC, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

HOST = "hoasen.example"
FIRST = "Sáng nay, Ủy ban nhân dân xã Hoa Sen tổ chức hội nghị biểu dương mười hộ nông dân trồng na giỏi năm qua."
SECOND = FIRST.replace("mười hộ", "mười hai hộ")


def url(number: int, base: str = f"http://{HOST}") -> str:
    return f"{base}/tin-{number:04}.html"


def title(number: int) -> str:
    names = ("Hoa Sen", "Đông Sơn", "Tân Lập", "Yên Hòa", "Phú Thịnh", "Minh Đức", "Cẩm Giàng")
    return f"Xã {names[number % 7]} khen thưởng {number} hộ nông dân giỏi"


def page(number: int, text: str = FIRST, *, older: Iterable[int] = (), head: str = "") -> bytes:
    """Return an article's page as UTF-8."""
    links = "".join(f'<li><a href="/tin-{n:04}.html">{title(n)}</a> ({n % 28 + 1:02}/03/2015)</li>' for n in older)
    lists = f"<p><b>Các tin cũ hơn</b></p><ul>{links}</ul>" if links else ""
    told = f"<p>{text}</p><p>Số {number}: {text} Các hộ này được thưởng từ quỹ của thôn thứ {number}.</p>"
    return (
        f"<html><head><meta charset=utf-8><title>{title(number)}</title></head><body>{head}<h1>{title(number)}</h1>"
        f"<p>Ngày đăng: {number % 28 + 1:02}/03/2015</p>{told}{lists}</body></html>"
    ).encode()


def moment(day: int, year: int = 2016) -> str:
    """Return a WARC-Date: noon of a day of the year, 1 to 28 of January."""
    return f"{year}-01-{day:02}T12:00:00Z"


def answer(body: bytes, status: str = "200 OK", **headers: str) -> bytes:
    named = {"Content-Type": "text/html; charset=utf-8", **{n.replace("_", "-"): v for n, v in headers.items()}}
    return "".join([f"HTTP/1.1 {status}\r\n", *(f"{n}: {v}\r\n" for n, v in named.items()), "\r\n"]).encode() + body


def digest(payload: bytes) -> str:
    return "sha1:" + base64.b32encode(hashlib.sha1(payload, usedforsecurity=False).digest()).decode()


def record(target: str, at: str, block: bytes, kind: str = "response", **fields: str) -> bytes:
    """Return a record, not zipped; `fields` are more of its named fields, with `_` for `-`."""
    content = {"resource": "text/html", "metadata": "application/warc-fields"}.get(kind, "application/http")
    named = {
        "WARC-Type": kind,
        "WARC-Record-ID": f"<urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, f'{kind} {target} {at}')}>",
        "WARC-Date": at,
        "WARC-Target-URI": target,
        "Content-Type": content,
        **{name.replace("_", "-"): value for name, value in fields.items()},
        "Content-Length": str(len(block)),
    }
    head = "".join(f"{name}: {value}\r\n" for name, value in named.items() if value)
    return b"WARC/1.0\r\n" + head.encode() + b"\r\n" + block + b"\r\n\r\n"


def captured(number: int, day: int, text: str = FIRST, *, year: int = 2016, **more: object) -> bytes:
    """Return a record of an article as it was on a day."""
    return record(url(number), moment(day, year), answer(page(number, text, **more)))  # type: ignore[arg-type] # of `page`


def gone(number: int, day: int, year: int = 2016) -> bytes:
    body = "<html><body>Không tìm thấy trang</body></html>".encode()
    return record(url(number), moment(day, year), answer(body, "404 Not Found"))


def revisit(number: int, day: int, of: bytes, *, on: int = 0) -> bytes:
    """Return a record that says that the payload was that of an earlier day."""
    return record(
        url(number),
        moment(day),
        answer(b""),
        "revisit",
        WARC_Profile="http://netpreserve.org/warc/1.0/revisit/identical-payload-digest",
        WARC_Payload_Digest=digest(of),
        WARC_Refers_To_Target_URI=url(number) if on else "",
        WARC_Refers_To_Date=moment(on) if on else "",
    )


def written(path: Path, records: Iterable[bytes]) -> Path:
    """Write a WARC file: zipped record by record if its name ends in `.gz`, else plain."""
    path.parent.mkdir(parents=True, exist_ok=True)
    zipped = path.name.endswith(".gz")
    path.write_bytes(b"".join(gzip.compress(each, 6, mtime=0) if zipped else each for each in records))
    return path


def wacz(path: Path, warcs: Iterable[Path], *, deflated: bool = False) -> Path:
    how = zipfile.ZIP_DEFLATED if deflated else zipfile.ZIP_STORED
    with zipfile.ZipFile(path, "w", how) as packed:
        for file in warcs:
            packed.write(file, f"archive/{file.name}")
        packed.writestr("datapackage.json", '{"profile": "data-package", "wacz_version": "1.1.1"}')
    return path


def mirror(folder: Path, numbers: Iterable[int], text: str = FIRST, *, day: int = 1, host: str = HOST) -> Path:
    """Make a folder as HTTrack leaves it, with when each page was saved and where from in a comment."""
    (folder / host).mkdir(parents=True)
    for number in numbers:
        mark = (
            f"<!-- Mirrored from {host}/tin-{number:04}.html by HTTrack Website Copier/3.x [XR&CO'2014], "
            f"{datetime(2016, 1, day, 12, tzinfo=UTC):%a, %d %b %Y %H:%M:%S GMT} -->"
        )
        body = page(number, text).replace(b"<html>", f"<html>\n{mark}\n".encode(), 1)
        (folder / host / f"tin-{number:04}.html").write_bytes(body)
    return folder
