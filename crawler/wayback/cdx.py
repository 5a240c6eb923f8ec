"""Reads what a CDX server answers, piece by piece as it comes: a million captures need no more memory than one.

The Internet Archive answers an array of arrays under a row of names (`original`, `statuscode`, `mimetype`); pywb one
object a line (`url`, `status`, `mime`), or lines that end in one; old servers lines of fields parted by spaces. Which
it is shows in the answer itself.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from crawler.wayback.streams import LONGEST, CutError, elements, whole_lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_FIELDS = ("urlkey", "timestamp", "original", "mimetype", "statuscode", "digest", "length")  # of lines of plain text
_URL, _MIME, _STATUS = ("original", "url"), ("mimetype", "mime"), ("statuscode", "status")
_LENGTHS = (4, 6, 8, 10, 12, 14)  # digits of a timestamp cut after year, month, …
FIRST_YEAR = 1990  # nothing of the web is older
_UNSPEAKABLE = re.compile("[\ud800-\udfff\x00]")  # half letters and NUL, which no database takes
_EARLIEST = "00000101000000"  # what a cut timestamp is filled up with
_TITLE = re.compile(r"<title[^>]*>(.*?)</title>", re.IGNORECASE | re.DOTALL)
_WORDS = 200  # letters quoted of what is no CDX


class NotCdxError(Exception):
    """Raised where an answer is something else than a list of captures; the message quotes what it says."""


@dataclass(frozen=True, slots=True)
class Row:
    """A capture on offer. `status` is 0 where the server does not say; `digest` may be empty; `at` is aware, UTC."""

    url: str
    at: datetime
    status: int = 0
    mime: str = ""
    digest: str = ""


class Answer:
    """One answer of a CDX server. Walk through `rows` once; then the rest is known.

    Attributes:
        unreadable: lines and rows that name no capture.
        resume: what to ask for the rest with, or an empty string.
        count: rows in the answer, readable or not.
        objects: whether it was pywb's kind of answer, which knows no resumption.
    """

    def __init__(self, chunks: Iterable[bytes]) -> None:
        self._chunks = iter(chunks)
        self.unreadable = 0
        self.resume = ""
        self.count = 0
        self.objects = False

    def rows(self) -> Iterator[Row]:
        """Yield the captures.

        Raises:
            NotCdxError: it is no list of captures.
            CutError: it breaks off.
        """
        begun = b""
        for chunk in self._chunks:
            begun += chunk
            if len(begun.strip()) > 1:
                break
        start = begun.lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
        if start == b"<":
            raise _no_list(_said(begun, self._chunks))
        yield from self._array(begun) if start == b"[" else self._lines(begun)

    # -- an array of arrays

    def _array(self, begun: bytes) -> Iterator[Row]:
        names: list[str] | None = None
        closing = False
        for row in elements(begun, self._chunks):
            if not isinstance(row, list):
                self.unreadable += 1
            elif not row:
                closing = True  # an empty row comes before the key to the rest
            elif closing or (len(row) == 1 and names is not None and len(names) > 1):
                self.resume = _UNSPEAKABLE.sub("", str(row[0]))
            elif names is None:
                names = [str(name) for name in row]
                if not _names_captures(names):
                    raise _no_list(f"a table of {', '.join(names)[:_WORDS]}")
            else:
                yield from self._counted(dict(zip(names, row, strict=False)) if len(row) >= len(names) else {})

    # -- lines

    def _lines(self, begun: bytes) -> Iterator[Row]:
        closing = False
        for line, whole in whole_lines(begun, self._chunks):
            text = line.decode("utf-8", "replace").strip()
            if not text:
                closing = self.count > 0
                continue
            fields = _fields(text)
            if not self.count and not _like_a_row(fields, text):
                raise _no_list(quoted(text))
            if fields is None and not whole:
                raise CutError(f"the list breaks off in a line: {text[:_WORDS]}")
            if fields is None and closing and " " not in text:
                self.resume = text
                continue
            self.objects = self.objects or "{" in text
            yield from self._counted(fields or {})

    def _counted(self, fields: Mapping[str, Any]) -> Iterator[Row]:
        self.count += 1
        row = _row(fields)
        if row is None:
            self.unreadable += 1
        else:
            yield row


def pages(body: bytes) -> int:
    """Return how many pages a server says there are (`showNumPages`); 0 where it says anything else."""
    text = body.strip()
    if text.startswith(b"{"):
        try:
            text = str(json.loads(text).get("pages", "")).encode()
        except (ValueError, AttributeError, RecursionError):
            return 0
    return int(text) if re.fullmatch(rb"\d{1,7}", text) else 0


def timestamp(moment: datetime) -> str:
    """Return an aware moment as web archives write it: 14 digits, UTC."""
    return f"{moment.astimezone(UTC):%Y%m%d%H%M%S}"


def parsed_timestamp(digits: str) -> datetime | None:
    """Return the moment that 4 to 17 digits mean (a cut one, the beginning of its year, day, hour …), or None."""
    digits = digits[:14]
    if not digits.isdigit() or not digits.isascii() or len(digits) not in _LENGTHS:
        return None
    digits += _EARLIEST[len(digits) :]
    year, *rest = (int(digits[at : at + (2 if at else 4)]) for at in (0, 4, 6, 8, 10, 12))
    try:
        return None if year < FIRST_YEAR else datetime(year, *rest, tzinfo=UTC)  # type: ignore[arg-type, misc] # mypy does not count them; a third of strptime's time
    except ValueError:
        return None


def _row(fields: Mapping[str, Any]) -> Row | None:
    """Return the capture that named fields tell of, or None."""
    url, moment = _of(fields, _URL), parsed_timestamp(_of(fields, ("timestamp",)))
    if moment is None or not re.match(r"https?://[^/\s]", url, re.IGNORECASE):
        return None
    status = _of(fields, _STATUS)
    digest, mime = _of(fields, ("digest",)).removeprefix("sha1:"), _of(fields, _MIME)
    if _UNSPEAKABLE.search(url + mime + digest):
        return None
    return Row(url, moment, int(status) if re.fullmatch(r"[1-9]\d\d", status) else 0, mime, digest)


def _of(fields: Mapping[str, Any], names: tuple[str, ...]) -> str:
    """Return the first of these fields that there is; `-` stands for none."""
    value = next((fields[name] for name in names if fields.get(name) is not None), "")
    text = str(value).strip()
    return "" if text == "-" else text


def _fields(text: str) -> Mapping[str, Any] | None:
    """Return the fields of a line: an object, `key timestamp object`, or parted by spaces; None for none of these."""
    before, mark, _ = text.partition("{")
    if mark:
        try:
            fields = json.loads(text[len(before) :])
        except (ValueError, RecursionError):
            return None
        told = dict(zip(_FIELDS, before.split(), strict=False))
        return {**told, **fields} if isinstance(fields, dict) else None
    parts = text.split(" ")
    return dict(zip(_FIELDS, parts, strict=False)) if len(parts) >= len(_FIELDS) - 2 and _like_a_line(text) else None


def _like_a_line(text: str) -> bool:
    """Tell whether a line has a timestamp where a CDX line has it, or is an object."""
    parts = text.split(" ", 2)
    return text.startswith("{") or (len(parts) > 1 and parts[1].isdigit() and len(parts[1]) >= _LENGTHS[0])


def _like_a_row(fields: Mapping[str, Any] | None, text: str) -> bool:
    """Tell whether the first line of an answer may be one of a list of captures, if a damaged one."""
    return _like_a_line(text) if fields is None else not {"message", "error"} & fields.keys()


def _names_captures(names: list[str]) -> bool:
    return "timestamp" in names and any(name in names for name in _URL)


def _no_list(said: str) -> NotCdxError:
    return NotCdxError(f"gives no list of captures, but “{said}”; see whether the address is right, or try again later")


def _said(begun: bytes, chunks: Iterator[bytes]) -> str:
    """Return what a page says that came instead of a list: its title, or its first words."""
    page = begun
    for chunk in chunks:
        page += chunk
        if len(page) > LONGEST:
            break
    return quoted(page.decode("utf-8", "replace"))


def quoted(text: str) -> str:
    """Return the title or the first words of a page that is no list of captures."""
    title = _TITLE.search(text)
    words = title[1] if title and title[1].strip() else re.sub(r"<[^>]*>", " ", text)
    said = " ".join(words.split())[:_WORDS]
    return "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in said)
