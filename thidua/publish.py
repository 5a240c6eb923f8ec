"""`thidua publish`: write a bundle to share, unless it would be poorer than the one before."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from archive import Archive
from archive.publish import FLOORS, About, Published, publish
from thidua import exits
from thidua.bar import bar
from thidua.options import PathName, archive_option, json_option, plural, print_json

if TYPE_CHECKING:
    from pathlib import Path


class Floor(click.ParamType[tuple[str, float]]):
    """A floor: what must not be missing, and in which share of the articles, such as `date=0.8`."""

    name = "floor"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, float]:
        """Return the name and the share; one line says what to type where it is none."""
        if isinstance(value, tuple):
            return value[0], value[1]
        name, _, share = str(value).partition("=")
        try:
            least = float(share)
        except ValueError:
            least = -1.0
        if name not in FLOORS or not 0 <= least <= 1:
            self.fail(f"{value!r}: write {', '.join(FLOORS)}, =, and a share from 0 to 1, such as date=0.8", param, ctx)
        return name, least


@click.command("publish", short_help="Write a bundle to share: database, CSV, feed, web archive and what it all is.")
@click.argument("out", metavar="OUT", type=PathName())
@archive_option
@click.option("--title", default="", metavar="TEXT", help="What the bundle is called.")
@click.option("--publisher", default="", metavar="TEXT", help="Who publishes it.")
@click.option("--licence", default="", metavar="TEXT", help="Its licence, in a sentence or as a link.")
@click.option(
    "--floor",
    "floors",
    type=Floor(),
    multiple=True,
    metavar="NAME=SHARE",
    help="Least share of articles with a title, body or date.  [default: title=0.99, body=0.95, date=0.5]",
)
@click.option("--accept", is_flag=True, help="Publish all the same where a check objects.")
@json_option
def command(  # noqa: PLR0913, PLR0917 - click passes every option by name
    out: Path,
    folder: Path,
    title: str,
    publisher: str,
    licence: str,
    floors: tuple[tuple[str, float], ...],
    accept: bool,
    as_json: bool,
) -> int:
    """Write the folder OUT: what others need to read, search, cite and replay the archive.

    Where OUT holds an earlier bundle, it is replaced, but only if nothing has become less: fewer articles, versions or
    captures, or too few with a title, a text or a date, end with status 3, and OUT stays as it was.

    \b
    thidua publish bundle --publisher 'Thư viện tỉnh' --licence CC-BY-4.0
    """  # noqa: D301 - click needs the character that \b stands for
    about = About(title, publisher, licence)
    with exits.told(), Archive(folder) as archive, bar("Writing", shown=not as_json, unit="articles") as tick:
        done = publish(archive, out, about, floors={**FLOORS, **dict(floors)}, accept=accept, tick=tick)
    if as_json:
        print_json(_record(done))
    elif done.files:
        _print(done)
    if done.objections:
        raise exits.Failure(
            f"{folder}: not published: {'; '.join(done.objections)}; look into it, or give --accept", exits.UNWELL
        )
    return exits.DONE


def _record(done: Published) -> dict[str, Any]:
    """Return what `publish --json` says."""
    return {
        "path": str(done.path),
        "figures": done.figures.as_json(),
        "files": done.files,
        "objections": list(done.objections),
        "notes": list(done.notes),
    }


def _print(done: Published) -> None:
    """Say what was published, for a person."""
    click.echo(f"{done.path}: {plural(done.figures.articles, 'article')}")
    for name, size in done.files.items():
        click.echo(f"  {name:<16} {size:>14,} bytes")
    for note in done.notes:
        click.echo(f"Note: {note}")
