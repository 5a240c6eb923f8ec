"""Feeds: what a feed reader finds in them, whatever the articles hold."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date
from html import unescape
from typing import TYPE_CHECKING, Any

import feedparser
import pytest

from archive.export import atom, export, feed, jsonfeed
from archive.export.source import Source
from archive.selection import Selection, ids
from archive.store import save
from archive.stored import find, several
from tests.archive.build import BODY, article, older, text, url

if TYPE_CHECKING:
    from pathlib import Path

    from archive import Archive


def store(archive: Archive, count: int = 4) -> None:
    """Store articles of which each names the one before it with its day: the last one is undated."""
    for number in range(1, count + 1):
        more = {2: {"byline": "Thanh Hà"}, 3: {"lead": "Tóm tắt."}}.get(number, {})
        said = text(f"Tin số {number}", **more)
        before = (older(number - 1, f"2020-06-{number - 1:02}"),) if number > 1 else ()
        save(archive, article(number, *before, day=number, said=said))


def written(archive: Archive, name: str, out: Path, selection: Selection | None = None, **more: Any) -> bytes:
    export(archive, name, out, selection or Selection(), **more)
    return out.read_bytes()


def opened(archive: Archive, out: Path, selection: Selection | None = None, **more: Any) -> Any:
    """Return the Atom feed as feedparser understands it."""
    found = feedparser.parse(written(archive, "atom", out, selection, **more))
    assert not found.bozo, found.get("bozo_exception")
    assert found.version == "atom10"
    return found


def texts(markup: str) -> list[str]:
    """Return the blocks of text in a piece of HTML."""
    return [unescape(block) for block in re.sub("<[^>]*>", "\0", markup).split("\0") if block]


def test_a_feed_reader_finds_every_article_the_newest_first(archive: Archive, tmp_path: Path) -> None:
    store(archive)
    found = opened(archive, tmp_path / "feed.xml")
    assert [entry.link for entry in found.entries] == [url(3), url(2), url(1), url(4)], "the undated one comes last"
    assert [entry.id for entry in found.entries] == [entry.link for entry in found.entries]
    assert found.feed.updated == "2024-01-05T03:00:00Z"
    assert found.feed.link == "http://noivu.example/"
    assert found.feed.language == "vi"


def test_an_entry_says_what_is_known_of_the_article(archive: Archive, tmp_path: Path) -> None:
    store(archive)
    third, second, _, undated = opened(archive, tmp_path / "feed.xml").entries
    assert (third.title, third.author, third.summary) == ("Tin số 3", "noivu.example", "Tóm tắt.")
    assert (second.author, second.summary) == ("Thanh Hà", "Sáng nay, xã tổ chức hội nghị.")
    assert (second.published, second.updated) == ("2020-06-02T00:00:00+07:00", "2024-01-03T03:00:00Z")
    assert [tag.term for tag in second.tags] == ["Thi đua - Khen thưởng"]
    assert "published" not in undated
    assert texts(second.content[0].value) == BODY.split("\n\n")


def test_the_moment_of_change_is_that_of_the_words_not_of_the_last_look(archive: Archive, tmp_path: Path) -> None:
    save(archive, article(1))
    save(archive, article(1, day=3))
    assert opened(archive, tmp_path / "a.xml").entries[0].updated == "2024-01-01T03:00:00Z"
    save(archive, article(1, day=6, said=text("Tin số 1", BODY + " Đã sửa.")))
    assert opened(archive, tmp_path / "b.xml").entries[0].updated == "2024-01-07T03:00:00Z"


def test_lists_tables_headings_and_captions_are_set_as_such(archive: Archive) -> None:
    body = "Mở đầu\n\nKết quả\n\nmột\n\nhai\n\nXã | Hộ\n\nHoa Sen | 12\n\nẢnh: đại hội"
    save(archive, article(1, said=text("Tin", body, block_kinds="phiirrc")))
    found = next(several(archive.conn, [1]))
    assert feed.html(found) == (
        "<p>Mở đầu</p><h3>Kết quả</h3><ul><li>một</li><li>hai</li></ul>"
        "<table><tr><td>Xã</td><td>Hộ</td></tr><tr><td>Hoa Sen</td><td>12</td></tr></table><p><em>Ảnh: đại hội</em></p>"
    )


def test_markup_in_a_text_stays_text(archive: Archive, tmp_path: Path) -> None:
    body = "<script>alert(1)</script> & ]]> “a” 'b' \"c\""
    save(archive, article(1, said=text("A < B & C", body, category='Thi "đua" & <khen>')))
    entry = opened(archive, tmp_path / "feed.xml").entries[0]
    assert entry.title == "A < B & C"
    assert entry.tags[0].term == 'Thi "đua" & <khen>'
    item = json.loads(written(archive, "jsonfeed", tmp_path / "feed.json"))["items"][0]
    assert "<script" not in item["content_html"]
    assert texts(item["content_html"]) == [body]


def test_characters_that_xml_cannot_write_do_no_harm(archive: Archive, tmp_path: Path) -> None:
    save(archive, article(1, said=text("Tin\x00 \x0b\ufffe số 1", "Chữ\x1b lạ \U0001f33e")))
    entry = opened(archive, tmp_path / "feed.xml").entries[0]
    assert entry.title == "Tin\ufffd \ufffd\ufffd số 1"
    assert entry.content[0].value == "<p>Chữ\ufffd lạ \U0001f33e</p>"
    item = json.loads(written(archive, "jsonfeed", tmp_path / "feed.json"))["items"][0]
    assert item["title"] == "Tin\x00 \x0b\ufffe số 1", "JSON can write them"


def test_a_long_summary_is_cut_between_words(archive: Archive) -> None:
    save(archive, article(1, said=text("Tin", "thi đua, " * 60)))
    found = find(archive.conn, 1)
    assert found is not None
    cut = feed.summary(found)
    assert len(cut) <= 300
    assert re.fullmatch(r"(thi đua, )+thi( đua)?…", cut)


def test_an_article_without_a_word_has_no_summary(archive: Archive, tmp_path: Path) -> None:
    save(archive, article(1, said=text("Chỉ có ảnh", "Ảnh", block_kinds="c")))
    assert "summary" not in json.loads(written(archive, "jsonfeed", tmp_path / "feed.json"))["items"][0]


COMPLETE = b"<fh:complete/>"


def test_only_a_feed_of_all_that_is_meant_is_complete(archive: Archive, tmp_path: Path) -> None:
    store(archive)
    early = Selection(date_to=date(2020, 6, 2))
    assert COMPLETE in written(archive, "atom", tmp_path / "a.xml")
    assert COMPLETE in written(archive, "atom", tmp_path / "b.xml", early)
    assert COMPLETE not in written(archive, "atom", tmp_path / "c.xml", limit=2)
    assert COMPLETE in written(archive, "atom", tmp_path / "d.xml", limit=9)


def test_a_limit_takes_the_newest(archive: Archive, tmp_path: Path) -> None:
    store(archive)
    found = opened(archive, tmp_path / "feed.xml", limit=2)
    assert [entry.link for entry in found.entries] == [url(3), url(2)]
    assert export(archive, "csv", tmp_path / "a.csv", Selection(), limit=2).articles == 2
    dated = [find(archive.conn, each) for each in ids(archive, Selection(), limit=2)]
    assert [each.url for each in dated if each] == [url(2), url(3)], "in the order of their days, as without"
    assert ids(archive, Selection(), limit=9) == ids(archive, Selection())


def test_another_choice_is_another_feed_but_a_limit_is_not(archive: Archive, tmp_path: Path) -> None:
    store(archive)
    named = [
        opened(archive, tmp_path / f"{number}.xml", selection, limit=limit).feed.id
        for number, (selection, limit) in enumerate(
            [(Selection(), None), (Selection(), 2), (Selection(query="hội nghị"), None), (Selection(exact=True), None)]
        )
    ]
    assert named[0] == named[1]
    assert len(set(named)) == 3
    assert all(name.startswith("urn:uuid:") for name in named)


def test_the_feed_says_how_its_articles_were_chosen(archive: Archive, tmp_path: Path) -> None:
    store(archive)
    chosen = Selection(date(2020, 6, 1), date(2020, 6, 30), "thi dua", "hoi nghi")
    found = opened(archive, tmp_path / "feed.xml", chosen, limit=50).feed
    assert found.title == "Thi đua – Khen thưởng: noivu.example"
    assert found.subtitle == (
        "50 bài mới nhất trong kho lưu trữ có từ khoá “hoi nghi”, thuộc chuyên mục “thi dua”, "
        "đăng từ 01/06/2020 đến 30/06/2020."
    )


@pytest.mark.parametrize("name", ["atom", "jsonfeed"])
def test_the_same_archive_gives_the_same_bytes(name: str, archive: Archive, tmp_path: Path) -> None:
    store(archive)
    assert written(archive, name, tmp_path / "a") == written(archive, name, tmp_path / "b")


def test_an_archive_without_articles_has_an_empty_feed(archive: Archive, tmp_path: Path) -> None:
    found = opened(archive, tmp_path / "feed.xml")
    assert (found.entries, found.feed.title) == ([], "Thi đua – Khen thưởng")
    assert json.loads(written(archive, "jsonfeed", tmp_path / "feed.json"))["items"] == []


def test_json_feed_says_the_same_and_what_is_ours_apart(archive: Archive, tmp_path: Path) -> None:
    store(archive)
    found = json.loads(written(archive, "jsonfeed", tmp_path / "feed.json"))
    assert found["version"] == "https://jsonfeed.org/version/1.1"
    assert (found["language"], found["home_page_url"]) == ("vi", "http://noivu.example/")
    assert [item["id"] for item in found["items"]] == [url(3), url(2), url(1), url(4)]
    second, undated = found["items"][1], found["items"][3]
    assert second["date_published"] == "2020-06-02T00:00:00+07:00"
    assert second["authors"] == [{"name": "Thanh Hà"}]
    assert second["_thidua"] == {"id": 1, "published": "2020-06-02", "published_source": "list", "status": "live"} | {
        "id": ids(archive, Selection())[1]
    }
    assert "date_published" not in undated
    assert texts(second["content_html"]) == BODY.split("\n\n")


def test_a_server_can_say_where_the_feed_is_and_where_it_goes_on(archive: Archive) -> None:
    store(archive)
    source = Source(archive, Selection(), ids(archive, Selection()), lambda _done, _whole: None)
    head = replace(feed.of(source), url="http://127.0.0.1/feed.atom", older="http://127.0.0.1/feed.atom?a=1&b=2")
    found = feedparser.parse("".join(atom.parts(head, several(archive.conn, source.ids[:1]))))
    links = {link.rel: link.href for link in found.feed.links}
    assert (links["self"], links["next"]) == (head.url, head.older)
    said = json.loads("".join(jsonfeed.parts(head, several(archive.conn, source.ids[:1]))))
    assert (said["feed_url"], said["next_url"], len(said["items"])) == (head.url, head.older, 1)
