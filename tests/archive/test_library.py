"""`from archive import Archive`: what a researcher's program or notebook meets."""

import builtins
import shutil
import sys
import threading
import tracemalloc
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from types import ModuleType
from typing import Any

import pandas as pd
import pytest

from archive import (
    Archive,
    ArchiveError,
    ClosedError,
    MissingExtraError,
    NoArchiveError,
    NotFoundError,
    OtherThreadError,
    QueryError,
)
from archive.records import Records
from archive.store import save
from archive.stored import Article
from tests.archive.build import article, listed, page, text

ASK: list[Callable[[Archive], Records[Any]]] = [
    lambda archive: archive.articles("na"),
    lambda archive: archive.search("na"),
    lambda archive: archive.timeline("na"),
    lambda archive: archive.kwic("na"),
]
NAMES = ["articles", "search", "timeline", "kwic"]


def ids(found: Records[Article]) -> list[int]:
    return [each.id for each in found]


@pytest.mark.parametrize("ask", ASK, ids=NAMES)
def test_an_answer_can_be_walked_through_twice(shelf: Archive, ask: Callable[[Archive], Records[Any]]) -> None:
    found = ask(shelf)
    assert list(found) == list(found) != []
    assert found


@pytest.mark.parametrize("ask", ASK, ids=NAMES)
def test_an_answer_becomes_a_table(shelf: Archive, ask: Callable[[Archive], Records[Any]]) -> None:
    found = ask(shelf)
    table = found.to_pandas()
    assert len(table) == len(list(found))
    if "published" in table:
        assert table["published"].dtype.kind == "M"
        assert table["published"].isna().sum() == sum(each.published is None for each in found)


@pytest.mark.parametrize("ask", ASK, ids=NAMES)
def test_an_empty_answer_is_an_empty_table_of_the_same_columns(
    shelf: Archive, archive: Archive, ask: Callable[[Archive], Records[Any]]
) -> None:
    assert not ask(archive)
    empty, full = ask(archive).to_pandas(), ask(shelf).to_pandas()
    assert list(empty.columns) == list(full.columns)
    assert len(empty) == 0


def test_moments_become_moments_with_their_time_zone(shelf: Archive) -> None:
    table = shelf.articles().to_pandas()
    assert table["first_captured_at"].iloc[0] == pd.Timestamp("2024-01-01T03:00:00Z")
    assert table.groupby(table["published"].dt.year)["id"].count().to_dict() == {2018: 1, 2019: 2, 2020: 2}


def test_a_table_may_have_some_columns_only(shelf: Archive) -> None:
    assert list(shelf.articles().to_pandas("published", "title").columns) == ["published", "title"]
    with pytest.raises(QueryError, match="there is no column 'text'; there are id, site"):
        shelf.articles().to_pandas("text")


def test_a_walk_may_begin_before_another_has_ended(shelf: Archive) -> None:
    met = [(each.id, len(list(shelf.kwic("na")))) for each in shelf.articles("na")]
    assert met == [(2, 5), (3, 5), (6, 5)]


@pytest.mark.parametrize(
    ("start", "end", "found"),
    [
        ("2019", "2019", [2, 3]),
        (2019, 2019, [2, 3]),
        ("2020-06", "2020-06", [4, 5]),
        ("12/06/2020", date(2020, 6, 12), [4]),
        (datetime(2020, 6, 12, 15, 30), datetime(2020, 6, 12, 16, 0), [4]),  # noqa: DTZ001 - as people type them
        (datetime(2020, 6, 11, 18, 0, tzinfo=UTC), datetime(2020, 6, 12, tzinfo=UTC), [4]),
        (pd.Timestamp("2020-06-12"), pd.Timestamp("2020-06-12"), [4]),
    ],
)
def test_a_day_may_be_given_in_many_ways(shelf: Archive, start: Any, end: Any, found: list[int]) -> None:
    assert ids(shelf.articles(date_from=start, date_to=end)) == found


@pytest.mark.parametrize("day", ["hôm qua", "30/02/2020", "", 20, 3.5, pd.NaT])
def test_what_is_no_day_is_an_error_in_one_line(shelf: Archive, day: Any) -> None:
    with pytest.raises(QueryError, match="is not a date") as raised:
        shelf.articles(date_from=day)
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize(
    "ask",
    [
        lambda archive: archive.articles('"na'),
        lambda archive: archive.search(""),
        lambda archive: archive.search("na", limit=0),
        lambda archive: archive.timeline("NOT"),
        lambda archive: archive.timeline(by="week"),
        lambda archive: archive.kwic(""),
        lambda archive: archive.kwic("na", width=-1),
        lambda archive: archive.kwic("na", sort="up"),
        lambda archive: archive.articles(category="thể thao"),
        lambda archive: archive.articles(date_from=2020, date_to=2019),
    ],
)
def test_what_means_nothing_is_said_when_it_is_asked(shelf: Archive, ask: Callable[[Archive], object]) -> None:
    with pytest.raises(QueryError):
        ask(shelf)


