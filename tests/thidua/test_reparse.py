"""`thidua reparse`: the archive follows from its WARC files, and can be made from them again."""

from __future__ import annotations

import os
import random
import shlex
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from archive import Archive, fulltext
from crawler.lock import Lock
from tests.samplesite import Site, serve
from tests.thidua.conftest import PROCESSES, _command
from tests.thidua.dying import doomed
from tests.thidua.state import differences, tables

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.thidua.conftest import Ran

    Command = Callable[..., Ran]


@dataclass(frozen=True)
class Life:
    """A site, and the seed of what befalls it and its crawls."""

    seed: int
    site: dict[str, Any]


LIVES = (
    Life(1, {"markup": "tables", "charset": "utf-8-meta", "etags": True}),
    Life(2, {"markup": "sharepoint", "charset": "windows-1258", "gone": 0.1}),
    Life(3, {"markup": "nukeviet4", "charset": "utf-8-nfd", "etags": True, "last_modified": True, "vary_urls": True}),
    Life(4, {"markup": "flat_br", "charset": "utf-16", "messy": True}),
)
TURNS = 7


def befall(site: Site, chance: random.Random) -> None:
    """Let some things happen to a site."""
    live = list(site.live())
    site.clear_faults()
    for _ in range(chance.randrange(1, 5)):
        number = chance.choice(live)
        what = chance.choice(("add", "edit", "title", "remove", "restore", "fault", "fault", "views", "restyle"))
        if what == "add":
            site.add(chance.randrange(len(site.categories)), count=chance.randrange(1, 3))
        elif what == "edit":
            site.edit_paragraph(number, f"Hội nghị đã biểu dương {chance.randrange(99)} hộ nông dân xã Hoa Sen.", 1)
        elif what == "title":
            site.edit(number, title=f"{site.title(number)} lần {chance.randrange(9)}")
        elif what == "remove":
            site.remove(number, chance.choice(("404", "410", "soft404", "home")))
            live.remove(number)
        elif what == "restore":
            for gone in set(range(live[0], live[-1])) - set(live):
                site.restore(gone)
        elif what == "fault":
            kinds = (
                "truncate",
                "reset",
                "500",
                "503",
                "403",
                "challenge",
                "login",
                "empty",
                "garbage",
                "loop",
                "offsite",
            )
            site.fault(
                chance.choice((number, "/", "*")), chance.choice(kinds), times=chance.randrange(1, 4), seconds=0.1
            )
        elif what == "restyle" and chance.random() < 0.3:
            site.restyle(label_style="upper")


def crawled(crawl: Command, folder: Path, chance: random.Random) -> None:
    """Crawl in one way or another, to the end or not."""
    how = chance.choice(("whole", "whole", "recheck", "recheck", "limited", "killed"))
    if how == "killed":
        plain = ["crawl", "--archive", str(folder), "--delay", "0", "--concurrency", "4", "--recheck", "20"]
        process = doomed(plain, folder.parent, chance.randrange(30, 400), fine=True)
        process.join(60)
        assert process.exitcode in {-9, 0, 3}, (folder.parent / "err").read_text()
        return
    options = {"whole": (), "recheck": ("--recheck", "40"), "limited": ("--max-pages", "9")}[how]
    assert crawl(*options, "--archive", str(folder)).status in {0, 1, 3}


@pytest.mark.parametrize("life", LIVES, ids=lambda life: life.site["markup"])
def test_whatever_befell_a_site_the_archive_can_be_made_again(
    life: Life, crawl: Command, thidua: Command, tmp_path: Path
) -> None:
    site, chance = Site(articles=40, categories=2, **life.site), random.Random(life.seed)
    folder = tmp_path / "data"
    with serve(site) as server:
        crawl(server.url)
        for _ in range(TURNS):
            befall(site, chance)
            crawled(crawl, folder, chance)
        site.clear_faults()
        crawl()
    again = tmp_path / "again"
    shutil.copytree(folder / "warc", again / "warc")
    ran = thidua("reparse", "--from-scratch", "--json", "--archive", str(again))
    assert (ran.status, ran.json["faults"]) == (0, [])
    assert differences(tables(again), tables(folder)) == []
    for verb in (("search", "thi dua"), ("search", "Hội nghị"), ("search", "khen thuong", "--exact"), ("status",)):
        first, second = (thidua(*verb, "--json", "--archive", str(where)) for where in (folder, again))
        assert first.json == second.json
    for where in (folder, again):
        assert thidua("verify", "--archive", str(where)).out.startswith("All is well")
    same = thidua("reparse", "--json").json
    assert same["changes"] == {}


