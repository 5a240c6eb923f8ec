"""Turns templates into files."""

import base64
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, Self
from urllib.parse import urlsplit

from jinja2 import Environment, PackageLoader, StrictUndefined

from archive import wording


class Renderer:
    """Writes pages into a folder. Everything put into a template is escaped; `common` is known to all of them."""

    def __init__(self, folder: Path, common: Mapping[str, Any]) -> None:
        self._folder = folder
        self._env = Environment(
            loader=PackageLoader("archive.export.html"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._env.filters.update(day=wording.day, read_on=wording.read_on, month=wording.month, count=wording.count)
        self._env.tests["web"] = is_web
        self._env.globals.update(common)

    def page(self, template: str, file: str, **values: Any) -> None:
        """Write a page. `up` leads from it to the top of the site, so that it works in any folder."""
        path = self._folder / file
        path.parent.mkdir(exist_ok=True)
        text = self._env.get_template(template).render(values, up="../" * file.count("/"), file=file)
        path.write_text(text + "\n", encoding="utf-8", newline="\n")


@dataclass(frozen=True, slots=True)
class Inline:
    """What a page carries in itself, and the digest by which its policy allows that.

    Only the page for missing pages does: it stands in for one in any folder, from where it could not find a file.
    """

    text: str
    digest: str

    @classmethod
    def read(cls, name: str) -> Self:
        """Return a file that lies among the templates."""
        text = (files("archive.export.html") / "templates" / name).read_text("utf-8")
        return cls(text, base64.b64encode(hashlib.sha256(text.encode()).digest()).decode("ascii"))


def is_web(address: str) -> bool:
    """Tell whether an address may be a link: a page of the Web. Any other is shown as text, `javascript:` above all."""
    try:
        parts = urlsplit(address)
    except ValueError:  # brackets that hold no IPv6 address, for one
        return False
    return address.lower().startswith(("http://", "https://")) and bool(parts.netloc)


def copy_static(folder: Path) -> None:
    """Copy the stylesheet, the icon and the programs of the search."""
    _copy(files("archive.export.html") / "static", folder)


def _copy(origin: Traversable, folder: Path) -> None:
    folder.mkdir(exist_ok=True)
    for each in sorted(origin.iterdir(), key=lambda entry: entry.name):
        if each.is_dir():
            _copy(each, folder / each.name)
        else:
            (folder / each.name).write_bytes(each.read_bytes())
