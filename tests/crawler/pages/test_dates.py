"""Dates: every form that the sites print, and what must not be taken for one."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.pages import dates, stamps
from crawler.pages.text import squeeze
from crawler.records import Block, BlockKind

JUNE_12 = date(2020, 6, 12)


def opening(*texts: str) -> list[Block]:
    return [Block(BlockKind.PARAGRAPH, text) for text in texts]


@pytest.mark.parametrize(
    "shown", ["12/06/2020", "12/6/2020", "12-06-2020", "12.06.2020", "12 / 6 / 2020", "2020-06-12"]
)
def test_numeric_forms_put_the_day_before_the_month(shown: str) -> None:
    assert dates.first(shown) == JUNE_12


@pytest.mark.parametrize(
    "shown",
    [
        "Thứ sáu - 12/06/2020 15:30",
        "Ngày đăng: 12/06/2020",
        "Đăng ngày 12/06/2020",
        "Cập nhật: 12/06/2020",
        "Cập nhật lúc 07:30, 12/06/2020",
        "12/06/2020 | 12:00 AM",
        "12/06/2020 15h30",
        "Thứ Sáu, 12/06/2020, 16:40 [GMT+7]",
        "(12/06/2020)",
        "Được đăng: Thứ sáu, 12 Tháng 6 2020 15:30",
        "Tháng Sáu 12, 2020",
        "Đăng vào Tháng 6 12, 2020",
        "12/06/2020 | Lượt xem: 1.204",
        "Ngày 12 tháng 6 năm 2020",
        "Publish date 12/06/2020 | 3:37 PM | View count: 381",
        "Ngày đăng 12/06/2020 | 12:00 AM | View count: 700",
        "Thứ sáu 12/06/2020 14:29 Đã xem: 43377 Phản hồi: 0",
        "12/06/2020 08:06Lượt xem: 1439In trang",
        "8:09 AM | 12/06/202029810 lượt xem",
        "Trần Thị SenThứ Sáu, 12/06/2020 | 17:57Theo dõi trên Google News",
        "Nguồn: Báo tỉnhNgày cập nhật: 12/06/2020Cỡ chữ: A- A A+",
        "2020-06-12 14:37:00 1627 lượt xem admin",
        "2020/06/12 lúc 13:27",
        "12 thg 6, 2020",
        "Published: June 12, 2020 at 8:15 am by admin",
        "Ngày gửi: 12 Jun 2020 - No comments",
        "16 giờ 22 phút | 12.06.2020 | 2 bình luận | Chia sẻ",
        "Posted on 12/06/202030/11/2025 by admin",
    ],
)
def test_a_line_that_is_only_a_date_is_one(shown: str) -> None:
    assert dates.date_line(shown) == JUNE_12


@pytest.mark.parametrize("shown", ["12/06/2020 9:99 AM", "12/06/2020 25:61", "9:99 AM 12/06/2020"])
def test_a_nonsense_time_does_not_lose_the_day(shown: str) -> None:
    assert dates.date_line(shown) == JUNE_12


@pytest.mark.parametrize("shown", ["Jun 12, 2020", "12 June 2020"])
def test_the_long_tail_is_read(shown: str) -> None:
    assert dates.date_line(shown) == JUNE_12


@pytest.mark.parametrize(
    "shown",
    [
        "Kế hoạch 12/06/2020",
        "Ngày 12/06/2020, Ủy ban nhân dân huyện đã họp",
        "Hội nghị ngày 12 tháng 6 năm 2020",
        "Sáng 12/06/2020 bởi vì trời mưa to nên hội nghị dời lại",
        "Năm 2020",
        "",
        "Ngày 12/6/2020:",
        "Họp mặt June 12, 2020",
        "Trần Thị Sen 12/06/1980",
        "Cuốn sách được viết bởi Trần Thị Sen ngày 12/06/2020",
    ],
)
def test_a_line_that_says_more_than_a_date_is_none(shown: str) -> None:
    assert dates.date_line(shown) is None


@pytest.mark.parametrize("shown", ["31/02/2020", "00/06/2020", "12/13/2020", "12/06/20", "12/06/1820", "20200612"])
def test_what_the_calendar_does_not_have_is_no_date(shown: str) -> None:
    assert dates.first(shown) is None
    assert dates.date_line(shown) is None


@pytest.mark.parametrize(
    "shown", ["0220.385.2020", "1.12/06/2020", "12/06/20201", "Nghị định 15/2019/NĐ-CP", "3/12/06/2020"]
)
def test_longer_numbers_hold_no_date(shown: str) -> None:
    assert dates.first(shown) is None


@pytest.mark.parametrize(
    "shown",
    [
        "Được đăng bởi bientap vào ngày T6, 12/06/2020 - 14:05",
        "Đăng lúc: Thứ sáu - 12/06/2020 21:10 - Người đăng bài viết: Trịnh Công",
        "12/06/2020 | Người đăng: Quản trị",
        "Đăng vào 12 Tháng 6, 2020 bởi Trần Thị Sen",
        "Posted on 12/06/2020 by admin",
    ],
)
def test_who_put_the_page_there_may_stand_with_its_date(shown: str) -> None:
    assert dates.date_line(shown) == JUNE_12


@pytest.mark.parametrize("shown", ["Trần Thị Sen - 12/06/2020", "12.06.2020 · PV · 3 phút đọc"])
def test_under_a_title_a_name_may_stand_with_the_date(shown: str) -> None:
    assert dates.signed_date(shown) == JUNE_12


@pytest.mark.parametrize("shown", ["Hải Dương, ngày 12/6/2020", "Hội nghị ngày 12/06/2020", "Ngày 12/6/2020:"])
def test_a_place_or_a_sentence_is_no_name(shown: str) -> None:
    assert dates.signed_date(shown) is None


def test_a_line_that_only_names_who_put_the_page_there_is_told() -> None:
    assert stamps.is_poster("Viết bởi Quản trị")
    assert not stamps.is_poster("Viết bởi những người lính già, cuốn sách đã được in lại ba lần trong năm qua.")


def test_a_clock_is_not_the_pages_own_date() -> None:
    assert dates.own_date("Hôm nay: Thứ hai, 23/11/2026") is None
    assert dates.own_date("Thứ hai, 23/11/2026") == date(2026, 11, 23)


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("mung mot", 1), ("mong ba", 3), ("bon", 4), ("tu", 4), ("muoi", 10), ("mung muoi", 10), ("muoi lam", 15),
        ("hai muoi", 20), ("hai muoi mot", 21), ("hai muoi tu", 24), ("ba muoi", 30), ("ba muoi mot", 31), ("07", 7),
        ("xuan", 0),
    ],
)  # fmt: skip
def test_numbers_are_read_in_words(words: str, value: int) -> None:
    assert dates.number(words) == value


@pytest.mark.parametrize(
    ("words", "value"), [("gieng", 1), ("tu", 4), ("muoi mot", 11), ("chap", 12), ("6", 6), ("he", 0)]
)
def test_months_are_read_in_words(words: str, value: int) -> None:
    assert dates.month_number(words) == value


@pytest.mark.parametrize(
    ("shown", "day"),
    [
        ("ngày mùng ba tháng giêng năm 2020", date(2020, 1, 3)),
        ("Ngày hai mươi mốt tháng chạp năm 2020", date(2020, 12, 21)),
        ("ngày 12 tháng Sáu năm 2020", JUNE_12),
        ("ngày mồng 2 tháng 9 năm 2020", date(2020, 9, 2)),
    ],
)
def test_whole_dates_are_read_in_words(shown: str, day: date) -> None:
    assert dates.first(shown) == day


@pytest.mark.parametrize(
    "end", ["(12/06/2020)", " (12/6/2020)", " (12-06-2020)", " (12/06/2020 15:30)", " - 12/06/2020", " [12/06/2020]"]
)
def test_a_trailing_date_is_parted_from_the_title(end: str) -> None:
    assert dates.split_trailing("Trao cờ thi đua" + end) == ("Trao cờ thi đua", JUNE_12)


def test_a_clock_time_may_stand_before_the_trailing_date() -> None:
    assert dates.split_trailing("Họp thôn Đông (7h35 - 12/6/2020)") == ("Họp thôn Đông", JUNE_12)


@pytest.mark.parametrize(
    "title", ["Kỷ niệm (21/6/1925 – 21/6/2014)", "Nghỉ lễ 30/4 - 1/5/2016", "Từ 1/6 đến ngày 12/6/2020"]
)
def test_the_end_of_a_period_is_no_trailing_date(title: str) -> None:
    assert dates.split_trailing(title) == (title, None)


def test_of_two_trailing_dates_the_title_keeps_its_own() -> None:
    assert dates.split_trailing("Họp mặt (28/8/2015)(12/06/2020)") == ("Họp mặt (28/8/2015)", JUNE_12)


@pytest.mark.parametrize(
    "title", ["Đại hội lần thứ IV (2020-2025)", "Chào mừng 19/8", "Ngày 31/02/2020", "Tổng kết năm 2020"]
)
def test_a_title_without_a_date_at_its_end_is_left_alone(title: str) -> None:
    assert dates.split_trailing(title) == (title, None)


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("2020-06-12", JUNE_12),
        ("2020-06-12T08:00:00", JUNE_12),
        ("2020-06-11T23:30:00+00:00", JUNE_12),  # half past six in the morning in Vietnam
        ("2020-06-12T23:30:00+07:00", JUNE_12),
        ("2020-06-12+0715:30:00", JUNE_12),  # NukeViet's malformed zone
        ("12/06/2020", JUNE_12),
        ("không rõ", None),
        ("", None),
    ],
)
def test_metadata_is_in_vietnams_calendar(value: str, day: date | None) -> None:
    assert dates.metadata_date(value) == day


@pytest.mark.parametrize(
    "text",
    [
        "Sáng ngày 12 tháng 6 năm 2020, tại hội trường huyện, Ban tổ chức đã khai mạc.",
        "Ngày 12/06/2020, Sở Nội vụ họp.",
        "(HD) - Chiều 12/6/2020, đoàn công tác đã đến thăm.",
    ],
)
def test_the_opening_names_the_day(text: str) -> None:
    assert dates.dateline(opening(text)) == JUNE_12


@pytest.mark.parametrize(
    "text",
    [
        "Căn cứ Quyết định số 12 ngày 12/06/2020 của Ủy ban nhân dân tỉnh, huyện đã họp.",
        "Thực hiện Kế hoạch của tỉnh ngày 12/06/2020, xã phát động phong trào.",
        "Kỷ niệm ngày thành lập 12/06/2020, nhà trường dâng hương.",
    ],
)
def test_the_date_of_another_document_or_event_is_none(text: str) -> None:
    assert dates.dateline(opening(text)) is None


def test_a_date_deep_in_the_text_is_no_dateline() -> None:
    assert dates.dateline(opening("x " * 200 + "Ngày 12/06/2020, huyện họp.")) is None
    assert dates.dateline(opening("a", "b", "c", "Ngày 12/06/2020, huyện họp.")) is None


@pytest.mark.parametrize(
    ("earliest", "latest", "found"),
    [
        (JUNE_12, JUNE_12, JUNE_12),
        (date(2020, 6, 13), date(2020, 7, 1), None),
        (date(2020, 5, 1), date(2020, 6, 11), None),
        (None, date(2020, 6, 11), None),
    ],
)
def test_a_dateline_outside_the_bounds_is_passed_over(
    earliest: date | None, latest: date | None, found: date | None
) -> None:
    assert dates.dateline(opening("Ngày 12/06/2020, huyện họp."), earliest, latest) == found


def test_a_date_without_a_year_takes_the_one_that_fits_the_bounds() -> None:
    text = opening("Sáng 12/6, huyện họp.")
    assert dates.dateline(text, date(2020, 6, 1), date(2020, 6, 30)) == JUNE_12
    assert dates.dateline(text, date(2019, 6, 1), date(2020, 6, 30)) is None  # two years fit
    assert dates.dateline(text) is None


@given(st.text(max_size=200))
def test_no_text_makes_the_readers_of_dates_fail(text: str) -> None:
    list(dates.find(squeeze(text)))
    dates.date_line(squeeze(text))
    dates.split_trailing(text)
    dates.metadata_date(text)


@given(
    st.dates(date(1990, 1, 1), date(2099, 12, 31)),
    st.sampled_from(["{:%d/%m/%Y}", "{:%d-%m-%Y}", "{:%d.%m.%Y}", "{:%Y-%m-%d}"]),
)
def test_every_day_is_read_back(day: date, form: str) -> None:
    assert dates.date_line("Ngày đăng: " + form.format(day)) == day
