"""`thidua wayback` against an archive that speaks as the Internet Archive does, in good order and in bad."""

from __future__ import annotations

import gzip
import json
import os
import re
import signal
import time
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from archive import warc
from tests.iaserver import NAMES, Fault, Held, WebArchive, serving
from tests.samplesite import Site
from tests.thidua.conftest import PROCESSES, _command
from tests.thidua.dying import doomed
from tests.thidua.state import assert_sound, differences, end_state, rows
from tests.thidua.warcs import captured, written

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.thidua.conftest import Ran

HOST = "thidua.example.gov.vn"
FIRST, SECOND, THIRD = "20200710080000", "20210710080000", "20220710080000"
BLOCKED = b"<html><head><title>Blocked Site Error</title></head><body><p>This URL has been excluded</p></body></html>"


def captures(site: Site, timestamp: str, *, host: str = HOST) -> list[Held]:
    """What a web archive captured of a site on one day: the home page, the listings and all articles."""
    targets = ["/", *(f"/Trang/TinTuc.aspx?cid={number + 1}" for number in range(len(site.categories)))]
    targets += [site.url(number) for number in site.chain.ids()]
    found = [(target, site.render(target)) for target in targets]
    return [
        Held(f"http://{host}{target}", timestamp, page.body, page.status, headers=page.headers)
        for target, page in found
    ]


@pytest.fixture
def site() -> Site:
    return Site(articles=12, categories=2)


@pytest.fixture
def archive(site: Site) -> Iterator[WebArchive]:
    with serving(WebArchive(captures(site, FIRST))) as served:
        yield served


@pytest.fixture
def wayback(thidua: Callable[..., Ran], archive: WebArchive) -> Callable[..., Ran]:
    """Bring in what the web archive holds of the site, quickly, and print JSON."""

    def run(*arguments: str, what: str = HOST) -> Ran:
        return thidua("wayback", what, "--cdx", archive.cdx, "--delay", "0", "--json", *arguments)

    return run


def url(site: Site, number: int = 4) -> str:
    return f"http://{HOST}{site.url(list(site.chain.ids())[number])}"


def of(archive: WebArchive, address: str) -> list[str]:
    """The captures of a page that were asked for, by their time."""
    return [target.split("id_/")[0][-14:] for target in archive.raw() if target.endswith(address.partition("//")[2])]


# --- what is offered, asked for and kept


@pytest.mark.parametrize(
    "form",
    [
        {"most": 4},
        {"most": 4, "one_line": True},
        {"most": 4, "encodes": False},
        {"resumes": False, "page_size": 4},
        {"resumes": False, "page_size": 4, "most": 4},
        {"one_line": True},
    ],
    ids=str,
)
def test_however_the_list_is_parted_all_of_it_is_read(
    wayback: Callable[..., Ran], archive: WebArchive, tmp_path: Path, form: dict[str, Any]
) -> None:
    for name, value in form.items():
        setattr(archive, name, value)
    ran = wayback()
    assert (ran.status, ran.err) == (0, "")
    assert (ran.json["offered"], ran.json["kept"], ran.json["articles_new"]) == (15, 15, 12)
    assert rows(tmp_path / "data", "SELECT count(*) FROM articles") == [(12,)]
    assert len(archive.raw()) == len(set(archive.raw())) == 15
    assert_sound(tmp_path / "data")


def test_records_say_when_and_from_where(wayback: Callable[..., Ran], archive: WebArchive, tmp_path: Path) -> None:
    assert wayback().status == 0
    data = tmp_path / "data"
    assert set(rows(data, "SELECT source, captured_at, status FROM captures")) == {
        ("wayback", "2020-07-10T08:00:00Z", 200)
    }
    records = [record for file in warc.files(data) for record in warc.records(data, file) if record.kind == "response"]
    assert {record.fields["thidua-source"] for record in records} == {"wayback"}
    assert {record.fields["warc-source-uri"].split("id_/")[0] for record in records} == {f"{archive.url}/web/{FIRST}"}
    assert b"wb-p-SERVER" not in records[0].block
    assert b"server: Microsoft-IIS/7.5" in records[0].block


