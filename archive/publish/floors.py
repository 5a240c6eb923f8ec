"""What must hold before a bundle is made: that it is not poorer than the one before, nor than an archive should be."""

from collections.abc import Iterator, Mapping, Sequence

from archive.publish.figures import Figures

# Shares of all articles. A title or a text that is missing is a fault of reading; days can be unknown on some sites.
FLOORS: dict[str, float] = {"title": 0.99, "body": 0.95, "date": 0.5}
TOLERANCE = 0.02  # by which a share may be lower than before: one odd month does not make an archive poorer

_MUST_GROW = ("articles", "versions", "captures")  # nothing is ever removed from an archive
_NAMES = {"title": "a title", "body": "a text", "date": "a date"}


def objections(now: Figures, before: Figures | None, floors: Mapping[str, float] = FLOORS) -> Sequence[str]:
    """Return why an archive should not be published: a line each, nothing where all is well.

    Args:
        now: its numbers.
        before: those of what was published last, or None.
        floors: least shares, by the names in `FLOORS`; a name that is left out has the floor 0.
    """
    if not now.articles:
        return ["the archive holds no article"]
    return [*_shrunk(now, before), *_poor(now, before, floors)]


def _shrunk(now: Figures, before: Figures | None) -> Iterator[str]:
    """Yield what there was more of."""
    for name in _MUST_GROW if before else ():
        was, is_now = getattr(before, name), getattr(now, name)
        if is_now < was:
            yield f"{is_now:,} {name}, {was - is_now:,} fewer than were published before"


def _poor(now: Figures, before: Figures | None, floors: Mapping[str, float]) -> Iterator[str]:
    """Yield what too few articles have."""
    past = shares(before) if before and before.articles else {}
    for name, share in shares(now).items():
        floor = floors.get(name, 0.0)
        if share < floor:
            yield f"{_NAMES[name]} has {share:.1%} of the articles; at least {floor:.1%} should (--floor {name}=SHARE)"
        elif share < past.get(name, 0.0) - TOLERANCE:
            yield f"{_NAMES[name]} has {share:.1%} of the articles; it was {past[name]:.1%} when published before"


def shares(figures: Figures) -> dict[str, float]:
    """Return which share of the articles has a title, a body, a date."""
    counted = {"title": figures.titled, "body": figures.with_text, "date": figures.dated}
    return {name: number / figures.articles for name, number in counted.items()}
