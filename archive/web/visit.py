"""One request to the reading room: its language, and the addresses of pages as seen from there."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from archive.web.criteria import given
from archive.web.files import mark
from archive.web.texts import LANGUAGES, Language, Texts

if TYPE_CHECKING:
    from collections.abc import Iterable

    from archive.web.room import Room


@dataclass(frozen=True)
class Visit:
    """A request.

    Attributes:
        room: the archive.
        request: Datasette's own object.
        language: `vi`, or `en` for addresses below `/en`.
        page: which page is asked for, without the language: `search`, `article/7`; empty for the first.
    """

    room: Room
    request: Any
    language: Language
    page: str

    @property
    def t(self) -> Texts:
        """The texts in the visit's language."""
        return Texts(self.language)

    @cached_property
    def name(self) -> str:
        """What the room is called: the title that the publisher's metadata gives, else ours."""
        return str(self.room.datasette.metadata("title") or self.t("name"))

    def url(self, page: str, params: Iterable[tuple[str, str]] = (), language: Language | None = None) -> str:
        """Return the path of a page of the room, below Datasette's base URL, in the visit's language or another."""
        prefix = "en/" if (language or self.language) == "en" else ""
        path = str(self.room.datasette.urls.path((prefix + page).rstrip("/")))
        query = urlencode(list(params))
        return f"{path}?{query}" if query else path

    def whole(self, path: str) -> str:
        """Return the address with scheme and host, as the reader's browser knows this server."""
        return str(self.room.datasette.absolute_url(self.request, path))

    def static(self, name: str) -> str:
        """Return the path of a file of `static/`, with a mark of its content, so that browsers may keep it."""
        return f"{self.room.datasette.urls.path('-/thidua/' + name)}?{mark(name)}"

    def data(self) -> str:
        """Return the path of Datasette's own page of the database."""
        return str(self.room.datasette.urls.database(self.room.database))

    @staticmethod
    def named(language: Language) -> str:
        """Return what a language calls itself."""
        return Texts(language)("in_language")

    def others(self) -> Iterable[tuple[Language, str]]:
        """Return the languages, each with the path of this very page in it."""
        return [(language, self.url(self.page, given(self.request.args), language)) for language in LANGUAGES]