def test_a_text_is_asked_for_once_however_often_it_was_captured(
    wayback: Callable[..., Ran], archive: WebArchive, site: Site, tmp_path: Path
) -> None:
    archive.held += captures(site, SECOND)
    ran = wayback()
    assert ran.json["left"] == {"as the capture before it": 15}
    assert (ran.json["offered"], len(archive.raw())) == (30, 15)
    assert {at for (at,) in rows(tmp_path / "data", "SELECT captured_at FROM captures")} == {"2020-07-10T08:00:00Z"}


def test_a_text_that_came_back_is_asked_for_again(
    wayback: Callable[..., Ran], archive: WebArchive, site: Site, tmp_path: Path
) -> None:
    number = list(site.chain.ids())[4]
    first = site.article(number).blocks
    site.edit_paragraph(number, "Hội nghị đã biểu dương mười hai hộ nông dân xã Hoa Sen.", 1)
    archive.held += captures(site, SECOND)
    site.edit(number, blocks=first)
    archive.held += captures(site, THIRD)
    wayback()
    assert sorted(of(archive, url(site))) == [FIRST, SECOND, THIRD]
    bodies = rows(
        tmp_path / "data",
        "SELECT number, body FROM versions WHERE article_id = "
        "(SELECT article_id FROM versions WHERE number = 3) ORDER BY number",
    )
    assert len(bodies) == 3
    assert bodies[0][1] == bodies[2][1] != bodies[1][1]


def test_the_newest_text_of_each_article_is_asked_for_first(
    wayback: Callable[..., Ran], archive: WebArchive, site: Site
) -> None:
    for number in site.chain.ids():
        site.edit_paragraph(number, "Hội nghị đã biểu dương mười hai hộ nông dân xã Hoa Sen.", 1)
    archive.held += captures(site, SECOND)
    ran = wayback("--max", "12")
    assert (ran.status, ran.json["outcome"], ran.json["articles_new"]) == (0, "limited", 12)
    assert {target.split("id_/")[0][-14:] for target in archive.raw()} == {SECOND}
    assert all("ChiTietTinTuc" in target for target in archive.raw())
    lists = len(archive.asked("cdx/search"))
    ran = wayback()
    assert (ran.json["outcome"], ran.json["open"], ran.json["kept"]) == ("done", 0, 15)
    assert len(archive.asked("cdx/search")) == lists, "the list was read to its end"


def test_what_is_here_is_not_asked_for_again_and_what_is_new_is(
    wayback: Callable[..., Ran], archive: WebArchive, site: Site
) -> None:
    wayback()
    asked = len(archive.raw())
    ran = wayback()
    assert (ran.status, ran.json["here"], ran.json["asked"], len(archive.raw())) == (0, 15, 0, asked)
    site.add(0)
    archive.held += captures(site, SECOND)
    ran = wayback()
    assert ran.json["articles_new"] == 1
    assert len(archive.raw()) == asked + ran.json["asked"]


def test_a_page_that_leads_to_its_https_for_ever_is_asked_for_once_in_each_form(
    wayback: Callable[..., Ran], archive: WebArchive, site: Site, tmp_path: Path
) -> None:
    page = next(held for held in archive.held if held.url == url(site))
    archive.held.clear()
    secure = page.url.replace("http://", "https://www.")
    for year in (2015, 2016, 2017, 2018):
        archive.held.append(Held(page.url, f"{year}0101000000", b"moved", 301, headers=(("Location", secure),)))
        archive.held.append(Held(secure, f"{year}0101000005", page.body, headers=page.headers))
    ran = wayback()
    assert (ran.json["kept"], ran.json["left"]) == (2, {"as the capture before it": 6})
    assert rows(tmp_path / "data", "SELECT count(*) FROM articles") == [(1,)]