# -- what would change


OLD = "Trang in"


@pytest.fixture(scope="module")
def crawled_once(tmp_path_factory: pytest.TempPathFactory, thidua_in: Callable[[Path], Command]) -> Path:
    """A folder that holds an archive, with a text that was edited and an article that is gone."""
    site = Site(articles=24, categories=2, etags=True)
    folder = tmp_path_factory.mktemp("once")
    options = ("--delay", "0", "--concurrency", "8")
    with serve(site) as server:
        thidua_in(folder)("crawl", server.url, *options)
        numbers = list(site.live())
        site.edit_paragraph(numbers[3], "Hội nghị đã biểu dương mười hai hộ nông dân xã Hoa Sen.", 1)
        site.remove(numbers[5], "410")
        thidua_in(folder)("crawl", "--recheck", "60", *options)
    return folder / "data"


@pytest.fixture
def data(crawled_once: Path, tmp_path: Path) -> Path:
    """A copy of that archive for one test, with the command's default name."""
    return shutil.copytree(crawled_once, tmp_path / "data")


def change(folder: Path, *statements: str) -> None:
    """Make the database what other readers, or a fault, would have left."""
    with closing(sqlite3.connect(folder / "archive.db", isolation_level=None)) as db:
        for statement in statements:
            db.execute(statement)


def ask(folder: Path, query: str) -> Any:
    with closing(sqlite3.connect(f"file:{folder / 'archive.db'}?mode=ro", uri=True)) as db:
        return db.execute(query).fetchone()[0]


def retitle(folder: Path, title: str = OLD) -> int:
    """Give an article the title that an older version of the readers would have found; return its id."""
    with Archive.open(folder) as archive, archive.write() as conn:
        article, old, body, byline = conn.execute("SELECT id, title, body, byline FROM articles ORDER BY id").fetchone()
        fulltext.remove(conn, article, old, body, byline)
        fulltext.add(conn, article, title, body, byline)
        conn.execute("UPDATE articles SET title = ? WHERE id = ?", (title, article))
    return int(article)


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir() if not path.name.endswith(("-wal", "-shm"))}


@pytest.mark.usefixtures("data")
def test_nothing_would_change_where_the_readers_are_the_same(thidua: Command) -> None:
    ran = thidua("reparse")
    assert ran.status == 0
    assert ran.out.splitlines()[-1] == "Nothing would change."


def test_it_says_what_would_change_and_changes_nothing(thidua: Command, data: Path) -> None:
    right = ask(data, "SELECT title FROM articles ORDER BY id")
    article = retitle(data)
    before = tables(data)
    ran = thidua("reparse")
    assert ran.status == 0
    assert "  1 title would change" in ran.out.splitlines()
    assert f"    {article}  http://" in ran.out
    assert f"      [-{OLD}-]\n      {{+{right}+}}\n" in ran.out
    assert f"thidua reparse --apply --archive {data}" in ran.out
    assert differences(tables(data), before) == []
    assert names(data) == {"archive.db", "crawl.lock", "warc"}


def test_apply_changes_it(thidua: Command, data: Path) -> None:
    right = tables(data)
    retitle(data)
    ran = thidua("reparse", "--apply", "--json")
    assert (ran.status, ran.json["applied"]) == (0, True)
    assert ran.json["changes"]["title"]["count"] == 1
    assert differences(tables(data), right) == []
    assert thidua("verify").status == 0
    assert names(data) == {"archive.db", "crawl.lock", "warc"}


def test_every_kind_of_change_is_told_apart(thidua: Command, data: Path) -> None:
    change(
        data,
        "UPDATE articles SET published = '2001-02-03' WHERE id = (SELECT min(id) FROM articles)",
        "UPDATE articles SET category = 'Khác', byline = 'Ai đó' WHERE id = (SELECT max(id) FROM articles)",
        "UPDATE pages SET kind = 'other' WHERE kind = 'home'",
        "DELETE FROM superseded",
        "UPDATE articles SET version = 1",
        "DELETE FROM images WHERE article_id = (SELECT min(article_id) FROM images)",
        "UPDATE mentions SET title = 'Tên cũ' WHERE id = 1",
    )
    said = thidua("reparse", "--json").json["changes"]
    counts = {what: each["count"] for what, each in said.items()}
    expected = {"date": 1, "category": 1, "byline": 1, "versions": 1, "images": 1, "kind": 1}
    assert counts == {**expected, "sighting": 1, "unsighted": 1}
    assert said["date"]["examples"][0]["before"].startswith("2001-02-03")


