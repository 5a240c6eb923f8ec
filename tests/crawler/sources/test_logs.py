"""What wget's logs tell, in whatever language and wherever on earth it ran."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from tests.crawler.sources.mirroring import page, walked, write

if TYPE_CHECKING:
    from pathlib import Path

LOG = """--2020-06-12 15:15:00--  https://haiduong.gov.vn/tin/le-hoi
Đang kết nối... HTTP yêu cầu đã gửi, đang đợi câu trả lời... 200 OK
{saving}

2020-06-12 15:15:01 (1,0 MB/s) - đã lưu

KẾT THÚC --2020-06-12 15:20:00--
"""
ENDED = datetime(2020, 6, 12, 8, 20, tzinfo=UTC)  # the last time of the log, in UTC


@pytest.mark.parametrize(
    "saving",
    [
        "Saving to: ‘tai/le-hoi.html’",
        "Đang ghi vào: ‘tai/le-hoi.html’",
        "Saving to: `tai/le-hoi.html'",
        'Saving to: "tai/le-hoi.html"',
        "Sauvegarde en : « tai/le-hoi.html »",
    ],
)
def test_a_log_tells_address_and_time_in_any_language(saving: str, tmp_path: Path) -> None:
    write(tmp_path / "le-hoi.html", page(), datetime(2011, 1, 1, tzinfo=UTC))  # Last-Modified, as wget sets it
    write(tmp_path / "wget-log", LOG.format(saving=saving), ENDED)
    kept = walked(tmp_path).one()
    assert (kept.url, kept.at) == ("https://haiduong.gov.vn/tin/le-hoi", datetime(2020, 6, 12, 8, 15, tzinfo=UTC))


def test_the_logs_own_time_shows_how_its_clock_stood(tmp_path: Path) -> None:
    write(tmp_path / "le-hoi.html", page())
    write(tmp_path / "wget-log", LOG.format(saving="Saving to: ‘le-hoi.html’"), ENDED + timedelta(hours=5))
    assert walked(tmp_path).one().at == datetime(2020, 6, 12, 13, 15, tzinfo=UTC)  # two hours ahead of UTC


def test_a_log_whose_own_time_was_lost_is_in_vietnams(tmp_path: Path) -> None:
    write(tmp_path / "le-hoi.html", page())
    write(tmp_path / "wget-log", LOG.format(saving="Saving to: ‘le-hoi.html’"), datetime(2024, 1, 1, tzinfo=UTC))
    assert walked(tmp_path).one().at == datetime(2020, 6, 12, 8, 15, tzinfo=UTC)


def test_a_brief_log_is_read_too(tmp_path: Path) -> None:
    line = '2020-06-12 15:20:00 URL:http://a.vn/b.aspx?nid=5 [5917/5917] -> "x/b.html" [1]\n'
    write(tmp_path / "b.html", page())
    write(tmp_path / "lay.log", line, ENDED)
    kept = walked(tmp_path).one()
    assert (kept.url, kept.at) == ("http://a.vn/b.aspx?nid=5", ENDED)


def test_a_log_that_is_damaged_or_none_harms_nothing(tmp_path: Path) -> None:
    write(tmp_path / "a.vn" / "b.html", page())
    write(tmp_path / "wget-log", b"--2020-99-99 99:99:99--  http://a.vn/b.html\n\xff\x00: `a.vn/b.html'\n--")
    write(tmp_path / "wget-log.1", b"\x00" * 100_000)
    write(tmp_path / "other.log", "chữ")
    assert walked(tmp_path).one().url == "http://a.vn/b.html"


def test_an_address_that_is_none_is_not_taken_from_a_log_or_a_cache(tmp_path: Path) -> None:
    write(tmp_path / "a.vn" / "tot.html", page())
    said = "HTTP request sent, awaiting response... 404 Not Found\n"
    log = f"--2020-06-12 15:00:00--  http://[a.vn/tot.html\n{said}--2020-06-12 15:00:01--  http://a.vn:x/\n{said}"
    write(tmp_path / "wget-log", log)
    line = "12:00:00\t10/10\t---M--\t404\terror\ttext/html\tdate:\thttp://[b.vn/\tmirror/b.vn/index.html\t(from )\n"
    write(tmp_path / "other" / "hts-cache" / "new.txt", line)
    assert [kept.url for kept in walked(tmp_path).pages] == ["http://a.vn/tot.html"]
