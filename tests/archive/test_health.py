"""When a run is so unlike those before it that the site, not its news, must have changed; and what is kept out then."""

import pytest

from archive import Archive, health, runs
from archive.complaints import complaints, is_below
from archive.health import Listings, Rates, Seen, Tally
from archive.models import Text
from tests.archive.build import SITE, START, article, gone, listed, page, text
from tests.archive.later import Crawl

ODD = "Nạp lần đầu nhận thưởng, đặt cược mọi trận, rút tiền trong hai phút, hỗ trợ cả ngày lẫn đêm qua ứng dụng."
STORED = 8


def bet(number: int) -> Text:
    return text(f"Kèo bóng đá trận {number}", f"{ODD} Mã số {number}.")


@pytest.fixture
def crawled(archive: Archive) -> Archive:
    """An archive of articles 1 to 8, all of them stored by one run."""
    crawl = Crawl(archive)
    for number in range(1, STORED + 1):
        crawl.article(number, date=number)
    archive.conn.execute("UPDATE pages SET due = 0")
    return archive


def later(archive: Archive, day: int) -> Crawl:
    archive.conn.execute("UPDATE pages SET due = 0")
    return Crawl(archive, day)


def titles(archive: Archive) -> list[str]:
    return [title for (title,) in archive.conn.execute("SELECT title FROM articles ORDER BY id")]


# --- rates ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("now", "usual", "below"),
    [
        ((2, 14), (980, 1000), True),
        ((0, 3), (12, 12), True),
        ((13, 14), (980, 1000), False),
        ((8, 14), (980, 1000), False),
        ((0, 2), (980, 1000), False),
        ((0, 3), (1, 1), False),
        ((0, 50), (0, 1000), False),
        ((0, 50), (300, 1000), False),
        ((900, 5000), (9000, 10000), True),
    ],
    ids=[
        "few dates",
        "none of the least that count",
        "one less",
        "more than half as many",
        "two pages prove nothing",
        "nor does a past of one",
        "never had any",
        "never had many",
        "a long run",
    ],
)
def test_a_rate_is_below_what_is_usual_if_chance_does_not_explain_it(
    now: tuple[int, int], usual: tuple[int, int], *, below: bool
) -> None:
    assert is_below(now, usual) is below


def test_a_rate_below_its_floor_is_told_with_what_is_usual() -> None:
    usual: list[Rates] = [{"date": (50, 50)}, {"date": (48, 50)}]
    assert complaints(Seen(usual=usual), {"date": (2, 14)}) == ("dates: 2 of 14 pages, usually 98 %",)


def test_without_a_past_only_what_is_never_right_is_held_against_a_run() -> None:
    assert complaints(Seen(), {"date": (0, 40), "lists": (0, 40), "article": (1, 40)}) == ()
    assert complaints(Seen(), {"article": (0, 40)}) == ("none of 40 pages that lists name as articles is one",)


@pytest.mark.parametrize(
    ("seen", "said"),
    [
        (Seen(Tally(5, doubted=3, fine=2)), "3 of 5 articles asked for again are another text than before"),
        (Seen(Tally(5, doubted=2, fine=3)), ""),
        (Seen(Tally(1, doubted=1)), ""),
        (Seen(Tally(6, fine=1, gone=5)), "5 of 6 articles asked for again seem to be gone"),
        (Seen(Tally(3, gone=3)), ""),
        (Seen(Tally(5, gone=2, astray=3)), "none of 5 articles asked for again is there as it was"),
        (Seen(Tally(5, away=5)), "none of 5 articles asked for again is there as it was"),
        (Seen(Tally(5, gone=2, astray=3, awaited=1)), ""),
        (Seen(Tally(6, fine=1, astray=5)), ""),
        (Seen(same_title=(9, 12)), "9 of 12 articles have one title"),
        (Seen(same_title=(3, 4)), ""),
        (
            Seen(listings=Listings(3, 30, 0, (("u", 12),), "u")),
            "the home page named 12 articles last time and none now",
        ),
        (Seen(listings=Listings(3, 30, 0, (("u", 12),))), ""),
        (
            Seen(listings=Listings(1, 5, 0, (("u", 9), ("v", 9)))),
            "2 lists named 18 articles last time and none now",
        ),
    ],
)
def test_what_the_archive_has_seen_is_told(seen: Seen, said: str) -> None:
    assert complaints(seen, {}) == ((said,) if said else ())


