"""Invented articles, each made from its number alone: the hundred-thousandth costs no more than the first."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from tests.samplesite import words
from tests.samplesite.model import Article, Block, Link

if TYPE_CHECKING:
    from collections.abc import Callable

TRAPS = (
    "table",
    "items",
    "caption",
    "notice",
    "newer",
    "body-link",
    "documents",
    "heading",
    "cells",
    "picture",
    "attachment",
    "plain",
)
IMAGE_FOLDER = "/HinhAnh"

_POOLS: dict[str, tuple[str, ...]] = {
    "body": words.BODIES,
    "place": words.PLACES,
    "place_cap": tuple(place[0].upper() + place[1:] for place in words.PLACES),
    "movement": words.MOVEMENTS,
    "event": words.EVENTS,
    "event_cap": tuple(event[0].upper() + event[1:] for event in words.EVENTS),
    "award": words.AWARDS,
    "deed": words.DEEDS,
    "result": words.RESULTS,
    "role": words.ROLES,
    "role_low": tuple(role.lower() for role in words.ROLES),
    "person": words.PERSONS,
    "n": words.NUMBERS,
    "year": words.YEARS,
    "day": tuple(f"{day}/{month}" for day in range(1, 29) for month in range(1, 13)),
}
_SLOT = re.compile(r"\{(\w+)\}")


@lru_cache(maxsize=1024)
def _slots(template: str) -> tuple[str, tuple[tuple[str, ...], ...]]:
    """Return a template in the form of the % operator, and the pools its slots are filled from."""
    parts = _SLOT.split(template)
    return "%s".join(parts[::2]), tuple(_POOLS[name] for name in parts[1::2])


class Teller:
    """Fills templates from one article's own stream of chance."""

    def __init__(self, *key: int) -> None:
        number = 0
        for part in key:
            number = number * 1_000_003 + part
        self.draw: Callable[[], float] = random.Random(number).random

    def pick(self, pool: tuple[str, ...]) -> str:
        return pool[int(self.draw() * len(pool))]

    def chance(self, share: float) -> bool:
        return self.draw() < share

    def fill(self, templates: tuple[str, ...]) -> str:
        """Return one of the templates with its slots filled, its first letter upper case."""
        draw = self.draw
        form, pools = _slots(templates[int(draw() * len(templates))])
        text = form % tuple([pool[int(draw() * len(pool))] for pool in pools])
        return text[0].upper() + text[1:]

    def paragraph(self) -> str:
        return " ".join(self.fill(words.SENTENCES) for _ in range(1 + int(self.draw() * 4)))


@lru_cache(maxsize=65_536)
def headline(seed: int, category: int, position: int) -> str:
    """Return an article's title. Three of eleven carry a trap: a year span, a date, the title of a near neighbour."""
    trap = (position + category * 3) % 11
    if trap == 9 and position >= 2:
        return headline(seed, category, position - 2)
    teller = Teller(seed, 1, category, position)
    title = teller.fill(words.TITLES)
    return title + {4: " (2020-2025)", 7: " (15/3/2019)"}.get(trap, "")


def _opening(teller: Teller, published: date | None) -> tuple[str, date | None]:
    """Return the first sentence and the date it names, if it names one (never later than the article's)."""
    form = int(teller.draw() * 5)
    if published is None or form >= 3:
        return teller.fill(words.OPENINGS), None
    day = published - timedelta(days=int(teller.draw() * 1.5))
    text = teller.fill(words.OPENINGS)
    text = text if text.split()[0] in _NAMES else text[0].lower() + text[1:]
    if form == 0:
        return f"{teller.pick(words.PARTS)} ngày {day.day} tháng {day.month} năm {day.year}, {text}", day
    if form == 1:
        return f"Ngày {day.day}/{day.month}/{day.year}, {text}", day
    return f"{teller.pick(words.HOURS)} ngày {day:%d/%m/%Y}, {text}", day


_NAMES = frozenset(body.split()[0] for body in words.BODIES)  # a name keeps its capital letter after a comma


@dataclass(frozen=True, slots=True)
class Task:
    """Which article to write: its id, the number and name of its category, its place there (0 the oldest), its date.

    `link` is another article, for the trap of a body link followed by a date: its text is "title|date".
    """

    number: int
    category: int
    name: str
    position: int
    published: date
    link: Link | None = None


def trap_of(category: int, position: int) -> str:
    """Return which trap an article holds: they come in turn in every category."""
    return TRAPS[(position + category * 5) % len(TRAPS)]


