"""The questions for stock SQLite, asked of a copy for the public, find what those with our functions find."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest

from archive import Archive, functions
from archive.export import export
from archive.folding import exact, folded
from archive.questions import QUESTIONS
from archive.selection import Selection
from archive.store import save
from tests.archive.build import article, newer, older, text

if TYPE_CHECKING:
    from collections.abc import Iterator

ASKED = {question.name: question for question in QUESTIONS}
LONG = "Nhân dân trong xã làm đường, đắp đê, trồng cây và dọn vệ sinh vào sáng thứ bảy hằng tuần. "
SAID = {
    1: ("Xây dựng đời sống văn hoá", "Phong trào văn hóa, VĂN HOÁ và Văn hoá; không có văn hoa. Nhà văn hoàng nghỉ."),
    2: ("Thi đua – Khen thưởng", "Ban Thi đua - Khen thưởng họp.\n\nHọ thi đua, khen thưởng; thi\nđua 5 khen thưởng."),
    3: ("Chiến sỹ thi đua", f"{LONG * 9}Chị Na được tặng danh hiệu Chiến sỹ thi đua cơ sở; anh Tô, CHIẾN SĨ THI ĐUA."),
    4: ("Kỉ niệm chương", "UBND huyện Bình Quý trao Kỉ niệm chương cho ông Lê Khoẻ. Sức khỏe của ông còn khoẻ."),
    5: (
        "Bằng khen",
        f"Quý ông ở xã Minh Tiến, huyện Bình Quý nhận Bằng khen. {LONG * 3}“Bằng khen”của tỉnh (bằng khen).",
    ),
    6: ("Uỷ ban nhân dân", "Ủy ban, uỷ ban và UỶ BAN. Chị Thuý, bà Thủy và đội Huỳnh Khuỷu hội họp ở quỹ, quý IV."),
    7: ("na na na", f"na, nam, na. {'na ' * 60}Nà, ná; Đa đa-na/na"),
    8: ("Không rõ ngày", "Văn hoá: hộ trồng na đón Huân chương Lao động hạng Ba."),
    9: ("Huân chương", "Xã đón Huân chương Lao động hạng Ba, huy chương và bằng."),
}
DAYS = {2: "2019-12-31", 3: "2020-01-01", 4: "2020-02-29", 5: "2020-06-12", 6: "2020-06-30", 7: "2021-01-01"}
PHRASES = (
    *("văn hoá", "văn hóa", "VĂN HOÁ", "van hoa", "Văn  hoá.", "hoá", "hoa", "văn hoàng", "thi đua khen thưởng"),
    *(
        "thi dua khen thuong",
        "Thi đua - Khen thưởng",
        "na",
        "Nà",
        "đa",
        "da",
        "khoẻ",
        "uỷ ban",
        "Uy ban",
        "thuý",
        "quý",
    ),
    *(
        "khuỷu",
        "khen",
        "“bằng khen”",
        '"bằng khen"',
        "không có",
        "huan chuong",
        "huân chuong",
        "5",
        "",
        " ",
        "—",
        "x'); --",
    ),
    *("đi", "trong xã làm đường", "Hoạ", "niệm chương", "nhân dân", "[a-z]", "*", "na*", "%", "_", "x" * 250),
)
TYPED_DAYS = (
    *(
        "12/06/2020",
        "12/6/2020",
        "1/1/2020",
        "06/2020",
        "6/2020",
        "2020-06-12",
        "2020-6-12",
        "2020-06",
        "2020-6",
        "2020",
    ),
    *(" 2020 ", "29/02/2020", "2020-02", "12/2019", "31/12/2019", "0001", "9999", "9999-12"),
)
NO_DAYS = (
    *(
        "30/02/2020",
        "29/02/2021",
        "13/2020",
        "00/2020",
        "0000",
        "2020-13",
        "2020-00-10",
        "2020-",
        "2020-06-",
        "20",
        "abc",
    ),
    *(
        "1/2/3/2020",
        "/2020",
        "2020/06",
        "12-06-2020",
        "12/06/20",
        "2020-06-12 10:00",
        "now",
        "12062020",
        "1/y2020",
        "--",
    ),
    *("2020-6-", "12/0662020", "2020-006", "007/2020", "-1/2020", "[0-9]", "????", "2020-06-12-01", "'"),
)


@pytest.fixture(scope="module")
def ours(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    folder = tmp_path_factory.mktemp("stock") / "data"
    with Archive.open(folder, create=True) as archive, archive.write():
        for number, (title, body) in SAID.items():
            named = [older(other, day) for other, day in DAYS.items() if other < number]
            named += [newer(other, day) for other, day in DAYS.items() if other > number]
            byline = "Tin, ảnh: Văn Hoá" if number % 2 else ""
            save(archive, article(number, *named, said=text(title, body, byline=byline)))
        archive.conn.execute("UPDATE articles SET published = NULL WHERE id IN (8, 9)")
    with Archive(folder) as archive:
        export(archive, "sqlite", folder.parent / "copy.db", Selection())
        functions.register(archive.conn)
        yield archive.conn


@pytest.fixture(scope="module")
def stock(ours: sqlite3.Connection) -> Iterator[sqlite3.Connection]:
    (path,) = [file for (_, name, file) in ours.execute("PRAGMA database_list") if name == "main"]
    with closing(sqlite3.connect(path.replace("data/archive.db", "copy.db"))) as conn:
        yield conn


def rows(conn: sqlite3.Connection, name: str, *, stock: bool, **typed: str) -> list[tuple[Any, ...]]:
    question = ASKED[name]
    return conn.execute(question.sql(stock=stock), {**dict.fromkeys(question.params, ""), **typed}).fetchall()


@pytest.fixture(scope="module")
def same(ours: sqlite3.Connection, stock: sqlite3.Connection) -> Any:
    """What both find; it must be the same, to the letter."""

    def found(name: str, **typed: str) -> list[tuple[Any, ...]]:
        here = rows(stock, name, stock=True, **typed)
        assert here == rows(ours, name, stock=False, **typed), (name, typed)
        return here

    return found


@pytest.mark.parametrize("name", ["kwic", "per_month", "first_and_last", "named_most", "find"])
def test_whatever_phrase_is_typed_both_find_the_same(same: Any, name: str) -> None:
    found = [
        phrase for phrase in PHRASES if name != "find" or not set('*"“[(-') & set(phrase) if same(name, words=phrase)
    ]
    assert len(found) > len(PHRASES) // 3


def test_whatever_award_and_place_both_find_the_same(same: Any) -> None:
    for award in (*PHRASES, "chiến sĩ thi đua", "chien sy thi dua", "Kỷ niệm chương", "kỉ niệm"):
        same("commended", award=award)
        same("commended", place=award)
    assert [row[2] for row in same("commended", award="Chiến sĩ thi đua")] == ["Chiến sỹ thi đua", "CHIẾN SĨ THI ĐUA"]
    assert same("commended", award="chiến sỹ thi đua") == same("commended", award="Chiến sĩ thi đua")
    assert same("commended", award="chien sy thi dua") == same("commended", award="Chiến sĩ thi đua")
    assert [row[2] for row in same("commended", award="Kỷ niệm chương")] == ["Kỉ niệm chương"]


def test_both_spellings_of_tone_marks_are_found_and_shown(same: Any) -> None:
    for typed in ("văn hoá", "văn hóa"):
        words = [row[2] for row in same("kwic", words=typed)]
        assert words.count("Văn hoá") == 2
        assert {"văn hóa", "VĂN HOÁ", "Văn Hoá"} <= set(words)
        assert "văn hoa" not in words
        assert not {row[1] is None for row in same("kwic", words=typed)} - {False}


def test_words_stand_wherever_they_are_in_the_article_each_with_its_accents_or_without(same: Any) -> None:
    for typed in (
        "chuong huân lao",
        "hộ trồng na",
        '"huân chương" van',
        "“huan chuong” hoá",
        '"trồng na đón" hoa',
        'na "',
    ):
        if typed != 'na "':
            assert same("find", words=typed), typed
    assert same("find", words='"chương huân"') == []


@pytest.mark.parametrize("name", ["find", "kwic", "per_month", "commended", "awards", "named_most"])
def test_days_mean_the_same_in_every_form(same: Any, name: str) -> None:
    typed = {"words": "na"} if name in ("find", "kwic", "per_month") else {}
    for day in (*TYPED_DAYS, *NO_DAYS) if name == "find" else (TYPED_DAYS[0], NO_DAYS[0]):  # all read them as it does
        since, until = same(name, **typed, **{"from": day}), same(name, **typed, to=day)
        told = [cell for row in (*since, *until) for cell in row if str(cell).startswith("Không hiểu ngày")]
        assert len(told) == (2 if day in NO_DAYS else 0), (day, told)
        assert day in TYPED_DAYS or (len(since), len(until)) == (1, 1)
    assert same(name, **typed, **{"from": "01/2020", "to": "12/06/2020"})


def test_a_day_that_is_none_is_told_once_and_finds_nothing(same: Any) -> None:
    ((published, told, *_),) = same("find", words="na", **{"from": "hôm qua"})
    assert published is None
    assert told.startswith("Không hiểu ngày “hôm qua”")


def test_the_letters_are_those_of_our_folding(stock: sqlite3.Connection) -> None:
    shared = ASKED["per_month"].sql(stock=True).partition("found AS")[0].rstrip().removesuffix(",")
    asked = " ".join((shared, "SELECT old, new, bare FROM changes WHERE n <= 67"))
    letters = stock.execute(asked, {"words": "", "from": "", "to": ""}).fetchall()
    assert len(letters) == len({small for _, small, _ in letters}) == 67
    assert all((exact(large), folded(large)) == (small, bare) for large, small, bare in letters)