def test_the_past_is_that_of_the_runs_in_which_the_site_was_well(archive: Archive) -> None:
    for outcome, dated in (("done", 9), ("unwell", 0), ("failed", 0), ("limited", 7)):
        run = runs.begin(archive, "crawl", SITE, START)
        runs.finish(archive, run, outcome, {"fill": {"date": [dated, 10]}}, START)
    runs.begin(archive, "crawl", SITE, START)
    now = runs.begin(archive, "crawl", SITE, START)
    usual = health.seen(archive, SITE, now).usual
    assert [rates for rates in usual if rates] == [{"date": (7, 10)}, {"date": (9, 10)}]


def test_the_past_does_not_reach_back_for_ever(archive: Archive) -> None:
    for dated in (*[10], *[0] * health.PAST):
        run = runs.begin(archive, "crawl", SITE, START)
        outcome = "done" if dated else "unwell"
        runs.finish(archive, run, outcome, {"fill": {"date": [dated, 10]}}, START)
    now = runs.begin(archive, "crawl", SITE, START)
    assert health.seen(archive, SITE, now).usual == []


# --- what is kept out -------------------------------------------------------------------------------------------------


def test_once_most_articles_read_as_another_text_new_ones_are_held_back(crawled: Archive) -> None:
    before = titles(crawled)
    crawl = later(crawled, 1)
    said = [crawl.save(article(number, day=1, said=bet(number))) for number in (8, 7, 20, 21)]
    assert said == ["doubted", "doubted", "held", "held"]
    assert titles(crawled) == before
    states = crawled.conn.execute("SELECT state, kind FROM pages WHERE id > ?", (STORED,)).fetchall()
    assert states == [("failed", "article")] * 2


def test_what_was_stored_before_that_was_seen_is_taken_back(crawled: Archive) -> None:
    before = titles(crawled)
    crawl = later(crawled, 1)
    seen = [crawl.save(article(number, listed(30, "newer"), day=1, said=bet(number))) for number in (20, 8, 7)]
    assert seen == ["new", "doubted", "doubted"]
    assert titles(crawled) == before
    assert crawled.conn.execute("SELECT count(*) FROM sightings WHERE seen_on LIKE '%id=20'").fetchone() == (0,)
    assert crawled.conn.execute("SELECT count(*) FROM articles_fts WHERE articles_fts MATCH 'kèo'").fetchone() == (0,)
    assert health.seen(crawled, SITE, crawl.run_id).held == 1


def test_one_article_that_reads_otherwise_makes_others_be_read_again(crawled: Archive) -> None:
    crawl = later(crawled, 1)
    crawled.conn.execute("UPDATE pages SET due = 0")
    crawl.save(article(3, day=1, said=bet(3)))
    assert crawl.asked() == [5, 6, 7, 8], "five in all"


def test_where_these_read_well_it_was_the_article(crawled: Archive) -> None:
    crawl = later(crawled, 1)
    crawl.save(article(3, day=1, said=bet(3)))
    for number in (5, 6, 7, 8):
        crawl.article(number, date=number)
    assert crawl.save(article(20, day=1)) == "new"
    assert later(crawled, 2).save(article(3, day=2, said=bet(3))) == "changed", "a second run has read it"


