"""The order of the Vietnamese alphabet: a ă â b c d đ …, and of two words alike but for their tone, a à ả ã á ạ."""

import unicodedata
from functools import lru_cache

from archive.folding import exact, nfc
from archive.query import tokens

_ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_PLACES = {ord(letter): place for place, letter in enumerate(_ALPHABET, start=0x100)}  # after digits and all else
_TONES = "\u0300\u0309\u0303\u0301\u0323"  # huyền, hỏi, ngã, sắc, nặng; a word without any comes first

Place = tuple[str, tuple[int, ...]]  # of a word: its letters, then its tones


def words(text: str) -> tuple[Place, ...]:
    """Return the places of a text's words in the alphabet, to compare texts by; case and punctuation do not count."""
    return tuple(map(_place, tokens(exact(text))))


@lru_cache(maxsize=20_000)  # Vietnamese has some 7,000 syllables
def _place(word: str) -> Place:
    parts = unicodedata.normalize("NFD", word)
    letters = nfc("".join(part for part in parts if part not in _TONES))
    return letters.translate(_PLACES), tuple(_TONES.index(part) for part in parts if part in _TONES)
