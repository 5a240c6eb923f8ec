"""Where a crawl starts: start URLs that can be asked for, and the one site that is meant."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import SplitResult, urlsplit

from archive import warc
from crawler import sites
from crawler.pages import urls

if TYPE_CHECKING:
    from archive import Archive

DEFAULT_SITE = "haiduong"


class SessionError(Exception):
    """What was asked for cannot be crawled: a start URL is none, or there is nothing to start from."""


def checked(url: str) -> str:
    """Return a start URL that can be asked for, its host as the network spells it: `xn--thiua-7ya.vn`.

    Raises:
        SessionError: it has no scheme, another than http(s), or no possible host; the message says what to type.
    """
    parts = _split(url)
    if not parts.scheme or "://" not in url:
        raise SessionError(f"{url!r} is not a URL: it needs a scheme, such as https://{url.lstrip('/')}")
    if parts.scheme.lower() not in {"http", "https"}:
        raise SessionError(f"{url!r}: only http:// and https:// can be crawled")
    if not parts.hostname:
        raise SessionError(f"{url!r} names no host, such as https://example.gov.vn/")
    host = _in_ascii(url, parts.hostname)
    if parts.netloc.isascii():
        return url
    return parts._replace(netloc=host if parts.port is None else f"{host}:{parts.port}").geturl()


def _in_ascii(url: str, host: str) -> str:
    """Return the host of the URL as the network spells it, with our own error where none can be called so."""
    try:
        url.encode()  # an argument that is not UTF-8 could be neither stored nor asked for
        name = host.encode("idna").decode("ascii")
    except UnicodeError as error:
        raise SessionError(f"{url!r} cannot be a URL: check how it is spelt") from error
    if re.search(r"[^a-z0-9._:%-]", name, re.IGNORECASE):
        raise SessionError(f"{url!r} names no host that can be, such as https://example.gov.vn/")
    return name


def _split(url: str) -> SplitResult:
    """Split a URL, with our own error for one that cannot be."""
    try:
        parts = urlsplit(url.strip())
        parts.port  # noqa: B018 - reading it is the check
    except ValueError as error:
        raise SessionError(f"{url!r} is not a URL: {error}") from error
    return parts


def chosen(archive: Archive, given: tuple[str, ...], site: str) -> sites.Profile:
    """Return the profile of the one site that is meant.

    Args:
        archive: the archive, which may hold a site already.
        given: the start URLs, checked.
        site: what `--site` says, or an empty string.

    Raises:
        SessionError: the URLs belong to more than one site, or the archive holds several and none was named.
        SiteError: there is no such profile, or it is not as it must be.
    """
    if not given:
        return _going_on(archive, site)
    profile = sites.load(site, archive.folder) if site else sites.for_url(given[0], archive.folder)
    for url in given:
        if not urls.same_site(url, profile.hosts):
            raise SessionError(f"{url} is not a page of {', '.join(profile.hosts)}: crawl one site at a time")
    return profile


def _going_on(archive: Archive, site: str) -> sites.Profile:
    """Return the profile of the site that the archive already holds, or of the one to begin with."""
    held = _held(archive) or _recorded(archive)
    if not site and len(held) > 1:
        raise SessionError(f"the archive holds {len(held)} sites; say which with --site: {', '.join(held)}")
    key = site or (held[0] if held else DEFAULT_SITE)
    return sites.load(key, archive.folder) if key not in held else sites.known(key, archive=archive.folder)


def _held(archive: Archive) -> list[str]:
    """Return the sites that the archive holds answers of; a mistyped start URL has left none."""
    with archive.read() as conn:
        rows = conn.execute("SELECT DISTINCT site FROM pages WHERE fetched_at IS NOT NULL AND http_status > 0")
        return sorted(str(site) for (site,) in rows)


def _recorded(archive: Archive) -> list[str]:
    """Return the site of the newest WARC file: all that is left where the database has been lost."""
    for file in reversed(warc.files(archive.folder)):
        first = next(warc.records(archive.folder, file), None)
        said = dict(warc.parsed(first.block)) if first else {}
        if said.get("thidua-site"):  # a run that brought in several sites has none
            return [said["thidua-site"]]
    return []
