"""The door: `thidua VERB`. Finds the verb's file, and turns what goes wrong into one line and an exit status."""

from __future__ import annotations

import importlib
import io
import os
import sys
from importlib.metadata import version
from keyword import iskeyword
from typing import TYPE_CHECKING, NoReturn

import click

from thidua.exits import FAILED, INTERRUPTED, WRONG_USE, Failure

if TYPE_CHECKING:
    from collections.abc import Sequence

VERBS = (
    "crawl",
    "import",
    "wayback",
    "search",
    "kwic",
    "timeline",
    "show",
    "history",
    "status",
    "probe",
    "verify",
    "reparse",
    "export",
    "publish",
    "serve",
)


class Verbs(click.Group):
    """A group that imports a verb when it is used: `thidua search` need not wait for Scrapy to load."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the verbs in the order of use, not of the alphabet."""
        del ctx
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the command of a verb, or None where there is no such verb."""
        del ctx
        if cmd_name not in VERBS:
            return None
        module = f"{cmd_name}_" if iskeyword(cmd_name) else cmd_name
        command = importlib.import_module(f"thidua.{module}").command
        assert isinstance(command, click.Command)  # noqa: S101 - each verb's file defines `command`
        return command


@click.group(cls=Verbs, context_settings={"max_content_width": 100})
@click.version_option(version("thidua"), prog_name="thidua")
def cli() -> None:
    """Keep what Vietnam's provinces publish on emulation and commendation (thi đua – khen thưởng).

    \b
    thidua crawl https://thiduakhenthuong.example.gov.vn/
    thidua search "thi dua"
    """  # noqa: D301 - click needs the character that \b stands for


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the command line, and exit with the status of design §5; 130 after Ctrl-C."""
    if isinstance(sys.stdout, io.TextIOWrapper):  # a question mark where a terminal knows no Vietnamese, not an error
        sys.stdout.reconfigure(errors="replace")
    try:
        status = cli.main(args=arguments, prog_name="thidua", standalone_mode=False)
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message())
        sys.exit(WRONG_USE)
    except click.UsageError as error:
        hint = f" (see: {error.ctx.command_path} --help)" if error.ctx else ""
        fail(f"{error.format_message()}{hint}", WRONG_USE)
    except Failure as error:
        fail(error.format_message(), error.status)
    except click.ClickException as error:
        fail(error.format_message(), error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        fail("stopped", INTERRUPTED)
    except BrokenPipeError:
        # Whoever read us, `head` for one, has enough. Python would complain when it flushes stdout at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(FAILED)
    except OSError as error:  # stdout on a full disk, mostly
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        fail(f"{error.strerror or error}: what was to be printed could not be written", FAILED)
    sys.exit(status or 0)


def fail(message: str, status: int) -> NoReturn:
    """Print one line on stderr and exit."""
    click.echo(f"thidua: {' '.join(message.split())}", err=True)
    sys.exit(status)
