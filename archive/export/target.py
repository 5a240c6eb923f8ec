"""Where an export is written: beside its place, under another name, until it is whole."""

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from archive.errors import OutputExistsError, translated_writing

MARK = ".thidua-export"  # in each folder that an export made: only such a one is ever replaced

_PARTIAL = ".{name}.partial-{process}"
_OF_A_PROCESS = re.compile(r"\.(?P<name>.+)\.partial-(?P<process>\d+)(?:-\w+)?")


@contextmanager
def target(out: Path, *, folder: bool, force: bool) -> Iterator[Path]:
    """Give the name to write to; when the block ends well, that takes the name `out`, else it is removed.

    Files whose names are this name with a dash and a word after it are the writer's own; it removes them, and after a
    kill the next export to `out` does. Where `out` is a symbolic link, what it points at is made or replaced.

    Args:
        out: the file or folder to be made.
        folder: whether it is a folder; then it is there, and has nothing but the mark in it, when the block begins.
        force: replace what is there.

    Raises:
        OutputExistsError: something is there, and may not be replaced; or it is no place for a file.
        ArchiveError: it cannot be written there, or the disk is full.
    """
    with translated_writing(out):
        _allow(out, folder=folder, force=force)
        place = Path(os.path.realpath(out))
        part = place.with_name(_PARTIAL.format(name=place.name, process=os.getpid()))
        _sweep(place)
        if folder:
            part.mkdir()
            (part / MARK).touch()
        try:
            yield part
            _take(part, place)
        finally:
            _remove(part)


def final(part: Path) -> Path:
    """Return the name that a file given by `target` is going to have."""
    match = _OF_A_PROCESS.fullmatch(part.name)
    return part.with_name(match["name"]) if match else part


def _allow(out: Path, *, folder: bool, force: bool) -> None:
    """Raise where `out` is no place for an export, or something is there that may not be replaced."""
    if str(out) == "-":
        raise OutputExistsError("-: an export is there when it is whole, so it cannot go into a pipe; name a file")
    parent = Path(os.path.realpath(out)).parent
    if not parent.is_dir():
        raise OutputExistsError(f"{parent}: there is no such folder; make it first, or check the path")
    if not os.path.lexists(out):
        return
    if not force:
        raise OutputExistsError(f"{out}: is there already; choose another name, or give --force to replace it")
    if out.exists() and not out.is_file() and not out.is_dir():
        raise OutputExistsError(f"{out}: is no file but a device or a pipe; choose another name")
    if out.exists() and out.is_dir() != folder:
        raise OutputExistsError(f"{out}: is a {'file' if folder else 'folder'}; choose another name")
    if folder and out.exists() and any(out.iterdir()) and not (out / MARK).exists():
        raise OutputExistsError(f"{out}: was not made by an export, and is not replaced; choose another name")


def _sweep(place: Path) -> None:
    """Remove what exports to this place left behind that were killed."""
    for path in list(place.parent.iterdir()):
        match = _OF_A_PROCESS.fullmatch(path.name)
        if match and match["name"] == place.name and not _others(int(match["process"])):
            _remove(path)


def _others(process: int) -> bool:
    """Tell whether another process of this number is running."""
    if process == os.getpid():
        return False
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):  # no number of a process is so large
        return False
    except PermissionError:
        return True
    return True


def _take(part: Path, place: Path) -> None:
    """Give what is whole its name. What had it before is there until then."""
    if part.is_file():
        with part.open("rb") as file:
            os.fsync(file)  # or a power cut may leave the name with nothing in it, and the old file gone
        part.replace(place)
        return
    before = part.with_name(f"{part.name}-before")
    if place.exists():
        place.rename(before)  # a folder with something in it cannot be renamed over
    try:
        part.rename(place)
    except OSError:
        if before.exists():
            before.rename(place)
        raise
    _remove(before)


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