def test_articles_that_appear_and_disappear_are_told(thidua: Command, data: Path) -> None:
    change(
        data,
        "PRAGMA foreign_keys = OFF",
        "DELETE FROM articles WHERE id = (SELECT min(id) FROM articles)",
        "INSERT INTO pages(url, key, site, kind, state, first_seen_at) SELECT 'http://la.example/', 'la.example/', "
        "site, 'article', 'fetched', first_seen_at FROM pages LIMIT 1",
        "INSERT INTO articles(id, site, url, category, title, block_kinds, body) SELECT max(id), site, url, '', "
        "'Bài không có thật', 'p', 'Không.' FROM pages",
    )
    counts = {what: each["count"] for what, each in thidua("reparse", "--json").json["changes"].items()}
    assert counts == {"appearing": 1, "disappearing": 1, "forgotten": 1}


def test_examples_are_as_many_as_wished(thidua: Command, data: Path) -> None:
    change(data, "UPDATE articles SET category = 'Khác'")
    for number in (0, 2):
        found = thidua("reparse", "--json", "--examples", str(number)).json["changes"]["category"]
        assert (found["count"], len(found["examples"])) == (24, number)


MOVED = {
    "pages": ("id", "alias_of"),
    "captures": ("page_id",),
    "articles": ("id",),
    "superseded": ("article_id",),
    "status_changes": ("article_id",),
    "doubts": ("page_id",),
    "images": ("article_id",),
    "attachments": ("article_id",),
    "mentions": ("page_id", "seen_on_id"),
}


def test_articles_keep_their_numbers(thidua: Command, data: Path) -> None:
    """Had the readers found pages in another order, numbers would be others: here they all are."""
    moves = [f"UPDATE {table} SET {name} = 5000 - {name}" for table, columns in MOVED.items() for name in columns]  # noqa: S608 - names and numbers of our own
    change(data, "PRAGMA foreign_keys = OFF", *moves)
    with Archive.open(data) as archive, archive.write() as conn:
        conn.execute("INSERT INTO articles_fts(articles_fts) VALUES ('delete-all')")
        for row in conn.execute("SELECT id, title, body, byline FROM articles").fetchall():
            fulltext.add(conn, *row)
    lost = ask(data, "SELECT min(id) FROM articles")
    change(data, "PRAGMA foreign_keys = OFF", *(f"DELETE FROM {t} WHERE {c[0]} = {lost}" for t, c in MOVED.items()))  # noqa: S608 - names and numbers of our own
    change(data, f"DELETE FROM mentions WHERE seen_on_id = {lost}")  # noqa: S608 - names and numbers of our own
    kept = set(tables_of(data, "SELECT id, url FROM articles"))
    assert thidua("reparse", "--apply").status == 0
    now = set(tables_of(data, "SELECT id, url FROM articles"))
    assert now > kept
    assert [number > 5000 - 1 for number, _ in now - kept] == [True], "a page that is new has a number of its own"
    assert thidua("verify").status == 0


def tables_of(folder: Path, query: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(folder / "archive.db")) as db:
        return db.execute(query).fetchall()


def test_what_a_killed_run_left_is_no_change_of_the_readers(thidua: Command, data: Path) -> None:
    whole = ask(data, "SELECT count(*) FROM captures")
    change(data, "PRAGMA foreign_keys = OFF", "DELETE FROM captures WHERE id = (SELECT max(id) FROM captures)")
    ran = thidua("reparse")
    assert ran.out.splitlines()[-1] == "Nothing would change."
    assert ask(data, "SELECT count(*) FROM captures") == whole


def test_runs_that_left_no_record_stay(thidua: Command, data: Path) -> None:
    change(
        data,
        "INSERT INTO runs(id, started_at, command, site) VALUES (99, '2024-01-01T00:00:00Z', 'crawl', 'a.example')",
        "UPDATE runs SET site = NULL WHERE id = 99",
    )
    retitle(data)
    assert thidua("reparse", "--apply").status == 0
    assert ask(data, "SELECT count(*) FROM runs WHERE id = 99") == 1