def test_days_can_be_chosen(wayback: Callable[..., Ran], archive: WebArchive, site: Site) -> None:
    site.add(0)
    archive.held += captures(site, SECOND)
    ran = wayback("--from", "2021", "--to", "2021-12")
    assert (ran.status, ran.json["articles_new"]) == (0, 13)
    assert {target.split("id_/")[0][-14:] for target in archive.raw()} == {SECOND}


@pytest.mark.parametrize("form", ["{}", "https://web.archive.org/web/20200710080000/{}"])
def test_one_page_can_be_asked_for_by_its_address_or_an_archives(
    wayback: Callable[..., Ran], site: Site, form: str
) -> None:
    ran = wayback(what=form.format(url(site)))
    assert (ran.status, ran.json["offered"], ran.json["kept"], ran.json["articles_new"]) == (0, 1, 1, 1)


def test_a_site_that_no_archive_has_is_no_error(wayback: Callable[..., Ran], thidua: Callable[..., Ran]) -> None:
    ran = wayback(what="nobody.example.vn")
    assert (ran.status, ran.json["offered"], ran.err) == (0, 0, "")
    assert thidua("status", "--json").json["last_run"] is None


def test_an_empty_list_says_what_to_check(thidua: Callable[..., Ran], archive: WebArchive) -> None:
    ran = thidua("wayback", "nobody.example.vn", "--cdx", archive.cdx, "--from", "2015", "--delay", "0")
    assert f"no captures of these days; check the address, and that of the list: {archive.cdx}" in ran.out


# --- what an archive says of a day


def test_an_archived_error_says_that_the_page_was_gone(
    wayback: Callable[..., Ran], archive: WebArchive, site: Site, tmp_path: Path
) -> None:
    archive.held += [Held(url(site), SECOND, b"<h1>Not Found</h1>", 404), Held(url(site), THIRD, b"<h1>404</h1>", 404)]
    archive.held += [Held(f"http://{HOST}/chua-bao-gio-co", SECOND, b"x", 404)]
    ran = wayback()
    assert sorted(of(archive, url(site))) == [FIRST, SECOND]
    assert ran.json["left"] == {
        "as the capture before it": 1,
        "an error or redirect of what never was a page": 1,
    }
    query = "SELECT status, captured_at, reason FROM status_changes"
    assert rows(tmp_path / "data", query) == [("gone", "2021-07-10T08:00:00Z", "HTTP 404")]
    assert rows(tmp_path / "data", "SELECT count(*) FROM articles") == [(12,)]


@pytest.mark.parametrize("status", [429, 503, 403])
def test_an_archived_refusal_is_data_and_no_article(
    wayback: Callable[..., Ran], archive: WebArchive, site: Site, tmp_path: Path, status: int
) -> None:
    archive.held += [Held(url(site), SECOND, b"<h1>Too many</h1>", status, headers=(("Retry-After", "3600"),))]
    ran = wayback()
    assert ran.json["left"] == {f"HTTP {status}: says nothing of the page": 1}
    ran = wayback("--all")
    assert (ran.status, ran.err, ran.json["kept"]) == (0, "", 1)
    assert (status,) in rows(tmp_path / "data", "SELECT status FROM captures")
    assert rows(tmp_path / "data", "SELECT status, version FROM articles") == [("live", 1)] * 12


def test_a_page_that_answers_200_is_believed_to_be_gone_when_two_days_say_so(
    wayback: Callable[..., Ran], archive: WebArchive, site: Site, tmp_path: Path
) -> None:
    site.remove(list(site.chain.ids())[4], "soft404")
    for day in (SECOND, THIRD):
        archive.held += [held for held in captures(site, day) if held.url == url(site)]
    ran = wayback()
    assert sorted(of(archive, url(site))) == [FIRST, SECOND, THIRD]
    assert ran.json["left"] == {}
    assert rows(tmp_path / "data", "SELECT count(*) FROM articles WHERE status = 'gone'") == [(1,)]


