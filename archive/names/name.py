"""One mention of a place or body, and the patterns that both are made of."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from archive.names import lexicon

Kind = Literal["place", "body"]

UPPER = "".join(chr(code) for code in range(0x41, 0x1F00) if chr(code).isalpha() and chr(code).isupper())
_LOWER = "".join(chr(code) for code in range(0x61, 0x1F00) if chr(code).isalpha() and chr(code).islower())
SYLLABLE = f"[{UPPER}][{_LOWER}'’]*(?!\\w)"
RUN = f"{SYLLABLE}(?: {SYLLABLE}){{0,5}}"  # syllables with a capital each
ACRONYM = f"[{UPPER}]{{2,}}(?: ?[&–-] ?[{UPPER}]{{2,}})*(?!\\w)"

_PERSON = 3  # syllables of most people's names
# Words that go on after a name of one syllable; any other may belong to it: `xã Nông thôn mới` is no commune.
_GOES_ON = re.compile(
    r" (?:và|có|đã|là|được|của|với|từ|cho|tại|trong|năm|đến|về|cùng|để|trên|theo|thuộc|sẽ|đang|vừa|nhận|trao|tặng|lần|"
    r"ngày|vào|khen|do|cũng|còn|như|đạt|tổ chức|giai đoạn|phát động|tiếp tục|biểu dương|phối hợp|triển khai|ban hành|"
    r"chủ trì|đề nghị|cho biết|phát biểu|đánh giá|hỗ trợ|ủng hộ|tài trợ|thực hiện|tham gia|tham mưu|trình|các)(?!\w)"
)


@dataclass(frozen=True, slots=True)
class Name:
    """One mention. `name` is how it is counted, the same for all spellings; `start` and `end` are as in a slice."""

    kind: Kind
    name: str
    start: int
    end: int


def any_of(words: Iterable[str]) -> str:
    """Return a pattern for any of these words, longest first; capitals and dashes inside are as their writers like."""
    return "|".join(_loose(word) for word in sorted(words, key=lambda word: (-len(word), word)))


def _loose(word: str) -> str:
    inside = re.escape(word[1:]).replace(r"\ \-\ ", " ?[-–] ?").replace(r"\ ", " ")
    return f"{word[0]}(?i:{inside})"


def shown_as(words: Iterable[str]) -> dict[str, str]:
    """Return for each word of a list, by its letters alone, the form it is counted under."""
    pairs = [word.partition(" = ") for word in words]
    return {letters(written): shown or written for written, _, shown in pairs}


def written(words: Iterable[str]) -> list[str]:
    """Return the words of a list as they are written."""
    return [word.partition(" = ")[0] for word in words]


def letters(word: str) -> str:
    """Return a word's letters in lower case, without spaces and dashes."""
    return re.sub(r"\W", "", word).lower()


def same(found: str, shown: Mapping[str, str]) -> str:
    """Return the form that what was found is counted under; itself where there is no other."""
    return shown.get(letters(found), found)


def begins_word(text: str, start: int) -> bool:
    """Tell whether what starts here is not the end of another word."""
    return start == 0 or not text[start - 1].isalnum()


def is_whole(text: str, end: int) -> bool:
    """Tell whether a syllable with a capital that ends here is a name by itself: what follows is no part of it."""
    return not (text[end : end + 1] == " " and text[end + 1 : end + 2].islower()) or bool(_GOES_ON.match(text, end))


def person(syllables: list[str]) -> int:
    """Return at which of the syllables a person's name begins, or how many there are where none does.

    Many places end in what is a surname too (`Thanh Hà`), so the second syllable begins none.
    """
    places = (at for at, each in enumerate(syllables) if at != 1 and each in lexicon.SURNAMES)
    return next((at for at in places if len(syllables) - at >= _PERSON), len(syllables))
