"""Verifying an archive, on records and rows made by hand; `tests/thidua/test_verify.py` has the whole."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from archive import Archive, ArchiveError, fulltext, warc
from archive.store import save
from archive.verify import Report, index, verify
from archive.verify.report import MOST, Fault
from archive.warc import Exchange, Place, Writer
from tests.archive.build import START, article, newer, text, url

NUMBERS = range(1, 8)


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    """An archive of some articles, with the records that they are from."""
    with Archive.open(tmp_path / "data", create=True) as opened:
        out = Writer(opened.folder, 1, START, [("software", "thidua")])
        for number in NUMBERS:
            put(opened, out, number)
        out.close()
        yield opened


def put(archive: Archive, out: Writer, number: int) -> Place:
    """Store an article and its record."""
    body = f"<p>Tin số {number}</p>".encode() * 20
    at = START + timedelta(minutes=number)
    place = out.append(Exchange(url(number), at, b"GET / HTTP/1.1\r\n\r\n", b"HTTP/1.1 200 OK\r\n\r\n" + body))
    seen = article(number, newer(number + 1, "2020-06-12"), said=text(f"Tin số {number}"))
    record = {"warc_file": place.file, "warc_offset": place.offset, "warc_length": place.length}
    save(archive, replace(seen, captured_at=at, digest=warc.digest_of(body), **record))  # type: ignore[arg-type] # by name
    return place


def problems(archive: Archive) -> list[str]:
    return [fault.problem for fault in verify(archive.folder).faults]


def test_what_is_well_has_no_faults(archive: Archive) -> None:
    report = verify(archive.folder)
    assert (report.files, report.records, report.captures, report.articles) == (1, 15, 7, 7)
    assert report.faults == []
    assert (report.unrecorded, report.unreferenced, report.notes) == (0, 0, [])


def test_progress_is_told_in_bytes_up_to_the_end(archive: Archive) -> None:
    told: list[tuple[int, int]] = []
    verify(archive.folder, lambda done, whole: told.append((done, whole)))
    size = sum((archive.folder / file).stat().st_size for file in warc.files(archive.folder))
    assert told[-1] == (size, size)
    assert told == sorted(told)


def test_what_is_stored_meanwhile_is_left_alone(archive: Archive) -> None:
    """As by a crawl: its row comes after the verifying has begun, and its record is not looked for."""
    out = Writer(archive.folder, 2, START, [("software", "thidua")])
    stored = 0

    def tick(_done: int, _whole: int) -> None:
        nonlocal stored
        stored += 1
        with Archive.open(archive.folder) as another:
            put(another, out, 100 + stored)

    assert verify(archive.folder, tick).faults == []
    assert stored


def test_it_can_be_stopped(archive: Archive) -> None:
    def tick(_done: int, _whole: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        verify(archive.folder, tick)


def test_each_capture_in_a_damaged_stretch_is_named(archive: Archive) -> None:
    (file,) = warc.files(archive.folder)
    path = archive.folder / file
    content = bytearray(path.read_bytes())
    rows = archive.conn.execute("SELECT url, warc_offset FROM captures ORDER BY id").fetchall()
    start, stop = rows[2][1], rows[4][1]
    content[start:stop] = bytes(stop - start)
    path.write_bytes(content)
    faults = verify(archive.folder).faults
    assert {(fault.url, fault.offset) for fault in faults if fault.url} == {rows[2], rows[3]}
    (stretch,) = [fault for fault in faults if not fault.url]
    assert (stretch.offset, stretch.problem) == (start, f"{stop - start} bytes hold no whole record")


def test_a_fault_is_one_line_that_says_where_and_what_to_do() -> None:
    fault = Fault("warc/a.warc.gz", "is odd", "put it right", 17, "http://noivu.example/")
    assert fault.line == "warc/a.warc.gz at byte 17: is odd (http://noivu.example/); put it right"
    assert Fault("archive.db", "is odd", "put it right").line == "archive.db: is odd; put it right"


def test_a_flood_of_faults_is_counted_and_not_kept() -> None:
    report = Report()
    for number in range(MOST + 5):
        report.fault(Fault("archive.db", str(number), ""))
    assert (len(report.faults), report.unnamed) == (MOST, 5)


@pytest.mark.parametrize("at_once", [1, 7, 20_000])
def test_words_are_compared_however_many_there_are(
    at_once: int, archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(index, "_AT_ONCE", at_once)
    assert problems(archive) == []
    with archive.write() as conn:
        rows = conn.execute("SELECT id, title, body, byline FROM articles ORDER BY id").fetchall()
        fulltext.remove(conn, *rows[2])
        fulltext.add(conn, rows[2][0], rows[2][1], rows[2][2].replace("na", "mít"), rows[2][3])
        fulltext.remove(conn, *rows[4])
        fulltext.add(conn, 900, *rows[5][1:])
    assert problems(archive) == [
        f"article {rows[4][0]} is not in the full-text index",
        "the full-text index has an article 900 that is not there",
        f"the full-text index has other words of article {rows[2][0]} than it says",
    ]


def test_two_articles_that_changed_places_in_the_index_are_found(archive: Archive) -> None:
    with archive.write() as conn:
        one, other = conn.execute("SELECT id, title, body, byline FROM articles ORDER BY id LIMIT 2").fetchall()
        for row in (one, other):
            fulltext.remove(conn, *row)
        fulltext.add(conn, one[0], *other[1:])
        fulltext.add(conn, other[0], *one[1:])
    assert len(problems(archive)) == 2


def test_an_article_whose_words_are_in_another_column_is_found(archive: Archive) -> None:
    with archive.write() as conn:
        number, title, body, byline = conn.execute("SELECT id, title, body, byline FROM articles LIMIT 1").fetchone()
        fulltext.remove(conn, number, title, body, byline)
        fulltext.add(conn, number, body, title, byline)
    assert problems(archive) == [f"the full-text index has other words of article {number} than it says"]


def test_without_a_database_the_records_are_checked_alone(archive: Archive) -> None:
    archive.close()
    archive.path.unlink()
    report = verify(archive.folder)
    assert [(fault.file, fault.problem) for fault in report.faults] == [("archive.db", "is missing")]
    assert (report.records, report.unreferenced) == (15, 0)


def test_a_folder_without_either_holds_no_archive(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="holds no archive"):
        verify(tmp_path)
