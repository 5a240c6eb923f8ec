"""An article's page and its forms for programs, and that nothing stored in it is more than text."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from lxml import html

from tests.web import library

if TYPE_CHECKING:
    from tests.web.conftest import Asked


def tree(room: Asked, path: str, status: int = 200) -> Any:
    response = room.get(path)
    assert response.status_code == status, response.text
    return html.fromstring(response.content)


def text(page: Any, selector: str) -> str:
    return " ".join(" ".join(each.text_content() for each in page.cssselect(selector)).split())


def test_it_shows_the_text_and_how_the_date_is_known(room: Asked, ids: dict[int, int]) -> None:
    page = tree(room, f"/article/{ids[30]}")
    assert text(page, "h1") == "Tin số 30: thi đua yêu nước"
    assert "Mười hộ trồng na ở thôn 30 được khen." in text(page, ".body p")
    about = text(page, ".facts-list")
    assert "27/01/2019 – theo danh sách tin trên 2 trang khác" in about
    assert "trong khoảng 15/01/2019 – 08/02/2019" in about
    english = text(tree(room, f"/en/article/{ids[30]}"), ".facts-list")
    assert "27 January 2019 – as lists on 2 other pages say" in english


def test_the_chain_can_be_walked_both_ways(room: Asked, ids: dict[int, int]) -> None:
    page = tree(room, f"/article/{ids[30]}")
    assert page.xpath("//link[@rel='next']/@href") == [f"/article/{ids[31]}"]
    assert page.xpath("//nav//a[@rel='prev']/@href") == [f"/article/{ids[29]}"]
    last = tree(room, f"/article/{ids[60]}")
    assert "chưa có trong kho" in text(last, ".about")
    assert f"/article/{ids[61]}" not in html.tostring(last, encoding="unicode")


def test_tables_lists_and_captions_are_what_they_were(room: Asked, ids: dict[int, int]) -> None:
    page = tree(room, f"/article/{ids[library.TABLE]}")
    assert [cell.text for cell in page.cssselect(".body td")] == ["Hộ", "Điểm", "Ông Ất", "9"]
    assert text(page, ".body li") == "Ba Mẹ"
    assert text(page, ".body h2") == "Kết quả"
    assert text(page, ".body .caption") == "Ảnh: lễ trao giải"
    assert page.xpath("//section[@aria-labelledby='attachments']//a/@href") == ["http://noivu.example/qd.pdf"]
    assert page.xpath("//img") == []


def test_versions_show_which_words_changed(room: Asked, ids: dict[int, int]) -> None:
    page = tree(room, f"/article/{ids[library.CHANGED]}")
    assert (text(page, ".versions ins"), text(page, ".versions del")) == ("hai", "")
    (older,) = page.xpath("//section[@class='versions']//a/@href")
    assert "Mười hộ trồng na ở thôn 10" in text(tree(room, older), ".body")
    tree(room, older.replace("/1", "/3"), status=404)


def test_an_article_that_the_site_removed_says_so(room: Asked, ids: dict[int, int]) -> None:
    page = tree(room, f"/article/{ids[library.GONE]}")
    assert "Trang gốc đã gỡ bài này" in text(page, ".gone")
    assert text(page, ".event") == "Bị gỡ (HTTP 404), phát hiện 10:00 02/01/2024 (GMT+7)"


def test_every_capture_is_listed(room: Asked, ids: dict[int, int]) -> None:
    page = tree(room, f"/article/{ids[library.CHANGED]}")
    assert text(page, "section[aria-labelledby=captures] code") == "sha1:10-0 sha1:10-1"
    assert "10:00 01/01/2024 (GMT+7)" in text(page, "section[aria-labelledby=captures]")


def test_it_leads_to_the_original_and_to_the_wayback_machine(room: Asked, ids: dict[int, int]) -> None:
    links = tree(room, f"/article/{ids[30]}").xpath("//dl//a[contains(@class, 'outward')]")
    url = "http://noivu.example/tin?id=30"
    assert [link.get("href") for link in links] == [url, f"https://web.archive.org/web/*/{url}"]
    assert all("noopener" in link.get("rel") for link in links)


def test_what_is_not_there_is_explained(room: Asked, ids: dict[int, int]) -> None:
    missing = tree(room, f"/article/{ids[61]}", status=404)
    assert "chưa lưu được" in text(missing, "main")
    assert "http://noivu.example/tin?id=61" in text(missing, "main")
    for number in ("4711", "9" * 19):
        assert f"Kho không có bài số {number}" in text(tree(room, f"/article/{number}", status=404), "main")
        assert room.get(f"/article/{number}.json").status_code == 404


def test_it_can_be_had_as_data_and_as_a_citation(room: Asked, ids: dict[int, int]) -> None:
    here = f"/article/{ids[30]}"
    told = room.get(f"{here}.json").json()
    assert told["article"]["title"] == "Tin số 30: thi đua yêu nước"
    assert [each["id"] for each in told["newer"]] == [ids[31]]
    (cited,) = room.get(f"{here}.csl.json").json()
    assert cited["issued"] == {"date-parts": [[2019, 1, 27]]}
    assert cited["author"] == [{"literal": "Báo Ruộng Đồng"}]
    assert "date = {2019-01-27}" in room.get(f"{here}.bib").text
    assert "Báo Ruộng Đồng. “Tin số 30: thi đua yêu nước”. noivu.example, ngày 27/01/2019." in text(
        tree(room, here), ".citation pre"
    )


def test_search_engines_are_told_what_it_is(room: Asked, ids: dict[int, int]) -> None:
    page = tree(room, f"/article/{ids[30]}")
    (described,) = page.xpath("//script[@type='application/ld+json']/text()")
    said = json.loads(described)
    assert (said["@type"], said["datePublished"], said["inLanguage"]) == ("NewsArticle", "2019-01-27", "vi")
    assert page.xpath("//meta[@property='og:title']/@content") == ["Tin số 30: thi đua yêu nước"]


def test_what_is_stored_stays_text(room: Asked, ids: dict[int, int]) -> None:
    pages = (f"/article/{ids[library.HOSTILE]}", "/", "/search", "/search?q=bai+doc", "/coverage", "/coverage/missing")
    for path in (*pages, f"/article/{ids[library.HOSTILE]}/version/1"):
        page = tree(room, path)
        scripts = page.xpath("//script[not(@src)]")
        assert all(script.get("type") == "application/ld+json" for script in scripts), path
        assert not page.xpath("//main//img | //main//*[name()='script'] | //main//b")
        assert not page.xpath("//@onerror | //@onload | //@style")
        assert not [href for href in page.xpath("//@href") if href.partition(":")[0] in ("javascript", "data")]
        assert not [href for href in page.xpath("//@href") if "evil" in href]
    page = tree(room, f"/article/{ids[library.HOSTILE]}")
    json.loads(page.xpath("//script[@type='application/ld+json']/text()")[0])
    assert library.SCRIPT in text(page, "h1")
    assert all(url in text(page, ".inert") for url in library.INERT)


def test_pages_forbid_whatever_they_do_not_need(room: Asked, ids: dict[int, int]) -> None:
    for path in ("/", "/search", f"/article/{ids[1]}", "/coverage", "/feed.atom", "/search.csv", "/article/4711"):
        headers = room.get(path).headers
        assert headers["content-security-policy"].startswith("default-src 'self'")
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"]
