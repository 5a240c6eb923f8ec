"""`thidua verify`: nothing that is wrong passes, nothing that is right is blamed."""

from __future__ import annotations

import gzip
import shutil
import signal
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from archive import Archive, fulltext, warc
from archive.warc import Exchange, Writer
from tests.samplesite import Site, serve
from tests.thidua.test_stopping import crawling

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.thidua.conftest import Ran

    Command = Callable[..., Ran]


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory, thidua_in: Callable[[Path], Command]) -> Path:
    """An archive of three runs: an edit, a deletion and a return, answers of 304, repeated and failed ones."""
    site, folder = Site(articles=20, categories=2, etags=True), tmp_path_factory.mktemp("verify")
    options = ("--delay", "0", "--concurrency", "8")
    with serve(site) as server:
        thidua_in(folder)("crawl", server.url, *options)
        numbers = list(site.live())
        site.edit_paragraph(numbers[3], "Hội nghị đã biểu dương mười hai hộ nông dân xã Hoa Sen.", 1)
        site.remove(numbers[5], "410")
        site.fault(numbers[7], "reset")
        thidua_in(folder)("crawl", "--recheck", "60", *options)
        site.restore(numbers[5])
        site.clear_faults()
        thidua_in(folder)("crawl", "--recheck", "60", *options)
    return folder / "data"


@pytest.fixture
def data(crawled: Path, tmp_path: Path) -> Path:
    return shutil.copytree(crawled, tmp_path / "data")


def rows(folder: Path, query: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(folder / "archive.db")) as db:
        return db.execute(query).fetchall()


def change(folder: Path, *statements: str) -> None:
    with closing(sqlite3.connect(folder / "archive.db", isolation_level=None)) as db:
        for statement in ("PRAGMA foreign_keys = OFF", *statements):
            db.execute(statement)


def faults(ran: Ran) -> list[dict[str, Any]]:
    """The faults of a run that found some."""
    assert ran.status == 1, ran.err
    found: list[dict[str, Any]] = ran.json["faults"]
    return found


def capture(folder: Path, where: str) -> tuple[int, str, str, int, int]:
    ((found),) = rows(
        folder,
        f"SELECT id, url, warc_file, warc_offset, warc_length FROM captures WHERE {where} LIMIT 1",  # noqa: S608 - names and numbers of our own
    )
    return found


def spoil(path: Path, at: int) -> None:
    content = bytearray(path.read_bytes())
    content[at] ^= 0x10
    path.write_bytes(content)


def test_a_sound_archive_is_said_to_be_one(thidua: Command, data: Path) -> None:
    ran = thidua("verify")
    assert (ran.status, ran.err) == (0, "")
    (line,) = ran.out.splitlines()
    assert line.startswith("All is well: ")
    assert "3 WARC files, 20 articles" in line
    said = thidua("verify", "--json").json
    (captures,) = rows(data, "SELECT count(*) FROM captures")
    assert (said["captures"], said["files"], said["articles"], said["faults"]) == (*captures, 3, 20, [])
    assert rows(data, "SELECT count(*) > 0 FROM captures WHERE status = 0") == [(1,)]
    assert rows(data, "SELECT count(*) > 0 FROM captures WHERE status = 304") == [(1,)]


def test_it_changes_nothing(thidua: Command, data: Path) -> None:
    before = {path: path.read_bytes() for path in data.rglob("*") if path.is_file()}
    thidua("verify")
    left = {path: path.read_bytes() for path in data.rglob("*") if path.is_file() and path.suffix != ".db-shm"}
    assert {path: left[path] for path in before if path in left} == before


