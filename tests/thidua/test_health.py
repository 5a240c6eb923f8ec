"""Is the site well? Good runs are told apart from runs on a site that is no longer itself, which harm nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.samplesite import CHAINED, Response, Site, serve
from tests.thidua import sick
from tests.thidua.sick import Sick
from tests.thidua.state import differences, rebuilt, rows, tables
from tests.thidua.test_first_crawl import stored, told

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.thidua.conftest import Ran

    Crawl = Callable[..., Ran]

LEFT_AS_IT_WAS = "SELECT url, title, body, category, published, page_date, status, version FROM articles"
KEPT = "SELECT url, title, body, category, published, status, version FROM articles"
ANOTHER_TEXT = "5 of 5 articles asked for again are another text than before"
NO_ARTICLE = "articles where lists name one: 0 of "


def troubles(site: Sick) -> dict[str, sick.Answer]:
    return {
        "one title for all": sick.one_title(site),
        "menus for texts": sick.menus_for_texts(site),
        "only the opening": sick.short(site),
        "another's domain": sick.lapsed,
        "redirects off the site": sick.redirects(site, "http://khac.example.vn/"),
        "redirects to a login": sick.redirects(site, "/dang-nhap.aspx?ReturnUrl=tin"),
    }


# What the run says, and whether new texts are held back (else they are never read).
SAID = {
    "one title for all": (ANOTHER_TEXT, True),
    "menus for texts": (ANOTHER_TEXT, True),
    "only the opening": (ANOTHER_TEXT, True),
    "another's domain": (ANOTHER_TEXT, True),
    "redirects off the site": (NO_ARTICLE, False),
    "redirects to a login": (NO_ARTICLE, False),
}


# --- well -------------------------------------------------------------------------------------------------------------


def test_the_rates_of_a_run_are_counted(crawl: Crawl, thidua: Crawl) -> None:
    with serve(Site(articles=12, categories=3)) as server:
        fill = crawl(server.url).json["fill"]
    assert [fill[name] for name in ("article", "title", "body", "date", "lists")] == [[12, 12]] * 5
    assert fill["own_date"] == [0, 12], "the dates stand in the lists of others"
    assert thidua("status", "--json").json["last_run"]["counts"]["fill"] == fill
    assert "read on 12 pages: title 100 %, text 100 %, date 100 %, lists 100 %" in thidua("status").out


def test_no_new_articles_is_said_with_what_the_lists_name(crawl: Crawl, thidua: Crawl) -> None:
    site = Site(articles=36, categories=3)
    with serve(site) as server:
        crawl(server.url)
        ran = thidua("crawl", "--delay", "0")
    assert ran.status == 0
    assert "No new articles: 4 lists name 15 articles, all known" in ran.out


def test_an_article_that_cannot_be_had_is_not_passed_over(crawl: Crawl, thidua: Crawl) -> None:
    site = Site(articles=12, categories=3)
    site.fault(site.newest_of(0, 1)[0], "500")
    with serve(site) as server:
        crawl(server.url)
        ran = thidua("crawl", "--delay", "0")
    assert ran.status == 0
    assert "No new articles: 4 lists name 12 articles, 1 of them not to be had" in ran.out


def test_a_site_that_says_nothing_has_changed_is_well(crawl: Crawl, thidua: Crawl) -> None:
    with serve(Site(articles=24, categories=3, etags=True)) as server:
        crawl(server.url)
        ran = thidua("crawl", "--delay", "0")
    assert ran.status == 0
    assert "all known; nothing has changed" in ran.out


@pytest.mark.parametrize(
    "options",
    [
        {"articles": 1, "categories": 1},
        {"articles": 2, "categories": 1},
        {"articles": 30, "categories": 1},
        {"articles": 24, "list_date": "none"},
        {"articles": 24, "markup": "mojoportal"},
        {"articles": 24, "markup": "liferay"},
        {"articles": 24, "markup": CHAINED[-1]},
        {"articles": 40, "gone": 0.2},
    ],
    ids=["one article", "two", "one category", "undated", "lists by script", "undirected lists", "page dates", "holes"],
)
def test_a_site_is_well_however_little_it_shows(crawl: Crawl, options: dict[str, Any]) -> None:
    site = Site(**options)
    with serve(site) as server:
        seen = [crawl(server.url)]
        seen.append(crawl())
        site.add(0, count=2)
        seen.append(crawl())
    assert [(ran.status, ran.json["unwell"]) for ran in seen] == [(0, [])] * 3


def test_a_few_pages_at_a_time_are_well(crawl: Crawl) -> None:
    with serve(Site(articles=12, categories=3)) as server:
        seen = [crawl(server.url, "--max-pages", "2"), *(crawl("--max-pages", "2") for _ in range(3))]
    assert [ran.status for ran in seen] == [0] * 4


def test_a_page_that_never_works_is_not_held_against_the_site_for_ever(crawl: Crawl) -> None:
    site = Site(articles=36, categories=3)
    for article in site.articles[2:14]:
        site.fault(article.id, "403")
    with serve(site) as server:
        assert [crawl(server.url).status, crawl().status, crawl().status] == [0, 0, 0]


def test_an_article_rewritten_under_its_number_is_no_matter_of_the_site(crawl: Crawl, tmp_path: Path) -> None:
    site = Site(articles=20, categories=1)
    newest = site.newest_of(0, 1)[0]
    other = site.article(site.articles[3].id)
    with serve(site) as server:
        crawl(server.url)
        site.edit(newest, title="Thông báo mời dự lễ tổng kết cuối năm", blocks=other.blocks)
        site.add(0)
        first, second = crawl(), crawl()
    assert [first.status, second.status] == [0, 0]
    assert (first.json["doubted"], first.json["articles_new"], second.json["articles_changed"]) == (1, 1, 1)
    assert stored(tmp_path / "data") == told(site)


# --- unwell -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("categories", [1, 3])
@pytest.mark.parametrize("trouble", SAID)
def test_a_site_that_is_not_itself_harms_nothing_and_recovers(
    crawl: Crawl, tmp_path: Path, trouble: str, categories: int
) -> None:
    folder = tmp_path / "data"
    site = Sick(Site(articles=18, categories=categories))
    said, held = SAID[trouble]
    with serve(site) as server:
        crawl(server.url)
        before = rows(folder, LEFT_AS_IT_WAS)
        site.site.add(0, count=2)
        site.trouble = troubles(site)[trouble]
        for _ in range(3):
            ran = crawl()
            assert ran.status == 3
            assert said in ran.said()
            assert (ran.json["articles_new"], ran.json["articles_changed"], ran.json["articles_gone"]) == (0, 0, 0)
            assert bool(ran.json["held"]) is held
            assert rows(folder, LEFT_AS_IT_WAS) == before, "what was stored stands"
        site.trouble = None
        well = crawl()
    assert (well.status, well.json["articles_new"]) == (0, 2)
    assert stored(folder) == told(site.site)
    assert differences(rebuilt(folder, tmp_path / "anew"), tables(folder)) == []


@pytest.mark.parametrize("old", ["", "/", "https://bet.example.com/"], ids=["404", "to the home page", "off the site"])
def test_a_domain_that_was_sold_gives_no_news(crawl: Crawl, tmp_path: Path, old: str) -> None:
    site = Sick(Site(articles=18, categories=3))
    with serve(site) as server:
        crawl(server.url)
        before = rows(tmp_path / "data", "SELECT url, title, body, version FROM articles")
        site.trouble = sick.sold(old)
        seen = [crawl() for _ in range(3)]
        assert rows(tmp_path / "data", "SELECT url, title, body, version FROM articles") == before
    assert [(ran.status, ran.json["articles_new"], ran.json["held"]) for ran in seen] == [(3, 0, 8)] * 3
    assert differences(rebuilt(tmp_path / "data", tmp_path / "anew"), tables(tmp_path / "data")) == []


@pytest.mark.parametrize(
    "answer",
    [Response(302, (("Location", "/"),), b""), sick.page("Thông báo", "<h1>Không tìm thấy trang</h1>")],
    ids=["to the home page", "soft 404"],
)
def test_a_site_of_which_only_the_front_page_is_there_is_told_and_loses_nothing(
    crawl: Crawl, tmp_path: Path, answer: Response
) -> None:
    site = Sick(Site(articles=18, categories=3))
    with serve(site) as server:
        crawl(server.url)
        site.trouble = sick.all_but_home(answer)
        assert crawl().status == 3
        site.trouble = None
        site.site.add(0, count=2)
        well = crawl()
    assert (well.status, well.json["articles_new"]) == (0, 2)
    assert stored(tmp_path / "data") == told(site.site)


def test_a_site_that_was_rebuilt_beyond_recognition_can_be_accepted(crawl: Crawl, tmp_path: Path) -> None:
    folder = tmp_path / "data"
    site = Sick(Site(articles=18, categories=3))
    with serve(site) as server:
        crawl(server.url)
        site.trouble = sick.beyond_recognition(site)
        ran = crawl()
        assert ran.status == 3
        assert ran.said().endswith("if the site has been rebuilt, look at it and run once with --accept)")
        assert crawl("--accept", "--recheck", "100").json["articles_changed"] == 18
        after = crawl()
    assert (after.status, after.json["doubted"], after.json["held"]) == (0, 0, 0)
    assert rows(folder, "SELECT DISTINCT version FROM articles WHERE version > 1") == [(2,)], (
        "the texts before are kept"
    )
    assert differences(rebuilt(folder, tmp_path / "anew"), tables(folder)) == []


def test_titles_that_are_printed_in_capitals_change_nothing(crawl: Crawl) -> None:
    site = Sick(Site(articles=18, categories=3))
    with serve(site) as server:
        crawl(server.url)
        site.trouble = sick.shouting(site)
        site.site.add(0, count=2)
        seen = [crawl(), crawl("--recheck", "100")]
    assert [(ran.status, ran.json["articles_new"], ran.json["articles_changed"]) for ran in seen] == [
        (0, 2, 0),
        (0, 0, 0),
    ]


def test_a_listing_that_is_denied_for_a_day_is_not_lost(crawl: Crawl, tmp_path: Path) -> None:
    site = Sick(Site(articles=60, categories=3))
    with serve(site) as server:
        crawl(server.url)
        server.reset()
        crawl()
        asked = set(server.requests)
        listing = next(target for target in sorted(asked) if site.site.find(target).kind == "section")
        site.trouble = sick.denied(listing)
        assert crawl().status == 0, "the others name theirs"
        assert crawl().json["lists"]["silent"] == 1
        server.reset()
        crawl()
        assert set(server.requests) == asked, "it costs what it did"
        site.trouble = None
        site.site.add_late(site.site.find(listing).number, back=3)
        crawl()
    assert stored(tmp_path / "data") == told(site.site)


def test_what_is_held_back_says_why(crawl: Crawl, tmp_path: Path) -> None:
    site = Sick(Site(articles=18, categories=3))
    with serve(site) as server:
        crawl(server.url)
        site.site.add(0, count=2)
        site.trouble = sick.one_title(site)
        crawl()
    why = rows(tmp_path / "data", "SELECT quarantined, count(*) FROM captures WHERE quarantined IS NOT NULL GROUP BY 1")
    assert why == [
        ("has another title than the article stored", 5),
        ("read while most articles were another text than before", 2),
    ]
    pages = rows(tmp_path / "data", "SELECT state, count(*) FROM pages WHERE reason LIKE 'read while%' GROUP BY 1")
    assert pages == [("failed", 2)], "to be asked for again"


def test_a_home_page_that_names_nothing_is_told(crawl: Crawl, tmp_path: Path) -> None:
    site = Sick(Site(articles=18, categories=3))
    with serve(site) as server:
        crawl(server.url)
        site.site.add(1)
        site.trouble = sick.silent_home
        ran = crawl()
        site.trouble = None
        well = crawl()
    assert (ran.status, ran.said()) == (3, "thidua: the home page named 15 articles last time and none now")
    assert ran.json["articles_new"] == 1, "found elsewhere"
    assert well.status == 0
    assert stored(tmp_path / "data") == told(site.site)


@pytest.mark.parametrize(
    ("look", "said"),
    [
        ({"page_date": "none", "list_date": "none"}, "dates: "),
        ({"markup": "mojoportal"}, "lists of other articles: 0 of 9 pages, usually 100 %"),
    ],
    ids=["dates vanish", "lists are filled by script"],
)
def test_what_a_new_layout_hides_is_told_and_what_was_known_stays(
    crawl: Crawl, tmp_path: Path, look: dict[str, Any], said: str
) -> None:
    site = Site(articles=60, categories=3)
    with serve(site) as server:
        crawl(server.url)
        before = rows(tmp_path / "data", KEPT)
        for category in range(3):
            site.add(category, count=2)
        site.restyle(**look)
        ran = crawl()
        site.restyle("tables", page_date="", list_date="")
        well = crawl()
    assert ran.status == 3
    assert said in ran.said()
    assert ran.json["articles_new"] == 6, "what can be read is stored"
    assert set(before) <= set(rows(tmp_path / "data", KEPT))
    assert well.status == 0


def test_dates_of_articles_themselves_that_vanish_are_told_and_kept(crawl: Crawl, tmp_path: Path) -> None:
    site = Site(articles=40, categories=3, markup="liferay", list_date="none")
    with serve(site) as server:
        crawl(server.url)
        before = rows(tmp_path / "data", LEFT_AS_IT_WAS)
        site.restyle(page_date="none")
        ran = crawl("--recheck", "10")
    assert ran.status == 3
    assert "dates of their own: 0 of " in ran.said()
    assert rows(tmp_path / "data", LEFT_AS_IT_WAS) == before


@pytest.mark.parametrize("kind", ["500", "empty", "login-page"])
def test_articles_that_all_fail_are_told_though_the_lists_are_well(crawl: Crawl, tmp_path: Path, kind: str) -> None:
    site = Sick(Site(articles=18, categories=3))
    form = sick.page("Đăng nhập", "<form>Tên <input name=u> Mật khẩu <input type=password name=p></form>")
    with serve(site) as server:
        crawl(server.url)
        before = rows(tmp_path / "data", LEFT_AS_IT_WAS)
        site.site.add(0, count=2)
        if kind == "login-page":
            site.trouble = sick.of_articles(site, lambda *_: form)
        else:
            for number in site.site.live():
                site.site.fault(number, kind)
        statuses = [crawl().status for _ in range(2)]
        assert rows(tmp_path / "data", LEFT_AS_IT_WAS) == before
        site.trouble = None
        site.site.clear_faults()
        assert crawl().json["articles_new"] == 2
    assert statuses == [3, 3]


def test_a_site_that_wants_to_be_left_alone_is_told(crawl: Crawl) -> None:
    site = Site(articles=18, categories=3)
    with serve(site) as server:
        crawl(server.url)
        site.fault(site.newest_of(0, 1)[0], "503", seconds=4000)
        ran = crawl()
    assert ran.status == 3
    assert "the site was left alone: it asks to come back in 67 minutes" in ran.said()


def test_a_first_crawl_that_reads_one_title_everywhere_is_told(crawl: Crawl) -> None:
    site = Sick(Site(articles=18, categories=3))
    site.trouble = sick.one_title(site)
    with serve(site) as server:
        ran = crawl(server.url)
    assert ran.status == 3
    assert "18 of 18 articles have one title" in ran.said()


def test_what_an_unwell_run_saw_is_not_taken_for_usual(crawl: Crawl) -> None:
    site = Site(articles=60, categories=3)
    with serve(site) as server:
        crawl(server.url)
        site.restyle("mojoportal")
        assert [crawl("--recheck", "5").status for _ in range(4)] == [3] * 4


def test_the_complaint_stands_in_status(crawl: Crawl, thidua: Crawl) -> None:
    site = Sick(Site(articles=18, categories=3))
    with serve(site) as server:
        crawl(server.url)
        site.trouble = sick.silent_home
        crawl()
    assert "unwell: the home page named 15 articles last time and none now" in thidua("status").out
