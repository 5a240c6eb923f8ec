"""What changed between two texts, word by word. Pure: it knows neither the archive nor where its answer is shown.

Paragraphs (parted by a blank line) are set against each other first, then words within those that changed. Vietnamese
is written a syllable at a time, so a syllable is a word here, and is never cut; punctuation stands for itself.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Literal, NamedTuple

from archive.align import Span, aligned, merged

Op = Literal["equal", "removed", "added"]

BREAK = "\n\n"  # between paragraphs
GAP = "…"
CONTEXT = 6  # unchanged words shown on either side of a change

_TOKEN = re.compile(r"\d+(?:[.,/:-]\d+)+|\w[\w\u0300-\u036f]*|\S")  # a number or date, a word, a mark
_MOST_PAIRS = 40_000  # pairs of paragraphs whose likeness is weighed
_MOST_LETTERS = 500_000  # in changed paragraphs; beyond that they are told whole
_ALIKE = 0.4  # the share of words that two paragraphs must have in common to be one that was changed
_ISLAND = 2  # words: an unchanged stretch so short between longer changes is told as changed


@dataclass(frozen=True, slots=True)
class Change:
    """A stretch of text that stayed (`equal`), or that is only in the old (`removed`) or the new (`added`) one.

    Over a whole diff, the texts that are not `added` put together are the old text, and those that are not `removed`
    the new one, but for spaces where stretches meet. A blank line in `text` ends a paragraph.
    """

    op: Op
    text: str


class _Token(NamedTuple):
    """A word or a mark, and the space after it."""

    word: str
    space: str


def diff(old: str, new: str) -> tuple[Change, ...]:
    """Return what became of `old` on the way to `new`, neighbouring stretches never of one kind.

    Soon done however long and however different the texts are: 100,000 words that changed are no longer compared one
    by one.
    """
    before, after = _paragraphs(old), _paragraphs(new)
    spans = aligned(before, after)
    letters = sum(len(text) for s in spans if not s.same for text in before[s.a : s.b] + after[s.c : s.d])
    changes: list[Change] = []
    for span in spans:
        if span.same:
            changes.append(Change("equal", "".join(text + BREAK for text in after[span.c : span.d])))
        else:
            changes += _rewritten(before[span.a : span.b], after[span.c : span.d], closely=letters <= _MOST_LETTERS)
    return _tidied(changes)


def counted(changes: Iterable[Change]) -> tuple[int, int]:
    """Return how many words were added and how many removed; marks do not count."""
    numbers: Counter[str] = Counter()
    for change in changes:
        numbers[change.op] += words(change.text) if change.op != "equal" else 0
    return numbers["added"], numbers["removed"]


def words(text: str) -> int:
    """Return how many words a text has; marks do not count."""
    return sum(word[0].isalnum() for word in _TOKEN.findall(text))


def likeness(one: str, other: str) -> float:
    """Return from 0 to 1 how many of their different words two texts share."""
    return _likeness(_vocabulary(one), _vocabulary(other))


def shortened(changes: Iterable[Change], context: int = CONTEXT) -> list[list[Change]]:
    """Return the paragraphs that hold a change, cut to `context` unchanged words beside each change.

    What is left out is shown as `…`: within a paragraph, and as a paragraph of its own for whole ones.
    """
    left_out = [Change("equal", GAP)]
    shown: list[list[Change]] = []
    for paragraph in by_paragraph(changes):
        if any(change.op != "equal" for change in paragraph):
            shown.append(_cut(paragraph, context))
        elif shown[-1:] != [left_out]:
            shown.append(left_out)
    return shown if shown != [left_out] else []


def by_paragraph(changes: Iterable[Change]) -> list[list[Change]]:
    """Return the changes of each paragraph, without the blank lines."""
    paragraphs: list[list[Change]] = [[]]
    for change in changes:
        first, *more = change.text.split(BREAK)
        paragraphs[-1].append(replace(change, text=first))
        paragraphs += [[replace(change, text=text)] for text in more]
    told = ([change for change in paragraph if change.text] for paragraph in paragraphs)
    return [paragraph for paragraph in told if paragraph]


def _paragraphs(text: str) -> list[str]:
    return text.split(BREAK) if text else []


def _tidied(changes: list[Change]) -> tuple[Change, ...]:
    """Return the changes, neighbours of one kind joined, without a break after the last paragraph."""
    runs = groupby(changes, key=lambda change: change.op)
    joined = [Change(op, "".join(change.text for change in run)) for op, run in runs]
    if joined:
        joined[-1] = replace(joined[-1], text=joined[-1].text.removesuffix(BREAK))
    return tuple(change for change in joined if change.text)


# --- paragraphs -------------------------------------------------------------------------------------------------------


def _rewritten(old: list[str], new: list[str], *, closely: bool) -> Iterator[Change]:
    """Yield the changes between two runs of paragraphs that have no whole one in common."""
    a = c = 0
    for at, to in _pairs(old, new) if closely else ():
        yield from (Change("removed", text + BREAK) for text in old[a:at])
        yield from (Change("added", text + BREAK) for text in new[c:to])
        yield from _reworded(old[at], new[to])
        yield Change("equal", BREAK)
        a, c = at + 1, to + 1
    yield from (Change("removed", text + BREAK) for text in old[a:])
    yield from (Change("added", text + BREAK) for text in new[c:])


def _pairs(old: list[str], new: list[str]) -> list[tuple[int, int]]:
    """Return which old paragraph became which new one, in order; those without a likeness are left out."""
    before, after = [_vocabulary(text) for text in old], [_vocabulary(text) for text in new]
    beside = [(n, n) for n in range(min(len(old), len(new))) if _likeness(before[n], after[n]) >= _ALIKE]
    if len(beside) == max(len(old), len(new)) or len(old) * len(new) > _MOST_PAIRS:
        return beside
    return _best_pairs([[_likeness(one, other) for other in after] for one in before])


def _best_pairs(likeness: list[list[float]]) -> list[tuple[int, int]]:
    """Return the pairs of row and column, both ascending, whose likeness adds up to most."""
    rows, columns = len(likeness), len(likeness[0]) if likeness else 0
    best = [[0.0] * (columns + 1) for _ in range(rows + 1)]
    for row in range(rows - 1, -1, -1):
        for column in range(columns - 1, -1, -1):
            alike = likeness[row][column]
            paired = alike + best[row + 1][column + 1] if alike >= _ALIKE else 0.0
            best[row][column] = max(paired, best[row + 1][column], best[row][column + 1])
    pairs: list[tuple[int, int]] = []
    row = column = 0
    while row < rows and column < columns:
        if best[row][column] == best[row + 1][column]:
            row += 1
        elif best[row][column] == best[row][column + 1]:
            column += 1
        else:
            pairs.append((row, column))
            row, column = row + 1, column + 1
    return pairs


def _vocabulary(text: str) -> frozenset[str]:
    return frozenset(_TOKEN.findall(text))


def _likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """Return from 0 to 1 how many words two paragraphs share."""
    return 2 * len(one & other) / (len(one) + len(other)) if one or other else 1.0


# --- words ------------------------------------------------------------------------------------------------------------


def _reworded(old: str, new: str) -> Iterator[Change]:
    """Yield the changes between two paragraphs."""
    before, after = _tokens(old), _tokens(new)
    spans = aligned([token.word for token in before], [token.word for token in after])
    for span in _without_islands(spans, after):
        if span.same:
            yield Change("equal", _text(after[span.c : span.d]))
            continue
        if span.a < span.b:
            yield Change("removed", _text(before[span.a : span.b]))
        if span.c < span.d:
            yield Change("added", _text(after[span.c : span.d]))


def _tokens(text: str) -> list[_Token]:
    matches = list(_TOKEN.finditer(text))
    ends = [*(match.start() for match in matches[1:]), len(text)]
    return [_Token(match.group(), text[match.end() : end]) for match, end in zip(matches, ends, strict=False)]


def _text(tokens: Iterable[_Token]) -> str:
    return "".join(token.word + token.space for token in tokens)


def _without_islands(spans: list[Span], new: Sequence[_Token]) -> list[Span]:
    """Return the spans, an equal one told as changed where it is too short a landmark between changes."""

    def is_island(n: int, span: Span) -> bool:
        if not span.same or n in (0, len(spans) - 1) or min(spans[n - 1].size, spans[n + 1].size) <= span.size:
            return False
        return sum(token.word[0].isalnum() for token in new[span.c : span.d]) <= _ISLAND

    return merged([span._replace(same=span.same and not is_island(n, span)) for n, span in enumerate(spans)])


# --- leaving out ------------------------------------------------------------------------------------------------------


def _cut(paragraph: list[Change], context: int) -> list[Change]:
    """Return the changes of a paragraph with long unchanged stretches cut."""
    last = len(paragraph) - 1
    return [
        change if change.op != "equal" else _abridged(change, context if n else 0, context if n < last else 0)
        for n, change in enumerate(paragraph)
    ]


def _abridged(change: Change, head: int, tail: int) -> Change:
    """Return an unchanged stretch with its first `head` and last `tail` words, whole where that leaves out little."""
    tokens = _tokens(change.text)
    places = [n for n, token in enumerate(tokens) if token.word[0].isalnum()]
    if len(places) <= head + tail + 1:
        return change
    first = _text(tokens[: places[head]]).rstrip() if head else ""
    last = _text(tokens[places[-tail] :]) if tail else ""
    return replace(change, text=" ".join(filter(None, (first, GAP, last))))