def test_a_revisit_without_a_status_says_what_it_repeats(
    wayback: Callable[..., Ran], archive: WebArchive, site: Site
) -> None:
    again = [
        Held(held.url, SECOND, held.body, listed=("warc/revisit", "-"))
        for held in archive.held
        if held.url == url(site)
    ]
    archive.held += again
    assert wayback().json["left"] == {"as the capture before it": 1}


def test_a_capture_that_is_given_as_another_one_counts_as_that(
    wayback: Callable[..., Ran], archive: WebArchive, site: Site, tmp_path: Path
) -> None:
    listed = [held.row() for held in captures(site, FIRST) if held.url == url(site)]
    listed += [[*listed[0][:1], "20190101000000", *listed[0][2:5], "B" * 32, "1"]]
    listed += [[*listed[0][:1], "2019", *listed[0][2:5], "C" * 32, "1"]]
    archive.faults.append(Fault("cdx", 200, body=json.dumps([NAMES, *listed]).encode(), times=None))
    ran = wayback()
    assert (ran.status, ran.json["asked"], ran.json["kept"]) == (0, 2, 2)
    assert rows(tmp_path / "data", "SELECT captured_at FROM captures") == [("2020-07-10T08:00:00Z",)]


def test_captures_of_a_server_that_marks_none_are_known_by_their_digest(
    wayback: Callable[..., Ran], archive: WebArchive
) -> None:
    archive.marks = False
    ran = wayback()
    assert (ran.status, ran.json["kept"], ran.json["articles_new"]) == (0, 15, 12)


@pytest.mark.parametrize("packed", [True, False])
def test_a_page_that_is_said_to_be_zipped_is_read_whether_it_is_or_not(
    wayback: Callable[..., Ran], archive: WebArchive, site: Site, tmp_path: Path, packed: bool
) -> None:
    (page,) = [held for held in archive.held if held.url == url(site)]
    body = gzip.compress(page.body) if packed else page.body
    archive.held[:] = [Held(page.url, FIRST, body, headers=(*page.headers, ("Content-Encoding", "gzip")))]
    ran = wayback()
    assert (ran.status, ran.json["articles_new"]) == (0, 1)
    assert len(rows(tmp_path / "data", "SELECT body FROM articles")[0][0]) > 100


def test_what_is_no_zip_and_no_text_is_no_article(
    wayback: Callable[..., Ran], archive: WebArchive, site: Site, tmp_path: Path
) -> None:
    lie = b"\x1f\x8b\x08\x00" + bytes(range(256)) * 4
    archive.held[:] = [Held(url(site), FIRST, lie, headers=(("Content-Encoding", "gzip"),))]
    ran = wayback()
    assert (ran.status, ran.json["kept"], ran.json["articles_new"]) == (0, 1, 0)
    assert rows(tmp_path / "data", "SELECT count(*) FROM articles") == [(0,)]


@pytest.mark.parametrize(
    "path",
    [
        "/tin/ba\u0300i-vi\u00ea\u0301t-12345.html",
        "/tin/b%C3%A0i-12345.html",
        "/tin/a b-12345.html",
        "/tin/a\r\nWARC-Type: b-12345.html",
        "/tin/x-12345.html?a=%2F&b=[1]",
    ],
)
def test_addresses_of_all_kinds_can_be_asked_for(
    wayback: Callable[..., Ran], archive: WebArchive, site: Site, path: str
) -> None:
    (page,) = [held for held in archive.held if held.url == url(site)]
    archive.held[:] = [Held(f"http://{HOST}{path}", FIRST, page.body, headers=page.headers)]
    ran = wayback()
    assert (ran.status, ran.json["failed"], ran.json["articles_new"]) == (0, {}, 1)


