"""A database made again takes the place of the one there is: wholly, or not at all."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from archive import renewal
from archive.database import Archive
from archive.errors import DamagedError, DiskFullError
from archive.store import save
from tests.archive.build import article, text


@pytest.fixture
def old(tmp_path: Path) -> Iterator[Archive]:
    with Archive.open(tmp_path / "data", create=True) as opened:
        for number in (1, 2, 3):
            save(opened, article(number, said=text("Cũ")))
        yield opened


def titles(archive: Archive) -> list[tuple[int, str]]:
    return archive.conn.execute("SELECT id, title FROM articles ORDER BY id").fetchall()


def beside(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()} - {"archive.db", "archive.db-wal", "archive.db-shm"}


def test_the_new_content_takes_the_place_of_the_old(old: Archive) -> None:
    with renewal.built(old.folder) as new:
        renewal.remember(new, old)
        save(new, article(2, said=text("Mới")))
        renewal.carry(new)
        renewal.replace(new, old)
    assert titles(old) == [(2, "Mới")]
    assert beside(old.folder) == set()


def test_pages_have_their_numbers_whatever_the_order(old: Archive) -> None:
    with renewal.built(old.folder) as new:
        renewal.remember(new, old)
        for number in (7, 3, 2, 8, 1):
            save(new, article(number))
        assert [number for number, _ in titles(new)] == [1, 2, 3, 4, 5]
        kept = new.conn.execute("SELECT count(*) FROM articles n JOIN old.articles o ON (o.id, o.url) = (n.id, n.url)")
        assert kept.fetchone() == (3,)


def test_nothing_is_replaced_where_the_block_ends_otherwise(old: Archive) -> None:
    def interrupted() -> None:
        with renewal.built(old.folder) as new:
            save(new, article(2, said=text("Mới")))
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert len(titles(old)) == 3
    assert beside(old.folder) == set()


def test_an_impatient_user_changes_nothing(old: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    def tick() -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(renewal, "_STEP", 1)
    with renewal.built(old.folder) as new:
        renewal.remember(new, old)
        save(new, article(2, said=text("Mới")))
        with pytest.raises(KeyboardInterrupt):
            renewal.replace(new, old, tick)
    assert len(titles(old)) == 3
    assert old.conn.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_a_disk_without_room_changes_nothing(old: Archive) -> None:
    with renewal.built(old.folder) as new:
        renewal.remember(new, old)
        for number in range(1, 40):
            save(new, article(number, said=text("Mới", "Hội nghị biểu dương. " * 500)))
        pages = old.conn.execute("PRAGMA page_count").fetchone()[0]
        old.conn.execute(f"PRAGMA max_page_count = {pages + 5}")
        with pytest.raises(DiskFullError, match="disk is full"):
            renewal.replace(new, old)
    assert len(titles(old)) == 3
    assert old.conn.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_databases_of_another_page_size_are_replaced_too(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    with closing(sqlite3.connect(tmp_path / "data" / "archive.db")) as conn:
        conn.execute("PRAGMA page_size = 16384")
        conn.execute("PRAGMA journal_mode = WAL")
    with Archive.open(tmp_path / "data", create=True) as old:
        assert old.conn.execute("PRAGMA page_size").fetchone() == (16384,)
        with renewal.built(old.folder, 16384) as new:
            renewal.remember(new, old)
            save(new, article(2))
            renewal.carry(new)
            renewal.replace(new, old)
        assert len(titles(old)) == 1


def test_what_a_killed_process_left_is_cleared_away(old: Archive) -> None:
    for end in ("", "-wal", "-shm", "-journal"):
        (old.folder / f"{renewal.TEMPORARY}{end}").write_bytes(b"nua chung")
    with renewal.built(old.folder) as new:
        assert titles(new) == []
    assert beside(old.folder) == set()


def test_rows_that_refer_to_nothing_are_not_let_in(old: Archive) -> None:
    with renewal.built(old.folder) as new:
        renewal.remember(new, old)
        save(new, article(2))
        new.conn.execute("UPDATE captures SET run_id = 77")
        with pytest.raises(DamagedError, match="a row of captures refers to one of runs"):
            renewal.carry(new)
