"""An archive for what the documents show, in a folder called `data` as they say."""

from pathlib import Path

import pytest

from tests.archive.shelf import fill


@pytest.fixture(scope="session")
def beside_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that `data` is in."""
    folder = tmp_path_factory.mktemp("docs")
    fill(folder / "data")
    return folder
