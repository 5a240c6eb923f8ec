"""Publication dates: the best evidence, the bounds that neighbours give, and what is done about contradictions."""

import itertools
import tempfile
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from archive import Archive
from archive.dates import Bounds, Resolved, believable, bounded, resolve
from archive.models import Observation, Text
from archive.store import save
from tests.archive.build import article, listed, newer, older, page, text, url


def dated(archive: Archive, number: int) -> tuple[str | None, str | None]:
    query = "SELECT published, published_source FROM articles WHERE url = ?"
    row = archive.conn.execute(query, (url(number),)).fetchone()
    return (row[0], row[1])


def bounds(archive: Archive, number: int) -> tuple[str | None, str | None]:
    query = "SELECT published_earliest, published_latest FROM articles WHERE url = ?"
    row = archive.conn.execute(query, (url(number),)).fetchone()
    return (row[0], row[1])


def disputes(archive: Archive, number: int) -> tuple[str | None, int]:
    query = "SELECT published_disputed, bounds_disputed FROM articles WHERE url = ?"
    row = archive.conn.execute(query, (url(number),)).fetchone()
    return (row[0], row[1])


def said(page_date: str | None = None, text_date: str | None = None) -> Text:
    """Return a text that names these dates."""
    return replace(
        text("Tin"),
        page_date=date.fromisoformat(page_date) if page_date else None,
        text_date=date.fromisoformat(text_date) if text_date else None,
    )


def test_the_gia_loc_article_lies_between_its_neighbours_and_takes_the_day_of_its_text(archive: Archive) -> None:
    lists = (
        *(newer(1, "2020-07-03"), newer(2, "2020-06-29"), newer(3, "2020-06-19")),
        *(older(5, "2020-06-12"), older(6, "2020-06-08"), older(7, "2019-12-23")),
        *(older(8, "2019-11-15"), older(9, "2019-09-15")),
    )
    save(archive, article(4, *lists, said=said(text_date="2020-06-12")))
    assert bounds(archive, 4) == ("2020-06-12", "2020-06-19")
    assert dated(archive, 4) == ("2020-06-12", "text")


def test_what_lists_say_beats_the_page_and_the_text(archive: Archive) -> None:
    save(archive, article(1, said=said("2020-06-13", "2020-06-11")))
    save(archive, page(9, sighted=(listed(1, "listing", "2020-06-12"),)))
    assert dated(archive, 1) == ("2020-06-12", "list")


def test_the_page_beats_the_text(archive: Archive) -> None:
    save(archive, article(1, said=said("2020-06-13", "2020-06-11")))
    assert dated(archive, 1) == ("2020-06-13", "page")


@pytest.mark.parametrize(
    ("day", "believed"),
    [("2020-06-12", True), ("2020-06-19", True), ("2020-06-11", False), ("2020-06-20", False)],
)
def test_the_text_is_believed_inside_the_bounds_only(archive: Archive, day: str, *, believed: bool) -> None:
    one = article(1, newer(2, "2020-06-19"), older(3, "2020-06-12"), said=said(text_date=day))
    save(archive, one)
    assert dated(archive, 1) == ((day, "text") if believed else (None, None))


def test_without_evidence_there_is_no_date(archive: Archive) -> None:
    save(archive, article(1))
    assert dated(archive, 1) == (None, None)
    assert bounds(archive, 1) == (None, None)


def test_a_date_known_before_the_article_was_stored_counts(archive: Archive) -> None:
    save(archive, article(2, older(1, "2020-06-12")))
    save(archive, article(1))
    assert dated(archive, 1) == ("2020-06-12", "list")


def test_a_date_learnt_later_makes_no_version(archive: Archive) -> None:
    save(archive, article(1))
    save(archive, article(2, older(1, "2020-06-12")))
    assert dated(archive, 1) == ("2020-06-12", "list")
    assert archive.conn.execute("SELECT count(*) FROM versions").fetchone() == (2,)


def test_the_majority_of_pages_is_believed_and_the_others_are_kept(archive: Archive) -> None:
    for number, day in ((2, "2020-06-12"), (3, "2020-06-13"), (4, "2020-06-12")):
        save(archive, article(number, older(1, day)))
    save(archive, article(1))
    assert dated(archive, 1) == ("2020-06-12", "list")
    assert disputes(archive, 1) == ("2020-06-13", 0)


