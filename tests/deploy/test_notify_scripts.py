"""The scripts that tell by mail, Slack and Telegram, as `--notify-command` runs them, against servers on loopback."""

from __future__ import annotations

import json
import shutil
import threading
from contextlib import contextmanager
from email import message_from_bytes, policy
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING
from urllib.parse import parse_qs

import pytest

from crawler.counts import Counts
from tests.deploy import DEPLOY
from thidua.notify import Ending, notify

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

needs_curl = pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed")
AWKWARD = """http://thidua.example.vn/a_b?id=1&nid=2#x: "không có tin" <b>$(id) `id` \\n \\c \\ 100% %s 'đ' @x"""
ENDING = Ending(3, AWKWARD, Counts(fetched=7, outcome="unwell"), "thidua.example.vn")


@contextmanager
def receiver(status: int = 200) -> Iterator[tuple[str, list[tuple[str, bytes]]]]:
    """Serve on loopback; give the URL, and the list that each request's path and body are put into."""
    received: list[tuple[str, bytes]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            received.append((self.path, body))
            self.send_response(status)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}", received
        finally:
            server.shutdown()
            thread.join()


@needs_curl
def test_slack_gets_the_complaint_as_it_is(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    with receiver() as (url, received):
        monkeypatch.setenv("THIDUA_SLACK_WEBHOOK", f"{url}/services/T0/B0/x")
        assert not notify(str(DEPLOY / "notify-slack"), ENDING, tmp_path)
    ((path, body),) = received
    assert path == "/services/T0/B0/x"
    shown = json.loads(body)["text"].replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    assert shown == f"thidua unwell: {AWKWARD} ({tmp_path})"


@needs_curl
def test_telegram_gets_the_complaint_as_it_is(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    with receiver() as (url, received):
        for name, value in (("API", url), ("TOKEN", "12:AB"), ("CHAT", "@luutru")):
            monkeypatch.setenv(f"THIDUA_TELEGRAM_{name}", value)
        assert not notify(str(DEPLOY / "notify-telegram"), ENDING, tmp_path)
    ((path, body),) = received
    assert path == "/bot12:AB/sendMessage"
    form = parse_qs(body.decode("ascii"), strict_parsing=True)
    assert form == {"chat_id": ["@luutru"], "text": [f"thidua unwell: {AWKWARD} ({tmp_path})"]}


@needs_curl
@pytest.mark.parametrize("script", ["notify-slack", "notify-telegram"])
def test_a_service_that_refuses_is_trouble(script: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    with receiver(status=403) as (url, _):
        for name in ("SLACK_WEBHOOK", "TELEGRAM_API", "TELEGRAM_TOKEN", "TELEGRAM_CHAT"):
            monkeypatch.setenv(f"THIDUA_{name}", url)
        trouble = notify(str(DEPLOY / script), ENDING, tmp_path)
    assert "403" in trouble


def test_a_mail_is_one_that_mail_programs_read(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    fake = tmp_path / "sendmail"
    fake.write_text(f'#!/bin/sh\necho "$*" >{tmp_path}/arguments\ncat >{tmp_path}/mail\n')
    fake.chmod(0o755)
    monkeypatch.setenv("SENDMAIL", str(fake))
    monkeypatch.setenv("THIDUA_MAIL_TO", "luutru@example.vn")
    assert not notify(str(DEPLOY / "notify-mail"), ENDING, tmp_path)
    mail = message_from_bytes((tmp_path / "mail").read_bytes(), policy=policy.default)
    assert (tmp_path / "arguments").read_text() == "-t -oi\n"
    assert (mail["To"], mail["Subject"]) == ("luutru@example.vn", "thidua: unwell (status 3)")
    text = mail.get_payload(decode=True)
    assert isinstance(text, bytes)
    head, _, rest = text.decode("utf-8").partition("\n")
    assert head == AWKWARD
    assert json.loads(rest.splitlines()[-1])["complaint"] == AWKWARD


@pytest.mark.parametrize("script", ["notify-mail", "notify-slack", "notify-telegram"])
def test_what_is_not_set_is_named(script: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SENDMAIL", "/bin/cat")
    assert "THIDUA_" in notify(str(DEPLOY / script), ENDING, tmp_path)
