"""`thidua crawl`: bring an archive up to date with its site."""

from __future__ import annotations

import logging
import signal
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click
from scrapy import signals
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.settings import Settings

from archive import warc
from crawler import log as logs
from crawler import settings as defaults
from crawler.counts import Counts
from crawler.lock import HeldError
from crawler.session import Plan, Session
from crawler.sites import SiteError
from crawler.spiders.thidua import ThiduaSpider
from crawler.start import SessionError
from thidua import exits
from thidua.notify import Ending, needed, notify
from thidua.options import Certificates, PathName, Seconds, archive_option, filled, json_option, print_json, site_option
from thidua.progress import Progress
from thidua.summary import complaint, print_summary
from thidua.voice import Voice

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@click.command("crawl")
@click.argument("urls", nargs=-1, metavar="[URL]...")
@archive_option
@site_option
@click.option(
    "--recheck",
    type=click.IntRange(min=0),
    default=0,
    metavar="N",
    help="Look again at N older pages, those looked at longest ago.",
)
@click.option("--accept", is_flag=True, help="Take the site as it is now, where it has been rebuilt or has moved.")
@click.option("--delay", type=Seconds(), metavar="S", help="Seconds between requests.  [default: 1]")
@click.option("--concurrency", type=click.IntRange(1, 64), metavar="N", help="Requests at a time.  [default: 2]")
@click.option(
    "--timeout",
    type=Seconds(min_open=True),
    metavar="S",
    help="Seconds to wait for an answer.  [default: 60]",
)
@click.option("--max-pages", type=click.IntRange(min=1), default=None, metavar="N", help="Ask for at most N pages.")
@click.option(
    "--warc-size",
    type=click.IntRange(1, 1_000_000),
    metavar="MB",
    help="Begin another WARC file after MB million bytes.  [default: 1000]",
)
@click.option(
    "--contact", callback=filled, metavar="WHO", help="Your URL or e-mail address, shown to the site in the user agent."
)
@click.option(
    "--trust", type=Certificates(), multiple=True, help="Trust the certificates in FILE (PEM) too; repeatable."
)
@click.option("--log", type=PathName(dir_okay=False), metavar="FILE", help="Write a log to FILE.")
@click.option("--log-json", is_flag=True, help="Log one JSON object a line, to stderr if there is no --log.")
@click.option(
    "--notify-command",
    callback=filled,
    metavar="CMD",
    help="Run CMD by the shell, the run's JSON on stdin, when a person is needed.",
)
@json_option
def command(  # noqa: PLR0913, PLR0917 - click passes every option by name
    urls: tuple[str, ...],
    folder: Path,
    site: str,
    recheck: int,
    accept: bool,
    delay: float | None,
    concurrency: int | None,
    timeout: float | None,
    max_pages: int | None,
    warc_size: int | None,
    contact: str | None,
    trust: tuple[Path, ...],
    log: Path | None,
    log_json: bool,
    notify_command: str | None,
    as_json: bool,
) -> int:
    """Fetch what is new, due or unfinished; the first time, everything.

    URL is where to start: a front page, a category or any article. Without one, an archive goes on
    with its site, and a new one starts with the profile that --site names (Hải Dương unless told otherwise).
    Stop with Ctrl-C and run again to go on: nothing that was stored is asked for twice.

    \b
    thidua crawl https://thiduakhenthuong.example.gov.vn/ --archive data
    thidua crawl
    thidua crawl --recheck 200 --log-json --notify-command 'mail -s thidua archivist'
    """  # noqa: D301 - click needs the character that \b stands for
    voice = Voice(log, log_json, as_json)
    largest = warc_size * 1_000_000 if warc_size else warc.LARGEST
    plan = Plan(urls, site, max_pages or 0, recheck=recheck, warc_size=largest, accept=accept)
    settings = overrides(delay, concurrency, contact, timeout=timeout, trust=trust) | voice.settings
    try:
        ending = _crawled(folder, plan, settings, voice)
    except exits.Failure as error:
        ending = Ending(error.status, error.format_message(), Counts(outcome="failed"), site)
    except Exception as error:  # raised again; but nobody may be there to see the traceback of a fault of ours
        fault = f"fault of this program: {type(error).__name__}: {error}"
        _tell(notify_command, Ending(exits.FAILED, fault, Counts(outcome="failed"), site), folder, voice)
        raise
    if ending.complaint:
        voice.complain(ending.complaint, logs.COMPLAINT)
    _tell(notify_command, ending, folder, voice)
    return ending.status


