"""A body in groups: items of a list and rows of a table stay together."""

from hypothesis import given
from hypothesis import strategies as st

from archive.prose import Group, groups


def test_items_and_rows_stay_together_and_paragraphs_apart() -> None:
    body = "Mở đầu.\n\nHai.\n\nMục một\n\nMục hai\n\nSTT | Cây\n\n1 | na\n\nẢnh: vườn na"
    assert list(groups(body, "ppiirrc")) == [
        Group("paragraph", ("Mở đầu.",)),
        Group("paragraph", ("Hai.",)),
        Group("list", ("Mục một", "Mục hai")),
        Group("table", ("STT | Cây", "1 | na")),
        Group("caption", ("Ảnh: vườn na",)),
    ]


def test_the_rows_of_a_table_are_of_one_length() -> None:
    assert Group("table", ("STT | Cây | Số", "1 | na", "Cộng")).rows == [
        ["STT", "Cây", "Số"],
        ["1", "na", ""],
        ["Cộng", "", ""],
    ]


def test_a_body_without_text_has_no_groups() -> None:
    assert list(groups("", "")) == []


def test_a_block_without_a_letter_or_with_an_unknown_one_is_a_paragraph() -> None:
    assert [group.kind for group in groups("Một\n\nHai\n\nBa", "h?")] == ["heading", "paragraph", "paragraph"]


blocks = st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\n"), min_size=1), min_size=1)


@given(blocks, st.text("phirc?"))
def test_no_block_is_lost_or_moved(texts: list[str], kinds: str) -> None:
    found = list(groups("\n\n".join(texts), kinds))
    assert [text for group in found for text in group.texts] == texts
