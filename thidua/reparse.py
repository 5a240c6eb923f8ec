"""`thidua reparse`: what today's readers make of the stored pages, and the archive made anew from them."""

from __future__ import annotations

import time
from contextlib import contextmanager
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click
from rich.console import Console
from rich.text import Text

from archive import renewal, soundness, warc
from archive.compare import EXAMPLES, WHATS
from archive.database import Archive
from archive.errors import ArchiveError, NoArchiveError, NotAFolderError
from archive.worddiff import diff, shortened
from crawler.lock import HeldError, Lock
from pipelines.reparse import Reread, again, check, fill
from thidua import exits
from thidua.bar import bar
from thidua.marked import marking
from thidua.options import archive_option, json_option, plural, print_json

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from archive.compare import Difference, Example
    from thidua.marked import Mark

    Tick = Callable[[int, int], None]

_MOST = 4  # changed paragraphs of a text that are shown
_TOLD = 20  # faults named; --json has them all


@click.command("reparse", short_help="Read the stored pages again.")
@click.option("--apply", "apply", is_flag=True, help="Change the archive.")
@click.option("--from-scratch", is_flag=True, help="Make archive.db anew from the WARC files alone.")
@click.option(
    "--examples", type=click.IntRange(min=0), default=EXAMPLES, show_default=True, metavar="N", help="Of each change."
)
@archive_option
@json_option
def command(*, apply: bool, from_scratch: bool, examples: int, folder: Path, as_json: bool) -> int:
    """Read all stored pages again with today's readers, and say what would change.

    Nothing is changed without --apply. Articles keep their numbers. With it, the archive is replaced in one step, so
    that it can be read meanwhile and is whole whenever this is stopped; what cannot be read again is never dropped.

    --from-scratch is for an archive.db that is missing or damaged. The old file is kept as archive.db.damaged-1 (or
    old-1, if it is sound). What the WARC files do not hold is not in the new one; numbers of articles may be others.

    \b
    thidua reparse
    thidua reparse --apply
    thidua reparse --from-scratch
    """  # noqa: D301 - click needs the character that \b stands for
    begun = time.monotonic()
    if apply and from_scratch:
        raise click.UsageError("--apply and --from-scratch exclude each other: the latter always writes")
    with exits.told(), _alone(folder), bar("Reading", shown=not as_json) as tick:
        found, said = _from_scratch(folder, tick) if from_scratch else _again(folder, tick, examples, apply=apply)
    said["seconds"] = round(time.monotonic() - begun, 1)
    if as_json:
        print_json({**_record(found), **said})
    else:
        _print(found, said, folder)
    return exits.FAILED if found.faults or said.get("refused") else exits.DONE


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Keep crawls away while the block runs."""
    if folder.is_file():
        raise NotAFolderError(f"{folder}: this is a file; give an archive's folder, whose WARC files are to be read")
    if not folder.is_dir():
        raise NoArchiveError(f"{folder}: there is no such folder; crawl into it first, or check the path")
    try:
        with Lock(folder):
            yield
    except HeldError as error:
        raise exits.Failure(str(error), exits.HELD) from error


def _again(folder: Path, tick: Tick, examples: int, *, apply: bool) -> tuple[Reread, dict[str, Any]]:
    """Read everything again and compare; replace the archive if asked to and nothing would be lost."""
    if warc.files(folder) and (wrong := soundness.trouble(folder)):
        raise ArchiveError(
            f"{folder / 'archive.db'}: {wrong}; to make it again from the WARC files, use --from-scratch"
        )
    said: dict[str, Any] = {"applied": False}
    with Archive.open(folder) as old, again(old, tick, examples) as (found, new):
        try:
            check(found, new)
        except ArchiveError as error:
            said["refused"] = str(error)
        if apply and not said.get("refused"):
            renewal.replace(new, old)
            said["applied"] = True
    return found, said


def _from_scratch(folder: Path, tick: Tick) -> tuple[Reread, dict[str, Any]]:
    """Make the database again from the WARC files, and put it into the place of the one there is."""
    files = warc.files(folder)
    if not files:
        raise NoArchiveError(f"{folder}: holds no WARC files to make an archive from ({warc.FOLDER}/thidua-*.warc.gz)")
    soundness.trouble(folder)  # raises where the file is another program's
    warc.mend(folder, files[-1])
    with renewal.built(folder) as new:
        found = fill(new, tick)
        aside = renewal.move_in(new)
    return found, {"applied": True, "kept": str(aside) if aside else None}


def _record(found: Reread) -> dict[str, Any]:
    """Return what `reparse --json` says."""
    changes = {
        each.what: {"count": each.count, "examples": [asdict(e) for e in each.examples]} for each in found.differences
    }
    return {"files": found.files, "answers": found.answers, "faults": found.faults, "changes": changes}


def _print(found: Reread, said: dict[str, Any], folder: Path) -> None:
    """Print what was read and what is different, for a person."""
    console = Console(highlight=False)

    def say(line: str | Text, style: str = "") -> None:
        console.print(Text(line, style=style) if isinstance(line, str) else line, soft_wrap=True)

    rate = f", {found.answers / said['seconds']:.0f} a second" if said["seconds"] else ""
    say(f"Read again: {plural(found.answers, 'answer')} in {plural(found.files, 'WARC file')}{rate}", "bold")
    if said.get("refused"):
        say(said["refused"])
    for fault in found.faults[:_TOLD]:
        say(f"  {fault}", "yellow")
    if len(found.faults) > _TOLD:
        say(f"  and {len(found.faults) - _TOLD:,} more that could not be read; --json has them all", "yellow")
    if said.get("refused"):
        return  # what is different is for want of what could not be read
    mark = marking(console)
    for difference in found.differences:
        _show(difference, mark, say)
    if found.unrecorded:
        say(f"  {plural(found.unrecorded, 'capture')} from before records were kept: carried over as they are")
    for line in _ending(found, said, folder):
        say(line)


def _show(difference: Difference, mark: Mark, say: Callable[[str | Text], None]) -> None:
    """Print how often something is different, with examples."""
    one, many = WHATS[difference.what]
    say(f"  {difference.count:,} {one if difference.count == 1 else many}")
    for example in difference.examples:
        say(f"    {example.id}  {example.url}")
        for paragraph in _changed(example, mark):
            say(Text("      ") + paragraph)


def _changed(example: Example, mark: Mark) -> Iterator[Text]:
    """Yield the paragraphs of an example that are different, the changes marked; no more than a few."""
    paragraphs = shortened(diff(example.before, example.after))
    for paragraph in paragraphs[:_MOST]:
        yield mark(paragraph)
    if len(paragraphs) > _MOST:
        yield Text("…")


def _ending(found: Reread, said: dict[str, Any], folder: Path) -> Iterator[str]:
    """Yield what was done, or what to do."""
    if "kept" in said:
        yield "archive.db was made anew" + (f"; the old one is now {said['kept']}" if said["kept"] else "")
    elif said["applied"]:
        yield "The archive was changed." if found.differences else "The archive was the same already."
    elif found.differences:
        where = "" if str(folder) == "data" else f" --archive {folder}"
        yield f"Nothing was changed; to do so: thidua reparse --apply{where}"
    else:
        yield "Nothing would change."
