"""What a run did, in numbers: read off Scrapy's statistics, where spider and pipelines count."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, replace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

STOPPED = "thidua/stopped"
NOTED = "thidua/noted/"
REFUSED = "thidua/refused/"
RETRIED = "thidua/retried/"  # the same, of what was asked for once more
LEFT_ALONE = "thidua/left alone"  # why nothing more was asked for
CLEANED = "thidua/cleaned/"
START = "thidua/start/"  # and a start URL: why it led nowhere
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
    readable: int = 0  # pages on which an article or a list of articles was read
    faults: int = 0  # pages lost to a fault of this program
    recovered: int = 0  # answers that an earlier run had kept and, being killed, not stored
    stopped: str = ""  # the archive's words when it could not be written
    left_alone: str = ""  # why the site was asked for nothing more
    refused: dict[str, int] = field(default_factory=dict)
    retried: dict[str, int] = field(default_factory=dict)  # reasons for asking once more, whatever came of it
    cleaned: dict[str, int] = field(default_factory=dict)  # what was taken off pages
    noted: dict[str, int] = field(default_factory=dict)  # what the readers want a person to know → on how many pages
    start_problems: dict[str, str] = field(default_factory=dict)  # start URL → what was wrong with it

    @classmethod
    def of(cls, stats: Mapping[str, Any], reason: str, seconds: float, *, limited: bool = False) -> Counts:
        """Return the counts that Scrapy's statistics hold; `reason` is its word for how the spider was closed.

        `limited` says that --max-pages held back pages that are due.
        """

        def number(key: str) -> int:
            return int(stats.get(key, 0))

        counts = cls(
            requests=number("downloader/request_count"),
            fetched=number("thidua/answered"),
            articles_new=number("thidua/saved/new"),
            articles_changed=number("thidua/saved/changed"),
            articles_gone=number("thidua/saved/gone"),
            articles_back=number("thidua/saved/back"),
            articles_unchanged=number("thidua/saved/unchanged"),
            failed=number("thidua/state/failed") + number("thidua/state/blocked"),
            seconds=round(seconds, 2),
            readable=number("thidua/readable"),
            faults=number("thidua/faults"),
            recovered=number("thidua/recovered"),
            stopped=str(stats.get(STOPPED, "")),
            left_alone=str(stats.get(LEFT_ALONE, "")),
            refused=_under(stats, REFUSED),
            retried=_under(stats, RETRIED),
            cleaned={what: number for what, number in _under(stats, CLEANED).items() if number},
            noted=_under(stats, NOTED),
            start_problems=_under(stats, START),
        )
        return replace(counts, outcome=_outcome(counts, reason, limited=limited))

    def as_json(self) -> dict[str, Any]:
        """Return the counts as the run's row and `crawl --json` show them."""
        return asdict(self)


def _under(stats: Mapping[str, Any], prefix: str) -> dict[str, Any]:
    """Return the statistics whose keys begin with `prefix`, without it."""
    return {key.removeprefix(prefix): value for key, value in stats.items() if key.startswith(prefix)}


def _outcome(counts: Counts, reason: str, *, limited: bool) -> str:
    """Return the word for how the run went; the worst that applies."""
    if counts.stopped or reason == "archive":
        return "failed"
    if reason == SHUTDOWN:
        return "interrupted"
    if counts.faults or (counts.failed and not counts.fetched):
        return "failed"
    if unwell(counts):
        return "unwell"
    if reason != "finished":
        return "failed"
    return "limited" if limited else "done"


def unwell(counts: Counts) -> str:
    """Return why the site looks unwell, or an empty string: nothing to read on it, or mostly errors."""
    pages = counts.fetched + counts.refused.get("robots.txt", 0)
    if pages and not counts.readable:
        return "nothing readable was found"
    if counts.failed * 2 > counts.fetched and counts.failed > 1:
        return "most pages failed"
    return ""
