"""`thidua search`: find articles by their words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click
from rich.console import Console
from rich.text import Text

from archive import Archive
from archive.search import Hit, search
from thidua.exits import told
from thidua.options import choice_options, day, json_option, print_json, reading_option, typed

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path


Spans = tuple[tuple[int, int], ...]


@click.command("search", context_settings={"ignore_unknown_options": True})
@click.argument("query", nargs=-1, required=True)
@reading_option
@choice_options
@click.option(
    "--limit", type=click.IntRange(1, 1000), default=10, show_default=True, metavar="N", help="Show at most N."
)
@json_option
def command(  # noqa: PLR0913, PLR0917 - click passes every option by name
    query: tuple[str, ...],
    folder: Path,
    date_from: date | None,
    date_to: date | None,
    category: str,
    exact: bool,
    limit: int,
    as_json: bool,
) -> None:
    """Find articles; the best come first.

    Words typed without accents find them with any; words typed with accents find only those. "…" is a phrase, OR and
    NOT join, * at a word's end stands for any ending, title: looks in titles only.

    \b
    thidua search thi dua
    thidua search '"điển hình tiên tiến" NOT title:"hội nghị"' --from 2019 --to 2020-06
    """  # noqa: D301 - click needs the character that \b stands for
    words = typed(query)
    with told(), Archive.open(folder, readonly=True) as archive:
        hits = search(
            archive,
            words,
            date_from=date_from,
            date_to=date_to,
            category=category or None,
            exact=exact,
            limit=limit,
        )
    if as_json:
        print_json([_record(hit) for hit in hits])
    else:
        _print(hits)


def _record(hit: Hit) -> dict[str, Any]:
    """Return what `search --json` says of one article (design §5), and its id."""
    return {
        "id": hit.id,
        "url": hit.url,
        "title": hit.title,
        "published": hit.published,
        "category": hit.category,
        "snippet": hit.snippet,
        "score": hit.score,
    }


def _print(hits: list[Hit]) -> None:
    """Print hits for a person: wrapped, coloured and highlighted on a terminal; one line a field in a pipe."""
    console = Console(highlight=False)
    wrap = not console.is_terminal
    if not hits:
        console.print("Nothing found. Fewer words, or words without accents, find more.", soft_wrap=wrap)
    for number, hit in enumerate(hits):
        if number:
            console.print()
        mark = _coloured if console.is_terminal else _bracketed
        console.print(mark(hit.title, hit.title_highlights, "bold"), soft_wrap=wrap)
        facts = f"{day(hit.published)} · {hit.category or 'no category'} · thidua show {hit.id}"
        console.print(Text(facts, style="cyan"), soft_wrap=wrap)
        console.print(mark(hit.snippet, hit.highlights, ""), soft_wrap=wrap)
        console.print(Text(hit.url, style="dim"), soft_wrap=True)  # a wrapped URL cannot be copied


def _coloured(text: str, spans: Spans, style: str) -> Text:
    """Return text with its spans marked by colour."""
    marked = Text(text, style=style)
    for start, end in spans:
        marked.stylize("bold black on yellow", start, end)
    return marked


def _bracketed(text: str, spans: Spans, style: str) -> Text:
    """Return text with its spans in brackets, for where there is no colour."""
    for start, end in reversed(spans):
        text = f"{text[:start]}[{text[start:end]}]{text[end:]}"
    return Text(text, style=style)
