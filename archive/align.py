"""Sets two sequences against each other: what stayed, and what differs in between. Pure.

`difflib` finds what a reader would, in a time that grows with the square of the length and worse where items recur. So
equal ends are taken off first, and long middles are cut at items, and rows of items, that occur once on both sides.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from itertools import groupby
from typing import NamedTuple

_CLOSE_LOOK = 1_000_000  # pairs of items that may be compared at once
_MOST_MATCHES = 200_000  # pairs of them that are equal
_WIDTHS = (1, 4)  # items that occur once are landmarks; where they leave a long stretch, rows of four are tried


class Span(NamedTuple):
    """`old[a:b]` over against `new[c:d]`: equal where `same`, else replaced, removed (c = d) or added (a = b)."""

    same: bool
    a: int
    b: int
    c: int
    d: int

    @property
    def size(self) -> int:
        """How many items the longer side has."""
        return max(self.b - self.a, self.d - self.c)


def aligned(old: Sequence[str], new: Sequence[str]) -> list[Span]:
    """Return spans that cover both sequences in order, equal and differing ones in turn."""
    start = _common(old, new)
    stop = _common(old[start:][::-1], new[start:][::-1])
    b, d = len(old) - stop, len(new) - stop
    middle = [_shifted(span, start, start) for span in _middle(old[start:b], new[start:d])]
    return merged([Span(True, 0, start, 0, start), *middle, Span(True, b, len(old), d, len(new))])


def merged(spans: Iterable[Span]) -> list[Span]:
    """Return the spans without empty ones, neighbours that are both equal or both differ made one."""
    runs = (list(run) for _, run in groupby((span for span in spans if span.size), key=lambda span: span.same))
    return [Span(run[0].same, run[0].a, run[-1].b, run[0].c, run[-1].d) for run in runs]


def _common(old: Sequence[str], new: Sequence[str]) -> int:
    """Return how many items at the start are equal."""
    pairs = zip(old, new, strict=False)
    return next((n for n, (one, other) in enumerate(pairs) if one != other), min(len(old), len(new)))


def _shifted(span: Span, by_old: int, by_new: int) -> Span:
    return Span(span.same, span.a + by_old, span.b + by_old, span.c + by_new, span.d + by_new)


def _middle(old: Sequence[str], new: Sequence[str], widths: Sequence[int] = _WIDTHS) -> Iterator[Span]:
    """Yield the spans of two sequences whose ends differ, cut at landmarks where they are long."""
    if not widths or _is_short(old, new):
        yield from _compared(old, new)
        return
    a = c = 0
    for at, to in _landmarks(old, new, widths[0]):
        yield from (_shifted(span, a, c) for span in _middle(old[a:at], new[c:to], widths[1:]))
        yield Span(True, at, at + 1, to, to + 1)
        a, c = at + 1, to + 1
    yield from (_shifted(span, a, c) for span in _middle(old[a:], new[c:], widths[1:]))


def _compared(old: Sequence[str], new: Sequence[str]) -> Iterator[Span]:
    """Yield the spans as difflib finds them; one differing span where that would take too long."""
    if not _is_short(old, new):
        yield Span(False, 0, len(old), 0, len(new))
        return
    for what, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        yield Span(what == "equal", a, b, c, d)


def _is_short(old: Sequence[str], new: Sequence[str]) -> bool:
    if len(old) * len(new) > _CLOSE_LOOK:
        return False
    often = Counter(new)
    return sum(often[item] for item in old) <= _MOST_MATCHES


def _landmarks(old: Sequence[str], new: Sequence[str], width: int) -> list[tuple[int, int]]:
    """Return where items stand that begin the same row of `width` items, one that occurs once on both sides.

    Of these, the longest series is taken that is in the same order on both sides.
    """
    before, after = _rows(old, width), _rows(new, width)
    here, there = Counter(before), Counter(after)
    places = {row: place for place, row in enumerate(after)}
    return _longest_rise([(n, places[row]) for n, row in enumerate(before) if here[row] == there[row] == 1])


def _rows(items: Sequence[str], width: int) -> list[tuple[str, ...]]:
    return list(zip(*(items[start:] for start in range(width)), strict=False))


def _longest_rise(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the longest series of the pairs, which rise in the first number, that also rises in the second."""
    ends: list[int] = []  # the least second number that a series of this length can end with
    last: list[int] = []  # at which of the pairs
    before: list[int] = []  # of each pair, the one that precedes it in its longest series
    for n, (_, place) in enumerate(pairs):
        length = bisect_left(ends, place)
        ends[length : length + 1], last[length : length + 1] = [place], [n]
        before.append(last[length - 1] if length else -1)
    series: list[tuple[int, int]] = []
    at = last[-1] if last else -1
    while at >= 0:
        series.append(pairs[at])
        at = before[at]
    return series[::-1]
