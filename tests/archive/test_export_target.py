"""Where an export goes: whole or not at all, nothing written over that is not to be, nothing left behind."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from archive import Archive, ArchiveError, DiskFullError
from archive.errors import MissingExtraError, OutputExistsError
from archive.export import FOLDERS, export
from archive.export.target import MARK, final, target
from archive.selection import Selection
from tests.archive.offered import ARTICLES, filled
from tests.thidua.disks import disk

if TYPE_CHECKING:
    from collections.abc import Iterator

EACH = ("csv", "jsonl", "sqlite", "parquet", "datapackage", "text")


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return filled(tmp_path_factory.mktemp("offered") / "data")


@pytest.fixture
def opened(data: Path) -> Iterator[Archive]:
    with Archive(data) as archive:
        yield archive


def earlier(place: Path, name: str) -> bytes:
    """Put what an earlier export may have made into a place; return its content."""
    content = "một bản cũ".encode()
    if name in FOLDERS:
        with target(place, folder=name, force=False) as part:
            (part / "bản cũ.txt").write_bytes(content)
    else:
        place.write_bytes(content)
    return content


def names(folder: Path) -> set[str]:
    return {each.name for each in folder.iterdir()}


def refused(archive: Archive, out: Path, complaint: str, *, name: str = "csv", force: bool = True) -> None:
    with pytest.raises(OutputExistsError, match=complaint) as raised:
        export(archive, name, out, Selection(), force=force)
    assert str(out) in str(raised.value) or str(out.parent) in str(raised.value)


@pytest.mark.parametrize("name", EACH)
def test_what_is_there_is_replaced_by_force_alone(opened: Archive, name: str, tmp_path: Path) -> None:
    earlier(tmp_path / "out", name)
    refused(opened, tmp_path / "out", "--force", name=name, force=False)
    assert export(opened, name, tmp_path / "out", Selection(), force=True).articles == ARTICLES
    assert names(tmp_path) == {"out"}
    assert not (tmp_path / "out" / "bản cũ.txt").exists()


@pytest.mark.parametrize("name", EACH)
def test_a_disk_that_fills_up_leaves_what_was_there_and_nothing_else(
    opened: Archive, name: str, tmp_path: Path
) -> None:
    with disk(tmp_path / "disk", 1 << 18) as full:
        out = full.path / "out"
        content = earlier(out, name)
        before = names(full.path)
        full.fill()
        with pytest.raises(DiskFullError, match=r"/disk/out: the disk is full; make room"):
            export(opened, name, out, Selection(), force=True)
        assert names(full.path) == before | {"ballast"}
        assert (out / "bản cũ.txt" if name in FOLDERS else out).read_bytes() == content


KILLED = """
import os, signal, sys
from pathlib import Path
from archive import Archive
from archive.export import export
from archive.selection import Selection
with Archive(sys.argv[1]) as archive:
    export(archive, sys.argv[2], Path(sys.argv[3]), Selection(), force=True,
        tick=lambda done, whole: os.kill(os.getpid(), signal.SIGKILL) if done == 3 else None)
