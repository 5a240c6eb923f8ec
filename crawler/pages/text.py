"""Small things done to text: one spelling, single spaces, and a folded form to compare by."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# Zero-width characters, soft hyphens and direction marks are invisible and split words for a search. A terminal does
# what controls say; those that are white space become a space.
_FORMAT = [0xAD, 0x180E, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070), 0xFEFF]
_CONTROLS = [code for code in (*range(0x20), *range(0x7F, 0xA0)) if not chr(code).isspace()]
_INVISIBLE = dict.fromkeys(_FORMAT + _CONTROLS)


def squeeze(raw: str) -> str:
    """Return the text in NFC, without invisible characters, every run of white space (also `&nbsp;`) one space."""
    if raw.isascii():
        squeezed = " ".join(raw.split())
        return squeezed if squeezed.isprintable() else " ".join(squeezed.translate(_INVISIBLE).split())
    if not unicodedata.is_normalized("NFC", raw):
        raw = unicodedata.normalize("NFC", raw)
    if raw.isprintable():  # then a space is its only white space, and nothing is invisible
        return " ".join(raw.split()) if "  " in raw else raw.strip(" ")
    return " ".join(raw.translate(_INVISIBLE).split())


def _folded_letters() -> dict[int, str]:
    """Return a table from every Latin letter with marks to its bare lower-case letter, one to one."""
    table = {ord("đ"): "d", ord("Đ"): "d"}
    for code in (*range(0xC0, 0x250), *range(0x1E00, 0x1F00)):
        base = unicodedata.normalize("NFD", chr(code))[0].lower()
        if base.isascii():
            table.setdefault(code, base)
    return table


_FOLDED = _folded_letters() | {code: chr(code + 32) for code in range(65, 91)}


@lru_cache(maxsize=4096)  # labels and menu entries come again on every page
def fold(text: str) -> str:
    """Return the text in lower case without any marks (đ is d): what labels are compared by, never what is stored.

    The text must be in NFC; the result has its length.
    """
    return text.lower() if text.isascii() else text.translate(_FOLDED)


_EDGES = re.compile(r"^[\W\d_]+|(?<![\W\d_])[\W\d_]+$")  # looks at each run once, not from all its characters


@lru_cache(maxsize=4096)
def bare(text: str) -> str:
    """Return the folded text without marks, bullets and digits around it: `» Các tin khác (5):` → `cac tin khac`."""
    return _EDGES.sub("", fold(text))
