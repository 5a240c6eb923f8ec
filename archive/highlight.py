"""Finds a query's words in the original text, and cuts the piece that shows most of them."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from archive.folding import exact, folded
from archive.query import Needle

Span = tuple[int, int]  # start and end offsets, as in a slice

SNIPPET = 240  # characters
_BEFORE = 60  # of them before the first word found
_GAP = r"[\W_]+"
_START, _END, _ON = r"(?<![^\W_])", r"(?![^\W_])", r"[^\W_]*"
_ELLIPSIS = "… "


@dataclass(frozen=True, slots=True)
class Snippet:
    """A piece of the text on one line, and where in it the words were found."""

    text: str
    highlights: tuple[Span, ...]


def spans(text: str, needles: Sequence[Needle]) -> list[Span]:
    """Return where the needles stand in an NFC text, in order, overlaps merged."""
    return _merged([span for found in _found(text, needles) for span in found])


def snippet(text: str, needles: Sequence[Needle]) -> Snippet:
    """Return the piece of an NFC text that shows the most different needles; without any, its beginning."""
    by_needle = _found(text, [needle for needle in needles if not needle.title_only])
    start = _best_start(by_needle)
    start, end = _at_words(text, start, min(len(text), start + SNIPPET))
    lead = _ELLIPSIS if start else ""
    inside = [(a, b) for a, b in _merged([span for found in by_needle for span in found]) if start <= a and b <= end]
    piece = lead + text[start:end].replace("\n\n", " ").replace("\n", " ") + (" …" if end < len(text) else "")

    def moved(place: int) -> int:
        """Return where a place of the text is in the piece: each end of a paragraph has become one space."""
        return len(lead) + place - start - text.count("\n\n", start, place)

    return Snippet(piece, tuple((moved(a), moved(b)) for a, b in inside))


def _found(text: str, needles: Sequence[Needle]) -> list[list[Span]]:
    """Return for each needle where it stands. Folding keeps offsets, so these are places in the text itself."""
    forms = {True: "", False: ""}
    for form in {needle.folded for needle in needles}:
        forms[form] = folded(text) if form else exact(text)
    return [[match.span() for match in _pattern(needle).finditer(forms[needle.folded])] for needle in needles]


def _pattern(needle: Needle) -> re.Pattern[str]:
    words = _GAP.join(map(re.escape, needle.tokens))
    return re.compile(f"{_START}{words}{_ON if needle.prefix else _END}")


def _merged(found: list[Span]) -> list[Span]:
    merged: list[Span] = []
    for start, end in sorted(found):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _best_start(by_needle: list[list[Span]]) -> int:
    """Return where the piece begins: a little before the place from which it shows the most different needles."""
    marks = sorted((start, number) for number, found in enumerate(by_needle) for start, _ in found)
    shown: Counter[int] = Counter()  # how often each needle stands in the window
    best, most, ahead = 0, 0, 0
    for start, number in marks:
        while ahead < len(marks) and marks[ahead][0] - start <= SNIPPET - 2 * _BEFORE:
            shown[marks[ahead][1]] += 1
            ahead += 1
        if len(shown) > most:
            best, most = start, len(shown)
        shown[number] -= 1
        if not shown[number]:
            del shown[number]
    return max(0, best - _BEFORE)


def _at_words(text: str, start: int, end: int) -> Span:
    """Move both ends to where no word is cut, inwards."""
    if start > 0:
        space = text.find(" ", start, start + _BEFORE)
        start = space + 1 if space >= 0 else start
    if end < len(text):
        space = text.rfind(" ", end - _BEFORE, end)
        end = space if space > start else end
    return start, end
