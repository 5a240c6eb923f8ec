"""Real captured pages: served on loopback from their WARC file, and what is true of them by their own markup."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from lxml import html
from warcio.archiveiterator import ArchiveIterator

from tests.samplesite.model import Response

if TYPE_CHECKING:
    from collections.abc import Iterator

WARC = Path(__file__).parents[2] / "shared" / "real" / "sotttt-hanoi-2022.warc.gz"
LISTING = "/vi/cong-nghe-thong-tin.html"
_ARTICLE = re.compile(r"^/vi/[\w-]+/-/view_content/\d")


@dataclass(frozen=True)
class Told:
    """What an article page says of itself, taken by the class names of its own system."""

    path: str
    title: str
    published: date | None
    text: str


class Captured:
    """The responses of a WARC file by path. A query that was not captured answers as the path alone, as mirrors do."""

    def __init__(self, warc: Path = WARC) -> None:
        self.pages: dict[str, bytes] = {}
        with warc.open("rb") as file:
            for record in ArchiveIterator(file):
                if record.rec_type == "response":
                    parts = urlsplit(record.rec_headers.get_header("WARC-Target-URI"))
                    target = parts.path + (f"?{parts.query}" if parts.query else "")
                    self.pages[target] = record.content_stream().read()

    def render(self, target: str, visit: int = 1, if_none_match: str = "") -> Response:  # noqa: ARG002 - the server's interface
        """Return the captured page, or 404."""
        body = self.pages.get(target) or self.pages.get(target.partition("?")[0])
        if body is None:
            return Response(404, (("Content-Type", "text/plain"),), b"not captured")
        return Response(200, (("Content-Type", "text/html; charset=UTF-8"),), body)

    def articles(self) -> Iterator[tuple[Told, bytes]]:
        """Yield every article page that says its own title, with what it tells."""
        for path, body in self.pages.items():
            if _ARTICLE.match(path) and (told := _told(path, body)).title:
                yield told, body


@lru_cache(maxsize=1)
def captured() -> Captured:
    """Return the captured site, read once."""
    return Captured()


def _told(path: str, body: bytes) -> Told:
    tree = html.fromstring(body.decode("utf-8", "replace"))
    names = ("asset-full-content-title", "assetPublishDate", "asset-content")
    title, day, text = (_by_class(tree, name) for name in names)
    match = re.match(r"(\d+)/(\d+)/(\d+)", day)
    return Told(path, title, date(int(match[3]), int(match[2]), int(match[1])) if match else None, text)


def _by_class(tree: html.HtmlElement, name: str) -> str:
    for element in tree.find_class(name)[:1]:
        for unseen in element.xpath(".//script | .//style"):
            unseen.drop_tree()
        text = unicodedata.normalize("NFC", " ".join(element.itertext())).replace("\u200b", "")
        return " ".join(text.split())
    return ""
