"""What a profile says of its site, ready to be asked."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from crawler.pages.hints import LONGEST, PLAIN, Hints, matches
from crawler.pages.urls import tidy

if TYPE_CHECKING:
    from collections.abc import Callable

# No Vietnamese site is older: the country went on line in November 1997; the archive refuses earlier dates too.
FIRST_DAY_ON_LINE = date(1997, 1, 1)
Pattern = re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Profile:
    """One site. `hosts` are as `urls.host` writes them; with and without `www.` is one host.

    `skip` are patterns of addresses with the reason why they are left out, `rewrite` patterns with what stands in their
    place, `eras` the hints for pages captured before a day, in order of time, and `latest` those for all later ones.
    `source` is the text of its file, empty where it has none.
    """

    key: str
    name: str
    hosts: tuple[str, ...]
    start_urls: tuple[str, ...]
    earliest: date = FIRST_DAY_ON_LINE
    listing_pages: tuple[str, ...] = ()
    skip: tuple[tuple[Pattern, str], ...] = ()
    rewrite: tuple[tuple[Pattern, str], ...] = ()
    latest: Hints = PLAIN
    eras: tuple[tuple[date, Hints], ...] = ()
    source: str = field(default="", repr=False)

    def skips(self, url: str) -> str:
        """Return why the page at an address is left out, in a few words; empty where it is not.

        An address is judged as it is written and as it is meant (`address`).
        """
        if not self.skip:
            return ""
        forms = {url, self.address(url)}
        return next((why for pattern, why in self.skip if any(matches((pattern,), form) for form in forms)), "")

    def address(self, url: str) -> str:
        """Return the address that is meant by one: each rule of `rewrite` is applied once, in their order.

        What would come out as no address leaves it as it was.
        """
        if not self.rewrite or len(url) > LONGEST:
            return url
        meant = url
        for pattern, replacement in self.rewrite:
            meant = pattern.sub(replacement, meant)
        return meant if meant == url or _is_address(meant) else url

    def is_article(self, url: str) -> bool:
        """Tell whether a rule says that an address is an article's."""
        return matches(self.latest.article, url)

    def is_listing(self, url: str) -> bool:
        """Tell whether a rule says that an address is that of a page which names articles."""
        return matches(self.latest.listing, url) and not self.is_article(url)

    def hints(self, at: date) -> Hints:
        """Return what the readers are told of a page captured on a day."""
        return next((hints for until, hints in self.eras if at < until), self.latest)

    def __reduce__(self) -> tuple[Callable[..., Profile], tuple[object, ...]]:
        """Go to another process as the text of the file, which is parsed there once."""
        if self.source:
            from crawler.sites.parsing import parsed  # noqa: PLC0415 - it imports this module

            return parsed, (self.source, self.key)
        return Profile, (self.key, self.name, self.hosts, self.start_urls, self.earliest)


NONE = Profile("", "", (), ())  # says nothing of any site


def _is_address(url: str) -> bool:
    try:
        return bool(re.match(r"https?://[^/?#]", tidy(url)))
    except ValueError:
        return False
