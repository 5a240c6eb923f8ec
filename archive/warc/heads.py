"""The heads of WARC records as other tools write them, in all the ways that can be understood."""

import re

from archive.warc.records import HEAD_END

LARGEST_HEAD = 1 << 16  # bytes: no tool writes a tenth of it
PADDING = b"\r\n \t\0"  # what may stand between records
PADDED = re.compile(rb"[\r\n \t\0]*")
BEGINS = re.compile(rb"WARC/[01]\.\d{1,3}[ \t]*\r?\n")
STANDS_OUT = re.compile(BEGINS.pattern + rb"[!-9;-~]+:")  # a record's beginning, told from a line that speaks of one
_END = re.compile(HEAD_END.pattern + rb"|\n(WARC/[01]\.)")
_BRACKETED = ("warc-target-uri", "warc-refers-to-target-uri")  # WARC 1.0 has its grammar put <> around them


def end_of(data: bytes | bytearray) -> int:
    """Return where the head ends with which these bytes begin, behind its empty line.

    0 where it goes on behind them, -1 where it never ends: another record begins before, or it is too long.
    """
    found = _END.search(data, 0, LARGEST_HEAD)
    if found is None:
        return -1 if len(data) >= LARGEST_HEAD else 0
    return -1 if found[1] else found.end()


def parsed_head(head: bytes) -> dict[str, str]:
    """Return the named fields of a record's head, names in lower case; the first of a name counts.

    Lines that go on in the next are joined, lines that are no field passed over; bytes that are no UTF-8 are Latin-1.
    """
    try:
        text = head.decode()
    except UnicodeDecodeError:
        text = head.decode("latin-1")
    named: dict[str, str] = {}
    last = ""
    for line in text.split("\n")[1:]:
        if line[:1] in {" ", "\t"} and last:
            named[last] = f"{named[last]} {line.strip()}".strip()
            continue
        name, mark, value = line.partition(":")
        last = name.strip().lower() if mark else ""
        if last in named:
            last = ""
        elif last:
            named[last] = value.strip()
    for name in _BRACKETED:
        value = named.get(name, "")
        if value.startswith("<") and value.endswith(">"):
            named[name] = value[1:-1].strip()
    return named


def length_of(named: dict[str, str]) -> int:
    """Return how long the block is, in bytes, or -1 where the head does not say."""
    said = named.get("content-length", "")
    return int(said) if said.isascii() and said.isdigit() and len(said) < 20 else -1  # noqa: PLR2004 - 64 bits have so many digits
