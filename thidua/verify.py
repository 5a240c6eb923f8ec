"""`thidua verify`: whether an archive is whole, and agrees with the bytes it came from."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from archive.verify import Report, verify
from thidua import exits
from thidua.bar import bar
from thidua.options import archive_option, json_option, plural, print_json

if TYPE_CHECKING:
    from pathlib import Path


@click.command("verify", short_help="Check that nothing is damaged or lost.")
@archive_option
@json_option
def command(folder: Path, as_json: bool) -> int:
    """Check the archive against its WARC files, and the database against itself.

    Every record must be whole and every capture's record the right one, by its digest; the database must pass SQLite's
    checks, and search must know every word of every article. A line is printed for each fault, with what to do, and
    the exit status is 1. Nothing is changed. A crawl may go on meanwhile.

    \b
    thidua verify
    thidua verify --json
    """  # noqa: D301 - click needs the character that \b stands for
    with exits.told(), bar("Checking", shown=not as_json) as tick:
        report = verify(folder, tick)
    if as_json:
        print_json(asdict(report))
    else:
        _print(report)
    return exits.FAILED if report.faults else exits.DONE


def _print(report: Report) -> None:
    """Print what was looked at and what is wrong, for a person."""
    for fault in report.faults:
        click.echo(fault.line)
    if report.unnamed:
        click.echo(f"and {report.unnamed:,} faults more")
    for note in report.notes:
        click.echo(f"Note: {note}")
    if report.unrecorded:
        click.echo(f"Note: {plural(report.unrecorded, 'capture')} made before records were kept: nothing to check")
    if report.unreferenced:
        left = "a crawl that was cut off has left them, and the next one stores them, or they cannot be read"
        click.echo(f"Note: {plural(report.unreferenced, 'answer')} that the database does not have: {left}")
    seen = (
        f"{plural(report.captures, 'capture')}, {plural(report.records, 'record')} in "
        f"{plural(report.files, 'WARC file')}, {plural(report.articles, 'article')}"
    )
    wrong = len(report.faults) + report.unnamed
    click.echo(f"{plural(wrong, 'fault')}: {seen}" if wrong else f"All is well: {seen}")
