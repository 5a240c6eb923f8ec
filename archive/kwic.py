"""Key words in context: every place where the words stand, with what stands around it (a concordance)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal, get_args

from archive import collation
from archive.context import left_of, on_one_line, right_of
from archive.errors import QueryError
from archive.highlight import spans
from archive.pages import batches, marks
from archive.query import Query
from archive.reader import Reader
from archive.selection import Selection, ids

WIDTH = 40  # characters on either side
WIDEST = 1000

Where = Literal["title", "body", "byline"]
Order = Literal["date", "left", "right"]
ORDERS: tuple[Order, ...] = get_args(Order)


@dataclass(frozen=True, slots=True)
class Line:
    """One place: `left` and `right` are what stands beside `match` in the text, on one line, no word cut.

    `where` is `title`, `body` or `byline`. `published` is an ISO date or None.
    """

    article_id: int
    published: str | None
    title: str
    url: str
    where: Where
    left: str
    match: str
    right: str

    def __repr__(self) -> str:
        """Return the line as a concordance shows it."""
        return f"<Line {self.article_id} · {self.published or 'undated'} · {self.left}[{self.match}]{self.right}>"


def kwic(archive: Reader, selection: Selection, width: int = WIDTH, sort: Order = "date") -> Iterator[Line]:
    """Return every place in titles, bodies and bylines where the selection's query is met.

    Args:
        archive: an open archive.
        selection: which articles; its query, which must not be empty, says what to look for in them. Words side by
            side are a phrase. What AND or OR join has lines of its own each.
        width: characters of context on either side at most, from 0 to 1000.
        sort: by the articles' days, undated ones last, which holds few lines in memory; or by the words to the `left`,
            the nearest first, or to the `right`, in the order of the Vietnamese alphabet, which holds all.

    Raises:
        QueryError: the selection, the width or the order means nothing; at once.
        ArchiveError: the archive is locked, damaged or closed.
    """
    asked = replace(selection, phrase=True)
    query = check(asked, width, sort)
    lines = _lines(archive, ids(archive, asked), query, width)
    if sort == "left":
        return iter(sorted(lines, key=lambda line: collation.words(line.left)[::-1]))
    if sort == "right":
        return iter(sorted(lines, key=lambda line: collation.words(line.right)))
    return lines


def check(selection: Selection, width: int, sort: str) -> Query:
    """Return what is looked for.

    Raises:
        QueryError: the query, the width or the order means nothing.
    """
    if not 0 <= width <= WIDEST:
        raise QueryError(f"cannot show {width} characters on either side; ask for 0 to {WIDEST}")
    if sort not in ORDERS:
        raise QueryError(f"cannot sort by {sort!r}; write {', '.join(ORDERS)}")
    return selection.understood()


def _lines(archive: Reader, chosen: Sequence[int], query: Query, width: int) -> Iterator[Line]:
    """Yield the places article by article; a body is read only where something is looked for in it."""
    beside = [needle for needle in query.needles if not needle.title_only]
    texts_beside = "body, byline" if beside else "'', ''"
    query_of = f"SELECT id, published, title, url, {texts_beside} FROM articles WHERE id IN "  # noqa: S608 - ours
    for part in batches(chosen):
        with archive.read() as conn:  # for each part anew: a walk may take long, and must not hold a crawl up
            rows = {row[0]: row for row in conn.execute(query_of + marks(part), part)}
        for article_id, published, title, url, body, byline in (rows[each] for each in part if each in rows):
            texts: tuple[tuple[Where, str], ...] = (("title", title), ("body", body), ("byline", byline))
            for where, text in texts:
                for start, end in spans(text, query.needles if where == "title" else beside):
                    left, right = left_of(text, start, width), right_of(text, end, width)
                    yield Line(article_id, published, title, url, where, left, on_one_line(text[start:end]), right)
