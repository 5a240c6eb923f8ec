"""A disk without room, or one that cannot be written: one line that says so, and nothing lost."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys
import zlib
from contextlib import contextmanager, nullcontext
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from archive import warc
from archive.errors import DiskFullError
from archive.warc import RUN, Exchange, Writer
from tests.samplesite import Site, serve
from tests.thidua.conftest import PROCESSES, Ran, _command
from tests.thidua.disks import Disk, Filling, disk
from tests.thidua.state import assert_sound, complaints, differences, end_state, rebuilt, tables
from tests.thidua.test_first_crawl import stored, told

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

ARTICLES, CATEGORIES, CONCURRENCY = 60, 3, 8
CHECKS = 2 + 2 * CATEGORIES  # what any later run asks for: robots.txt, the home page, two pages a category


def a_site() -> Site:
    return Site(articles=ARTICLES, categories=CATEGORIES)


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory, thidua_in: Callable[[Path], Callable[..., Ran]]) -> Path:
    """The archive of the site as it is where nothing goes wrong."""
    folder = tmp_path_factory.mktemp("undisturbed")
    with serve(a_site()) as server:
        assert thidua_in(folder)("crawl", server.url, "--delay", "0").status == 0
    return folder / "data"


ADVICE = ("make room", "whether it has room", "give write permission", "check the permissions", "can be written there")


def assert_told(ran: Ran, where: Path) -> None:
    """Assert that a command failed with one line that names the file and says what to do."""
    assert ran.status == 1, ran
    assert str(where) in ran.said()
    assert any(advice in ran.said() for advice in ADVICE), ran.said()


def assert_intact(folder: Path) -> None:
    """Assert that what an interrupted crawl has left can be trusted, and be read."""
    assert_sound(folder)
    assert set(stored(folder)) <= set(told(a_site()))


def assert_whole(folder: Path, undisturbed: Path) -> None:
    """Assert that the crawl has come to what it should, and that its WARC files hold all of it."""
    assert_sound(folder)
    assert differences(end_state(folder), end_state(undisturbed)) == []
    assert differences(rebuilt(folder, folder.parent / "rebuilt"), tables(folder)) == []


# -- no room


@contextmanager
def disks(data: Path, full: str) -> Iterator[Disk]:
    """Put the archive folder, or the records in it, on a disk of its own that can be filled up; give that one."""
    with disk(data) as one, nullcontext(one) if full == "all" else disk(data / "warc") as records:
        yield records if full == "records" else one


@pytest.mark.parametrize("after", [1, 30], ids=["before the first record", "among the records"])
@pytest.mark.parametrize("full", ["records", "database", "all"])
def test_a_disk_that_fills_up_ends_the_crawl_and_loses_nothing(
    full: str, after: int, crawl: Callable[..., Ran], tmp_path: Path, undisturbed: Path
) -> None:
    data = tmp_path / "data"
    with disks(data, full) as filled, serve(Filling(filled, after, ARTICLES)) as server:
        for _ in range(2):
            assert_told(crawl(server.url), data)
            assert_intact(data)
        filled.make_room()
        assert crawl(server.url).status == 0
        assert_whole(data, undisturbed)
        asked = server.requests.total()
    assert asked <= len(set(a_site().pages())) + 2 * (CONCURRENCY + CHECKS), "what was recorded is not asked for again"


@pytest.mark.parametrize("size", [4_000, 20_000, 100_000, 400_000, 1_000_000])
def test_a_disk_that_is_too_small_ends_the_crawl_until_it_is_larger(
    size: int, crawl: Callable[..., Ran], tmp_path: Path, undisturbed: Path
) -> None:
    data = tmp_path / "disk" / "data"
    with disk(data.parent, size) as small, serve(a_site()) as server:
        assert_told(crawl(server.url, "--archive", str(data)), data)
        small.make_room()
        assert crawl(server.url, "--archive", str(data)).status == 0
        assert_whole(data, undisturbed)


def test_an_archive_on_a_full_disk_can_be_read(
    crawl: Callable[..., Ran], thidua: Callable[..., Ran], tmp_path: Path
) -> None:
    with disk(tmp_path / "data") as full:
        with serve(a_site()) as server:
            crawl(server.url)
        full.fill()
        assert thidua("status", "--json").json["articles"] == ARTICLES
        assert thidua("search", "thi dua", "--json").json


def test_a_limit_on_the_size_of_files_is_a_disk_without_room_too(
    crawl: Callable[..., Ran], tmp_path: Path, undisturbed: Path
) -> None:
    limit = "ulimit -f 1000; exec"  # blocks of 512 bytes: what a file may grow to
    command = [sys.executable, "-m", "thidua", "crawl", "--archive", str(tmp_path / "data"), "--delay", "0"]
    with serve(a_site()) as server:
        full = subprocess.run(
            ["/bin/sh", "-c", f'{limit} "$@"', "sh", *command, server.url], capture_output=True, text=True, check=False
        )
        assert_told(Ran(full.returncode, full.stdout, full.stderr), tmp_path / "data")
        assert_intact(tmp_path / "data")
        assert crawl().status == 0
    assert_whole(tmp_path / "data", undisturbed)


# What a disk may refuse only when the data is to be really on it, as network file systems do, and the last record of a
# run: nothing else is certain to come just then.


def _without_room(arguments: list[str], out: Path, err: Path, call: str) -> None:
    """In a new process: be the `thidua` command on a disk that has no room for one thing."""

    def fdatasync(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    def write(descriptor: int, data: bytes, really: Callable[[int, bytes], int] = os.write) -> int:
        if data.startswith(b"\x1f\x8b") and f"{RUN}1".encode() in zlib.decompressobj(31).decompress(data):
            really(descriptor, data[:100])
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return really(descriptor, data)

    if call == "sync":
        os.fdatasync = fdatasync  # type: ignore[assignment] # the process lives for this alone
    else:
        os.write = write  # type: ignore[assignment] # the same
    _command(arguments, out, err)


@pytest.mark.parametrize("call", ["sync", "the end of the run"])
def test_no_room_when_the_records_must_be_on_the_disk_is_told_too(
    call: str, crawl: Callable[..., Ran], tmp_path: Path, undisturbed: Path
) -> None:
    data, out, err = tmp_path / "data", tmp_path / "told", tmp_path / "complained"
    with serve(a_site()) as server:
        arguments = ["crawl", server.url, "--archive", str(data), "--delay", "0"]
        process = PROCESSES.Process(target=_without_room, args=(arguments, out, err, call))
        process.start()
        process.join(60)
        assert_told(Ran(process.exitcode or 0, out.read_text(), err.read_text()), data)
        assert_intact(data)
        assert crawl().status == 0
        asked = server.requests.total()
    assert_whole(data, undisturbed)
    assert asked <= len(set(a_site().pages())) + CONCURRENCY + CHECKS


def test_a_new_file_that_finds_no_room_leaves_the_one_before_it_whole(tmp_path: Path) -> None:
    def answer(number: int) -> Exchange:
        body = b"HTTP/1.1 200 OK\r\n\r\n" + os.urandom(3_000)
        return Exchange(f"http://thidua.example.vn/{number}", datetime.now(UTC), b"", body)

    with disk(tmp_path / "data") as full:
        writer = Writer(full.path, 1, datetime.now(UTC), [("software", "thidua")], largest=3_000)
        writer.append(answer(1))
        full.fill()
        with pytest.raises(DiskFullError):
            writer.append(answer(2))
        writer.close()
        assert complaints(full.path) == ""
        assert [r.kind for file in warc.files(full.path) for r in warc.records(full.path, file)] == [
            "warcinfo",
            "response",
        ]


# -- not to be written


def powerless(*arguments: str) -> Ran:
    """Run the command line as one whom permissions bind: root passes over them, unless told not to."""
    command = [sys.executable, "-m", "thidua", *arguments]
    if os.geteuid() == 0:
        if shutil.which("setpriv") is None:
            pytest.skip("root may write anywhere, and there is no setpriv(1) to forbid it")
        command = ["setpriv", "--bounding-set=-dac_override,-dac_read_search", *command]
    ran = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    return Ran(ran.returncode, ran.stdout, ran.stderr)


@pytest.mark.parametrize(("what", "mode"), [(".", 0o555), ("warc", 0o555), ("archive.db", 0o444)])
def test_an_archive_that_may_not_be_written_is_named_and_left_as_it_was(
    what: str, mode: int, crawl: Callable[..., Ran], tmp_path: Path
) -> None:
    data, site = tmp_path / "data", a_site()
    with serve(site) as server:
        crawl(server.url)
        usual = (data / what).stat().st_mode
        site.add(1, count=2)
        (data / what).chmod(mode)
        again = powerless("crawl", "--archive", str(data), "--delay", "0")
        found = powerless("status", "--json", "--archive", str(data))
        (data / what).chmod(usual)
        assert_told(again, data / what)
        assert found.json["articles"] == ARTICLES, "it can still be read"
        assert stored(data) == told(a_site())
        assert_sound(data)
        assert crawl().status == 0
    assert stored(data) == told(site)


def test_a_folder_in_which_nothing_can_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "closed").mkdir(mode=0o555)
    ran = powerless("crawl", "http://127.0.0.1:9/", "--archive", str(tmp_path / "closed" / "data"))
    assert_told(ran, tmp_path / "closed" / "data")


def test_a_disk_that_is_read_only_is_named_and_can_be_read(
    crawl: Callable[..., Ran], thidua: Callable[..., Ran], tmp_path: Path
) -> None:
    site = a_site()
    with disk(tmp_path / "data") as mounted, serve(site) as server:
        crawl(server.url)
        site.add(1, count=2)
        mounted.remount("ro")
        assert_told(crawl(), tmp_path / "data")
        assert thidua("search", "thi dua").status == thidua("status").status == 0
        mounted.remount("rw")
        assert crawl().status == 0
        assert stored(tmp_path / "data") == told(site)


def test_a_file_where_the_records_should_lie_is_named(crawl: Callable[..., Ran], tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "warc").write_text("một tệp")
    with serve(a_site()) as server:
        ran = crawl(server.url)
        assert ran.status == 1
        assert str(tmp_path / "data" / "warc") in ran.said()
        assert (tmp_path / "data" / "warc").read_text() == "một tệp"
        (tmp_path / "data" / "warc").unlink()
        assert crawl(server.url).status == 0
    assert stored(tmp_path / "data") == told(a_site())
