"""What the profiles of the sites say of pages, found by their hosts: a file of others holds pages of many."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crawler import sites
from crawler.pages import urls

if TYPE_CHECKING:
    from pathlib import Path

    from crawler.sites import Profile


class Rules:
    """Tells which site a host is of, why a page is to be left out by that site's rules, and what an address means.

    Args:
        folder: the archive's, where profiles may be kept. Each is read once.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._profiles: dict[str, Profile] = {}

    def profile(self, host: str) -> Profile:
        """Return the profile of the site that a host is of.

        Raises:
            SiteError: a profile's file is damaged.
        """
        if host not in self._profiles:
            self._profiles[host] = sites.for_url(f"http://{host}/", self._folder)
        return self._profiles[host]

    def skips(self, url: str) -> str:
        """Return why a page is left out, or an empty string; see `profile` for what it raises."""
        return self.profile(urls.host(url)).skips(url)

    def key(self, url: str) -> str:
        """Return the identity of what an address shows (`crawler.pages.urls.key`); see `profile` for what it raises."""
        return urls.key(self.profile(urls.host(url)).address(url))
