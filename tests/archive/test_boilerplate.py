"""Furniture is known by where it stands and how often, never by its words alone."""

from archive import Archive, boilerplate
from archive.search import search
from archive.store import save
from tests.archive.build import SITE, article, text

FURNITURE = ["Thông báo", "Lịch làm việc", *["na"] * 12, "Liên kết website"]
LONG = "Chiều qua, hội nông dân xã họp bàn việc trồng na và sầu riêng trên đất đồi, có hơn trăm hộ tham dự."


def own(number: int) -> list[str]:
    return [f"Đoạn thứ nhất của bài số {number}, {LONG}", f"Đoạn cuối của bài số {number}, {LONG}"]


def store(archive: Archive, number: int, blocks: list[str], *, day: int = 0) -> str:
    return save(archive, article(number, day=day, said=text(f"Bài {number}", "\n\n".join(blocks)))).what


def body(archive: Archive, number: int) -> list[str]:
    row = archive.conn.execute("SELECT body FROM articles WHERE title = ?", (f"Bài {number}",)).fetchone()
    return str(row[0]).split("\n\n")


def furnish(archive: Archive, articles: int = 12) -> None:
    for number in range(1, articles + 1):
        store(archive, number, own(number) + FURNITURE)


def test_what_stands_at_the_tail_of_most_articles_is_cut_off(archive: Archive) -> None:
    furnish(archive)
    assert body(archive, 12) == own(12)


def test_what_stands_at_the_head_of_most_articles_is_cut_off(archive: Archive) -> None:
    for number in range(1, 13):
        store(archive, number, ["Trang chủ", "Cỡ chữ", *own(number)])
    assert body(archive, 12) == own(12)


def test_articles_stored_before_their_furniture_was_known_are_mended(archive: Archive) -> None:
    furnish(archive)
    assert body(archive, 1) != own(1)
    assert boilerplate.retrim(archive, SITE) == 9
    assert all(body(archive, number) == own(number) for number in range(1, 13))


def test_mending_keeps_block_kinds_versions_and_index_in_step(archive: Archive) -> None:
    furnish(archive)
    boilerplate.retrim(archive, SITE)
    assert archive.conn.execute("SELECT DISTINCT block_kinds FROM articles").fetchall() == [("pp",)]
    assert archive.conn.execute("SELECT count(*), max(number) FROM versions").fetchone() == (12, 1)
    assert archive.conn.execute("SELECT count(*) FROM versions WHERE body LIKE '%Liên kết%'").fetchone() == (0,)
    assert search(archive, '"liên kết website"') == []
    assert len(search(archive, "sầu riêng")) == 12


def test_mending_twice_costs_nothing(archive: Archive) -> None:
    furnish(archive)
    boilerplate.retrim(archive, SITE)
    assert boilerplate.retrim(archive, SITE) == 0


def test_an_article_fetched_again_after_its_furniture_became_known_has_not_changed(archive: Archive) -> None:
    furnish(archive)
    assert store(archive, 1, own(1) + FURNITURE, day=1) == "unchanged"
    assert body(archive, 1) == own(1)
    assert archive.conn.execute("SELECT max(number) FROM versions").fetchone() == (1,)
    assert search(archive, '"bài số 1" "liên kết website"') == []


def test_few_articles_prove_nothing(archive: Archive) -> None:
    furnish(archive, articles=9)
    assert boilerplate.retrim(archive, SITE) == 0
    assert body(archive, 9) == own(9) + FURNITURE


def test_what_stands_on_the_smaller_part_of_the_articles_is_theirs(archive: Archive) -> None:
    for number in range(1, 31):
        store(archive, number, own(number) + (["Hết tin."] if number % 2 else []))
    boilerplate.retrim(archive, SITE)
    assert body(archive, 29)[-1] == "Hết tin."


def test_the_custard_apple_above_the_furniture_stays(archive: Archive) -> None:
    furnish(archive)
    store(archive, 50, [*own(50), "na", *FURNITURE])
    store(archive, 51, [*own(51), "cam", "na", "na", *FURNITURE])
    assert body(archive, 50) == [*own(50), "na"]
    assert body(archive, 51) == [*own(51), "cam", "na", "na"]


def test_the_same_words_inside_an_article_stay(archive: Archive) -> None:
    furnish(archive)
    first, last = own(60)
    store(archive, 60, [first, "Thông báo", "na", last, *FURNITURE])
    assert body(archive, 60) == [first, "Thông báo", "na", last]


def test_a_block_of_another_kind_is_another_block(archive: Archive) -> None:
    furnish(archive)
    blocks = [*own(70), "Liên kết website"]
    save(archive, article(70, said=text("Bài 70", "\n\n".join(blocks), block_kinds="ppi")))
    assert body(archive, 70) == blocks


def test_long_blocks_are_text_however_often_they_recur(archive: Archive) -> None:
    for number in range(1, 31):
        store(archive, number, [*own(number), LONG])
    boilerplate.retrim(archive, SITE)
    assert body(archive, 30)[-1] == LONG


def test_a_body_of_nothing_but_furniture_is_left_whole(archive: Archive) -> None:
    furnish(archive)
    store(archive, 80, ["na", "Liên kết website"])
    boilerplate.retrim(archive, SITE)
    assert body(archive, 80) == ["na", "Liên kết website"]


def test_one_site_teaches_nothing_about_another(archive: Archive) -> None:
    furnish(archive)
    said = text("Bài 90", "\n\n".join(own(90) + FURNITURE))
    save(archive, article(90, said=said, site="another.example"))
    assert body(archive, 90) == own(90) + FURNITURE
