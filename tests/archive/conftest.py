"""An empty archive for each test, and one of known articles for those that only read."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from archive import Archive
from tests.archive.shelf import fill


@pytest.fixture(scope="session")
def empty_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty archive to copy: making its tables anew takes longer than most tests."""
    folder = tmp_path_factory.mktemp("empty") / "data"
    Archive.open(folder, create=True).close()
    return folder


@pytest.fixture
def archive(empty_folder: Path, tmp_path: Path) -> Iterator[Archive]:
    with Archive.open(shutil.copytree(empty_folder, tmp_path / "data")) as opened:
        yield opened


@pytest.fixture(scope="session")
def shelf_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of six known articles, for tests that only read."""
    return fill(tmp_path_factory.mktemp("shelf") / "data")


@pytest.fixture
def shelf(shelf_folder: Path) -> Iterator[Archive]:
    with Archive(shelf_folder) as opened:
        yield opened
