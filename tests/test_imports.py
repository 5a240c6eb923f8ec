"""Imports go one way: crawler → pipelines → archive, and only `thidua` sees them all."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parent.parent
OURS = frozenset({"thidua", "crawler", "pipelines", "archive"})

# For each package, the longest matching prefix counts: which of our modules it may import.
ALLOWED: dict[str, tuple[str, ...]] = {
    "archive": ("archive",),
    "crawler": ("crawler", "archive"),
    "crawler.records": (),
    "crawler.visit": ("crawler.records", "crawler.captures", "archive.warc"),
    # Where a header ends, and which of several is the answer's, is said in one place.
    "crawler.message": ("archive.warc.HEAD_END", "archive.warc.final_of"),
    "crawler.retries": ("crawler.visit",),
    "crawler.traversal": ("crawler.records", "crawler.pages", "crawler.sites"),  # a profile says which pages are meant
    "crawler.sites": ("crawler.pages", "crawler.sites", "archive.errors"),  # a profile may be in an archive's folder
    "crawler.sources": ("crawler.sources", "crawler.pages", "crawler.message"),  # files in, pages out; no archive
    "crawler.pages": ("crawler.records", "crawler.pages"),
    # Of the archive, what is still to do (through the session's frontier), and nothing else.
    "crawler.spiders": ("crawler", "archive.frontier", "archive.models.Due"),
    "pipelines": (
        "archive",
        "pipelines",
        "crawler.message",
        "crawler.records",
        "crawler.retries",
        "crawler.scope",
        "crawler.visit",
        "crawler.pages",
        "crawler.traversal",
        "crawler.session",
        "crawler.counts",
        # What is brought in from elsewhere: which site a host is of, how a mirror is read, who holds the archive.
        "crawler.sites",
        "crawler.sources",
        "crawler.lock",
        "crawler.captures.REDIRECTS",
        "crawler.wayback",  # what a web archive answers is stored as what a site answers is
        "crawler.specimen",  # one page to look at
    ),
    "thidua": ("thidua", "crawler", "pipelines", "archive"),
}
# Reading is pure: HTML in, records out.
NOT_FOR_PAGES = frozenset(
    {"scrapy", "twisted", "requests", "socket", "ssl", "http", "sqlite3", "sqlite_utils", "pathlib", "os", "io"}
    | {"asyncio", "subprocess", "shutil", "tempfile", "click", "rich", "urllib.request"}
)
NO_SCRAPY = (
    "archive",
    "crawler.pages",
    "crawler.records",
    "crawler.sources",
    "crawler.visit",
    "crawler.traversal",
    "crawler.sites",
)


def modules() -> dict[str, Path]:
    files = [file for package in sorted(OURS) for file in (ROOT / package).rglob("*.py")]
    return {".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): file for file in files}


def imported(module: str, file: Path) -> Iterator[str]:
    """Yield every module that a file imports, inside functions and `if TYPE_CHECKING` too."""
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = [*above(module, file, node.level), *filter(None, [node.module])]
            yield from (".".join([*base, name.name]) for name in node.names)


def above(module: str, file: Path, level: int) -> list[str]:
    """The package that a relative import starts from; nothing for an absolute one."""
    parts = [*module.split("."), *(["__init__"] if file.name == "__init__.py" else [])]
    return parts[:-level] if level else []


def within(name: str, prefixes: tuple[str, ...] | frozenset[str]) -> bool:
    return any(name == prefix or name.startswith(prefix + ".") for prefix in prefixes)


def rule(module: str) -> tuple[str, ...]:
    return ALLOWED[max((name for name in ALLOWED if within(module, (name,))), key=len)]


MODULES = modules()


@pytest.mark.parametrize("module", MODULES)
def test_imports_only_what_the_house_allows(module: str) -> None:
    ours = {name for name in imported(module, MODULES[module]) if name.partition(".")[0] in OURS}
    assert {name for name in ours if not within(name, rule(module))} == set()


@pytest.mark.parametrize("module", [name for name in MODULES if within(name, ("crawler.pages",))])
def test_reading_a_page_does_no_input_or_output(module: str) -> None:
    assert {name for name in imported(module, MODULES[module]) if within(name, NOT_FOR_PAGES)} == set()


@pytest.mark.parametrize("module", [name for name in MODULES if within(name, NO_SCRAPY)])
def test_only_the_spider_and_its_wiring_know_scrapy(module: str) -> None:
    assert {name for name in imported(module, MODULES[module]) if within(name, ("scrapy", "twisted"))} == set()


@pytest.mark.parametrize("module", MODULES)
def test_nothing_imports_the_tests(module: str) -> None:
    assert {name for name in imported(module, MODULES[module]) if within(name, ("tests", "benchmarks"))} == set()
