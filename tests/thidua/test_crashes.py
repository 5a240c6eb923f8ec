"""`kill -9` at any instant, any number of times: the next crawl goes on, and ends as if nothing had been."""

from __future__ import annotations

import random
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest

from tests.samplesite import Site, serve
from tests.thidua.conftest import PROCESSES, _command
from tests.thidua.dying import doomed
from tests.thidua.state import assert_sound, differences, end_state, rebuilt, tables

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.samplesite import Server
    from tests.thidua.conftest import Ran
    from tests.thidua.state import Rows

ARTICLES, CATEGORIES = 30, 2
CONCURRENCY = 4
CHECKS = 2 + 2 * CATEGORIES  # robots.txt, the home page, a listing and an article a category: what any run asks for
KILLED = -9

# How a run is made to die: at a step of its own, told from coarse to fine, or from outside, at some request.
COARSE, FINE, OUTSIDE = "coarse", "fine", "outside"
ENOUGH = 5  # kills of one crawl


@dataclass(frozen=True)
class Ordeal:
    """A site, and the seed of what befalls its crawl."""

    seed: int
    site: dict[str, Any]


ORDEALS = (
    Ordeal(1, {"markup": "tables", "charset": "utf-8-meta"}),
    Ordeal(2, {"markup": "sharepoint", "charset": "windows-1258"}),
    Ordeal(3, {"markup": "nukeviet4", "charset": "utf-8-nfd", "etags": True}),
    Ordeal(4, {"markup": "liferay", "charset": "utf-16", "vary_urls": True}),
    Ordeal(5, {"markup": "flat_br", "charset": "utf-8-undeclared", "gone": 0.1}),
)


def arguments(server: Server[Site], folder: Path) -> list[str]:
    return ["crawl", server.url, "--archive", str(folder), "--delay", "0", "--concurrency", str(CONCURRENCY)]


def killed_often(server: Server[Site], folder: Path, chance: random.Random) -> int:
    """Crawl until the crawl has been killed often enough; return how many runs that took."""
    kills = runs = 0
    while kills < ENOUGH:
        runs += 1
        kills += killed(server, folder, chance)
        assert runs < 4 * ENOUGH, "the crawl ends before it can be killed"
    return runs


def killed(server: Server[Site], folder: Path, chance: random.Random) -> bool:
    """Start a crawl that is to be killed; tell whether it was, or ended before."""
    how = chance.choice((COARSE, COARSE, FINE, OUTSIDE))
    if how == OUTSIDE:
        return killed_from_outside(server, folder, chance)
    most = chance.choice((20, 40) if how == COARSE else (150, 1500))
    process = doomed(arguments(server, folder), folder.parent, chance.randrange(1, most), fine=how == FINE)
    process.join(60)
    assert process.exitcode in {KILLED, 0}, (folder.parent / "err").read_text()
    return process.exitcode == KILLED


def killed_from_outside(server: Server[Site], folder: Path, chance: random.Random) -> bool:
    after, moment = server.requests.total() + chance.randrange(20), chance.random() * 0.05
    given = (arguments(server, folder), folder.parent / "out", folder.parent / "err")
    process = PROCESSES.Process(target=_command, args=given)
    process.start()
    while server.requests.total() < after and process.is_alive():
        time.sleep(0.002)
    process.join(moment)
    process.kill()
    process.join()
    return process.exitcode == KILLED


def assert_survived(server: Server[Site], folder: Path, calm: dict[str, Rows], thidua: Callable[..., Ran]) -> None:
    """Assert that one more crawl brings an archive to what it should be, and that two more change nothing."""
    last = thidua(*arguments(server, folder))
    assert last.status == 0, last.err
    assert_sound(folder)
    assert thidua("verify", "--archive", str(folder)).status == 0
    assert differences(end_state(folder), calm) == [], "nothing lost, nothing twice"
    assert differences(rebuilt(folder, folder.parent / "rebuilt"), tables(folder)) == []
    for _ in range(2):
        assert thidua(*arguments(server, folder)).status == 0
        assert differences(end_state(folder), calm) == [], "there was nothing to resume"


@pytest.mark.parametrize("ordeal", ORDEALS, ids=lambda ordeal: ordeal.site["markup"])
def test_killed_again_and_again_a_crawl_ends_as_if_undisturbed(
    ordeal: Ordeal, thidua: Callable[..., Ran], tmp_path: Path
) -> None:
    with serve(Site(articles=ARTICLES, categories=CATEGORIES, **ordeal.site)) as server:
        assert thidua(*arguments(server, tmp_path / "calm")).status == 0
        enough = server.requests.total()
        server.reset()
        runs = killed_often(server, tmp_path / "data", random.Random(ordeal.seed))
        asked = server.requests.total()
        assert_survived(server, tmp_path / "data", end_state(tmp_path / "calm"), thidua)
    assert asked <= enough + ENOUGH * CONCURRENCY + runs * CHECKS


def test_killed_again_and_again_a_later_crawl_finds_what_has_changed_all_the_same(
    thidua: Callable[..., Ran], tmp_path: Path
) -> None:
    site = Site(articles=ARTICLES, categories=CATEGORIES, etags=True)
    with serve(site) as server:
        for folder in ("calm", "data"):
            assert thidua(*arguments(server, tmp_path / folder)).status == 0
        site.add(0, count=8)
        site.edit_paragraph(site.newest_of(1, 1)[0], "Cả xã đã có nước sạch từ tháng trước.")
        site.remove(site.newest_of(1, 1, skip=1)[0])
        for folder in ("calm", "calm"):
            assert thidua(*arguments(server, tmp_path / folder)).status == 0
        killed_often(server, tmp_path / "data", random.Random(6))
        assert_survived(server, tmp_path / "data", end_state(tmp_path / "calm"), thidua)


def test_killed_while_it_stores_what_a_killed_crawl_has_left_it_asks_for_nothing_twice(
    thidua: Callable[..., Ran], tmp_path: Path
) -> None:
    with serve(Site(articles=ARTICLES, categories=CATEGORIES)) as server:
        assert thidua(*arguments(server, tmp_path / "calm")).status == 0
        enough = server.requests.total()
        server.reset()
        doomed(arguments(server, tmp_path / "data"), tmp_path, step=36, fine=False).join()
        asked = server.requests.total()
        assert asked > 15, "there is something to store"
        runs = 1
        for step in (3, 4, 5, 100, 200, 400):
            doomed(arguments(server, tmp_path / "data"), tmp_path, step, fine=step >= 100).join()
            runs += server.requests.total() > asked  # on a slow machine there may be little to store
            asked = server.requests.total()
        assert_survived(server, tmp_path / "data", end_state(tmp_path / "calm"), thidua)
        asked = server.requests.total()
    most = enough + runs * CONCURRENCY + (runs + 2) * CHECKS
    assert asked <= most, "again only what was in flight, and what any run asks for"
