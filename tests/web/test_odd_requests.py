"""Requests that no browser of a reader makes: each has an answer that says what is wrong."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    import asyncio

    from tests.web.conftest import Asked

PAGES = ("/", "/search?q=tin", "/article/1", "/feed.atom", "/nothing")
NINES = "9" * (sys.get_int_max_str_digits() + 700)


@pytest.mark.parametrize("path", ["/search", "/coverage/missing", "/coverage/gaps"])
def test_a_page_of_any_number_is_one_there_is_not(room: Asked, path: str) -> None:
    assert room.get(f"{path}?page={NINES}", follow_redirects=True).status_code == 404
    assert room.get(f"{path}?page={'0' * len(NINES)}1", follow_redirects=True).status_code == 200


def test_a_download_has_no_pages(room: Asked) -> None:
    assert room.get(f"/search.csv?page={NINES}").text == room.get("/search.csv").text


@pytest.mark.parametrize("path", PAGES)
def test_a_host_that_is_none_is_refused(room: Asked, path: str) -> None:
    response = room.get(path, headers={"Host": "[::1"})
    assert response.status_code == 400
    assert "content-security-policy" in response.headers


@pytest.mark.parametrize("path", ["/", "/search", "/article/1.json", "/-/thidua/room.css"])
@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_what_can_only_be_read_says_so(runner: asyncio.Runner, room: Asked, path: str, method: str) -> None:
    response = runner.run(room.datasette.client._request(method, path))
    assert response.status_code == 405
    assert response.headers["allow"] == "GET, HEAD"
    assert "content-security-policy" in response.headers


def test_programs_are_told_in_their_own_form_that_there_is_no_article(room: Asked) -> None:
    for form in ("json", "csl.json"):
        response = room.get(f"/article/999.{form}")
        assert response.status_code == 404
        assert response.json() == {"ok": False, "error": "the archive has no article 999", "status": 404}
    response = room.get("/article/999.bib")
    assert (response.status_code, response.text) == (404, "the archive has no article 999\n")
    assert response.headers["content-type"].startswith("text/plain")


@pytest.mark.parametrize("path", ["/search?q=&from=", "/-/thidua/room.css", "/nothing.json", "/article/999.bib"])
def test_every_answer_has_the_policy(room: Asked, path: str) -> None:
    assert room.get(path).headers["content-security-policy"].startswith("default-src 'self'")


@pytest.mark.parametrize("query", ["t*", "Đ*", '"thi đ"*', "xã -t*", "title:t*", "(xã OR t*)"])
def test_a_prefix_of_one_letter_is_refused_kindly(room: Asked, query: str) -> None:
    response = room.get("/search", params={"q": query})
    assert response.status_code == 400
    assert "Trước dấu * cần ít nhất 2 chữ cái" in response.text
    assert room.get("/search.csv", params={"q": query}).status_code == 400
    assert room.get("/search", params={"q": "th*"}).status_code == 200
