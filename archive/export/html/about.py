"""What is said of the whole: which sites, how many articles, of when, and what their dates rest on."""

from dataclasses import dataclass

from archive import status
from archive.export.source import Source
from archive.pages import batches, marks
from archive.stored import host
from archive.wording import count, day


@dataclass(frozen=True, slots=True)
class About:
    """What the site holds. Dates are ISO, times UTC; None where there is no article to tell.

    `dated_by` counts articles by what their date rests on: `list`, `page`, `text`, and empty for the undated.
    `missing` counts articles that are known of and not stored; None where only a choice of articles was exported.
    """

    articles: int
    sites: list[str]
    dated_by: dict[str, int]
    gone: int
    first_published: str | None
    last_published: str | None
    first_captured_at: str | None
    last_captured_at: str | None
    missing: int | None
    chosen_by: list[tuple[str, str]]


_FACTS = (
    "SELECT url, published, ifnull(published_source, ''), status, first_captured_at, last_captured_at "
    "FROM articles WHERE id IN "
)


def about(source: Source) -> About:
    """Return what the site holds."""
    sites: dict[str, int] = {}
    dated_by = dict.fromkeys(("list", "page", "text", ""), 0)
    gone = 0
    published: list[str] = []
    captured: list[str] = []
    for part in batches(source.ids):
        rows = source.archive.conn.execute(_FACTS + marks(part), part).fetchall()
        for url, _, dated, state, _, _ in rows:
            sites[host(url)] = sites.get(host(url), 0) + 1
            dated_by[dated] += 1
            gone += state == "gone"
        published = _ends([*published, *(row[1] for row in rows if row[1])])
        captured = _ends([*captured, *(moment for row in rows for moment in row[4:] if moment)])
    return About(
        articles=len(source.ids),
        sites=sorted(sites, key=lambda site: (-sites[site], site)),
        dated_by=dated_by,
        gone=gone,
        first_published=min(published, default=None),
        last_published=max(published, default=None),
        first_captured_at=min(captured, default=None),
        last_captured_at=max(captured, default=None),
        missing=status.status(source.archive).missing if source.everything else None,
        chosen_by=_chosen_by(source),
    )


def _ends(values: list[str]) -> list[str]:
    """Return the least and the greatest."""
    return [min(values), max(values)] if values else []


def _chosen_by(source: Source) -> list[tuple[str, str]]:
    """Return how the articles were chosen, a label and a value each; nothing where all are here."""
    selection = source.selection
    words = f"{selection.query} (khớp đúng dấu)" if selection.query and selection.exact else selection.query
    parts = [
        ("từ ngày", day(selection.date_from.isoformat()) if selection.date_from else ""),
        ("đến ngày", day(selection.date_to.isoformat()) if selection.date_to else ""),
        ("chuyên mục", selection.category or ""),
        ("có các từ", words),
        ("mới nhất, nhiều nhất", f"{count(source.limit)} bài" if source.limit is not None else ""),
    ]
    return [part for part in parts if part[1]]
