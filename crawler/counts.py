"""What a run did, in numbers: read off Scrapy's statistics, where spider and pipelines count."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, replace
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from archive import health
from archive.complaints import RATES, complaints
from crawler.message import WITH_PAGE
from crawler.records import Kind
from crawler.visit import State

if TYPE_CHECKING:
    from collections.abc import Mapping

    from crawler.visit import Visit

STOPPED = "thidua/stopped"
FAULTS = "thidua/faults"
STATE = "thidua/state/"  # and what is thought of a page: how many pages
NOTED = "thidua/noted/"
REFUSED = "thidua/refused/"
RETRIED = "thidua/retried/"  # the same, of what was asked for once more
LEFT_ALONE = "thidua/left alone"  # why nothing more was asked for
CLEANED = "thidua/cleaned/"
START = "thidua/start/"  # and a start URL: why it led nowhere
FILL = "thidua/fill/"  # and a name of `archive.complaints.RATES`: of how many pages (`/of`), how many had it
SILENT = "thidua/silent/"  # and the URL of a listing that named nothing
SHUTDOWN = "shutdown"  # Scrapy's word for Ctrl-C and SIGTERM


@dataclass(frozen=True, slots=True)
class Counts:
    """The numbers of one run. `seconds` is wall-clock time; `refused` counts each reason something was not stored for.

    `outcome` is `done`, `limited` (--max-pages reached), `interrupted`, `unwell` or `failed`.
    """

    requests: int = 0  # sent, with robots.txt and retries
    fetched: int = 0  # pages that answered
    articles_new: int = 0
    articles_changed: int = 0
    articles_gone: int = 0
    failed: int = 0  # pages that did not answer, or answered with an error
    seconds: float = 0.0
    outcome: str = "done"
    articles_back: int = 0
    articles_unchanged: int = 0
    doubted: int = 0  # articles that read as another text, which is not believed yet
    held: int = 0  # new texts held back, as the site was not itself
    readable: int = 0  # pages on which an article or a list of articles was read
    unmodified: int = 0  # pages of which the site said that they are as they were (304)
    faults: int = 0  # pages lost to a fault of this program
    recovered: int = 0  # answers that an earlier run had kept and, being killed, not stored
    stopped: str = ""  # the archive's words when it could not be written
    left_alone: str = ""  # why the site was asked for nothing more
    refused: dict[str, int] = field(default_factory=dict)
    retried: dict[str, int] = field(default_factory=dict)  # reasons for asking once more, whatever came of it
    cleaned: dict[str, int] = field(default_factory=dict)  # what was taken off pages
    noted: dict[str, int] = field(default_factory=dict)  # what the readers want a person to know → on how many pages
    start_problems: dict[str, str] = field(default_factory=dict)  # start URL → what was wrong with it
    fill: dict[str, tuple[int, int]] = field(
        default_factory=dict
    )  # `archive.complaints.RATES`: how many pages have it, of how many
    lists: dict[str, int] = field(default_factory=dict)  # read: naming any, articles named, of these missing; silent
    unwell: tuple[str, ...] = ()  # why the site looks unwell, worst first

    @classmethod
    def of(
        cls,
        stats: Mapping[str, Any],
        reason: str,
        seconds: float,
        *,
        limited: bool = False,
        seen: health.Seen | None = None,
    ) -> Counts:
        """Return the counts that Scrapy's statistics hold; `reason` is its word for how the spider was closed.

        `limited` says that --max-pages held back pages that are due; `seen` is what the archive has seen of the run.
        """
        seen = seen or health.Seen()

        def number(key: str) -> int:
            return int(stats.get(key, 0))

        counts = cls(
            requests=number("downloader/request_count"),
            fetched=number("thidua/answered"),
            articles_new=number("thidua/saved/new")
            + number("thidua/saved/held")
            - max(seen.held, number("thidua/saved/held")),
            articles_changed=number("thidua/saved/changed"),
            articles_gone=number("thidua/saved/gone"),
            articles_back=number("thidua/saved/back"),
            articles_unchanged=number("thidua/saved/unchanged"),
            doubted=number("thidua/saved/doubted"),
            held=seen.held,
            failed=number(f"{STATE}{State.FAILED}") + number(f"{STATE}{State.BLOCKED}"),
            seconds=round(seconds, 2),
            readable=number("thidua/readable"),
            unmodified=number("thidua/unmodified"),
            faults=number(FAULTS),
            recovered=number("thidua/recovered"),
            stopped=str(stats.get(STOPPED, "")),
            left_alone=str(stats.get(LEFT_ALONE, "")),
            refused=_under(stats, REFUSED),
            retried=_under(stats, RETRIED),
            cleaned={what: number for what, number in _under(stats, CLEANED).items() if number},
            noted=_under(stats, NOTED),
            start_problems=_under(stats, START),
            fill=_fill(stats, seen.failing),
            lists={
                "naming": seen.listings.naming,
                "named": seen.listings.named,
                "missing": seen.listings.missing,
                "silent": len(seen.listings.silent),
            },
        )
        counts = replace(counts, unwell=_unwell(counts, seen))
        # A robots.txt is no page, but a site that answers with an error there is heard of, and unwell.
        heard = number("downloader/response_count") > 0 and "robots.txt unreachable" in counts.refused
        return replace(counts, outcome=_outcome(counts, reason, limited=limited, heard=heard))

    def as_json(self) -> dict[str, Any]:
        """Return the counts as the run's row and `crawl --json` show them."""
        return asdict(self)


