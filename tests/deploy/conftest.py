from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.samplesite import Site, serve

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.samplesite import Server

BIN = Path(sys.executable).parent
HASTE = " --delay 0"  # what tests add to a command of deploy/: it is written for real sites


@pytest.fixture
def server() -> Iterator[Server[Site]]:
    with serve(Site(articles=6, categories=1)) as running:
        yield running


@pytest.fixture
def environ() -> dict[str, str]:
    """The environment of the tests, in which `thidua` and `python` are those that run the tests."""
    return {**os.environ, "PATH": f"{BIN}:{os.environ['PATH']}"}