def test_captures_may_be_elsewhere_than_the_list(thidua: Callable[..., Ran], archive: WebArchive) -> None:
    ran = thidua("wayback", HOST, "--cdx", archive.cdx, "--replay", f"{archive.url}/web/", "--delay", "0", "--json")
    assert (ran.status, ran.json["kept"]) == (0, 15)


def test_two_sites_of_one_web_archive_do_not_mix(
    wayback: Callable[..., Ran], archive: WebArchive, site: Site, tmp_path: Path
) -> None:
    archive.held += captures(site, FIRST, host="khac.example.gov.vn")
    ran = wayback("--max", "3")
    assert ran.json["offered"] == 15
    ran = wayback(what="khac.example.gov.vn")
    assert (ran.json["offered"], ran.json["kept"], ran.json["outcome"]) == (15, 15, "done")
    assert wayback().json["kept"] == 12
    assert rows(tmp_path / "data", "SELECT site, count(*) FROM articles GROUP BY 1") == [
        ("khac.example.gov.vn", 12),
        (HOST, 12),
    ]


# --- an archive in bad order


def test_told_to_wait_it_waits_and_goes_on(wayback: Callable[..., Ran], archive: WebArchive) -> None:
    archive.faults += [Fault("id_/", 429, (("Retry-After", "1"),)), Fault("cdx", 503, (("Retry-After", "1"),))]
    ran = wayback()
    assert (ran.status, ran.json["kept"]) == (0, 15)
    assert [line.split(": ", 2)[1] for line in ran.err.splitlines()] == [
        f"{archive.url.partition('//')[2]} asks us to wait"
    ] * 2


def test_told_to_go_away_it_keeps_what_has_come_and_goes_on_another_day(
    wayback: Callable[..., Ran], archive: WebArchive, tmp_path: Path
) -> None:
    late = Fault("id_/", 429, (("Retry-After", "3600"),), times=0)
    archive.faults.append(late)
    archive.held[:] = archive.held[:15]
    calm = archive.answer

    def after_seven(target: str) -> Any:
        if "id_/" in target and len(archive.raw()) == 8:
            late.times = 1
        return calm(target)

    archive.answer = after_seven  # type: ignore[method-assign] # for this test alone
    ran = wayback()
    assert ran.status == 1
    assert "wants no more requests for now (HTTP 429)" in ran.said()
    assert (ran.json["kept"], ran.json["outcome"]) == (7, "failed")
    assert rows(tmp_path / "data", "SELECT count(*) FROM articles") == [(7,)]
    lists = len(archive.asked("cdx/search"))
    ran = wayback()
    assert (ran.status, ran.json["kept"], ran.json["here"]) == (0, 8, 7)
    assert len(archive.asked("cdx/search")) == lists
    assert len(archive.raw()) == 16


