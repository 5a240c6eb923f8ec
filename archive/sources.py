"""The rows of `sources`: files and folders that captures were brought in from.

Each is written into the archive's log too, as a `metadata` record of the run that brought it in, from which the row can
be made again.
"""

import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from urllib.parse import quote, unquote

_COLUMNS = "kind, path, inside, digest, bytes, copied, reached, complete, captures, left_out, hosts"
_STORED = f"SELECT id, {_COLUMNS} FROM sources"  # noqa: S608 - names from above
_ADD = f"INSERT INTO sources(run_id, {_COLUMNS}) VALUES ({', '.join('?' * 12)})"  # noqa: S608 - names from above


@dataclass(frozen=True, slots=True)
class Source:
    """One file, one file within another, or one folder.

    `kind` is `warc` or `mirror`; `path` is absolute, `inside` the name within a WACZ, or the address given for a
    mirror; `digest` is a file's SHA-256, or of a folder that of its listing, and `bytes` its size. With `copied` its
    records are in the archive's own WARC files, else they are read where they lie. Taken are the pages of `hosts`,
    which were `captures` when it was brought in; `left_out` says how many other records there were, by reason.
    `reached` is how far copying has come.
    """

    kind: str
    path: str
    digest: str
    bytes: int
    hosts: tuple[str, ...] = ()
    inside: str = ""
    copied: bool = False
    reached: str = ""
    complete: bool = False
    captures: int = 0
    left_out: Mapping[str, int] = field(default_factory=dict)
    id: int = 0  # 0 before it is stored

    @property
    def name(self) -> str:
        """What to call it in a message."""
        return f"{self.path}: {self.inside}" if self.inside else self.path

    def as_fields(self) -> list[tuple[str, str]]:
        """Return what the log says of it: enough for `of_fields` to give this source again."""
        return [
            ("thidua-source", self.kind),
            ("path", quote(self.path)),  # a name may hold anything, and a field's spaces are not kept
            ("inside", quote(self.inside)),
            ("digest", self.digest),
            ("bytes", str(self.bytes)),
            ("copied", str(int(self.copied))),
            ("captures", str(self.captures)),
            ("left-out", json.dumps(dict(self.left_out), ensure_ascii=False)),
            *(("host", host) for host in self.hosts),
        ]

    @classmethod
    def of_fields(cls, fields: Sequence[tuple[str, str]]) -> "Source":
        """Return the source that a record of the log names."""
        said = dict(fields)
        return cls(
            kind=said["thidua-source"],
            path=unquote(said["path"]),
            digest=said["digest"],
            bytes=int(said["bytes"]),
            hosts=tuple(value for name, value in fields if name == "host"),
            inside=unquote(said.get("inside", "")),
            copied=said["copied"] == "1",
            complete=True,
            captures=int(said["captures"]),
            left_out=json.loads(said["left-out"]),
        )


def all_of(conn: sqlite3.Connection) -> Iterator[Source]:
    """Yield what was brought in, in that order."""
    return (_source(row) for row in conn.execute(f"{_STORED} ORDER BY id"))


def lying_elsewhere(conn: sqlite3.Connection) -> dict[str, int]:
    """Return the files that captures are to be read in where they lie, as last told, and how many each has."""
    latest = {(source.digest, source.inside): source for source in all_of(conn) if source.complete}
    files: dict[str, int] = {}
    for source in latest.values():
        if not source.copied:
            files[source.path] = files.get(source.path, 0) + source.captures
    return files


def find(conn: sqlite3.Connection, digest: str, inside: str) -> Source | None:
    """Return the source of this content that was brought in last, or None."""
    row = conn.execute(f"{_STORED} WHERE digest = ? AND inside = ? ORDER BY id DESC LIMIT 1", (digest, inside))
    found = row.fetchone()
    return _source(found) if found else None


def digests_at(conn: sqlite3.Connection, path: str) -> list[str]:
    """Return the digests of what was brought in from a file, by all that it has held."""
    return [row[0] for row in conn.execute("SELECT DISTINCT digest FROM sources WHERE path = ? AND complete", (path,))]


def add(conn: sqlite3.Connection, run_id: int, source: Source) -> Source:
    """Store a source that a run brings in, in place of one that was begun; return it with its number."""
    conn.execute("DELETE FROM sources WHERE digest = ? AND inside = ? AND NOT complete", (source.digest, source.inside))
    cursor = conn.execute(_ADD, (run_id, *_values(source)))
    return replace(source, id=cursor.lastrowid or 0)


def reach(conn: sqlite3.Connection, source: Source, reached: str) -> None:
    """Note how far copying has come."""
    conn.execute("UPDATE sources SET reached = ? WHERE id = ?", (reached, source.id))


def complete(conn: sqlite3.Connection, source: Source) -> None:
    """Note that all of it is in the log, and where it was found in the end."""
    conn.execute("UPDATE sources SET complete = 1, path = ? WHERE id = ?", (source.path, source.id))


def _values(source: Source) -> tuple[object, ...]:
    """Return the columns of a source in their order."""
    return (
        source.kind,
        source.path,
        source.inside,
        source.digest,
        source.bytes,
        source.copied,
        source.reached,
        source.complete,
        source.captures,
        json.dumps(dict(source.left_out), ensure_ascii=False),
        json.dumps(source.hosts),
    )


def _source(row: sqlite3.Row | tuple[object, ...]) -> Source:
    number, kind, path, inside, digest, size, copied, reached, whole, captures, left_out, hosts = row
    return Source(
        kind=str(kind),
        path=str(path),
        digest=str(digest),
        bytes=int(str(size)),
        hosts=tuple(json.loads(str(hosts))),
        inside=str(inside),
        copied=bool(copied),
        reached=str(reached),
        complete=bool(whole),
        captures=int(str(captures)),
        left_out=json.loads(str(left_out)),
        id=int(str(number)),
    )
