"""The full-text index follows `articles`, a transaction at a time."""

from contextlib import suppress

from archive import Archive
from archive.group import Group
from archive.search import search
from archive.store import save
from archive.verify import index
from tests.archive.build import article, text


def titles(archive: Archive, words: str) -> list[str]:
    return [hit.title for hit in search(archive, words)]


def test_articles_stored_together_are_found_once_they_are_committed(archive: Archive) -> None:
    group = Group(archive, lambda: None)
    for number in (1, 2):
        group.save(article(number, said=text(f"Tin {number}", "Vụ sầu riêng.")))
    group.commit()
    assert sorted(titles(archive, "sầu riêng")) == ["Tin 1", "Tin 2"]


def test_an_article_stored_twice_in_one_transaction_is_found_by_its_last_words_only(archive: Archive) -> None:
    with archive.write():
        save(archive, article(1, said=text("Tin", "Mười hộ trồng na được khen, một hộ trồng vải.")))
        save(archive, article(1, day=1, said=text("Tin", "Mười hộ trồng na được khen, một hộ trồng nhãn.")))
    assert (titles(archive, "vải"), titles(archive, "nhãn")) == ([], ["Tin"])
    assert list(index.check(archive.conn)) == []


def test_an_article_that_is_undone_is_not_indexed(archive: Archive) -> None:
    with archive.write():
        save(archive, article(1))
        with suppress(ZeroDivisionError), archive.write():
            save(archive, article(2))
            raise ZeroDivisionError
    assert list(index.check(archive.conn)) == []
    assert titles(archive, "trồng na") == ["Tin số 1"]


def test_nothing_of_a_group_that_is_dropped_is_indexed_later(archive: Archive) -> None:
    group = Group(archive, lambda: None)
    group.save(article(1))
    group.drop()
    assert titles(archive, "trồng na") == []
    for number in (2, 1):
        save(archive, article(number))
    assert list(index.check(archive.conn)) == []
    assert sorted(titles(archive, "trồng na")) == ["Tin số 1", "Tin số 2"]


def test_articles_are_stored_and_found_after_the_index_was_checked(archive: Archive) -> None:
    save(archive, article(1))
    assert list(index.check(archive.conn)) == []
    save(archive, article(2))
    assert sorted(titles(archive, "trồng na")) == ["Tin số 1", "Tin số 2"]
