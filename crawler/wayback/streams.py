"""Parts of a long text, told apart while it comes: the elements of a JSON array, or lines."""

from __future__ import annotations

import codecs
import json
import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

LONGEST = 1 << 20  # bytes of one row: addresses are shorter, and what is no CDX must not fill the memory
_QUOTED = 200  # letters of what is damaged
_DECODER = json.JSONDecoder()
_BETWEEN = re.compile(r"[\s,]*")


class CutError(Exception):
    """Raised where an answer breaks off; what came before has been read, and can be read again."""


def elements(begun: bytes, chunks: Iterator[bytes]) -> Iterator[Any]:
    """Yield the elements of a JSON array while it comes.

    Raises:
        CutError: it ends before its last bracket, or is no JSON behind some element.
    """
    decode = codecs.getincrementaldecoder("utf-8")("replace").decode
    text = decode(begun)
    at = text.index("[") + 1
    while True:
        at = _BETWEEN.match(text, at).end()  # type: ignore[union-attr] # it matches nothing, too
        if text.startswith("]", at):
            return
        try:
            element, at = _DECODER.raw_decode(text, at)
        except (ValueError, RecursionError):
            chunk = next(chunks, None) if len(text) - at <= LONGEST else None
            if chunk is None:
                raise CutError(f"the list breaks off: {text[at : at + _QUOTED]!r}") from None
            text, at = text[at:] + decode(chunk), 0
        else:
            yield element


def whole_lines(begun: bytes, chunks: Iterator[bytes]) -> Iterator[tuple[bytes, bool]]:
    """Yield lines, and whether each has its end.

    Raises:
        CutError: one is longer than any address.
    """
    rest = begun
    while True:
        *lines, rest = rest.split(b"\n")
        yield from ((line, True) for line in lines)
        if len(rest) > LONGEST:
            raise CutError("a line has no end")
        chunk = next(chunks, None)
        if chunk is None:
            break
        rest += chunk
    yield rest, False
