"""One article, one row: redirects, canonical addresses, and new spellings of an address."""

import pytest

from archive import Archive
from archive.frontier import Frontier
from archive.models import Known
from archive.store import save
from tests.archive.build import SITE, article, key, known, newer, older, page, text, url


def titles(archive: Archive) -> list[str]:
    return [row[0] for row in archive.conn.execute("SELECT title FROM articles ORDER BY id")]


def kind(archive: Archive, number: int) -> str:
    row = archive.conn.execute("SELECT kind FROM pages WHERE key = ?", (key(number),)).fetchone()
    return str(row[0])


def test_a_redirect_makes_the_page_an_alias_of_its_target(archive: Archive) -> None:
    save(archive, article(9, newer(1, "2020-06-12")))
    save(archive, page(1, http_status=301, location=url(2), known=(known(2),)))
    save(archive, article(2))
    assert kind(archive, 1) == "alias"
    assert archive.conn.execute("SELECT published FROM articles WHERE url = ?", (url(2),)).fetchone() == ("2020-06-12",)


def test_a_redirect_to_what_is_no_article_makes_no_alias(archive: Archive) -> None:
    save(archive, article(9, newer(1, "2020-06-12"), newer(2, "2020-06-13")))
    for number in (1, 2):
        save(archive, page(number, http_status=302, location=url(99), known=(known(99),)))
    save(archive, page(99, kind="other"))
    assert [kind(archive, number) for number in (1, 2)] == ["article", "article"]
    Frontier(archive, SITE).begin()
    assert {due.url for due in Frontier(archive, SITE).take(9)} >= {url(1), url(2)}, "asked for again on the next run"


def test_a_sighting_of_an_alias_counts_for_the_article(archive: Archive) -> None:
    save(archive, page(1, http_status=301, location=url(2), known=(known(2),)))
    save(archive, article(2))
    save(archive, article(9, newer(1, "2020-06-12")))
    assert archive.conn.execute("SELECT url FROM sightings").fetchall() == [(url(2),)]
    assert archive.conn.execute("SELECT published FROM articles WHERE url = ?", (url(2),)).fetchone() == ("2020-06-12",)


def test_an_article_that_redirects_keeps_its_text(archive: Archive) -> None:
    save(archive, article(1))
    save(archive, page(1, day=1, http_status=301, location=url(2), known=(known(2),)))
    assert kind(archive, 1) == "article"
    assert titles(archive) == ["Tin số 1"]


def test_a_redirect_to_another_spelling_is_asked_for_again_under_it(archive: Archive) -> None:
    frontier = Frontier(archive, SITE)
    frontier.add([known(1)])
    assert [due.url for due in frontier.take(5)] == [url(1)]
    secure = url(1).replace("http:", "https:")
    target = Known(secure, key(1), "article")
    save(archive, page(1, http_status=301, location=secure, known=(target,)))
    assert [due.url for due in frontier.take(5)] == [secure]
    save(archive, article(1, url=secure))
    assert frontier.left() == 0
    assert archive.conn.execute("SELECT url FROM articles").fetchall() == [(secure,)]


def test_a_page_that_redirects_in_a_circle_fails(archive: Archive) -> None:
    frontier = Frontier(archive, SITE)
    frontier.add([known(1)])
    asked = 0
    while due := frontier.take(1):
        other = due[0].url.replace("http:", "https:") if due[0].url.startswith("http:") else url(1)
        save(
            archive, page(1, url=due[0].url, http_status=301, location=other, known=(Known(other, key(1), "article"),))
        )
        asked += 1
    assert asked == 6
    assert archive.conn.execute("SELECT state, reason FROM pages").fetchone() == ("failed", "redirect-loop")


def test_a_copy_that_names_its_canonical_address_is_no_second_article(archive: Archive) -> None:
    save(archive, article(1))
    saved = save(archive, article(2, said=text("Tin số 1"), canonical_key=key(1)))
    assert saved.what == "none"
    assert kind(archive, 2) == "alias"
    assert titles(archive) == ["Tin số 1"]