def test_refused_the_list_it_asks_for_no_captures(wayback: Callable[..., Ran], archive: WebArchive) -> None:
    archive.faults.append(Fault("cdx", 429, (("Retry-After", "3600"),), times=None))
    ran = wayback()
    assert ran.status == 1
    assert "wants no more requests" in ran.said()
    assert archive.raw() == []


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        (Fault("cdx", 200, body=BLOCKED, times=None), "Blocked Site Error"),
        (Fault("cdx", 403, body=BLOCKED, times=None), "HTTP 403 Blocked Site Error"),
        (Fault("cdx", 404, body=b"<h1>Not Found</h1>", times=None), "HTTP 404 Not Found"),
        (Fault("cdx", 200, body=b"5", times=None), "gives no list of captures, but “5”"),
        (Fault("cdx", 200, body=b"<title>\x1b[2J</title>", times=None), "but “\ufffd[2J”"),
        (Fault("cdx", 301, (("Location", "https://b.example/cdx"),), times=None), "leads to https://b.example/cdx"),
        (Fault("cdx", 200, body=b"[[", times=None), "breaks off"),
        (Fault("cdx", 200, body=b'[["timestamp","original"],', times=None, cut=9), "breaks off"),
        (Fault("cdx", 200, (("Content-Encoding", "gzip"),), b"[[]]", times=None), "cannot be unpacked"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_list_that_is_none_is_told_in_a_line(
    wayback: Callable[..., Ran], archive: WebArchive, fault: Fault, said: str
) -> None:
    archive.faults.append(fault)
    ran = wayback()
    assert ran.status == 1
    assert archive.cdx in ran.said()
    assert said in ran.said()
    assert archive.raw() == []


def test_a_list_of_which_no_line_can_be_read_says_so(thidua: Callable[..., Ran], archive: WebArchive) -> None:
    rows = [NAMES, *(["k", "20209999", f"http://{HOST}/{number}", "text/html", "200", "A", "9"] for number in range(3))]
    archive.faults.append(Fault("cdx", 200, body=json.dumps(rows).encode(), times=None))
    ran = thidua("wayback", HOST, "--cdx", archive.cdx, "--delay", "0")
    assert (ran.status, "3 lines of the list could not be read" in ran.out) == (0, True)


def test_a_capture_of_a_day_that_is_still_to_come_is_counted_and_not_asked_for(
    thidua: Callable[..., Ran], archive: WebArchive, site: Site, tmp_path: Path
) -> None:
    held = next(held for held in archive.held if held.url == url(site))
    archive.held.append(replace(held, timestamp="20990101000000"))
    ran = thidua("wayback", HOST, "--cdx", archive.cdx, "--delay", "0")
    assert (ran.status, ran.err) == (0, "")
    assert "not asked for: 1 (of a day that is still to come)" in ran.out
    assert of(archive, url(site)) == [FIRST]
    assert rows(tmp_path / "data", "SELECT count(*) FROM articles") == [(12,)]


def test_a_capture_given_with_a_day_that_is_still_to_come_is_not_kept(
    wayback: Callable[..., Ran], archive: WebArchive, site: Site, tmp_path: Path
) -> None:
    held = next(held for held in archive.held if held.url == url(site))
    late = (("Memento-Datetime", "Thu, 01 Jan 2099 00:00:00 GMT"),)
    archive.faults.append(Fault(f"id_/{held.url}", 200, late, held.body, times=None))
    ran = wayback()
    assert ran.json["failed"] == {"is said to be of a day that is still to come": 1}
    assert (ran.json["kept"], ran.json["articles_new"]) == (14, 11)
    assert rows(tmp_path / "data", "SELECT count(*) FROM captures") == [(14,)]


def test_a_key_to_the_rest_that_no_database_takes_is_borne(wayback: Callable[..., Ran], archive: WebArchive) -> None:
    body = json.dumps([NAMES, archive.held[0].row(), [], ["9 and half a letter: \ud800"]]).encode()
    archive.faults += [Fault("showResumeKey", 200, body=body), Fault("resumeKey=9", 400, body=b"no such key")]
    ran = wayback()
    assert (ran.status, ran.json["kept"]) == (1, 1)
    assert "no such key" in ran.said()


def test_a_list_that_breaks_off_once_is_read_again(wayback: Callable[..., Ran], archive: WebArchive) -> None:
    archive.faults.append(Fault("cdx", 200, body=b'[["timestamp","original"],', cut=9))
    ran = wayback()
    assert (ran.status, ran.err, ran.json["kept"]) == (0, "", 15)


def test_of_a_list_that_always_breaks_off_what_came_is_fetched(
    wayback: Callable[..., Ran], archive: WebArchive
) -> None:
    archive.most = 5
    archive.faults.append(Fault("2020%2110", 200, body=b'[["timestamp","original"],', times=None, cut=9))
    ran = wayback()
    assert (ran.status, ran.json["kept"]) == (1, 10)
    assert "breaks off" in ran.said()
    archive.faults.clear()
    ran = wayback()
    assert (ran.status, ran.json["kept"], ran.json["here"]) == (0, 5, 10)


def test_of_a_list_in_one_piece_that_breaks_off_what_came_is_fetched(
    wayback: Callable[..., Ran], archive: WebArchive
) -> None:
    whole = json.dumps([NAMES, *(held.row() for held in archive.held)]).encode()
    archive.faults.append(Fault("cdx", 200, body=whole[: whole.rindex(b"nid=")], times=None))
    ran = wayback()
    assert (ran.status, ran.json["kept"]) == (1, 14)
    assert "breaks off" in ran.said()


def test_a_server_that_refuses_what_it_does_not_know_is_asked_plainly(
    wayback: Callable[..., Ran], archive: WebArchive
) -> None:
    archive.faults.append(Fault("showResumeKey", 400, body=b"unknown parameter", times=None))
    ran = wayback()
    assert (ran.status, ran.err, ran.json["kept"]) == (0, "", 15)


def test_a_list_that_goes_round_in_a_circle_ends(wayback: Callable[..., Ran], archive: WebArchive) -> None:
    archive.most, archive.circle = 5, True
    ran = wayback()
    assert ran.status == 1
    assert "goes round in a circle" in ran.said()
    assert ran.json["kept"] == 5


def test_keys_without_captures_lead_nowhere(wayback: Callable[..., Ran], archive: WebArchive) -> None:
    archive.faults.append(Fault("cdx", 200, body=b'[["timestamp","original"],[],["key"]]', times=None))
    ran = wayback()
    assert ran.status == 1
    assert "keys to the rest and no captures" in ran.said()


def test_captures_that_cannot_be_had_are_counted_and_asked_for_another_day(
    wayback: Callable[..., Ran], archive: WebArchive, site: Site, tmp_path: Path
) -> None:
    bad = [
        Held(f"http://{HOST}{site.url(number)}", FIRST).url.partition("//")[2] for number in list(site.chain.ids())[:4]
    ]
    own = (("Content-Type", "text/html"),)
    archive.faults += [
        Fault(bad[0], 404, own, b"<title>Wayback Machine</title>"),
        Fault(bad[1], 200, own, b"<html><title>Down for maintenance</title><body>" + b"x" * 500, times=1),
        Fault(bad[2], 302, (("Location", "http://127.0.0.1:9/web/2020id_/http://evil.example/"),)),
        Fault(bad[3], 302, (("Location", f"{archive.url}/web/20200101000000id_/http://other.example/"),)),
    ]
    ran = wayback()
    assert (ran.status, ran.json["kept"]) == (0, 11)
    assert ran.json["failed"] == {
        "is listed but not there (HTTP 404)": 1,
        "gives a page of its own in place of the capture": 1,
        "leads out of the captures": 1,
        "leads to another page": 1,
    }
    assert rows(tmp_path / "data", "SELECT count(*) FROM articles") == [(8,)]
    assert [target for target, _ in archive.requests if "other.example" in target] == []
    ran = wayback()
    assert (ran.status, ran.json["kept"], ran.json["open"]) == (0, 4, 0)
    assert rows(tmp_path / "data", "SELECT count(*) FROM articles") == [(12,)]


def test_an_archive_out_of_order_is_left_alone(wayback: Callable[..., Ran], archive: WebArchive) -> None:
    archive.faults.append(Fault("id_/", 502, times=None))
    ran = wayback()
    assert ran.status == 1
    assert "out of order (HTTP 502)" in ran.said()
    assert len(archive.raw()) <= 15


def test_an_archive_that_is_not_there_is_named(thidua: Callable[..., Ran]) -> None:
    ran = thidua("wayback", HOST, "--cdx", "http://127.0.0.1:9/site/cdx", "--delay", "0")
    assert ran.status == 1
    assert "127.0.0.1:9" in ran.said()
    assert "nothing answers" in ran.said()


# --- stopped and gone on with


def arguments(archive: WebArchive, folder: Path) -> list[str]:
    return ["wayback", HOST, "--cdx", archive.cdx, "--delay", "0", "--archive", str(folder)]


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory, thidua_in: Callable[[Path], Callable[..., Ran]]) -> Any:
    """What the archive comes to when nothing befalls it."""
    folder = tmp_path_factory.mktemp("undisturbed")
    with serving(WebArchive(captures(Site(articles=12, categories=2), FIRST))) as served:
        assert thidua_in(folder)(*arguments(served, folder / "data")).status == 0
    return end_state(folder / "data")