def test_a_changed_byte_is_found_and_named(thidua: Command, data: Path) -> None:
    _, url, file, offset, length = capture(data, "status = 200 AND revisit_of IS NULL AND run_id = 1")
    spoil(data / file, offset + length // 2)
    ran = thidua("verify")
    assert ran.status == 1
    assert any(line.startswith(f"{file} at byte {offset}: ") and url in line for line in ran.out.splitlines())
    assert all("restore a copy" in line for line in ran.out.splitlines()[:-1])
    assert "faults: " in ran.out.splitlines()[-1]


def test_a_payload_that_is_not_what_its_digest_says_is_found(thidua: Command, data: Path) -> None:
    """A record that is whole as gzip goes, and whose row and headers agree, but whose content is another."""
    _, url, file, offset, length = capture(data, "status = 200 AND revisit_of IS NULL AND run_id = 1")
    path = data / file
    content = path.read_bytes()
    inner = bytearray(gzip.decompress(content[offset : offset + length]))
    inner[-40] ^= 1
    other = gzip.compress(inner, 6, mtime=0)
    path.write_bytes(content[:offset] + other + content[offset + length :])
    change(
        data,
        f"UPDATE captures SET warc_offset = warc_offset + {len(other) - length} "  # noqa: S608 - names and numbers of our own
        f"WHERE warc_file = '{file}' AND warc_offset > {offset}",
        f"UPDATE captures SET warc_length = {len(other)} WHERE warc_file = '{file}' AND warc_offset = {offset}",  # noqa: S608 - names and numbers of our own
    )
    (fault,) = faults(thidua("verify", "--json"))
    assert (fault["offset"], fault["url"]) == (offset, url)
    assert "another digest" in fault["problem"]


def test_a_file_that_is_cut_short_is_found(thidua: Command, data: Path) -> None:
    """Not the newest: that one may end like this, and has its test."""
    file = warc.files(data)[0]
    path = data / file
    path.write_bytes(path.read_bytes()[:-500])
    found = faults(thidua("verify", "--json"))
    assert found
    assert {fault["file"] for fault in found} == {file}


def test_a_missing_file_is_named_with_what_it_held(thidua: Command, data: Path) -> None:
    file = warc.files(data)[1]
    ((held,),) = rows(data, f"SELECT count(*) FROM captures WHERE warc_file = '{file}'")  # noqa: S608 - names and numbers of our own
    (data / file).unlink()
    (fault,) = faults(thidua("verify", "--json"))
    assert (fault["file"], fault["problem"]) == (file, f"is missing, with the records of {held} captures")


def test_a_torn_end_of_the_newest_file_is_no_fault(thidua: Command, data: Path) -> None:
    path = data / warc.files(data)[-1]
    with path.open("ab") as stream:
        stream.write(path.read_bytes()[:300])
    ran = thidua("verify")
    assert ran.status == 0
    assert f"Note: warc/{path.name}: the last 300 bytes are no whole record" in ran.out
    assert "All is well" in ran.out


def test_answers_that_are_not_stored_yet_are_no_fault(thidua: Command, data: Path) -> None:
    run = Writer(data, 4, datetime(2030, 1, 1, tzinfo=UTC), [("thidua-run", "4")])
    page = b"HTTP/1.1 200 OK\r\n\r\n<p>na</p>"
    run.append(Exchange("http://noivu.example/", datetime(2030, 1, 1, tzinfo=UTC), b"", page))
    run.close()
    ran = thidua("verify")
    assert ran.status == 0
    assert "Note: 1 answer that the database does not have" in ran.out


ROW = "id = (SELECT min(id) FROM captures WHERE status = 200 AND revisit_of IS NULL)"


@pytest.mark.parametrize(
    ("change_to", "problem"),
    [
        (f"digest = 'sha1:khac' WHERE {ROW}", "another digest"),
        (f"url = 'http://khac.example/' WHERE {ROW}", "not of this capture"),
        (f"warc_length = 7 WHERE {ROW}", "bytes long, not 7"),
        (f"warc_offset = warc_offset + 1 WHERE {ROW}", "no record of this capture begins there"),
        (f"captured_at = '2001-01-01T00:00:00Z' WHERE {ROW}", "not of 2001-01-01"),
        (f"status = 0 WHERE {ROW}", "not a metadata"),
        ("revisit_of = NULL WHERE status = 304", "not a response"),
    ],
)
def test_a_row_that_is_not_of_its_record_is_found(change_to: str, problem: str, thidua: Command, data: Path) -> None:
    change(data, f"UPDATE captures SET {change_to}")  # noqa: S608 - names and numbers of our own
    found = faults(thidua("verify", "--json"))
    assert any(problem in fault["problem"] for fault in found), found
    assert all("reparse --apply" in fault["advice"] or "restore" in fault["advice"] for fault in found)


FIRST = "id = (SELECT min(id) FROM articles)"


@pytest.mark.parametrize(
    ("statement", "problem"),
    [
        ("UPDATE superseded SET number = 7", "versions are not numbered from 1 to 2"),
        ("DELETE FROM superseded", "versions are not numbered from 1 to 2"),
        (f"UPDATE articles SET published = '2001-02-03' WHERE {FIRST}", "the date is another"),  # noqa: S608 - names and numbers of our own
        (f"UPDATE articles SET published_earliest = '2001-02-03' WHERE {FIRST}", "the date is another"),  # noqa: S608 - names and numbers of our own
        ("DELETE FROM pages WHERE kind = 'home'", "refers to one of pages that is not there"),
        (
            "UPDATE captures SET revisit_of = (SELECT max(id) FROM captures WHERE status = 410) WHERE id = "
            "(SELECT max(id) FROM captures WHERE revisit_of IS NOT NULL AND status != 304)",
            "repeats one that holds no such payload",
        ),
    ],
)
def test_rows_that_do_not_agree_are_found(statement: str, problem: str, thidua: Command, data: Path) -> None:
    change(data, statement)
    found = faults(thidua("verify", "--json"))
    assert any(problem in fault["problem"] for fault in found), found
    assert {fault["file"] for fault in found} == {"archive.db"}


@pytest.mark.parametrize("what", ["missing", "extra", "differing", "damaged"])
def test_an_index_that_does_not_agree_with_the_articles_is_found(what: str, thidua: Command, data: Path) -> None:
    with Archive.open(data) as archive, archive.write() as conn:
        row = conn.execute("SELECT id, title, body, byline FROM articles ORDER BY id LIMIT 1 OFFSET 4").fetchone()
        if what in {"missing", "differing"}:
            fulltext.remove(conn, *row)
        if what == "differing":
            fulltext.add(conn, row[0], row[1], row[2].replace(" ", " khac ", 1), row[3])
        if what == "extra":
            fulltext.add(conn, 7000, *row[1:])
        if what == "damaged":
            conn.execute("DELETE FROM articles_fts_data WHERE id = (SELECT max(id) FROM articles_fts_data)")
    found = faults(thidua("verify", "--json"))
    problem = {
        "missing": f"article {row[0]} is not in the full-text index",
        "extra": "the full-text index has an article 7000 that is not there",
        "differing": f"the full-text index has other words of article {row[0]} than it says",
        "damaged": "the full-text index is damaged",
    }
    assert [fault["problem"] for fault in found] == [problem[what]]
    assert thidua("reparse", "--apply").status == 0
    assert thidua("verify").status == 0


@pytest.mark.parametrize("how", ["missing", "empty", "no database", "first pages", "pages"])
def test_a_damaged_database_is_found_and_the_records_are_checked_all_the_same(
    how: str, thidua: Command, data: Path
) -> None:
    path = data / "archive.db"
    content = bytearray(path.read_bytes())
    start = 4096 if how == "first pages" else 4096 * 20
    content[start : start + 12_000] = bytes(12_000)
    path.write_bytes({"empty": b"", "no database": b"Kho luu tru" * 999}.get(how, content))
    if how == "missing":
        path.unlink()
    ran = thidua("verify")
    assert ran.status == 1
    assert all(line.startswith("archive.db: ") for line in ran.out.splitlines()[:-1])
    assert "thidua reparse --from-scratch" in ran.out
    assert "in 3 WARC files" in ran.out.splitlines()[-1]


def test_captures_from_before_records_were_kept_are_counted(thidua: Command, data: Path) -> None:
    change(data, f"UPDATE captures SET warc_file = NULL, warc_offset = NULL, warc_length = NULL WHERE {ROW}")  # noqa: S608 - names and numbers of our own
    ran = thidua("verify")
    assert "Note: 1 capture made before records were kept: nothing to check" in ran.out


def test_it_may_run_while_a_crawl_does(thidua: Command, tmp_path: Path) -> None:
    with serve(Site(articles=600, categories=3)) as server:
        started = crawling(server, tmp_path / "data", after=120)
        during = [thidua("verify") for _ in range(2)]
        assert started.poll() is None, "the crawl goes on"
        started.send_signal(signal.SIGINT)
        started.communicate(timeout=60)
    assert [(ran.status, ran.err) for ran in during] == [(0, "")] * 2
    assert thidua("verify").status == 0


def test_where_there_is_no_archive_it_is_said_so(thidua: Command, tmp_path: Path) -> None:
    ran = thidua("verify")
    assert ran.status == 1
    assert f"{tmp_path / 'data'}: holds no archive" in ran.said()
