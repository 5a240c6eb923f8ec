"""Where a crawl's words go: the log, stdout and stderr."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import click

from crawler import log as logs
from thidua import exits

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(slots=True)
class Voice:
    """What --log, --log-json and --json ask for. With `log_json` and no file, stderr holds nothing but JSON."""

    file: Path | None
    log_json: bool
    as_json: bool
    begun: bool = False  # the log takes records

    @property
    def logs(self) -> bool:
        """Whether there is a log."""
        return self.file is not None or self.log_json

    @property
    def on_stderr(self) -> bool:
        """Whether the log has stderr for itself."""
        return self.log_json and self.file is None

    @property
    def settings(self) -> dict[str, Any]:
        """What Scrapy has to know: the log is ours; where there is none, its handler drops everything."""
        return {"LOG_INSTALL_ROOT_HANDLER": False} if self.logs else {"LOG_ENABLED": False}

    def begin(self) -> None:
        """Begin the log.

        Raises:
            Failure: it cannot be written; said before anything else is done.
        """
        try:
            if self.logs:
                logs.begin(logs.handler(self.file, as_json=self.log_json))
                self.begun = True
        except OSError as error:
            told = f"--log {self.file}: {error.strerror}; name a file that can be written"
            raise exits.Failure(told, exits.WRONG_USE) from error

    def complain(self, line: str, event: str) -> None:
        """Say a line on stderr, in the form that stderr has, and in the log."""
        line = " ".join(line.split())
        if self.begun:
            logs.logger.error("%s", line, extra={"event": event})
        if not self.on_stderr:
            click.echo(f"thidua: {line}", err=True)
