"""What is held against a run: why the site looks unwell, by what the archive has seen of it (`archive.health`)."""

import math
from collections.abc import Sequence

from archive.health import Listings, Rate, Rates, Seen

FEWEST = 3  # pages that a rate has to be of
CHANCE = 0.005  # a rate that is seen less often than this, by luck, in a site that is as usual, is none of luck
USUAL = 0.6  # what fewer pages than this usually have is not missed
FLOOR = 0.5  # of what is usual
ERRORS = 0.8  # the same for pages that answer without an error: a fifth of them failing is much
ALL_UNREAD = 5  # pages named as articles none of which is one, where there is no past
ALL_GONE = 5  # articles read again, before it is strange that they are all gone
GONE = 0.8  # of them
SAME_TITLE = 10  # articles, before it is strange that more than half of them have one title
CHANGED = 8  # articles with another text than before, before it is strange that nearly all have
MOST_CHANGED = 0.75

RATES = {
    "answer": "pages without an error",
    "article": "articles where lists name one",
    "title": "titles",
    "body": "texts",
    "date": "dates",
    "own_date": "dates of their own",
    "lists": "lists of other articles",
}


def complaints(run: Seen, rates: Rates, *, changed: Rate = (0, 0)) -> tuple[str, ...]:
    """Return why the site looks unwell, worst first; nothing where it does not.

    Args:
        run: what the archive has seen of the run.
        rates: its rates, by the names in `RATES`.
        changed: articles with another text than before, of all that were read again.
    """
    changed = (0, 0) if run.tally.accepted else changed
    found = [*_clock(run.clocks), *_strange(run, changed), *_silent(run.listings), *_unread(rates, run.usual)]
    return (*found, *(line for name in RATES if (line := _below(name, rates, run.usual))))


def _clock(clocks: tuple[str, str] | None) -> list[str]:
    """Return what to do about a clock that goes wrong. Nothing is lost by it: what came is kept in its order."""
    if clocks is None:
        return []
    begun, later = clocks
    return [
        f"this run began at {begun} and one before it at {later}: set this machine's clock if it is behind; "
        "if it is right, nothing is to be done"
    ]


def _strange(run: Seen, changed: Rate) -> list[str]:
    """Return what is strange about the articles themselves."""
    tally, found = run.tally, []
    if tally.are_others:
        found.append(f"{tally.doubted:,} of {tally.asked:,} articles asked for again are another text than before")
    if tally.asked >= ALL_GONE and not tally.accepted and tally.gone > GONE * tally.asked:
        found.append(f"{tally.gone:,} of {tally.asked:,} articles asked for again seem to be gone")
    elif tally.is_nobody and not tally.are_others:
        found.append(f"none of {tally.asked:,} articles asked for again is there as it was")
    if changed[0] >= CHANGED and changed[0] > MOST_CHANGED * changed[1]:
        found.append(f"{changed[0]:,} of {changed[1]:,} articles read again have changed")
    alike, of = run.same_title
    if of >= SAME_TITLE and 2 * alike > of:
        found.append(f"{alike:,} of {of:,} articles have one title")
    return found


def _silent(listings: Listings) -> list[str]:
    """Return which listings name nothing any more: the home page, or most of those that were read."""
    named = dict(listings.silent)
    if listings.front:
        return [f"the home page named {named[listings.front]:,} articles last time and none now"]
    if len(named) > max(1, listings.naming):
        return [f"{len(named):,} lists named {sum(named.values()):,} articles last time and none now"]
    if named and not listings.naming:
        return [f"the list named {sum(named.values()):,} articles last time and none now"]
    return []


def _unread(rates: Rates, usual: Sequence[Rates]) -> list[str]:
    """Return whether none of the pages that lists name as articles is one, where no past can tell."""
    has, of = rates.get("article", (0, 0))
    known = any("article" in each for each in usual)
    return [f"none of {of:,} pages that lists name as articles is one"] if of >= ALL_UNREAD and not has + known else []


def _below(name: str, rates: Rates, usual: Sequence[Rates]) -> str:
    """Return what is said of a rate that lies below its floor, or an empty string."""
    has, of = rates.get(name, (0, 0))
    before = total(name, usual)
    if not before[1] or not is_below((has, of), before, ERRORS if name == "answer" else FLOOR):
        return ""
    return f"{RATES[name]}: {has:,} of {of:,} pages, usually {100 * before[0] / before[1]:.0f} %"


def total(name: str, rates: Sequence[Rates]) -> Rate:
    """Return one rate over several runs."""
    found = [each[name] for each in rates if name in each]
    return sum(has for has, _ in found), sum(of for _, of in found)


def is_below(now: Rate, usual: Rate, floor: float = FLOOR) -> bool:
    """Tell whether a rate is so far below what is usual that it is neither small change nor bad luck.

    A past of few pages proves little: it counts as if one page more had had it and one not.
    """
    has, of = now
    expected = (usual[0] + 1) / (usual[1] + 2)
    if of < FEWEST or expected < USUAL or has >= floor * expected * of:
        return False
    return _chance(has, of, expected) < CHANCE


def _chance(has: int, of: int, each: float) -> float:
    """Return how likely at most `has` of `of` pages have something that each has with probability `each`."""
    return sum(
        math.exp(
            math.lgamma(of + 1)
            - math.lgamma(n + 1)
            - math.lgamma(of - n + 1)
            + n * math.log(each)
            + (of - n) * math.log1p(-each)
        )
        for n in range(has + 1)
    )