def test_a_closed_archive_says_that_it_is(shelf_folder: Path) -> None:
    with Archive(shelf_folder) as archive:
        found = archive.articles()
    for ask in (lambda: list(found), archive.timeline, lambda: archive.show(1)):
        with pytest.raises(ClosedError, match=r"archive\.db: has been closed; ask inside the `with` block"):
            ask()
    archive.close()


def test_a_damaged_archive_is_an_error_of_ours(shelf_folder: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(shelf_folder, tmp_path / "data")
    with Archive(copy) as archive:
        found = archive.articles()
        (copy / "archive.db").write_bytes((copy / "archive.db").read_bytes()[:4096])
        with pytest.raises(ArchiveError, match=r"archive\.db: "):
            list(found)


def test_another_thread_is_told_to_open_the_archive_for_itself(shelf: Archive) -> None:
    raised: list[BaseException] = []

    def ask() -> None:
        try:
            list(shelf.articles())
        except OtherThreadError as error:
            raised.append(error)

    thread = threading.Thread(target=ask)
    thread.start()
    thread.join()
    assert "open it anew in each thread" in str(raised[0])
    assert len(list(shelf.articles())) == 6


def test_there_must_be_an_archive(tmp_path: Path) -> None:
    with pytest.raises(NoArchiveError, match="holds no archive"):
        Archive(str(tmp_path))


def test_a_walk_goes_on_while_a_crawl_stores(archive: Archive) -> None:
    with archive.write():
        for number in range(1, 501):
            save(archive, article(number, said=text(f"Tin {number}", "Vụ na.")))
    with Archive(archive.folder) as reader:
        walk = reader.articles("na")
        begun = iter(walk)
        seen = [next(begun).id]
        save(archive, page(600, sighted=(listed(1, "listing", "2020-01-01"),)))
        save(archive, article(501, said=text("Tin 501", "Vụ na.")))
        archive.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # a reader that held on to the past would forbid it
        seen += [each.id for each in begun]
        assert seen == list(range(1, 501)), "what was chosen when the walk began"
        assert len(ids(walk)) == 501, "the next walk sees what is new"


def test_a_walk_over_many_articles_holds_few(archive: Archive) -> None:
    body = "\n\n".join(["Vụ na được giá, bà con phấn khởi." * 20] * 5)
    with archive.write():
        for number in range(1, 1201):
            save(archive, article(number, said=text(f"Tin {number}", body)))
    tracemalloc.start()
    whole = sum(sys.getsizeof(each.body) for each in archive.articles())
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert most < whole / 2


def test_records_say_what_they_are_in_a_line(shelf: Archive) -> None:
    assert repr(next(iter(shelf.articles()))) == "<Article 1 · 2018-12-31 · Phát động thi đua>"
    assert repr(next(iter(shelf.search("chăm sóc")))) == "<Hit 6 · undated · Tin không ngày>"
    assert repr(next(iter(shelf.kwic("lan rộng", width=9)))) == "<Line 1 · 2018-12-31 · yêu nước [lan rộng]. Huyện>"
    assert repr(shelf.articles()) == "<Records of Article: walk through them, or call to_pandas()>"


def test_a_notebook_shows_the_first_few_as_a_table(shelf: Archive, archive: Archive) -> None:
    save(archive, article(1, said=text("<script>na</script>")))
    assert "&lt;script&gt;na" in archive.articles()._repr_html_()
    months = shelf.timeline()._repr_html_()
    assert months.startswith("<table><thead><tr><th>period</th>")
    assert months.endswith("<p>… the first 10 of more</p>")
    assert months.count("<tr>") == 11


def test_one_article_is_shown_with_its_evidence(shelf: Archive) -> None:
    shown = shelf.show(4)
    assert (shown.article.title, shown.evidence[0].published) == ("Trao huân chương", "2020-06-12")
    assert shelf.show(shown.article.url) == shown
    with pytest.raises(NotFoundError):
        shelf.show(77)


@pytest.fixture
def without_pandas(monkeypatch: pytest.MonkeyPatch) -> None:
    found = builtins.__import__

    def imported(name: str, *rest: Any) -> ModuleType:
        if name == "pandas":
            raise ModuleNotFoundError("No module named 'pandas'", name="pandas")
        return found(name, *rest)

    monkeypatch.setattr(builtins, "__import__", imported)


@pytest.mark.usefixtures("without_pandas")
def test_without_pandas_it_is_said_how_to_get_it(shelf: Archive) -> None:
    with pytest.raises(MissingExtraError, match=r"pip install 'thidua\[pandas\]'"):
        shelf.articles().to_pandas()
    assert len(list(shelf.articles())) == 6
