"""What is exported."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Self, TypeVar

from archive import stored
from archive.database import Archive
from archive.errors import translated
from archive.pages import batches, marks
from archive.selection import Selection, ids
from archive.stored import Article

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Source:
    """An archive, inside a transaction that shows it at one moment, and the articles chosen, in order of their days.

    With a `limit` they are only the newest of those that the selection means. `rights` is what the publisher says of
    their licence, which may be nothing. `notes` is for a format to say in a line
    each what it had to leave out.
    """

    archive: Archive
    selection: Selection
    ids: list[int]
    tick: Callable[[int, int], None]
    limit: int | None = None
    rights: str = ""
    notes: list[str] = field(default_factory=list)

    @property
    def everything(self) -> bool:
        """Whether all articles of the archive are meant."""
        return self.selection == Selection() and self.limit is None

    def newest_first(self) -> Self:
        """Return the same, the newest article first."""
        return replace(self, ids=ids(self.archive, self.selection, newest_first=True, limit=self.limit))

    def sites(self) -> list[str]:
        """Return the sites that the chosen articles are of."""
        found: set[str] = set()
        for part in batches(self.ids):
            query = f"SELECT DISTINCT site FROM articles WHERE id IN {marks(part)}"  # noqa: S608 - question marks
            found.update(site for (site,) in self.archive.conn.execute(query, part))
        return sorted(found)

    def hosts(self) -> list[str]:
        """Return the hosts that the chosen articles are of, one for each site: its key may mean nothing to people."""
        found: dict[str, str] = {}
        for part in batches(self.ids):
            query = f"SELECT site, max(url) FROM articles WHERE id IN {marks(part)} GROUP BY site"  # noqa: S608 - question marks
            for site, url in self.archive.conn.execute(query, part):
                found[site] = max(found.get(site, ""), url)
        return sorted(map(stored.host, found.values()))

    def articles(self, *, by_id: bool = False) -> Iterator[Article]:
        """Yield the chosen articles, a few hundred in memory at a time, and tell how far that has come."""
        wanted = sorted(self.ids) if by_id else self.ids
        for done, article in enumerate(self.read(stored.several(self.archive.conn, wanted)), start=1):
            yield article
            self.tick(done, len(wanted))

    def read(self, rows: Iterable[T]) -> Iterator[T]:
        """Yield rows of the archive. What goes wrong with it is told as such, not as a fault of what is written."""
        with translated(self.archive.path):
            yield from rows
