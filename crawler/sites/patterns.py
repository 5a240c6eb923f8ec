"""Patterns and date forms as a profile writes them, compiled, or refused with the reason in plain words.

A profile's patterns are tried on every address or line of a site, so one that can take for ever is refused: a repeat
inside a repeat, such as `(a+)+`.
"""

from __future__ import annotations

import re

_LONGEST = 1_000  # characters of a pattern
_TOKENS = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|\(|\)|[*+?]|\{\d*,?\d*\}|.", re.DOTALL)
_UNBOUNDED = re.compile(r"[*+]|\{\d*,\}")
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
        ValueError: it is none, or can take for ever; the message says why.
    """
    if not pattern:
        raise ValueError("is empty: it would match everything")
    if len(pattern) > _LONGEST:
        raise ValueError(f"is longer than {_LONGEST:,} characters")
    try:
        made = re.compile(pattern, re.IGNORECASE)
    except (re.error, OverflowError, RecursionError) as error:
        raise ValueError(f"is not a regular expression: {error}") from error
    if _repeats_repeats(pattern):
        raise ValueError("has a repeat inside a repeat, which can take for ever: write (…)++ where that is meant")
    if made.search(""):
        raise ValueError("matches everything, even an empty text")
    return made


def _repeats_repeats(pattern: str) -> bool:
    """Tell whether something without a bound is repeated without a bound; a possessive repeat (`++`) is safe."""
    inside = [False]  # for every open group: whether it holds such a repeat
    closed = False  # the same of the group that has just been closed
    tokens = _TOKENS.findall(pattern)
    for part, following in zip(tokens, [*tokens[1:], ""], strict=True):
        was, closed = closed, False
        if part == "(":
            inside.append(False)
        elif part == ")" and len(inside) > 1:
            closed = inside.pop()
            inside[-1] = inside[-1] or closed
        elif _UNBOUNDED.fullmatch(part):
            if was and following != "+":
                return True
            inside[-1] = inside[-1] or following != "+"
    return False


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
