"""Where an export is written: beside its place, under another name, until it is whole."""

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from archive.errors import OutputExistsError, translated_writing

# In each folder that is written here, with what it is and which files it was made of: it is replaced by one of its kind
# alone, and only while nobody has put anything else into it.
MARK = ".thidua-export"

_PARTIAL = ".{name}.partial-{process}"
_BEFORE = "before"
_OF_A_PROCESS = re.compile(r"\.(?P<name>.+)\.partial-(?P<process>\d+)(?:-(?P<what>\w+))?")


@contextmanager
def target(out: Path, *, folder: str = "", force: bool) -> Iterator[Path]:
    """Give the name to write to; when the block ends well, that takes the name `out`, else it is removed.

    Files whose names are this name with a dash and a word after it are the writer's own; it removes them, and after a
    kill the next export to `out` does. Where `out` is a symbolic link, what it points at is made or replaced.

    Args:
        out: the file or folder to be made.
        folder: for a folder, what it is, such as `html`; it is there, and empty, when the block begins.
        force: replace what is there; a folder only if it was made here, is of the same kind and has nothing else in it.

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
        try:
            yield part
            if folder:
                (part / MARK).write_text("\n".join([folder, *_files(part)]), encoding="utf-8", errors="surrogateescape")
            _take(part, place)
        finally:
            _remove(part)


def final(part: Path) -> Path:
    """Return the name that a file given by `target` is going to have."""
    match = _OF_A_PROCESS.fullmatch(part.name)
    return part.with_name(match["name"]) if match else part


def _files(folder: Path) -> list[str]:
    """Return the names of the files in a folder, those of our own mark left out."""
    found = (path for path in folder.rglob("*") if path.is_symlink() or not path.is_dir())
    return sorted(str(path.relative_to(folder)) for path in found if path != folder / MARK)


def _allow(out: Path, *, folder: str, force: bool) -> None:
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
    if out.exists() and out.is_dir() != bool(folder):
        raise OutputExistsError(f"{out}: is a {'file' if folder else 'folder'}; choose another name")
    if folder and out.exists() and any(out.iterdir()):
        _allow_folder(out, folder)


def _allow_folder(out: Path, kind: str) -> None:
    """Raise where a folder that has something in it may not be replaced by one of this kind."""
    try:
        said = (out / MARK).read_text(encoding="utf-8", errors="surrogateescape").split("\n")
    except (FileNotFoundError, IsADirectoryError):
        said = [""]
    if said[0] != kind:
        what = f"holds an export of another kind ({said[0]})" if said[0] else "was not made by an export"
        raise OutputExistsError(f"{out}: {what}, and is not replaced; choose another name")
    if more := sorted(set(_files(out)) - set(said[1:])):
        raise OutputExistsError(
            f"{out}: has {more[0]} in it, which no export made, and is not replaced; move that, or choose another name"
        )


def _sweep(place: Path) -> None:
    """Clear away what exports to this place left behind that were killed; what was in the place is put back there."""
    for path in sorted(place.parent.iterdir()):
        match = _OF_A_PROCESS.fullmatch(path.name)
        if not match or match["name"] != place.name or _others(int(match["process"])):
            continue
        if match["what"] == _BEFORE and not place.exists():
            path.rename(place)
        else:
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
    os.sync()  # the same for a folder, whose files may be very many
    before = part.with_name(f"{part.name}-{_BEFORE}")
    try:
        if place.exists():
            place.rename(before)  # a folder with something in it cannot be renamed over
        part.rename(place)
    finally:
        if before.exists() and not place.exists():
            before.rename(place)
    _remove(before)


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
