"""An empty archive for each test, and one of known articles for those that only read."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from archive import Archive
from tests.archive.shelf import fill


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive.open(tmp_path / "data", create=True) as opened:
        yield opened


@pytest.fixture(scope="session")
def shelf_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of six known articles, for tests that only read."""
    return fill(tmp_path_factory.mktemp("shelf") / "data")


@pytest.fixture
def shelf(shelf_folder: Path) -> Iterator[Archive]:
    with Archive(shelf_folder) as opened:
        yield opened
