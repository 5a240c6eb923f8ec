"""The index of a WACZ: a line a capture, sorted, in gzip blocks, with an index of the blocks (CDXJ and its ZipNum).

A program that replays reads the small index of blocks whole, and of the large one only the blocks it needs.
"""

import json
import re
import sqlite3
import zlib
from collections.abc import Iterator
from pathlib import Path

from archive.errors import translated
from archive.export.surt import keys
from archive.warc.streams import GZIP

BLOCK = 1024  # lines
_WHERE = Path("temporary files (TMPDIR)")  # SQLite does not tell where it puts them


class Index:
    """Lines that come in any order and go out sorted; the disk holds them meanwhile, where they are many."""

    def __init__(self) -> None:
        self._db = sqlite3.connect("", isolation_level=None)  # "": a file that SQLite makes when needed, and removes
        self._db.execute("PRAGMA journal_mode = OFF")
        self._db.execute("CREATE TABLE lines(line TEXT)")
        self._db.execute("BEGIN")

    def add(self, url: str, captured_at: str, facts: dict[str, str]) -> None:
        """Add a capture.

        Args:
            url: its address.
            captured_at: when it was, as the archive writes times.
            facts: what else to say of it; empty values are left out.
        """
        said = json.dumps({"url": url, **{name: value for name, value in facts.items() if value}})
        moment = re.sub(r"\D", "", captured_at)
        with translated(_WHERE):
            self._db.executemany("INSERT INTO lines VALUES (?)", [(f"{key} {moment} {said}\n",) for key in keys(url)])

    def blocks(self) -> Iterator[tuple[str, bytes]]:
        """Yield the key and moment of each block's first line, and the block, zipped.

        Raises:
            ArchiveError: there is no room for temporary files; so does `add`.
        """
        with translated(_WHERE):
            rows = self._db.execute("SELECT line FROM lines ORDER BY line")
        while block := self._next(rows):
            packer = zlib.compressobj(wbits=GZIP)
            yield block[0].partition(" {")[0], packer.compress("".join(block).encode()) + packer.flush()

    @staticmethod
    def _next(rows: sqlite3.Cursor) -> list[str]:
        with translated(_WHERE):
            return [line for (line,) in rows.fetchmany(BLOCK)]

    def close(self) -> None:
        """Let go of the lines."""
        self._db.close()
