"""How a web archive is asked: slowly, one at a time, and as it says."""

from __future__ import annotations

import gzip
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import TYPE_CHECKING

import pytest

from crawler.settings import USER_AGENT
from crawler.wayback import client as clients
from crawler.wayback.cdx import Answer, NotCdxError
from crawler.wayback.client import Client, RefusedError, UnreachableError, WaybackError
from crawler.wayback.raw import is_archived
from crawler.wayback.streams import CutError
from tests.faultserver import Authority, faults
from tests.iaserver import Fault, Held, WebArchive, serving

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

URL = "http://example.gov.vn/a"
HELD = Held(URL, "20150102030405", b"<p>B\xe0i</p>")


@pytest.fixture
def archive() -> Iterator[WebArchive]:
    with serving(WebArchive([HELD])) as served:
        yield served


class Slept:
    """Remembers the waiting instead of doing it."""

    def __init__(self) -> None:
        self.seconds: list[float] = []
        self.notes: list[str] = []

    def client(self, delay: float = 0.0) -> Client:
        return Client(delay, note=self.notes.append, sleep=self.seconds.append)


def address(archive: WebArchive, url: str = URL, timestamp: str = "20150102030405") -> str:
    return f"{archive.url}/web/{timestamp}id_/{url}"


def test_a_capture_comes_with_its_bytes_and_its_headers(archive: WebArchive) -> None:
    with Client(0) as client:
        reply = client.capture(address(archive))
    assert (reply.status, reply.reason, reply.body) == (200, "OK", HELD.body)
    assert is_archived(reply)
    assert archive.agents == {USER_AGENT}
    assert "+http" in USER_AGENT


def test_captures_are_asked_for_no_faster_than_told(archive: WebArchive) -> None:
    with Client(0.3) as client:
        for _ in range(3):
            client.capture(address(archive))
    first, second, third = (moment for _, moment in archive.requests)
    assert second - first >= 0.3
    assert third - second >= 0.3
    assert archive.most_at_once == 1


def test_a_server_that_labours_is_asked_more_slowly() -> None:
    slept: list[float] = []
    pace = clients.Pace(1.0)
    pace.took(5.0)
    pace.wait(slept.append)
    assert 4.5 < slept[0] <= 5.0


def test_lists_are_asked_for_once_a_second_at_most_whatever_the_delay(archive: WebArchive) -> None:
    with Client(0) as client:
        for _ in range(2):
            list(client.listing(archive.cdx, [("url", URL)]))
    first, second = (moment for _, moment in archive.requests)
    assert second - first >= 1.0


def test_an_address_is_asked_for_as_it_is_written(archive: WebArchive) -> None:
    odd = "http://example.gov.vn/a//b/../c%20d?x=a%2Fb&z=http://i.vn/~;@"
    with Client(0) as client:
        client.capture(address(archive, odd))
        client.capture(address(archive, "http://example.gov.vn/khen thưởng#đầu"))
    assert archive.raw()[0].endswith(f"id_/{odd}")
    assert archive.raw()[1].endswith("id_/http://example.gov.vn/khen%20th%C6%B0%E1%BB%9Fng%23%C4%91%E1%BA%A7u")


@pytest.mark.parametrize("status", [301, 302, 307])
def test_redirects_are_not_followed(archive: WebArchive, status: int) -> None:
    archive.faults.append(Fault("id_/", status, (("Location", f"{archive.url}/elsewhere"),)))
    with Client(0) as client:
        assert client.capture(address(archive)).status == status
    assert archive.asked("elsewhere") == []


def test_it_waits_as_long_as_it_is_told_and_asks_again(archive: WebArchive) -> None:
    archive.faults.append(Fault("id_/", 429, (("Retry-After", "7"),)))
    slept = Slept()
    with slept.client() as client:
        assert client.capture(address(archive)).status == 200
    assert slept.seconds == [7.0]
    (note,) = slept.notes
    assert "asks us to wait: going on in 7 s (HTTP 429)" in note


def test_having_waited_once_it_is_no_slower_afterwards(archive: WebArchive) -> None:
    archive.faults.append(Fault("id_/", 429, (("Retry-After", "1"),)))
    with Client(0.01) as client:
        client.capture(address(archive))
        client.capture(address(archive))
    (_, _), (_, second), (_, third) = archive.requests
    assert third - second < 0.5


def test_it_may_be_told_so_by_a_date(archive: WebArchive) -> None:
    later = format_datetime(datetime.now(UTC) + timedelta(seconds=100), usegmt=True)
    archive.faults.append(Fault("id_/", 503, (("Retry-After", later),)))
    slept = Slept()
    with slept.client() as client:
        client.capture(address(archive))
    assert 90 < slept.seconds[0] <= 100


def test_untold_it_waits_a_minute_then_two(archive: WebArchive) -> None:
    archive.faults.append(Fault("id_/", 429, times=2))
    slept = Slept()
    with slept.client() as client:
        assert client.capture(address(archive)).status == 200
    assert slept.seconds == [60.0, 120.0]


def test_told_again_and_again_it_gives_up(archive: WebArchive) -> None:
    archive.faults.append(Fault("id_/", 429, (("Retry-After", "1"),), times=None))
    slept = Slept()
    with slept.client() as client, pytest.raises(RefusedError, match="wants no more requests"):
        client.capture(address(archive))
    assert slept.seconds == [1.0, 2.0, 4.0]
    assert len(archive.raw()) == 4


