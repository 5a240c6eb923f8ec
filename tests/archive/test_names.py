"""Which places and bodies a text names, over invented sentences."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.folding import nfc
from archive.names import names


def named(text: str) -> list[str]:
    return [name.name for name in names(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Hội nghị diễn ra ở xã Cẩm Khê, huyện Bình Quý.", ["xã Cẩm Khê", "huyện Bình Quý"]),
        ("Thành phố Hải Dương và TP. Hồ Chí Minh", ["thành phố Hải Dương", "thành phố Hồ Chí Minh"]),
        ("quận 1, phường 12; tổ dân phố số 3.", ["quận 1", "phường 12", "tổ dân phố 3"]),
        ("các xã Minh Tiến, Nam Sơn và Phú Hòa đã về đích", ["xã Minh Tiến", "xã Nam Sơn", "xã Phú Hòa"]),
        ("phường Trần Hưng Đạo trao thưởng", ["phường Trần Hưng Đạo"]),
        ("TP Huế tổ chức; tỉnh Bà Rịa-Vũng Tàu", ["thành phố Huế", "tỉnh Bà Rịa - Vũng Tàu"]),
        ("Sở Nội vụ tổ chức hội nghị", ["Sở Nội vụ"]),
        ("Sở Văn hoá, Thể thao và du lịch Hải Dương", ["Sở Văn hóa, Thể thao và Du lịch Hải Dương"]),
        ("Sở LĐ-TB&XH, Sở TT&TT", ["Sở Lao động - Thương binh và Xã hội", "Sở Thông tin và Truyền thông"]),
        ("Uỷ ban nhân dân xã Kim Mỹ", ["UBND xã Kim Mỹ", "xã Kim Mỹ"]),
        ("Hội đồng Thi đua, Khen thưởng tỉnh họp", ["Hội đồng Thi đua - Khen thưởng tỉnh"]),
        ("Ban Thường vụ Huyện ủy; Tỉnh đoàn Hưng Yên", ["Ban Thường vụ Huyện ủy", "Huyện ủy", "Tỉnh đoàn Hưng Yên"]),
        ("Hội Nông dân Việt Nam và Hội Cựu chiến binh xã", ["Hội Nông dân Việt Nam", "Hội Cựu chiến binh xã"]),
        ("Trường Tiểu học Tân Lộ, Trường THPT Nguyễn Du", ["Trường Tiểu học Tân Lộ", "Trường THPT Nguyễn Du"]),
        ("Công ty TNHH Hoa Sen nộp thuế; Công ty cổ phần Lúa Vàng.", ["Công ty cổ phần Lúa Vàng"]),
        ("Trạm Y tế xã Quang Đài", ["Trạm Y tế xã Quang Đài", "xã Quang Đài"]),
    ],
)
def test_places_and_bodies_are_found_under_one_spelling(text: str, expected: list[str]) -> None:
    assert named(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Phó Chủ tịch UBND tỉnh Lê Đình Bưởi phát biểu", ["UBND tỉnh"]),
        ("Chủ tịch UBND thành phố Phạm Thị Mận", ["UBND thành phố"]),
        ("Giám đốc Sở Nội vụ Bùi Văn Quế trao Bằng khen", ["Sở Nội vụ"]),
        ("Bí thư Đảng ủy xã Đông Lạc Trần Thị Lựu", ["Đảng ủy xã Đông Lạc", "xã Đông Lạc"]),
    ],
)
def test_a_person_who_follows_is_no_part_of_the_name(text: str, expected: list[str]) -> None:
    assert named(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Hội nghị biểu dương điển hình tiên tiến",
        "phát triển kinh tế - xã hội và văn bản mới",
        "Đồng chí Tỉnh ủy viên dự lễ",
        "Ban Tổ chức trao giải cho 12 huyện, 3 xã",
        "xã Nông thôn mới kiểu mẫu",
        "UBND các xã; thành phố Việt Nam",
        "Bộ phận một cửa, Ban hành kế hoạch, Sở hữu trí tuệ",
        "HUYỆN BÌNH QUÝ TỔ CHỨC",
        "Hiệp hội Thương mại điện tử, Trung tâm Giáo dục thường xuyên",
        "",
    ],
)
def test_what_might_be_something_else_is_left_out(text: str) -> None:
    assert named(text) == []


def test_a_mention_is_a_place_in_the_text() -> None:
    text = "Sáng nay, Uỷ ban nhân dân huyện Bình Quý họp."
    body, place = names(text)
    assert (body.kind, text[body.start : body.end]) == ("body", "Uỷ ban nhân dân huyện Bình Quý")
    assert (place.kind, text[place.start : place.end]) == ("place", "huyện Bình Quý")


pieces = st.sampled_from(
    [
        "UBND",
        "tỉnh",
        "xã",
        "TP.",
        "Sở",
        "Nội vụ",
        "Ban",
        "Tổ chức",
        "Gia",
        "Lộc",
        "Nguyễn",
        "Văn",
        "và",
        ",",
        "-",
        "5",
        "Công ty",
        "TNHH",
        "Trường",
        "Uỷ ban nhân dân",
        "Tỉnh ủy",
        "Việt Nam",
        "các",
        "\n\n",
        "&",
        "Hà Nội",
        "hoá",
        "́",
    ]
)


@given(st.one_of(st.text(max_size=80), st.lists(pieces, max_size=25).map(" ".join)))
def test_any_text_can_be_read(text: str) -> None:
    composed = nfc(text)
    found = names(composed)
    assert found == names(composed)
    for name in found:
        assert 0 <= name.start < name.end <= len(composed)
        assert name.name == unicodedata.normalize("NFC", name.name).strip()
        assert "\n" not in name.name


def test_a_long_text_of_nothing_but_heads_is_read_in_time() -> None:
    assert names("Công ty TNHH " * 20_000) == []
    assert names("xã " * 50_000) == []
    assert len(names("Minh " * 50_000)) == 0
