"""Places that a text names: a unit of the country and its name, `xã Đồng Tâm`."""

import re
from collections.abc import Iterator

from archive.names import lexicon
from archive.names.name import RUN, Name, any_of, begins_word, is_whole, person, same, shown_as, written

PROVINCE = any_of(written(lexicon.PROVINCES))
PROVINCES = shown_as(lexicon.PROVINCES)

_PLAIN = (
    *("thành phố", "thị xã", "thị trấn", "tỉnh", "huyện", "quận", "phường", "xã"),
    *("thôn", "làng", "ấp", "khu phố", "khu dân cư", "tổ dân phố", "đặc khu"),
)
_UNITS = {
    **{unit: unit for unit in _PLAIN},
    **{unit.capitalize(): unit for unit in _PLAIN},
    **dict.fromkeys(("TP. ", "TP.", "TP ", "Tp. ", "Tp.", "Tp ", "Thành Phố"), "thành phố"),
    **dict.fromkeys(("TX. ", "TX.", "TX ", "Thị Xã"), "thị xã"),
    "Thị Trấn": "thị trấn",
    "KDC": "khu dân cư",
}
_UNIT = "|".join(map(re.escape, sorted(_UNITS, key=len, reverse=True)))
_PLACE = re.compile(
    rf"(?P<unit>{_UNIT}) ?(?:(?P<province>{PROVINCE})(?!\w)|(?P<run>{RUN})|(?:số )?(?P<number>\d{{1,2}})(?!\d))"
)
_NUMBERED = frozenset({"quận", "phường", "thôn", "ấp", "khu phố", "khu dân cư", "tổ dân phố"})
_AFTER_NUMBER = re.compile(r"\s*(?:$|[,;:)–-]|\.(?!\d)|(?:thuộc|phường|xã|quận|huyện|thị|thành|đã|có|và|tổ)(?!\w))")
_AFTER_PEOPLE = frozenset({"phường", "xã", "thôn", "làng", "ấp", "khu phố", "khu dân cư", "tổ dân phố"})
_PEOPLE_ONLY = frozenset({"Nguyễn", "Phạm", "Bùi"})  # surnames that no unit's name but a quarter's begins with
_SEVERAL = re.compile(r"(?:các|những|hai|ba|bốn|năm|\d+) $", re.IGNORECASE)
_NO_PLACES = frozenset({"Việt Nam", "Trung Ương", "Ủy Ban"})
_NEXT = re.compile(rf"(?:, | và )(?P<run>{RUN})")
_LONGEST = 4  # syllables


def places(text: str) -> Iterator[Name]:
    """Yield the places named in a text whose tone marks are in one spelling."""
    for match in _PLACE.finditer(text):
        if begins_word(text, match.start()):
            yield from _place(text, match)


def _place(text: str, match: re.Match[str]) -> Iterator[Name]:
    unit = _UNITS[match["unit"]]
    if match["province"]:
        yield Name("place", f"{unit} {same(match['province'], PROVINCES)}", match.start(), match.end())
    elif match["number"]:
        if unit in _NUMBERED and _AFTER_NUMBER.match(text, match.end()):
            yield Name("place", f"{unit} {int(match['number'])}", match.start(), match.end())
    elif "." in match["unit"] and " " not in match["run"]:
        return  # the end of a sentence, `của UBND TP. Đối với …`
    elif name := place_name(text, match.start("run"), match["run"], unit):
        end = match.start("run") + len(name)
        yield Name("place", f"{unit} {name}", match.start(), end)
        if _SEVERAL.search(text, max(0, match.start() - 6), match.start()):
            yield from _further(text, end, unit)


def _further(text: str, at: int, unit: str) -> Iterator[Name]:
    """Yield the places that share a unit with the one that ends here: `các huyện Gia Lộc, Tứ Kỳ và Bình Giang`."""
    while match := _NEXT.match(text, at):
        name = place_name(text, match.start("run"), match["run"], unit)
        if " " not in name:
            return
        at = match.start("run") + len(name)
        yield Name("place", f"{unit} {name}", match.start("run"), at)


def place_name(text: str, start: int, run: str, unit: str) -> str:
    """Return as much of a run of capitals as names a place of this unit; an empty string where it names none."""
    syllables = run.split(" ")
    at = person(syllables)
    if not at and unit in _AFTER_PEOPLE and syllables[1] not in ("Văn", "Thị"):
        at = len(syllables)  # `phường Trần Hưng Đạo`
    if unit not in _AFTER_PEOPLE and syllables[0] in _PEOPLE_ONLY:
        return ""
    name = " ".join(syllables[: min(at, _LONGEST)])
    if name in _NO_PLACES:
        return ""
    return name if " " in name or (name and is_whole(text, start + len(name))) else ""
