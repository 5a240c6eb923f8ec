"""The archive follows from its WARC files, and can be made from them again, whatever befell it."""

from __future__ import annotations

import random
import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest

from tests.samplesite import Site, serve
from tests.thidua.dying import doomed
from tests.thidua.state import differences, tables

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.thidua.conftest import Ran

    Command = Callable[..., Ran]


@dataclass(frozen=True)
class Life:
    """A site, and the seed of what befalls it and its crawls."""

    seed: int
    site: dict[str, Any]


LIVES = (
    Life(1, {"markup": "tables", "charset": "utf-8-meta", "etags": True}),
    Life(2, {"markup": "sharepoint", "charset": "windows-1258", "gone": 0.1}),
    Life(3, {"markup": "nukeviet4", "charset": "utf-8-nfd", "etags": True, "last_modified": True, "vary_urls": True}),
    Life(4, {"markup": "flat_br", "charset": "utf-16", "messy": True}),
)
TURNS = 7


def befall(site: Site, chance: random.Random) -> None:
    """Let some things happen to a site."""
    live = list(site.live())
    site.clear_faults()
    for _ in range(chance.randrange(1, 5)):
        number = chance.choice(live)
        what = chance.choice(("add", "edit", "title", "remove", "restore", "fault", "fault", "views", "restyle"))
        if what == "add":
            site.add(chance.randrange(len(site.categories)), count=chance.randrange(1, 3))
        elif what == "edit":
            site.edit_paragraph(number, f"Hội nghị đã biểu dương {chance.randrange(99)} hộ nông dân xã Hoa Sen.", 1)
        elif what == "title":
            site.edit(number, title=f"{site.title(number)} lần {chance.randrange(9)}")
        elif what == "remove":
            site.remove(number, chance.choice(("404", "410", "soft404", "home")))
            live.remove(number)
        elif what == "restore":
            for gone in set(range(live[0], live[-1])) - set(live):
                site.restore(gone)
        elif what == "fault":
            kinds = (
                "truncate",
                "reset",
                "500",
                "503",
                "403",
                "challenge",
                "login",
                "empty",
                "garbage",
                "loop",
                "offsite",
            )
            site.fault(
                chance.choice((number, "/", "*")), chance.choice(kinds), times=chance.randrange(1, 4), seconds=0.1
            )
        elif what == "restyle" and chance.random() < 0.3:
            site.restyle(label_style="upper")


def crawled(crawl: Command, folder: Path, chance: random.Random) -> None:
    """Crawl in one way or another, to the end or not."""
    how = chance.choice(("whole", "whole", "recheck", "recheck", "limited", "killed"))
    if how == "killed":
        plain = ["crawl", "--archive", str(folder), "--delay", "0", "--concurrency", "4", "--recheck", "20"]
        process = doomed(plain, folder.parent, chance.randrange(30, 400), fine=True)
        process.join(60)
        assert process.exitcode in {-9, 0, 3}, (folder.parent / "err").read_text()
        return
    options = {"whole": (), "recheck": ("--recheck", "40"), "limited": ("--max-pages", "9")}[how]
    assert crawl(*options, "--archive", str(folder)).status in {0, 1, 3}


@pytest.mark.parametrize("life", LIVES, ids=lambda life: life.site["markup"])
def test_whatever_befell_a_site_the_archive_can_be_made_again(
    life: Life, crawl: Command, thidua: Command, tmp_path: Path
) -> None:
    site, chance = Site(articles=40, categories=2, **life.site), random.Random(life.seed)
    folder = tmp_path / "data"
    with serve(site) as server:
        crawl(server.url)
        for _ in range(TURNS):
            befall(site, chance)
            crawled(crawl, folder, chance)
        site.clear_faults()
        crawl()
    again = tmp_path / "again"
    shutil.copytree(folder / "warc", again / "warc")
    ran = thidua("reparse", "--from-scratch", "--json", "--archive", str(again))
    assert (ran.status, ran.json["faults"]) == (0, [])
    assert differences(tables(again), tables(folder)) == []
    for verb in (("search", "thi dua"), ("search", "Hội nghị"), ("search", "khen thuong", "--exact"), ("status",)):
        first, second = (thidua(*verb, "--json", "--archive", str(where)) for where in (folder, again))
        assert first.json == second.json
    for where in (folder, again):
        assert thidua("verify", "--archive", str(where)).out.startswith("All is well")
    same = thidua("reparse", "--json").json
    assert same["changes"] == {}
