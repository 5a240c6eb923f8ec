"""What `--log` and `--log-json` write: for people, and for the programs that watch over an archive."""

from __future__ import annotations

import json
import logging
import os
import re
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from twisted.logger import Logger as TwistedLogger
from twisted.logger import STDLibLogObserver

from crawler.log import JsonLines, handler
from tests.samplesite import Site, serve

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.thidua.conftest import Ran


def objects(text: str) -> list[dict[str, Any]]:
    """Every line of the log, each of which must be a JSON object."""
    return [json.loads(line) for line in text.splitlines()]


def events(text: str) -> dict[str, dict[str, Any]]:
    return {line["event"]: line for line in objects(text) if "event" in line}


def formatted(msg: str, *args: object, **extra: Any) -> str:
    record = logging.getLogger("thử").makeRecord("thử", logging.INFO, "f.py", 1, msg, args, None, extra=extra)
    return JsonLines().format(record)


def test_every_line_on_stderr_is_a_json_object_and_stdout_is_the_runs(crawl: Callable[..., Ran]) -> None:
    with serve(Site(articles=6, categories=1)) as server:
        ran = crawl(server.url, "--log-json")
    assert ran.status == 0
    lines = objects(ran.err)
    assert len(lines) > 2
    assert all({"ts", "level", "logger", "msg"} <= line.keys() for line in lines)
    assert ran.json["articles_new"] == 6


def test_times_are_utc_with_milliseconds(crawl: Callable[..., Ran]) -> None:
    with serve(Site(articles=6, categories=1)) as server:
        ran = crawl(server.url, "--log-json")
    lines = objects(ran.err)
    assert len(lines) > 2
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", line["ts"]) for line in lines)


def test_a_run_is_told_where_it_begins_and_where_it_ends_with_its_counts(crawl: Callable[..., Ran]) -> None:
    with serve(Site(articles=6, categories=1)) as server:
        ran = crawl(server.url, "--log-json")
        host = server.url.split("/")[2]
    told = events(ran.err)
    assert (told["run_start"]["run"], told["run_start"]["site"]) == (1, host)
    assert told["run_end"]["outcome"] == "done"
    assert told["run_end"]["counts"] == ran.json


def test_pages_that_went_well_are_not_told_one_by_one(crawl: Callable[..., Ran]) -> None:
    site = Site(articles=30, categories=1)
    with serve(site) as server:
        ran = crawl(server.url, "--log-json")
    assert not [line for line in objects(ran.err) if "url" in line]


def test_a_failed_page_is_one_line_with_its_url_and_status(crawl: Callable[..., Ran]) -> None:
    site = Site(articles=30, categories=3)
    sick = site.url(site.articles[10].id)
    site.fault(site.articles[10].id, "500")
    with serve(site) as server:
        ran = crawl(server.url, "--log-json")
    lines = [line for line in objects(ran.err) if line.get("url", "").endswith(sick)]
    assert [(line["event"], line["level"], line["status"]) for line in lines] == [("page_failed", "WARNING", 500)]


def test_a_gone_page_is_one_line(crawl: Callable[..., Ran]) -> None:
    site = Site(articles=30, categories=3)
    site.remove(site.articles[10].id)
    with serve(site) as server:
        ran = crawl(server.url, "--log-json")
    gone = events(ran.err)["page_gone"]
    assert (gone["status"], gone["level"]) == (404, "INFO")


def test_with_a_file_the_json_goes_there_and_stderr_stays_plain(crawl: Callable[..., Ran], tmp_path: Path) -> None:
    file = tmp_path / "nhật ký.jsonl"
    ran = crawl("http://127.0.0.1:1/", "--log", str(file), "--log-json")
    assert events(file.read_text("utf-8"))["run_end"]["outcome"] == "failed"
    assert ran.said().startswith("thidua: http://127.0.0.1:1/")


def test_the_line_of_an_error_is_in_the_log_and_nowhere_else_where_stderr_is_json(crawl: Callable[..., Ran]) -> None:
    ran = crawl("http://127.0.0.1:1/", "--log-json")
    assert ran.status == 1
    assert "connection refused" in events(ran.err)["complaint"]["msg"]


def test_a_crawl_that_cannot_begin_says_so_in_json_too(crawl: Callable[..., Ran], tmp_path: Path) -> None:
    (tmp_path / "data").write_text("không phải thư mục")
    ran = crawl("--log-json")
    assert ran.status == 1
    assert [line["event"] for line in objects(ran.err)] == ["complaint"]


