"""Places and bodies that a text names, by the habits of Vietnamese writing.

A place is a unit and its name, each syllable with a capital: *xã Đồng Tâm*, *thành phố Hải Dương*, *quận 1*. A body is
a kind of office and which one: *Sở Nội vụ*, *UBND huyện Gia Lộc*, *Trường Tiểu học Minh Tân*. What might as well be
something else is left out or cut short (after *UBND tỉnh Lương Văn Cầu*, whom a person's name follows, *UBND tỉnh* is
left): better a name missed than one that is none. The words it goes by are in `archive.names.lexicon`.
"""

from archive.folding import spelled
from archive.names.bodies import bodies
from archive.names.name import Kind, Name
from archive.names.places import places

__all__ = ["Kind", "Name", "names"]


def names(text: str) -> list[Name]:
    """Return the places and bodies that an NFC text names, in order. A place in a body's name counts by itself too."""
    even = spelled(text)
    return sorted([*places(even), *bodies(even)], key=lambda name: (name.start, -name.end, name.kind))