def test_a_second_run_does_not_confirm_what_was_everywhere(crawled: Archive) -> None:
    for day in (1, 2, 3):
        crawl = later(crawled, day)
        for number in (8, 7, 6):
            assert crawl.save(article(number, day=day, said=bet(number))) == "doubted"


def test_lists_under_a_text_that_is_not_believed_are_not_either(crawled: Archive) -> None:
    crawl = later(crawled, 1)
    crawl.save(article(8, listed(99, "newer"), day=1, said=bet(8)))
    assert crawled.conn.execute("SELECT count(*) FROM pages WHERE url LIKE '%id=99'").fetchone() == (0,)


def test_a_listing_that_reads_as_an_article_stays_a_listing(archive: Archive) -> None:
    crawl = Crawl(archive)
    crawl.home(50)
    crawl.listing(50, 1, 2, 3)
    crawl = later(archive, 1)
    assert crawl.save(article(50, day=1)) == "held"
    kind = archive.conn.execute("SELECT kind, state FROM pages WHERE url LIKE '%id=50'").fetchone()
    assert kind == ("section", "failed")


def test_a_title_over_another_text_is_doubted_and_so_is_a_text_over_another_title(crawled: Archive) -> None:
    long = " ".join(f"Hộ thứ {n} trồng na ở thôn số {n + 3}." for n in range(30))
    crawl = later(crawled, 1)
    crawl.save(article(20, day=1, said=text("Tin về na", long)))
    crawl = later(crawled, 2)
    assert crawl.save(article(20, day=2, said=text("Tin về na", long[:60]))) == "doubted"
    crawl = later(crawled, 3)
    assert crawl.save(article(20, day=3, said=text("Chi tiết bài viết", long))) == "doubted"
    assert crawl.save(article(20, day=3, said=text("Tin về na", f"{long} Năm sau sẽ có thêm."))) == "changed"


def test_a_page_that_lost_its_date_keeps_it(crawled: Archive) -> None:
    crawl = later(crawled, 1)
    dated = "SELECT page_date FROM articles WHERE id = 4"
    before = crawled.conn.execute(dated).fetchone()
    crawl.save(article(4, day=1, said=text("Tin số 4", category="Khen thưởng")))
    assert before[0] is not None
    assert crawled.conn.execute(dated).fetchone() == before


def test_capitals_that_a_template_prints_titles_in_are_nothing_strange(crawled: Archive) -> None:
    before = titles(crawled)
    for day in (1, 2):
        crawl = later(crawled, day)
        for number in range(1, STORED + 1):
            shouted = text(f"TIN SỐ {number}", category="Khen thưởng")
            assert crawl.save(article(number, day=day, said=shouted)) == "unchanged"
        assert crawl.save(article(20 + day, day=day, said=text(f"TIN KHÁC {day}"))) == "new"
        assert complaints(health.seen(crawled, SITE, crawl.run_id), {}) == ()
    assert titles(crawled)[:STORED] == before, "as their authors wrote them"


def test_a_title_that_was_stored_in_capitals_is_put_right_without_a_version(archive: Archive) -> None:
    for day, title in enumerate(("HỘI NGHỊ Ở HOÀ BÌNH", "Hội nghị ở Hòa Bình", "HỘI NGHỊ Ở HÒA BÌNH")):
        Crawl(archive, day).save(article(1, day=day, said=text(title)))
    assert titles(archive) == ["Hội nghị ở Hòa Bình"]
    assert archive.conn.execute("SELECT count(*) FROM versions").fetchone() == (1,)


def test_other_capitals_within_a_title_are_an_edit(archive: Archive) -> None:
    Crawl(archive).save(article(1, said=text("Hội nghị ở hoa sen")))
    assert Crawl(archive, 1).save(article(1, day=1, said=text("Hội nghị ở Hoa Sen"))) == "changed"


