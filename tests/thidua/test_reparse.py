"""`thidua reparse`: what today's readers would read otherwise, and what cannot be read again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from archive import Archive, fulltext
from tests.thidua.rereading import OLD, ask, change, names, retitle, tables_of
from tests.thidua.state import differences, tables

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.thidua.conftest import Ran

    Command = Callable[..., Ran]


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
    assert "1 capture cannot be read again, so nothing was changed" in ran.out.splitlines()[1]
    assert "would disappear" not in ran.out
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
