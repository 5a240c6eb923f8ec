"""Vietnamese text made comparable, letter for letter.

`exact` keeps what the writer meant and evens out how it was typed; `folded` leaves out accents as well. Both return one
character for each character of the text in Unicode's composed form (NFC), so a place found in either is the same place
in the original.
"""

import re
import unicodedata
from collections.abc import Callable

# Both spellings of an open syllable are in use: hoà and hòa, khoẻ and khỏe, thuỷ and thủy. The old one, with the mark
# on the first vowel, is taken for both. Not in `quý`, where u belongs to the consonant, nor before a final letter
# (hoàn, suýt, khuỷu), where only one spelling exists.
_OPEN = re.compile(r"(?:o[àáảãạèéẻẽẹ]|(?<!q)u[ỳýỷỹỵ])(?![^\W\d_])")
_OLD_SPELLING = {
    second + marked: first_marked + plain
    for second, plain, marks in (("o", "a", "àáảãạ"), ("o", "e", "èéẻẽẹ"), ("u", "y", "ỳýỷỹỵ"))
    for marked, first_marked in zip(marks, "òóỏõọ" if second == "o" else "ùúủũụ", strict=True)
}
_OPEN_ANY = re.compile(_OPEN.pattern, re.IGNORECASE)
_CACHED_WORDS = 20_000  # Vietnamese has some 7,000 syllables; with capitals and punctuation this is a few megabytes
_LONGEST_CACHED = 32


def nfc(text: str) -> str:
    """Return the text with every letter composed with its marks: the form the archive keeps."""
    return unicodedata.normalize("NFC", text)


def spelled(text: str) -> str:
    """Return the text composed, capitals kept, tone marks in one spelling: `Uỷ ban` is `Ủy ban`."""
    return _OPEN_ANY.sub(_one_spelling, nfc(text))


def exact(text: str) -> str:
    """Return the text in lower case, composed, tone marks in one spelling: `Hoà` and `hòa` are both `hòa`."""
    return " ".join(map(_exact_words.__getitem__, nfc(text).split(" ")))


def folded(text: str) -> str:
    """Return the text in lower case, without marks, đ as d: `Thi đua` is `thi dua`."""
    return " ".join(map(_folded_words.__getitem__, nfc(text).split(" ")))


def marked(word: str) -> bool:
    """Tell whether the word has a letter that folding changes: whether its writer typed accents."""
    return exact(word) != folded(word)


class _Words(dict[str, str]):
    """Remembers what a function made of the words of one language, of which there are few: ten times faster."""

    def __init__(self, change: Callable[[str], str]) -> None:
        super().__init__()
        self._change = change

    def __missing__(self, word: str) -> str:
        changed = self._change(word)
        if len(word) <= _LONGEST_CACHED:
            if len(self) >= _CACHED_WORDS:
                self.clear()
            self[word] = changed
        return changed


def _lower(text: str) -> str:
    lower = text.lower()
    if len(lower) == len(text):
        return lower
    return "".join(map(_lower_letter, text))


def _lower_letter(letter: str) -> str:
    """Return the lower-case letter, or the letter itself where lower case takes two (the Turkish İ)."""
    lower = letter.lower()
    return lower if len(lower) == 1 else letter


def _exact(word: str) -> str:
    return _OPEN.sub(lambda match: _OLD_SPELLING[match.group()], _lower(word))


def _one_spelling(match: re.Match[str]) -> str:
    typed = match.group()
    return "".join(
        letter.upper() if old.isupper() else letter
        for letter, old in zip(_OLD_SPELLING[typed.lower()], typed, strict=True)
    )


def _folded(word: str) -> str:
    return "".join(map(_bare, _lower(word)))


def _bare(letter: str) -> str:
    """Return the letter without its marks. A mark that stands alone stays, for the offsets' sake."""
    if letter == "đ":
        return "d"
    parts = unicodedata.normalize("NFD", letter)
    return _lower_letter(parts[0]) if all(map(unicodedata.combining, parts[1:])) else letter


_exact_words = _Words(_exact)
_folded_words = _Words(_folded)
