from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest
from datasette.app import Datasette

from tests.web import library

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import httpx


class Asked:
    """A Datasette in this process, asked without a network."""

    def __init__(self, runner: asyncio.Runner, *databases: Path, **options: Any) -> None:
        self.datasette = Datasette([str(database) for database in databases], **options)
        self._runner = runner

    def get(self, path: str, **options: Any) -> httpx.Response:
        response: httpx.Response = self._runner.run(self.datasette.client.get(path, **options))
        return response

    def post(self, path: str) -> httpx.Response:
        response: httpx.Response = self._runner.run(self.datasette.client.post(path))
        return response


@pytest.fixture(scope="session")
def runner() -> Iterator[asyncio.Runner]:
    with asyncio.Runner() as runner:
        yield runner


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive's folder; nobody may change what is in it."""
    made = tmp_path_factory.mktemp("room")
    library.fill(made)
    return made


@pytest.fixture(scope="session")
def ids(folder: Path) -> dict[int, int]:
    """The ids that the archive gave to its articles, by the numbers that `library` gives them."""
    with closing(sqlite3.connect(folder / "archive.db")) as conn:
        return {n: library.identity(conn, n) for n in (*range(1, 62), library.UNDATED, library.HOSTILE)}


@pytest.fixture(scope="session")
def room(runner: asyncio.Runner, folder: Path) -> Asked:
    return Asked(runner, folder / "archive.db")