def test_a_copy_stored_first_gives_way_to_the_article(archive: Archive) -> None:
    save(archive, article(2, older(8), said=text("Tin số 1"), canonical_key=key(1)))
    save(archive, article(9, newer(2, "2020-06-12")))
    save(archive, article(1))
    assert kind(archive, 2) == "alias"
    assert archive.conn.execute("SELECT url, published FROM articles WHERE title = 'Tin số 1'").fetchall() == [
        (url(1), "2020-06-12")
    ]
    assert archive.conn.execute("SELECT count(*) FROM articles_fts WHERE articles_fts MATCH 'title: 1'").fetchone() == (
        1,
    )


def test_a_canonical_address_of_another_article_is_not_believed(archive: Archive) -> None:
    save(archive, article(1))
    assert save(archive, article(2, canonical_key=key(1))).what == "new"
    assert titles(archive) == ["Tin số 1", "Tin số 2"]


def test_two_articles_of_one_title_are_two_articles(archive: Archive) -> None:
    save(archive, article(1, said=text("Thông báo")))
    save(archive, article(2, said=text("Thông báo")))
    assert titles(archive) == ["Thông báo", "Thông báo"]


def test_an_article_that_comes_to_name_another_as_canonical_keeps_its_history(archive: Archive) -> None:
    save(archive, article(1))
    save(archive, article(2))
    assert save(archive, article(2, day=1, said=text("Tin số 1"), canonical_key=key(1))).what == "changed"
    assert titles(archive) == ["Tin số 1", "Tin số 1"]


def history(archive: Archive, number: int) -> list[tuple[str, str]]:
    rows = archive.conn.execute(
        "SELECT substr(v.captured_at, 9, 2), v.body FROM versions v JOIN articles a ON a.id = article_id "
        "WHERE a.url = ? ORDER BY number",
        (url(number),),
    )
    return [tuple(row) for row in rows]


@pytest.mark.parametrize("first", ["the old address leads away", "the new address is read"])
def test_an_article_that_moves_takes_its_versions_along(archive: Archive, first: str) -> None:
    save(archive, article(1, said=text("Mừng công", body="Xã Hoa Sen khen bốn hộ.")))
    save(archive, article(1, day=1, said=text("Mừng công", body="Xã Hoa Sen khen năm hộ.")))
    away = page(1, day=2, http_status=301, location=url(2), known=(known(2),))
    there = article(2, day=2, said=text("Mừng công", body="Xã Hoa Sen khen năm hộ."))
    for seen in (away, there) if first == "the old address leads away" else (there, away):
        save(archive, seen)
    assert titles(archive) == ["Mừng công"]
    assert [body for _, body in history(archive, 2)] == ["Xã Hoa Sen khen bốn hộ.", "Xã Hoa Sen khen năm hộ."]
    days = [day for day, _ in history(archive, 2)]
    assert int(days[1]) == int(days[0]) + 1, "each text since it was first read, at whichever address"


def test_an_article_that_was_gone_and_is_at_a_new_address_is_back(archive: Archive) -> None:
    save(archive, article(1, said=text("Mừng công")))
    save(archive, page(1, day=1, state="gone", http_status=404, reason="HTTP 404"))
    save(archive, page(1, day=2, http_status=301, location=url(2), known=(known(2),)))
    save(archive, article(2, day=2, said=text("Mừng công")))
    assert archive.conn.execute("SELECT status FROM status_changes ORDER BY id").fetchall() == [("gone",), ("live",)]
    assert archive.conn.execute("SELECT url, status FROM articles").fetchall() == [(url(2), "live")]


def test_an_article_that_leads_to_one_of_another_title_stays_its_own(archive: Archive) -> None:
    save(archive, article(1))
    save(archive, article(2))
    save(archive, page(1, day=1, http_status=302, location=url(2), known=(known(2),)))
    assert titles(archive) == ["Tin số 1", "Tin số 2"]
