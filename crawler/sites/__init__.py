"""Site profiles: one TOML file a site, found by its key, by its path, or by the host of a URL.

A profile holds what a reader of the page cannot know: the hosts that are one site, where to start, what to leave out.
Any other host works without one. `docs/profiles.md` says what may stand in a file. One that is given by its path is
copied into the archive's folder, `sites/KEY.toml`, and found there by later runs, before one of the same key that
comes with the program.
"""

from __future__ import annotations

import os
import re
from functools import cache
from importlib import resources
from pathlib import Path

from crawler.pages import urls
from crawler.sites.errors import SiteError
from crawler.sites.parsing import parsed
from crawler.sites.profile import FIRST_DAY_ON_LINE, NONE, Profile

__all__ = ["FIRST_DAY_ON_LINE", "NONE", "Profile", "SiteError", "for_url", "keep", "keys", "known", "load"]

FOLDER = "sites"  # in an archive's folder
_LARGEST = 1_000_000  # bytes of a profile
_KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")


def keys(archive: Path | None = None) -> list[str]:
    """Return the keys of the profiles that come with the program or are kept in the archive's folder, in order."""
    files = [file.name for file in resources.files(__name__).iterdir()]
    if archive is not None and (archive / FOLDER).is_dir():
        files += [file.name for file in (archive / FOLDER).iterdir()]
    named = {name.removesuffix(".toml") for name in files if name.endswith(".toml")}
    return sorted(name for name in named if _KEY.fullmatch(name))  # no `._hanoi.toml`, as other systems leave behind


def load(site: str, archive: Path | None = None) -> Profile:
    """Return the profile of that key, or the one in the file of that path: what `--site` takes.

    Raises:
        SiteError: there is none, or its file says something that cannot be; the message names file and key.
    """
    if site.endswith(".toml") or os.sep in site:
        return _read(Path(site))
    if archive is not None and (archive / FOLDER / f"{site}.toml").is_file():
        return _read(archive / FOLDER / f"{site}.toml")
    if site not in keys():
        raise SiteError(f"no site profile is called {site!r}; there is {', '.join(keys(archive))}, or give a FILE.toml")
    return _packaged(site)


@cache
def _packaged(key: str) -> Profile:
    return parsed(
        resources.files(__name__).joinpath(f"{key}.toml").read_text("utf-8"), key, f"crawler/sites/{key}.toml"
    )


def _read(file: Path) -> Profile:
    """Return the profile in a file, keyed by its name."""
    if not _KEY.fullmatch(file.stem):
        raise SiteError(
            f"{file}: the file's name is the site's key: letters, digits, dots and dashes, such as hanoi.toml"
        )
    try:
        with file.open("rb") as opened:
            source = opened.read(_LARGEST + 1)
    except OSError as error:
        raise SiteError(f"{file}: {error.strerror or error}") from error
    if len(source) > _LARGEST:
        raise SiteError(f"{file}: is larger than a profile can be (1 MB)")
    try:
        return parsed(source.decode("utf-8-sig").replace("\r\n", "\n"), file.stem, str(file))
    except UnicodeDecodeError as error:
        raise SiteError(f"{file}: is not UTF-8 text (byte {error.start})") from error


def keep(profile: Profile, archive: Path) -> None:
    """Copy a profile that was read from a file of the user's into the archive's folder, for later runs.

    One that comes with the program, or that says the same as the copy there, is left as it is.

    Raises:
        SiteError: the copy cannot be written.
    """
    there = archive / FOLDER / f"{profile.key}.toml"
    if not profile.source or (not there.exists() and profile.key in keys() and profile == _packaged(profile.key)):
        return
    try:
        source = profile.source.encode()
        if there.exists() and there.read_bytes() == source:
            return
        there.parent.mkdir(parents=True, exist_ok=True)
        written = there.with_suffix(".toml.new")
        written.write_bytes(source)
        written.replace(there)
    except OSError as error:
        raise SiteError(f"{there}: the profile cannot be kept there: {error.strerror or error}") from error


def known(key: str, hosts: tuple[str, ...] = (), archive: Path | None = None) -> Profile:
    """Return the profile of a site that an archive holds; one without a file is its hosts alone.

    Raises:
        SiteError: the profile's file is damaged.
    """
    return load(key, archive) if key in keys(archive) else Profile(key, key, hosts or (key,), ())


def for_url(url: str, archive: Path | None = None) -> Profile:
    """Return the profile whose hosts hold the URL's, else one made up of that host alone, keyed by it.

    Raises:
        ValueError: the URL is malformed.
        SiteError: a profile's file is damaged.
    """
    for key in keys(archive):
        profile = load(key, archive)
        if urls.same_site(url, profile.hosts):
            return profile
    host = urls.host(url)
    return Profile(host.removeprefix("www."), host, (host,), (url,))
