"""The archive as a researcher asks it from Python.

from archive import Archive

with Archive("data") as archive:
for hit in archive.search("thi dua", date_from="2019"):
print(hit.published, hit.title)
"""

from collections.abc import Iterator
from datetime import date

from archive import database, kwic, search, stored, timeline
from archive.errors import QueryError
from archive.records import Records
from archive.selection import Selection, ids
from archive.times import days

Day = date | str | None  # a date, or what `thidua search --from` takes: `2020-06-12`, `12/06/2020`, `2020-06`, `2020`


class Archive(database.Archive):
    """An open archive, with its questions. Use it in a `with` block, from one thread.

    All take the same choice of articles: `date_from` and `date_to`, both included (with either, undated articles are
    left out), `category` (accents optional), and `query` in the language of `thidua search`; with `exact`, words typed
    without accents are matched as typed too. All raise `QueryError` for what means nothing, and `ArchiveError` where
    the archive is locked or damaged.
    """

    def articles(
        self,
        query: str = "",
        *,
        date_from: Day = None,
        date_to: Day = None,
        category: str | None = None,
        exact: bool = False,
    ) -> Records[stored.Article]:
        """Return articles in the order of their days, undated ones last."""
        selection = choice(query, date_from, date_to, category, exact=exact)

        def ask() -> Iterator[stored.Article]:
            return stored.several(self.conn, ids(self, selection))

        return Records(stored.Article, ask)

    def search(  # noqa: PLR0913 - one argument an option of the command
        self,
        query: str,
        *,
        date_from: Day = None,
        date_to: Day = None,
        category: str | None = None,
        exact: bool = False,
        limit: int = search.LIMIT,
    ) -> Records[search.Hit]:
        """Return the best matches, best first."""
        chosen = choice(query, date_from, date_to, category, exact=exact)

        def ask() -> Iterator[search.Hit]:
            found = search.search(
                self,
                query,
                date_from=chosen.date_from,
                date_to=chosen.date_to,
                category=category,
                exact=exact,
                limit=limit,
            )
            return iter(found)

        return Records(search.Hit, ask)

    def timeline(  # noqa: PLR0913 - one argument an option of the command
        self,
        query: str = "",
        *,
        by: timeline.Unit = "month",
        date_from: Day = None,
        date_to: Day = None,
        category: str | None = None,
        exact: bool = False,
    ) -> Records[timeline.Period]:
        """Return how many articles there are of each year, month or day; the undated come last, under no name."""
        selection = choice(query, date_from, date_to, category, exact=exact)
        return Records(timeline.Period, lambda: iter(timeline.timeline(self, selection, by)))

    def kwic(  # noqa: PLR0913 - one argument an option of the command
        self,
        query: str,
        *,
        width: int = kwic.WIDTH,
        date_from: Day = None,
        date_to: Day = None,
        category: str | None = None,
        exact: bool = False,
    ) -> Records[kwic.Line]:
        """Return every place where the words stand, with `width` characters on either side."""
        selection = choice(query, date_from, date_to, category, exact=exact)
        return Records(kwic.Line, lambda: kwic.kwic(self, selection, width))


def choice(query: str, date_from: Day, date_to: Day, category: str | None, *, exact: bool) -> Selection:
    """Return the selection that these words mean.

    Raises:
        QueryError: a date is none.
    """
    return Selection(_day(date_from, last=False), _day(date_to, last=True), category, query, exact)


def _day(day: Day, *, last: bool) -> date | None:
    if day is None or isinstance(day, date):
        return day
    period = days(day)
    if period is None:
        raise QueryError(f"{day!r} is not a date: write 2020-06-12, 12/06/2020, 2020-06 or 2020")
    return period[1] if last else period[0]
