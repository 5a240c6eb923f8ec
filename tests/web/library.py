"""A small archive with something of everything that the reading room shows, stored without a crawl."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from archive import Archive, runs
from archive.store import save
from tests.archive import build

if TYPE_CHECKING:
    import sqlite3
    from pathlib import Path

    from archive.models import Text

ARTICLES = 60
CATEGORIES = ("Thi đua - Khen thưởng", "Tin tức", "Gương người tốt")
GONE, CHANGED, TABLE, UNDATED, HOSTILE = 5, 10, 20, 63, 64
SCRIPT = "<script>document.title = 'hit'</script>"
HANDLER = "<img src=x onerror=\"document.title = 'hit'\">"
INERT = ("javascript:document.title='hit'", "data:text/html,<script>document.title='hit'</script>", "//evil.example/x")


def day(number: int) -> str:
    """Return the date of an article of the chain: twelve days after the one before, from 2018 to 2020."""
    return (date(2018, 2, 1) + timedelta(days=12 * number)).isoformat()


def fill(folder: Path) -> None:
    """Make the archive.

    Articles 1 to 60 are a chain; 5 is gone, 10 has two versions, 20 a table, a list and files, 61 is missing. 63 is
    undated, 64 hostile.
    """
    with Archive.open(folder, create=True) as archive, archive.write():
        run = runs.begin(archive, "crawl", build.SITE, build.START)
        for number in range(1, ARTICLES + 1):
            lists = [build.newer(number + 1, day(number + 1)), build.older(number - 1, day(number - 1))]
            save(archive, build.article(number, *lists[: 2 if number > 1 else 1], said=_said(number), run_id=run))
        save(archive, build.article(UNDATED, said=build.text("Tin không ghi ngày")))
        save(archive, build.article(HOSTILE, build.older(60, day(60)), said=_hostile()))
        save(archive, replace(build.gone(GONE, day=1), reason="HTTP 404"))
        changed = replace(_said(CHANGED), body=_said(CHANGED).body.replace("Mười hộ", "Mười hai hộ"))
        save(archive, build.article(CHANGED, day=1, said=changed))
        counts = {"articles_new": 62, "fetched": 62, "failed": 1, "fill": {"title": [62, 62], "date": [60, 62]}}
        archive.conn.execute("UPDATE articles SET url = ? WHERE id = ?", (INERT[0], identity(archive.conn, HOSTILE)))
        runs.finish(archive, run, "unwell", {**counts, "unwell": ["the lists of /tin name nothing"]}, build.START)


def identity(conn: sqlite3.Connection, number: int) -> int:
    """Return the id that the archive gave to an article."""
    return int(conn.execute("SELECT id FROM pages WHERE key = ?", (build.key(number),)).fetchone()[0])


def _said(number: int) -> Text:
    category = CATEGORIES[number % 3]
    # What stands at the end of every article would be taken for the site's furniture: so each says its number.
    body = f"Sáng ngày {number}, xã phát động thi đua.\n\nMười hộ trồng na ở thôn {number} được khen."
    if number != TABLE:
        return build.text(f"Tin số {number}: thi đua yêu nước", body, category=category, byline="Theo Báo Ruộng Đồng")
    return build.text(
        "Bảng vàng thi đua",
        "Kết quả\n\nBa Mẹ\n\nHộ | Điểm\n\nÔng Ất | 9\n\nẢnh: lễ trao giải",
        category=category,
        block_kinds="hirrc",
        attachments=(("http://noivu.example/qd.pdf", "Quyết định"),),
        images=(("http://noivu.example/a.jpg", "Lễ trao giải"),),
    )


def _hostile() -> Text:
    return build.text(
        f"Bài độc {SCRIPT}",
        f"Mở đầu {HANDLER}\n\n</script>{SCRIPT}\n\n<b>{SCRIPT}</b> | {HANDLER}",
        category=f'"><svg onload="document.title = 1">{SCRIPT}{"dài" * 300}',
        byline=f"]]>&{SCRIPT}",
        block_kinds="phr",
        attachments=tuple((url, f"Tệp {HANDLER}") for url in INERT),
        images=tuple((url, SCRIPT) for url in INERT),
    )
