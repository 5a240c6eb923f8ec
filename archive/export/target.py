"""Where an export is written: beside its place, under another name, until it is whole."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from archive.errors import OutputExistsError, translated_writing

MARK = ".thidua-export"  # in each folder that an export made: only such a one is ever replaced


@contextmanager
def target(out: Path, *, folder: bool, force: bool) -> Iterator[Path]:
    """Give the name to write to; when the block ends well, that takes the name `out`, else it is removed.

    Args:
        out: the file or folder to be made.
        folder: whether it is a folder; then it is there, and empty, at the beginning of the block.
        force: replace what is there.

    Raises:
        OutputExistsError: something is there, and may not be replaced.
        ArchiveError: it cannot be written there, or the disk is full.
    """
    _allow(out, folder=folder, force=force)
    part = out.absolute().with_name(f".{out.absolute().name}.partial-{os.getpid()}")
    with translated_writing(out):
        _remove(part)
        if folder:
            part.mkdir()
            (part / MARK).touch()
        try:
            yield part
            if folder and out.exists():
                _remove(out)  # a folder with something in it cannot be renamed over
            part.replace(out)
        finally:
            _remove(part)


def _allow(out: Path, *, folder: bool, force: bool) -> None:
    """Raise where something is at `out` that may not be replaced."""
    if not out.absolute().parent.is_dir():
        raise OutputExistsError(f"{out.absolute().parent}: there is no such folder; make it first, or check the path")
    if not os.path.lexists(out):
        return
    if not force:
        raise OutputExistsError(f"{out}: is there already; choose another name, or give --force to replace it")
    if out.is_dir() != folder:
        raise OutputExistsError(f"{out}: is a {'file' if folder else 'folder'}; choose another name")
    if folder and any(out.iterdir()) and not (out / MARK).exists():
        raise OutputExistsError(f"{out}: was not made by an export, and is not replaced; choose another name")


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
