"""The page of results: what it finds, counts and links to."""

from __future__ import annotations

import csv
import io
import re
from html import unescape
from typing import TYPE_CHECKING, Any

import pytest
from lxml import html

from archive.faceted import PAGE
from tests.web import library

if TYPE_CHECKING:
    from tests.web.conftest import Asked


def tree(room: Asked, path: str, status: int = 200) -> Any:
    response = room.get(path)
    assert response.status_code == status, response.text
    return html.fromstring(response.content)


def titles(page: Any) -> list[str]:
    return [" ".join(each.text_content().split()) for each in page.cssselect(".hits h3")]


def facets(page: Any) -> dict[str, int]:
    lines = page.cssselect(".filters li a")
    return {
        line.cssselect(".what")[0].text_content(): int(line.cssselect(".number")[0].text_content()) for line in lines
    }


def everything(room: Asked, path: str) -> list[str]:
    """Return the titles of all pages, walking along the links."""
    found = []
    while path:
        page = tree(room, path)
        found += titles(page)
        path = next(iter(page.xpath("//nav[@class='paging']//a[@rel='next']/@href")), "")
    return found


def test_words_without_accents_find_those_with_any_and_are_marked(room: Asked) -> None:
    page = tree(room, "/search?q=bang+vang")
    assert titles(page) == ["Bảng vàng thi đua"]
    assert [mark.text for mark in page.cssselect(".hits h3 mark")] == ["Bảng", "vàng"]
    assert "không kể dấu" in page.cssselect(".understood")[0].text_content()


def test_exact_is_a_choice_and_stays_in_the_address(room: Asked) -> None:
    assert titles(tree(room, "/search?q=bang+vang&exact=1")) == []
    page = tree(room, "/search?q=bảng+vàng&exact=1")
    assert titles(page) == ["Bảng vàng thi đua"]
    assert page.xpath("//input[@name='exact'][@checked]/@value") == ["1"]


def number(category: str, year: str) -> int:
    """Return how many articles of the chain there are of a category in a year; without a year, in all."""
    chain = range(1, library.ARTICLES + 1)
    return sum(library.CATEGORIES[n % 3] == category and library.day(n).startswith(year) for n in chain)


def test_filters_count_what_they_would_leave(room: Asked) -> None:
    page = tree(room, "/search?q=thi+dua&category=Tin+t%E1%BB%A9c&from=2019&to=2019")
    counts = facets(page)
    assert len(titles(page)) == counts["Tin tức"] == number("Tin tức", "2019")
    assert counts["Gương người tốt"] == number("Gương người tốt", "2019"), "its own choice is left out"
    assert counts["2018"] == number("Tin tức", "2018"), "here too"
    chips = page.cssselect(".chips a")
    assert [chip.text for chip in chips] == ["Tin tức", "trong 2019"]
    assert titles(tree(room, chips[1].get("href")))
    assert len(everything(room, chips[1].get("href"))) == number("Tin tức", "")
    (both,) = page.xpath("//aside//a[contains(., 'Gương')]/@href")
    assert len(everything(room, both)) == number("Tin tức", "2019") + number("Gương người tốt", "2019")


def test_every_article_is_found_once_whatever_the_order(room: Asked) -> None:
    newest = everything(room, "/search")
    assert len(newest) == len(set(newest)) == 62
    dated = [title for title in newest if title.startswith("Tin số")]
    assert dated[0].startswith("Tin số 60:")
    assert newest[-2:] == everything(room, "/search?sort=oldest")[-2:][::-1], "the undated stand last either way"
    assert sorted(everything(room, "/search?q=thi+dua")) == sorted(everything(room, "/search?q=thi+dua&sort=oldest"))


