"""When the disk fills up or another process holds the archive: a clear error, and nothing half-stored."""

import sqlite3

import pytest

from archive import Archive, DiskFullError, LockedError
from archive.errors import translate
from archive.store import save
from tests.archive.build import article, newer, older, text


def counts(archive: Archive) -> list[int]:
    tables = ("pages", "captures", "articles", "mentions", "articles_fts_docsize", "edge_blocks")
    return [archive.conn.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in tables]  # noqa: S608 - names of ours


def test_a_full_disk_stores_nothing_of_the_article_that_did_not_fit(archive: Archive) -> None:
    save(archive, article(1))
    before = counts(archive)
    pages = archive.conn.execute("PRAGMA page_count").fetchone()[0]
    archive.conn.execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(DiskFullError, match=r"archive\.db: the disk is full; make room"):
        save(archive, article(2, newer(3), older(4), said=text("Dài", "chữ " * 5000)))
    assert counts(archive) == before


def test_there_is_room_again_and_the_work_goes_on(archive: Archive) -> None:
    pages = archive.conn.execute("PRAGMA page_count").fetchone()[0]
    archive.conn.execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(DiskFullError):
        save(archive, article(1, said=text("Dài", "chữ " * 5000)))
    archive.conn.execute("PRAGMA max_page_count = 1000000")
    assert save(archive, article(1)).what == "new"


def test_an_archive_held_by_another_process_is_named(archive: Archive) -> None:
    other = sqlite3.connect(archive.path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    archive.conn.execute("PRAGMA busy_timeout = 50")
    with pytest.raises(LockedError, match="another process is writing"):
        save(archive, article(1))
    other.execute("ROLLBACK")
    other.close()
    assert save(archive, article(1)).what == "new"


def test_an_error_in_the_middle_leaves_nothing_behind(archive: Archive) -> None:
    before = counts(archive)

    def interrupted() -> None:
        with archive.write():
            save(archive, article(1))
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert counts(archive) == before


def test_an_error_that_sqlite_does_not_number_still_names_the_file(archive: Archive) -> None:
    assert str(translate(sqlite3.OperationalError("disk I/O error"), archive.path)) == f"{archive.path}: disk I/O error"


def test_a_time_without_a_zone_is_refused(archive: Archive) -> None:
    naive = article(1).captured_at.replace(tzinfo=None)
    with pytest.raises(ValueError, match="time zone"):
        save(archive, article(1, captured_at=naive))
