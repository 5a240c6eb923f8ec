"""An import may end at any moment; run again, it goes on, and ends as if nothing had been."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from archive import warc
from crawler.lock import Lock
from tests.pipelines.test_import_order import state
from tests.samplesite import Site, serve
from tests.thidua.disks import disk
from tests.thidua.dying import doomed
from tests.thidua.state import rows
from tests.thidua.test_disk import assert_told
from tests.thidua.test_import import assert_well, some
from tests.thidua.warcs import FIRST, SECOND, captured, mirror, wacz, written

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.thidua.conftest import Ran

    Thidua = Callable[..., Ran]

MANY = 60


def many(day: int, text: str = FIRST) -> list[bytes]:
    return [captured(n, day, text, older=range(max(1, n - 3), n)) for n in range(1, MANY)]


@pytest.fixture(scope="module")
def paths(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """A WARC file, another with later texts in a WACZ, and a mirror."""
    folder = tmp_path_factory.mktemp("elsewhere")
    later = written(folder / "later.warc.gz", many(9, SECOND))
    files = [written(folder / "first.warc", many(1)), wacz(folder / "later.wacz", [later])]
    later.unlink()
    return [*map(str, files), str(mirror(folder / "mirror", range(50, 80), SECOND, day=5))]


@pytest.fixture(scope="module")
def undisturbed(
    paths: list[str], tmp_path_factory: pytest.TempPathFactory, thidua_in: Callable[[Path], Thidua]
) -> Path:
    folder = tmp_path_factory.mktemp("undisturbed")
    assert thidua_in(folder)("import", "--copy", *paths).status == 0
    return folder / "data"


def copies(folder: Path) -> int:
    """How many captures the archive's own files hold."""
    kinds = (each.kind for name in warc.files(folder) for each in warc.records(folder, name))
    return sum(kind in {"response", "resource"} for kind in kinds)


def assert_as_undisturbed(folder: Path, undisturbed: Path) -> None:
    """Assert that all is there, once, and nothing else is left behind."""
    assert state(folder) == state(undisturbed)
    assert copies(folder) in {0, 30, copies(undisturbed)}
    assert {each.name for each in folder.iterdir()} <= {
        "archive.db",
        "archive.db-wal",
        "archive.db-shm",
        "crawl.lock",
        "warc",
    }
    assert rows(folder, "SELECT DISTINCT complete FROM sources") == [(1,)]
    assert rows(folder, "SELECT * FROM runs WHERE finished_at IS NULL") == []


@pytest.mark.parametrize("seed", range(6))
def test_killed_at_any_step_it_goes_on(
    thidua: Thidua, tmp_path: Path, paths: list[str], undisturbed: Path, seed: int
) -> None:
    chance, kills = random.Random(seed), 0
    given = ["import", *(["--copy"] if seed % 2 else []), *paths, "--archive", str(tmp_path / "data")]
    while kills < 4:
        fine = chance.random() < 0.5
        process = doomed(given, tmp_path, chance.randrange(1, 6000 if fine else 300), fine=fine)
        process.join(60)
        assert process.exitcode in {-signal.SIGKILL, 0}, (tmp_path / "err").read_text()
        kills += 1
        if not process.exitcode:
            break
    assert thidua("import", *given[1:-2]).status == 0
    assert_as_undisturbed(tmp_path / "data", undisturbed)
    assert_well(thidua)


def test_stopped_by_the_user_it_says_so_and_goes_on(
    thidua: Thidua, tmp_path: Path, paths: list[str], undisturbed: Path
) -> None:
    for wait in (0.7, 0.9, 1.2):
        command = [sys.executable, "-m", "thidua", "import", *paths, "--archive", str(tmp_path / "data")]
        started = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        time.sleep(wait)
        started.send_signal(signal.SIGINT)
        out, err = started.communicate(timeout=60)
        assert started.returncode in {130, 0, -signal.SIGINT}, (out, err)
        assert "Traceback" not in err or started.returncode == -signal.SIGINT
    assert thidua("import", *paths).status == 0
    assert_as_undisturbed(tmp_path / "data", undisturbed)


def test_without_paths_it_goes_on_with_what_was_stopped(thidua: Thidua, tmp_path: Path, paths: list[str]) -> None:
    given = ["import", *paths, "--archive", str(tmp_path / "data")]
    doomed(given, tmp_path, 60, fine=False).join(60)
    assert rows(tmp_path / "data", "SELECT finished_at FROM runs") == [(None,)]
    assert "cut off; the next `thidua import` goes on from there" in thidua("status").out
    assert thidua("import").status == 0
    assert rows(tmp_path / "data", "SELECT * FROM runs WHERE finished_at IS NULL") == []
    assert rows(tmp_path / "data", "SELECT DISTINCT complete FROM sources") == [(1,)]
    assert_well(thidua)


