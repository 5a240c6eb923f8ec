from __future__ import annotations

import json
import multiprocessing
import os
import shutil
from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING, Any

import pytest

from tests.samplesite import Site, serve
from thidua.cli import VERBS, main

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

# Every command runs in a process of its own, as Scrapy's reactor can be started only once in one. The processes are
# forked from one that has loaded the heavy modules: loading them anew takes longer than the crawls of most tests.
PROCESSES = multiprocessing.get_context("forkserver")
PROCESSES.set_forkserver_preload(
    [
        "tests.thidua.conftest",  # this module and pytest: each process looks for `_command` here
        *(f"thidua.{verb}" for verb in VERBS),
        *(f"pipelines.{name}" for name in ("clean", "date", "check", "store")),
        "crawler.crawl_delay",
        "crawler.log",
        # what Scrapy loads only when a crawl starts
        "scrapy.core.downloader.contextfactory",
        "scrapy.core.downloader.handlers.http11",
        "scrapy.downloadermiddlewares.cookies",
        "scrapy.downloadermiddlewares.robotstxt",
        "scrapy.extensions.feedexport",
        "scrapy.extensions.remote_control",
        "scrapy.extensions.telnet",
        "twisted.internet.asyncioreactor",
    ]
)
LONGEST = 120  # seconds


@dataclass(frozen=True)
class Ran:
    """What a finished command left behind."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    def said(self) -> str:
        """The one line of an error; more, or a traceback, is a failure of the test."""
        lines = self.err.strip().splitlines()
        assert len(lines) == 1, self.err
        return lines[0]


def _command(arguments: list[str], out: Path, err: Path) -> None:
    """In a new process: be the `thidua` command, writing to two files."""
    for path, descriptor in ((out, 1), (err, 2)):
        os.dup2(os.open(path, os.O_WRONLY | os.O_CREAT), descriptor)
    main(arguments)


@pytest.fixture(scope="session")
def thidua_in() -> Callable[[Path], Callable[..., Ran]]:
    """Give the command line for a folder: its archive is `data` there unless another is named."""
    numbers = count()

    def bound(folder: Path) -> Callable[..., Ran]:
        def run(*arguments: str) -> Ran:
            named = "--archive" in arguments or arguments[:1] == ("probe",)  # which knows of no archive
            where = () if named else ("--archive", str(folder / "data"))
            number = next(numbers)
            out, err = folder / f"out-{number}", folder / f"err-{number}"
            process = PROCESSES.Process(target=_command, args=([*arguments, *where], out, err))
            process.start()
            process.join(LONGEST)
            assert process.exitcode is not None, f"thidua {' '.join(arguments)} has not ended after {LONGEST} s"
            return Ran(process.exitcode, out.read_text("utf-8"), err.read_text("utf-8"))

        return run

    return bound


@pytest.fixture
def thidua(tmp_path: Path, thidua_in: Callable[[Path], Callable[..., Ran]]) -> Callable[..., Ran]:
    """Run the command line, with its archive in the test's folder unless another is named."""
    return thidua_in(tmp_path)


@pytest.fixture
def crawl(thidua: Callable[..., Ran]) -> Callable[..., Ran]:
    """Crawl as fast as the machine can, and print JSON."""

    def run(*arguments: str) -> Ran:
        return thidua("crawl", "--delay", "0", "--concurrency", "8", "--json", *arguments)

    return run


@pytest.fixture(scope="session")
def crawled_once(tmp_path_factory: pytest.TempPathFactory, thidua_in: Callable[[Path], Callable[..., Ran]]) -> Path:
    """A folder that holds an archive, with a text that was edited and an article that is gone."""
    site = Site(articles=24, categories=2, etags=True)
    folder = tmp_path_factory.mktemp("once")
    options = ("--delay", "0", "--concurrency", "8")
    with serve(site) as server:
        thidua_in(folder)("crawl", server.url, *options)
        numbers = list(site.live())
        site.edit_paragraph(numbers[3], "Hội nghị đã biểu dương mười hai hộ nông dân xã Hoa Sen.", 1)
        site.remove(numbers[5], "410")
        thidua_in(folder)("crawl", "--recheck", "60", *options)
    return folder / "data"


@pytest.fixture
def data(crawled_once: Path, tmp_path: Path) -> Path:
    """A copy of that archive for one test, with the command's default name."""
    return shutil.copytree(crawled_once, tmp_path / "data")
