"""`thidua import`: bring in what others have captured."""

from __future__ import annotations

import time
from contextlib import contextmanager
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import click

from crawler import sites
from crawler.lock import HeldError
from crawler.pages import urls
from crawler.sites import SiteError
from pipelines.contents import hosts_of, identify, look_through
from pipelines.finding import NothingError, expanded
from pipelines.importing import bring_in
from pipelines.intake import Intake
from pipelines.settling import settle
from thidua import exits
from thidua.bar import bar
from thidua.imported import Outcome, show
from thidua.options import PathName, archive_option, filled, json_option, print_json

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from crawler.sites import Profile
    from pipelines.finding import Found


@click.command("import", short_help="Bring in WARC files, WACZ files and mirrors.")
@click.argument("paths", nargs=-1, metavar="PATH...", type=PathName())
@click.option("--copy", is_flag=True, help="Copy the captures into the archive; else they are read where they lie.")
@click.option("--site", default="", callback=filled, metavar="SITE", help="Only this site: profile, file or host.")
@click.option(
    "--url", default="", callback=filled, metavar="URL", help="The address of a mirror's folder (`wget -nH`)."
)
@archive_option
@json_option
def command(  # noqa: PLR0913 - click passes every option by name
    paths: tuple[Path, ...], *, copy: bool, site: str, url: str, folder: Path, as_json: bool
) -> int:
    """Bring in what others have captured: WARC and WACZ files, folders of these, mirrors made by wget or HTTrack.

    Every capture takes its place by the time at which it was made, whatever was there before: an older one never
    overwrites a newer text. The files stay where they are and are read there again when it is needed; with --copy, and
    for mirrors, the captures are copied. Stopped, it goes on when it is run again. To import a file twice changes
    nothing.

    \b
    thidua import sotttt-hanoi-2022.warc.gz
    thidua import --copy /media/usb/warcs capture.wacz mirror/
    thidua import mirror/ --url https://example.gov.vn/
    """  # noqa: D301 - click needs the character that \b stands for
    begun = time.monotonic()
    told: list[str] = []  # what is wrong with the paths, while the rest is brought in
    with exits.told(), _opened(folder, site, _placed(paths, url), told) as (intake, profile, found):
        outcome = _import(intake, Outcome(found, told=told), profile, copy=copy, shown=not as_json)
        outcome.seconds = time.monotonic() - begun
        status = exits.FAILED if outcome.damage else exits.DONE
        if outcome.new or intake.pending:
            intake.finish("damaged" if outcome.damage else "done", outcome.as_json())
    if as_json:
        print_json({**outcome.as_json(), "damage": outcome.damage})
    else:
        show(outcome, asked=bool(paths))
    return status


@contextmanager
def _opened(
    folder: Path, site: str, paths: dict[Path, str], told: list[str]
) -> Iterator[tuple[Intake, Profile | None, list[Found]]]:
    """Open the archive, once there is something for it; what is wrong with the call is told with its exit status."""
    try:
        profile = _profile(site, folder)
        if not paths and not (folder / "archive.db").exists():
            raise click.UsageError("Missing argument 'PATH...'.")
        found = expanded(paths, folder, told.append)
        with Intake.open(folder, "import", [profile] if profile else []) as intake:
            if not paths:
                found = expanded(_stopped(intake, told), folder, told.append)
            yield intake, profile, found
    except HeldError as error:
        raise exits.Failure(str(error), exits.HELD) from error
    except KeyboardInterrupt as error:
        raise exits.Failure(
            "stopped; nothing is lost: `thidua import` goes on from there", exits.INTERRUPTED
        ) from error
    except (SiteError, NothingError) as error:
        raise exits.Failure(str(error), exits.WRONG_USE) from error


def _placed(paths: tuple[Path, ...], url: str) -> dict[Path, str]:
    """Return the paths, each with the address that is given for it, if one is."""
    if not url:
        return dict.fromkeys(paths, "")
    if len(paths) != 1 or paths[0].is_file():
        raise click.UsageError(f"--url {url}: is the address of one mirror's folder; WARC files tell their own")
    try:
        address = urls.tidy(urls.spelt(url if "://" in url else f"http://{url}"))
        parts = urlsplit(address)
        sound = parts.scheme in {"http", "https"} and _is_host(parts.hostname or "") and not parts.query
    except ValueError:
        sound = False
    if not sound:
        raise click.UsageError(f"--url {url}: is no address of a folder: write https://example.gov.vn/ or one below it")
    return {paths[0]: f"{address.rstrip('/')}/"}


def _is_host(name: str) -> bool:
    """Tell whether a host can have this name: a space in it has become `%20`."""
    return bool(name) and "%" not in name


def _stopped(intake: Intake, told: list[str]) -> dict[Path, str]:
    """Return what an import was stopped at and is there to be gone on with, each with the address given for it."""
    if not intake.pending:
        raise click.UsageError("Missing argument 'PATH...': no import was stopped that could be gone on with.")
    paths = intake.unfinished_sources()
    told.extend(f"{path}: is not there any more; import it from where it is" for path in paths if not path.exists())
    return {path: url for path, url in paths.items() if path.exists()}


def _profile(site: str, folder: Path) -> Profile | None:
    """Return the profile that is asked for: by its key or file, or made up of the host that is named."""
    if not site:
        return None
    host = "." in site and not site.endswith(".toml") and "/" not in site and site not in sites.keys(folder)
    try:
        if host or "://" in site:
            return sites.for_url(f"http://{site}/" if host else site, folder)
    except ValueError as error:
        raise SiteError(f"{site}: is no address: {error}") from error
    return sites.load(site, folder)


def _import(intake: Intake, outcome: Outcome, profile: Profile | None, *, copy: bool, shown: bool) -> Outcome:
    """Look through what was found, write it into the log, and make the database again."""
    digests: dict[Path, str] = {}
    whole = sum({each.path: each.bytes for each in outcome.found if each.holding}.values())
    with _ticking("Comparing", whole, shown=shown) as tick:
        outcome.keep(lambda each: identify(each, intake.archive, digests, tick))
    with _ticking("Looking through", _bytes(outcome.found), shown=shown) as tick:
        outcome.keep(lambda each: look_through(each, intake.archive, profile, tick))
    hosts = hosts_of(outcome.found, intake.archive)
    with _ticking("Bringing in", _bytes(outcome.found), shown=shown) as tick:
        outcome.keep(lambda each: bring_in(intake, each, hosts, digests, copy=copy, tick=tick))
    if intake.pending:
        with bar("Reading", shown=shown) as progress:
            outcome.settled = settle(intake.archive, progress)
    outcome.files = intake.files
    return outcome


def _bytes(found: Sequence[Found]) -> int:
    """Return how many bytes there are in what was not brought in before."""
    return sum(each.holding.length or each.bytes if each.holding else each.bytes for each in found if not each.is_known)


@contextmanager
def _ticking(what: str, whole: int, *, shown: bool) -> Iterator[Callable[[int], None]]:
    """Give what is to be told how many bytes of the whole were done since the last time, and draw that."""
    done = 0
    with bar(what, shown=shown) as progress:

        def tick(size: int) -> None:
            nonlocal done
            done += size
            progress(done, max(done, whole))

        yield tick