def test_beyond_what_is_weighed_the_rest_follows_by_day(room: Asked, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("archive.search._WEIGHED", 5)
    found = everything(room, "/search?q=na")
    assert len(found) == len(set(found)) == 60


def test_previous_pages_lead_back(room: Asked) -> None:
    page = tree(room, "/search?q=thi+dua&page=2")
    (before,) = page.xpath("//nav[@class='paging']//a[@rel='prev']/@href")
    assert before == "/search?q=thi+dua"
    assert len(titles(tree(room, before))) == PAGE


def test_the_undated_have_a_filter_of_their_own(room: Asked) -> None:
    page = tree(room, "/search?undated=1")
    assert "Tin không ghi ngày" in titles(page)
    assert facets(page)["Không rõ ngày"] == len(titles(page)) == 2


def test_a_form_sent_with_empty_fields_leads_to_the_plain_address(room: Asked) -> None:
    response = room.get("/search?q=+thi++dua&exact=&from=06/2019&to=&utm_source=x")
    assert (response.status_code, response.headers["location"]) == (302, "/search?q=thi+dua&from=2019-06")


def test_an_address_in_the_search_box_leads_to_its_article(room: Asked, ids: dict[int, int]) -> None:
    response = room.get("/search?q=http%3A%2F%2Fnoivu.example%2Ftin%3Fid%3D7")
    assert (response.status_code, response.headers["location"]) == (302, f"/article/{ids[7]}")


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("%28na", "Có dấu ngoặc mở mà không có dấu ngoặc đóng."),
        ("na%29", "Có dấu ngoặc đóng mà không có dấu ngoặc mở."),
        ("%22na", "Có dấu ngoặc kép mở mà không đóng."),
        ("na+AND", "AND phải đứng giữa hai từ"),
        ("NOT+na", "Câu truy vấn chỉ nói điều cần bỏ ra"),
        ("na+NOT", "Sau NOT phải có từ cần bỏ ra."),
        ("title%3A", "Sau title: phải có từ cần tìm"),
        ("na+%28%29", "Có cặp ngoặc không chứa gì."),
        ("%28" * 20 + "na", "Ngoặc lồng nhau quá 8 lớp."),
        ("na+" * 101, "Câu truy vấn có quá 100 từ."),
        ("x" * 1001, "Câu truy vấn dài quá 1.000 ký tự."),
        ("---", "Hãy gõ ít nhất một chữ cái"),
    ],
)
def test_what_is_wrong_with_a_query_is_said_in_the_language_of_the_page(room: Asked, query: str, told: str) -> None:
    for form in ("", ".csv", ".json"):
        response = room.get(f"/search{form}?q={query.strip('+')}")
        assert response.status_code == 400
        assert told in unescape(response.text)
    assert told not in unescape(room.get(f"/en/search?q={query.strip('+')}").text)


def test_what_is_no_day_is_said_too(room: Asked) -> None:
    page = tree(room, "/search?q=na&from=32%2F13%2F2019", status=400)
    assert "“32/13/2019” không phải là ngày" in page.cssselect(".notice")[0].text_content()
    assert page.get_element_by_id("from").value == "32/13/2019"


def test_odd_addresses_find_nothing_and_break_nothing(room: Asked) -> None:
    for path in ("/search?page=99", "/search?page=" + "9" * 30, "/search?q=na&page=500"):
        assert "Danh sách không có trang này" in room.get(path, follow_redirects=True).text
    for path in ("/search?category=%00", "/search?q=%ff%fe", "/search?q=%00", "/search?from=0000", "/search?sort=x"):
        assert room.get(path, follow_redirects=True).status_code < 500


def test_the_whole_result_comes_as_csv_and_json(room: Asked) -> None:
    query = "q=thi+dua&sort=oldest&category=Tin+t%E1%BB%A9c"
    rows = list(csv.DictReader(io.StringIO(room.get(f"/search.csv?{query}").content.decode("utf-8-sig"))))
    answer = room.get(f"/search.json?{query}")
    assert (
        [row["title"] for row in rows]
        == everything(room, f"/search?{query}")
        == [row["title"] for row in answer.json()]
    )
    assert "attachment" in answer.headers["content-disposition"]
    assert room.get("/search.json?q=khongcochunay").json() == []
    harmful = [row for row in csv.reader(io.StringIO(room.get("/search.csv").text)) for cell in row if cell[:1] == "="]
    assert harmful == []


def test_the_page_names_itself_and_its_other_forms(room: Asked) -> None:
    page = tree(room, "/en/search?q=thi+dua&from=2019")
    assert page.xpath("//link[@rel='canonical']/@href") == ["http://localhost/en/search?q=thi+dua&from=2019"]
    assert page.get("lang") == "en"
    alternates = dict(zip(page.xpath("//link/@hreflang"), page.xpath("//link[@hreflang]/@href"), strict=True))
    assert alternates["vi"] == "http://localhost/search?q=thi+dua&from=2019"
    assert re.search(
        r"/en/search\.json\?q=thi\+dua&from=2019$", page.xpath("//link[@type='application/json']/@href")[0]
    )


def test_articles_of_the_library_are_all_there(room: Asked) -> None:
    assert len(room.get("/search.json").json()) == library.ARTICLES + 2
