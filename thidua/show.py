"""`thidua show`: one article with all that is known about it."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

import click
from rich.console import Console
from rich.text import Text

from archive import Archive
from archive.prose import Group, groups
from archive.show import Neighbour, Shown, show
from crawler.pages import urls
from thidua.beside import beside
from thidua.exits import told
from thidua.options import day, filled, json_option, moment, print_json, reading_option

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from archive.stored import Article

_SOURCES = {
    "list": "other pages' lists say so",
    "page": "the page itself says so",
    "text": "the opening of the text says so",
}
_CAPTURES = 10  # that are listed of an article with many
_ABOUT = 11  # characters: the width of the column of labels


@click.command("show", short_help="Show one article and how its date is known.")
@click.argument("which", metavar="ID-or-URL", callback=filled)
@reading_option
@json_option
def command(which: str, folder: Path, as_json: bool) -> None:
    """Show one article: text, dates and what they rest on, neighbours, versions, captures.

    Any spelling of its URL will do.

    \b
    thidua show 17
    thidua show https://thiduakhenthuong.example.gov.vn/Trang/ChiTietTinTuc.aspx?nid=13066
    """  # noqa: D301 - click needs the character that \b stands for
    with told(), Archive.open(folder, readonly=True) as archive:
        shown = show(archive, which.encode(errors="replace").decode(), key=page_key)  # an argument need not be UTF-8
    if as_json:
        print_json(asdict(shown))
    else:
        _print(shown)


def page_key(url: str) -> str:
    """Return the identity of a URL; what is none stands for itself, and is not found."""
    try:
        return urls.key(url)
    except ValueError:
        return url


def _print(shown: Shown) -> None:
    """Print an article for a person to read."""
    console = Console(highlight=False)
    wrap = not console.is_terminal
    article = shown.article
    console.print(Text(article.title, style="bold"), soft_wrap=wrap)
    for label, text in _facts(shown):
        beside(console, Text(f"{label:<{_ABOUT}}", style="cyan"), text)
    console.print()
    for group in groups(article.body, article.block_kinds):
        console.print(Text(_piece(group)), soft_wrap=wrap)
        console.print()
    for label, named in (("Newer", shown.newer), ("Older", shown.older)):
        if named:
            console.print(Text(label, style="cyan"))
            for neighbour in named:
                beside(console, Text(f"  {day(neighbour.published)}  "), _named(neighbour))


def _piece(group: Group) -> str:
    """Return what is parted from the rest by blank lines: the rows of a table and the items of a list are one."""
    dash = "– " if group.kind == "list" else ""
    return "\n".join(dash + text for text in group.texts)


def _facts(shown: Shown) -> list[tuple[str, str]]:
    """Return label and text of each line above the body; what is unknown has no line."""
    article = shown.article
    lines = [
        ("published", _published(shown)),
        ("category", article.category),
        ("byline", article.byline),
        ("status", "" if article.status == "live" else "gone from the site, kept here"),
        ("url", article.url),
        ("versions", f"{len(shown.versions)}" if len(shown.versions) > 1 else ""),
        ("captures", f"{len(shown.captures)}" if shown.captures else ""),
        *(("", line) for line in _captured(shown)),
        *(("image", " ".join(filter(None, (caption, url)))) for url, caption in shown.images),
        *(("attached", f"{name} {url}") for url, name in shown.attachments),
    ]
    return [(label, text) for label, text in lines if text]


# Where a capture is from, in words.
_FROM = {"live": "the site itself", "wayback": "a web archive", "warc": "a WARC file", "mirror": "a mirror"}


def _captured(shown: Shown) -> Iterator[str]:
    """Yield a line for each capture: when, from where, and what became of it; of many, the first and the last."""
    texts = {version.captured_at: version.number for version in shown.versions}
    many = len(shown.captures) > _CAPTURES
    for number, each in enumerate(shown.captures):
        if many and number == _CAPTURES // 2:
            yield f"… {len(shown.captures) - _CAPTURES:,} more; --json has them all"
        if many and _CAPTURES // 2 <= number < len(shown.captures) - _CAPTURES // 2:
            continue
        version = texts.get(each.captured_at)
        told = [_FROM.get(each.source, each.source)]
        told += [each.warc_file] if each.warc_file and each.warc_file.startswith("/") else []  # not the archive's own
        told += [f"HTTP {each.status}"] if each.status not in {200, 0} else []
        told += [f"version {version}"] if version and len(shown.versions) > 1 else []
        yield f"{moment(each.captured_at)} from {', '.join(told)}"


def _published(shown: Shown) -> str:
    """Return the date with what it rests on, and the bounds that the neighbours give."""
    article = shown.article
    parts = [day(article.published)]
    if article.published_source:
        parts.append(f"({_SOURCES.get(article.published_source, article.published_source)}{_pages(shown)})")
    if article.published_disputed:
        parts.append(f"but some say {', '.join(map(day, article.published_disputed.split(',')))}")
    if bounds := _bounds(article):
        parts.append(f"· its neighbours put it at {bounds}")
    return " ".join(parts)


def _pages(shown: Shown) -> str:
    """Return how many lists agree, where lists are what the date rests on."""
    agree = sum(each.published == shown.article.published for each in shown.evidence)
    return f", {agree} of them" if shown.article.published_source == "list" and agree else ""


def _bounds(article: Article) -> str:
    """Return between which days the neighbours put the article."""
    earliest, latest = article.published_earliest, article.published_latest
    if earliest and latest:
        return f"{day(earliest)} to {day(latest)}"
    return f"{day(earliest)} or later" if earliest else f"{day(latest)} or earlier" if latest else ""


def _named(neighbour: Neighbour) -> str:
    """Return what an article before or after is called, and how to see it."""
    where = f"thidua show {neighbour.id}" if neighbour.id is not None else f"not stored: {neighbour.url}"
    return f"{neighbour.title}  ({where})"
