"""Storing observations: one article, one row; its versions; what comes and goes."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from archive import Archive, runs
from archive.models import Saved
from archive.store import save
from tests.archive.build import BODY, article, gone, key, known, listed, newer, older, page, text, url


def one(archive: Archive, query: str, *values: object) -> tuple[object, ...] | None:
    row = archive.conn.execute(query, values).fetchone()
    return tuple(row) if row else None


def state(archive: Archive, number: int) -> tuple[object, ...] | None:
    return one(archive, "SELECT kind, state FROM pages WHERE key = ?", key(number))


def versions(archive: Archive) -> list[tuple[int, str]]:
    return archive.conn.execute("SELECT number, body FROM versions ORDER BY article_id, number").fetchall()


def test_a_new_article_is_stored_with_all_it_says(archive: Archive) -> None:
    said = text(
        "Hội nghị điển hình",
        "Một.\n\nHai.",
        lead="Một.",
        byline="Tin từ Ban Thi đua",
        images=(("http://a/1.jpg", "Ảnh chung"),),
        attachments=(("http://a/1.pdf", "Quyết định"),),
    )
    assert save(archive, article(1, said=said)).what == "new"
    columns = "title, category, lead, body, block_kinds, byline, status, url, site, first_captured_at"
    assert one(archive, f"SELECT {columns} FROM articles") == (  # noqa: S608 - the names above
        *("Hội nghị điển hình", "Thi đua - Khen thưởng", "Một.", "Một.\n\nHai.", "pp", "Tin từ Ban Thi đua"),
        *("live", url(1), "noivu.example", "2024-01-01T03:00:00Z"),
    )
    assert one(archive, "SELECT url, caption FROM images") == ("http://a/1.jpg", "Ảnh chung")
    assert one(archive, "SELECT url, name FROM attachments") == ("http://a/1.pdf", "Quyết định")


def test_every_response_is_a_capture(archive: Archive) -> None:
    save(archive, article(1, content_type="text/html", length=2048))
    save(archive, page(1, day=1, http_status=500, state="failed", reason="500"))
    rows = archive.conn.execute("SELECT url, captured_at, source, status, digest, length FROM captures").fetchall()
    assert rows == [
        (url(1), "2024-01-01T03:00:00Z", "live", 200, "sha1:1-0", 2048),
        (url(1), "2024-01-02T03:00:00Z", "live", 500, "sha1:1-1", 0),
    ]


def test_times_are_kept_in_utc(archive: Archive) -> None:
    moment = datetime(2024, 1, 1, 1, 30, tzinfo=timezone(timedelta(hours=7)))
    save(archive, article(1, captured_at=moment))
    assert one(archive, "SELECT captured_at FROM captures") == ("2023-12-31T18:30:00Z",)


def test_text_is_kept_composed(archive: Archive) -> None:
    save(archive, article(1, said=text("Tha\u0306ng lo\u031b\u0323i", "Va\u0306n hoa\u0301")))
    assert one(archive, "SELECT title, body FROM articles") == ("Thăng lợi", "Văn hoá")


def test_every_page_that_is_named_becomes_known(archive: Archive) -> None:
    saved = save(archive, article(1, newer(2), older(3), known=(known(9, "section", 1),)))
    assert saved == Saved("new", saved.article_id, discovered=4)
    rows = archive.conn.execute("SELECT key, kind, state, due FROM pages ORDER BY id").fetchall()
    assert rows == [
        (key(1), "article", "fetched", 0),
        (key(2), "article", "known", 1),
        (key(3), "article", "known", 1),
        (key(9), "section", "known", 1),
    ]


def test_a_page_is_known_once_however_its_address_is_spelt(archive: Archive) -> None:
    other = listed(2, "newer")
    other = type(other)("HTTP://WWW." + other.url[7:], *[getattr(other, name) for name in other.__slots__[1:]])
    save(archive, article(1, newer(2)))
    save(archive, article(3, other))
    assert one(archive, "SELECT count(*) FROM pages WHERE key = ?", key(2)) == (1,)
    assert archive.conn.execute("SELECT DISTINCT url FROM sightings WHERE seen_on = ?", (url(3),)).fetchall() == [
        (url(2),)
    ]


def test_sightings_say_who_named_whom(archive: Archive) -> None:
    save(archive, article(1, listed(2, "newer", "2020-07-03", position=1, title="Biểu dương")))
    query = "SELECT url, seen_on, relation, position, title, published FROM sightings"
    assert one(archive, query) == (url(2), url(1), "newer", 1, "Biểu dương", "2020-07-03")


def test_a_sighting_repeated_is_one_sighting_seen_again(archive: Archive) -> None:
    for day in (0, 5):
        save(archive, article(1, newer(2, "2020-07-03"), day=day))
    rows = archive.conn.execute("SELECT first_seen_at, last_seen_at FROM sightings").fetchall()
    assert rows == [("2024-01-01T03:00:00Z", "2024-01-06T03:00:00Z")]


def test_a_list_that_changes_its_word_does_not_erase_the_old_one(archive: Archive) -> None:
    save(archive, article(1, newer(2, "2020-07-03")))
    save(archive, article(1, newer(2, "2020-07-04"), day=1))
    assert archive.conn.execute("SELECT published FROM sightings ORDER BY 1").fetchall() == [
        ("2020-07-03",),
        ("2020-07-04",),
    ]


def test_a_page_that_names_itself_says_nothing(archive: Archive) -> None:
    save(archive, article(1, newer(1, "2020-07-03")))
    assert one(archive, "SELECT count(*) FROM sightings") == (0,)


def test_a_section_that_a_list_names_as_an_article_is_one(archive: Archive) -> None:
    save(archive, page(9, known=(known(2, "section"),)))
    save(archive, article(1, newer(2)))
    assert state(archive, 2) == ("article", "known")


def test_a_listing_stays_one_whoever_names_it(archive: Archive) -> None:
    save(archive, page(2, kind="listing"))
    save(archive, article(1, newer(2)))
    assert state(archive, 2) == ("listing", "fetched")


def test_the_first_page_of_a_listing_is_told_from_its_further_pages(archive: Archive) -> None:
    save(archive, page(1, kind="home", known=(known(2, "section"), known(3, "listing"), known(4, "section"))))
    save(archive, page(2, kind="listing"))
    save(archive, page(3, kind="listing"))
    save(archive, page(4, kind="other"))
    assert [state(archive, number) for number in (2, 3, 4)] == [
        ("section", "fetched"),
        ("listing", "fetched"),
        ("other", "fetched"),
    ]


def test_an_unchanged_article_stays_one_version(archive: Archive) -> None:
    save(archive, article(1))
    assert save(archive, article(1, day=1)).what == "unchanged"
    assert versions(archive) == [(1, BODY)]
    assert one(archive, "SELECT last_captured_at FROM articles") == ("2024-01-02T03:00:00Z",)


def test_a_changed_body_is_another_version_and_the_first_stays(archive: Archive) -> None:
    save(archive, article(1))
    assert save(archive, article(1, day=1, said=text("Tin số 1", "Đã sửa."))).what == "changed"
    assert versions(archive) == [(1, BODY), (2, "Đã sửa.")]
    rows = archive.conn.execute("SELECT captured_at, capture_id FROM versions ORDER BY number").fetchall()
    assert rows == [("2024-01-01T03:00:00Z", 1), ("2024-01-02T03:00:00Z", 2)]


def test_a_changed_title_is_another_version(archive: Archive) -> None:
    save(archive, article(1))
    assert save(archive, article(1, day=1, said=text("Tin số một"))).what == "changed"
    assert archive.conn.execute("SELECT title FROM versions ORDER BY number").fetchall() == [
        ("Tin số 1",),
        ("Tin số một",),
    ]


def test_anything_else_is_put_right_without_a_version(archive: Archive) -> None:
    save(archive, article(1, said=text("Tin", images=(("http://a/1.jpg", ""),))))
    corrected = text("Tin", category="Văn hoá", byline="Theo Sở Nội vụ", images=(("http://a/2.jpg", "Ảnh"),))
    assert save(archive, article(1, day=1, said=corrected)).what == "unchanged"
    assert one(archive, "SELECT category, byline FROM articles") == ("Văn hoá", "Theo Sở Nội vụ")
    assert archive.conn.execute("SELECT url, caption FROM images").fetchall() == [("http://a/2.jpg", "Ảnh")]
    assert len(versions(archive)) == 1


def test_an_older_capture_does_not_overwrite_a_newer_text(archive: Archive) -> None:
    save(archive, article(1, day=5))
    assert save(archive, article(1, day=1, said=text("Cũ", "Cũ."))).what == "unchanged"
    assert one(archive, "SELECT title, first_captured_at, last_captured_at FROM articles") == (
        *("Tin số 1", "2024-01-02T03:00:00Z", "2024-01-06T03:00:00Z"),
    )


@pytest.mark.parametrize("status", [404, 410])
def test_a_server_that_says_gone_is_believed_and_the_text_is_kept(archive: Archive, status: int) -> None:
    save(archive, article(1))
    assert save(archive, gone(1, status, day=1)).what == "gone"
    assert one(archive, "SELECT status, body FROM articles") == ("gone", BODY)
    assert state(archive, 1) == ("article", "gone")


def test_a_soft_404_has_to_be_seen_in_two_runs(archive: Archive) -> None:
    save(archive, article(1))
    assert save(archive, gone(1, 200, day=1, run_id=run(archive))).what == "none"
    assert one(archive, "SELECT status FROM articles") == ("live",)
    assert save(archive, gone(1, 200, day=2, run_id=run(archive))).what == "gone"
    assert one(archive, "SELECT status FROM articles") == ("gone",)


def test_a_soft_404_seen_twice_in_one_run_is_seen_once(archive: Archive) -> None:
    save(archive, article(1))
    again = run(archive)
    for day in (1, 2):
        assert save(archive, gone(1, 200, day=day, run_id=again)).what == "none"


def test_a_soft_404_followed_by_the_article_is_forgotten(archive: Archive) -> None:
    save(archive, article(1))
    save(archive, gone(1, 200, day=1, run_id=run(archive)))
    save(archive, article(1, day=2))
    assert save(archive, gone(1, 200, day=3, run_id=run(archive))).what == "none"


def test_a_page_that_never_was_an_article_is_gone_at_once(archive: Archive) -> None:
    save(archive, article(2, newer(1)))
    assert save(archive, gone(1, 200, day=1, run_id=run(archive))).what == "none"
    assert state(archive, 1) == ("article", "gone")


def test_a_gone_article_that_can_be_read_again_is_back(archive: Archive) -> None:
    save(archive, article(1))
    save(archive, gone(1, day=1))
    assert save(archive, article(1, day=2)).what == "back"
    assert one(archive, "SELECT status FROM articles") == ("live",)
    assert len(versions(archive)) == 1


@pytest.mark.parametrize(
    ("state", "kind", "status"),
    [("fetched", "empty", 200), ("blocked", "challenge", 200), ("failed", "", 500), ("fetched", "other", 200)],
)
def test_a_page_without_a_text_never_overwrites_an_article(
    archive: Archive, state: str, kind: str, status: int
) -> None:
    save(archive, article(1))
    assert save(archive, page(1, day=1, state=state, kind=kind, http_status=status)).what == "none"
    assert one(archive, "SELECT status, body FROM articles") == ("live", BODY)
    assert one(archive, "SELECT kind FROM pages") == ("article",)


def test_an_article_not_modified_is_unchanged(archive: Archive) -> None:
    save(archive, article(1, etag='"a"'))
    saved = save(archive, page(1, day=1, http_status=304))
    assert saved.what == "unchanged"
    assert one(archive, "SELECT etag FROM pages") == ('"a"',)


def test_dates_that_cannot_be_true_are_counted_and_not_kept(archive: Archive) -> None:
    said = text("Tin", page_date=datetime(2031, 1, 1, tzinfo=UTC).date())
    saved = save(archive, article(1, newer(2, "2031-01-01"), older(3, "1996-12-31"), older(4, "1997-01-01"), said=said))
    assert saved.refused == 3
    assert archive.conn.execute("SELECT published FROM sightings WHERE published IS NOT NULL").fetchall() == [
        ("1997-01-01",)
    ]
    assert one(archive, "SELECT published, page_date FROM articles") == (None, None)


def test_several_saves_in_one_block_are_one_transaction(archive: Archive) -> None:
    with archive.write():
        save(archive, article(1))
        save(archive, article(2))
        assert archive.conn.in_transaction
    assert one(archive, "SELECT count(*) FROM articles") == (2,)


def run(archive: Archive) -> int:
    return runs.begin(archive, "crawl", "thidua.example.vn", datetime(2020, 6, 12, tzinfo=UTC))