@pytest.mark.parametrize(
    "title",
    ["Chủ tịch tỉnh tặng Bằng khen cho…", "Cổng thông tin tỉnh, chuyên mục tin tức và sự kiện: {0}"],
    ids=["cut short", "with a name before it"],
)
def test_a_template_that_cuts_titles_or_adds_to_them_is_nothing_strange(archive: Archive, title: str) -> None:
    whole = "Chủ tịch tỉnh tặng Bằng khen cho tập thể, cá nhân có thành tích đột xuất trong lao động, sản xuất quý một"
    Crawl(archive).save(article(1, said=text(whole)))
    assert Crawl(archive, 1).save(article(1, day=1, said=text(title.format(whole)))) == "changed"


# --- what a person accepts --------------------------------------------------------------------------------------------


def test_a_run_that_takes_the_site_as_it_is_believes_it(crawled: Archive) -> None:
    for day, accepts, what in ((1, False, ("doubted", "held")), (2, True, ("changed", "new"))):
        crawled.conn.execute("UPDATE pages SET due = 0")
        crawl = Crawl(crawled, day, accepts=accepts)
        said = [crawl.save(article(number, day=day, said=bet(number))) for number in (8, 7, 6, 20)]
        assert said == [what[0]] * 3 + [what[1]]
    assert complaints(health.seen(crawled, SITE, crawl.run_id), {}, changed=(8, 8)) == ()
    assert later(crawled, 3).save(article(8, day=3, said=bet(8))) == "unchanged", "from then on it is usual"


def test_what_several_addresses_say_alike_it_believes_of_one(crawled: Archive) -> None:
    crawled.conn.execute("UPDATE pages SET due = 0")
    crawl = Crawl(crawled, 1, accepts=True)
    assert [crawl.save(article(number, day=1, said=bet(0))) for number in (8, 7, 6)] == [
        "changed",
        "doubted",
        "doubted",
    ]


def test_where_none_of_the_articles_known_is_there_it_takes_what_is(crawled: Archive) -> None:
    crawled.conn.execute("UPDATE pages SET due = 0")
    crawl = Crawl(crawled, 1, accepts=True)
    for number in (8, 7, 6, 5, 4):
        crawl.save(gone(number, day=1))
    assert crawl.save(article(20, day=1, said=bet(20))) == "new"
    assert complaints(health.seen(crawled, SITE, crawl.run_id), {}) == ()


def test_what_is_usual_begins_anew(archive: Archive) -> None:
    for accepts, dated in ((False, 10), (True, 0), (False, 1)):
        run = runs.begin(archive, "crawl", SITE, START, accepts=accepts)
        assert accepts <= (health.seen(archive, SITE, run).usual == [])
        runs.finish(archive, run, "done", {"fill": {"date": [dated, 10]}}, START)
    now = runs.begin(archive, "crawl", SITE, START)
    assert health.seen(archive, SITE, now).usual == [{"date": (1, 10)}, {"date": (0, 10)}]


# --- what the archive has seen of a run -------------------------------------------------------------------------------


def test_lists_that_name_and_lists_that_fell_silent_are_told_apart(archive: Archive) -> None:
    crawl = Crawl(archive)
    crawl.home(50, 51)
    crawl.listing(50, 1, 2, 3)
    crawl.listing(51, 3, 4, 5)
    crawl.article(1)
    crawl = later(archive, 1)
    crawl.listing(50, 1, 2)
    crawl.save(page(51, 1, kind="other"))
    seen = health.seen(archive, SITE, crawl.run_id).listings
    assert (seen.naming, seen.named, seen.missing) == (1, 2, 1)
    assert [named for _, named in seen.silent] == [3]


def test_a_page_that_failed_while_the_site_was_well_is_known_to_fail(archive: Archive) -> None:
    for outcome in ("done", "done"):
        crawl = Crawl(archive)
        crawl.save(page(3, state="failed", http_status=500))
        failing = health.seen(archive, SITE, crawl.run_id).failing
        runs.finish(archive, crawl.run_id, outcome, {}, START)
    assert failing == 1
