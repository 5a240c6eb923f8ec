"""`thidua probe`: what the readers see on one page, for the one who writes a site's profile."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from crawler import sites
from crawler.sites import SiteError
from crawler.specimen import NOWHERE, Specimen, SpecimenError, from_file, from_site
from crawler.start import SessionError, checked
from pipelines.probing import probed
from thidua import exits
from thidua.options import Day, filled, json_option, print_json, site_option
from thidua.specimens import print_probed

if TYPE_CHECKING:
    from datetime import date

    from crawler.sites import Profile


@click.command("probe", short_help="Show what the readers see on one page, to write a profile by.")
@click.argument("what", metavar="URL-or-FILE", callback=filled)
@site_option
@click.option(
    "--url",
    default="",
    callback=filled,
    metavar="URL",
    help="The page's address, for a FILE: which record of a WARC file.",
)
@click.option("--at", type=Day(), metavar="DATE", help="Read it as a page captured that day (eras of a profile).")
@click.option("--lines", is_flag=True, help="Show every line that was left out, not a few for each reason.")
@json_option
def command(what: str, site: str, url: str, at: date | None, lines: bool, as_json: bool) -> None:  # noqa: PLR0913, PLR0917 - click passes every option by name
    """Show what the readers see on one page; nothing is stored.

    FILE is a saved page, or a WARC file that holds it. A URL is asked for once, if the site's robots.txt allows it.
    Shown are what kind of page it is and why, each field and whence it comes, the lists, what was left out and
    why, and what the profile's rules say of its address.

    \b
    thidua probe https://thiduakhenthuong.example.gov.vn/tin-tuc-n17.html
    thidua probe page.html --url https://example.gov.vn/tin-tuc-n17.html --site mysite.toml
    thidua probe mirror.warc.gz --url http://sotttt.hanoi.gov.vn/vi/cong-nghe-thong-tin.html
    """  # noqa: D301 - click needs the character that \b stands for
    try:
        profile = sites.load(site) if site else None
        specimen = _specimen(what, url)
        profile = profile or _profile(specimen)
    except SpecimenError as error:
        raise exits.Failure(str(error)) from error
    except (SessionError, SiteError) as error:
        raise exits.Failure(str(error), exits.WRONG_USE) from error
    seen = probed(specimen, profile, at)
    if as_json:
        print_json(seen.as_json())
    else:
        print_probed(seen, every_line=lines)


def _specimen(what: str, url: str) -> Specimen:
    """Return the page that is meant: a URL has a scheme, all else is a file."""
    if url:
        checked(url)
    if "://" not in what:
        return from_file(Path(what), url)
    if url:
        raise SessionError("--url is the address of a page in a FILE: here is one already")
    return from_site(checked(what))


def _profile(specimen: Specimen) -> Profile:
    """Return the profile of the page's host; an address that cannot be has none."""
    try:
        return sites.for_url(specimen.url)
    except ValueError:
        return sites.for_url(NOWHERE)
