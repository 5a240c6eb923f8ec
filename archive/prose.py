"""An article's body as it is set: what belongs together, such as the items of a list or the rows of a table."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

Kind = Literal["paragraph", "heading", "list", "table", "caption"]
_KINDS: dict[str, Kind] = {"p": "paragraph", "h": "heading", "i": "list", "r": "table", "c": "caption"}
_TOGETHER = frozenset({"list", "table"})
_CELLS = " | "  # between the cells of a table's row


@dataclass(frozen=True, slots=True)
class Group:
    """One or more blocks of the body. A list has an item a text, a table a row a text; the others have one text."""

    kind: Kind
    texts: tuple[str, ...]

    @property
    def rows(self) -> list[list[str]]:
        """The cells of a table's rows, each row as long as the longest."""
        cells = [text.split(_CELLS) for text in self.texts]
        longest = max(map(len, cells))
        return [row + [""] * (longest - len(row)) for row in cells]


def groups(body: str, block_kinds: str) -> Iterator[Group]:
    """Yield the groups of a body whose blocks are parted by a blank line, `block_kinds` holding a letter for each.

    A block without a letter, or with one that is not known, is a paragraph.
    """
    blocks = body.split("\n\n") if body else []
    kinds = [_KINDS.get(letter, "paragraph") for letter in block_kinds.ljust(len(blocks), "p")]
    for kind, run in groupby(zip(kinds, blocks, strict=False), key=lambda block: block[0]):
        texts = tuple(text for _, text in run)
        if kind in _TOGETHER:
            yield Group(kind, texts)
        else:
            yield from (Group(kind, (text,)) for text in texts)
