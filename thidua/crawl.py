"""`thidua crawl`: bring an archive up to date with its site."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from scrapy import signals
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.settings import Settings

from crawler import settings as defaults
from crawler.lock import HeldError
from crawler.session import Plan, Session, SessionError
from crawler.sites import SiteError
from crawler.spiders.thidua import ThiduaSpider
from thidua import exits
from thidua.options import archive_option, json_option, print_json
from thidua.progress import Progress
from thidua.summary import complaint, print_summary

if TYPE_CHECKING:
    from crawler.counts import Counts


@click.command("crawl")
@click.argument("urls", nargs=-1, metavar="[URL]...")
@archive_option
@click.option("--site", default="", metavar="KEY", help="A site's profile, or the host of a site already archived.")
@click.option("--delay", type=click.FloatRange(min=0), metavar="S", help="Seconds between requests.  [default: 1]")
@click.option("--concurrency", type=click.IntRange(1, 64), metavar="N", help="Requests at a time.  [default: 2]")
@click.option("--max-pages", type=click.IntRange(min=1), default=None, metavar="N", help="Ask for at most N pages.")
@click.option("--contact", metavar="WHO", help="Your URL or e-mail address, shown to the site in the user agent.")
@click.option("--log", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE", help="Write a log to FILE.")
@json_option
def command(  # noqa: PLR0913, PLR0917 - click passes every option by name
    urls: tuple[str, ...],
    folder: Path,
    site: str,
    delay: float | None,
    concurrency: int | None,
    max_pages: int | None,
    contact: str | None,
    log: Path | None,
    as_json: bool,
) -> int:
    """Fetch what is new, due or unfinished; the first time, everything.

    URL is where to start: a front page, a category or any article. Without one, an archive goes on
    with its site, and a new one starts with the profile that --site names (Hải Dương unless told otherwise).
    Stop with Ctrl-C and run again to go on: nothing that was stored is asked for twice.

    \b
    thidua crawl https://thiduakhenthuong.example.gov.vn/ --archive data
    thidua crawl
    """  # noqa: D301 - click needs the character that \b stands for
    _check_log(log)
    with exits.told(), _opened(folder, Plan(urls, site, max_pages or 0)) as session:
        counts = run(session, overrides(delay, concurrency, contact, log), live=not as_json)
        if as_json:
            print_json(counts.as_json())
        else:
            print_summary(session, counts)
        if trouble := complaint(counts):
            click.echo(f"thidua: {trouble}", err=True)
        return status(counts)


def _check_log(file: Path | None) -> None:
    """Say so before anything else where the log cannot be written."""
    try:
        if file is not None:
            file.open("a").close()
    except OSError as error:
        told = f"--log {file}: {error.strerror}; name a file that can be written"
        raise exits.Failure(told, exits.WRONG_USE) from error


def _opened(folder: Path, plan: Plan) -> Session:
    """Open the session, its errors told with their exit status."""
    try:
        return Session.open(folder, plan)
    except HeldError as error:
        raise exits.Failure(str(error), exits.HELD) from error
    except (SessionError, SiteError) as error:
        raise exits.Failure(str(error), exits.WRONG_USE) from error


def overrides(delay: float | None, concurrency: int | None, contact: str | None, log: Path | None) -> dict[str, Any]:
    """Return Scrapy settings for the options given. A delay of 0 is for one's own server: it turns AutoThrottle off."""
    settings: dict[str, Any] = {"LOG_ENABLED": log is not None}
    if log is not None:
        settings["LOG_FILE"] = str(log)
    if contact:
        settings["USER_AGENT"] = defaults.USER_AGENT.replace(defaults.CONTACT, contact)
    if delay is not None:
        settings |= {"DOWNLOAD_DELAY": delay, "AUTOTHROTTLE_START_DELAY": delay, "AUTOTHROTTLE_ENABLED": delay > 0}
    if concurrency is not None:
        settings |= {"CONCURRENT_REQUESTS": concurrency, "CONCURRENT_REQUESTS_PER_DOMAIN": concurrency}
    return settings


def run(session: Session, settings: dict[str, Any], *, live: bool) -> Counts:
    """Crawl until nothing is due, or until stopped; return what was done. `live` shows progress on a terminal."""
    project = Settings()
    project.setmodule("crawler.settings", priority="project")
    project.update(settings, priority="cmdline")
    process = AsyncCrawlerProcess(project)
    if not project.getbool("LOG_ENABLED"):
        logging.getLogger().setLevel(logging.CRITICAL + 1)  # records that nobody reads cost time: do not make them
    crawler = process.create_crawler(ThiduaSpider)
    progress = Progress(crawler, session)
    crawler.signals.connect(progress.stored, signal=signals.item_scraped)
    with progress.shown(live=live):
        process.crawl(crawler, session=session)
        process.start()
    if session.counts is None:  # the spider was never opened, or Ctrl-C was pressed twice
        session.finish("shutdown", crawler.stats.get_stats())
    assert session.counts is not None  # noqa: S101 - finish has set it
    return session.counts


def status(counts: Counts) -> int:
    """Return the exit status for how a run ended."""
    by_outcome = {"failed": exits.FAILED, "unwell": exits.UNWELL, "interrupted": exits.INTERRUPTED}
    return by_outcome.get(counts.outcome, exits.DONE)
