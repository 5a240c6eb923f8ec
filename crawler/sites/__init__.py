"""Site profiles: one TOML file a site, found by its key or by the host of a URL.

A profile holds what a reader of the page cannot know: the hosts that are one site, where to start, and the first day a
news item can be of. Any other host works without one.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources

from crawler.pages import urls

# No Vietnamese site is older: the country went on line in November 1997; the archive refuses earlier dates too.
FIRST_DAY_ON_LINE = date(1997, 1, 1)
_FIELDS = frozenset({"name", "hosts", "start_urls", "earliest"})


class SiteError(Exception):
    """A profile is asked for that does not exist, or its file does not say what it must."""


@dataclass(frozen=True, slots=True)
class Profile:
    """One site. `hosts` are as `urls.host` writes them; with and without `www.` is one host."""

    key: str
    name: str
    hosts: tuple[str, ...]
    start_urls: tuple[str, ...]
    earliest: date = FIRST_DAY_ON_LINE

    def skips(self, url: str) -> str:
        return ""

    def address(self, url: str) -> str:
        return url


def keys() -> list[str]:
    """Return the keys of the profiles that come with the program, in order."""
    files = resources.files(__name__).iterdir()
    return sorted(file.name.removesuffix(".toml") for file in files if file.name.endswith(".toml"))


@cache
def load(key: str) -> Profile:
    """Return the profile of that key.

    Raises:
        SiteError: there is none, or its file is damaged; the message names the key and those that exist.
    """
    if key not in keys():
        raise SiteError(f"no site profile is called {key!r}; there is {', '.join(keys())}")
    try:
        table = tomllib.loads(resources.files(__name__).joinpath(f"{key}.toml").read_text("utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise SiteError(f"crawler/sites/{key}.toml is not TOML: {error}") from error
    return _profile(key, table)


def _profile(key: str, table: dict[str, object]) -> Profile:
    """Return the profile that a parsed TOML table describes; see `load` for errors."""
    unknown, missing = table.keys() - _FIELDS, {"name", "hosts", "start_urls"} - table.keys()
    if unknown or missing:
        words = [f"unknown: {', '.join(sorted(unknown))}"] * bool(unknown)
        words += [f"missing: {', '.join(sorted(missing))}"] * bool(missing)
        raise SiteError(f"crawler/sites/{key}.toml: {'; '.join(words)}")
    earliest = table.get("earliest", FIRST_DAY_ON_LINE)
    if not isinstance(earliest, date):
        raise SiteError(f"crawler/sites/{key}.toml: earliest must be a date such as 2003-11-26")
    return Profile(key, str(table["name"]), _texts(key, table, "hosts"), _texts(key, table, "start_urls"), earliest)


def _texts(key: str, table: dict[str, object], field: str) -> tuple[str, ...]:
    """Return a list of texts from a profile's table."""
    value = table[field]
    if not isinstance(value, list) or not value or not all(isinstance(entry, str) for entry in value):
        raise SiteError(f"crawler/sites/{key}.toml: {field} must be a list of one or more texts")
    return tuple(value)


def known(key: str, hosts: tuple[str, ...] = ()) -> Profile:
    """Return the profile of a site that an archive holds; one without a file is its hosts alone.

    Raises:
        SiteError: the profile's file is damaged.
    """
    return load(key) if key in keys() else Profile(key, key, hosts or (key,), ())


def for_url(url: str, folder: object = None) -> Profile:
    """Return the profile whose hosts hold the URL's, else one made up of that host alone, keyed by it.

    Raises:
        ValueError: the URL is malformed.
    """
    for key in keys():
        profile = load(key)
        if urls.same_site(url, profile.hosts):
            return profile
    host = urls.host(url)
    return Profile(host.removeprefix("www."), host, (host,), (url,))
