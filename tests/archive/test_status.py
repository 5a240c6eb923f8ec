"""Coverage: what the numbers of `status` count."""

from dataclasses import asdict
from datetime import UTC, datetime

from archive import Archive, runs
from archive.status import Gap, gaps, status
from archive.store import save
from tests.archive.build import article, gone, listed, newer, older, page, text

NOW = datetime(2020, 6, 12, 8, 0, tzinfo=UTC)


def test_an_empty_archive_is_all_noughts(archive: Archive) -> None:
    found = status(archive)
    assert (found.articles, found.known, found.missing, found.gone, found.undated, found.gaps) == (0, 0, 0, 0, 0, 0)
    assert (found.first_published, found.last_published, found.last_run) == (None, None, None)


def test_the_keys_of_the_json_are_there(archive: Archive) -> None:
    promised = "articles known missing gone undated gaps first_published last_published last_run"
    assert set(promised.split()) <= set(asdict(status(archive)))


def test_articles_known_missing_and_gone_add_up(archive: Archive) -> None:
    save(archive, page(9, kind="listing", sighted=tuple(listed(number, "listing") for number in (1, 2, 3, 4, 5))))
    save(archive, article(1))
    save(archive, article(2))
    save(archive, gone(2, day=1))
    save(archive, gone(3, day=1))
    save(archive, page(4, state="failed", http_status=500))
    found = status(archive)
    assert (found.articles, found.known, found.missing, found.gone, found.gone_kept) == (2, 5, 2, 2, 1)
    assert found.known == found.articles + found.missing + found.gone - found.gone_kept


def test_pages_that_are_no_articles_are_not_counted_as_such(archive: Archive) -> None:
    save(archive, page(1, kind="home", sighted=(listed(2, "listing"),)))
    save(archive, page(2, kind="other"))
    assert status(archive).known == 0


def test_dates(archive: Archive) -> None:
    save(archive, page(9, sighted=(listed(1, "listing", "2019-05-01"), listed(2, "listing", "2020-06-12"))))
    for number in (1, 2, 3):
        save(archive, article(number))
    found = status(archive)
    assert (found.undated, found.first_published, found.last_published) == (1, "2019-05-01", "2020-06-12")


def test_disputes_of_lists_and_of_neighbours_are_counted(archive: Archive) -> None:
    save(archive, page(9, sighted=(listed(1, "listing", "2019-05-01"),)))
    save(archive, page(8, sighted=(listed(1, "listing", "2019-05-02"),)))
    save(archive, article(1))
    save(archive, article(2, newer(3, "2020-01-01"), older(4, "2020-02-01")))
    assert status(archive).disputed == 2


def test_articles_are_counted_by_category_and_pages_by_state(archive: Archive) -> None:
    save(archive, article(1, newer(3)))
    save(archive, article(2, said=text("Tin", category="Tin tức")))
    found = status(archive)
    assert found.by_category == {"Thi đua - Khen thưởng": 1, "Tin tức": 1}
    assert found.by_state == {"fetched": 2, "known": 1}


def test_a_complete_chain_has_no_gaps(archive: Archive) -> None:
    save(archive, article(1, newer(2)))
    save(archive, article(2, newer(3), older(1)))
    save(archive, article(3, older(2), older(1)))
    assert status(archive).gaps == 0


def test_a_chain_that_crosses_a_missing_article_has_no_gap(archive: Archive) -> None:
    save(archive, article(1, newer(2), newer(3)))
    save(archive, article(3, older(2), older(1)))
    save(archive, gone(2))
    found = status(archive)
    assert (found.gaps, found.gone, found.missing) == (0, 1, 0)


def test_a_chain_that_breaks_off_has_a_gap(archive: Archive) -> None:
    save(archive, article(5, older(4), older(3)))
    assert gaps(archive) == [Gap(article_id=1, side="older", named=2)]


def test_a_hole_has_two_shores(archive: Archive) -> None:
    save(archive, article(1, newer(2)))
    save(archive, article(5, older(4)))
    assert {gap.side for gap in gaps(archive)} == {"newer", "older"}


def test_the_last_run_is_told(archive: Archive) -> None:
    runs.finish(archive, runs.begin(archive, "crawl", "a.example.vn", NOW), "done", {"requests": 3}, NOW)
    last = status(archive).last_run
    assert last is not None
    assert (last.command, last.outcome, last.counts) == ("crawl", "done", {"requests": 3})


def test_a_run_that_was_cut_off_has_no_end(archive: Archive) -> None:
    runs.begin(archive, "crawl", "a.example.vn", NOW)
    last = runs.last(archive)
    assert last is not None
    assert (last.finished_at, last.outcome, last.counts) == (None, None, {})
    assert last.started_at.endswith("Z")


def test_an_unnamed_side_is_an_end_of_the_chain(archive: Archive) -> None:
    save(archive, article(1))
    assert gaps(archive) == []
