"""The server: it counts, keeps connections open, and fails on request."""

from __future__ import annotations

import http.client
import signal
import subprocess
import sys
import urllib.request
from contextlib import closing
from urllib.parse import urlsplit

import pytest

from tests.samplesite import Remote, Server, Site, serve, serve_process
from tests.samplesite.faults import KINDS


def connect(server: Server[Site] | Remote, seconds: float = 5) -> closing[http.client.HTTPConnection]:
    return closing(http.client.HTTPConnection(urlsplit(server.url).netloc, timeout=seconds))


def get(connection: http.client.HTTPConnection, target: str) -> tuple[int, bytes]:
    connection.request("GET", target)
    answer = connection.getresponse()
    return answer.status, answer.read()


def test_requests_on_one_connection_are_answered_and_counted() -> None:
    site = Site(articles=12)
    with serve(site) as server, connect(server) as connection:
        assert get(connection, "/")[0] == get(connection, "/")[0] == get(connection, site.url(1_005))[0] == 200
        assert get(connection, "/khong-co")[0] == 404
        assert server.requests == {"/": 2, site.url(1_005): 1, "/khong-co": 1}
        server.reset()
        assert not server.requests


def test_a_site_in_another_process_has_a_twin_here_and_changes_with_it() -> None:
    with serve_process(articles=12, markup="lists", gone={"1005": "410"}) as remote, connect(remote) as connection:
        path = remote.site.url(1_008)
        assert get(connection, remote.site.url(1_005))[0] == 410
        assert get(connection, path)[1].replace(b"2</p>", b"1</p>") == remote.site.render(path).body
        remote.call("remove", 1_008, how="404")
        assert get(connection, path)[0] == remote.site.render(path).status == 404
        assert remote.requests == {path: 2, remote.site.url(1_005): 1}


def test_a_control_call_that_cannot_be_done_is_refused() -> None:
    with serve(Site(articles=12)) as server, connect(server) as connection:
        connection.request("POST", "/__control__/call", b'{"method": "render", "args": [], "kwargs": {}}')
        assert connection.getresponse().status == 400
        assert not server.requests


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind.isdigit()])
def test_a_fault_with_a_status_answers_with_it_as_often_as_told(kind: str) -> None:
    site = Site(articles=12)
    site.fault(1_005, kind, times=2, seconds=7)
    with serve(site) as server, connect(server) as connection:
        assert [get(connection, site.url(1_005))[0] for _ in range(3)] == [int(kind), int(kind), 200]


def test_busy_answers_say_when_to_come_back() -> None:
    site = Site(articles=12)
    site.fault("/", "503", seconds=7)
    assert ("Retry-After", "7") in site.render("/").headers


@pytest.mark.parametrize("kind", ["reset", "truncate", "stall"])
def test_a_fault_of_the_transport_breaks_the_answer(kind: str) -> None:
    site = Site(articles=12)
    site.fault("/", kind, seconds=30)
    with serve(site) as server, connect(server, 0.3) as connection:
        connection.connect()
        with pytest.raises((OSError, http.client.HTTPException)):
            get(connection, "/")


def test_a_fault_may_hit_every_page_until_it_is_cleared() -> None:
    site = Site(articles=12)
    site.fault("*", "challenge")
    assert b"D1N=" in site.render("/").body
    site.clear_faults()
    assert b"D1N=" not in site.render("/").body


def test_the_command_prints_its_url_and_serves_until_it_is_ended() -> None:
    command = [sys.executable, "-m", "tests.samplesite", "--articles", "9", "--markup", "html5"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        url = process.stdout.readline().strip()
        with urllib.request.urlopen(url, timeout=5) as answer:  # noqa: S310 - our own loopback URL
            assert answer.status == 200
        process.send_signal(signal.SIGTERM)
        assert process.wait(5) == 0
