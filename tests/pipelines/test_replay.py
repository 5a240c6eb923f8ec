"""What WARC files hold is stored as it was when it came, and what they do not hold is told."""

from __future__ import annotations

import json
import multiprocessing
import signal
import threading
from concurrent.futures import process
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from archive import Archive, warc
from archive.errors import RecordError
from archive.warc import RUN, Exchange, Original, Place, Record, Writer
from crawler.scope import Scope
from crawler.visit import State
from pipelines import crawled, replay
from pipelines.workers import preparing

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

HOST = "noivu.example"
BEGUN = datetime(2024, 3, 5, 1, 2, 3, tzinfo=UTC)
SCOPE = Scope(HOST, (HOST,), date(2003, 1, 1), (f"http://{HOST}/",), 0, "crawl", BEGUN)
TEXT = "Sáng nay, Ủy ban nhân dân xã Hoa Sen tổ chức hội nghị biểu dương mười hộ nông dân trồng na giỏi của xã."


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive.open(tmp_path / "data", create=True) as opened:
        yield opened


def writer(archive: Archive, run: int = 1) -> Writer:
    scope = replace(SCOPE, begun=BEGUN + timedelta(days=run))
    return Writer(archive.folder, run, scope.begun, scope.as_fields(run))


def url(number: int) -> str:
    return f"http://{HOST}/tin-{number}.html"


def page(number: int, day: int = 1, status: str = "200 OK", text: str = TEXT) -> Exchange:
    """An article, captured so many minutes after the first of a day's run."""
    title = f"Xã Hoa Sen khen thưởng hộ nông dân giỏi lần thứ {number}"
    body = (
        f"<html><head><meta charset=utf-8><title>{title}</title></head><body><h1>{title}</h1>"
        f"<p>Ngày đăng: 04/03/2024</p><p>{text}</p><p>{text} Lần thứ {number}.</p></body></html>"
    ).encode()
    head = f"HTTP/1.1 {status}\r\nContent-Type: text/html; charset=utf-8\r\n\r\n".encode()
    return Exchange(url(number), BEGUN + timedelta(days=day, minutes=number), b"GET / HTTP/1.1\r\n\r\n", head + body)


def end(out: Writer, run: int = 1) -> None:
    said = [("outcome", "done"), ("counts", json.dumps({"fetched": 3}))]
    out.note(Exchange(f"{RUN}{run}", BEGUN + timedelta(days=run, hours=1), b"", b""), said)


def ask(archive: Archive, query: str) -> list[tuple[Any, ...]]:
    return archive.conn.execute(query).fetchall()


def recorded(archive: Archive, number: int = 3) -> list[Place]:
    """Write a run of so many articles."""
    with closing(writer(archive)) as out:
        places = [out.append(page(n)) for n in range(1, number + 1)]
        end(out)
    return places