def test_a_copy_that_was_stopped_is_gone_on_with_whatever_is_said_of_copying(
    thidua: Thidua, tmp_path: Path, paths: list[str]
) -> None:
    given = ["import", "--copy", paths[0], "--archive", str(tmp_path / "data")]
    doomed(given, tmp_path, 30, fine=False).join(60)
    assert rows(tmp_path / "data", "SELECT copied, complete FROM sources") == [(1, 0)]
    assert thidua("import", paths[0]).status == 0
    assert rows(tmp_path / "data", "SELECT copied, complete FROM sources") == [(1, 1)]
    assert copies(tmp_path / "data") == MANY - 1
    assert_well(thidua)


def test_a_crawl_after_an_import_that_was_stopped_does_not_mind(
    thidua: Thidua, crawl: Thidua, tmp_path: Path, paths: list[str]
) -> None:
    given = ["import", *paths, "--archive", str(tmp_path / "data")]
    doomed(given, tmp_path, 60, fine=False).join(60)
    with serve(Site(articles=12, categories=2)) as server:
        assert crawl(server.url).status == 0
    assert rows(tmp_path / "data", "SELECT count(*) FROM articles") == [(12,)]
    assert thidua("import", *paths).status == 0
    assert rows(tmp_path / "data", "SELECT count(*) FROM articles") == [(12 + 79,)]
    assert_well(thidua)


def test_a_full_disk_ends_it_with_one_line_and_it_goes_on(
    thidua: Thidua, tmp_path: Path, undisturbed: Path, paths: list[str]
) -> None:
    with disk(tmp_path / "data") as small:
        small.path.mkdir(exist_ok=True)
        small.fill()
        ran = thidua("import", "--copy", *paths)
        assert_told(ran, tmp_path)
        for size in (300_000, 900_000, 2_000_000):
            small.make_room()
            (tmp_path / "data" / "ballast").write_bytes(b"")
            small.remount(f"size={size}")
            ran = thidua("import", "--copy", *paths)
            if ran.status:
                assert_told(ran, tmp_path)
        small.make_room()
        assert thidua("import", "--copy", *paths).status == 0
        (tmp_path / "data" / "ballast").unlink(missing_ok=True)
        assert_as_undisturbed(tmp_path / "data", undisturbed)


def test_a_folder_that_cannot_be_written_is_named(thidua: Thidua, tmp_path: Path, paths: list[str]) -> None:
    with disk(tmp_path / "data") as small:
        small.remount("ro")
        ran = thidua("import", *paths)
    assert ran.status == 1
    assert str(tmp_path / "data") in ran.said()


def test_an_archive_that_another_process_holds_is_left_alone(thidua: Thidua, tmp_path: Path, paths: list[str]) -> None:
    (tmp_path / "data").mkdir()
    with Lock(tmp_path / "data"):
        ran = thidua("import", *paths)
    assert ran.status == 4
    assert str(os.getpid()) in ran.said()


def test_a_file_that_vanishes_while_the_import_runs_is_told_and_the_rest_brought_in(
    thidua: Thidua, tmp_path: Path
) -> None:
    keeps, vanishes = written(tmp_path / "a.warc.gz", some()), written(tmp_path / "b.warc.gz", [captured(9, 1)])
    given = ["import", str(keeps), str(vanishes), "--archive", str(tmp_path / "data")]
    process = doomed(given, tmp_path, 40, fine=False)
    process.join(60)
    assert process.exitcode == -signal.SIGKILL
    vanishes.unlink()
    ran = thidua("import", str(keeps), "--json")
    assert rows(tmp_path / "data", "SELECT count(*) FROM articles") == [(5,)]
    assert [str(vanishes) in line for line in ran.json["damage"]] in ([], [True])


def test_a_kept_copy_of_the_archive_finds_the_same_files(thidua: Thidua, tmp_path: Path, paths: list[str]) -> None:
    thidua("import", *paths)
    shutil.copytree(tmp_path / "data", tmp_path / "copy")
    shutil.rmtree(tmp_path / "data")
    assert thidua("verify", "--archive", str(tmp_path / "copy")).status == 0
