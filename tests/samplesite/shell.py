"""The part of a page that all pages of a site share, encoded once, with places for what differs."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING

from tests.samplesite.views import COUNTER, HEAD, MIDDLE, TITLE

if TYPE_CHECKING:
    from tests.samplesite.charsets import Charset
    from tests.samplesite.views import Chrome, Markup

_PLACES = re.compile(f"([{COUNTER}{HEAD}{TITLE}{MIDDLE}])")


class Shell:
    """A markup's frame round nothing yet."""

    def __init__(self, markup: Markup, chrome: Chrome, charset: Charset) -> None:
        self._charset = charset
        self._tokens: list[str | bytes] = [
            token if _PLACES.match(token) else charset.encode(token)
            for token in _PLACES.split(markup.frame(chrome, TITLE, MIDDLE))
        ]

    def parts(self, title: str, middle: str, head: str = "") -> list[bytes]:
        """Return the bytes of a page, cut where the visit counter stands."""
        encode = self._charset.encode
        first, *more = (encode(part) for part in middle.split(COUNTER))
        fillings = {TITLE: encode(escape(title)), HEAD: encode(head), MIDDLE: first}
        done: list[list[bytes]] = [[self._charset.bom]]
        for token in self._tokens:
            if isinstance(token, bytes):
                done[-1].append(token)
            elif token == COUNTER:
                done.append([])
            else:
                done[-1].append(fillings[token])
                done += [[part] for part in more] if token == MIDDLE else []
        return [b"".join(part) for part in done]
