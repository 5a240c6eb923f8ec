"""Search: accents as in the contract, ranking, filters, highlights on the original text."""

import unicodedata
from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive import Archive, QueryError
from archive.folding import nfc
from archive.highlight import Span, _best_start, snippet, spans
from archive.query import parse
from archive.search import Hit, search
from archive.store import save
from tests.archive.build import article, listed, page, text


def store(archive: Archive, *titles: str, body: str = "Không có gì.", **more: object) -> None:
    start = archive.conn.execute("SELECT count(*) FROM pages").fetchone()[0]
    for number, title in enumerate(titles, start + 1):
        save(archive, article(number, said=text(title, body, **more)))


def found(archive: Archive, query: str, **options: object) -> list[str]:
    return sorted(hit.title for hit in search(archive, query, **options))  # type: ignore[arg-type]


def shown(hit: Hit) -> list[str]:
    """Return what is highlighted in the snippet."""
    return [hit.snippet[start:end] for start, end in hit.highlights]


@pytest.mark.parametrize("query", ["thi dua", "thi đua", "THI ĐUA", "Thi Đua", '"thi dua"', '"thi đua"', "thi* đu*"])
def test_accents_may_be_typed_or_not(archive: Archive, query: str) -> None:
    store(archive, "Thi đua yêu nước", "Đầu tư công")
    assert found(archive, query) == ["Thi đua yêu nước"]


def test_a_word_typed_with_accents_finds_no_other_word(archive: Archive) -> None:
    store(archive, "Thi đua", "Thi dưa")
    assert found(archive, "thi đua") == ["Thi đua"]
    assert found(archive, "thi dưa") == ["Thi dưa"]
    assert found(archive, "thi dua") == ["Thi dưa", "Thi đua"]


def test_words_are_taken_one_by_one(archive: Archive) -> None:
    store(archive, "Hội thi đua ghe", "Hội thí đua ghe", "Hội thi dưa ghe")
    assert found(archive, "thi đua") == ["Hội thi đua ghe", "Hội thí đua ghe"]


def test_a_phrase_with_an_accent_matches_as_a_whole(archive: Archive) -> None:
    store(archive, "Thi đua", "Thí đua")
    assert found(archive, '"thi đua"') == ["Thi đua"]


def test_exact_takes_words_without_accents_as_typed(archive: Archive) -> None:
    store(archive, "Quả na", "Quả nà")
    assert found(archive, "na", exact=True) == ["Quả na"]
    assert found(archive, "na") == ["Quả na", "Quả nà"]


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize("query", ["văn hóa", "văn hoá", "Văn Hoá", "van hoa"])
def test_tone_marks_may_stand_where_the_writer_likes(archive: Archive, query: str, form: str) -> None:
    store(archive, unicodedata.normalize(form, "Đời sống văn hoá"), "Đời sống văn hóa mới")  # type: ignore[arg-type]
    typed = unicodedata.normalize(form, query)  # type: ignore[arg-type]
    assert found(archive, typed) == ["Đời sống văn hoá", "Đời sống văn hóa mới"]


def test_operators(archive: Archive) -> None:
    store(archive, "Trồng na", "Trồng cam", "Trồng na và cam", "Hái na")
    assert found(archive, "na cam") == ["Trồng na và cam"]
    assert found(archive, "cam OR hái") == ["Hái na", "Trồng cam", "Trồng na và cam"]
    assert found(archive, "trồng NOT cam") == ["Trồng na"]
    assert found(archive, "trồng -cam") == ["Trồng na"]
    assert found(archive, '"trồng na" (cam OR hái)') == ["Trồng na và cam"]
    assert found(archive, "tro*") == ["Trồng cam", "Trồng na", "Trồng na và cam"]


def test_title_looks_in_titles_only(archive: Archive) -> None:
    store(archive, "Mùa na chín")
    store(archive, "Mùa cam chín", body="Sau vụ na.")
    assert found(archive, "na") == ["Mùa cam chín", "Mùa na chín"]
    assert found(archive, "title:na") == ["Mùa na chín"]


def test_the_byline_is_searched_too(archive: Archive) -> None:
    store(archive, "Tin ngắn", byline="Theo Báo Ruộng Đồng")
    assert found(archive, "ruong dong") == ["Tin ngắn"]


