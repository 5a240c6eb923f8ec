"""`--notify-command`: tells someone, by a command of theirs, that a crawl needs a person.

Why not spidermon 1.27, which has such messages ready: it loads and runs with Scrapy 2.19, but speaks when a spider has
closed, so not of a crawl that could not begin; its mails show their own MIME source, sent by a module that Scrapy has
deprecated; its Telegram messages end at the first `&` of a URL; it blocks the reactor; it brings 36 packages.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, Any

from pipelines.shield import shielded
from thidua import exits

if TYPE_CHECKING:
    from pathlib import Path

    from crawler.counts import Counts

SECONDS = 60.0  # that the command may take
_NEEDS_A_PERSON = frozenset({exits.FAILED, exits.WRONG_USE, exits.UNWELL})
_TOLD = 300  # characters of the command's own words


@dataclass(frozen=True, slots=True)
class Ending:
    """How `thidua crawl` ended. `complaint` is the line for stderr; `site` is empty where it was not known yet."""

    status: int
    complaint: str
    counts: Counts
    site: str = ""


def needed(ending: Ending) -> bool:
    """Tell whether a person has to look: not after a good run, Ctrl-C, or another crawl of the same archive."""
    return ending.status in _NEEDS_A_PERSON


def notify(command: str, ending: Ending, archive: Path, *, seconds: float = SECONDS) -> str:
    """Run the shell command line with the run's JSON on stdin; return what went wrong with it, or an empty string.

    The environment holds THIDUA_OUTCOME, THIDUA_STATUS, THIDUA_ARCHIVE, THIDUA_SITE and THIDUA_COMPLAINT. After
    `seconds` the command and what it started are killed. What it prints is shown only where it fails.
    """
    notice = _notice(ending, archive)
    words = {
        f"THIDUA_{name.upper()}": str(notice[name]) for name in ("outcome", "status", "archive", "site", "complaint")
    }
    with _output() as output:
        started: list[subprocess.Popen[bytes]] = []
        try:
            with shielded():  # or Ctrl-C could come when it runs and we do not know yet that it does
                started.append(
                    subprocess.Popen(  # noqa: S603 - running the user's own command line is what the option is for
                        ["/bin/sh", "-c", command],
                        stdin=subprocess.PIPE,
                        stdout=output,
                        stderr=output,
                        env={**os.environ, **words},
                        start_new_session=True,  # a group of its own, which can be killed as a whole
                    )
                )
            return _watched(started[0], json.dumps(notice, ensure_ascii=False).encode() + b"\n", output, seconds)
        except OSError as error:
            return f"--notify-command cannot be started: {error.strerror}"
        finally:  # after Ctrl-C too
            for process in started:
                _end(process)


def _watched(process: subprocess.Popen[bytes], notice: bytes, output: IO[bytes], seconds: float) -> str:
    """Wait for the command; return what went wrong with it, or an empty string."""
    try:
        process.communicate(notice, seconds)
    except subprocess.TimeoutExpired:
        return f"--notify-command was killed: it had not ended after {seconds:g} s"
    if process.returncode == 0:
        return ""
    how = f"exit status {process.returncode}" if process.returncode > 0 else f"signal {-process.returncode}"
    said = _last_words(output)
    return f"--notify-command failed with {how}{f': {said}' if said else ''}"


def _end(process: subprocess.Popen[bytes]) -> None:
    """Kill the command, and all that it started, if it still runs."""
    if process.returncode is None:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _notice(ending: Ending, archive: Path) -> dict[str, Any]:
    """Return the JSON: that of `crawl --json`, and what a reader elsewhere needs to know besides."""
    return ending.counts.as_json() | {
        "status": ending.status,
        "archive": _clean(str(archive.absolute())),
        "site": _clean(ending.site),
        "complaint": _clean(ending.complaint),
    }


def _clean(text: str) -> str:
    """Return one line that any mail program, terminal and environment can bear: a site has a say in these words."""
    plain = "".join(character if character.isprintable() else " " for character in text)
    return " ".join(plain.split())


def _output() -> IO[bytes]:
    """Return where the command's words go: a file, as a pipe would be held open by what it leaves in the background."""
    try:
        return tempfile.TemporaryFile()
    except OSError:  # no room: the very thing that may have to be told
        return open(os.devnull, "w+b")  # noqa: PTH123 - a device, not a path of ours


def _last_words(output: IO[bytes]) -> str:
    """Return the last line that the command printed: programs end with what went wrong."""
    size = output.seek(0, os.SEEK_END)
    output.seek(max(0, size - 4 * _TOLD))
    lines = output.read().decode("utf-8", "replace").strip().splitlines()
    return _clean(lines[-1])[:_TOLD] if lines else ""
