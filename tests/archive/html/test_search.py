"""The search in the browser finds what `thidua search` finds, in the same order, and shows the same of it."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Any

import pytest

from archive import folding
from archive.export.html.numbers import all_written
from archive.query import tokens
from archive.search import Hit, search
from tests.archive.html.conftest import watching
from tests.archive.test_folding import VOWELS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser

    from archive import Archive
    from tests.archive.html.conftest import Watched

QUERIES = [
    "thi dua",
    "thi đua",
    "THI ĐUA",
    "thi dưa",
    "văn hoá",
    "van hóa",
    '"văn hoá"',
    '"thi dua"',
    '"thi đua"',
    '"khen thuong" xa',
    "khen*",
    "thưở*",
    '"danh hi*" OR "huân chương"*',
    "na OR cam",
    "na NOT cam",
    "na -cam -bưởi",
    '(na OR cam) "hội viên"',
    "title:na",
    'title:"thi dua"',
    'title:(hội OR "tổng kết")',
    "theo",
    "2020",
    "uỷ ban",
    "script",
    "constructor",
    "không-có-từ-này",
    "“huân chương”",
]
_ASK = """async ([query, exact]) => {
    const parsed = thidua.parse(query, exact);
    const found = [];
    for (const { article, score } of await thidua.find(parsed)) {
        const { id, title, body } = await thidua.shown(article);
        const shown = [thidua.marked(title, parsed.needles), thidua.snippet(body, parsed.needles)];
        found.push({ id, title: shown[0], snippet: shown[1], score });
    }
    return found;
}"""


@pytest.fixture(scope="module")
def home(browser: Browser, site: Path) -> Iterator[Watched]:
    """The first page, for tests that only ask its program."""
    with watching(browser) as watched:
        watched.page.goto((site / "index.html").as_uri())
        yield watched


def pieces(text: str, spans: tuple[tuple[int, int], ...]) -> list[list[Any]]:
    """Cut a text as `thidua.marked` does."""
    cut: list[list[Any]] = []
    at = 0
    for start, end in spans:
        cut += [[text[at:start], False], [text[start:end], True]]
        at = end
    return [piece for piece in [*cut, [text[at:], False]] if piece[0]]


def joined(cut: list[list[Any]]) -> list[list[Any]]:
    """Join pieces that are not found and stand side by side, such as the dots before a snippet."""
    whole: list[list[Any]] = []
    for words, found in cut:
        if whole and not found and not whole[-1][1]:
            whole[-1][0] += words
        else:
            whole.append([words, found])
    return whole


def told(hit: Hit) -> dict[str, Any]:
    return {"title": pieces(hit.title, hit.title_highlights), "snippet": pieces(hit.snippet, hit.highlights)}


@pytest.mark.parametrize("exact", [False, True])
def test_the_browser_answers_as_the_command_does(home: Watched, filled: Archive, exact: bool) -> None:
    for query in QUERIES:
        expected = {hit.id: hit for hit in search(filled, query, exact=exact, limit=1000)}
        found = home.page.evaluate(_ASK, [query, exact])
        assert {each["id"] for each in found} == set(expected), query
        assert [each["score"] for each in found] == pytest.approx(
            sorted((hit.score for hit in expected.values()), reverse=True), rel=1e-3
        ), query
        for each in found:
            shown = {"title": joined(each["title"]), "snippet": joined(each["snippet"])}
            assert shown == told(expected[each["id"]]), query
            assert each["score"] == pytest.approx(expected[each["id"]].score, rel=1e-3), query


@pytest.mark.parametrize(
    ("query", "reason"),
    [
        ('"thi đua', "mở ngoặc kép"),
        ("(na", "mở ngoặc đơn mà không đóng"),
        ("na)", "chưa mở"),
        ("OR na", "OR cần từ"),
        ("na AND", "AND cần từ"),
        ("-na", "chỉ nói từ phải bỏ"),
        ("na NOT", "Sau NOT"),
        ("()", "rỗng"),
        ("title:", "Sau title:"),
        ("– …", "không có từ nào"),
        ("n*", "ít nhất 2 chữ cái"),
        ("(" * 10 + "na" + ")" * 10, "lớp ngoặc đơn"),
        ("na " * 101, "100 từ"),
        ("x" * 1001, "1.000 ký tự"),
    ],
)
def test_a_query_that_means_nothing_is_told_why(home: Watched, query: str, reason: str) -> None:
    said = home.page.evaluate("query => { try { thidua.parse(query) } catch (error) { return error.message } }", query)
    assert reason in said


def folded(home: Watched, words: list[str]) -> list[tuple[str, ...]]:
    """What the browser makes of words: each exact, folded, and its tokens. They go there and back in one string."""
    forms = "[thidua.exact(word), thidua.folded(word), thidua.tokens(word).join(' ')].join('\\t')"
    answer = home.page.evaluate(f"words => words.split('\\r').map((word) => {forms}).join('\\r')", "\r".join(words))
    return [tuple(each.split("\t")) for each in answer.split("\r")]


def expected(words: list[str]) -> list[tuple[str, ...]]:
    return [(folding.exact(word), folding.folded(word), " ".join(tokens(word))) for word in words]


def test_folding_in_the_browser_is_folding_in_the_archive(home: Watched) -> None:
    onsets = ["", "h", "q", "qu", "đ"]
    nuclei = [one + other for one in VOWELS for other in ["", *"aeiouyơ", "à", "ỷ", "é"]]
    lower = [
        onset + nucleus + final for onset in onsets for nucleus in nuclei for final in ["", "c", "i", "ng", "u", "y"]
    ]
    words = [*lower, *map(str.upper, lower), *(unicodedata.normalize("NFD", word) for word in lower)]
    words += ["HOÀ.", "hoà-bình", "Hoà\nbình", "hoà2", "hoà²", "khuỷu", "İstanbul", "ΣΟΦΌΣ", "e\u0302\u0301", "\u0301"]
    assert folded(home, words) == expected(words)


def test_every_letter_of_the_scripts_of_europe_folds_as_in_the_archive(home: Watched) -> None:
    codes = [*range(1, 0x590), *range(0x1E00, 0x2000)]
    letters = [chr(code) for code in codes if unicodedata.category(chr(code)) not in ("Cn", "Cc")]
    assert folded(home, letters) == expected(letters)


def test_numbers_are_read_as_they_were_written(watched: Watched, site: Path) -> None:
    watched.page.goto((site / "index.html").as_uri())
    numbers = [*range(4000), *(62 * 30**power + step for power in range(7) for step in (-1, 0, 1))]
    contents = "{ articles: 1, firsts: [], lengths: text, days: '', category: text }"
    watched.page.evaluate(f"text => {{ thidua.get = async () => ({contents}) }}", all_written(numbers))
    assert watched.page.evaluate("async () => (await thidua.contents()).category") == numbers