def test_a_match_in_the_title_comes_first(archive: Archive) -> None:
    store(archive, "Tin thứ nhất", body="Sầu riêng, sầu riêng và lại sầu riêng.")
    store(archive, "Vụ sầu riêng")
    assert [hit.title for hit in search(archive, "sầu riêng")] == ["Vụ sầu riêng", "Tin thứ nhất"]


def test_scores_fall(archive: Archive) -> None:
    store(archive, "Na", "Mùa na chín trên đồi", "Tin về vụ na năm nay ở mấy xã miền núi phía bắc", "Cam", "Bưởi", "Ổi")
    scores = [hit.score for hit in search(archive, "na")]
    assert scores == sorted(scores, reverse=True)
    assert scores[-1] > 0


def test_no_more_than_asked_for(archive: Archive) -> None:
    store(archive, *(f"Tin {number}" for number in range(30)))
    assert len(search(archive, "tin")) == 20
    assert len(search(archive, "tin", limit=3)) == 3
    with pytest.raises(QueryError, match="1 to 1000"):
        search(archive, "tin", limit=0)


def test_where_too_many_match_the_newest_are_weighed_and_those_with_the_words_in_their_titles(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    save(archive, page(99, sighted=tuple(listed(n, "listing", f"2020-06-{n + 1:02}") for n in range(1, 13))))
    with archive.write():
        save(archive, article(1, said=text("Mùa na chín", "Mười hộ trồng na.")))
        save(archive, article(2, said=text("Bài cũ", "Na, na, na.")))
        for number in range(3, 12):
            save(archive, article(number, said=text(f"Bài {number}", "Mười hộ trồng na.")))
        save(archive, article(12, said=text("Bài mới", "Na, na, na.")))
    every = search(archive, "na")
    assert [hit.title for hit in every][:3] == ["Mùa na chín", "Bài cũ", "Bài mới"]
    monkeypatch.setattr("archive.search._WEIGHED", 5)
    weighed = search(archive, "na")
    assert [hit.title for hit in weighed][:2] == ["Mùa na chín", "Bài mới"]
    assert len(weighed) == 6
    scores = {hit.id: hit.score for hit in every}
    assert all(hit.score == scores[hit.id] for hit in weighed), "it is the same query that weighs them"


def test_the_filters(archive: Archive) -> None:
    days = {1: "2020-06-11", 2: "2020-06-12", 3: "2020-06-13"}
    save(archive, page(9, sighted=tuple(listed(number, "listing", day) for number, day in days.items())))
    for number, category in ((1, "Thi đua - Khen thưởng"), (2, "Tin tức"), (3, "Tin tức"), (4, "Tin tức")):
        save(archive, article(number, said=text(f"Na {number}", category=category)))
    assert found(archive, "na", date_from=date(2020, 6, 12)) == ["Na 2", "Na 3"]
    assert found(archive, "na", date_to=date(2020, 6, 12)) == ["Na 1", "Na 2"]
    assert found(archive, "na", date_from=date(2020, 6, 12), date_to=date(2020, 6, 12)) == ["Na 2"]
    assert found(archive, "na", category="Tin tức") == ["Na 2", "Na 3", "Na 4"]
    assert found(archive, "na", category="Tin tức", date_from=date(2020, 1, 1)) == ["Na 2", "Na 3"]


@pytest.mark.parametrize(
    "name", ["Thi đua - Khen thưởng", "thi dua khen thuong", "Thi đua – Khen thưởng", "khen thưởng"]
)
def test_a_category_may_be_written_without_accents_and_in_part(archive: Archive, name: str) -> None:
    store(archive, "Na", category="Thi đua - Khen thưởng")
    store(archive, "Na khác", category="Tin tức")
    assert found(archive, "na", category=name) == ["Na"]


def test_a_category_of_that_very_name_goes_before_those_that_hold_it(archive: Archive) -> None:
    store(archive, "Na", category="Tin tức")
    store(archive, "Na khác", category="Tin tức nông nghiệp")
    assert found(archive, "na", category="tin tuc") == ["Na"]
    with pytest.raises(QueryError, match="there are Tin tức, Tin tức nông nghiệp"):
        found(archive, "na", category="không có")


def test_highlights_stand_on_the_original_text(archive: Archive) -> None:
    store(archive, "Phong trào THI ĐUA", body="Sáng nay phát động thi đua; “Thi đua” yêu nước.")
    (hit,) = search(archive, '"thi dua"')
    assert shown(hit) == ["thi đua", "Thi đua"]
    assert [hit.title[start:end] for start, end in hit.title_highlights] == ["THI ĐUA"]


def test_highlights_land_on_text_that_was_written_decomposed(archive: Archive) -> None:
    store(archive, "Tin", body=unicodedata.normalize("NFD", "Đời sống văn hoá ở Uỷ ban xã"))
    (hit,) = search(archive, "ủy văn hóa")
    assert shown(hit) == ["văn", "hoá", "Uỷ"]


def test_only_whole_words_are_highlighted(archive: Archive) -> None:
    store(archive, "Tin", body="Nam hái na; nắng nà, nan tre.")
    assert shown(search(archive, "na")[0]) == ["na", "nà"]
    assert shown(search(archive, "na*")[0]) == ["Nam", "na", "nắng", "nà", "nan"]


def test_the_snippet_shows_the_place_where_the_words_are(archive: Archive) -> None:
    filler = "Chữ khác đứng ở đây. " * 100
    store(archive, "Tin", body=f"{filler}\n\nCuối cùng là vụ sầu riêng.\n\n{filler}")
    (hit,) = search(archive, "sầu riêng")
    assert shown(hit) == ["sầu", "riêng"]
    assert "\n" not in hit.snippet
    assert hit.snippet.startswith("… ")
    assert hit.snippet.endswith(" …")
    assert len(hit.snippet) < 260


def test_a_match_in_the_title_alone_shows_how_the_text_begins(archive: Archive) -> None:
    store(archive, "Vụ sầu riêng", body="Sáng nay, nắng đẹp.")
    (hit,) = search(archive, "sầu riêng")
    assert hit.snippet == "Sáng nay, nắng đẹp."
    assert hit.highlights == ()


words = st.sampled_from(["na", "Nà", "thi", "đua", "Thi đua", "hoà", "hòa", "–", "\n\n", "./.", "khuỷu", "x" * 50])


@given(st.lists(words, max_size=200).map(" ".join), st.sampled_from(["na", "đua", '"thi dua"', "hoà", "n* -x", "x"]))
def test_every_highlight_is_a_match_and_lies_in_the_snippet(body: str, query: str) -> None:
    needles = parse(query).needles
    cut = snippet(nfc(body), needles)
    end = 0
    for start, stop in cut.highlights:
        assert end <= start < stop <= len(cut.text)
        assert spans(cut.text[start:stop], needles)
        end = stop


def best_start(by_needle: list[list[Span]]) -> int:
    """Return what `_best_start` does, looked for from each place anew."""
    marks = sorted((start, number) for number, found in enumerate(by_needle) for start, _ in found)
    shown = [len({n for at, n in marks[place:] if at - start <= 120}) for place, (start, _) in enumerate(marks)]
    return max(0, marks[shown.index(max(shown))][0] - 60) if marks else 0


places = st.integers(0, 400).map(lambda start: (start, start + 2))


@given(st.lists(st.lists(places, max_size=8), max_size=4))
def test_a_snippet_begins_before_the_first_place_that_shows_most_needles(by_needle: list[list[Span]]) -> None:
    assert _best_start(by_needle) == best_start(by_needle)


@pytest.mark.parametrize(
    "query",
    ['"', "(", "na)", "NOT", "OR OR", "*", "title:", "na AND", "\x00", "- -", "^na", "na:na", "{na}", "NEAR(na)"],
)
def test_garbage_is_a_query_error_or_taken_literally(archive: Archive, query: str) -> None:
    store(archive, "Na")
    with suppress(QueryError):
        assert found(archive, query) in ([], ["Na"])


def test_the_index_forgets_what_an_article_no_longer_says(archive: Archive) -> None:
    save(archive, article(1, said=text("Vụ na", "Mười hộ.")))
    save(archive, article(1, day=1, said=text("Vụ cam", "Mười hộ.", byline="Theo Sở")))
    assert found(archive, "na") == []
    assert found(archive, "cam so") == ["Vụ cam"]


def test_the_index_works_in_plain_sqlite(archive: Archive) -> None:
    store(archive, "Thi đua yêu nước")
    query = (
        "SELECT a.title FROM articles_fts f JOIN articles a ON a.id = f.rowid WHERE articles_fts MATCH ? ORDER BY rank"
    )
    assert archive.conn.execute(query, ("title_folded: dua",)).fetchall() == [("Thi đua yêu nước",)]
    assert archive.conn.execute(query, ("đua",)).fetchall() == [("Thi đua yêu nước",)]
