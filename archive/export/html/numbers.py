"""Numbers as text: how the search index of a static site is written, so that a script can carry it as it is.

Small numbers, which most of an index is, take one character. The first 62 digits end a number, the other 30 say that
it goes on; none of the 92 has to be escaped in a string of JavaScript. `static/tim/index.js` reads it.
"""

from collections.abc import Iterable

_DIGITS = "".join(chr(code) for code in range(33, 127) if chr(code) not in '"\\')
_LAST = 62  # digits that end a number
_MORE = len(_DIGITS) - _LAST


def written(number: int) -> str:
    """Return a number, not negative, in digits of its own: 0 to 61 in one, up to 1,921 in two."""
    digits = ""
    while number >= _LAST:
        number, digit = divmod(number - _LAST, _MORE)
        digits += _DIGITS[_LAST + digit]
    return digits + _DIGITS[number]


_OFTEN = [written(number) for number in range(2000)]


def all_written(numbers: Iterable[int]) -> str:
    """Return numbers one after the other."""
    return "".join(_OFTEN[number] if number < len(_OFTEN) else written(number) for number in numbers)
