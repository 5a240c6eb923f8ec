"""Bodies that a text names: a kind of office, association, school or firm, and which one."""

import re
from collections.abc import Iterator

from archive.names import lexicon
from archive.names.name import (
    ACRONYM,
    RUN,
    SYLLABLE,
    UPPER,
    Name,
    any_of,
    begins_word,
    is_whole,
    letters,
    person,
    same,
    shown_as,
    written,
)
from archive.names.places import PROVINCE, PROVINCES, place_name

_LEVELS = {
    **{unit: unit for unit in ("tỉnh", "huyện", "quận", "xã", "phường", "thành phố", "thị xã", "thị trấn")},
    **dict.fromkeys(("tp", "tp."), "thành phố"),
    **dict.fromkeys(("tx", "tx."), "thị xã"),
}
_LEVEL = r"(?:[Tt]ỉnh|[Tt]hành phố|T[Pp]\.?|[Hh]uyện|[Qq]uận|[Tt]hị xã|TX\.?|[Tt]hị trấn|xã(?! hội)|phường)(?!\w| ủy)"
_PARTY = r"(?:[Tt]ỉnh|[Tt]hành|[Hh]uyện|[Tt]hị|[Qq]uận) ủy(?! viên)(?!\w)"
_TAIL = (
    rf"(?P<vn> Việt Nam)?(?: (?:(?P<party>{_PARTY})(?: (?P<theirs>{RUN}))?"
    rf"|(?P<level>{_LEVEL})(?: ?(?P<of>{PROVINCE}|{RUN}))?"
    rf"|(?P<whole>Trung ương|Quốc gia|Chính phủ|Quốc hội)(?!\w)|(?P<at>(?:{PROVINCE})(?!\w)|{RUN})))?"
)
_HEADS = (
    "Sở|Bộ|Ban|Hội đồng|Hội|Liên đoàn|Liên minh|Hiệp hội|Đoàn|Tổng cục|Tổng Cục|Cục|Chi cục|Chi Cục|Vụ|Viện|Phòng|"
    "phòng|Văn phòng|Trung tâm|Ủy ban|Công đoàn|Đảng ủy|Đảng bộ"
)
_PROVINCE = re.compile(rf"(?:{PROVINCE})(?!\w)")
_NO_PLACE = lexicon.SURNAMES | frozenset(_HEADS.split("|"))  # as first syllable of what has no unit before it
_SYLLABLES = 2  # of most places
_FIELDS = shown_as((*lexicon.FIELDS, *lexicon.SHORT_FIELDS))
# A word more that is nobody's name: `Sở Văn hóa và Thông tin Truyền thông`, `Ban Nông nghiệp Nông thôn`.
_MORE = re.compile(
    rf" (?!(?:{'|'.join(sorted(lexicon.SURNAMES))})(?!\w))[{UPPER}&]|,? (?:và|-|–|&) (?!{_HEADS})[{UPPER}]"
)
_VAGUE = frozenset({"Trung tâm", "Viện", "Hiệp hội", "Ban", "Đoàn", "Phòng", "phòng"})  # their names go on as they like

# Kinds of office that are named by whom they serve: `UBND xã Đồng Tâm`.
_COMMITTEES = shown_as(lexicon.COMMITTEES)
_COMMITTEE = re.compile(rf"(?P<head>{any_of(written(lexicon.COMMITTEES))})(?!\w){_TAIL}")
_PARTY_BODY = re.compile(
    r"(?P<head>(?:Tỉnh|Thành|Huyện|Thị|Quận) (?:ủy|đoàn|Đoàn))(?! viên)(?!\w)"
    rf"(?: (?P<at>(?:{PROVINCE})(?!\w)|{RUN}))?"
)
# Kinds that are named by what they deal with: `Sở Nội vụ tỉnh`.
_OFFICE = re.compile(
    rf"(?P<head>{_HEADS})"
    rf" (?:(?P<field>{any_of(written(lexicon.FIELDS))})(?!\w)|(?P<short>TNCS Hồ Chí Minh|{ACRONYM})){_TAIL}"
)
# Kinds that have names of their own: `Trường Tiểu học Minh Tân`.
_SCHOOL = re.compile(
    rf"(?P<head>Trường)(?P<form>(?: (?:{any_of(lexicon.SCHOOLS)}|{ACRONYM})(?!\w))+)"
    rf"(?: (?:(?P<level>{_LEVEL}) (?P<of>{RUN})|(?P<own>{RUN}(?: \d)?)))?"
)
_HOSPITAL = re.compile(
    rf"(?P<head>Bệnh viện|Trạm Y tế|Trạm y tế)(?P<form>(?: (?:{any_of(lexicon.HOSPITALS)})(?!\w))*)"
    rf"(?: (?:(?P<level>{_LEVEL})(?: ?(?P<of>{PROVINCE}|{RUN}))?|(?P<own>{RUN})))?"
)
_FIRM_WORD = rf"(?:(?:{any_of(lexicon.FIRMS)})(?!\w)|(?:TNHH|MTV|CP|TM|DV|XNK|XD|SX)(?!\w))"
_OWN = rf"(?:{SYLLABLE}|{ACRONYM})"
_FIRM = re.compile(
    "(?P<head>Công ty|Tổng công ty|Tổng Công ty|Tập đoàn|Hợp tác xã|HTX|Ngân hàng)"
    rf"(?P<form>(?: {_FIRM_WORD}(?:,? và(?= {_FIRM_WORD})|,(?= {_FIRM_WORD})| [-–&](?= {_FIRM_WORD}))?)*)"
    rf"(?: (?P<own>{_OWN}(?:(?: | [-–&] ){_OWN}){{0,5}}))?"
)


