"""What a run is about: one site, and what the pipelines have to know of it. Plain, so that it can go to a process."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.metadata import version
from typing import TYPE_CHECKING

from archive.times import stamp
from crawler import sites, traversal
from crawler.pages import urls

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from crawler.traversal import Link


@dataclass(frozen=True, slots=True)
class Scope:
    """The site of a run.

    `hosts` are as `urls.host` writes them; `earliest` is the first day that a news item can be of; `start_urls` are
    the pages that the run starts from; `recheck` older pages are looked at again; `command` is written
    into its row; `begun` (aware) is when it began; `accept` tells whether the site is taken as it is; `profile` is what
    is known of the site beforehand.
    """

    site: str
    hosts: tuple[str, ...]
    earliest: date
    start_urls: tuple[str, ...] = ()
    recheck: int = 0
    command: str = "crawl"
    begun: datetime = field(default_factory=lambda: datetime.now(UTC).replace(microsecond=0))
    accept: bool = False
    profile: sites.Profile = sites.NONE

    @classmethod
    def of(
        cls, profile: sites.Profile, start_urls: tuple[str, ...] = (), recheck: int = 0, command: str = "crawl"
    ) -> Scope:
        """Return the scope of a run on a profile's site, from these pages or from the profile's own."""
        starts = tuple(dict.fromkeys((*(start_urls or profile.start_urls), *profile.listing_pages)))
        return cls(profile.key, profile.hosts, profile.earliest, starts, recheck, command, profile=profile)

    def starts(self) -> list[Link]:
        """Return the pages that the run knows beforehand."""
        return traversal.starts(self.start_urls, self.profile)

    def is_start(self, url: str) -> bool:
        """Tell whether the run was started from this page."""
        return self.key(url) in {self.key(start) for start in self.start_urls}

    def key(self, url: str) -> str:
        """Return the identity of what an address shows (`urls.key`), by the profile's rules.

        Raises:
            ValueError: the URL is malformed.
        """
        return urls.key(self.profile.address(url))

    def as_fields(self, run: int) -> list[tuple[str, str]]:
        """Return what the `warcinfo` records of a run say: enough for `of_fields` to give this scope again."""
        return [
            ("software", f"thidua/{version('thidua')}"),
            ("format", "WARC File Format 1.1"),
            ("conformsTo", "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/"),
            ("robots", "obey"),
            ("description", f"News of {self.site} on emulation and commendation, fetched by `thidua {self.command}`"),
            ("thidua-run", str(run)),
            ("thidua-begun", stamp(self.begun)),
            ("thidua-command", self.command),
            ("thidua-site", self.site),
            *(("thidua-host", host) for host in self.hosts),
            *(("thidua-start", url) for url in self.start_urls),
            ("thidua-recheck", str(self.recheck)),
            *([("thidua-accept", "1")] if self.accept else []),
        ]

    @classmethod
    def of_fields(cls, fields: list[tuple[str, str]], archive: Path | None = None) -> Scope:
        """Return the scope that a `warcinfo` record names, with today's profile of its site.

        `archive` is the archive's folder, in which the profile may be.

        Raises:
            SiteError: the profile's file is damaged.
        """
        said = dict(reversed(fields))
        hosts = tuple(value for name, value in fields if name == "thidua-host")
        starts = tuple(value for name, value in fields if name == "thidua-start")
        profile = sites.known(said["thidua-site"], hosts, archive)
        recheck, command = int(said["thidua-recheck"]), said["thidua-command"]
        begun = datetime.fromisoformat(said["thidua-begun"])
        accept = said.get("thidua-accept") == "1"
        return cls(profile.key, profile.hosts, profile.earliest, starts, recheck, command, begun, accept, profile)
