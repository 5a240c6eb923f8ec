"""`thidua export`: write the archive in a form that other programs open."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from archive import Archive
from archive.export import FORMATS, Exported, export
from archive.selection import Selection
from thidua.bar import bar
from thidua.exits import told
from thidua.options import PathName, force_option, json_option, plural, print_json, reading_option, selection_options

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path


_FORMATS = "\b\nFormats:\n" + "\n".join(f"  {name:<12} {what}" for name, what in FORMATS.items())


@click.command("export", short_help="Write the archive in a form that other programs open.", epilog=_FORMATS)
@click.argument("name", metavar="FORMAT", type=click.Choice(tuple(FORMATS)))
@click.argument("out", metavar="OUT", type=PathName())
@reading_option
@selection_options
@click.option("--limit", type=click.IntRange(1), metavar="N", help="Only the newest N of them.")
@force_option
@json_option
def command(  # noqa: PLR0913, PLR0917 - click passes every option by name
    name: str,
    out: Path,
    folder: Path,
    query: str,
    date_from: date | None,
    date_to: date | None,
    category: str,
    exact: bool,
    limit: int | None,
    force: bool,
    as_json: bool,
) -> None:
    """Write all articles, or those chosen, to OUT; the same archive gives the same bytes.

    \b
    thidua export csv articles.csv
    thidua export atom feed.xml --limit 50
    thidua export jsonl 2019.jsonl --from 2019 --to 2019 --query 'thi dua'
    """  # noqa: D301 - click needs the character that \b stands for
    selection = Selection(date_from, date_to, category or None, query, exact)
    with told(), Archive(folder) as archive, bar("Writing", shown=not as_json, unit="articles") as tick:
        done = export(archive, name, out, selection, limit=limit, force=force, tick=tick)
    if as_json:
        print_json({**asdict(done), "path": str(done.path)})
    else:
        _print(done)


def _print(done: Exported) -> None:
    """Say what was written, for a person."""
    files = f" in {plural(done.files, 'file')}" if done.files > 1 else ""
    click.echo(f"{done.path}: {plural(done.articles, 'article')}, {plural(done.bytes, 'byte')}{files}")
    for note in done.notes:
        click.echo(note, err=True)