@pytest.mark.parametrize("step", [6, 9, 12, 20, 33, 46, 59, 70, 90])
def test_killed_anywhere_it_goes_on_and_asks_for_next_to_nothing_twice(
    thidua: Callable[..., Ran], archive: WebArchive, tmp_path: Path, undisturbed: Any, step: int
) -> None:
    archive.most = 4
    data = tmp_path / "data"
    lived = 1
    for _ in range(2):
        process = doomed(arguments(archive, data), tmp_path, step, fine=False)
        process.join(60)
        lived += process.exitcode == 0
    ran = thidua(*arguments(archive, data))
    assert (ran.status, ran.err) == (0, "")
    assert len(archive.raw()) <= 15 + 2, "but for the one that was under way"
    assert len(archive.asked("cdx/search")) <= 4 * lived + 2, "the list is read again only when all of it is here"
    assert differences(end_state(data), undisturbed) == []
    assert_sound(data)
    assert thidua("verify").status == 0


def test_ctrl_c_keeps_what_has_come(archive: WebArchive, thidua: Callable[..., Ran], tmp_path: Path) -> None:
    archive.stands_still = 5
    given = ["wayback", HOST, "--cdx", archive.cdx, "--delay", "0", "--archive", str(tmp_path / "data")]
    process = PROCESSES.Process(target=_command, args=(given, tmp_path / "o", tmp_path / "e"))
    process.start()
    while len(archive.raw()) < 5:
        time.sleep(0.01)
    os.kill(process.pid or 0, signal.SIGINT)
    process.join(60)
    archive.on.set()
    assert process.exitcode == 130
    assert rows(tmp_path / "data", "SELECT count(*) FROM articles") == [(4,)]
    assert re.search(r"^Stopped: ", (tmp_path / "o").read_text("utf-8"))
    assert thidua(*arguments(archive, tmp_path / "data")).status == 0
    assert rows(tmp_path / "data", "SELECT count(*) FROM articles") == [(12,)]


