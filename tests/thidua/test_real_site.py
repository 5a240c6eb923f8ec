"""A site that nobody here wrote, crawled without a profile from one of its listing pages."""

from __future__ import annotations

import sqlite3
import unicodedata
from collections import Counter
from contextlib import closing
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest

from tests.captured import LISTING, WARC, captured
from tests.samplesite import serve

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.thidua.conftest import Ran

pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(
        not WARC.exists(), reason="the captured pages are not here: ../shared/real is kept out of the project"
    ),
]


def words(text: str) -> Counter[str]:
    return Counter(unicodedata.normalize("NFC", text).replace("\u200b", "").split())


def f1(found: str, told: str) -> float:
    one, other = words(found), words(told)
    return 2 * (one & other).total() / max(1, one.total() + other.total())


@pytest.fixture(scope="module")
def archived(tmp_path_factory: pytest.TempPathFactory, thidua_in: Callable[[Path], Callable[..., Ran]]) -> Any:
    folder = tmp_path_factory.mktemp("real")
    with serve(captured()) as server:
        ran = thidua_in(folder)(
            "crawl", server.url.rstrip("/") + LISTING, "--delay", "0", "--concurrency", "8", "--json"
        )
        asked = dict(server.requests)
    assert ran.status == 0, ran.err
    return folder, asked


def rows(folder: Path) -> dict[str, tuple[str, str | None, str]]:
    sql = "SELECT url, title, published, body || ' ' || ifnull(byline, '') FROM articles"
    with closing(sqlite3.connect(folder / "data" / "archive.db")) as db:
        return {urlsplit(url).path: (title, published, text) for url, title, published, text in db.execute(sql)}


def test_every_captured_article_is_found_once(archived: Any) -> None:
    folder, asked = archived
    assert set(rows(folder)) == {told.path for told, _ in captured().articles()}
    assert max(asked.values()) == 1


def test_titles_and_dates_are_the_pages_own(archived: Any) -> None:
    found = rows(archived[0])
    for told, _ in captured().articles():
        title, published, _ = found[told.path]
        assert title == " ".join(words(told.title).elements()) or title == unicodedata.normalize("NFC", told.title)
        assert published == (told.published.isoformat() if told.published else None)


def test_bodies_are_whole_and_alone(archived: Any) -> None:
    found = rows(archived[0])
    scores = [f1(found[told.path][2], told.text) for told, _ in captured().articles()]
    assert sum(score >= 0.95 for score in scores) >= 0.99 * len(scores)
    assert not [path for path, (_, _, text) in found.items() if "LIÊN KẾT WEBSITE" in text]


def test_it_can_be_searched_without_accents(archived: Any, thidua_in: Callable[[Path], Callable[..., Ran]]) -> None:
    ran = thidua_in(archived[0])("search", "chinh quyen dien tu", "--json")
    assert ran.status == 0, ran.err
    assert any("chính quyền điện tử" in f"{hit['title']} {hit['snippet']}".lower() for hit in ran.json)
