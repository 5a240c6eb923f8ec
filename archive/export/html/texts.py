"""What a hit is shown with: titles, and the texts that snippets are cut from, a few articles a file."""

import base64
import json
import zlib
from dataclasses import dataclass, field
from pathlib import Path

from archive.export.html.words import write_data
from archive.stored import Article

EACH = 8  # articles a file: a page of hits loads ten of them at most


@dataclass(slots=True)
class Texts:
    """The file that is being filled; articles are added in the order of their numbers."""

    folder: Path
    number: int = 0
    titles: list[tuple[int, str]] = field(default_factory=list)
    bodies: list[str] = field(default_factory=list)

    def add(self, article: Article) -> None:
        """Add an article."""
        self.titles.append((article.id, article.title))
        self.bodies.append(article.body)
        if len(self.titles) == EACH:
            self.close()

    def close(self) -> None:
        """Write what there is, and begin the next. Compressed texts are a quarter of their size."""
        if self.titles:
            content = json.dumps(self.bodies, ensure_ascii=False, separators=(",", ":")).encode()
            packed = base64.b64encode(zlib.compress(content, 9)).decode("ascii")
            (self.folder / "bai").mkdir(exist_ok=True)
            write_data(self.folder, f"bai/{self.number}", [self.titles, packed])
            self.number, self.titles, self.bodies = self.number + 1, [], []
