"""The sample site: what has become of it since it began, and what it answers."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from email.utils import format_datetime
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from tests.samplesite.charsets import CHARSETS
from tests.samplesite.faults import Fault
from tests.samplesite.holdings import GONE_FORMS, Holdings
from tests.samplesite.markups import BY_NAME
from tests.samplesite.model import Response
from tests.samplesite.pages import Drawer, plain
from tests.samplesite.urls import Target

if TYPE_CHECKING:
    from tests.samplesite.model import Article, Block

_CACHED_PAGES = 256
_TEMPLATE_DAY = date(2019, 3, 1)


class Site(Holdings):
    """A site that can change between two crawls and that answers requests. Its arguments are those of `Holdings`."""

    def __init__(self, articles: int = 120, categories: int = 3, **options: Any) -> None:
        super().__init__(articles, categories, **options)
        self._faults: dict[str, Fault] = {}
        self._pages: OrderedDict[str, list[bytes]] = OrderedDict()
        self._drawer = Drawer(self)

    # -- what becomes of it

    def add(self, category: int | str = 0, count: int = 1, **fields: Any) -> list[int]:
        """Publish new articles in a category and return their ids.

        Args:
            category: its number or name.
            count: how many.
            **fields: what to set in them (title, blocks, byline, lead, published …) instead of inventing it.
        """
        number = self.categories.index(category) if isinstance(category, str) else category
        day = fields.get("published")
        ids = [self.chain.append(number, day if isinstance(day, date) else None) for _ in range(count)]
        for new in ids:
            if fields:
                self._edited[new] = replace(self.article(new), **fields)
        self._changed()
        return ids

    def add_late(self, category: int, back: int) -> int:
        """Publish an article dated back, so that it stands `back` places below its category's newest; return its id."""
        new = self.chain.insert(category, self.chain.length(category) - back)
        self._changed()
        return new

    def edit(self, number: int, **fields: Any) -> Article:
        """Change fields of an article (title, blocks, byline, views …) and return it. Its date and URL stay."""
        self._edited[number] = replace(self.article(number), **fields)
        self._edits[number] += 1
        self._changed()
        return self._edited[number]

    def edit_paragraph(self, number: int, text: str, place: int = -1) -> Article:
        """Change the words of one block of an article."""
        blocks: list[Block] = list(self.article(number).blocks)
        blocks[place] = replace(blocks[place], text=text, links=())
        return self.edit(number, blocks=tuple(blocks))

    def remove(self, number: int, how: str = "404") -> None:
        """Remove an article; `how` says what is answered for it: 404, 410, soft404 or home (a redirect to it)."""
        if how not in GONE_FORMS:
            raise ValueError(f"no such way of being gone: {how}; there are {', '.join(GONE_FORMS)}")
        self.chain.place(number)
        self._removed[number] = how
        self._changed()

    def restore(self, number: int) -> None:
        """Bring a removed article back."""
        self._removed.pop(number, None)
        self._restored.add(number)
        self._changed()

    def restyle(self, markup: str = "", **look: Any) -> None:
        """Give the site another layout: a markup, fields of `Look`. Its articles and their URLs stay."""
        self.options = replace(self.options, markup=markup or self.options.markup)
        self.form = BY_NAME[self.options.markup]
        self.look = replace(self.look, **look)
        self._changed()

    def fault(self, where: str | int, kind: str, times: int | None = None, seconds: float = 5.0) -> None:
        """Let a page (a path, an article's id, or "*" for all) fail; see `faults.KINDS`. `times` None is for ever."""
        self._faults[self._fault_key(where)] = Fault(kind, times, seconds)

    def clear_faults(self) -> None:
        self._faults.clear()

    def _fault_key(self, where: str | int) -> str:
        if isinstance(where, int):
            return f"article {where}"
        target = self.find(where) if where != "*" else Target("none")
        return f"article {target.number}" if target.kind == "article" else where

    def _changed(self) -> None:
        self._pages.clear()
        self._named.clear()
        self._drawer = Drawer(self)

    # -- what it answers

    def render(self, target: str, visit: int = 1, if_none_match: str = "", if_modified_since: str = "") -> Response:
        """Return the answer to a request target. `visit` is the number that the page's counter shows."""
        meant = self.find(target)
        healthy = self._answer(target, meant, visit, (if_none_match, if_modified_since))
        if not self._faults:
            return healthy
        key = f"article {meant.number}" if meant.kind == "article" else target
        fault = self._faults.get(key) or self._faults.get("*")
        return fault.answer(target, healthy) if fault and fault.happens() else healthy

    def _answer(self, target: str, meant: Target, visit: int, held: tuple[str, str]) -> Response:
        if (file := plain(target, self.options.robots)) is not None:
            return file
        status, location = self._drawer.status(meant)
        if location:
            return Response(status, (("Location", location),), b"")
        charset = CHARSETS[self.look.charset]
        parts = self._parts(target, meant)
        validators = self._validators(meant, parts) if status == HTTPStatus.OK else {}
        headers = (("Content-Type", charset.content_type), *validators.items())
        asked = {"ETag": held[0], "Last-Modified": "" if held[0] else held[1]}  # RFC 9110 §13.2.2: the ETag decides
        if any(value and validators.get(name) == value for name, value in asked.items()):
            return Response(304, headers, b"")
        return Response(status, headers, charset.encode(str(visit)).join(parts))

    def _validators(self, meant: Target, parts: list[bytes]) -> dict[str, str]:
        """Return the headers by which a page's content can be recognised, as far as the site gives any."""
        found = {}
        if self.options.etags:
            found["ETag"] = f'"{hashlib.blake2b(b"".join(parts), digest_size=8).hexdigest()}"'
        if self.options.last_modified:
            day = _TEMPLATE_DAY
            if meant.kind == "article":
                day = self.chain.day(meant.number) + timedelta(days=self._edits[meant.number])
            found["Last-Modified"] = format_datetime(datetime(day.year, day.month, day.day, tzinfo=UTC), usegmt=True)
        return found

    def _parts(self, target: str, meant: Target) -> list[bytes]:
        parts = self._pages.get(target)
        if parts is None:
            parts = self._drawer.parts(target, meant)
            self._pages[target] = parts
            if len(self._pages) > _CACHED_PAGES:
                self._pages.popitem(last=False)
        return parts