def bodies(text: str) -> Iterator[Name]:
    """Yield the bodies named in a text whose tone marks are in one spelling."""
    for pattern, read in _READERS:
        for match in pattern.finditer(text):
            if begins_word(text, match.start()) and (found := read(text, match)):
                yield Name("body", found[0], match.start(), found[1])


_Found = tuple[str, int]  # the name it is counted under, and where it ends


def _committee(text: str, match: re.Match[str]) -> _Found | None:
    head = same(match["head"], _COMMITTEES)
    tail, end = _tail(text, match, match.end("head"), free=False)
    return (f"{head}{tail}", end) if tail else None


def _party(_text: str, match: re.Match[str]) -> _Found:
    head = match["head"].replace("Đoàn", "đoàn")
    name, end = _bare(match, "at", free=True)
    return f"{head}{name}", end if name else match.end("head")


def _office(text: str, match: re.Match[str]) -> _Found | None:
    what = _FIELDS.get(letters(match["field"] or match["short"]))
    if what is None:
        return None
    name = f"{match['head'].capitalize()} {what}"
    tail, end = _tail(text, match, match.end("field" if match["field"] else "short"), free=True)
    if tail and not _MORE.match(text, end):
        return f"{name}{tail}", end
    vague = match["head"] in _VAGUE and not is_whole(text, end)
    return None if name in lexicon.NOT_ALONE or vague or _MORE.match(text, end) else (name, end)


def _school(text: str, match: re.Match[str]) -> _Found | None:
    return _own(text, match, longest=4)


def _hospital(text: str, match: re.Match[str]) -> _Found | None:
    return _own(text, match, longest=3)


def _firm(text: str, match: re.Match[str]) -> _Found | None:
    if match["own"] is None and not (match["head"] == "Ngân hàng" and match["form"]):
        return None
    found = _own(text, match, longest=6) if match["own"] else (match.group(), match.end())
    return found if found and is_whole(text, found[1]) else None


_READERS = (
    (_COMMITTEE, _committee),
    (_PARTY_BODY, _party),
    (_OFFICE, _office),
    (_SCHOOL, _school),
    (_HOSPITAL, _hospital),
    (_FIRM, _firm),
)


def _own(text: str, match: re.Match[str], *, longest: int) -> _Found | None:
    """Return a body that bears a name of its own, or is called after its place."""
    before = match["head"] + match["form"]
    if "level" in match.re.groupindex and match["level"]:
        tail, end = _level(text, match)
        return f"{before}{tail}", end
    own = match["own"]
    if own is None:
        return None
    syllables = own.split(" ")
    at = person(syllables) or len(syllables)  # it may be called after a person
    name = " ".join(syllables[: min(at, longest)]).rstrip(" -–&")
    end = match.start("own") + len(name)
    return (f"{before} {name}", end) if " " in name or (len(name) > 1 and is_whole(text, end)) else None


def _tail(text: str, match: re.Match[str], end: int, *, free: bool) -> _Found:
    """Return whom the body belongs to, with a space before it, and where that ends; else an empty string and `end`.

    `free` tells whether it may be a place that is named without its unit and is no province.
    """
    vietnam = match["vn"] or ""
    end = match.end("vn") if vietnam else end
    if match["party"]:
        name, after = _bare(match, "theirs", free=True)
        return f"{vietnam} {match['party'].capitalize()}{name}", after if name else match.end("party")
    if match["level"]:
        tail, end = _level(text, match)
        return f"{vietnam}{tail}", end
    if match["whole"]:
        return f"{vietnam} {match['whole']}", match.end("whole")
    name, after = _bare(match, "at", free=free)
    return f"{vietnam}{name}", after if name else end


def _level(text: str, match: re.Match[str]) -> _Found:
    """Return the unit that the body belongs to, and its name where it is said."""
    unit = _LEVELS[match["level"].lower()]
    if not match["of"]:
        return f" {unit}", match.end("level")
    if province := _PROVINCE.match(match["of"]):
        return f" {unit} {same(province.group(), PROVINCES)}", match.start("of") + province.end()
    name = place_name(text, match.start("of"), match["of"], unit)
    return (f" {unit} {name}", match.start("of") + len(name)) if name else (f" {unit}", match.end("level"))


def _bare(match: re.Match[str], group: str, *, free: bool) -> _Found:
    """Return a place named without its unit, with a space before it: a province, or if `free` any of two syllables."""
    run = match[group] or ""
    if province := _PROVINCE.match(run):
        return f" {same(province.group(), PROVINCES)}", match.start(group) + province.end()
    syllables = run.split(" ")[: person(run.split(" "))]
    if not free or len(syllables) != _SYLLABLES or syllables[0] in _NO_PLACE:
        return "", match.end(group)
    name = " ".join(syllables)
    return f" {name}", match.start(group) + len(name)