def test_of_two_words_of_equal_weight_the_later_is_believed(archive: Archive) -> None:
    save(archive, article(1))
    save(archive, article(2, older(1, "2020-06-13"), day=2))
    save(archive, article(3, older(1, "2020-06-12"), day=1))
    assert dated(archive, 1) == ("2020-06-13", "list")


def test_a_page_that_corrects_its_list_is_no_longer_alone_with_its_error(archive: Archive) -> None:
    save(archive, article(1))
    save(archive, article(2, older(1, "2020-06-21")))
    save(archive, article(2, older(1, "2020-06-12"), day=1))
    assert dated(archive, 1) == ("2020-06-12", "list")
    assert disputes(archive, 1) == ("2020-06-21", 0)


def test_articles_that_name_it_bound_it_too(archive: Archive) -> None:
    save(archive, article(1))
    save(archive, page(9, sighted=(listed(2, "listing", "2020-06-10"), listed(3, "listing", "2020-06-20"))))
    save(archive, article(2, newer(1)))
    save(archive, article(3, older(1)))
    assert bounds(archive, 1) == ("2020-06-10", "2020-06-20")


def test_a_neighbour_named_without_a_date_bounds_once_its_date_is_known(archive: Archive) -> None:
    save(archive, article(1, older(2)))
    assert bounds(archive, 1) == (None, None)
    save(archive, article(2, said=said("2020-06-10")))
    assert bounds(archive, 1) == ("2020-06-10", None)


def test_a_date_taken_from_the_text_bounds_nobody(archive: Archive) -> None:
    save(archive, article(1, older(2)))
    save(archive, article(2, said=said(text_date="2020-06-10")))
    assert dated(archive, 2) == ("2020-06-10", "text")
    assert bounds(archive, 1) == (None, None)


def test_an_undirected_list_bounds_nothing(archive: Archive) -> None:
    save(archive, article(1, listed(2, "listing", "2020-06-10"), listed(3, "listing", "2020-06-20")))
    assert bounds(archive, 1) == (None, None)


def test_neighbours_that_contradict_each_other_are_not_believed_but_counted(archive: Archive) -> None:
    save(archive, article(1, newer(2, "2020-06-01"), older(3, "2020-06-12")))
    assert bounds(archive, 1) == (None, None)
    assert disputes(archive, 1) == (None, 1)


def test_evidence_gives_the_same_dates_in_whatever_order_it_comes() -> None:
    seen: list[Observation] = [
        article(1, newer(2), newer(3, "2020-06-19"), said=said(text_date="2020-06-12")),
        article(2, newer(3, "2020-06-18"), older(1), said=said("2020-06-14")),
        article(3, older(2), older(1), day=1),
        page(9, 2, sighted=(listed(3, "listing", "2020-06-18"), listed(1, "listing"))),
    ]
    outcomes = {tuple(sorted(after(order))) for order in itertools.permutations(seen)}
    assert len(outcomes) == 1


def after(order: tuple[Observation, ...]) -> list[tuple[str, ...]]:
    """Return the dates of all articles after storing these in this order."""
    query = "SELECT url, published, published_source, published_earliest, published_latest FROM articles"
    with tempfile.TemporaryDirectory() as folder, Archive.open(Path(folder), create=True) as archive:
        for each in order:
            save(archive, each)
        return [tuple(map(str, row)) for row in archive.conn.execute(query)]


def test_resolving_is_a_matter_of_the_evidence_alone() -> None:
    within = Bounds("2020-06-10", "2020-06-20")
    assert resolve("2020-07-01", "2020-06-11", "2020-06-12", within) == Resolved("2020-07-01", "list")
    assert resolve(None, "2020-06-30", "2020-06-12", within) == Resolved("2020-06-30", "page")
    assert resolve(None, None, "2020-06-12", within) == Resolved("2020-06-12", "text")
    assert resolve(None, None, "2020-06-21", within) == Resolved(None, None)
    assert resolve(None, None, "2020-06-21", Bounds("2020-06-10", None)) == Resolved("2020-06-21", "text")


def test_bounds_of_one_day_are_bounds() -> None:
    assert bounded("2020-06-12", "2020-06-12") == Bounds("2020-06-12", "2020-06-12")


def test_a_date_is_judged_by_the_calendar_of_vietnam() -> None:
    evening = datetime(2020, 6, 12, 18, 0, tzinfo=UTC)  # the 13th in Vietnam
    assert believable(date(2020, 6, 13), evening)
    assert not believable(date(2020, 6, 14), evening)
    assert not believable(date(1996, 12, 31), evening)
    assert not believable(None, evening)
