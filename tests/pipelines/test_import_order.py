"""Whatever order files come in, what is read out of them is the same: a capture has its place by its time alone."""

from __future__ import annotations

import gzip
import tempfile
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from archive import Archive
from pipelines.contents import hosts_of, identify, look_through
from pipelines.finding import expanded
from pipelines.importing import bring_in
from pipelines.intake import Intake
from pipelines.settling import settle

HOST = "noivu.example"
START = datetime(2019, 3, 5, 1, 2, 3, tzinfo=UTC)
TEXTS = (
    "Sáng nay, Ủy ban nhân dân xã Hoa Sen tổ chức hội nghị biểu dương mười hộ nông dân trồng na giỏi của xã năm qua.",
    "Sáng nay, Ủy ban nhân dân xã Hoa Sen tổ chức hội nghị biểu dương mười hai hộ nông dân trồng na giỏi của xã.",
    "Trang này đã đổi chủ: mời quý khách nạp tiền để nhận thưởng lớn, quay số trúng vàng mỗi ngày, hoàn trả tận tay.",
)
# What else may stand at such a place: one line on every page, which is learnt to be none of the articles'.
FURNITURE = ("", "Chia sẻ bài viết này lên mạng xã hội của bạn")


@dataclass(frozen=True)
class Shot:
    """One capture: of which page, on which day, under which spelling of its address, and what was there."""

    number: int
    day: int
    what: str  # text, list, bare, gone, soft, away (to another article), moved (to its own new address)
    text: int = 0
    named: int = 1
    furniture: int = 0
    spelling: int = 0

    @property
    def url(self) -> str:
        if self.what == "list":
            return f"{SPELLINGS[self.spelling]}/tin-tuc"
        path = f"bai-viet/{self.number}" if self.what in {"bare", "moved"} else f"tin-{self.number:04}.html"
        return f"{SPELLINGS[self.spelling]}/{path}"

    @property
    def answer(self) -> tuple[str, str, str]:
        """Status line, location, page."""
        title = f"Xã Hoa Sen khen thưởng hộ nông dân giỏi lần thứ {self.number}"
        if self.what == "gone":
            return "404 Not Found", "", "<html><body>Không tìm thấy</body></html>"
        if self.what in {"away", "moved"}:
            to = self.named if self.what == "away" else self.number
            return "302 Found", f"http://{HOST}/tin-{to:04}.html", ""
        if self.what == "soft":
            return "200 OK", "", "<html><title>Thông báo</title><body><p>Bài viết không tồn tại.</p></body></html>"
        if self.what == "list":
            links = "".join(link(number) for number in range(1, self.named + 1)) + link(self.number, bare=True)
            return "200 OK", "", f"<html><title>Tin tức</title><body><h1>Tin tức</h1><ul>{links}</ul></body></html>"
        lists = "" if self.what == "bare" else f"<p><b>Các tin cũ hơn</b></p><ul>{link(self.named)}</ul>"
        dated = "" if self.what == "bare" else "<p>Ngày đăng: 04/03/2019</p>"
        head = f"<html><head><meta charset=utf-8><title>{title}</title></head><body><h1>{title}</h1>{dated}"
        told = TEXTS[self.text]
        return (
            "200 OK",
            "",
            f"{head}<p>{told}</p><p>{told} Lần {self.number}.</p><p>{FURNITURE[self.furniture]}</p>{lists}",
        )


SPELLINGS = (f"http://{HOST}", f"https://www.{HOST}", f"http://{HOST}:80")


def link(number: int, *, bare: bool = False) -> str:
    path = f"/bai-viet/{number}" if bare else f"/tin-{number:04}.html"
    return f'<li><a href="{path}">Xã Hoa Sen khen thưởng hộ nông dân giỏi lần thứ {number}</a> (0{number}/03/2019)</li>'


shots = st.builds(
    Shot,
    number=st.integers(1, 4),
    day=st.integers(0, 6),
    what=st.sampled_from(["text", "text", "text", "list", "bare", "bare", "gone", "soft", "away", "moved"]),
    text=st.integers(0, 2),
    named=st.integers(1, 4),
    furniture=st.integers(0, 1),
    spelling=st.integers(0, 2),
)