def _tell(notify_command: str | None, ending: Ending, folder: Path, voice: Voice) -> None:
    """Tell the one who wants to know of an ending that needs a person."""
    if notify_command and needed(ending) and (trouble := notify(notify_command, ending, folder)):
        voice.complain(trouble, logs.NOTIFY_FAILED)


def _crawled(folder: Path, plan: Plan, settings: dict[str, Any], voice: Voice) -> Ending:
    """Crawl, print what was done, and let go of the archive; return how it ended."""
    voice.begin()
    with exits.told(), _opened(folder, plan) as session:
        counts = run(session, settings, live=not voice.as_json and not voice.on_stderr)
        if voice.as_json:
            print_json(counts.as_json())
        else:
            print_summary(session, counts)
        return Ending(status(counts), complaint(counts), counts, session.site)


def _opened(folder: Path, plan: Plan) -> Session:
    """Open the session, its errors told with their exit status."""
    try:
        return Session.open(folder, plan)
    except HeldError as error:
        raise exits.Failure(str(error), exits.HELD) from error
    except (SessionError, SiteError) as error:
        raise exits.Failure(str(error), exits.WRONG_USE) from error


def overrides(
    delay: float | None = None,
    concurrency: int | None = None,
    contact: str | None = None,
    *,
    timeout: float | None = None,
    trust: tuple[Path, ...] = (),
) -> dict[str, Any]:
    """Return Scrapy settings for the options given. A delay of 0 is for one's own server: it turns AutoThrottle off."""
    settings: dict[str, Any] = {}
    if contact:
        settings["USER_AGENT"] = defaults.USER_AGENT.replace(defaults.CONTACT, contact)
    if delay is not None:
        settings |= {"DOWNLOAD_DELAY": delay, "AUTOTHROTTLE_START_DELAY": delay, "AUTOTHROTTLE_ENABLED": delay > 0}
    if concurrency is not None:
        settings |= {"CONCURRENT_REQUESTS": concurrency, "CONCURRENT_REQUESTS_PER_DOMAIN": concurrency}
    if timeout is not None:
        settings["DOWNLOAD_TIMEOUT"] = timeout
    if trust:
        settings["THIDUA_TRUST"] = [str(file) for file in trust]
    return settings


def run(session: Session, settings: dict[str, Any], *, live: bool) -> Counts:
    """Crawl until nothing is due, or until stopped; return what was done. `live` shows progress on a terminal."""
    counts = _crawl(session, settings, live=live)
    logs.run_end(session.run_id, session.site, session.archive.folder, counts.as_json())
    return counts


def _crawl(session: Session, settings: dict[str, Any], *, live: bool) -> Counts:
    """Let Scrapy crawl; return what was done."""
    project = Settings()
    project.setmodule("crawler.settings", priority="project")
    project.update(settings, priority="cmdline")
    process = AsyncCrawlerProcess(project)
    # Records that nobody reads cost time: they are not made. Scrapy sets the root's level anew when the crawl begins.
    logging.getLogger("scrapy").setLevel(logs.LEVEL if project.getbool("LOG_ENABLED") else logging.CRITICAL + 1)
    crawler = process.create_crawler(ThiduaSpider)
    progress = Progress(crawler, session)
    crawler.signals.connect(progress.stored, signal=signals.item_scraped)
    with progress.shown(live=live), _signals_kept():
        process.crawl(crawler, session=session)
        process.start()
    if session.counts is None:  # the spider was never opened, or Ctrl-C was pressed twice
        session.finish("shutdown", crawler.stats.get_stats())
    assert session.counts is not None  # noqa: S101 - finish has set it
    return session.counts


@contextmanager
def _signals_kept() -> Iterator[None]:
    """Put back what Ctrl-C and SIGTERM do: Scrapy's handlers stay, and would swallow them while someone is told."""
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def status(counts: Counts) -> int:
    """Return the exit status for how a run ended; an outcome that is not known here is one that a person must see."""
    known = {"done": exits.DONE, "limited": exits.DONE, "failed": exits.FAILED, "interrupted": exits.INTERRUPTED}
    return known.get(counts.outcome, exits.UNWELL)
