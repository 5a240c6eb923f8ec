"""A ZIP file made file by file, none of which is ever whole in memory, with a list of what is in it.

Its bytes follow from what is put in: every file bears the same date. What grows beyond 4 GB is written as ZIP64.
"""

import json
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self

_DATE = (1980, 1, 1, 0, 0, 0)  # the first that ZIP can write
_UNIX = 3
_MODE = 0o644 << 16


class Part:
    """A file of the package while it is written: counts its bytes and takes their digest."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._digest = sha256()
        self.size = 0

    def write(self, data: bytes) -> None:
        """Append the data."""
        self._file.write(data)
        self._digest.update(data)
        self.size += len(data)

    @property
    def hash(self) -> str:
        """The digest of all that was written, as `sha256:` and hexadecimal digits."""
        return f"sha256:{self._digest.hexdigest()}"


class Package:
    """A ZIP file at a path. Use it in a `with` block.

    Attributes:
        resources: name, path, hash and bytes of each file so far, as a Data Package lists them.
    """

    def __init__(self, path: Path) -> None:
        self._zip = zipfile.ZipFile(path, "w")
        self.resources: list[dict[str, str | int]] = []

    @contextmanager
    def part(self, path: str, *, packed: bool = True, size: int = 0) -> Iterator[Part]:
        """Give a file of the package to write to.

        Args:
            path: its path in the package.
            packed: whether to compress it.
            size: how large it will be, more or less; only what may be over 2 GB needs this.
        """
        info = zipfile.ZipInfo(path, _DATE)
        info.create_system, info.external_attr = _UNIX, _MODE
        info.compress_type = zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED
        info.file_size = size
        with self._zip.open(info, "w") as file:
            part = Part(file)
            yield part
        name = path.rpartition("/")[2]
        self.resources.append({"name": name, "path": path, "hash": part.hash, "bytes": part.size})

    def put(self, path: str, value: Mapping[str, Any]) -> str:
        """Write a file of JSON; return its digest."""
        with self.part(path) as part:
            part.write(json.dumps(value, ensure_ascii=False, indent=2).encode() + b"\n")
        return part.hash

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._zip.close()