# -- what cannot be read again


def spoil(folder: Path) -> tuple[str, int]:
    """Change a byte in the record of an article's only text; return file and offset."""
    query = (
        "SELECT warc_file, warc_offset, warc_length FROM captures c JOIN articles a ON a.version_capture_id = c.id "
        "WHERE c.run_id = 1 AND a.version = 1 ORDER BY c.id LIMIT 1"
    )
    ((file, offset, length),) = tables_of(folder, query)
    data = bytearray((folder / file).read_bytes())
    data[offset + length // 2] ^= 0x10
    (folder / file).write_bytes(data)
    return file, offset


def test_apply_drops_nothing_whose_record_is_damaged(thidua: Command, data: Path) -> None:
    file, offset = spoil(data)
    retitle(data)
    before = tables(data)
    ran = thidua("reparse", "--apply")
    assert ran.status == 1
    assert f"{file}: no whole record at byte {offset}" in ran.out
    assert "1 article would disappear" in ran.out
    assert "1 captures cannot be read again, so nothing was changed" in ran.out
    assert differences(tables(data), before) == []


def test_from_scratch_goes_on_without_it_and_says_so(thidua: Command, data: Path) -> None:
    file, offset = spoil(data)
    articles = ask(data, "SELECT count(*) FROM articles")
    ran = thidua("reparse", "--from-scratch")
    assert ran.status == 1
    assert f"{file}: no whole record at byte {offset}" in ran.out
    assert ask(data, "SELECT count(*) FROM articles") == articles - 1
    assert f"{file} at byte {offset}" in thidua("verify").out, "the file is as damaged as before"


def test_apply_drops_nothing_where_a_file_is_missing(thidua: Command, data: Path) -> None:
    (data / ask(data, "SELECT max(warc_file) FROM captures")).unlink()
    before = tables(data)
    ran = thidua("reparse", "--apply")
    assert ran.status == 1
    assert "cannot be read again, so nothing was changed; restore the WARC files" in ran.out
    assert differences(tables(data), before) == []


def test_a_file_whose_beginning_is_damaged_is_read_all_the_same(thidua: Command, data: Path) -> None:
    file = data / ask(data, "SELECT min(warc_file) FROM captures")
    content = bytearray(file.read_bytes())
    content[200] ^= 0xFF
    file.write_bytes(content)
    captures = ask(data, "SELECT count(*) FROM captures")
    ran = thidua("reparse", "--from-scratch", "--json")
    assert (ran.status, len(ran.json["faults"])) == (1, 1)
    assert ask(data, "SELECT count(*) FROM captures") == captures
    assert ask(data, "SELECT count(*) FROM runs") == 2


def test_what_was_read_before_records_were_kept_is_never_dropped(thidua: Command, data: Path) -> None:
    page = ask(data, "SELECT article_id FROM superseded")
    gone = "warc_file = NULL, warc_offset = NULL, warc_length = NULL"
    change(data, f"UPDATE captures SET {gone} WHERE page_id = {page} AND run_id = 1")  # noqa: S608 - names and numbers of our own
    ran = thidua("reparse", "--apply")
    assert ran.status == 1
    assert "1 articles had other texts before records were kept" in ran.out
    change(data, f"UPDATE captures SET {gone} WHERE page_id = {page}")  # noqa: S608 - names and numbers of our own
    assert "to go on without" in thidua("reparse").out


def test_captures_from_before_records_were_kept_stay(thidua: Command, data: Path) -> None:
    change(
        data,
        "INSERT INTO captures(id, url, page_id, captured_at, source, status, digest, run_id) SELECT 900, url, page_id, "
        "'2020-01-01T00:00:00Z', source, status, 'cu', NULL FROM captures WHERE id = 3",
    )
    retitle(data)
    ran = thidua("reparse", "--apply")
    assert ran.status == 0
    assert "1 capture from before records were kept" in ran.out
    assert ask(data, "SELECT count(*) FROM captures WHERE id = 900 AND digest = 'cu'") == 1


# -- the database is lost


def damage(folder: Path, how: str) -> None:
    path = folder / "archive.db"
    if how == "missing":
        path.unlink()
    elif how == "empty":
        path.write_bytes(b"")
    elif how == "no database":
        path.write_bytes(b"Kho luu tru" * 1000)
    else:
        content = bytearray(path.read_bytes())
        start = 4096 * (1 if how == "tables" else 20)
        content[start : start + 20_000] = bytes(20_000)
        path.write_bytes(content)


@pytest.mark.parametrize("how", ["missing", "empty", "no database", "tables", "pages"])
def test_a_lost_database_is_made_again(how: str, thidua: Command, data: Path) -> None:
    before = tables(data)
    damage(data, how)
    plain = thidua("reparse", "--apply")
    assert plain.status == 1
    assert "--from-scratch" in plain.said()
    ran = thidua("reparse", "--from-scratch")
    assert ran.status == 0, ran.err
    assert differences(tables(data), before) == []
    kept = {"archive.db.damaged-1"} if how != "missing" else set()
    assert names(data) == {"archive.db", "crawl.lock", "warc"} | kept
    assert thidua("verify").status == 0


def test_a_sound_database_is_kept_aside_too(thidua: Command, data: Path) -> None:
    before = tables(data)
    for number in (1, 2):
        assert f"archive.db.old-{number}" in thidua("reparse", "--from-scratch").out
        assert differences(tables(data), before) == []
    assert {"archive.db.old-1", "archive.db.old-2"} < names(data)


def test_a_crawl_makes_a_lost_database_again(thidua: Command, data: Path) -> None:
    articles = tables(data)["articles"]
    damage(data, "missing")
    thidua("crawl", "--delay", "0", "--max-pages", "1", "--timeout", "1")
    assert tables(data)["articles"] == articles


def test_a_log_without_its_database_is_not_taken_for_the_new_ones(thidua: Command, data: Path) -> None:
    before = tables(data)
    with closing(sqlite3.connect(data / "archive.db", isolation_level=None)) as db:
        db.execute("PRAGMA wal_autocheckpoint = 0")
        db.execute("UPDATE articles SET title = 'Chỉ có trong nhật ký'")
        log = (data / "archive.db-wal").read_bytes()
    damage(data, "missing")
    (data / "archive.db-wal").write_bytes(log)
    assert thidua("reparse", "--from-scratch").status == 0
    assert differences(tables(data), before) == []


def test_another_programs_database_is_left_alone(thidua: Command, data: Path) -> None:
    (data / "archive.db").unlink()
    with closing(sqlite3.connect(data / "archive.db")) as db:
        db.execute("CREATE TABLE khac (id INTEGER)")
    ran = thidua("reparse", "--from-scratch")
    assert ran.status == 1
    assert "another program" in ran.said()
    assert ask(data, "SELECT count(*) FROM khac") == 0


def test_without_warc_files_there_is_nothing_to_make_it_from(thidua: Command, tmp_path: Path) -> None:
    assert "there is no such folder" in thidua("reparse", "--from-scratch").said()
    (tmp_path / "data").mkdir()
    assert "holds no WARC files" in thidua("reparse", "--from-scratch").said()
    assert "holds no archive" in thidua("reparse").said()


@pytest.mark.usefixtures("data")
def test_apply_and_from_scratch_are_not_for_the_same_day(thidua: Command) -> None:
    ran = thidua("reparse", "--apply", "--from-scratch")
    assert ran.status == 2
    assert "exclude each other" in ran.said()


# -- it may be stopped, and others may be there


def test_a_crawl_and_it_keep_away_from_each_other(thidua: Command, data: Path) -> None:
    with Lock(data):
        for options in ((), ("--apply",), ("--from-scratch",)):
            ran = thidua("reparse", *options)
            assert ran.status == 4
            assert f"process {os.getpid()}" in ran.said()


def test_a_reader_that_has_the_archive_open_goes_on(thidua: Command, data: Path) -> None:
    article = retitle(data)
    query = f"SELECT title FROM articles WHERE id = {article}"  # noqa: S608 - names and numbers of our own
    with closing(sqlite3.connect(f"file:{data / 'archive.db'}?mode=ro", uri=True)) as reader:
        reader.execute("BEGIN")
        assert reader.execute(query).fetchone() == (OLD,)
        assert thidua("reparse", "--apply").status == 0
        assert reader.execute(query).fetchone() == (OLD,), "what it sees stays as it was until it has finished"
        reader.rollback()
        assert reader.execute(query).fetchone() != (OLD,)


def test_killed_at_any_moment_the_archive_is_the_old_or_the_new_one(thidua: Command, data: Path) -> None:
    new = tables(data)
    retitle(data)
    old = tables(data)
    chance = random.Random(5)
    kept = shutil.copytree(data, data.parent / "kept")
    for _ in range(6):
        process = doomed(["reparse", "--apply", "--archive", str(data)], data.parent, chance.randrange(3000), fine=True)
        process.join(60)
        assert tables(data) in (old, new)
        assert thidua("verify").status == 0
    for _ in range(4):  # while it is being copied
        shutil.rmtree(data)
        shutil.copytree(kept, data)
        _kill_while_copying(data, chance)
        assert tables(data) in (old, new)
        assert thidua("verify").status == 0
    assert thidua("reparse", "--apply").status == 0
    assert differences(tables(data), new) == []
    assert names(data) == {"archive.db", "crawl.lock", "warc"}, "what the killed ones left is cleared away"


def _kill_while_copying(folder: Path, chance: random.Random) -> None:
    """Kill it once the archive's log begins to grow."""
    given = (["reparse", "--apply", "--archive", str(folder)], folder.parent / "o", folder.parent / "e")
    process = PROCESSES.Process(target=_command, args=given)
    process.start()
    log, most = folder / "archive.db-wal", chance.randrange(100_000, 900_000)
    while process.is_alive() and not (log.exists() and log.stat().st_size > most):
        time.sleep(0.0002)
    process.kill()
    process.join()


def test_a_full_disk_changes_nothing(data: Path) -> None:
    retitle(data)
    before = tables(data)
    for option in ("--apply", "--from-scratch"):
        words = shlex.join([sys.executable, "-m", "thidua", "reparse", option, "--archive", str(data)])
        ran = subprocess.run(
            ["/bin/sh", "-c", f"ulimit -f 400; exec {words}"], capture_output=True, text=True, timeout=60, check=False
        )
        assert ran.returncode == 1
        assert len(ran.stderr.splitlines()) == 1
        assert str(data) in ran.stderr
        assert differences(tables(data), before) == []
        assert names(data) == {"archive.db", "crawl.lock", "warc"}


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory, thidua_in: Callable[[Path], Command]) -> Path:
    """An archive so large that its records are read by several processes."""
    folder, site, chance = tmp_path_factory.mktemp("large"), Site(articles=30, categories=2), random.Random(1)
    for number in site.live():
        site.edit_paragraph(number, " ".join(chance.randbytes(4).hex() for _ in range(10_000)), 1)
    with serve(site) as server:
        thidua_in(folder)("crawl", server.url, "--delay", "0", "--concurrency", "8")
    return folder / "data"


