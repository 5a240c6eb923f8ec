"""Runs of a crawl for the tests: each is told what the site answers, and says what it asks for."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from archive import runs
from archive.frontier import Frontier
from archive.store import save
from tests.archive.build import SITE, START, article, known, listed, page, text

if TYPE_CHECKING:
    from archive import Archive
    from archive.models import Known, Observation, Sighted

HOME, AWARDS, DRIVES, EVERYTHING = 900, 901, 902, 903


class Crawl:
    """One run: `day` days after the start; it is told what the site answers."""

    def __init__(self, archive: Archive, day: int = 0, recheck: int = 0, *, accepts: bool = False) -> None:
        self.archive = archive
        self.day = day
        self.run_id = runs.begin(archive, "crawl", SITE, START + timedelta(days=day), accepts=accepts)
        self.frontier = Frontier(archive, SITE)
        self.frontier.begin(recheck)

    def asked(self) -> list[int]:
        return sorted(int(due.url.rpartition("=")[2]) for due in self.frontier.take(10_000))

    def home(self, *sections: int) -> None:
        self.frontier.add([known(HOME, "home")])
        links = tuple(known(number, "section", 1) for number in sections)
        self.save(page(HOME, self.day, kind="home", known=links, sighted=(listed(1, "listing"),)))

    def listing(self, number: int, *named: int, further: tuple[Known, ...] = ()) -> None:
        items = tuple(listed(name, "listing", position=place) for place, name in enumerate(named))
        self.save(page(number, self.day, kind="listing", sighted=items, known=further))

    def article(self, number: int, *lists: Sighted, category: str = "Khen thưởng", date: int | None = None) -> None:
        day = (START + timedelta(days=date - 1000)).date() if date is not None else None
        said = text(f"Tin số {number}", category=category, page_date=day)
        self.save(article(number, *lists, day=self.day, said=said))

    def save(self, seen: Observation) -> str:
        return save(self.archive, replace(seen, run_id=self.run_id)).what


def finished(crawl: Crawl) -> Crawl:
    """Let nothing be left of a run: what it knows and has not been told of is settled as a page of no interest."""
    crawl.archive.conn.execute("UPDATE pages SET due = 0")
    return crawl
