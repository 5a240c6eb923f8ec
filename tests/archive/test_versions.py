"""What makes a version of an article, and what does not."""

import pytest

from archive import Archive, boilerplate
from archive.search import search
from archive.store import save
from tests.archive.build import SITE, article, listed, older, page, text
from tests.archive.saying import BODY, CHANGED, SAID, SAME, said, stored, versions


@pytest.mark.parametrize("what", SAME)
def test_what_leaves_the_words_alone_makes_no_version(archive: Archive, what: str) -> None:
    assert stored(archive, SAME[what]) == ["unchanged"]
    assert len(versions(archive)) == 1


def test_the_text_is_put_right_without_a_version(archive: Archive) -> None:
    stored(archive, SAME["a paragraph parted"])
    assert versions(archive)[0].body == BODY.replace("na được", "na\n\nđược")
    assert len(search(archive, '"hội nghị"')) == 1


@pytest.mark.parametrize(
    "counter",
    [
        *("Lượt xem: {}", "Đã xem {} lần", "[{}] người đã đọc", "Xem: {} | Thích: {}", "{} views", "Truy cập: 1.{}"),
        *(
            "{}",
            "{} lượt",
            "({} lượt tải)",
            "Tải về: Hướng dẫn bình xét danh hiệu thi đua năm học 2020.doc ({} lượt tải)",
        ),
        *("Hải Dương: {}°C, độ ẩm {}%", "Đang trực tuyến: {}", "Hôm nay: Thứ tư, {}/07/2020, 08:{} GMT+7"),
    ],
)
def test_what_a_view_counter_stands_at_makes_no_version(archive: Archive, counter: str) -> None:
    bodies = [f"{BODY}\n\n{counter.format(number, number)}" for number in (9, 10, 2_024)]
    for day, body in enumerate(bodies):
        save(archive, article(1, day=day, said=said(body)))
    assert len(versions(archive)) == 1


def test_a_number_in_the_text_is_text(archive: Archive) -> None:
    assert stored(archive, said(BODY.replace("1.200", "1.300"))) == ["changed"]
    assert stored(archive, said(f"{BODY}\n\nĐã có 17 lượt khách xem.")) == ["changed"]


@pytest.mark.parametrize(
    "line", ["{} lượt hộ vay vốn", "Tổng số tiền thưởng: {} đồng", "Số: {}/QĐ-UBND", "{} hộ trồng na"]
)
def test_a_number_in_a_line_of_the_articles_own_is_text(archive: Archive, line: str) -> None:
    save(archive, article(1, said=said(f"{BODY}\n\n{line.format(12)}")))
    assert save(archive, article(1, day=1, said=said(f"{BODY}\n\n{line.format(13)}"))).what == "changed"


def test_other_neighbours_and_other_dates_for_it_make_no_version(archive: Archive) -> None:
    save(archive, article(1, older(2, "2020-06-08"), said=SAID))
    save(archive, article(3, older(1, "2020-06-12")))
    save(archive, page(9, sighted=(listed(1, "listing", "2020-06-13", title="Tên khác trong danh sách"),)))
    assert save(archive, article(1, older(4, "2020-06-09"), day=1, said=SAID)).what == "unchanged"
    assert len(versions(archive)) == 1


@pytest.mark.parametrize("what", CHANGED)
def test_other_words_make_one_version(archive: Archive, what: str) -> None:
    now = CHANGED[what]
    assert stored(archive, now, now) == ["changed", "unchanged"]
    assert [version.number for version in versions(archive)] == [1, 2]
    assert (versions(archive)[1].title, versions(archive)[1].body) == (now.title, now.body)


def test_an_edit_and_its_reversal_are_two_more_versions(archive: Archive) -> None:
    assert stored(archive, CHANGED["a word"], SAID) == ["changed", "changed"]
    assert [(version.number, version.body == BODY) for version in versions(archive)] == [
        (1, True),
        (2, False),
        (3, True),
    ]


def own(number: int) -> str:
    long = "hội nông dân xã họp bàn việc trồng na và sầu riêng trên đất đồi, có hơn trăm hộ tham dự."
    return f"Đoạn thứ nhất của bài số {number}, {long}\n\nĐoạn cuối của bài số {number}, {long}"


def fill(archive: Archive, tail: str = "", *, day: int = 0, count: int = 30) -> list[str]:
    """Store articles 100 and on with something under their text; return what that did."""
    numbers = range(100, 100 + count)
    return [save(archive, article(n, day=day, said=text(f"Bài {n}", own(n) + tail))).what for n in numbers]


def numbers_of_versions(archive: Archive) -> list[tuple[int]]:
    return archive.conn.execute("SELECT DISTINCT number FROM versions ORDER BY 1").fetchall()


