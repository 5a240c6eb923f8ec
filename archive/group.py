"""Several savings in one transaction: half of what one costs is the commit."""

from collections.abc import Callable

from archive.database import Archive
from archive.errors import ArchiveError, translated
from archive.models import Observation, Saved
from archive.store import save


class Group:
    """Saves that become visible, and permanent, together.

    Args:
        archive: the archive; nothing else may write to it through the same connection meanwhile.
        before: what has to be on the disk before the rows are, such as the records that they point at.
    """

    def __init__(self, archive: Archive, before: Callable[[], None]) -> None:
        self._archive = archive
        self._before = before
        self.size = 0  # observations saved and not committed

    def save(self, seen: Observation) -> Saved:
        """Store an observation, wholly or not at all, for `commit` to make permanent.

        Raises:
            ArchiveError: the archive cannot be written; what was saved since the last commit is not stored either.
        """
        try:
            with translated(self._archive.path):
                if not self.size:
                    self._archive.begin()
            saved = save(self._archive, seen)
        except ArchiveError:
            self.drop()
            raise
        self.size += 1
        return saved

    def commit(self) -> None:
        """Make permanent what was saved.

        Raises:
            ArchiveError: it cannot be; nothing saved since the last commit is stored.
        """
        if not self.size:
            return
        try:
            self._before()
            with translated(self._archive.path):
                self._archive.commit()
        except ArchiveError:
            self.drop()
            raise
        self.size = 0

    def drop(self) -> None:
        """Undo what was saved since the last commit."""
        self._archive.conn.rollback()  # does nothing where an error has already ended the transaction
        self.size = 0
