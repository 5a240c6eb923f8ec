"""Key words in context: every place where the words stand, with what stands around it (a concordance)."""

from collections.abc import Iterator
from dataclasses import dataclass

from archive import stored
from archive.database import Archive
from archive.errors import QueryError
from archive.highlight import spans
from archive.query import parse
from archive.selection import Selection, ids

WIDTH = 40  # characters on either side
WIDEST = 1000


@dataclass(frozen=True, slots=True)
class Line:
    """One place: `left` and `right` are what stands beside `match` in the text, on one line, no word cut.

    `where` is `title` or `body`. `published` is an ISO date or None.
    """

    article_id: int
    published: str | None
    title: str
    url: str
    where: str
    left: str
    match: str
    right: str


def kwic(archive: Archive, selection: Selection, width: int = WIDTH) -> Iterator[Line]:
    """Yield every place in titles and bodies where the selection's query is met, article by article in order of day.

    Args:
        archive: an open archive.
        selection: which articles; its query, which must not be empty, says what to look for in them. Each of its
            words and phrases has lines of its own.
        width: characters of context on either side at most, from 0 to 1000.

    Raises:
        QueryError: the query or the width means nothing.
        ArchiveError: the archive is locked or damaged.
    """
    if not 0 <= width <= WIDEST:
        raise QueryError(f"cannot show {width} characters on either side; ask for 0 to {WIDEST}")
    query = parse(selection.query, exact_only=selection.exact)
    in_body = [needle for needle in query.needles if not needle.title_only]
    for article in stored.several(archive.conn, ids(archive, selection)):
        for where, text, needles in (("title", article.title, query.needles), ("body", article.body, in_body)):
            for start, end in spans(text, needles):
                left, right = _left(text[:start], width), _right(text[end:], width)
                named = (article.id, article.published, article.title, article.url)
                yield Line(*named, where, left, _line(text[start:end]), right)


def _left(text: str, width: int) -> str:
    """Return the last whole words of a text."""
    near = _line(text[-width - 1 :]) if width else ""
    return near if len(near) <= width else near[1:].lstrip() if near[0] == " " else near.partition(" ")[2]


def _right(text: str, width: int) -> str:
    """Return the first whole words of a text."""
    near = _line(text[: width + 1]) if width else ""
    return near if len(near) <= width else near[:-1].rstrip() if near[-1] == " " else near.rpartition(" ")[0]


def _line(text: str) -> str:
    """Return the text on one line; spaces at its ends stay, for they part it from its neighbours."""
    return text.replace("\n\n", " ").replace("\n", " ")