def spoil(archive: Archive, place: Place) -> None:
    path = archive.folder / place.file
    content = bytearray(path.read_bytes())
    content[place.offset + place.length // 2] ^= 0x40
    path.write_bytes(content)


def test_what_a_killed_run_left_is_stored(archive: Archive) -> None:
    places = recorded(archive)
    assert replay.recover(archive).answers == 3
    assert ask(archive, "SELECT url FROM articles ORDER BY id") == [(url(n),) for n in (1, 2, 3)]
    stored = ask(archive, "SELECT warc_file, warc_offset, warc_length, run_id FROM captures ORDER BY id")
    assert stored == [(place.file, place.offset, place.length, 1) for place in places]


def test_it_is_stored_once(archive: Archive) -> None:
    recorded(archive)
    replay.recover(archive)
    assert replay.recover(archive).answers == 0
    assert ask(archive, "SELECT count(*) FROM captures") == [(3,)]


def test_what_comes_after_the_last_that_is_stored_follows(archive: Archive) -> None:
    with closing(writer(archive)) as out:
        out.append(page(1))
        replay.recover(archive)
        out.append(page(2))
        assert replay.recover(archive).answers == 1
    assert ask(archive, "SELECT count(*) FROM articles") == [(2,)]


def test_a_runs_row_is_made_again(archive: Archive) -> None:
    recorded(archive)
    replay.recover(archive)
    assert ask(archive, "SELECT id, started_at, finished_at, command, outcome, counts, site FROM runs") == [
        (1, "2024-03-06T01:02:03Z", "2024-03-06T02:02:03Z", "crawl", "done", '{"fetched": 3}', HOST)
    ]


def test_a_run_that_was_cut_off_has_no_end(archive: Archive) -> None:
    with closing(writer(archive)) as out:
        out.append(page(1))
    replay.recover(archive)
    assert ask(archive, "SELECT finished_at, outcome FROM runs") == [(None, None)]


def test_the_pages_it_started_from_are_known_again(archive: Archive) -> None:
    recorded(archive)
    replay.recover(archive)
    found = ask(archive, f"SELECT id, due, first_seen_at FROM pages WHERE url = 'http://{HOST}/'")  # noqa: S608 - ours
    assert found == [(1, 1, "2024-03-06T01:02:03Z")]


def test_a_torn_end_is_cut_off_first(archive: Archive) -> None:
    places = recorded(archive)
    path = archive.folder / places[2].file
    path.write_bytes(path.read_bytes()[: places[2].offset + 100])
    assert replay.recover(archive).answers == 2
    assert path.stat().st_size == places[2].offset


def test_a_repeated_payload_is_read_where_it_is(archive: Archive) -> None:
    with closing(writer(archive)) as out:
        out.append(page(1))
        again = replace(page(1), at=BEGUN + timedelta(days=1, hours=2))
        out.append(again, Original(1, url(1), "2024-03-06T01:03:03Z"))
    replay.recover(archive)
    assert ask(archive, "SELECT revisit_of, length > 0 FROM captures ORDER BY id") == [(None, 1), (1, 1)]
    assert ask(archive, "SELECT version, last_captured_at FROM articles") == [(1, "2024-03-06T03:02:03Z")]


def test_a_page_that_gave_no_answer_has_its_reason(archive: Archive) -> None:
    cut = replace(page(1), truncated="disconnect", response=page(1).response[:80])
    with closing(writer(archive)) as out:
        out.note(cut, [("state", State.FAILED), ("reason", "truncated")])
    assert replay.recover(archive).answers == 1
    assert ask(archive, "SELECT status, digest FROM captures") == [(0, "")]
    assert ask(archive, f"SELECT state, reason FROM pages WHERE url = '{url(1)}'") == [("failed", "truncated")]  # noqa: S608 - ours


def test_damage_stops_it_and_nothing_is_cut_off(archive: Archive) -> None:
    places = recorded(archive)
    spoil(archive, places[1])
    size = (archive.folder / places[1].file).stat().st_size
    with pytest.raises(RecordError, match=f"byte {places[1].offset}"):
        replay.recover(archive)
    assert (archive.folder / places[1].file).stat().st_size == size


def test_it_goes_on_behind_damage_where_that_is_wished(archive: Archive) -> None:
    places = recorded(archive)
    spoil(archive, places[1])
    told: list[str] = []
    played = replay.play(archive, crawled.jobs(archive, [(places[0].file, 0)], told.append))
    assert (played.answers, played.faults) == (2, [])
    (line,) = told
    assert f"byte {places[1].offset}" in line


def test_a_repeated_payload_that_is_lost_is_told(archive: Archive) -> None:
    with closing(writer(archive)) as out:
        place = out.append(page(1), Original(1, url(1), "2024-03-01T00:00:00Z"))
    told: list[str] = []
    assert replay.play(archive, crawled.jobs(archive, [(place.file, 0)], told.append)).answers == 0
    (line,) = told
    assert f"repeats ({url(1)}) is not there" in line
    with pytest.raises(RecordError, match="is not there"):
        list(crawled.jobs(archive, [(place.file, 0)]))


def test_a_file_of_another_program_is_named(archive: Archive) -> None:
    other = Writer(archive.folder, 7, BEGUN, [("software", "khac/1.0")])
    place = other.append(page(1))
    other.close()
    with pytest.raises(RecordError, match=f"{place.file}: does not begin as a crawl's file does"):
        replay.recover(archive)


@pytest.mark.parametrize("first", [1, 2])
def test_a_file_whose_first_record_is_damaged_is_taken_for_what_its_name_says(archive: Archive, first: int) -> None:
    """Of which site it is, the file before it tells, or the one behind it."""
    for run in (1, 2):
        with closing(writer(archive, run)) as out:
            out.append(page(run, run))
            end(out, run)
    spoil(archive, Place(warc.files(archive.folder)[first - 1], 0, 200))
    told: list[str] = []
    todo = [(file, 0) for file in warc.files(archive.folder)]
    replay.play(archive, crawled.jobs(archive, todo, told.append))
    assert told
    assert ask(archive, "SELECT id, started_at, site, outcome FROM runs") == [
        (1, "2024-03-06T01:02:03Z", HOST, "done"),
        (2, "2024-03-07T01:02:03Z", HOST, "done"),
    ]
    assert ask(archive, "SELECT run_id FROM captures ORDER BY id") == [(1,), (2,)]


def test_a_page_that_our_readers_stumble_on_does_not_stop_the_rest(archive: Archive) -> None:
    places = recorded(archive)
    senseless = replace(SCOPE, earliest="yesterday")  # type: ignore[arg-type] # to make a reader raise
    jobs = list(crawled.jobs(archive, [(places[0].file, 0)]))
    jobs[2] = replace(jobs[2], scope=senseless)
    played = replay.play(archive, jobs)
    assert played.answers == 2
    (fault,) = played.faults
    assert url(2) in fault
    assert f"byte {places[1].offset}" in fault


def test_other_processes_read_the_same_in_the_same_order(archive: Archive) -> None:
    places = recorded(archive, number=70)
    jobs = list(crawled.jobs(archive, [(places[0].file, 0)]))
    here, there = list(preparing(1)(jobs)), list(preparing(2)(jobs))
    assert [read.visit for read in there] == [read.visit for read in here]
    assert [read.job.record.place for read in there] == [job.record.place for job in jobs]


def test_reading_ahead_keeps_within_bounds() -> None:
    taken = 0

    def jobs() -> Iterator[crawled.Job]:
        nonlocal taken
        for n in range(2000):
            taken += 1
            yield crawled.Job(SCOPE, 1, Record(Place("warc/a", n, 1), "request", {}, b""))

    read = preparing(2)(jobs())
    next(iter(read))
    assert taken < 200


def test_an_interrupt_while_the_processes_are_being_started_ends_them(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(thread: threading.Thread) -> None:
        signal.raise_signal(signal.SIGINT)
        threading.Thread.start(thread)

    # the thread that a pool starts with its first portion: the one moment at which it can be neither used nor shut down
    monkeypatch.setattr(process._ExecutorManagerThread, "start", interrupted)
    jobs = (crawled.Job(SCOPE, 1, Record(Place("warc/a", n, 1), "request", {}, b"")) for n in range(200))
    try:
        with pytest.raises(KeyboardInterrupt):
            list(preparing(2)(jobs))
    finally:
        left = multiprocessing.active_children()
        for child in left:
            child.kill()  # or the tests would wait for it at their end
    assert left == []
