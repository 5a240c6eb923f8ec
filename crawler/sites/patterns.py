"""Patterns and date forms as a profile writes them, compiled, or refused with the reason in plain words.

A profile's patterns are tried on every address and line of a site, so one that takes long on short texts is refused: a
repeat inside a repeat, such as `(a+)+`, may take for ever on a longer one.
"""

from __future__ import annotations

import re
import time

_LONGEST = 1_000  # characters of a pattern
_MOST = 40  # different characters that it is tried with
_HARD = range(12, 65, 4)  # characters of the texts that a pattern is tried on, in steps: each may double the time
_SLOW = 0.03  # s of processor time for one of them
_DIRECTIVES = {
    "d": r"(?P<day>\d{1,2})",
    "m": r"(?P<month>\d{1,2})",
    "Y": r"(?P<year>\d{4})",
    "y": r"(?P<year>\d{2})",
    "b": r"(?P<month>[^\W\d_]{3,10}(?: [^\W\d_]{3,5})?)",
    "B": r"(?P<month>[^\W\d_]{3,10}(?: [^\W\d_]{3,5})?)",
    "a": r"[^\W\d_]{1,10}(?: [^\W\d_]{1,5})?",
    "A": r"[^\W\d_]{1,10}(?: (?:[^\W\d_]{1,5}|\d))?",
    "H": r"\d{1,2}",
    "I": r"\d{1,2}",
    "M": r"\d{1,2}",
    "S": r"\d{1,2}",
    "p": r"(?:[AP]\.?M\.?|SA|CH)",
    "%": "%",
}


def compiled(pattern: str) -> re.Pattern[str]:
    """Return the pattern, which takes no notice of case.

    Raises:
        ValueError: it is none, or takes long; the message says why.
    """
    if not pattern:
        raise ValueError("is empty: it would match everything")
    if len(pattern) > _LONGEST:
        raise ValueError(f"is longer than {_LONGEST:,} characters")
    try:
        made = re.compile(pattern, re.IGNORECASE)
    except (re.error, OverflowError, RecursionError) as error:
        raise ValueError(f"is not a regular expression: {error}") from error
    if made.search(""):
        raise ValueError("matches everything, even an empty text")
    if _is_slow(made):
        raise ValueError("takes too long on some texts: make it simpler, with no repeat inside a repeat")
    return made


def _is_slow(pattern: re.Pattern[str]) -> bool:
    """Tell whether a pattern takes long on repetitions of its own characters, which do not quite match."""
    own = {char for char in pattern.pattern.lower() if char.isalnum() or char in "/.=-_%"}
    for char in sorted({*"a0/ ", *own})[:_MOST]:
        for length in _HARD:
            if _seconds(pattern, char * length + "\n!") > _SLOW:
                return True
    return False


def _seconds(pattern: re.Pattern[str], text: str) -> float:
    begun = time.process_time()
    pattern.search(text)
    pattern.fullmatch(text)
    return time.process_time() - begun


def slashed(text: str) -> str | None:
    """Return what stands between two slashes, where the text is that: a pattern among plain texts; else None."""
    found = re.fullmatch(r"/(.+)/", text, re.DOTALL)
    return found[1] if found else None


def date_form(form: str) -> re.Pattern[str]:
    """Return the pattern of a date: a form such as `%d.%m.%y`, or a pattern between slashes with named groups.

    Raises:
        ValueError: it is neither, or gives no day, month and year; the message says why.
    """
    if (inner := slashed(form)) is not None:
        made = compiled(inner)
        example = "(?P<day>[0-9]+)"
    else:
        made = re.compile(rf"(?<!\d){_from_directives(form)}(?!\d)", re.IGNORECASE)
        example = "%d, %m and %Y"
    if lacking := [name for name in ("day", "month", "year") if name not in made.groupindex]:
        raise ValueError(f"gives no {' and no '.join(lacking)}: write {example}")
    return made


def _from_directives(form: str) -> str:
    """Return a form of `strptime` as a pattern. Spaces may be any white space, or none."""
    made = []
    for directive, other in re.findall(r"%(.?)|([^%]+)", form, re.DOTALL):
        if other:
            made.append(re.sub(r"(?:\\\s)+|\s+", r"\\s*", re.escape(other)))
        elif directive in _DIRECTIVES:
            made.append(_DIRECTIVES[directive])
        else:
            raise ValueError(
                f"holds %{directive}, which means nothing here: there is %d %m %Y %y %B %b %H %M %S %p %A %%"
            )
    if any("".join(made).count(f"(?P<{name}>") > 1 for name in ("day", "month", "year")):
        raise ValueError("names the day, the month or the year twice")
    return "".join(made)