def test_the_plain_log_is_a_line_for_each_thing_in_utc(crawl: Callable[..., Ran], tmp_path: Path) -> None:
    with serve(Site(articles=6, categories=1)) as server:
        crawl(server.url, "--log", str(tmp_path / "log"))
    lines = (tmp_path / "log").read_text("utf-8").splitlines()
    assert all(re.match(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ \[[\w.]+\] [A-Z]+: ", line) for line in lines)
    assert any("begins" in line for line in lines)
    assert "articles_new 6" in lines[-1]


def test_the_log_of_the_next_run_is_appended(crawl: Callable[..., Ran], tmp_path: Path) -> None:
    with serve(Site(articles=6, categories=1)) as server:
        crawl(server.url, "--log", str(tmp_path / "log"), "--log-json")
        crawl("--log", str(tmp_path / "log"), "--log-json")
    starts = [line for line in objects((tmp_path / "log").read_text("utf-8")) if line.get("event") == "run_start"]
    assert [start["run"] for start in starts] == [1, 2]


def test_vietnamese_stands_as_it_is() -> None:
    assert '"Thi đua – khen thưởng"' in formatted("Thi đua – khen thưởng")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\x85", "\u2028", "\u2029", "\x0b", "\x0c", "\x1e"])
def test_nothing_that_some_program_takes_for_the_end_of_a_line_is_in_one(end: str) -> None:
    line = formatted(f"dòng một{end}dòng hai")
    assert len(line.splitlines()) == 1
    assert json.loads(line)["msg"] == f"dòng một{end}dòng hai"


def test_an_exception_is_one_field_of_one_line() -> None:
    try:
        json.loads("sai\nngày")
    except ValueError:
        record = logging.getLogger().makeRecord("x", logging.ERROR, "f", 1, "Hỏng", (), sys.exc_info())
    line = JsonLines().format(record)
    assert len(line.splitlines()) == 1
    assert json.loads(line)["exception"].startswith("Traceback")
    assert "JSONDecodeError" in json.loads(line)["exception"].splitlines()[-1]


def test_twisteds_failures_are_records_too(caplog: pytest.LogCaptureFixture) -> None:
    log = TwistedLogger(observer=STDLibLogObserver("twisted"))  # type: ignore[arg-type]  # mypy reads no zope interfaces
    try:
        Path("mất kết nối").read_bytes()
    except OSError:
        log.failure("Unhandled error")
    line = json.loads(JsonLines().format(caplog.records[-1]))
    assert (line["logger"], line["level"]) == ("twisted", "CRITICAL")
    assert "FileNotFoundError" in line["exception"].splitlines()[-1]
    assert "mất kết nối" in line["exception"]


def test_a_message_whose_values_do_not_fit_is_told_as_it_was_written() -> None:
    assert json.loads(formatted("%s và %s", "một"))["msg"] == "%s và %s"


def test_a_value_that_json_has_no_word_for_is_told_as_text() -> None:
    assert json.loads(formatted("x", counts={"at": object}))["counts"] == {"at": "<class 'object'>"}


def test_text_that_is_no_unicode_is_still_json(tmp_path: Path) -> None:
    writer = handler(tmp_path / "log", as_json=True)
    writer.handle(logging.getLogger().makeRecord("x", logging.ERROR, "f", 1, "\udcff đ", (), None))
    writer.close()
    assert json.loads((tmp_path / "log").read_text("utf-8"))["msg"] == "\udcff đ"


def test_stderr_is_utf8_in_any_locale(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("không phải thư mục")
    command = [sys.executable, "-m", "thidua", "crawl", "--archive", str(tmp_path / "data"), "--log-json"]
    environ = {**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0", "LC_ALL": "C"}
    ran = subprocess.run(command, env=environ, capture_output=True, check=False)
    assert objects(ran.stderr.decode("utf-8"))


def test_a_log_that_is_moved_away_goes_on_in_a_new_file(tmp_path: Path) -> None:
    writer = handler(tmp_path / "log", as_json=True)
    record = logging.getLogger().makeRecord("x", logging.ERROR, "f", 1, "một", (), None)
    writer.handle(record)
    (tmp_path / "log").rename(tmp_path / "log.1")
    writer.handle(record)
    writer.close()
    assert len(objects((tmp_path / "log").read_text("utf-8"))) == 1


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_log_that_cannot_be_written_any_more_is_told_once(capfd: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "log").symlink_to("/dev/full")
    writer = handler(tmp_path / "log", as_json=True)
    for _ in range(3):
        writer.handle(logging.getLogger().makeRecord("x", logging.ERROR, "f", 1, "một", (), None))
    with suppress(OSError):
        writer.close()
    told = capfd.readouterr().err
    assert len(told.splitlines()) == 1
    assert f"--log {tmp_path / 'log'}" in told
    assert "No space left" in told