"""


@pytest.mark.parametrize("name", ["sqlite", "text"])
def test_an_export_that_is_killed_leaves_what_was_there_and_the_next_one_clears_up(
    opened: Archive, data: Path, name: str, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    content = earlier(out, name)
    ran = subprocess.run([sys.executable, "-c", KILLED, data, name, out], check=False)
    assert ran.returncode == -signal.SIGKILL
    assert len(names(tmp_path)) > 1
    assert (out / "bản cũ.txt" if name in FOLDERS else out).read_bytes() == content
    export(opened, name, out, Selection(), force=True)
    assert names(tmp_path) == {"out"}


def test_what_was_moved_aside_when_an_export_was_killed_is_put_back_before_the_next_begins(tmp_path: Path) -> None:
    content = earlier(tmp_path / "out", "text")
    (tmp_path / "out").rename(tmp_path / ".out.partial-99999999-before")
    with pytest.raises(KeyboardInterrupt), target(tmp_path / "out", folder="text", force=True):
        raise KeyboardInterrupt
    assert names(tmp_path) == {"out"}
    assert (tmp_path / "out" / "bản cũ.txt").read_bytes() == content


def test_a_folder_into_which_somebody_has_put_something_is_not_replaced(opened: Archive, tmp_path: Path) -> None:
    out = tmp_path / "out"
    export(opened, "text", out, Selection())
    (out / ".git").mkdir()
    (out / ".git" / "HEAD").touch()
    refused(opened, out, r"has \.git/HEAD in it", name="text")
    (out / ".git" / "HEAD").unlink()
    assert export(opened, "text", out, Selection(), force=True).articles == ARTICLES


def test_a_folder_is_replaced_by_one_of_its_kind_alone(opened: Archive, tmp_path: Path) -> None:
    export(opened, "text", tmp_path / "out", Selection())
    refused(opened, tmp_path / "out", r"of another kind \(text\)", name="html")


def test_a_folder_that_holds_the_archive_is_not_replaced(data: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    with target(site, folder="text", force=False) as part:
        shutil.copytree(data, part / "data")
    with Archive(site / "data") as inside:
        for out in (site, site / "data"):
            refused(inside, out, "belongs to the archive itself", name="text")


def test_what_another_export_is_writing_is_left_alone(opened: Archive, tmp_path: Path) -> None:
    theirs = tmp_path / f".out.partial-{os.getppid()}"
    theirs.touch()
    export(opened, "csv", tmp_path / "out", Selection())
    assert names(tmp_path) == {"out", theirs.name}


def test_an_error_on_the_way_leaves_nothing(opened: Archive, tmp_path: Path) -> None:
    def tick(done: int, _whole: int) -> None:
        if done == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        export(opened, "csv", tmp_path / "out", Selection(), tick=tick)
    assert names(tmp_path) == set()


def test_the_name_that_a_part_is_to_have_is_known(tmp_path: Path) -> None:
    with target(tmp_path / "thi.đua.db", force=False) as part:
        assert final(part) == tmp_path / "thi.đua.db"
        part.touch()


def test_a_link_stays_and_what_it_points_at_is_replaced(opened: Archive, tmp_path: Path) -> None:
    (tmp_path / "far").mkdir()
    (tmp_path / "far" / "real.csv").write_text("một bản cũ")
    (tmp_path / "link.csv").symlink_to("far/real.csv")
    refused(opened, tmp_path / "link.csv", "--force", force=False)
    export(opened, "csv", tmp_path / "link.csv", Selection(), force=True)
    assert (tmp_path / "link.csv").is_symlink()
    assert (tmp_path / "far" / "real.csv").read_bytes().startswith(b"\xef\xbb\xbfid")
    assert names(tmp_path / "far") == {"real.csv"}


def test_the_archive_is_never_written_over(opened: Archive, data: Path, tmp_path: Path) -> None:
    before = (data / "archive.db").read_bytes()
    (tmp_path / "link.db").symlink_to(data / "archive.db")
    for out in (data / "archive.db", data / "archive.db-wal", data / "warc" / "thidua-1.warc.gz", tmp_path / "link.db"):
        with pytest.raises(OutputExistsError, match=f"{out}: belongs to the archive itself"):
            export(opened, "sqlite", out, Selection(), force=True)
    assert (data / "archive.db").read_bytes() == before


def test_what_is_no_place_for_an_export_is_named(opened: Archive, tmp_path: Path) -> None:
    refused(opened, Path("-"), "cannot go into a pipe")
    refused(opened, Path("/dev/null"), "a device or a pipe")
    refused(opened, tmp_path / "none" / "out.csv", "no such folder")
    refused(opened, tmp_path, "is a folder")
    (tmp_path / "file").touch()
    refused(opened, tmp_path / "file", "is a file", name="text")
    refused(opened, tmp_path / "file" / "out.csv", "no such folder")
    with pytest.raises(ArchiveError, match="File name too long"):
        export(opened, "csv", tmp_path / ("x" * 250), Selection())


def test_a_folder_that_no_export_made_is_not_replaced(opened: Archive, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.doc").touch()
    refused(opened, tmp_path / "mine", "was not made by an export", name="text")
    (tmp_path / "mine" / "thesis.doc").unlink()
    export(opened, "text", tmp_path / "mine", Selection(), force=True)
    assert names(tmp_path / "mine") == {MARK, "README.txt", "metadata.csv", "texts"}


def test_a_library_that_is_missing_is_named_before_anything_is_written(
    opened: Archive, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delitem(sys.modules, "archive.export.parquet", raising=False)
    monkeypatch.setitem(sys.modules, "pyarrow", None)  # how Python marks what cannot be imported
    earlier(tmp_path / "out", "parquet")
    with pytest.raises(MissingExtraError, match=r"pip install 'thidua\[parquet\]'"):
        export(opened, "parquet", tmp_path / "out", Selection(), force=True)
    assert (tmp_path / "out").read_text() == "một bản cũ"
