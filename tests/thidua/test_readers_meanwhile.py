"""While a crawl writes, anyone may read: stock SQLite, Datasette, the command line. Nobody sees half an article."""

from __future__ import annotations

import json
import sqlite3
import threading
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest

from archive import warc
from archive.warc import Place
from tests.samplesite import serve
from tests.thidua.conftest import PROCESSES, _command
from tests.thidua.foreign import fetched, programs, running, unused_port
from tests.thidua.pausing import Pausing
from tests.thidua.test_first_crawl import stored, told

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from multiprocessing.process import BaseProcess
    from pathlib import Path

    from tests.thidua.conftest import Ran

ARTICLES = 200
DATASETTE = ("datasette==0.65.5", "setuptools<81")  # setuptools: a library of Datasette's wants its pkg_resources

# An article is whole when all of this is there with it, whatever the moment.
HALVES = {
    "no text": "SELECT id FROM articles WHERE title = '' OR body = ''",
    "no version": "SELECT id FROM articles EXCEPT SELECT article_id FROM versions",
    "a version of nothing": "SELECT article_id FROM versions EXCEPT SELECT id FROM articles",
    "not in the index": "SELECT id FROM articles EXCEPT SELECT rowid FROM articles_fts",
    "in the index alone": "SELECT rowid FROM articles_fts EXCEPT SELECT id FROM articles",
    "no capture": "SELECT id FROM articles WHERE version_capture_id NOT IN (SELECT id FROM captures)",
    "not fetched": "SELECT id FROM articles JOIN pages USING (id) WHERE state != 'fetched' OR due != 0",
    "seen nowhere": "SELECT id FROM articles EXCEPT SELECT page_id FROM mentions",
}
# Their bytes too: a site that is crawled for the first time repeats nothing.
_RECORDS = "SELECT url, digest, warc_file, warc_offset, warc_length FROM captures WHERE id > ?"


@dataclass
class Crawl:
    """A crawl that is under way: it stands still when a hundred pages have been asked for, until told to go on."""

    site: Pausing
    process: BaseProcess
    folder: Path

    def going(self) -> bool:
        self.site.on.set()
        return self.process.is_alive()

    def pause(self) -> None:
        """Wait until it stands still and has stored what it has."""
        while self.stored() < 80:
            assert self.process.is_alive()
            self.process.join(0.05)

    def stored(self) -> int:
        with closing(opened(self.folder)) as db:
            return int(db.execute("SELECT count(*) FROM articles").fetchone()[0])


@pytest.fixture
def crawl_under_way(tmp_path: Path) -> Iterator[Crawl]:
    site = Pausing(ARTICLES, before=100)
    with serve(site) as server:
        command = ["crawl", server.url, "--archive", str(tmp_path / "data"), "--delay", "0", "--concurrency", "2"]
        process = PROCESSES.Process(target=_command, args=(command, tmp_path / "told", tmp_path / "complained"))
        process.start()
        while not server.requests and process.is_alive():
            process.join(0.01)
        yield Crawl(site, process, tmp_path / "data")
        site.on.set()
        process.join(60)
        assert process.exitcode == 0, (tmp_path / "complained").read_text()
        assert (tmp_path / "complained").read_text() == ""
    assert stored(tmp_path / "data") == told(site), "no reader has kept the crawl from writing"


def opened(folder: Path) -> sqlite3.Connection:
    """Open the database as Datasette does: read-only, by its URI, a connection a thread."""
    return sqlite3.connect(f"file:{folder / 'archive.db'}?mode=ro", uri=True)


def looked(crawl: Crawl, seen: list[int], faults: list[Any]) -> None:
    """Look as often as possible, until the crawl ends; note how many articles there were, and what was wrong."""
    checked = 0
    with closing(opened(crawl.folder)) as db:
        while crawl.going():
            db.execute("BEGIN")
            seen.append(db.execute("SELECT count(*) FROM articles").fetchone()[0])
            for fault, query in HALVES.items():
                faults.extend((fault, row) for row in db.execute(query))
            fresh = db.execute("SELECT max(id) FROM captures").fetchone()[0] or 0
            for url, digest, *place in db.execute(_RECORDS, (checked,)):
                record = warc.read(crawl.folder, Place(*place))
                if record.url != url or warc.digest_of(warc.payload_of(record.block)) != digest:
                    faults.append(("another record", url))
            checked = fresh
            db.execute("ROLLBACK")


def test_every_article_that_can_be_seen_is_whole(crawl_under_way: Crawl) -> None:
    seen: list[int] = []
    faults: list[Any] = []
    threads = [threading.Thread(target=looked, args=(crawl_under_way, seen, faults)) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    assert len(set(seen)) > 2, "the archive was seen to grow"


def test_a_reader_who_stays_sees_one_state_and_holds_up_nobody(crawl_under_way: Crawl) -> None:
    crawl_under_way.pause()
    query = "SELECT (SELECT count(*) FROM articles), (SELECT count(*) FROM captures)"
    with closing(opened(crawl_under_way.folder)) as db:
        db.execute("BEGIN")
        first = db.execute(query).fetchone()
        while crawl_under_way.going():
            crawl_under_way.process.join(0.1)
        assert db.execute(query).fetchone() == first, "as it was when the reader came"
        db.execute("ROLLBACK")
        assert db.execute(query).fetchone()[0] == ARTICLES


def test_the_command_line_reads_while_a_crawl_writes(crawl_under_way: Crawl, thidua: Callable[..., Ran]) -> None:
    crawl_under_way.pause()
    known: list[int] = []
    for _ in range(2):
        status, found = thidua("status", "--json"), thidua("search", "thi dua", "--json")
        shown = thidua("show", found.json[0]["url"], "--json")
        assert (status.err, found.err, shown.err) == ("", "", "")
        assert shown.json["article"]["body"]
        known.append(status.json["articles"])
        crawl_under_way.going()
    assert 0 < known[0] < ARTICLES
    assert known == sorted(known), "it only grows"


def test_datasette_reads_while_a_crawl_writes(
    crawl_under_way: Crawl, pytestconfig: pytest.Config, tmp_path: Path
) -> None:
    crawl_under_way.pause()
    datasette = programs(pytestconfig, "datasette-0.65.5", *DATASETTE) / "datasette"
    port = unused_port()
    url = f"http://127.0.0.1:{port}/archive"
    seen: list[int] = []
    with running([datasette, crawl_under_way.folder / "archive.db", "--port", str(port)], f"{url}.json", tmp_path):
        while not seen or crawl_under_way.going():
            found = json.loads(fetched(f"{url}/articles.json?_shape=array&_size=max")[0])
            assert all(row["title"] and row["body"] for row in found)
            seen.append(len(found))
        last = json.loads(fetched(f"{url}/articles.json?_shape=array&_size=max")[0])
    assert 0 < seen[0] < ARTICLES
    assert seen == sorted(seen), "it only grows"
    assert len(last) == ARTICLES
