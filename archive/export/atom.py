"""Atom (RFC 4287), newest first. With everything in one document the feed says that it is complete (RFC 5005)."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from archive.export import feed
from archive.export.feed import GENERATOR, LANGUAGE, Entry, Feed, Pages, at_its_site
from archive.export.source import Source
from archive.stored import Article

MEDIA_TYPE = "application/atom+xml"
# What XML has no way to write: a character that nobody can read stands for it.
_UNWRITABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write(source: Source, path: Path) -> None:
    """Write the feed to `path`."""
    source = source.newest_first()
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(parts(feed.of(source), source.articles()))


def parts(of: Feed, articles: Iterable[Article], page_of: Pages = at_its_site) -> Iterator[str]:
    """Yield the document piece by piece: its head, an entry each, its end; `page_of` says where to read an article."""
    yield '<?xml version="1.0" encoding="utf-8"?>\n'
    yield (
        f'<feed xmlns="http://www.w3.org/2005/Atom" xmlns:fh="http://purl.org/syndication/history/1.0" '
        f'xml:lang="{LANGUAGE}">\n'
    )
    yield from (f"{line}\n" for line in _head(of))
    for article in articles:
        yield "<entry>\n"
        yield from (f"{line}\n" for line in _entry(feed.entry(article, page_of)))
        yield "</entry>\n"
    yield "</feed>\n"


def _head(of: Feed) -> Iterator[str]:
    yield _text("id", of.id)
    yield _text("title", of.title)
    yield _text("subtitle", of.about)
    yield _text("updated", of.updated)
    yield _text("generator", GENERATOR)
    if of.complete:
        yield "<fh:complete/>"
    for relation, url, kind in (
        ("self", of.url, MEDIA_TYPE),
        ("next", of.older, MEDIA_TYPE),
        ("alternate", of.home, "text/html"),
    ):
        if url:
            yield f'<link rel="{relation}" type="{kind}" href={_quoted(url)}/>'


def _entry(of: Entry) -> Iterator[str]:
    yield _text("id", of.url)
    yield f'<link rel="alternate" type="text/html" href={_quoted(of.page)}/>'
    if of.page != of.url:
        yield f'<link rel="via" href={_quoted(of.url)}/>'
    yield _text("title", of.title)
    yield _text("updated", of.updated)
    if of.published:
        yield _text("published", of.published)
    yield f"<author>{_text('name', of.author)}</author>"
    if of.category:
        yield f"<category term={_quoted(of.category)}/>"
    if of.summary:
        yield _text("summary", of.summary)
    yield f'<content type="html">{escape(_writable(of.html))}</content>'


def _text(tag: str, text: str) -> str:
    return f"<{tag}>{escape(_writable(text))}</{tag}>"


def _quoted(value: str) -> str:
    return quoteattr(_writable(value))


def _writable(text: str) -> str:
    return _UNWRITABLE.sub("\ufffd", text)
