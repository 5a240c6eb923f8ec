"""What a record that another tool wrote means: when it was, what the server answered, what it repeats."""

import re
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from archive.warc.records import Record, digest_of, final_of, payload_of

_DAY = r"(\d{4})(?:-?(\d\d)(?:-?(\d\d)"
_TIME = r"(?:[Tt ]?(\d\d)(?::?(\d\d)(?::?(\d\d)(?:[.,]\d+)?)?)?)?)?)?"
_MOMENT = re.compile(_DAY + _TIME + r"\s*([Zz]|UTC|GMT|[+-]\d\d:?\d\d)?")
_EARLIEST = (0, 1, 1, 0, 0, 0)
_WEB = ("http://", "https://")
_STATUS_LINE = b"HTTP/"


class Reference(NamedTuple):
    """What a `revisit` record repeats, as far as it says: its payload's digest as written, its URL, and when it was."""

    digest: str
    url: str
    at: datetime | None


def moment(record: Record) -> datetime | None:
    """Return when a record was captured, aware, UTC; None where it does not say so in a form that can be understood."""
    return moment_of(record.fields.get("warc-date", ""))


def moment_of(said: str) -> datetime | None:
    """Return the time that a WARC field tells, aware, UTC; None where it is none.

    Fractions are cut off, what is left out (WARC 1.1 allows `2016-05`) is the earliest, no time zone is UTC; 14 digits
    are a time too.
    """
    found = _MOMENT.fullmatch(said.strip())
    if found is None:
        return None
    parts = [int(part) if part else least for part, least in zip(found.groups()[:6], _EARLIEST, strict=True)]
    try:
        year, month, day, hour, minute, second = parts
        local = datetime(year, month, day, hour, minute, min(second, 59), tzinfo=UTC)  # a leap second is none here
        return local - _zone(found[7] or "")
    except (ValueError, OverflowError):
        return None


def _zone(said: str) -> timedelta:
    if said[:1] not in {"+", "-"}:
        return timedelta()
    zone = timedelta(hours=int(said[1:3]), minutes=int(said[-2:]))
    return -zone if said[0] == "-" else zone


def http_of(record: Record) -> bytes:
    """Return the HTTP answer that a record holds, of a `revisit` its header; nothing where it holds none.

    Interim answers that a tool has kept before it are no part of it. What was kept without a header (`resource`
    records; `response` records that are HTML by their content type) gets one. `why_not` says why there is nothing.
    """
    if record.block.startswith(_STATUS_LINE) and record.kind in {"response", "resource", "revisit"}:
        answer = final_of(record.block)
        return answer if answer.startswith(_STATUS_LINE) else b""
    if why_not(record):
        return b""
    kind = record.fields.get("content-type", "") or "application/octet-stream"
    return b"HTTP/1.1 200 OK\r\nContent-Type: " + kind.encode("utf-8", "replace") + b"\r\n\r\n" + record.block


def why_not(record: Record) -> str:
    """Return, in a few words, why a record holds no HTTP answer; empty where it does."""
    if record.kind not in {"response", "resource"}:
        return f"a {record.kind or 'nameless'} record is no answer"
    if not record.url.lower().startswith(_WEB):
        return f"not of the web ({record.url or 'no URL'})"
    if record.block.startswith(_STATUS_LINE):
        return "" if http_of(record) else "nothing but interim answers in it"
    if record.kind == "resource":
        return ""
    kind = record.fields.get("content-type", "").partition(";")[0].strip().lower()
    return "" if kind in {"text/html", "application/xhtml+xml"} else "no HTTP answer in it"


def may_hold(record: Record, digest: str) -> bool:
    """Tell whether a record from elsewhere can have the payload of this digest: one that repeats another has none.

    An empty digest is that of an answer without a payload to speak of (304).
    """
    return record.kind == "revisit" or digest in {"", digest_of(payload_of(http_of(record)))}


def original_of(revisit: Record) -> Reference:
    """Return what a `revisit` record repeats."""
    named = revisit.fields
    at = moment_of(named.get("warc-refers-to-date", ""))
    return Reference(revisit.digest, named.get("warc-refers-to-target-uri", ""), at)
