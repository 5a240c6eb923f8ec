"""A static site: pages for every article, month and category, and a search that runs in the browser.

It needs no server and loads nothing from elsewhere, so it works from any web server, a USB stick included. Every link
is relative. The interface is in Vietnamese.
"""

from dataclasses import replace
from datetime import date
from pathlib import Path

from archive import show
from archive.export.html import texts, words
from archive.export.html.about import about
from archive.export.html.article import view
from archive.export.html.chart import years
from archive.export.html.entries import (
    UNDATED,
    Category,
    Entry,
    categories,
    entries,
    file_name,
    months,
    newest_first,
    pages,
)
from archive.export.html.numbers import all_written
from archive.export.html.render import Inline, Renderer, copy_static
from archive.export.source import Source

# The programs of the search, in the order they build on each other.
PROGRAMS = ("store", "folding", "query", "index", "highlight", "page")
_NEWEST = 10  # articles on the first page
_PAGES = 0.6  # of the work are the pages of articles; the rest is mostly the index
_EPOCH = date(1970, 1, 1)


def write(source: Source, path: Path) -> None:
    """Write the site into the folder `path`."""
    listed = entries(source)
    groups = categories(listed)
    slugs = {group.name: group.slug for group in groups}
    common = {"about": about(source), "slugs": slugs, "undated": UNDATED, "file_name": file_name, "programs": PROGRAMS}
    renderer = Renderer(path, common)
    copy_static(path)
    _write_articles(source, renderer, path / "tim")
    _write_lists(listed, groups, renderer)
    _write_index(source, listed, groups, path / "tim")
    renderer.page("about.html", "gioi-thieu.html", categories=groups)
    renderer.page("missing.html", "404.html", style=Inline.read("missing.css"), script=Inline.read("missing.js"))
    (path / ".nojekyll").touch()  # GitHub Pages then serves the files as they are
    _write_paths(path)


def _write_articles(source: Source, renderer: Renderer, search: Path) -> None:
    """Write the pages of the articles, and what the search shows of them."""
    here = frozenset(source.ids)
    shards = texts.Texts(search)
    counted = replace(source, tick=lambda done, whole: source.tick(int(done * _PAGES), whole))
    for article in counted.articles():
        shown = show.show(source.archive, article.id)
        renderer.page("article.html", f"bai/{article.id}.html", article=article, shown=shown, view=view(shown, here))
        shards.add(article)
    shards.close()


def _write_lists(listed: list[Entry], groups: list[Category], renderer: Renderer) -> None:
    """Write the first page, and those of the months and categories, newest first."""
    by_month = months(listed)
    names = list(by_month)
    for place, month in enumerate(names):
        values = {
            "month": month,
            "articles": len(by_month[month]),
            "before": names[place - 1] if place else None,
            "after": names[place + 1] if place + 1 < len(names) else None,
        }
        for page in pages(month, newest_first(by_month[month])):
            renderer.page("month.html", f"thang/{page.file}", page=page, **values)
    by_category: dict[str, list[Entry]] = {group.name: [] for group in groups}
    for entry in newest_first(listed):
        by_category[entry.category].append(entry)
    for group in groups:
        for page in pages(group.slug, by_category[group.name]):
            renderer.page("category.html", f"muc/{page.file}", page=page, category=group)
    counts = {month: len(articles) for month, articles in by_month.items()}
    charts, newest = years(counts), newest_first(listed)[:_NEWEST]
    renderer.page("index.html", "index.html", years=charts, counts=counts, categories=groups, newest=newest)


def _write_index(source: Source, listed: list[Entry], groups: list[Category], folder: Path) -> None:
    """Write the index, and the table of contents that the search loads first."""
    numbers = {each: number for number, each in enumerate(source.ids)}
    whole = len(listed)
    index = words.write(
        source.archive.conn,
        numbers,
        folder,
        lambda part: source.tick(int(whole * (_PAGES + part * (1 - _PAGES))), whole),
    )
    source.tick(whole, whole)
    places = {group.name: place for place, group in enumerate(groups)}
    days = [_days(entry.published) for entry in listed if entry.published]
    contents = {
        "articles": len(listed),
        "each": texts.EACH,
        "firsts": index.firsts,
        "lengths": all_written(index.lengths),
        "categories": [[group.name, group.slug] for group in groups],
        "category": all_written(places[entry.category] for entry in listed),
        # The dated come first, in order: for each the days since the one before.
        "days": all_written(day - before for before, day in zip([0, *days], days, strict=False)),
    }
    words.write_data(folder, "muc-luc", contents)


def _days(iso: str) -> int:
    """Return a day's number, counted from 1970; none that the archive takes for true is before."""
    return (date.fromisoformat(iso) - _EPOCH).days


def _write_paths(path: Path) -> None:
    """Write the paths of all pages: a sitemap needs the site's address, which nobody knows yet (docs/exports.md)."""
    pages = sorted(page.relative_to(path).as_posix() for page in path.rglob("*.html") if page.name != "404.html")
    (path / "sitemap-paths.txt").write_text("\n".join(pages) + "\n", encoding="utf-8", newline="\n")
