"""`thidua import`: what others have captured takes its place by its time, wherever it lies and whatever came before."""

from __future__ import annotations

import gzip
import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from archive import warc
from pipelines.sieve import FUTURE, SIDE_DOOR
from tests.pipelines.test_import_order import state
from tests.thidua import foreign
from tests.thidua.state import rows
from tests.thidua.warcs import (
    FIRST,
    HOST,
    SECOND,
    answer,
    captured,
    digest,
    gone,
    mirror,
    moment,
    page,
    record,
    revisit,
    title,
    url,
    wacz,
    written,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.thidua.conftest import Ran

    Thidua = Callable[..., Ran]


LATE = datetime(2100, 1, 1, tzinfo=UTC).timestamp()


def some(*, day: int = 1, text: str = FIRST) -> list[bytes]:
    """Records of five articles, each of which names those before it."""
    return [captured(n, day, text, older=range(1, n)) for n in range(1, 6)]


def dump(folder: Path) -> str:
    """All that is in a database."""
    with closing(sqlite3.connect(f"file:{folder / 'archive.db'}?mode=ro", uri=True)) as db:
        return "\n".join(db.iterdump())


def texts(folder: Path) -> dict[str, str]:
    return dict(rows(folder, "SELECT title, body FROM articles"))


def sources(folder: Path) -> list[tuple[str, int]]:
    return [(str(name), int(n)) for name, n in rows(folder, "SELECT source, count(*) FROM captures GROUP BY source")]


def assert_well(thidua: Thidua) -> None:
    """Assert that every row agrees with its record, and that reading all again would change nothing."""
    assert thidua("verify").status == 0
    again = thidua("reparse", "--json")
    assert (again.status, again.json["changes"]) == (0, {})


# -- what can be brought in


@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz", "a.wacz", "deflated.wacz", "folder", "mirror"])
def test_whatever_holds_them_the_articles_are_the_same(thidua: Thidua, tmp_path: Path, name: str) -> None:
    file = written(tmp_path / "in" / "a.warc.gz", some())
    made = {
        "a.warc": lambda: written(tmp_path / "a.warc", some()),
        "a.warc.gz": lambda: file,
        "a.wacz": lambda: wacz(tmp_path / "a.wacz", [file]),
        "deflated.wacz": lambda: wacz(tmp_path / "deflated.wacz", [file], deflated=True),
        "folder": lambda: file.parent,
        "mirror": lambda: mirror(tmp_path / "mirror", range(1, 6)),
    }
    said = thidua("import", str(made[name]()), "--json")
    assert (said.status, said.json["articles_new"], said.json["captures"]) == (0, 5, 5)
    assert set(texts(tmp_path / "data")) == {title(n) for n in range(1, 6)}
    assert sources(tmp_path / "data") == [("mirror" if name == "mirror" else "warc", 5)]
    assert rows(tmp_path / "data", "SELECT DISTINCT captured_at FROM captures") == [("2016-01-01T12:00:00Z",)]
    assert_well(thidua)


def test_a_wacz_made_by_py_wacz_is_read(thidua: Thidua, tmp_path: Path, pytestconfig: pytest.Config) -> None:
    tool = foreign.programs(pytestconfig, *foreign.WEB) / "wacz"
    file = written(tmp_path / "a.warc.gz", some())
    subprocess.run([tool, "create", "-f", file, "-o", tmp_path / "a.wacz"], check=True, capture_output=True)
    assert thidua("import", str(tmp_path / "a.wacz"), "--json").json["articles_new"] == 5
    assert thidua("import", str(file), "--json").json["articles_new"] == 0


@pytest.mark.parametrize("copy", [(), ("--copy",)], ids=["where-it-lies", "copied"])
def test_an_answer_behind_interim_ones_is_read(thidua: Thidua, tmp_path: Path, copy: tuple[str, ...]) -> None:
    early = b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a.css>; rel=preload\r\n\r\n"
    pages = [record(url(n), moment(1), early + answer(page(n)), WARC_Payload_Digest=digest(page(n))) for n in range(3)]
    ran = thidua("import", str(written(tmp_path / "khac.warc.gz", [*pages, revisit(0, 9, page(0))])), *copy, "--json")
    assert (ran.status, ran.json["articles_new"], ran.json["captures"]) == (0, 3, 4)
    statuses = rows(tmp_path / "data", "SELECT status, count(*), count(DISTINCT digest) FROM captures GROUP BY status")
    assert statuses == [(200, 4, 3)]
    assert_well(thidua)


@pytest.mark.parametrize("copy", [(), ("--copy",)], ids=["where-it-lies", "copied"])
def test_a_revisit_that_names_no_profile_repeats_the_payload(
    thidua: Thidua, tmp_path: Path, copy: tuple[str, ...]
) -> None:
    again = record(url(1), moment(9), answer(b""), "revisit", WARC_Payload_Digest=digest(page(1)))
    assert thidua("import", str(written(tmp_path / "khac.warc.gz", [captured(1, 1), again])), *copy).status == 0
    assert rows(tmp_path / "data", "SELECT status, count(DISTINCT digest) FROM captures") == [(200, 1)]
    assert_well(thidua)


def test_several_paths_are_brought_in_by_one_run(thidua: Thidua, tmp_path: Path) -> None:
    file = written(tmp_path / "a.warc.gz", some())
    folder = mirror(tmp_path / "mirror", [6, 7], day=3)
    said = thidua("import", str(file), str(folder), "--json").json
    assert (said["sources"], said["captures"], said["articles_new"]) == (2, 7, 7)
    assert rows(tmp_path / "data", "SELECT command, outcome FROM runs") == [("import", "done")]


def test_a_folder_may_hold_warc_files_and_saved_pages(thidua: Thidua, tmp_path: Path) -> None:
    folder = mirror(tmp_path / "both", [6, 7])
    written(folder / "a.warc.gz", some())
    assert thidua("import", str(folder), "--json").json["articles_new"] == 7


def test_a_mirror_is_judged_as_a_file_is_by_address_and_day(thidua: Thidua, tmp_path: Path) -> None:
    folder = mirror(tmp_path / "mirror", [6, 7])
    (folder / HOST / "print").mkdir()
    (folder / HOST / "print" / "tin-0006.html").write_bytes(page(6, FIRST))
    (folder / HOST / "tin-0008.html").write_bytes(page(8, FIRST))
    os.utime(folder / HOST / "tin-0008.html", (LATE, LATE))
    said = thidua("import", str(folder), "--json").json
    assert said["captures"] == len(rows(tmp_path / "data", "SELECT id FROM captures")) == 2
    assert said["left_out"] == {SIDE_DOOR: 1, FUTURE: 1}


def test_the_records_stay_where_they_are(thidua: Thidua, tmp_path: Path) -> None:
    file = written(tmp_path / "a.warc.gz", some())
    thidua("import", str(file))
    assert rows(tmp_path / "data", "SELECT DISTINCT warc_file FROM captures") == [(str(file),)]


def test_with_copy_they_are_in_the_archive_and_the_file_may_go(thidua: Thidua, tmp_path: Path) -> None:
    file = written(tmp_path / "a.warc.gz", some())
    thidua("import", "--copy", str(file))
    file.unlink()
    assert_well(thidua)
    assert thidua("reparse", "--from-scratch").status == 0
    assert len(texts(tmp_path / "data")) == 5


def test_what_was_pointed_at_can_be_copied_later(thidua: Thidua, tmp_path: Path) -> None:
    file = written(tmp_path / "a.warc.gz", some())
    thidua("import", str(file))
    before = state(tmp_path / "data")
    assert thidua("import", "--copy", str(file)).status == 0
    file.unlink()
    assert_well(thidua)
    assert state(tmp_path / "data") == before


def test_records_that_share_a_gzip_member_are_copied(thidua: Thidua, tmp_path: Path) -> None:
    whole = written(tmp_path / "a.warc", some()).read_bytes()
    file = written(tmp_path / "a.warc.gz", [captured(9, 1)])
    file.write_bytes(file.read_bytes() + gzip.compress(whole))
    assert thidua("import", str(file), "--json").json["articles_new"] == 6
    assert rows(tmp_path / "data", "SELECT DISTINCT warc_file GLOB 'warc/*' FROM captures") == [(1,)]
    assert_well(thidua)


# -- which site


def three_sites(tmp_path: Path) -> Path:
    others = [
        record(f"http://www.{name}.example/tin-{n:04}.html", moment(2), answer(page(n)))
        for name, first in (("dongson", 100), ("tanlap", 200))
        for n in range(first, first + 5)
    ]
    like = b"<html><title>Facebook</title><body>Like</body></html>"
    frames = [record(f"https://www.facebook.com/plugins/like.php?n={n}", moment(2), answer(like)) for n in range(30)]
    return written(tmp_path / "three.warc.gz", [*some(), *others, *frames])


def sites_of(folder: Path) -> set[str]:
    return {site for (site,) in rows(folder, "SELECT DISTINCT site FROM pages")}


def test_each_site_in_a_file_is_a_site_and_what_was_embedded_is_none(thidua: Thidua, tmp_path: Path) -> None:
    said = thidua("import", str(three_sites(tmp_path)), "--json").json
    assert (said["articles_new"], sum(said["left_out"].values())) == (15, 30)
    assert sites_of(tmp_path / "data") == {HOST, "dongson.example", "tanlap.example"}


def test_the_other_hosts_of_a_file_are_named(thidua: Thidua, tmp_path: Path) -> None:
    ran = thidua("import", "--site", "dongson.xample", str(three_sites(tmp_path)))
    (told,) = (line for line in ran.out.splitlines() if "pages of other hosts" in line)
    assert f"(pages of other hosts: {HOST}, www.dongson.example, www.tanlap.example)" in told


def test_one_site_can_be_asked_for_and_the_others_later(thidua: Thidua, tmp_path: Path) -> None:
    file = str(three_sites(tmp_path))
    said = thidua("import", "--site", "dongson.example", file, "--json").json
    assert (said["articles_new"], said["left_out"]["pages of other hosts"]) == (5, 10)
    assert sites_of(tmp_path / "data") == {"dongson.example"}
    assert thidua("import", file, "--json").json["articles_new"] == 10
    assert thidua("import", file, "--json").json["already_imported"] == 1


def test_a_profile_of_ones_own_rules_the_import_and_is_kept(thidua: Thidua, tmp_path: Path) -> None:
    profile = tmp_path / "hoasen.toml"
    profile.write_text(f'name = "Hoa Sen"\nhosts = ["{HOST}"]\nstart_urls = ["http://{HOST}/"]\n')
    thidua("import", "--site", str(profile), str(three_sites(tmp_path)))
    assert sites_of(tmp_path / "data") == {"hoasen"}
    profile.unlink()
    assert_well(thidua)


@pytest.mark.parametrize("site", ["nowhere", "absent.toml", "http://[x", "[.x"])
def test_a_site_that_is_none_is_wrong_use(thidua: Thidua, tmp_path: Path, site: str) -> None:
    ran = thidua("import", "--site", site, str(written(tmp_path / "a.warc.gz", some())))
    assert ran.status == 2
    assert site in ran.said()
    assert not (tmp_path / "data").exists()


# -- the same again


def test_the_same_file_twice_changes_nothing(thidua: Thidua, tmp_path: Path) -> None:
    file, folder = written(tmp_path / "a.warc.gz", some()), mirror(tmp_path / "mirror", [6])
    thidua("import", str(file), str(folder))
    before, log = dump(tmp_path / "data"), warc.files(tmp_path / "data")
    said = thidua("import", str(file), str(folder), "--json")
    assert (said.status, said.json["already_imported"]) == (0, 2)
    assert dump(tmp_path / "data") == before
    assert warc.files(tmp_path / "data") == log


def test_the_same_captures_in_a_warc_and_in_a_wacz_are_held_once(thidua: Thidua, tmp_path: Path) -> None:
    file = written(tmp_path / "a.warc.gz", some())
    thidua("import", str(file))
    before = state(tmp_path / "data")
    said = thidua("import", "--copy", str(wacz(tmp_path / "a.wacz", [file])), "--json")
    assert (said.status, said.json["articles_new"], said.json["articles_changed"]) == (0, 0, 0)
    assert state(tmp_path / "data") == before


def test_two_files_with_the_same_captures_are_copied_once(thidua: Thidua, tmp_path: Path) -> None:
    file = written(tmp_path / "a.warc.gz", some())
    said = thidua("import", "--copy", str(file), str(wacz(tmp_path / "a.wacz", [file])), "--json").json
    assert said["repeated"] == 5
    kinds = [each.kind for name in warc.files(tmp_path / "data") for each in warc.records(tmp_path / "data", name)]
    assert kinds.count("response") == 5


def test_a_file_that_moved_is_followed(thidua: Thidua, tmp_path: Path) -> None:
    file, new = written(tmp_path / "a.warc.gz", some()), tmp_path / "elsewhere" / "b.warc.gz"
    thidua("import", str(file))
    before = state(tmp_path / "data")
    new.parent.mkdir()
    file.rename(new)
    assert "is missing, with the records of 5 captures" in thidua("verify").out
    assert "5 captures cannot be read again" in thidua("reparse", "--json").json["refused"]
    assert thidua("import", str(new)).status == 0
    assert_well(thidua)
    assert state(tmp_path / "data") == before


def test_a_copy_of_a_file_that_is_still_there_changes_nothing(thidua: Thidua, tmp_path: Path) -> None:
    file = written(tmp_path / "in" / "a.warc.gz", some())
    shutil.copy(file, tmp_path / "in" / "b.warc.gz")
    thidua("import", str(file.parent))
    before = dump(tmp_path / "data")
    assert thidua("import", str(file.parent), "--json").json["already_imported"] == 2
    assert dump(tmp_path / "data") == before


def test_a_file_that_has_grown_is_read_on(thidua: Thidua, tmp_path: Path) -> None:
    file = written(tmp_path / "a.warc", some())
    thidua("import", str(file))
    with file.open("ab") as more:
        more.write(captured(6, 2))
    assert thidua("import", str(file), "--json").json["articles_new"] == 1
    assert_well(thidua)


def test_a_file_that_holds_something_else_now_loses_nothing(thidua: Thidua, tmp_path: Path) -> None:
    file = written(tmp_path / "a.warc.gz", some())
    thidua("import", str(file))
    before = texts(tmp_path / "data")
    written(file, [captured(n, 2) for n in range(50, 60)])
    said = thidua("import", str(file), "--json")
    (line,) = said.json["damage"]
    assert (said.status, said.json["articles_new"]) == (1, 0)
    assert f"{file}: holds something else than when it was imported" in line
    assert texts(tmp_path / "data") == before
    assert rows(tmp_path / "data", "SELECT count(*) FROM sources") == [(1,)]


def test_a_file_that_is_put_back_is_read_as_before(thidua: Thidua, tmp_path: Path) -> None:
    file = written(tmp_path / "a.warc.gz", some())
    thidua("import", str(file))
    kept = shutil.copy(file, tmp_path / "kept.warc.gz")
    written(file, [captured(n, 2) for n in range(50, 60)])
    assert thidua("import", str(file)).status == 1
    shutil.copy(kept, file)
    assert thidua("import", str(written(tmp_path / "b.warc.gz", [captured(6, 1)]))).status == 0
    assert_well(thidua)
    assert set(texts(tmp_path / "data")) == {title(n) for n in range(1, 7)}


def test_an_archives_own_files_are_in_it_already(thidua: Thidua, tmp_path: Path) -> None:
    thidua("import", "--copy", str(written(tmp_path / "a.warc.gz", some())))
    before = dump(tmp_path / "data")
    assert "this archive's own" in thidua("import", str(tmp_path / "data" / "warc")).out
    assert dump(tmp_path / "data") == before


def test_another_archive_is_brought_in_by_its_warc_files(thidua: Thidua, tmp_path: Path) -> None:
    other = str(tmp_path / "other")
    thidua("import", "--copy", str(written(tmp_path / "a.warc.gz", some())), "--archive", other)
    thidua("import", str(mirror(tmp_path / "mirror", [6, 7])), "--archive", other)
    assert thidua("import", f"{other}/warc").status == 0
    assert state(tmp_path / "data") == state(tmp_path / "other")
    assert sources(tmp_path / "data") == [("mirror", 2), ("warc", 5)]


def test_what_another_archive_only_points_at_is_told(thidua: Thidua, tmp_path: Path) -> None:
    other = str(tmp_path / "other")
    thidua("import", str(written(tmp_path / "a.warc.gz", some())), "--archive", other)
    (told,) = thidua("import", f"{other}/warc", "--json").json["left_out"]
    assert told.endswith(f"import that too: {tmp_path / 'a.warc.gz'}")


# -- one article, many captures


def test_an_older_capture_never_overwrites_a_newer_text(thidua: Thidua, tmp_path: Path) -> None:
    thidua("import", str(written(tmp_path / "new.warc.gz", some(day=9, text=SECOND))))
    said = thidua("import", str(written(tmp_path / "old.warc.gz", some(day=1))), "--json").json
    assert said["articles_changed"] == 5
    assert all("mười hai hộ" in body for body in texts(tmp_path / "data").values())
    versions = rows(tmp_path / "data", "SELECT number, captured_at, body LIKE '%hai hộ%' FROM versions")
    assert set(versions) == {(1, "2016-01-01T12:00:00Z", 0), (2, "2016-01-09T12:00:00Z", 1)}


def test_spellings_of_an_address_meet_in_one_row(thidua: Thidua, tmp_path: Path) -> None:
    replayed = f"https://web.archive.org/web/20150612081500/{url(1)}"
    spellings = [
        record(replayed, "2024-01-01T00:00:00Z", answer(page(1))),
        record(f"https://www.{HOST}:443/tin-0001.html?utm_source=x#top", moment(5), answer(page(1))),
        record(f"HTTP://{HOST.upper()}:80/tin-0001.html", moment(6), answer(page(1))),
        record(f"<{url(1)}>", moment(7), answer(page(1))),
        record(f"http://{HOST}/xem.aspx?b=2&a=1", moment(6), answer(page(20))),
        record(f"http://{HOST}/Xem.aspx?A=1&B=2", moment(7), answer(page(20))),
    ]
    thidua("import", str(written(tmp_path / "a.warc.gz", spellings)), str(mirror(tmp_path / "mirror", [1], day=8)))
    held = rows(tmp_path / "data", "SELECT page_id, count(*), min(captured_at) FROM captures GROUP BY 1 ORDER BY 2")
    assert sorted((number, first) for _, number, first in held) == [
        (2, "2016-01-06T12:00:00Z"),
        (5, "2015-06-12T08:15:00Z"),
    ]
    assert len(texts(tmp_path / "data")) == 2


def test_show_names_the_source_of_each_capture(thidua: Thidua, tmp_path: Path) -> None:
    thidua("import", str(written(tmp_path / "a.warc.gz", some())), str(mirror(tmp_path / "mirror", [1], day=8)))
    shown = thidua("show", url(1), "--json").json
    assert [capture["source"] for capture in shown["captures"]] == ["warc", "mirror"]
    told = thidua("show", url(1)).out
    assert f"01/01/2016 12:00 UTC from a WARC file, {tmp_path / 'a.warc.gz'}" in told
    assert "08/01/2016 12:00 UTC from a mirror" in told


def test_an_archived_404_between_two_texts_is_gone_and_back(thidua: Thidua, tmp_path: Path) -> None:
    thidua("import", str(written(tmp_path / "a.warc.gz", [captured(1, 9), gone(1, 5), captured(1, 1)])))
    changes = rows(tmp_path / "data", "SELECT captured_at, status FROM status_changes")
    assert changes == [("2016-01-05T12:00:00Z", "gone"), ("2016-01-09T12:00:00Z", "live")]
    told = thidua("history", "1").out
    assert told.index("Gone  05/01/2016") < told.index("Back  09/01/2016")


def test_a_payload_that_is_repeated_is_found_wherever_its_record_lies(thidua: Thidua, tmp_path: Path) -> None:
    body = page(1)
    first = record(url(1), moment(1), answer(body), WARC_Payload_Digest=digest(body))
    thidua("import", str(written(tmp_path / "later.warc.gz", [revisit(1, 5, body), captured(2, 1)])))
    said = thidua("import", str(written(tmp_path / "first.warc.gz", [first])), "--json")
    assert (said.status, said.json["damage"]) == (0, [])
    assert rows(tmp_path / "data", "SELECT count(*) FROM captures WHERE revisit_of IS NOT NULL") == [(1,)]
    assert_well(thidua)


def test_of_a_payload_that_is_nowhere_a_line_tells(thidua: Thidua, tmp_path: Path) -> None:
    file = written(tmp_path / "a.warc.gz", [captured(2, 1), revisit(1, 5, page(1))])
    said = thidua("import", str(file), "--json")
    assert said.status == 1
    (line,) = said.json["damage"]
    assert str(file) in line
    assert url(1) in line
    other = thidua("import", str(written(tmp_path / "b.warc.gz", [captured(3, 1)])), "--json")
    assert (other.status, other.json["damage"]) == (0, []), "it was told when it was imported"


def test_what_a_server_said_is_not_modified_is_kept_as_that(thidua: Thidua, tmp_path: Path) -> None:
    same = record(url(1), moment(4), answer(b"", "304 Not Modified"))
    thidua("import", "--copy", str(written(tmp_path / "a.warc.gz", [captured(1, 1), same])))
    assert_well(thidua)
    assert thidua("export", "wacz", str(tmp_path / "out.wacz")).status == 0


def test_a_lapsed_domain_replaces_no_article(thidua: Thidua, tmp_path: Path) -> None:
    def bet(at: str, number: int, words: str) -> bytes:
        body = f"<html><meta charset=utf-8><title>{words}</title><body><h1>{words}</h1><p>{words}. {words} ngay."
        return record(at, moment(1 + number % 20, 2023), answer(body.encode()))

    one = "Nhà cái uy tín số một: nạp tiền lần đầu nhận thưởng, quay hũ mỗi ngày, hoàn trả không giới hạn"
    own = [
        bet(url(n), day, f"Kèo trận {n}: tỷ lệ cược {n}.{n}, nạp rút nhanh, thưởng thành viên {n * 7}")
        for day in range(3)
        for n in range(1, 6)
    ]
    same = [bet(url(n), day, one) for day in range(3) for n in range(6, 11)]
    new = [bet(f"http://{HOST}/keo-bong-da-{n}-12345.html", 19, one) for n in range(5)]
    news = [captured(n, 1, older=range(1, n)) for n in range(1, 11)]
    thidua("import", str(written(tmp_path / "a.warc.gz", [*own, *same, *new, *news])))
    assert set(texts(tmp_path / "data")) == {title(n) for n in range(1, 11)}
    assert rows(tmp_path / "data", "SELECT count(*) FROM captures WHERE quarantined IS NOT NULL") == [(35,)]


def test_status_lists_what_neighbours_name_and_nobody_captured(thidua: Thidua, tmp_path: Path) -> None:
    thidua("import", str(written(tmp_path / "a.warc.gz", [captured(5, 1, older=[3, 4])])))
    told = thidua("status", "--missing").out
    assert title(3) in told
    assert title(4) in told


# -- what comes of it


def elsewhere(tmp_path: Path) -> list[str]:
    """A plain WARC file and a mirror."""
    file = written(tmp_path / "a.warc", [*some(), captured(1, 9, SECOND)])
    return [str(file), str(mirror(tmp_path / "mirror", [6, 7]))]


def test_the_database_can_be_made_again_from_the_log_and_what_it_points_at(thidua: Thidua, tmp_path: Path) -> None:
    thidua("import", *elsewhere(tmp_path))
    assert_well(thidua)
    before = state(tmp_path / "data")
    assert thidua("reparse", "--from-scratch").status == 0
    assert state(tmp_path / "data") == before
    assert thidua("import", *elsewhere(tmp_path / "again"), "--json").json["articles_new"] == 0


def test_verify_finds_a_record_that_has_changed_where_it_lies(thidua: Thidua, tmp_path: Path) -> None:
    file = written(tmp_path / "a.warc", some())
    thidua("import", str(file))
    content = bytearray(file.read_bytes())
    place = content.index("mười hộ".encode())
    content[place : place + 1] = b"M"
    file.write_bytes(content)
    said = thidua("verify")
    assert said.status == 1
    assert f"{file} at byte 0" in said.out


def test_captures_from_elsewhere_go_into_a_wacz_that_gives_the_same_articles(thidua: Thidua, tmp_path: Path) -> None:
    thidua("import", *elsewhere(tmp_path))
    assert thidua("export", "wacz", str(tmp_path / "out.wacz")).status == 0
    other = str(tmp_path / "other")
    assert thidua("import", str(tmp_path / "out.wacz"), "--archive", other).status == 0
    assert texts(tmp_path / "other") == texts(tmp_path / "data")
    assert thidua("verify", "--archive", other).status == 0


@pytest.mark.parametrize("form", ["html", "csv", "sqlite", "atom"])
def test_exports_know_of_captures_from_elsewhere(thidua: Thidua, tmp_path: Path, form: str) -> None:
    thidua("import", *elsewhere(tmp_path))
    assert thidua("export", form, str(tmp_path / f"out.{form}")).status == 0


def test_wgets_revisits_are_captures_though_they_call_their_payload_truncated(thidua: Thidua, tmp_path: Path) -> None:
    """`--warc-dedup` writes the header alone, of a redirect too, and says `WARC-Truncated: length`."""
    away = answer(b"", "302 Found", Location=f"http://{HOST}/")
    by = {
        "WARC_Profile": "http://netpreserve.org/warc/1.0/revisit/identical-payload-digest",
        "WARC_Truncated": "length",
    }
    records = [
        captured(1, 2),
        captured(2, 2),
        record(url(1), moment(5), away, WARC_Payload_Digest=digest(b"")),
        record(url(1), moment(9), away, "revisit", WARC_Payload_Digest=digest(b""), **by),
        record(url(2), moment(9), answer(b""), "revisit", WARC_Payload_Digest=digest(page(2)), **by),
    ]
    assert thidua("import", str(written(tmp_path / "a.warc.gz", records))).status == 0
    folder = tmp_path / "data"
    assert rows(folder, "SELECT captured_at, status FROM status_changes") == [(moment(9), "gone")]
    assert rows(folder, f"SELECT last_captured_at FROM articles WHERE url = '{url(2)}'") == [(moment(9),)]  # noqa: S608 - ours
    assert_well(thidua)