def test_several_processes_make_the_same_of_it(large: Path, thidua: Command, tmp_path: Path) -> None:
    folder = tmp_path / "data"
    shutil.copytree(large / "warc", folder / "warc")
    assert thidua("reparse", "--from-scratch").status == 0
    assert differences(tables(folder), tables(large)) == []


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL])
def test_stopped_while_several_processes_read_none_is_left(how: signal.Signals, large: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(large, tmp_path / "data")
    words = [sys.executable, "-m", "thidua", "reparse", "--apply", "--archive", str(folder)]
    started = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True)
    deadline = time.monotonic() + 60
    while len(of_session(started.pid)) < 4:  # itself, the fork server, its tracker of resources, and those that read
        assert time.monotonic() < deadline, started.communicate()
        time.sleep(0.01)
    os.killpg(started.pid, how) if how == signal.SIGINT else started.kill()
    _, err = started.communicate(timeout=60)
    while of_session(started.pid):
        assert time.monotonic() < deadline
        time.sleep(0.05)
    assert differences(tables(folder), tables(large)) == []
    if how == signal.SIGINT:
        assert (started.returncode, err.strip()) == (130, "thidua: stopped")
        assert names(folder) == {"archive.db", "crawl.lock", "warc"}


def of_session(leader: int) -> list[int]:
    """Return the processes of a session that are still there."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            after_name = (entry / "stat").read_text().rpartition(")")[2].split()
        except OSError:  # it has just ended
            continue
        if int(after_name[3]) == leader and after_name[0] != "Z":
            found.append(int(entry.name))
    return found
