"""Labels: every wording of the sites, in every spelling; and sentences that only contain one."""

from __future__ import annotations

import unicodedata

import pytest

from crawler.pages.labels import Direction, direction, is_comments

WORDINGS = {
    Direction.NEWER: ["Các tin mới hơn", "Những tin mới hơn", "Tin mới hơn", "Các tin mới"],
    Direction.OLDER: ["Các tin cũ hơn", "Những tin cũ hơn", "Tin cũ hơn", "Các tin đã đưa", "Các tin đã đăng"],
    Direction.UNDIRECTED: [
        "Các tin khác",
        "Tin liên quan",
        "Bài viết liên quan",
        "Video khác",
        "Các văn bản liên quan",
        "Có thể bạn quan tâm",
        "Other News",
        "Related articles",
        "More stories",
    ],
}
EVERY = [(way, words) for way, wordings in WORDINGS.items() for words in wordings]


@pytest.mark.parametrize(("way", "words"), EVERY)
def test_every_wording_is_known(way: Direction, words: str) -> None:
    assert direction(words) is way


@pytest.mark.parametrize("style", ["{}:", "{} (5)", "» {} «", "• {}", "{}...", "[{}]", "{} >>"])
@pytest.mark.parametrize(("way", "words"), EVERY)
def test_bullets_colons_and_counts_do_not_hide_a_label(way: Direction, words: str, style: str) -> None:
    assert direction(style.format(words)) is way


@pytest.mark.parametrize(("way", "words"), EVERY)
def test_upper_case_does_not_hide_a_label(way: Direction, words: str) -> None:
    assert direction(words.upper()) is way


def test_labels_are_compared_in_nfc_as_lines_are_kept() -> None:
    nfd = unicodedata.normalize("NFD", "Các tin cũ hơn")
    assert direction(unicodedata.normalize("NFC", nfd)) is Direction.OLDER


@pytest.mark.parametrize(
    "text",
    [
        "Bạn đọc có thể xem các tin mới hơn ở cuối trang.",
        "Các tin cũ hơn đã được lưu trữ",
        "Tin tức",
        "Thông báo",
        "Tin mới",
        "Tin nổi bật",
        "na",
        "",
    ],
)
def test_a_sentence_or_a_menu_entry_is_no_label(text: str) -> None:
    assert direction(text) is None


@pytest.mark.parametrize("text", ["Bình luận (2)", "Ý KIẾN BẠN ĐỌC", "2 bình luận cho bài viết", "Gửi bình luận"])
def test_the_label_over_comments_is_known(text: str) -> None:
    assert is_comments(text)


@pytest.mark.parametrize("text", ["Bình luận về kết quả thi đua", "Ý kiến của đồng chí Chủ tịch", ""])
def test_a_title_about_opinions_is_no_label_over_comments(text: str) -> None:
    assert not is_comments(text)