def written(shots: list[Shot], path: Path) -> Path:
    with path.open("wb") as file:
        for shot in shots:
            status, location, page = shot.answer
            headers = ["Content-Type: text/html; charset=utf-8", *([f"Location: {location}"] if location else [])]
            block = "\r\n".join([f"HTTP/1.1 {status}", *headers, "", page]).encode()
            named = [
                "WARC/1.0",
                "WARC-Type: response",
                f"WARC-Record-ID: <urn:uuid:{uuid.uuid4()}>",
                f"WARC-Date: {START + timedelta(days=shot.day, minutes=shot.number):%FT%TZ}",
                f"WARC-Target-URI: {shot.url}",
                "Content-Type: application/http; msgtype=response",
                f"Content-Length: {len(block)}",
            ]
            file.write(gzip.compress("\r\n".join([*named, "", ""]).encode() + block + b"\r\n\r\n"))
    return path


def brought_in(folder: Path, paths: list[Path], *, copy: bool = False) -> None:
    told: list[str] = []
    with Intake.open(folder, "import") as intake:
        found = expanded(dict.fromkeys(paths, ""), folder, told.append)
        for each in found:
            identify(each, intake.archive, {}, lambda _size: None)
            look_through(each, intake.archive, None, lambda _size: None)
        hosts = hosts_of(found, intake.archive)
        for each in found:
            bring_in(intake, each, hosts, {}, copy=copy, tick=lambda _size: None)
        settle(intake.archive)
        intake.finish("done", {})


STATE = {
    "articles": "SELECT url, site, category, title, published, published_source, published_earliest, published_latest, "
    "published_disputed, page_date, text_date, status, first_captured_at, last_captured_at, version, "
    "version_captured_at, byline, lead, block_kinds, body, bounds_disputed FROM articles",
    "versions": "SELECT url, number, v.captured_at, v.title, v.body "
    "FROM versions v JOIN articles a ON a.id = article_id",
    "statuses": "SELECT url, s.captured_at, s.status, reason "
    "FROM status_changes s JOIN articles a ON a.id = article_id",
    "sightings": "SELECT url, seen_on, relation, position, title, published, first_seen_at, last_seen_at "
    "FROM sightings",
    "captures": "SELECT url, captured_at, source, status, digest, quarantined FROM captures",
    "pages": "SELECT p.url, p.key, p.kind, p.state, p.due, p.attempts, p.http_status, p.reason, p.redirect_to, o.url, "
    "p.canonical_key, p.gone_votes, p.dated, p.first_seen_at, p.fetched_at "
    "FROM pages p LEFT JOIN pages o ON o.id = p.alias_of",
    "furniture": "SELECT site, place, digest, pages FROM edge_blocks",
}


def state(folder: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Return all that the archive says, but for the numbers of its rows and where its records lie."""
    with Archive(folder) as archive:
        return {name: sorted(archive.conn.execute(query).fetchall(), key=repr) for name, query in STATE.items()}


@settings(max_examples=12, deadline=None)
@given(st.lists(st.lists(shots, min_size=1, max_size=6), min_size=2, max_size=3), st.randoms(use_true_random=False))
def test_files_give_the_same_database_in_whatever_order_they_come(held: list[list[Shot]], random: Any) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        files = [written(shots, folder / f"{number}.warc.gz") for number, shots in enumerate(held)]
        brought_in(folder / "at once", files)
        random.shuffle(files)
        for file in files:
            brought_in(folder / "one by one", [file], copy=random.random() < 0.5)
        assert state(folder / "one by one") == state(folder / "at once")


@settings(max_examples=6, deadline=None)
@given(st.lists(shots, min_size=2, max_size=14), st.randoms(use_true_random=False))
def test_records_give_the_same_database_in_whatever_order_they_lie(captured: list[Shot], random: Any) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        brought_in(folder / "one", [written(captured, folder / "one.warc.gz")])
        random.shuffle(captured)
        brought_in(folder / "other", [written(captured, folder / "other.warc.gz")])
        assert state(folder / "one") == state(folder / "other")


def test_two_spellings_of_an_address_in_one_second_are_two_captures_whichever_is_copied_first(tmp_path: Path) -> None:
    files = [
        written([Shot(1, 0, "text", spelling=spelling)], tmp_path / f"{spelling}.warc.gz") for spelling in range(2)
    ]
    brought_in(tmp_path / "at once", files)
    for file in reversed(files):
        brought_in(tmp_path / "one by one", [file], copy=True)
    assert state(tmp_path / "one by one") == state(tmp_path / "at once")
    assert len(state(tmp_path / "at once")["captures"]) == 2
