"""Options that several verbs share, and the types of their values."""

from __future__ import annotations

import json
import math
import shlex
import ssl
import sys
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from textwrap import indent
from typing import Any, NoReturn, TypeVar

import click
from click.core import ParameterSource

from archive.times import days

Command = TypeVar("Command", bound=Callable[..., Any])


_EMPTY = "it is empty; if a variable of the shell stands there, that is not set"


class PathName(click.Path):
    """The path of a file or folder. An empty one is refused: it would be the folder that the command is run in."""

    def __init__(self, *, dir_okay: bool = True) -> None:
        super().__init__(dir_okay=dir_okay, path_type=Path)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the path; one line says what is wrong with it."""
        if value == "":
            self.fail(_EMPTY, param, ctx)
        return super().convert(value, param, ctx)


def filled(ctx: click.Context, param: click.Parameter, value: str | None) -> str | None:
    """Return what an option names; to name nothing is refused, where it would be as if the option were not there."""
    if value == "" and ctx.get_parameter_source(param.name or "") is ParameterSource.COMMANDLINE:
        raise click.BadParameter(_EMPTY, ctx, param)
    return value


def _archive_option(told: str) -> Callable[[Command], Command]:
    """Return the option that names the archive."""
    return click.option(
        "--archive",
        "folder",
        type=PathName(),
        default=Path("data"),
        show_default=True,
        metavar="DIR",
        help=told,
    )


archive_option = _archive_option("The archive's folder.")
reading_option = _archive_option("The archive's folder, or a file made by `thidua export sqlite`.")
site_option = click.option(
    "--site",
    default="",
    callback=filled,
    metavar="KEY-or-FILE",
    help="A site's profile by its key, or in a FILE.toml (docs/profiles.md); the host of a site already archived.",
)
force_option = click.option("--force", is_flag=True, help="Replace what is there.")
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON, for a program to read.")


def choice_options(command: Command) -> Command:
    """Add the options that choose among what a query finds: those of `archive.selection.Selection` but the query."""
    for option in (
        click.option("--exact", is_flag=True, help="Accents count in every word, also in those typed without any."),
        click.option("--category", default="", help="Only of this category; accents and case do not matter."),
        click.option("--to", "date_to", type=Day(last=True), metavar="DATE", help="Published on that day or earlier."),
        click.option(
            "--from",
            "date_from",
            type=Day(),
            metavar="DATE",
            help="Published on that day or later; leaves out undated articles, as --to does.",
        ),
    ):
        command = option(command)
    return command


def selection_options(command: Command) -> Command:
    """Add the options that choose articles: those of `archive.selection.Selection`."""
    query = click.option("--query", default="", help="Only articles with these words, as for `thidua search`.")
    return query(choice_options(command))


def typed(query: tuple[str, ...]) -> str:
    """Return the words of a query as one text.

    A word to leave out begins with a dash, so verbs that take a query let click pass on what looks like an option.

    Raises:
        click.NoSuchOption: one of the words begins with two, and was meant as an option.
    """
    if unknown := [word for word in query if word.startswith("--")]:
        raise click.NoSuchOption(unknown[0])
    return " ".join(query)


class Day(click.ParamType[date]):
    """A day, month or year: `2020-06-12`, `12/06/2020`, `2020-06`, `2020`. `last` takes the last day of a period."""

    name = "date"

    def __init__(self, *, last: bool = False) -> None:
        self._last = last

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Return the day; one line says what to type where it is none."""
        if isinstance(value, date):
            return value
        period = days(str(value))
        if period is None:
            self.fail(f"{value!r} is not a date: write 2020-06-12, 12/06/2020, 2020-06 or 2020", param, ctx)
        return period[1] if self._last else period[0]


class Seconds(click.FloatRange):
    """A number of seconds, at most a day: `nan` and `inf` are numbers too, and no time to wait."""

    name = "seconds"

    def __init__(self, *, min_open: bool = False) -> None:
        super().__init__(min=0, max=86_400, min_open=min_open)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """Return the number; one line says what is wrong with it."""
        number = float(super().convert(value, param, ctx))
        if math.isnan(number):  # is outside no range
            self.fail(f"{value!r} is not a number of seconds", param, ctx)
        return number


class Certificates(click.ParamType[Path]):
    """A file that holds at least one certificate in PEM form; read at once, so that no crawl begins without it."""

    name = "file"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        """Return the file's absolute path; one line says what is wrong with it."""
        if value == "":
            self.fail(_EMPTY, param, ctx)
        file = Path(value).absolute()
        try:
            file.open("rb").close()  # ssl's own words for a file that is not there name no reason
            trusted = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
            trusted.load_verify_locations(file)
        except ssl.SSLError:  # an OSError too, so it comes first
            self._refuse(file, param, ctx)
        except OSError as error:
            self.fail(f"{value}: {error.strerror or error}", param, ctx)
        if not trusted.cert_store_stats()["x509"]:  # a list of revoked ones loads too
            self._refuse(file, param, ctx)
        return file

    def _refuse(self, file: Path, param: click.Parameter | None, ctx: click.Context | None) -> NoReturn:
        self.fail(f"{file} holds no certificate in PEM form (-----BEGIN CERTIFICATE-----)", param, ctx)


def day(iso: str | None) -> str:
    """Return an ISO date as people here write it, `12/06/2020`, or `undated`."""
    return "/".join(reversed(iso.split("-"))) if iso else "undated"


def moment(stamp: str) -> str:
    """Return a UTC timestamp of the archive as people here write it: `12/06/2020 08:15 UTC`."""
    return f"{day(stamp[:10])} {stamp[11:16]} UTC"


def naming(folder: Path) -> str:
    """Return what a command that is told needs at its end, to be of the archive in this folder and not in `data`."""
    return "" if folder == Path("data") else f" --archive {shlex.quote(str(folder))}"


def plural(number: int, noun: str) -> str:
    """Return a number with its English noun."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def print_json(value: Any) -> None:
    """Print a value as JSON with Vietnamese as it is, or escaped where stdout cannot show it; dates in ISO form."""
    click.echo(_json(value))


def print_json_list(values: Iterable[Any]) -> None:
    """Print the same of a list, one value after the other as they come."""
    before = "["
    for value in values:
        click.echo(f"{before}\n{indent(_json(value), '  ')}", nl=False)
        before = ","
    click.echo("[]" if before == "[" else "\n]")


def _json(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False, indent=2, default=_plain)
    try:
        text.encode(sys.stdout.encoding if sys.stdout else "utf-8")
    except UnicodeEncodeError:
        return json.dumps(value, indent=2, default=_plain)
    return text


def _plain(value: object) -> object:
    """Return what JSON has no word for, as text."""
    if isinstance(value, date):  # a datetime is one too
        return value.isoformat()
    raise TypeError(f"cannot be written as JSON: {value!r}")
