"""The tables of a data package: which columns and rows they have. `archive.dictionary` says what these mean."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

from archive.dictionary import TABLES, Column, Table
from archive.export.belonging import OF_CAPTURES
from archive.export.source import Source
from archive.pages import batches, marks
from archive.stored import Article

Rows = Iterator[Sequence[Any]]
Link = tuple[str, str, str]  # a column, the table whose row it names, that table's column


@dataclass(frozen=True, slots=True)
class Resource:
    """A table of the package.

    Attributes:
        name: as in the archive.
        columns: in their order.
        rows: returns the rows that go with the chosen articles, after `belonging.note`.
        links: the columns that name rows of other tables.
        always: the columns, besides the key, that are empty in no row.
    """

    name: str
    columns: Mapping[str, Column]
    rows: Callable[[Source], Rows]
    links: tuple[Link, ...] = ()
    always: tuple[str, ...] = ()

    @property
    def table(self) -> Table:
        """What the dictionary says of it."""
        return TABLES[self.name]


_OF_ARTICLES = {field.name for field in fields(Article)}
_ARTICLE = Column("integer", "The article it belongs to: `articles.id`; empty where that is not in this package")
_TO_ARTICLES: Link = ("article_id", "articles", "id")
_HELD = "CASE WHEN ifnull({0}.alias_of, {0}.id) IN temp.chosen_articles THEN ifnull({0}.alias_of, {0}.id) END"


def _with_article(name: str, columns: Sequence[str]) -> dict[str, Column]:
    """Return columns of a table, after the first the number of the article that is meant."""
    first, *others = columns
    theirs = TABLES[name].columns
    return {first: theirs[first], "article_id": _ARTICLE, **{each: theirs[each] for each in others}}


def _articles(source: Source) -> Rows:
    names = ARTICLES.columns
    for article in source.articles():
        values = (getattr(article, name) for name in names)
        yield [int(value) if isinstance(value, bool) else value for value in values]


def _of_each_article(name: str) -> Callable[[Source], Rows]:
    """Return what asks a table that has `article_id`, some hundred articles at a time: texts are long."""
    table = TABLES[name]

    def rows(source: Source) -> Rows:
        for some in batches(sorted(source.ids)):
            query = f"SELECT {', '.join(table.columns)} FROM {name} WHERE article_id IN {marks(some)}"  # noqa: S608 - names of ours
            order = f" ORDER BY {', '.join(table.key)}"
            yield from source.read(source.archive.conn.execute(query + order, some))

    return rows


def _captures(source: Source) -> Rows:
    columns = [_HELD.format("p") if name == "article_id" else f"c.{name}" for name in CAPTURES.columns]
    return source.read(
        source.archive.conn.execute(
            f"SELECT {', '.join(columns)} FROM temp.chosen_captures t CROSS JOIN captures c ON c.id = t.id "  # noqa: S608 - the same
            "CROSS JOIN pages p ON p.id = c.page_id ORDER BY t.id"
        )
    )


def _sightings(source: Source) -> Rows:
    its = {"url": "named.url", "article_id": _HELD.format("named"), "seen_on": "naming.url"}
    columns = [its.get(name, f"m.{name}") for name in SIGHTINGS.columns]
    return source.read(
        source.archive.conn.execute(
            f"SELECT {', '.join(columns)} FROM temp.chosen_mentions t CROSS JOIN mentions m ON m.id = t.id "  # noqa: S608 - the same
            "CROSS JOIN pages named ON named.id = m.page_id CROSS JOIN pages naming ON naming.id = m.seen_on_id "
            "ORDER BY t.id"
        )
    )


ARTICLES = Resource(
    "articles",
    {name: column for name, column in TABLES["articles"].columns.items() if name in _OF_ARTICLES},
    _articles,
    always=("site", "url", "status"),
)
VERSIONS = Resource(
    "versions",
    TABLES["versions"].columns,
    _of_each_article("versions"),
    (_TO_ARTICLES, ("capture_id", "captures", "id")),
)
IMAGES = Resource("images", TABLES["images"].columns, _of_each_article("images"), (_TO_ARTICLES,))
ATTACHMENTS = Resource("attachments", TABLES["attachments"].columns, _of_each_article("attachments"), (_TO_ARTICLES,))
CAPTURES = Resource(
    "captures",
    _with_article("captures", [name for name in OF_CAPTURES if name != "page_id"]),
    _captures,
    (_TO_ARTICLES, ("revisit_of", "captures", "id")),
    always=("url", "captured_at", "source", "status"),
)
SIGHTINGS = Resource(
    "sightings",
    _with_article("sightings", list(TABLES["sightings"].columns)),
    _sightings,
    (_TO_ARTICLES,),
    always=("url", "seen_on", "relation", "position", "first_seen_at", "last_seen_at"),
)
RESOURCES = (ARTICLES, VERSIONS, SIGHTINGS, IMAGES, ATTACHMENTS, CAPTURES)