def test_furniture_that_is_learnt_makes_no_version(archive: Archive) -> None:
    fill(archive, "\n\nChia sẻ bài viết")
    boilerplate.retrim(archive, SITE)
    assert set(fill(archive, "\n\nChia sẻ bài viết", day=1)) == {"unchanged"}
    assert numbers_of_versions(archive) == [(1,)]


def test_furniture_that_disappears_makes_no_version(archive: Archive) -> None:
    fill(archive, "\n\nChia sẻ bài viết")
    boilerplate.retrim(archive, SITE)
    assert set(fill(archive, day=1)) == {"unchanged"}


def test_what_has_been_furniture_and_is_rare_now_makes_no_version(archive: Archive) -> None:
    fill(archive, "\n\nChia sẻ bài viết")
    boilerplate.retrim(archive, SITE)
    for number in range(200, 230):
        save(archive, article(number, said=text(f"Bài {number}", own(number))))
    assert set(fill(archive, "\n\nChia sẻ bài viết", day=1)) == {"unchanged"}


def test_versions_that_differ_in_new_furniture_become_one_when_it_is_known_for_that(archive: Archive) -> None:
    fill(archive)
    assert fill(archive, "\n\nChia sẻ bài viết", day=1).count("changed") > 0
    boilerplate.retrim(archive, SITE)
    assert numbers_of_versions(archive) == [(1,)]
    version = versions(archive, 100)[0]
    assert (version.body, version.captured_at) == (own(100), "2024-01-01T03:00:00Z")
    assert set(fill(archive, "\n\nChia sẻ bài viết", day=2)) == {"unchanged"}
    assert search(archive, '"chia sẻ bài viết"') == []


def test_a_version_of_its_own_survives_beside_new_furniture(archive: Archive) -> None:
    fill(archive)
    edited = own(100).replace("trăm", "nghìn")
    save(archive, article(100, day=1, said=text("Bài 100", edited)))
    fill(archive, "\n\nChia sẻ bài viết", day=2)
    boilerplate.retrim(archive, SITE)
    assert [version.body for version in versions(archive, 100)] == [own(100), edited, own(100)]
    assert [version.number for version in versions(archive, 100)] == [1, 2, 3]


def counted(archive: Archive, line: str, *, day: int = 0, by: int = 1, articles: int = 30) -> list[str]:
    """Store articles 100 and on, with a line under the texts of the first `articles` of them; return what that did."""
    done = []
    for n in range(100, 130):
        line_of_it = f"\n\n{line.format(n * by, n * by)}" if n < 100 + articles else ""
        done.append(save(archive, article(n, day=day, said=text(f"Bài {n}", own(n) + line_of_it))).what)
    return done


def test_a_line_that_differs_over_the_site_in_its_numbers_alone_makes_no_version(archive: Archive) -> None:
    counted(archive, "Gió mùa cấp {}, sóng cao {} mét")
    assert set(counted(archive, "Gió mùa cấp {}, sóng cao {} mét", day=1, by=2)) == {"unchanged"}
    assert numbers_of_versions(archive) == [(1,)]
    assert versions(archive, 100)[0].body.endswith("Gió mùa cấp 200, sóng cao 200 mét"), "it is kept as it is now"


def test_such_a_line_is_no_excuse_for_another_edit(archive: Archive) -> None:
    counted(archive, "Gió mùa cấp {}, sóng cao {} mét")
    edited = text("Bài 100", own(100).replace("hơn trăm", "hơn 200") + "\n\nGió mùa cấp 7, sóng cao 2 mét")
    assert save(archive, article(100, day=1, said=edited)).what == "changed"


def test_such_a_line_on_a_few_articles_is_their_own(archive: Archive) -> None:
    counted(archive, "Tổng cộng có {} hộ được khen", articles=5)
    assert counted(archive, "Tổng cộng có {} hộ được khen", day=1, by=2, articles=5).count("changed") == 5


@pytest.mark.parametrize("line", ["Số: {}/QĐ-UBND", "Gia Lộc, ngày {}", "Số quyết định {}"])
def test_a_number_that_names_something_is_text_on_every_article(archive: Archive, line: str) -> None:
    counted(archive, line)
    assert set(counted(archive, line, day=1, by=2)) == {"changed"}


def test_versions_that_differ_in_what_turned_out_to_be_a_counter_become_one(archive: Archive) -> None:
    for number in range(100, 109):  # too few to tell
        for day in (0, 1):
            save(archive, article(number, day=day, said=text(f"Bài {number}", f"{own(number)}\n\nGió mùa cấp {day}")))
    assert numbers_of_versions(archive) == [(1,), (2,)]
    counted(archive, "Gió mùa cấp {}", day=2)
    boilerplate.retrim(archive, SITE)
    assert numbers_of_versions(archive) == [(1,)]
