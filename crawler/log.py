"""What a crawl's log says, and its two forms: lines for people, and one JSON object a line for programs.

At INFO, the level that is written, a log tells when a run began and how it ended, each page that failed or is gone, how
far the crawl is once a minute, and faults. Pages that went well are at DEBUG: a line for each would fill the disk.
"""

from __future__ import annotations

import json
import logging
import sys
import time
from datetime import UTC, datetime
from logging.handlers import WatchedFileHandler
from typing import TYPE_CHECKING, Any

from scrapy.logformatter import LogFormatter, LogFormatterResult

from crawler.visit import State, Visit

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from scrapy import Spider
    from scrapy.http import Response
    from twisted.python.failure import Failure

logger = logging.getLogger("thidua")

LEVEL = logging.INFO
# The values of `event`: programs look for them, so they do not change.
RUN_START = "run_start"
RUN_END = "run_end"
COMPLAINT = "complaint"  # the line that is otherwise on stderr: why the exit status is not 0
PAGE_FAILED = "page_failed"
PAGE_BLOCKED = "page_blocked"
PAGE_GONE = "page_gone"
NOTIFY_FAILED = "notify_failed"

# A record's own facts, as fields beside its message: from `extra`, or from the values that fill the message.
_FIELDS = ("event", "run", "site", "archive", "url", "status", "state", "reason", "outcome", "counts")
_OF_STATE = {
    State.FAILED: (logging.WARNING, PAGE_FAILED, "Failed"),
    State.BLOCKED: (logging.WARNING, PAGE_BLOCKED, "Blocked"),
    State.GONE: (logging.INFO, PAGE_GONE, "Gone"),
}
_WELL = (logging.DEBUG, "", "Archived")
# Which settings and classes Scrapy runs with: pages of text at each start that say nothing about the site.
_CHATTER = ("scrapy.addons", "scrapy.crawler", "scrapy.middleware", "scrapy.utils.log", "scrapy.statscollectors")


class QuietFormatter(LogFormatter):
    """Scrapy's formatter, less the items' text, and with a line for each page that went wrong."""

    def scraped(self, item: Any, response: Response | Failure | None, spider: Spider) -> LogFormatterResult:
        """Say what came of a page; only what went wrong is told at INFO and above."""
        del response, spider
        if not isinstance(item, Visit):
            return {"level": logging.DEBUG, "msg": "Stored %(item)r", "args": {"item": item}}
        capture = item.reading.capture
        level, event, word = _OF_STATE.get(item.state, _WELL)
        if item.again:  # it is not over: the next answer may be a good one
            level, event, word = logging.DEBUG, "", "To be asked for again:"
        args = {"url": capture.url, "status": capture.status, "state": str(item.state), "reason": item.reason}
        msg = f"{word} %(url)s: %(reason)s" if item.reason else f"{word} %(url)s"
        return {"level": level, "msg": msg, "args": args | ({"event": event} if event else {})}

    def item_error(
        self, item: Any, exception: BaseException, response: Response | Failure | None, spider: Spider
    ) -> LogFormatterResult:
        """Say which page could not be processed."""
        del exception, response, spider
        url = item.reading.capture.url if isinstance(item, Visit) else item
        return {"level": logging.ERROR, "msg": "Error processing %(url)s", "args": {"url": url}}


class JsonLines(logging.Formatter):
    """Each record as one JSON object on one line: `ts`, `level`, `logger`, `msg`, and what else is known of it.

    `ts` is UTC, ISO 8601 with milliseconds and `Z`. `exception` holds a traceback as one text.
    The standard library's formatter does all but ten lines of this; the packages made for it bring no more.
    """

    def format(self, record: logging.LogRecord) -> str:
        """Return the line, without its end."""
        moment = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        line = {
            "ts": moment.replace("+00:00", "Z"),
            "level": record.levelname,
            "logger": record.name,
            "msg": _message(record),
            **dict(_facts(record)),
        }
        if record.exc_info and record.exc_info[0] is not None:
            line["exception"] = self.formatException(record.exc_info)
        elif record.exc_text:
            line["exception"] = record.exc_text
        return _one_line(json.dumps(line, ensure_ascii=False, default=str))


