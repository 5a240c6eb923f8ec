"""`thidua history`: what a person reads, and what a program does."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.samplesite import Server, Site, serve
from tests.thidua.terminal import on_terminal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.thidua.conftest import Ran

OLD = "Hội nghị đã biểu dương mười hộ nông dân xã Hoa Sen, trao giấy khen và tặng quà cho từng hộ một."
NEW = "Hội nghị đã biểu dương mười hai hộ nông dân xã Hoa Sen, trao bằng khen và tặng quà cho từng hộ một."


@pytest.fixture
def site() -> Site:
    return Site(articles=9, categories=3)


@pytest.fixture
def server(site: Site) -> Iterator[Server[Site]]:
    with serve(site) as server:
        yield server


@pytest.fixture
def number(site: Site) -> int:
    number = site.articles[4].id
    site.edit_paragraph(number, OLD, place=1)
    return number


@pytest.fixture
def address(server: Server[Site], site: Site, number: int) -> str:
    return server.url.rstrip("/") + site.url(number)


@pytest.fixture
def edited(crawl: Callable[..., Ran], site: Site, number: int, address: str) -> str:
    """The address of an article that was crawled, edited and crawled again."""
    crawl(address)
    site.edit_paragraph(number, NEW, place=1)
    crawl(address)
    return address


def test_a_person_reads_what_changed_and_when(thidua: Callable[..., Ran], edited: str, site: Site, number: int) -> None:
    ran = thidua("history", edited)
    assert ran.status == 0, ran.err
    lines = ran.out.splitlines()
    assert lines[0] == site.title(number)
    assert "versions   2" in lines
    assert re.search(r"^Version 1  \d\d/\d\d/\d{4} \d\d:\d\d UTC  \d+ words$", ran.out, re.MULTILINE)
    assert re.search(
        r"^Version 2  \d\d/\d\d/\d{4} \d\d:\d\d UTC  2 words added, 1 word removed$", ran.out, re.MULTILINE
    )
    assert (
        "Hội nghị đã biểu dương mười {+hai+} hộ nông dân xã Hoa Sen, trao [-giấy-] {+bằng+} khen và tặng quà cho từng …"
    ) in lines
    assert OLD not in ran.out
    assert "…" in lines, "paragraphs that stayed"


def test_a_terminal_shows_it_in_colour(edited: str, tmp_path: Path) -> None:
    _, shown = on_terminal(80, "history", edited, "--archive", str(tmp_path / "data"))
    assert "\x1b[32mhai\x1b[0m" in shown
    assert "\x1b[9;31mgiấy\x1b[0m \x1b[32mbằng\x1b[0m" in shown
    assert "[-" not in shown


def test_a_terminal_without_colour_shows_it_in_brackets(edited: str, tmp_path: Path) -> None:
    shown, _ = on_terminal(80, "history", edited, "--archive", str(tmp_path / "data"), NO_COLOR="1")
    assert "[-giấy-] {+bằng+}" in " ".join(" ".join(shown).split())


def test_a_program_reads_the_versions(thidua: Callable[..., Ran], edited: str, site: Site, number: int) -> None:
    first, second = thidua("history", edited, "--json").json
    assert list(second) == [
        *("number", "captured_at", "capture_id", "title", "words", "added", "removed"),
        *("title_diff", "diff", "events"),
    ]
    assert (first["number"], first["diff"], first["added"], first["title"]) == (1, [], 0, site.title(number))
    assert (second["number"], second["added"], second["removed"], second["title_diff"]) == (2, 2, 1, [])
    assert first["captured_at"] <= second["captured_at"]
    assert first["capture_id"] < second["capture_id"]
    assert [each for each in second["diff"] if each["op"] != "equal"] == [
        {"op": "added", "text": "hai "},
        {"op": "removed", "text": "giấy "},
        {"op": "added", "text": "bằng "},
    ]
    kept = "".join(each["text"] for each in second["diff"] if each["op"] != "removed")
    assert kept == site.article(number).body


def test_a_changed_title_is_told(
    crawl: Callable[..., Ran], thidua: Callable[..., Ran], site: Site, address: str
) -> None:
    crawl(address)
    number = site.find(address[address.index("/", 8) :]).number
    title = site.title(number)
    site.edit(number, title=f"{title} năm nay")
    crawl(address)
    said = thidua("history", address).out
    assert "  title changed" in said
    title_line = next(line for line in said.splitlines() if line.startswith("Title: "))
    assert title_line == f"Title: {title} {{+năm nay+}}"


def test_one_version_is_said_to_be_the_only_one(
    crawl: Callable[..., Ran], thidua: Callable[..., Ran], address: str
) -> None:
    crawl(address)
    ran = thidua("history", address)
    assert "versions   only one: no other text was seen" in ran.out
    assert "Version 1" in ran.out
    assert len(thidua("history", address, "--json").json) == 1


def test_going_and_coming_back_are_told(
    crawl: Callable[..., Ran], thidua: Callable[..., Ran], site: Site, number: int, address: str
) -> None:
    crawl(address)
    site.remove(number, "410")
    crawl(address)
    said = thidua("history", address).out
    assert "status     gone from the site, kept here" in said
    assert re.search(r"^Gone  \d\d/\d\d/\d{4} \d\d:\d\d UTC  HTTP 410$", said, re.MULTILINE)
    site.restore(number)
    crawl(address)
    said = thidua("history", address).out
    assert "status     live" in said
    assert re.search(r"^Back  \d\d/\d\d/\d{4} \d\d:\d\d UTC$", said, re.MULTILINE)
    (version,) = thidua("history", address, "--json").json
    assert [(each["status"], each["reason"]) for each in version["events"]] == [("gone", "HTTP 410"), ("live", "")]


def test_another_spelling_of_its_url_and_its_number_find_an_article(
    crawl: Callable[..., Ran], thidua: Callable[..., Ran], server: Server[Site], number: int, address: str
) -> None:
    crawl(address)
    spelt = f"{server.url}Trang/ChiTietTinTuc.aspx?NID={number}&utm_source=zalo#dau-trang"
    by_address = thidua("history", address, "--json").json
    stored = thidua("show", address, "--json").json["article"]["id"]
    assert thidua("history", spelt, "--json").json == thidua("history", str(stored), "--json").json == by_address


def test_what_is_not_there_is_said_so(crawl: Callable[..., Ran], thidua: Callable[..., Ran], address: str) -> None:
    crawl(address)
    for which in ("99999", "khong-co", "http://[", "0", "99999999999999999999999"):
        ran = thidua("history", which)
        assert ran.status == 1
        assert which in ran.said()
        assert ran.said().replace("history", "show") == thidua("show", which).said()
