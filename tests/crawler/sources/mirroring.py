"""Real mirrors of the sample site, made by the real programs, and what the live site says beside them."""

from __future__ import annotations

import os
import shutil
import subprocess
import urllib.request
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from crawler.pages import read
from crawler.pages.urls import key
from crawler.sources.mirror import Kept, walk

if TYPE_CHECKING:
    from pathlib import Path

    from crawler.records import Page
    from tests.samplesite import Remote

PATIENCE = 60  # s


def wget(url: str, folder: Path, *options: str) -> None:
    """Mirror a site by wget; skip the test where there is none."""
    program = shutil.which("wget")
    if program is None:
        pytest.skip("wget is not installed")
    command = [program, "--no-config", "-e", "robots=off", "-r", "-l", "4", *options, url]
    quiet = subprocess.DEVNULL
    subprocess.run(command, cwd=folder, stderr=quiet, check=False, timeout=PATIENCE)  # it fails where a page is gone


def httrack(url: str, folder: Path, *options: str) -> None:
    """Mirror a site by HTTrack, which fetches about one page a second; skip the test where there is none."""
    program = shutil.which("httrack")
    if program is None:
        pytest.skip("httrack is not installed")
    command = [program, url, "-O", str(folder), "-q", "-%!", "-s0", "-c16", "-%k0", *options]
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True, timeout=PATIENCE)


@dataclass(frozen=True, slots=True)
class Walked:
    """What a walk over a mirror gave: the pages, and how many files were left out for what reason."""

    pages: list[Kept]
    lost: Counter[str]

    @property
    def by_key(self) -> dict[str, Kept]:
        return {key(page.url): page for page in self.pages}

    def one(self) -> Kept:
        (page,) = self.pages
        return page


def walked(folder: Path, after: str = "", base: str = "") -> Walked:
    lost: Counter[str] = Counter()
    return Walked(list(walk(folder, lambda reason: lost.update([reason]), after, base)), lost)


def saw(page: Page) -> tuple[object, ...]:
    """What must be the same, whether a page is read live or out of a mirror."""
    items = [(key(item.url), item.title, item.published, item.relation) for item in page.items]
    return page.kind, page.title, page.body, page.published, page.category, items


def assert_round_trip(remote: Remote, found: Walked) -> None:
    """Every article reads from the mirror as it does live, and is known by the same key."""
    for number in remote.site.live():
        url = remote.url.rstrip("/") + remote.site.url(number)
        with urllib.request.urlopen(url, timeout=10) as answer:  # noqa: S310 - our own loopback URL
            live = read(answer.read(), url, content_type=answer.headers.get("Content-Type", ""))
        kept = found.by_key[key(url)]
        assert saw(read(kept.body, kept.url, content_type=kept.content_type)) == saw(live)


def write(path: Path, text: str | bytes, at: datetime | None = None) -> Path:
    """Write a file of an invented mirror; `at` is its time."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    stamp = (at or datetime(2020, 6, 12, 8, 15, tzinfo=UTC)).timestamp()
    os.utime(path, (stamp, stamp))
    return path


def page(words: str = "Hội nghị điển hình tiên tiến", head: str = "", links: str = "") -> str:
    return (
        f"<!DOCTYPE html>\n<html>{head}<head><title>{words}</title></head><body><h1>{words}</h1>{links}</body></html>"
    )
