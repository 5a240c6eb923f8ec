"""One article with all that belongs to it."""

from dataclasses import replace

import pytest

from archive import Archive, NotFoundError
from archive.show import Evidence, Neighbour, show
from archive.store import save
from tests.archive.build import BODY, article, gone, key, known, listed, newer, older, page, text, url


def test_an_article_is_found_by_id_by_address_and_by_any_spelling_of_it(archive: Archive) -> None:
    saved = save(archive, article(7))
    assert saved.article_id is not None
    spelt = "HTTPS://WWW.NOIVU.EXAMPLE/tin?id=7&utm_source=x"
    for wanted in (saved.article_id, str(saved.article_id), url(7)):
        assert show(archive, wanted).article.title == "Tin số 7"
    assert show(archive, spelt, key=lambda _: key(7)).article.title == "Tin số 7"


def test_an_alias_leads_to_its_article(archive: Archive) -> None:
    save(archive, page(1, http_status=301, location=url(2), known=(known(2),)))
    save(archive, article(2))
    shown = show(archive, url(1))
    assert shown.article.url == url(2)
    assert [capture.url for capture in shown.captures] == [url(1), url(2)]


def test_what_is_not_there_is_explained(archive: Archive) -> None:
    save(archive, article(1, newer(2), newer(3), known=(known(4, "section"),)))
    save(archive, gone(3))
    for wanted, reason in (
        ("999", "holds no article"),
        ("http://x/", "holds no article"),
        (10**30, "holds no article"),
        (url(2), "known but not stored"),
        (url(3), "was gone from the site"),
        (url(4), "no article but a page of kind section"),
    ):
        with pytest.raises(NotFoundError, match=reason) as raised:
            show(archive, wanted)
        assert str(archive.path) in str(raised.value)


def test_neighbours_are_known_from_both_sides_nearest_first(archive: Archive) -> None:
    save(archive, article(1, newer(5, "2020-06-12")))
    save(archive, article(5, newer(7, "2020-06-29"), newer(6, "2020-06-19"), older(4, "2020-06-08")))
    save(archive, page(9, sighted=(listed(1, "listing", "2020-06-01"),)))
    shown = show(archive, url(5))
    assert shown.newer == [
        Neighbour(url(6), "Tin số 6", "2020-06-19", None),
        Neighbour(url(7), "Tin số 7", "2020-06-29", None),
    ]
    assert shown.older == [
        Neighbour(url(4), "Tin số 4", "2020-06-08", None),
        Neighbour(url(1), "Tin số 1", "2020-06-01", 1),
    ]


def test_every_date_comes_with_where_it_was_seen(archive: Archive) -> None:
    save(archive, article(1))
    save(archive, article(2, older(1, "2020-06-12")))
    save(archive, page(9, sighted=(listed(1, "listing", "2020-06-13"),)))
    assert show(archive, url(1)).evidence == [
        Evidence("2020-06-12", url(2), "older"),
        Evidence("2020-06-13", url(9), "listing"),
    ]


def test_versions_captures_and_files_are_there(archive: Archive) -> None:
    said = text("Tin", images=(("http://a/1.jpg", "Ảnh"),), attachments=(("http://a/1.pdf", "Tệp"),))
    save(archive, article(1, said=said))
    save(archive, article(1, day=1, said=replace(said, body="Đã sửa.", block_kinds="p")))
    shown = show(archive, 1)
    assert [(version.number, version.body) for version in shown.versions] == [(1, BODY), (2, "Đã sửa.")]
    assert [capture.captured_at for capture in shown.captures] == ["2024-01-01T03:00:00Z", "2024-01-02T03:00:00Z"]
    assert (shown.images, shown.attachments) == ([("http://a/1.jpg", "Ảnh")], [("http://a/1.pdf", "Tệp")])
    assert shown.article.bounds_disputed is False
