"""`thidua history`: what an article has said, and what changed each time."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click
from rich.console import Console
from rich.text import Text

from archive import Archive
from archive.history import History, Version, history
from archive.worddiff import shortened
from thidua.exits import told
from thidua.marked import marking
from thidua.options import filled, json_option, moment, plural, print_json, reading_option
from thidua.show import page_key

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from archive.history import Event
    from thidua.marked import Mark

_ABOUT = 11  # characters: the width of the column of labels


@click.command("history", short_help="Show what changed in an article, and when.")
@click.argument("which", metavar="ID-or-URL", callback=filled)
@reading_option
@json_option
def command(which: str, folder: Path, as_json: bool) -> None:
    """Show the versions of an article: when each was first seen, and word by word what it changed.

    What was taken out is red and struck through on a terminal and [-so-] elsewhere, what was put in is green or {+so+};
    … stands for what stayed as it was. Only other words make a version: not a view counter, a date, a picture or the
    site's layout. Any spelling of the URL will do.

    \b
    thidua history 17
    thidua history https://thiduakhenthuong.example.gov.vn/Trang/ChiTietTinTuc.aspx?nid=13066
    """  # noqa: D301 - click needs the character that \b stands for
    with told(), Archive.open(folder, readonly=True) as archive:
        found = history(archive, which.encode(errors="replace").decode(), key=page_key)  # it need not be UTF-8
    if as_json:
        print_json([_record(version) for version in found.versions])
    else:
        _print(found)


def _record(version: Version) -> dict[str, Any]:
    """Return what `history --json` says of one version: all but the body, which `show --json` has."""
    return {name: value for name, value in asdict(version).items() if name != "body"}


def _print(found: History) -> None:
    """Print an article's history for a person to read."""
    console = Console(highlight=False)
    wrap = not console.is_terminal
    mark = marking(console)
    console.print(Text(found.title, style="bold"), soft_wrap=wrap)
    for label, text in _facts(found):
        console.print(Text.assemble((f"{label:<{_ABOUT}}", "cyan"), text), soft_wrap=True)
    for version in found.versions:
        console.print()
        head = f"Version {version.number}  {moment(version.captured_at)}  {_numbers(version)}"
        console.print(Text(head, style="cyan"), soft_wrap=wrap)
        for paragraph in _changes(version, mark):
            console.print()
            console.print(paragraph, soft_wrap=wrap)
        for event in version.events:
            console.print()
            console.print(Text(_told(event), style="cyan"), soft_wrap=wrap)


def _facts(found: History) -> list[tuple[str, str]]:
    """Return label and text of each line above the versions."""
    lines = [("url", found.url), ("status", _status(found)), ("versions", f"{len(found.versions)}")]
    if len(found.versions) == 1:
        first, last = moment(found.first_captured_at), moment(found.last_captured_at)
        span = f"when it was read on {first}" if first == last else f"from {first} to {last}"
        lines[-1] = ("versions", f"only one: no other text was seen {span}")
    return lines


def _status(found: History) -> str:
    """Return whether the site has the article, and what it answered last where that was something else."""
    if found.status == "gone":
        return f"gone from the site, kept here; last read {moment(found.last_captured_at)}"
    if found.trouble and found.asked_at:
        return f"live; last asked for {moment(found.asked_at)}: {found.trouble}; the next crawl asks again"
    return "live"


def _numbers(version: Version) -> str:
    """Return in numbers what is new in a version."""
    if version.number == 1:
        return plural(version.words, "word")
    numbers = [
        f"{plural(version.added, 'word')} added" if version.added else "",
        f"{plural(version.removed, 'word')} removed" if version.removed else "",
        "title changed" if version.title_changed else "",
    ]
    return ", ".join(filter(None, numbers)) or "only punctuation changed"


def _told(event: Event) -> str:
    """Return one line for what befell the article."""
    if event.status == "gone":
        return f"Gone  {moment(event.captured_at)}  {event.reason}".rstrip()
    return f"Back  {moment(event.captured_at)}"


def _changes(version: Version, mark: Mark) -> Iterator[Text]:
    """Yield what changed in a version, a paragraph at a time, the title first."""
    if version.title_changed:
        yield Text.assemble(("Title: ", "cyan"), mark(version.title_diff))
    for paragraph in shortened(version.diff):
        yield mark(paragraph)