def _message(record: logging.LogRecord) -> str:
    """Return a record's message; as it was written where its values do not fit it, for a log must not fail."""
    try:
        return record.getMessage()
    except (TypeError, ValueError, KeyError):
        return str(record.msg)


def _facts(record: logging.LogRecord) -> Iterator[tuple[str, Any]]:
    """Yield what is known of the record: the page that Scrapy speaks of, and our own fields."""
    known: dict[str, Any] = dict(record.args) if isinstance(record.args, dict) else {}
    url = getattr(known.get("request"), "url", None)
    if url is not None:
        yield "url", url
    for name in _FIELDS:
        value = record.__dict__.get(name, known.get(name))
        if value is not None and value != "":
            yield name, value


def _one_line(text: str) -> str:
    """Return JSON without the characters that JSON lets stand, but that some programs take for the end of a line."""
    return text.replace("\x85", "\\u0085").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


class _File(WatchedFileHandler):
    """A log file that may be moved away while it is written (logrotate does), on a disk that may be full."""

    _told = False

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - logging's name
        """Say once that the log is incomplete; a crawl does not end for that, and a traceback a record helps nobody."""
        del record
        if not self._told:
            self._told = True
            told = " ".join(str(sys.exc_info()[1]).split())
            sys.stderr.write(f"thidua: --log {self.baseFilename}: {told}; the log is incomplete\n")


def handler(file: Path | None, *, as_json: bool) -> logging.Handler:
    """Return what writes the log: to the file, or to stderr where there is none; always UTF-8.

    Raises:
        OSError: the file cannot be written.
    """
    made: logging.Handler
    if file is not None:
        made = _File(file, encoding="utf-8", errors="backslashreplace")
    else:
        # Not sys.stderr itself: where it is ASCII it would write \xe9, which is not JSON.
        stream = open(2, "w", encoding="utf-8", errors="backslashreplace", buffering=1, closefd=False)  # noqa: SIM115 - open as long as the process is
        made = logging.StreamHandler(stream)
    made.setFormatter(JsonLines() if as_json else _lines())
    made.setLevel(LEVEL)
    return made


def _lines() -> logging.Formatter:
    """Return the form for people, its times in UTC as everywhere in the archive."""
    form = logging.Formatter("%(asctime)sZ [%(name)s] %(levelname)s: %(message)s", "%Y-%m-%dT%H:%M:%S")
    form.converter = time.gmtime
    return form


def begin(writer: logging.Handler) -> None:
    """Send all records of this process to the handler, Scrapy's and Twisted's too (LOG_INSTALL_ROOT_HANDLER is off)."""
    writer.addFilter(_no_chatter)  # not by the loggers' levels: Scrapy resets them
    logging.root.setLevel(LEVEL)
    logging.root.addHandler(writer)


def _no_chatter(record: logging.LogRecord) -> bool:
    """Tell whether a record says something about the site or its archive, or of trouble."""
    return record.levelno >= logging.WARNING or record.name not in _CHATTER


def run_start(run: int, site: str, archive: Path) -> None:
    """Tell that a run has begun."""
    facts = {"run": run, "site": site, "archive": str(archive)}
    logger.info("Run %(run)s of %(site)s begins: archive %(archive)s", facts, extra={"event": RUN_START})


def run_end(run: int, site: str, archive: Path, counts: Mapping[str, Any]) -> None:
    """Tell how a run ended: for people, its outcome and every count that is not 0; for programs, all of them."""
    outcome = str(counts.get("outcome", ""))
    numbers = [f"{name} {value:,}" for name, value in counts.items() if isinstance(value, int | float) and value]
    facts = {"run": run, "site": site, "archive": str(archive), "outcome": outcome}
    facts["told"] = ", ".join([outcome, *numbers])
    extra = {"event": RUN_END, "counts": counts}
    logger.info("Run %(run)s of %(site)s has ended: %(told)s", facts, extra=extra)
