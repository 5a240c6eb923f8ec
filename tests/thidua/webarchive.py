"""A real web archive for tests: the WARC files of crawls, dated as if years lay between them, served by pywb."""

from __future__ import annotations

import gzip
import re
import subprocess
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from archive import warc
from archive.times import stamp
from archive.warc.reader import members
from tests.thidua.foreign import WEB, programs, running, unused_port

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    import pytest

_DATE = re.compile(rb"(?<=^WARC-Date: )[0-9TZ:-]+|(?<=^WARC-Refers-To-Date: )[0-9TZ:-]+", re.MULTILINE)


class Dated:
    """Moves what each crawl was answered to a day of its own; what one did in seconds stays so."""

    def __init__(self, begun: Sequence[datetime], days: Sequence[datetime]) -> None:
        self._moves = [(stamp(begin), day - begin) for begin, day in zip(begun, days, strict=True)]

    def __call__(self, moment: str) -> str:
        """Return a moment, as archives write it, as if its crawl had begun on its day."""
        move = [by for begin, by in self._moves if begin <= moment][-1]
        return stamp(datetime.fromisoformat(moment) + move)


def dated(folder: Path, moved: Dated, into: Path, keep: Callable[[bytes], bool] = lambda _content: True) -> list[Path]:
    """Write the WARC files of an archive anew with other dates, and of their records those to be kept; return them."""
    into.mkdir()
    for file in warc.files(folder):
        path = into / (folder / file).name
        with path.open("wb") as out:
            for _, _, content in members(folder / file, 0):
                if keep(content):
                    head, mark, rest = content.partition(b"\r\n\r\n")
                    head = _DATE.sub(lambda found: moved(found[0].decode()).encode(), head)
                    out.write(gzip.compress(head + mark + rest, mtime=0))
    return sorted(into.iterdir())


@contextmanager
def pywb(config: pytest.Config, home: Path, files: Sequence[Path]) -> Iterator[str]:
    """Serve WARC files by pywb while the block lasts; give the address of its CDX server."""
    here = programs(config, *WEB)
    home.mkdir()
    for arguments in (["init", "site"], ["add", "site", *map(str, files)]):
        subprocess.run([here / "wb-manager", *arguments], cwd=home, capture_output=True, check=True)
    port = unused_port()
    url = f"http://127.0.0.1:{port}"
    with running([here / "wayback", "--port", str(port), "--bind", "127.0.0.1"], f"{url}/", home):
        yield f"{url}/site/cdx"


def day(year: int, month: int = 5, number: int = 20) -> datetime:
    """A day, aware."""
    return datetime(year, month, number, 8, tzinfo=UTC)
