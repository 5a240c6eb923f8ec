"""The history of one article: its versions with what changed in each."""

import pytest

from archive import Archive
from archive.errors import NotFoundError
from archive.history import Event, history
from archive.store import save
from archive.worddiff import Change
from tests.archive.build import article, gone, key, known, newer, page, text, url

FIRST = text("Tin số 1", "Sáng nay, xã họp.\n\nMười hộ được khen.")
SECOND = text("Tin số 1", "Sáng nay, xã họp.\n\nMười hai hộ được khen thưởng.")
THIRD = text("Tin số một", "Sáng nay, xã họp.\n\nMười hai hộ được khen thưởng.")


def test_every_version_says_when_it_was_first_seen_and_what_it_changed(archive: Archive) -> None:
    for day, said in enumerate((FIRST, SECOND, SECOND, THIRD)):
        save(archive, article(1, day=day, said=said))
    first, second, third = history(archive, 1).versions
    assert [(v.number, v.captured_at, v.capture_id) for v in (first, second, third)] == [
        (1, "2024-01-01T03:00:00Z", 1),
        (2, "2024-01-02T03:00:00Z", 2),
        (3, "2024-01-04T03:00:00Z", 4),
    ]
    assert (first.words, first.added, first.removed, first.diff, first.title_changed) == (8, 0, 0, (), False)
    assert (second.added, second.removed, second.title_changed) == (2, 0, False)
    assert second.diff == (
        Change("equal", "Sáng nay, xã họp.\n\nMười "),
        Change("added", "hai "),
        Change("equal", "hộ được khen "),
        Change("added", "thưởng"),
        Change("equal", "."),
    )
    assert (third.added, third.removed, third.title_changed) == (0, 0, True)
    assert third.title_diff == (Change("equal", "Tin số "), Change("removed", "1"), Change("added", "một"))


def test_what_befell_a_text_is_told_with_it(archive: Archive) -> None:
    save(archive, article(1, said=FIRST))
    save(archive, page(1, 1, http_status=410, state="gone", reason="HTTP 410"))
    save(archive, article(1, day=2, said=SECOND))
    save(archive, gone(1, day=3))
    found = history(archive, 1)
    assert [version.events for version in found.versions] == [
        (Event("2024-01-02T03:00:00Z", "gone", "HTTP 410", 2),),
        (Event("2024-01-03T03:00:00Z", "live", "", 3), Event("2024-01-04T03:00:00Z", "gone", "", 4)),
    ]
    assert (found.status, found.first_captured_at, found.last_captured_at, found.asked_at) == (
        *("gone", "2024-01-01T03:00:00Z", "2024-01-03T03:00:00Z", "2024-01-04T03:00:00Z"),
    )


def test_an_article_is_found_as_show_finds_it(archive: Archive) -> None:
    save(archive, page(1, http_status=301, location=url(2), known=(known(2),)))
    save(archive, article(2, said=FIRST))
    for wanted in (2, "2", url(2), url(1)):
        assert history(archive, wanted).url == url(2)
    assert history(archive, "HTTP://other.spelling/", key=lambda _: key(2)).url == url(2)


def test_what_is_not_there_is_explained(archive: Archive) -> None:
    save(archive, article(1, newer(2)))
    for wanted, reason in ((99, "holds no article"), (url(2), "known but not stored")):
        with pytest.raises(NotFoundError, match=reason):
            history(archive, wanted)


def test_what_happened_to_a_copy_goes_with_it(archive: Archive) -> None:
    save(archive, article(2, said=FIRST, canonical_key=key(1)))
    save(archive, gone(2, day=1))
    save(archive, article(2, day=2, said=SECOND, canonical_key=key(1)))
    save(archive, article(1, day=3, said=SECOND))
    assert [(v.number, v.events) for v in history(archive, url(2)).versions] == [(1, ())]
