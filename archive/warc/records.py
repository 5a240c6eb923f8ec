"""What a WARC record is to this archive: where it lies, what it says, and how its parts are told apart."""

import base64
import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

FIELDS = "application/warc-fields"
# What a record of the log is about that tells how a run ended, or of a file that was brought in.
RUN = "urn:thidua:run:"
SOURCE = "urn:thidua:source:"
HEAD_END = re.compile(rb"\r?\n\r?\n")  # of an HTTP message: the first empty line, however its lines end
_INTERIM = re.compile(rb"HTTP/\d(?:\.\d)?[ \t]+1\d\d(?!\d)", re.IGNORECASE)  # 100 Continue, 103 Early Hints, …


@dataclass(frozen=True, slots=True)
class Place:
    """Where a record is: a file's path relative to the archive folder, and the bytes of its gzip member in it."""

    file: str
    offset: int
    length: int


@dataclass(frozen=True, slots=True)
class Exchange:
    """What went over the wire for one request.

    `at` (aware) is when the answer was there; `response` runs from the status line to the last byte of the body,
    neither unchunked nor unzipped; it is empty where no answer came. `truncated` is WARC's word for why an answer is
    not whole (`length`, `time`, `disconnect`), else empty. `address` is the IP address that was asked.
    """

    url: str
    at: datetime
    request: bytes
    response: bytes
    truncated: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class Original:
    """The capture whose payload another one repeats."""

    id: int
    url: str
    captured_at: str  # as the archive writes times


@dataclass(frozen=True, slots=True)
class Record:
    """One record as read back. `kind` is WARC's type; `fields` are its named fields, lower case."""

    place: Place
    kind: str
    fields: Mapping[str, str]
    block: bytes

    @property
    def url(self) -> str:
        """The target URI; empty for `warcinfo`."""
        return self.fields.get("warc-target-uri", "")

    @property
    def at(self) -> datetime:
        """When it was captured, aware, UTC."""
        return datetime.fromisoformat(self.fields["warc-date"]).astimezone(UTC)

    @property
    def digest(self) -> str:
        """The digest of the payload, as it was written; empty where there is none."""
        return self.fields.get("warc-payload-digest", "")


def final_of(received: bytes) -> bytes:
    """Return the answer in what a server sent, without the interim ones before it (RFC 9110 §15.2), if there are any.

    Nothing where no other answer follows these.
    """
    at = 0
    while _INTERIM.match(received, at):
        end = HEAD_END.search(received, at)
        at = end.end() if end else len(received)
    return received[at:]


def payload_of(response: bytes) -> bytes:
    """Return what follows the header of an HTTP message, as it came; empty where the header never ended."""
    end = HEAD_END.search(response)
    return response[end.end() :] if end else b""


def digest_of(data: bytes) -> str:
    """Return a digest as WARC 1.1 writes it: `sha1:` and base32."""
    value = hashlib.sha1(data, usedforsecurity=False).digest()
    return "sha1:" + base64.b32encode(value).decode("ascii")


def fields(pairs: Iterable[tuple[str, str]]) -> bytes:
    """Return named fields as a record's block (`application/warc-fields`); a name may occur several times."""
    return "".join(f"{name}: {' '.join(value.split())}\r\n" for name, value in pairs).encode("utf-8", "replace")


def is_intake(record: Record) -> bool:
    """Tell whether a file that begins with this record is of a run that brought in what others had captured."""
    return record.kind == "warcinfo" and "thidua-intake" in dict(parsed(record.block))


def parsed(block: bytes) -> list[tuple[str, str]]:
    """Return the named fields of a block that `fields` wrote."""
    lines = (line.partition(":") for line in block.decode("utf-8", "replace").splitlines())
    return [(name.strip(), value.strip()) for name, mark, value in lines if mark]
