"""A reader during a crawl sees whole articles only."""

import subprocess
import sys
from pathlib import Path

from archive import Archive
from archive.search import search
from archive.store import save
from tests.archive.build import article, older, text

WRITE = """
import sys, pathlib
from archive import Archive
from archive.store import save
from tests.archive.build import article, older, text
with Archive.open(pathlib.Path(sys.argv[1])) as archive:
    for number in range(1, 301):
        said = text(f"Tin số {number}", "Mười hộ trồng na được khen.\\n\\nHết.")
        save(archive, article(number, older(number + 1, "2020-06-12"), said=said))
"""

HALVES = """
SELECT
    (SELECT count(*) FROM articles),
    (SELECT count(*) FROM versions),
    (SELECT count(*) FROM captures),
    (SELECT count(*) FROM sightings),
    (SELECT count(*) FROM pages WHERE state = 'fetched'),
    (SELECT count(*) FROM pages) - 1,
    (SELECT count(*) FROM articles_fts WHERE articles_fts MATCH 'body_folded : khen')
"""


def test_a_reader_sees_whole_articles_only(tmp_path: Path) -> None:
    Archive.open(tmp_path, create=True).close()
    seen = set()
    writer = subprocess.Popen([sys.executable, "-c", WRITE, str(tmp_path)])
    with Archive.open(tmp_path, readonly=True) as reader:
        while writer.poll() is None:
            counts = reader.conn.execute(HALVES).fetchone()
            assert len(set(counts) - {-1, 0}) <= 1
            seen.add(counts[0])
        assert set(reader.conn.execute(HALVES).fetchone()) == {300}
    assert writer.returncode == 0
    assert len(seen) > 2


def test_a_reader_keeps_one_state_within_a_read(archive: Archive) -> None:
    save(archive, article(1))
    with Archive.open(archive.folder, readonly=True) as reader, reader.read() as conn:
        before = conn.execute("SELECT count(*) FROM articles").fetchone()
        save(archive, article(2))
        assert conn.execute("SELECT count(*) FROM articles").fetchone() == before


def test_a_search_finds_what_was_just_stored(archive: Archive) -> None:
    with Archive.open(archive.folder, readonly=True) as reader:
        assert search(reader, "sầu riêng") == []
        save(archive, article(1, older(2), said=text("Tin", "Vụ sầu riêng.")))
        assert [hit.title for hit in search(reader, "sầu riêng")] == ["Tin"]
