"""An article as one flat row: what the formats that are tables have in common."""

from archive.stored import Article

COLUMNS = (
    "id",
    "site",
    "url",
    "category",
    "title",
    "published",
    "published_source",
    "published_earliest",
    "published_latest",
    "byline",
    "lead",
    "body",
    "status",
    "first_captured_at",
    "last_captured_at",
)


def row(article: Article) -> dict[str, int | str | None]:
    """Return the article's columns by name."""
    return {name: getattr(article, name) for name in COLUMNS}
