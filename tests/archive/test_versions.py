"""What makes a version of an article, and what does not; how an article goes and comes back."""

from dataclasses import replace
from datetime import date

import pytest

from archive import Archive, boilerplate
from archive.history import Version, history
from archive.models import Text
from archive.search import search
from archive.store import save
from tests.archive.build import SITE, article, gone, listed, older, page, text, url

TITLE = "Hội nghị biểu dương nông dân trồng na giỏi"
BODY = "Sáng nay, xã tổ chức hội nghị.\n\nMười hộ trồng na được khen.\n\nTổng thu nhập là 1.200 triệu đồng."
SAID = text(TITLE, BODY, byline="Tin từ xã", images=(("http://a/1.jpg", "Ảnh chung"),))
LOGIN = text("Đăng nhập hệ thống", "Tên đăng nhập và mật khẩu do đơn vị cấp. Quên mật khẩu?")


def stored(archive: Archive, *later: Text) -> list[str]:
    """Store the article, and on the days after what it says later; return what that did."""
    save(archive, article(1, said=SAID))
    return [save(archive, article(1, day=day, said=said)).what for day, said in enumerate(later, 1)]


def versions(archive: Archive, number: int = 1) -> tuple[Version, ...]:
    return history(archive, url(number)).versions


def run(archive: Archive) -> int:
    cursor = archive.conn.execute("INSERT INTO runs(started_at, command) VALUES ('2024-01-01T00:00:00Z', 'crawl')")
    assert cursor.lastrowid is not None
    return cursor.lastrowid


def said(body: str = BODY, title: str = TITLE, **more: object) -> Text:
    return replace(text(title, body), **more)  # type: ignore[arg-type]


SAME = {
    "byline": replace(SAID, byline="Theo báo tỉnh"),
    "category": replace(SAID, category="Văn hoá"),
    "dates": replace(SAID, page_date=date(2023, 12, 31), text_date=date(2023, 12, 30)),
    "pictures": replace(SAID, images=(("http://a/2.jpg", "Ảnh khác"),)),
    "attached files": replace(SAID, attachments=(("http://a/1.pdf", "Quyết định"),)),
    "kinds of blocks": replace(SAID, block_kinds="phi"),
    "decomposed letters": said("Sa\u0301ng nay, xa\u0303 tổ chức hội nghị." + BODY[30:]),
    "spaces": said(BODY.replace(" hộ ", " \u00a0hộ  ")),
    "invisible letters": said(BODY.replace("hộ", "\ufeffh\u00adộ\u200b")),
    "a moved line break": said(BODY.replace("xã tổ", "xã\ntổ")),
    "paragraphs joined": said(BODY.replace("\n\n", " ")),
    "a paragraph parted": said(BODY.replace("na được", "na\n\nđược")),
    "cells of a table": said(BODY.replace("na được", "na | được")),
    "spaces in the title": said(title=TITLE.replace(" ", "\u00a0")),
}


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
    ["Lượt xem: {}", "Đã xem {} lần", "[{}] người đã đọc", "Xem: {} | Thích: {}", "{} views", "Truy cập: 1.{}"],
)
def test_what_a_view_counter_stands_at_makes_no_version(archive: Archive, counter: str) -> None:
    bodies = [f"{BODY}\n\n{counter.format(number, number)}" for number in (9, 10, 2_024)]
    for day, body in enumerate(bodies):
        save(archive, article(1, day=day, said=said(body)))
    assert len(versions(archive)) == 1


def test_a_number_in_the_text_is_text(archive: Archive) -> None:
    assert stored(archive, said(BODY.replace("1.200", "1.300"))) == ["changed"]
    assert stored(archive, said(f"{BODY}\n\nĐã có 17 lượt khách xem.")) == ["changed"]


def test_other_neighbours_and_other_dates_for_it_make_no_version(archive: Archive) -> None:
    save(archive, article(1, older(2, "2020-06-08"), said=SAID))
    save(archive, article(3, older(1, "2020-06-12")))
    save(archive, page(9, sighted=(listed(1, "listing", "2020-06-13", title="Tên khác trong danh sách"),)))
    assert save(archive, article(1, older(4, "2020-06-09"), day=1, said=SAID)).what == "unchanged"
    assert len(versions(archive)) == 1


CHANGED = {
    "a word": said(BODY.replace("Mười", "Chín")),
    "a mark": said(BODY.replace("khen.", "khen!")),
    "an accent": said(BODY.replace("hộ", "hồ")),
    "a capital": said(BODY.replace("xã", "Xã")),
    "the title": said(title="Hội nghị biểu dương nông dân trồng na"),
    "a paragraph more": said(f"{BODY}\n\nHội nghị kết thúc."),
    "a paragraph less": said(BODY.rpartition("\n\n")[0]),
    "title and text": said(BODY.replace("Mười", "Chín"), TITLE.replace("na", "vải")),
}


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


# --- the site's furniture ---------------------------------------------------------------------------------------------


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


# --- going and coming back --------------------------------------------------------------------------------------------


def events(archive: Archive, number: int = 1) -> list[tuple[int, str, str, str]]:
    """Return number of the version, day, what happened and why."""
    return [
        (version.number, event.captured_at[:10], event.status, event.reason)
        for version in versions(archive, number)
        for event in version.events
    ]


def status(archive: Archive) -> str:
    return history(archive, url(1)).status


@pytest.mark.parametrize("answer", [404, 410])
def test_the_servers_word_makes_it_gone_at_once_and_the_text_stays(archive: Archive, answer: int) -> None:
    stored(archive)
    assert save(archive, gone(1, answer, day=1)).what == "gone"
    assert save(archive, gone(1, answer, day=2)).what == "none", "gone already"
    assert status(archive) == "gone"
    assert versions(archive)[0].body == BODY
    assert events(archive) == [(1, "2024-01-02", "gone", "")]