def _under(stats: Mapping[str, Any], prefix: str) -> dict[str, Any]:
    """Return the statistics whose keys begin with `prefix`, without it."""
    return {key.removeprefix(prefix): value for key, value in stats.items() if key.startswith(prefix)}


def filled(visit: Visit) -> dict[str, bool]:
    """Return what a page gave where an article was expected, by the names of `archive.complaints.RATES`.

    Empty for other pages, for an article that is gone, and where there was no answer: those are errors, told apart.
    """
    page, status = visit.reading.page, visit.reading.capture.status
    if visit.asked.kind != Kind.ARTICLE or visit.again or visit.state is State.GONE:
        return {}
    if not visit.answered or status >= HTTPStatus.BAD_REQUEST or visit.reason == "redirect to itself":
        return {}
    if status == HTTPStatus.NOT_MODIFIED or page is None or page.kind not in _TOLD:
        return {"article": status == HTTPStatus.NOT_MODIFIED}
    title, body = bool(page.title), bool(page.body.strip())
    is_article = page.kind is Kind.ARTICLE
    return {
        "article": is_article and title and body,
        "title": is_article and title,
        "body": is_article and body,
        # Not one that the text's opening names: it stays when a new layout hides all others.
        "date": bool(page.published or any(item.published for item in page.items)),
        "own_date": page.published is not None,
        "lists": bool(page.items),
    }


def is_silent(visit: Visit) -> bool:
    """Tell whether a page that was expected to list articles lists none."""
    page = visit.reading.page
    capture = visit.reading.capture
    if visit.asked.kind not in _LISTS or visit.again or capture.status not in WITH_PAGE or capture.location:
        return False
    return page is None or page.kind not in {Kind.HOME, Kind.LISTING} or not page.items


def silent(stats: Mapping[str, Any]) -> frozenset[str]:
    """Return the URLs of the listings that named nothing."""
    return frozenset(_under(stats, SILENT))


_LISTS = frozenset({"home", "section", "listing"})
_TOLD = frozenset({Kind.ARTICLE, Kind.OTHER, Kind.LISTING, Kind.HOME})  # not what says that there is nothing to read


def _fill(stats: Mapping[str, Any], failing: int) -> dict[str, tuple[int, int]]:
    """Return the rates of a run. `failing` pages have failed before while the site was well: they say nothing of it."""
    states = _under(stats, STATE)
    barred = int(stats.get(f"{REFUSED}robots.txt", 0))
    failed = sum(int(states.get(state, 0)) for state in (State.FAILED, State.BLOCKED))
    asked = sum(int(number) for number in states.values()) - max(barred, failing)
    rates = {"answer": (asked - max(0, failed - max(barred, failing)), asked)} if asked > 0 else {}
    for name in RATES:
        if of := int(stats.get(f"{FILL}{name}/of", 0)):
            rates[name] = (int(stats.get(FILL + name, 0)), of)
    return rates


def _outcome(counts: Counts, reason: str, *, limited: bool, heard: bool) -> str:
    """Return the word for how the run went; the worst that applies. `heard`: the site did answer, with an error."""
    if counts.stopped or reason == "archive":
        return "failed"
    if reason == SHUTDOWN:
        return "interrupted"
    if counts.faults or (counts.failed and not counts.fetched and not heard):
        return "failed"
    if counts.unwell or (counts.failed and not counts.fetched):
        return "unwell"
    if reason != "finished":
        return "failed"
    return "limited" if limited else "done"


def _unwell(counts: Counts, seen: health.Seen) -> tuple[str, ...]:
    """Return why the site looks unwell: it is to be left alone, nothing is to be read on it, it is not as it was."""
    found = [f"the site was left alone: {counts.left_alone}"] if counts.left_alone else []
    if counts.fetched + counts.refused.get("robots.txt", 0) and not counts.readable:
        found.append("nothing readable was found")
    answers, asked = counts.fill.get("answer", (0, 0))
    if asked - answers > 1 and 2 * (asked - answers) > asked:
        found.append("most pages failed")
    again = counts.articles_changed + counts.articles_unchanged
    changed = (counts.articles_changed, again)
    return (*found, *complaints(seen, counts.fill, changed=changed))
