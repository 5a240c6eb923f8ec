"""What both kinds of feed are made of: the feed itself, and what it says of each article. Pure but for `of`."""

import json
import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields
from html import escape
from urllib.parse import urlsplit

from archive.export import about
from archive.export.source import Source
from archive.pages import batches, marks
from archive.prose import Group, groups
from archive.stored import Article, host

GENERATOR = "thidua"
LANGUAGE = "vi"
_LONGEST_SUMMARY = 300  # characters
_BEGINNING = "1970-01-01T00:00:00Z"  # when a feed without entries was updated: it must say something
_FACTS = "SELECT min(url), site, max(version_captured_at) FROM articles WHERE id IN {} GROUP BY site"


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed without its entries.

    Attributes:
        id: its name, a URI that never changes.
        title: for people.
        about: which articles it holds, in a sentence.
        updated: when the text of one of them last changed (UTC, with `Z`).
        home: the address of the site, or of the page that shows the same to people; empty where there is none.
        url: its own address; empty where that is not known.
        older: the address of the part with the next older entries; empty where there is none.
        complete: whether its entries are all there are, so that one that is missing is no longer meant (RFC 5005).
    """

    id: str
    title: str
    about: str
    updated: str
    home: str = ""
    url: str = ""
    older: str = ""
    complete: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """What a feed says of an article. Moments are RFC 3339; `published` is None where the day is not known.

    `url` is the article's address on its site, and its name; `page` is where people are to read it, there or elsewhere.
    """

    url: str
    page: str
    title: str
    updated: str
    published: str | None
    author: str
    category: str
    summary: str
    html: str


Pages = Callable[[Article], str]


def at_its_site(article: Article) -> str:
    """Return where the site has the article, the page that people are to read where there is no other."""
    return article.url


def entry(article: Article, page_of: Pages) -> Entry:
    """Return what to say of an article. Its address is its name: archives have no other that all would share."""
    return Entry(
        url=article.url,
        page=page_of(article),
        title=article.title,
        updated=article.version_captured_at,
        published=f"{article.published}T00:00:00+07:00" if article.published else None,  # the day begins in Vietnam
        author=article.byline or article.host,
        category=article.category,
        summary=summary(article),
        html=html(article),
    )


def summary(article: Article) -> str:
    """Return the article's lead, else its first paragraph; what is long is cut between words."""
    text = article.lead or next((g.texts[0] for g in groups(article.body, article.block_kinds) if _is_prose(g)), "")
    if len(text) <= _LONGEST_SUMMARY:
        return text
    return text[: _LONGEST_SUMMARY - 1].rpartition(" ")[0].rstrip(" ,;:–-") + "…"


def _is_prose(group: Group) -> bool:
    return group.kind == "paragraph"


def html(article: Article) -> str:
    """Return the article's text as HTML, with nothing in it but what stands in the archive as text."""
    return "".join(_set(group) for group in groups(article.body, article.block_kinds))


def _set(group: Group) -> str:
    match group.kind:
        case "heading":
            return f"<h3>{escape(group.texts[0], quote=False)}</h3>"
        case "list":
            return f"<ul>{_each('li', group.texts)}</ul>"
        case "table":
            rows = (f"<tr>{_each('td', row)}</tr>" for row in group.rows)
            return f"<table>{''.join(rows)}</table>"
        case "caption":
            return f"<p><em>{escape(group.texts[0], quote=False)}</em></p>"
        case _:
            return f"<p>{escape(group.texts[0], quote=False)}</p>"


def _each(tag: str, texts: Iterable[str]) -> str:
    return "".join(f"<{tag}>{escape(text, quote=False)}</{tag}>" for text in texts)


def of(source: Source) -> Feed:
    """Return the feed of the chosen articles. Its name follows from their sites and from how they were chosen."""
    homes: dict[str, str] = {}
    updated = _BEGINNING
    for part in batches(source.ids):
        for url, site, latest in source.archive.conn.execute(_FACTS.format(marks(part)), part):
            homes.setdefault(site, "{0.scheme}://{0.netloc}/".format(urlsplit(url)))
            updated = max(updated, latest)
    sites = sorted(homes)
    return Feed(
        id=name(sites, source),
        title=about.title(sorted(map(host, homes.values()))),
        about=about.choice(source.selection, source.limit),
        updated=updated,
        home=homes[sites[0]] if len(sites) == 1 else "",
        complete=source.limit is None or len(source.ids) < source.limit,
    )


def name(sites: list[str], source: Source) -> str:
    """Return a URI for this choice from these sites; a limit only shortens the same feed."""
    chosen = ((field.name, getattr(source.selection, field.name), field.default) for field in fields(source.selection))
    said = {term: str(value) for term, value, usual in chosen if value != usual}  # a new way to choose changes no name
    return uuid.uuid5(uuid.NAMESPACE_URL, json.dumps(["thidua", "feed", sites, said], sort_keys=True)).urn
