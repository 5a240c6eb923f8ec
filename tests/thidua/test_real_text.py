"""The one real text of the first site, crawled where its page is all that is left."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from tests.realtext import ABSENT, FILE, PATH, real_text
from tests.samplesite import CHAINED, Response, serve

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.thidua.conftest import Ran

pytestmark = [pytest.mark.real, pytest.mark.skipif(not FILE.exists(), reason=ABSENT)]


class OnePage:
    """A site of which one page is left."""

    def __init__(self, body: bytes) -> None:
        self.body = body

    def render(self, target: str, visit: int = 1, if_none_match: str = "") -> Response:  # noqa: ARG002 - the server's interface
        if target == PATH:
            return Response(200, (("Content-Type", "text/html; charset=utf-8"),), self.body)
        return Response(404, (("Content-Type", "text/plain"),), b"")


@pytest.mark.parametrize("markup", CHAINED)
def test_its_date_is_the_texts_within_what_its_neighbours_leave(
    markup: str, crawl: Callable[..., Ran], tmp_path: Path
) -> None:
    with serve(OnePage(real_text().page(markup))) as server:
        ran = crawl(server.url.rstrip("/") + PATH)
    assert ran.json["articles_new"] == 1, ran.err
    with closing(sqlite3.connect(tmp_path / "data" / "archive.db")) as db:
        sql = "SELECT published, published_source, published_earliest, published_latest, category, byline FROM articles"
        assert db.execute(sql).fetchall() == [
            (
                "2020-06-12",
                "text",
                "2020-06-12",
                "2020-06-19",
                "Thi đua - Khen thưởng",
                "Tin từ Ban Thi đua – Khen thưởng",
            )
        ]
        assert db.execute(
            "SELECT relation, count(*), count(published) FROM sightings GROUP BY relation"
        ).fetchall() == [
            ("newer", 3, 3),
            ("older", 5, 5),
        ]


def test_it_is_found_without_accents(crawl: Callable[..., Ran], thidua: Callable[..., Ran]) -> None:
    with serve(OnePage(real_text().page("sharepoint"))) as server:
        crawl(server.url.rstrip("/") + PATH)
    found = thidua("search", "dien hinh tien tien gia loc", "--json").json
    assert [hit["published"] for hit in found] == ["2020-06-12"]
