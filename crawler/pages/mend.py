"""Mends letters whose HTML entity came to harm: `cograve;n` for `c&ograve;n` (còn), `v&amp;agrave;` for `và`.

An editor on the server strips the ampersand, escapes it twice or leaves a semicolon of it (`;Uacute;c`, Úc), writes
`%3b` for the semicolon, and its readers see `Phograve;ng`. Mended is only what cannot be a word before a semicolon: the
names of Vietnamese letters and of signs, in which no word ends.
"""

from __future__ import annotations

import re
from html import unescape

_TWICE = re.compile(r"&(?:amp|quot|#\d{2,5}|#x[0-9a-fA-F]{2,4});")
_LETTER = re.compile(
    r"[&;]?([AEIOUaeiou]grave|[AEIOUYaeiouy]acute|[AEOaeo]circ|[AOao]tilde)(?:;|%3[bB])(\u0323?)"
    r"|[&;]?([AEOaeo]circ)%3\u1e05"  # a dot below the letter, which has come to stand below the b
)
_SIGN = re.compile(r"&?([lrb]dquo|[lr]squo|[nm]dash|hellip|nbsp);")
_CAPITALS = re.compile(
    r"(?<=[A-ZĐ]{2})amp;(?=[A-ZĐ])"  # TT&TT: a word in capitals ends in capitals
    r"|(?<=(?<!\w)[A-ZĐ])amp;(?=[A-ZĐ](?!\w))"  # T&T
)
_PART = re.compile(r"grave|acute|circ|tilde|quo|dash;|hellip;|nbsp;|amp;|&#")
_WORDS = re.compile(r"(?<=[^\W\d_] )amp;(?= ?[^\W\d_])")  # by itself it may be a real one: an amplifier


def is_suspect(text: str) -> bool:
    """Tell whether a text may hold a damaged entity: quick, as most texts with a semicolon do not."""
    return bool(_PART.search(text))


def mended(text: str) -> str:
    """Return the text with its damaged entities as the letters and signs that they were; most texts as they are.

    The text may have to be composed (NFC) again.
    """
    if (";" not in text and "%3" not in text) or not is_suspect(text):
        return text
    whole = text
    for _ in range(4):  # escaped twice, and some again and again
        whole = _TWICE.sub(lambda found: unescape(found[0]), whole)
    whole = _LETTER.sub(_letter, whole)
    whole = _SIGN.sub(lambda found: unescape(f"&{found[1]};"), whole)
    whole = _CAPITALS.sub("&", whole)
    return text if whole == text else _WORDS.sub("&", whole)


def _letter(found: re.Match[str]) -> str:
    if found[3]:
        return unescape(f"&{found[3]};") + "\u0323"
    return unescape(f"&{found[1]};") + found[2]
