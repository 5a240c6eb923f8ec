"""One page and what was read on it, printed for a person who compares it with the page in a browser."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from rich.console import Console
from rich.text import Text

from thidua.options import day, moment, plural

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pipelines.probing import Item, Probed

_ABOUT = 11  # characters: the width of the column of labels
_LONGEST = 110  # characters of a line that is quoted
_ENDS = 3  # paragraphs shown at either end of the text
_FEW = 4  # lines and addresses shown of many
_KINDS = {"article": "green", "listing": "blue", "home": "blue"}  # all else is red: nothing is stored


def print_probed(seen: Probed, *, every_line: bool = False) -> None:
    """Print it. `every_line` shows all that was left out, not a few lines for each reason."""
    console = Console(highlight=False)
    style = f"bold {_KINDS.get(seen.page.kind, 'red')}"
    console.print(
        Text.assemble((seen.page.kind.upper(), style), "  ", (_plain(seen.page.title), "bold")), soft_wrap=True
    )
    for part in (list(_about(seen)), list(_fields(seen))):
        _print_rows(console, part)
        if part:
            console.print()
    for heading, lines in (
        (_text_heading(seen), _text(seen)),
        ("Lists", _lists(seen)),
        (f"Sections: {len(seen.page.sections)}", _some(seen.page.sections, seen)),
        (f"Further pages: {len(seen.page.pagers)}", _some(seen.page.pagers, seen)),
        (f"Left out: {plural(len(seen.explained.dropped), 'line')}", _dropped(seen, every_line=every_line)),
        ("Notes", (Text(note) for note in seen.page.notes)),
    ):
        shown = list(lines)
        if shown:
            console.print(Text(heading, style="cyan"), soft_wrap=True)
            for line in shown:
                console.print(Text("  ") + line, soft_wrap=True)
            console.print()


def _print_rows(console: Console, rows: Iterable[tuple[str, str, str]]) -> None:
    for label, value, whence in rows:
        if value:
            row = Text.assemble((f"{label:<{_ABOUT}}", "cyan"), _plain(value))
            console.print(row.append(f"   {_plain(whence)}" if whence else "", style="dim"), soft_wrap=True)


def _about(seen: Probed) -> Iterator[tuple[str, str, str]]:
    """Yield label, value and source of what is said of the page as a whole."""
    address, profile = seen.address, seen.profile
    yield "why", seen.explained.why, ""
    yield "a crawl", seen.verdict, ""
    yield "address", address.url, seen.specimen.told
    yield "meant", address.meant if address.meant != address.url else "", "by the rules of rewrite"
    yield "identity", address.key, "pages with the same are one"
    yield "rule", address.rule, "its address, by the profile"
    yield (
        "profile",
        f"{profile.key} ({profile.name})" if profile.source else f"none for {profile.name}",
        f"era: {seen.era}" * bool(seen.era),
    )
    yield "captured", moment(seen.specimen.at.strftime("%Y-%m-%dT%H:%M:%SZ")), ""
    yield "charset", seen.page.charset, ""


def _fields(seen: Probed) -> Iterator[tuple[str, str, str]]:
    """Yield label, value and source of each field."""
    page, sources = seen.page, seen.explained.sources
    if page.kind not in {"article", "other"}:
        return
    yield "title", page.title or "none found", sources.get("title", "")
    yield "date", day(page.published.isoformat()) if page.published else "none found", sources.get("date", "")
    yield "category", page.category, sources.get("category", "")
    yield "lead", _short(page.lead), sources.get("lead", "")
    yield "byline", page.byline, sources.get("byline", "")
    for image in page.images:
        yield "image", image.url, image.caption
    for file in page.attachments:
        yield "attached", file.url, file.name


def _text_heading(seen: Probed) -> str:
    source = seen.explained.sources.get("body", "")
    size = f"{plural(len(seen.page.blocks), 'paragraph')}, {len(seen.page.body):,} characters"
    return f"Text: {size}" + (f"; {source}" if source else "")


def _text(seen: Probed) -> Iterator[Text]:
    """Yield the beginning and the end of the text, where mistakes are."""
    blocks = seen.page.blocks
    left_out = len(blocks) - 2 * _ENDS
    for n, block in enumerate(blocks):
        if left_out > 0 and _ENDS <= n < len(blocks) - _ENDS:
            if n == _ENDS:
                yield Text(f"… {left_out} more …", style="dim")
            continue
        yield Text.assemble((f"{block.kind} ", "dim"), _short(block.text))


def _lists(seen: Probed) -> Iterator[Text]:
    """Yield the lists with their labels, and every item with what is done about it."""
    for each in seen.explained.lists:
        yield Text.assemble((_short(each.label), "bold"), f" → {each.direction}, {plural(each.items, 'item')}")
    for item in seen.items:
        yield _item(item, seen.address.url)


def _item(item: Item, page: str) -> Text:
    line = Text.assemble((f"{item.relation:<8}", "dim"), f"{_date(item):<11}", _short(item.title))
    if item.refused:
        return line.append(f"  ✗ {item.refused}", style="red")
    return line.append(f"  {_near(item.url, page)}", style="dim")


def _near(url: str, page: str) -> str:
    """Return an address without scheme and host where they are those of the page."""
    host = "/".join(page.split("/", 3)[:3]) + "/"
    return _short("/" + url.removeprefix(host) if url.startswith(host) else url)


def _date(item: Item) -> str:
    return day(item.published.isoformat()) if item.published else "undated"


def _some(urls: tuple[str, ...], seen: Probed) -> Iterator[Text]:
    """Yield the first of many addresses, and every one that the profile leaves out."""
    for n, url in enumerate(urls):
        if why := seen.profile.skips(url):
            yield Text(_near(url, seen.address.url), style="dim").append(f"  ✗ {why}", style="red")
        elif n < _FEW:
            yield Text(_near(url, seen.address.url), style="dim")
    if len(urls) > _FEW:
        yield Text(f"… {len(urls) - _FEW} more", style="dim")


def _dropped(seen: Probed, *, every_line: bool) -> Iterator[Text]:
    """Yield what was left out, reason by reason, the reasons in the order of the page."""
    counts = Counter(each.why for each in seen.explained.dropped)
    for why, number in counts.items():
        yield Text.assemble((why, "bold"), f": {plural(number, 'line')}")
        lines = [each for each in seen.explained.dropped if each.why == why]
        for each in lines if every_line else lines[:_FEW]:
            place = f"{each.line:>5} " if each.line else "      "
            yield Text.assemble((place, "dim"), _short(each.text))
        if len(lines) > _FEW and not every_line:
            yield Text(f"      … {len(lines) - _FEW} more (--lines)", style="dim")


def _short(text: str) -> str:
    plain = _plain(text)
    return plain if len(plain) <= _LONGEST else plain[: _LONGEST - 1].rstrip() + "…"


def _plain(text: str) -> str:
    """Return a text that a terminal shows as it is, in one line."""
    return "".join(character if character.isprintable() else " " for character in text)
