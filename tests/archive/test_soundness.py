"""Whether a database can be relied on is told in a few words; another program's is left alone."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from archive import ArchiveError, NotAnArchiveError, soundness
from archive.database import Archive


@pytest.mark.parametrize(("content", "said"), [(None, "is missing"), (b"", "is empty"), (b"na" * 4000, "is damaged")])
def test_what_is_wrong_with_a_database_is_told(content: bytes | None, said: str, tmp_path: Path) -> None:
    if content is not None:
        (tmp_path / "archive.db").write_bytes(content)
    assert soundness.trouble(tmp_path) == soundness.unusable(tmp_path) == said


def test_nothing_is_wrong_with_a_sound_one(tmp_path: Path) -> None:
    Archive.open(tmp_path, create=True).close()
    assert soundness.trouble(tmp_path) == soundness.unusable(tmp_path) == ""


def test_another_programs_database_is_refused(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "archive.db")) as conn:
        conn.execute("CREATE TABLE khac (id INTEGER)")
    with pytest.raises(NotAnArchiveError, match="another program"):
        soundness.trouble(tmp_path)


def test_a_folder_in_its_place_is_refused(tmp_path: Path) -> None:
    (tmp_path / "archive.db").mkdir()
    with pytest.raises(ArchiveError, match="Is a directory"):
        soundness.trouble(tmp_path)
