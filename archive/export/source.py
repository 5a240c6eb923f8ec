"""What is exported."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from archive import stored
from archive.database import Archive
from archive.selection import Selection
from archive.stored import Article


@dataclass(frozen=True, slots=True)
class Source:
    """An archive, inside a transaction that shows it at one moment, and the articles chosen, in order of their days."""

    archive: Archive
    selection: Selection
    ids: list[int]
    tick: Callable[[int, int], None]

    def articles(self) -> Iterator[Article]:
        """Yield the chosen articles, a few hundred in memory at a time, and tell how far that has come."""
        for done, article in enumerate(stored.several(self.archive.conn, self.ids), start=1):
            yield article
            self.tick(done, len(self.ids))