def test_told_to_stay_away_for_long_it_gives_up_at_once(archive: WebArchive) -> None:
    archive.faults.append(Fault("cdx", 429, (("Retry-After", "3600"),), times=None))
    slept = Slept()
    with slept.client() as client, pytest.raises(RefusedError, match="run the same command again"):
        list(client.listing(archive.cdx, [("url", URL)]))
    assert slept.seconds == []


@pytest.mark.parametrize("status", [429, 503])
def test_an_archived_refusal_is_data(archive: WebArchive, status: int) -> None:
    archive.held[:] = [Held(URL, "20150102030405", b"busy", status, headers=(("Retry-After", "3600"),))]
    slept = Slept()
    with slept.client() as client:
        reply = client.capture(address(archive))
    assert (reply.status, reply.body, slept.seconds) == (status, b"busy", [])
    assert is_archived(reply)


def test_an_archive_out_of_order_is_asked_three_times(archive: WebArchive) -> None:
    archive.faults.append(Fault("id_/", 502, times=2))
    slept = Slept()
    with slept.client(0.1) as client:
        assert client.capture(address(archive)).status == 200
    assert [wait for wait in slept.seconds if wait >= 1] == [1.0, 2.0]
    archive.faults.append(Fault("id_/", 502, times=None))
    with slept.client() as client:
        reply = client.capture(address(archive))
    assert (reply.status, is_archived(reply)) == (502, False)


def test_a_capture_that_breaks_off_is_asked_for_again(archive: WebArchive) -> None:
    archive.faults.append(Fault("id_/", 200, (("x-archive-src", "a"),), b"half", cut=100))
    slept = Slept()
    with slept.client() as client:
        assert client.capture(address(archive)).body == HELD.body
    archive.faults.append(Fault("id_/", 200, (("x-archive-src", "a"),), b"half", times=None, cut=100))
    with slept.client() as client, pytest.raises(WaybackError, match="the connection breaks off"):
        client.capture(address(archive))


def test_a_capture_of_endless_size_is_not_read_to_its_end(archive: WebArchive, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clients, "LARGEST", 1000)
    archive.faults.append(Fault("id_/", 200, (("x-archive-src", "a"),), b"a" * 200_000, times=None))
    with Client(0) as client, pytest.raises(WaybackError, match="more than 32 MB"):
        client.capture(address(archive))
    assert len(archive.raw()) == 1


def test_a_list_may_come_zipped(archive: WebArchive) -> None:
    body = gzip.compress(b'[["timestamp","original"],' + b",".join([b'["2015","http://h.vn/"]'] * 30_000) + b"]")
    archive.faults.append(Fault("cdx", 200, (("Content-Encoding", "gzip"),), body))
    with Client(0) as client:
        assert sum(1 for _ in Answer(client.listing(archive.cdx, [("url", URL)])).rows()) == 30_000


def test_a_list_that_is_not_zipped_as_it_says_breaks_off(archive: WebArchive) -> None:
    archive.faults.append(Fault("cdx", 200, (("Content-Encoding", "gzip"),), b'[["timestamp","original"]]'))
    with Client(0) as client, pytest.raises(CutError, match="cannot be unpacked"):
        list(client.listing(archive.cdx, [("url", URL)]))


def test_a_list_that_ends_early_breaks_off(archive: WebArchive) -> None:
    archive.faults.append(Fault("cdx", 200, (), b'[["timestamp","original"],', cut=50))
    with Client(0) as client, pytest.raises(CutError, match="the list breaks off"):
        list(client.listing(archive.cdx, [("url", URL)]))


@pytest.mark.parametrize(
    ("status", "body", "said"),
    [
        (403, b"<html><title>Blocked Site</title>", "HTTP 403 Blocked Site"),
        (404, b"<h1>Not Found</h1>", "HTTP 404 Not Found"),
        (503, b"", "HTTP 503 Service Unavailable"),
    ],
)
def test_a_list_that_is_refused_says_why(archive: WebArchive, status: int, body: bytes, said: str) -> None:
    archive.faults.append(Fault("cdx", status, (), body, times=None))
    with Slept().client() as client, pytest.raises(NotCdxError, match=said):
        list(client.listing(archive.cdx, [("url", URL)]))


def test_no_captures_may_be_told_by_404(archive: WebArchive) -> None:
    archive.faults.append(Fault("cdx", 404, (), b'{"message": "No Captures found for: h.vn"}'))
    with Client(0) as client:
        assert list(client.listing(archive.cdx, [("url", URL)])) == []


def test_a_server_that_is_not_there_is_named() -> None:
    with Slept().client() as client, pytest.raises(UnreachableError, match=r"127\.0\.0\.1:9: .*nothing answers"):
        client.capture("http://127.0.0.1:9/web/2015id_/http://h.vn/")


def test_a_certificate_that_nobody_vouches_for_is_named(tmp_path: Path) -> None:
    context = Authority.root().site("127.0.0.1").context(tmp_path)
    wrong = pytest.raises(UnreachableError, match=r"no secure connection.*(self-signed certificate|unable to get)")
    with faults(tls=context) as server, Slept().client() as client, wrong:
        client.capture(f"{server.url}web/2015id_/http://h.vn/")


def test_a_capture_shorter_than_announced_holds_nobody_up(archive: WebArchive, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clients, "READING", 0.2)
    archive.faults.append(Fault("id_/", 200, (("x-archive-src", "a"),), b"half", times=None, cut=100))
    archive.stalls = True
    with Slept().client() as client, pytest.raises(WaybackError) as caught:
        client.capture(address(archive))
    assert not isinstance(caught.value, UnreachableError), "it is this capture's fault, not the archive's"
    assert len(archive.raw()) == 3