def compose(seed: int, task: Task) -> Article:
    """Return the article of a task."""
    category, position, published = task.category, task.position, task.published
    teller = Teller(seed, 2, category, position)
    lead = teller.fill(words.LEADS) if teller.chance(0.3) else ""
    opening, dateline = _opening(teller, published)
    first = f"{opening} {teller.paragraph()}" if teller.chance(0.7) else opening
    blocks = [Block("p", lead)] if lead else []
    blocks.append(Block("p", first))
    blocks += [Block("p", teller.paragraph()) for _ in range(1 + int(teller.draw() * 3))]
    blocks += special(trap_of(category, position), teller, task)
    blocks += [Block("p", teller.paragraph()) for _ in range(int(teller.draw() * 3))]
    if teller.chance(0.6):
        blocks.append(Block("p", teller.fill(words.CLOSINGS)))
    byline = teller.fill(words.BYLINES) if teller.chance(0.7) else ""
    return Article(
        title=headline(seed, category, position),
        category=task.name,
        blocks=tuple(blocks),
        byline=byline,
        lead=lead,
        published=published,
        dateline=dateline,
        id=task.number,
        views=int(teller.draw() * 500),
    )


def special(trap: str, teller: Teller, task: Task) -> list[Block]:
    """Return the blocks that make this article harder to read than plain paragraphs would be."""
    return _SPECIALS[trap](teller, task)


def _crops(teller: Teller) -> list[str]:
    others = [crop for crop in words.CROPS if crop != "na"]
    start = int(teller.draw() * len(others))
    return [others[start], "na", others[start - 1], others[start - 2]]


def _table(teller: Teller, _task: Task) -> list[Block]:
    rows = [Block("r", "STT | Cây trồng | Diện tích (ha)")]
    return rows + [
        Block("r", f"{n} | {crop} | {teller.pick(words.NUMBERS)}") for n, crop in enumerate(_crops(teller), 1)
    ]


def _items(teller: Teller, _task: Task) -> list[Block]:
    intro = Block("p", f"Các loại cây được {teller.pick(words.BODIES)} {teller.pick(words.PLACES)} khuyến khích gồm:")
    return [intro, *(Block("i", crop) for crop in _crops(teller))]


def _cells(teller: Teller, _task: Task) -> list[Block]:
    """A table of one column, where "na" stands alone as it does in the boilerplate under the page."""
    intro = Block("p", f"Danh mục nông sản dự thi của {teller.pick(words.PLACES)}:")
    return [intro, *(Block("r", crop) for crop in _crops(teller)), Block("p", teller.paragraph())]


def _caption(teller: Teller, task: Task) -> list[Block]:
    return [Block("c", teller.fill(words.CAPTIONS), image=f"{IMAGE_FOLDER}/{task.number}/anh-1.jpg")]


def _picture(teller: Teller, task: Task) -> list[Block]:
    """A picture inside a paragraph; its name holds NFD letters, which are part of the URL and must stay as they are."""
    return [Block("p", teller.paragraph(), image=f"{IMAGE_FOLDER}/{task.number}/ho\u0323\u0302i-nghi\u0323.jpg")]


def _notice(teller: Teller, _task: Task) -> list[Block]:
    return [Block("p", "Thông báo"), Block("p", teller.paragraph())]


def _newer(teller: Teller, _task: Task) -> list[Block]:
    return [Block("p", teller.fill(words.NEWER_TRAPS))]


def _body_link(teller: Teller, task: Task) -> list[Block]:
    link = task.link
    if link is None:
        return [Block("p", teller.paragraph())]
    title, _, shown = link.text.rpartition("|")
    return [Block("p", f"Trước đó, {title} ({shown}) cũng nói tới việc này.", links=(Link(link.url, title),))]


def _documents(teller: Teller, task: Task) -> list[Block]:
    """A list of files, each followed by a date: it looks like a list of older articles."""
    blocks = [Block("p", f"Các văn bản được {teller.pick(words.BODIES)} {teller.pick(words.PLACES)} công bố:")]
    for n in range(1, 4):
        name = teller.fill(words.DOCUMENTS)
        day = task.published - timedelta(days=30 * n)
        blocks.append(Block("i", f"{name} ({day:%d/%m/%Y})", links=(Link(f"/tep/{task.number}-{n}.pdf", name),)))
    return blocks


def _attachment(teller: Teller, task: Task) -> list[Block]:
    name = teller.fill(words.DOCUMENTS)
    return [Block("p", f"Toàn văn xem tại {name} kèm theo.", links=(Link(f"/tep/{task.number}.docx", name),))]


def _heading(teller: Teller, _task: Task) -> list[Block]:
    return [Block("h", teller.fill(words.HEADINGS)), Block("p", teller.paragraph())]


def _plain(teller: Teller, _task: Task) -> list[Block]:
    return [Block("p", teller.paragraph())]


_SPECIALS: dict[str, Callable[[Teller, Task], list[Block]]] = {
    "table": _table,
    "items": _items,
    "caption": _caption,
    "notice": _notice,
    "newer": _newer,
    "body-link": _body_link,
    "documents": _documents,
    "heading": _heading,
    "cells": _cells,
    "picture": _picture,
    "attachment": _attachment,
    "plain": _plain,
}
