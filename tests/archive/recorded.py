"""A small archive made by hand with its records: every kind of answer that a site gives."""

from __future__ import annotations

import gzip
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from archive import captures, warc
from archive.store import save
from archive.warc import Exchange, Writer
from tests.archive.build import BODY, SITE, START, article, gone, known, older, page, text, url

if TYPE_CHECKING:
    from datetime import datetime

    from archive import Archive
    from archive.models import Observation, Text

HOME = f"http://{SITE}/"
SECTION = f"http://{SITE}/tin/"  # two ways to index it: with its last stroke and without
PLAIN, ZIPPED, SAME, UNCHANGED, EDITED, GONE, ALIASED = range(1, 8)
ALIAS = 20
SILENT = 21
ARTICLES = 7
TITLE = "Xã Hoa Sen khen thưởng hộ trồng na số {}"
EDITED_BODY = BODY + "\n\nBản sửa: mười hai hộ được khen."


def words(number: int, body: str = BODY) -> Text:
    return text(TITLE.format(number), body)


def html(number: int, body: str = BODY) -> bytes:
    """Return the page of an article as its site sends it."""
    said = "".join(f"<p>{block}</p>" for block in body.split("\n\n"))
    links = "".join(f'<a href="/tin?id={other}">Tin số {other}</a> ' for other in range(1, ARTICLES + 1))
    title = TITLE.format(number)
    return (
        f'<!doctype html><html lang="vi"><meta charset="utf-8"><title>{title}</title><h1>{title}</h1>{said}'
        f'{links}<a href="/tin/">Tin tức</a></html>'
    ).encode()


def answer(body: bytes, status: str = "200 OK", **fields: str) -> bytes:
    head = {"Content-Type": "text/html; charset=utf-8", "Content-Length": str(len(body)), **fields}
    lines = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in head.items())
    return f"HTTP/1.1 {status}\r\n{lines}\r\n".encode() + body


class Visits:
    """One run of a crawl, `day` days after the start; its visits are a minute apart."""

    def __init__(self, archive: Archive, day: int = 0) -> None:
        self.archive = archive
        self.writer = Writer(archive.folder, day + 1, self._at(day, 0), [("software", "thidua"), ("thidua-run", "1")])
        self._day = day
        self._visits = 0

    @staticmethod
    def _at(day: int, minute: int) -> datetime:
        return START + timedelta(days=day, minutes=minute)

    def keep(self, seen: Observation, response: bytes) -> Observation:
        """Append what came to the WARC file, as a repetition where it is one, and store what was read on it."""
        self._visits += 1
        seen = replace(seen, captured_at=self._at(self._day, self._visits))
        exchange = Exchange(seen.url, seen.captured_at, b"GET / HTTP/1.1\r\n\r\n", response)
        modified = seen.http_status != 304
        digest = warc.digest_of(warc.payload_of(response))
        conn = self.archive.conn
        original = captures.original(conn, digest) if modified else captures.latest(conn, seen.key)
        if response:
            place = self.writer.append(exchange, original, modified=modified)
        else:
            place = self.writer.note(exchange, [("reason", "timeout")])
        kept = replace(
            seen,
            digest=digest if response and modified else "",
            content_type="text/html" if response else "",
            warc_file=place.file,
            warc_offset=place.offset,
            warc_length=place.length,
            revisit_of=original.id if original and response else None,
        )
        save(self.archive, kept)
        return kept


def first_visits(archive: Archive) -> None:
    """All pages as they were on the first day."""
    run = Visits(archive)
    home = page(900, kind="home", known=(known(1),))
    run.keep(replace(home, url=HOME, key=f"{SITE}/"), answer("<title>Trang chủ</title><a href='/tin?id=1'>".encode()))
    section = page(901, kind="listing")
    run.keep(replace(section, url=SECTION, key=f"{SITE}/tin/"), answer("<title>Tin tức</title><p>Danh".encode()))
    for number in range(1, ARTICLES + 1):
        before = (older(number - 1, f"2020-06-{number - 1:02}"),) if number > 1 else ()
        seen = article(number, *before, said=words(number))  # the last one has no date: no list names it
        body = html(number)
        packed = gzip.compress(body, mtime=0)
        run.keep(seen, answer(packed, Content_Encoding="gzip") if number == ZIPPED else answer(body))
    alias = page(ALIAS, http_status=301, location=url(ALIASED), known=(known(ALIASED),))
    run.keep(alias, answer(b"", "301 Moved Permanently", Location=url(ALIASED)))
    run.keep(page(SILENT, http_status=0, state="failed", reason="timeout"), b"")
    run.writer.close()


def second_visits(archive: Archive) -> None:
    """What was asked for again the day after, and what had become of it."""
    run = Visits(archive, day=1)
    run.keep(article(SAME, said=words(SAME)), answer(html(SAME), Server="another"))
    run.keep(page(UNCHANGED, http_status=304), b"HTTP/1.1 304 Not Modified\r\n\r\n")
    run.keep(article(EDITED, said=words(EDITED, EDITED_BODY)), answer(html(EDITED, EDITED_BODY)))
    run.keep(gone(GONE), answer(b"<p>not here", "404 Not Found"))
    run.writer.close()


def record(archive: Archive) -> None:
    """Fill an empty archive."""
    with archive.write():
        first_visits(archive)
        second_visits(archive)
        archive.conn.execute("UPDATE pages SET kind = 'home' WHERE url = ?", (HOME,))