@pytest.mark.parametrize(("code", "reason"), [(200, "says it does not exist"), (302, "redirect to the home page")])
def test_a_politer_word_has_to_be_heard_in_two_runs(archive: Archive, code: int, reason: str) -> None:
    stored(archive)
    first, second = run(archive), run(archive)
    for day, by, what in ((1, first, "none"), (2, first, "none"), (3, second, "gone")):
        answer = page(1, day, http_status=code, state="gone", reason=reason, run_id=by)
        assert save(archive, answer).what == what
    assert events(archive) == [(1, "2024-01-04", "gone", reason)]


@pytest.mark.parametrize(
    ("state", "kind", "code"),
    [
        ("failed", "", 500),
        ("failed", "", 503),
        ("failed", "", 0),
        ("failed", "empty", 200),
        ("failed", "unavailable", 200),
        ("blocked", "challenge", 200),
        ("blocked", "", 403),
        ("fetched", "other", 200),
        ("fetched", "listing", 200),
    ],
)
def test_trouble_neither_overwrites_nor_takes_away(archive: Archive, state: str, kind: str, code: int) -> None:
    stored(archive)
    for day in (1, 2):
        answer = page(1, day, state=state, kind=kind, http_status=code, reason="trouble", run_id=run(archive))
        assert save(archive, answer).what == "none"
    assert status(archive) == "live"
    assert [version.body for version in versions(archive)] == [BODY]
    assert history(archive, 1).trouble == "trouble"


def test_a_redirect_to_a_login_neither_overwrites_nor_takes_away(archive: Archive) -> None:
    stored(archive)
    for day in (1, 2):
        save(archive, page(1, day, http_status=302, location=url(99), reason="redirect", run_id=run(archive)))
    assert (status(archive), [version.body for version in versions(archive)]) == ("live", [BODY])


def test_it_comes_back_with_the_same_text(archive: Archive) -> None:
    stored(archive)
    save(archive, gone(1, day=1))
    assert save(archive, article(1, day=2, said=SAID)).what == "back"
    assert (status(archive), len(versions(archive))) == ("live", 1)
    assert events(archive) == [(1, "2024-01-02", "gone", ""), (1, "2024-01-03", "live", "")]


def test_it_comes_back_with_another_text(archive: Archive) -> None:
    stored(archive)
    save(archive, gone(1, day=1))
    assert save(archive, article(1, day=2, said=CHANGED["a word"])).what == "back"
    assert (status(archive), len(versions(archive))) == ("live", 2)
    assert events(archive) == [(1, "2024-01-02", "gone", ""), (2, "2024-01-03", "live", "")]


def test_an_old_capture_that_turns_up_late_neither_takes_it_away_nor_brings_it_back(archive: Archive) -> None:
    save(archive, article(1, day=5, said=SAID))
    assert save(archive, gone(1, day=3)).what == "none"
    assert status(archive) == "live"
    save(archive, gone(1, day=9))
    assert save(archive, article(1, day=7, said=SAID)).what == "unchanged"
    assert status(archive) == "gone"


# --- a text that is nothing like it -----------------------------------------------------------------------------------


def test_a_login_form_in_its_place_is_not_believed(archive: Archive) -> None:
    for number in (1, 2):
        save(archive, article(number, said=said(title=f"{TITLE} {number}")))
    for day in (1, 2, 3):
        by = run(archive)
        for number in (1, 2):
            what = save(archive, article(number, day=day, said=LOGIN, run_id=by)).what
            assert what == "doubted", "what two articles say alike is neither's text"
    assert [len(versions(archive, number)) for number in (1, 2)] == [1, 1]
    held = archive.conn.execute("SELECT count(*) FROM captures WHERE quarantined IS NOT NULL").fetchone()
    assert held == (6,)


def test_what_is_doubted_is_told_and_its_validators_are_not_kept(archive: Archive) -> None:
    stored(archive)
    save(archive, article(1, day=1, said=LOGIN, run_id=run(archive), etag='"a"'))
    assert history(archive, 1).trouble == "has nothing in common with the article stored"
    assert archive.conn.execute("SELECT etag FROM pages WHERE id = 1").fetchone() == (None,)


def test_a_doubt_is_over_when_the_article_is_read_again(archive: Archive) -> None:
    stored(archive)
    save(archive, article(1, day=1, said=LOGIN, run_id=run(archive)))
    assert save(archive, article(1, day=2, said=SAID, run_id=run(archive))).what == "unchanged"
    assert save(archive, article(1, day=3, said=LOGIN, run_id=run(archive))).what == "doubted"
    assert len(versions(archive)) == 1


def test_another_article_under_its_number_is_believed_in_the_second_run(archive: Archive) -> None:
    other = text("Văn phòng tỉnh trao quà cho học sinh vùng cao", "Chiều qua, đoàn đã đến trường Hoa Sen. Mưa rất to.")
    stored(archive)
    first, second = run(archive), run(archive)
    seen = [
        save(archive, article(1, day=day, said=other, run_id=by)).what
        for day, by in ((1, first), (2, first), (3, second))
    ]
    assert seen == ["doubted", "doubted", "changed"]
    assert [version.title for version in versions(archive)] == [TITLE, other.title]


def test_a_rewritten_text_under_its_title_is_believed_at_once(archive: Archive) -> None:
    assert stored(archive, said("Bài đang được cập nhật.")) == ["changed"]
