"""The archive as a researcher asks it from Python.

Example:
    from archive import Archive

    with Archive("data") as archive:
        for hit in archive.search("thi dua", date_from="2019"):
            print(hit.published, hit.title)
"""

from collections.abc import Iterator
from datetime import date, datetime

from archive import database, kwic, search, stored, timeline
from archive.errors import QueryError
from archive.records import Records
from archive.selection import Selection, facts, ids
from archive.show import Shown, show
from archive.times import day_in_vietnam, days

# A date, or what `thidua search --from` takes: `2020-06-12`, `12/06/2020`, `2020-06`, `2020`; a year may be a number.
Day = date | str | int | None


class Archive(database.Archive):
    """An open archive, with its questions. Use it in a `with` block, from one thread.

    All take the same choice of articles: `date_from` and `date_to`, both included (with either, undated articles are
    left out), `category` (accents optional; "" for articles of none), and `query` in the language of `thidua search`;
    with `exact`, words typed without accents are matched as typed too. What means nothing raises `QueryError` at once;
    the archive is asked when the answer is walked through, and raises `ArchiveError` where it is locked, damaged or
    closed. Each walk sees what a crawl has stored until then.
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
        selection = self._chosen(query, date_from, date_to, category, exact=exact)

        def ask() -> Iterator[stored.Article]:
            return stored.walk(self, ids(self, selection))

        return Records(stored.Article, ask, ("id", "published", "category", "title"))

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
        """Return the best matches, best first: as many as `limit` says, at most 1000. `articles` returns all."""
        chosen = self._chosen(query, date_from, date_to, category, exact=exact)
        chosen.understood()  # without a word there is nothing to rank by
        search.check(limit)

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

        return Records(search.Hit, ask, ("id", "published", "category", "title", "snippet"))

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
        """Return how many articles there are of each year, month or day; the undated come last, as period None."""
        selection = self._chosen(query, date_from, date_to, category, exact=exact)
        timeline.check(by)
        return Records(
            timeline.Period, lambda: iter(timeline.timeline(self, selection, by)), ("period", "articles", "of")
        )

    def kwic(  # noqa: PLR0913 - one argument an option of the command
        self,
        query: str,
        *,
        width: int = kwic.WIDTH,
        sort: kwic.Order = "date",
        date_from: Day = None,
        date_to: Day = None,
        category: str | None = None,
        exact: bool = False,
    ) -> Records[kwic.Line]:
        """Return every place where the words stand, with `width` characters on either side.

        Words side by side are a phrase here. `sort` by the articles' "date", or by the words to the "left" or "right".
        """
        selection = self._chosen(query, date_from, date_to, category, exact=exact)
        kwic.check(selection, width, sort)
        return Records(
            kwic.Line,
            lambda: kwic.kwic(self, selection, width, sort),
            ("article_id", "published", "left", "match", "right"),
        )

    def show(self, which: int | str) -> Shown:
        """Return one article, by its id or URL, with its evidence, neighbours, versions and captures.

        Raises:
            NotFoundError: there is none.
        """
        return show(self, which)

    def _chosen(self, query: str, date_from: Day, date_to: Day, category: str | None, *, exact: bool) -> Selection:
        """Return the selection that these words mean.

        Raises:
            QueryError: a date is none, there is no such category, or the query means nothing.
        """
        selection = Selection(_day(date_from, last=False), _day(date_to, last=True), category, query, exact)
        with self.read() as conn:
            facts(conn, selection)
        if query:
            selection.understood()
        return selection


def _day(day: Day, *, last: bool) -> date | None:
    """Return the day meant; of a time, the day it has in Vietnam, or that it names where it has no time zone."""
    if day is None:
        return None
    if isinstance(day, datetime):  # pandas' own are such
        day = day.date() if day.tzinfo is None else day_in_vietnam(day)
    period = days(str(day))
    if period is None:
        raise QueryError(f"{day!r} is not a date: write 2020-06-12, 12/06/2020, 2020-06 or 2020")
    return period[1] if last else period[0]
