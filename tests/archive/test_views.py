"""The views for researchers say what the archive's own functions say, and read no more than they need."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest

from archive import Archive
from archive.show import show
from archive.status import status
from archive.store import save
from archive.views import VIEWS
from tests.archive.build import article, listed, text
from tests.archive.research import fill

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="module")
def research(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    with Archive(fill(tmp_path_factory.mktemp("views") / "data")) as opened:
        yield opened


def plan(archive: Archive, sql: str) -> list[str]:
    return [row[3] for row in archive.conn.execute(f"EXPLAIN QUERY PLAN {sql}")]


def test_months_add_up_to_all_articles(research: Archive) -> None:
    rows = research.conn.execute("SELECT month, articles FROM articles_by_month").fetchall()
    assert sum(articles for _, articles in rows) == status(research).articles
    assert sum(articles for month, articles in rows if month is None) == status(research).undated


def test_missing_are_those_that_the_status_counts(research: Archive) -> None:
    rows = research.conn.execute("SELECT title, published, named_by FROM missing").fetchall()
    assert rows == [("Tin số 7", "2020-12-30", 1)]
    assert len(rows) == status(research).missing


def test_removed_are_those_kept_and_those_lost(research: Archive) -> None:
    rows = research.conn.execute("SELECT article_id, title, kept FROM removed ORDER BY kept").fetchall()
    assert rows == [(None, "Tin số 8", 0), (5, "Gương sáng vùng cao", 1)]
    assert len(rows) == status(research).gone


def test_a_change_is_told_with_both_titles_and_lengths(archive: Archive) -> None:
    for day, (title, body) in enumerate((("Một", "a b c"), ("Hai", "a b c d"), ("Hai", "a b c d e"))):
        said = f"Ban Thi đua {title}"
        save(archive, article(1, day=day, said=text(said, body)))
    rows = archive.conn.execute(
        "SELECT number, title_before, title, characters_before, characters FROM changes ORDER BY number"
    ).fetchall()
    assert rows == [(2, "Ban Thi đua Một", "Ban Thi đua Hai", 5, 7), (3, "Ban Thi đua Hai", "Ban Thi đua Hai", 7, 9)]


def test_evidence_tells_who_says_what_and_whether_it_is_believed(research: Archive) -> None:
    rows = research.conn.execute(
        "SELECT date, source, relation, agrees FROM date_evidence WHERE article_id = 3 ORDER BY date, relation"
    ).fetchall()
    assert rows == [
        ("2020-06-11", "list", "newer", 0),
        ("2020-06-12", "list", "newer", 1),
        ("2020-06-12", "list", "older", 1),
    ]


@pytest.mark.parametrize("seed", range(5))
def test_the_chain_is_what_an_article_is_shown_with(archive: Archive, seed: int) -> None:
    chance = random.Random(seed)
    with archive.write():
        for day in range(2):  # the lists say other things on the second day
            for number in range(1, 9):
                named = chance.sample([n for n in range(1, 12) if n != number], 4)
                relations = ("newer", "older", "listing")
                lists = [listed(n, chance.choice(relations), "2023-05-01", title=f"Tin {day}") for n in named]
                save(archive, article(number, *lists, day=day))
    for number in range(1, 9):
        shown = show(archive, f"http://noivu.example/tin?id={number}")
        beside = {("newer", n.url, n.id, n.published) for n in shown.newer}
        beside |= {("older", n.url, n.id, n.published) for n in shown.older}
        rows = archive.conn.execute(
            "SELECT relation, neighbour_url, neighbour_id, neighbour_published FROM chain WHERE article_id = ?",
            (shown.article.id,),
        ).fetchall()
        assert set(rows) == beside
        assert len(rows) == len(beside)


def test_what_is_looked_up_by_an_article_is_found_by_an_index(research: Archive) -> None:
    for view in ("chain", "date_evidence", "changes"):
        steps = plan(research, f"SELECT * FROM {view} WHERE article_id = 3")  # noqa: S608 - names above
        assert [step for step in steps if step.startswith("SCAN") and step != f"SCAN {view}"] == []


def test_no_view_reads_every_article_but_from_an_index_except_for_the_evidence(research: Archive) -> None:
    for view in set(VIEWS) - {"date_evidence"}:
        steps = plan(research, f"SELECT * FROM {view}")  # noqa: S608 - names above
        scans = [
            step for step in steps if step.startswith(("SCAN articles", "SCAN a", "SCAN n")) and "INDEX" not in step
        ]
        assert [step for step in scans if step != f"SCAN {view}"] == []


def test_the_newest_articles_come_from_an_index(research: Archive) -> None:
    (step,) = plan(research, "SELECT * FROM articles ORDER BY published DESC LIMIT 51")
    assert step == "SCAN articles USING INDEX articles_published"