def test_what_of_earlier_imports_cannot_be_read_any_more_is_said(
    wayback: Callable[..., Ran], thidua: Callable[..., Ran], tmp_path: Path
) -> None:
    lies, copied = written(tmp_path / "a.warc", [captured(1, 1)]), [captured(1, 1), captured(2, 2)]
    assert thidua("import", str(lies)).status == 0
    assert thidua("import", "--copy", str(written(tmp_path / "b.warc", copied))).status == 0
    lies.unlink()
    ran = wayback()
    assert (ran.status, ran.json["articles_new"]) == (1, 12)
    assert ran.json["trouble"] == [ran.err.removeprefix("thidua: ").rstrip()]
    assert str(lies) in ran.err


# --- wrong use


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (["http://"], "names no host and no page"),
        (["h.vn", "--cdx", "nonsense"], "--cdx 'nonsense' is no address"),
        (["h.vn", "--cdx", "https://a.example/api"], "say so with --replay"),
        (["h.vn", "--site", "keine"], "keine"),
        (["h.vn", "--site", "haiduong"], "h.vn is not of the site haiduong"),
        (["h.vn", "--from", "2021", "--to", "2020"], "is after --to"),
        (["h.vn", "--max", "0"], "--max"),
        ([], "HOST-or-URL"),
    ],
)
def test_wrong_use_is_told_in_a_line(thidua: Callable[..., Ran], tmp_path: Path, given: list[str], said: str) -> None:
    ran = thidua("wayback", *given)
    assert ran.status == 2
    assert said in ran.said()
    assert not (tmp_path / "data").exists()
