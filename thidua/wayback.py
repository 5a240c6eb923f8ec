"""`thidua wayback`: bring in what a web archive holds of a site."""

from __future__ import annotations

import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click
from rich.console import Console
from rich.text import Text

from crawler import settings, sites
from crawler.lock import HeldError
from crawler.pages import urls
from crawler.sites import SiteError
from crawler.wayback import addresses
from crawler.wayback.addresses import INTERNET_ARCHIVE, AddressError, Server
from crawler.wayback.client import Client
from pipelines.intake import Intake
from pipelines.wayback.choice import NOT_MISSING, Wish
from pipelines.wayback.run import Came, Run
from thidua import exits
from thidua.bar import bar
from thidua.options import Day, Seconds, archive_option, day, filled, json_option, plural, print_json
from thidua.summary import told_time

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from pathlib import Path

_STATUS = {"done": exits.DONE, "limited": exits.DONE, "interrupted": exits.INTERRUPTED}
_OUTCOMES = {
    "done": "Done",
    "limited": "Stopped at --max",
    "interrupted": "Stopped",
    "failed": "Ended before all was asked for",
}


@click.command("wayback", short_help="Bring in what a web archive holds.")
@click.argument("what", metavar="HOST-or-URL")
@click.option("--cdx", default=INTERNET_ARCHIVE, show_default=True, metavar="URL", help="The archive's CDX server.")
@click.option(
    "--replay",
    default="",
    callback=filled,
    metavar="URL",
    help="Where its captures are, if that does not follow from --cdx.",
)
@click.option("--all", "everything", is_flag=True, help="Every capture, also those that say what the one before says.")
@click.option("--missing", is_flag=True, help="Only articles that the archive knows of and lacks.")
@click.option(
    "--site",
    default="",
    callback=filled,
    metavar="KEY-or-FILE",
    help="The site's profile by its key, or in a FILE.toml.",
)
@click.option("--from", "first", type=Day(), metavar="DATE", help="Captures made on that day or later.")
@click.option("--to", "last", type=Day(last=True), metavar="DATE", help="Captures made on that day or earlier.")
@click.option("--delay", type=Seconds(), default=1.0, metavar="S", help="Seconds between captures.  [default: 1]")
@click.option("--max", "most", type=click.IntRange(min=1), default=None, metavar="N", help="At most N captures.")
@click.option(
    "--contact",
    callback=filled,
    metavar="WHO",
    help="Your URL or e-mail address, shown to the archive in the user agent.",
)
@archive_option
@json_option
def command(  # noqa: PLR0913, PLR0917 - click passes every option by name
    what: str,
    cdx: str,
    replay: str,
    everything: bool,
    missing: bool,
    site: str,
    first: date | None,
    last: date | None,
    delay: float,
    most: int | None,
    contact: str | None,
    folder: Path,
    as_json: bool,
) -> int:
    """Bring in the captures that a web archive holds of a site or a page, by default the Internet Archive.

    Each text that a page has had is asked for once, one capture a second, as the archives wish; every capture takes
    its place by the time at which it was made. Stopped, or told by the archive to come back later, it goes on when it
    is run again.

    \b
    thidua wayback thiduakhenthuong.haiduong.gov.vn
    thidua wayback thiduakhenthuong.haiduong.gov.vn --missing
    thidua wayback 'https://example.gov.vn/tin-tuc/*' --from 2015 --to 2018 --max 500
    thidua wayback example.gov.vn --cdx http://localhost:8080/my-collection/cdx
    """  # noqa: D301 - click needs the character that \b stands for
    begun = time.monotonic()
    if first and last and last < first:
        raise click.UsageError(f"--from {day(first.isoformat())} is after --to {day(last.isoformat())}")
    try:
        server, target = Server.at(cdx, replay), addresses.target(what, first, last)
        profile = sites.load(site, folder) if site else sites.for_url(target.address, folder)
    except (AddressError, SiteError) as error:
        raise exits.Failure(str(error), exits.WRONG_USE) from error
    if not urls.same_site(target.address, profile.hosts):
        raise click.UsageError(f"{what} is not of the site {profile.key} ({', '.join(profile.hosts)})")
    agent = settings.USER_AGENT.replace(settings.CONTACT, contact) if contact else settings.USER_AGENT
    with exits.told(), _opened(folder, profile) as intake, Client(delay, _note, agent) as client:
        wish = Wish(target, profile, everything, missing)
        came = Run(
            intake, client, server, wish, most or 0, lambda name, unit: bar(name, shown=not as_json, unit=unit)
        ).run()
    seconds = round(time.monotonic() - begun, 1)
    if as_json:
        print_json({**came.as_json(), "requests": client.requests, "seconds": seconds})
    else:
        _print(came, target.url, seconds, _nothing(cdx, dated=bool(first or last)))
    for line in came.trouble:
        _note(line)
    return _STATUS.get(came.outcome, exits.FAILED)


@contextmanager
def _opened(folder: Path, profile: sites.Profile) -> Iterator[Intake]:
    """Open the archive, its errors told with their exit status."""
    try:
        with Intake.open(folder, "wayback", [profile]) as intake:
            yield intake
    except HeldError as error:
        raise exits.Failure(str(error), exits.HELD) from error
    except SiteError as error:
        raise exits.Failure(str(error), exits.WRONG_USE) from error


def _note(line: str) -> None:
    """Say a line on stderr."""
    click.echo(f"thidua: {' '.join(line.split())}", err=True)


def _nothing(cdx: str, *, dated: bool) -> str:
    """Return what to say of a list without captures. Some servers give one for a name that they do not know, too."""
    of_days = " of these days" if dated else ""
    of_list = "" if cdx == INTERNET_ARCHIVE else f", and that of the list: {cdx}"
    return f"the web archive offers no captures{of_days}; check the address{of_list}"


def _print(came: Came, what: str, seconds: float, nothing: str) -> None:
    """Print what came of it, for a person; `nothing` where there was none on offer."""
    console = Console(highlight=False)

    def say(line: str, style: str = "") -> None:
        console.print(Text(line, style=style), soft_wrap=True)

    listed, fetched, settled = came.listed, came.fetched, came.settled
    say(f"{_OUTCOMES[came.outcome]}: {what}, {told_time(seconds)}", "bold")
    if not fetched.offered:
        if listed.unreadable:
            say(f"  {plural(listed.unreadable, 'line')} of the list could not be read", "yellow")
        if came.outcome == "done":  # else it is not known, and what went wrong is told
            say(f"  {nothing}")
        return
    say(f"  {plural(fetched.offered, 'capture')} offered, {fetched.here:,} of them here before")
    for why, number in sorted(fetched.left.items(), key=lambda pair: (-pair[1], pair[0])):
        say(f"  not asked for: {number:,} ({why})")
    if listed.unreadable:
        say(f"  {plural(listed.unreadable, 'line')} of the list could not be read", "yellow")
    say(f"  {plural(fetched.asked, 'capture')} asked for, {fetched.kept:,} kept")
    for why, number in sorted(fetched.failed.items()):
        say(f"  failed: {number:,} ({why})", "yellow")
    say(
        f"  {plural(settled.new, 'new article')}, {settled.changed:,} with other versions, "
        f"{settled.status:,} gone or back"
    )
    if fetched.left.get(NOT_MISSING) == fetched.offered:
        say("  nothing of this is known to be missing; without --missing, all of it is asked for")
    if fetched.open:
        say(f"  {plural(fetched.open, 'capture')} left; to go on, run the same command again")
