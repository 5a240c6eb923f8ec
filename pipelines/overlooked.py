"""Pages that a list names as news only after they were captured: read again as what they are.

A page without a date, lists or an address of a known form is news only because a list says so
(`pipelines.check.believed`). A crawl comes to it by that list. What is brought in comes in the order of time, and there
the list may come last.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from archive import store
from archive.warc import Place
from pipelines import replay
from pipelines.index import Entry
from pipelines.observation import observation

if TYPE_CHECKING:
    from archive.database import Archive
    from pipelines.brought import Brought

_PAGES = """
SELECT id FROM pages p WHERE kind = 'other' AND state = 'fetched' AND http_status IN (200, 203)
    AND EXISTS (SELECT 1 FROM mentions WHERE page_id = p.id)
    AND NOT EXISTS (SELECT 1 FROM captures WHERE page_id = p.id AND source = 'live')
ORDER BY id
"""
_CAPTURES = """
SELECT c.id, c.captured_at, c.url, c.digest, c.source, c.run_id, c.warc_file, c.warc_offset, c.warc_length, '', '', '',
    o.warc_file, o.warc_offset, o.warc_length
FROM captures c LEFT JOIN captures o ON o.id = c.revisit_of WHERE c.page_id = ? ORDER BY c.captured_at, c.id
"""


def read(new: Archive, brought: Brought) -> int:
    """Read again what was brought in and overlooked; return how many pages turned out to be articles.

    Raises:
        ArchiveError: the archive cannot be written.
    """
    found, done = 0, set[int]()
    while True:  # what turns out to be an article may name others
        with new.read() as conn:
            ids = [row[0] for row in conn.execute(_PAGES) if row[0] not in done]
        if not ids:
            return found
        found += sum(_read(new, brought, page) for page in ids)
        done.update(ids)


def _read(new: Archive, brought: Brought, page: int) -> bool:
    with new.write() as conn:
        rows = conn.execute(_CAPTURES, (page,)).fetchall()
        conn.execute("UPDATE pages SET kind = 'article' WHERE id = ?", (page,))
        for capture, *entry, file, offset, length in rows:
            original = Place(file, offset, length) if file else None
            for job in brought.read(Entry._make(entry), original):
                _, visit, _ = replay.prepare(job)
                if visit is not None:
                    seen = observation(replay.judged(new, job, visit), job.scope, job.run_id)
                    store.save(new, seen, capture)
        return bool(conn.execute("SELECT EXISTS (SELECT 1 FROM articles WHERE id = ?)", (page,)).fetchone()[0])
