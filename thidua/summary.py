"""What a person reads when a crawl has ended."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from thidua.options import naming, plural
from thidua.status import by_category, category_table, told_health

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crawler.counts import Counts
    from crawler.session import Session

# What to do about a start page that led nowhere, by the reason's first words.
_ADVICE = {
    "no such host": "check the address",
    "connection refused": "nothing answers there: check address and port, or try later",
    "timed out": "the server does not answer: try later",
    "certificate not valid yet": "check this machine's clock; to take the certificate as it is: --trust FILE",
    "certificate expired": "try later; to take the site's certificate as it is, save it and name it: --trust FILE",
    "certificate for another name": "check the address; to take the certificate as it is, save it: --trust FILE",
    "certificate chain": "save the certificate that the site forgets to send, its issuer's, and name it: --trust FILE",
    "certificate": "where you know better, save the certificate of the site or its issuer and name it: --trust FILE",
    "TLS failed": "check scheme and port, or try later",
    "private address": "the name leads into a private network; to crawl there, start from that address",
    "robots.txt unreachable": "what the site forbids cannot be known without it: try later",
    "robots.txt": "the site asks not to be crawled there",
    "no route to the host": "check your network, or try later",
    "connection reset": "the server hangs up: try later",
    "closed without an answer": "the server hangs up: check scheme and port, or try later",
    "not HTTP": "something else than a web server answers there: check the port",
    "endless header": "the server is out of order: try later",
    "invalid chunks": "the server is out of order: try later",
    "wrong Content-Length": "the server is out of order: try later",
    "not HTML": "give a page of the site instead",
    "redirect off the site": "start from where it leads",
    "cookie challenge": "the site wants a browser: try later",
    "redirect": "start from where it leads; where that is a circle, try later",
    "HTTP 404": "check the address, or start from the front page",
    "HTTP 410": "check the address, or start from the front page",
    "HTTP 401": "the site wants a login",
    "HTTP": "the site does not give the page: try later",
    "connection failed": "check scheme and port, or try later",
    "truncated": "the server breaks off: try later",
    "empty page": "try later, or start from another page",
    "too large": "start from another page",
    "neither an article nor a list": "start from a page that lists articles, or from an article",
    "says it does not exist": "check the address, or start from the front page",
    "says to come back later": "the site is closed for now: try later",
    "unreadable charset": "start from another page, and tell us of this one",
}
_REBUILT = "if the site has been rebuilt, look at it and run once with --accept"
_OUTCOMES = {
    "done": "Done",
    "limited": "Stopped at --max-pages",
    "interrupted": "Stopped",
    "unwell": "Ended, but the site looks unwell",
    "failed": "Failed",
}


def complaint(counts: Counts) -> str:
    """Return one line for stderr about a run that did not go well, or an empty string."""
    if counts.stopped:
        return counts.stopped
    if counts.faults:
        return f"{counts.faults} pages were lost to a fault of this program; run again with --log FILE to see which"
    if counts.outcome not in {"failed", "unwell"}:
        return ""
    if counts.start_problems:
        return "; ".join(f"{url}: {advised(reason)}" for url, reason in counts.start_problems.items())
    if counts.outcome == "unwell" and counts.fetched > counts.failed:
        return "; ".join(counts.unwell) + (f" ({_kept_out(counts)}; {_REBUILT})" if _kept_out(counts) else "")
    often = _most(counts.refused)[:3]
    reasons = ", ".join(f"{reason} {number:,}" for reason, number in often)
    advice = advised(often[0][0]).removeprefix(often[0][0]) if often else ""
    return f"{'; '.join(counts.unwell) or 'no page answered'}{f' ({reasons})' if reasons else ''}{advice}"


def advised(reason: str) -> str:
    """Return a reason with what to do about it."""
    advice = next((advice for words, advice in _ADVICE.items() if reason.startswith(words)), "")
    return f"{reason}; {advice}" if advice else reason


def print_summary(session: Session, counts: Counts) -> None:
    """Print what the run did, what the archive holds now, and how to go on."""
    console = Console(highlight=False)

    def say(line: str, style: str = "") -> None:
        console.print(Text(line, style=style), soft_wrap=True)

    say(f"{_OUTCOMES[counts.outcome]}: {session.site}, {told_time(counts.seconds)}", "bold")
    for line in told_health(counts.as_json()):
        say(f"  {line}", "yellow" if line.startswith("unwell") else "")
    say(f"  {_news(counts)}{_changes(counts)}")
    if counts.fetched:
        say(f"  {plural(counts.fetched, 'page')} in {plural(counts.requests, 'request')}{_speed(counts)}")
    if counts.fetched and counts.refused:
        say("  not stored as articles: " + ", ".join(f"{reason} ({n:,})" for reason, n in _most(counts.refused)))
    for reason in sorted(counts.refused):
        if reason.startswith("certificate"):
            say(f"  {advised(reason)}", "yellow")
    for note, pages in _most(counts.noted):
        say(f"  on {plural(pages, 'page')}: {note}", "yellow")
    if counts.articles_new:
        console.print(Padding(category_table(by_category(session.archive)), (1, 0, 1, 2)))
    for line in _next(session, counts):
        say(f"  {line}")


def _news(counts: Counts) -> str:
    """Return how many articles are new, and where there are none, whether the lists were there to name any."""
    silent = counts.lists.get("silent", 0)
    lost = f"; {plural(silent, 'list')} that named articles before {'names' if silent == 1 else 'name'} none"
    return f"{_told_news(counts)}{lost if silent else ''}"


def _told_news(counts: Counts) -> str:
    """Return the same of the lists that do name some."""
    if counts.articles_new or not counts.lists.get("naming"):
        return plural(counts.articles_new, "new article")
    naming, named, missing = (counts.lists[name] for name in ("naming", "named", "missing"))
    lists = f"{plural(naming, 'list')} {'names' if naming == 1 else 'name'} {plural(named, 'article')}"
    known = f"{missing:,} of them not to be had" if missing else "all known"
    return f"No new articles: {lists}, {known}{'; nothing has changed' if counts.unmodified == counts.fetched else ''}"


def _kept_out(counts: Counts) -> str:
    """Return what was not believed."""
    parts = [(counts.doubted, "not believed"), (counts.held, "new held back")]
    return ", ".join(f"{number:,} {words}" for number, words in parts if number)


def _next(session: Session, counts: Counts) -> Iterator[str]:
    """Yield what a person may want to type next."""
    left, where = session.frontier.left(), naming(session.archive.folder)
    if left or counts.outcome == "interrupted":
        yield f"{plural(left, 'page')} left; to go on: thidua crawl{where}"
    elif counts.articles_new:
        yield f'now try: thidua search "thi dua"{where}'


def told_time(seconds: float) -> str:
    """Return a length of time as people say it: `4.2 s`, `3 min 20 s`, `2 h 5 min`."""
    if seconds < 60:  # noqa: PLR2004 - a minute
        return f"{seconds:.1f} s"
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes} min" if hours else f"{minutes} min {rest} s"


def _changes(counts: Counts) -> str:
    """Return what happened to articles that the archive had already."""
    parts = [
        (counts.articles_changed, "changed"),
        (counts.articles_gone, "gone from the site, kept here"),
        (counts.articles_back, "back"),
        (counts.doubted, "that read as another text, not believed"),
        (counts.held, "held back"),
        (counts.failed, "failed, to be asked for again"),
    ]
    return "".join(f", {number:,} {words}" for number, words in parts if number)


def _speed(counts: Counts) -> str:
    return f", {counts.fetched / counts.seconds:.1f} a second" if counts.seconds else ""


def _most(reasons: dict[str, int]) -> list[tuple[str, int]]:
    """Return the reasons by how often they were met."""
    return sorted(reasons.items(), key=lambda entry: (-entry[1], entry[0]))
