"""The one real text of the first site, as an article and its lists. The file stays outside the project."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from crawler.pages.dates import split_trailing
from tests.samplesite import Article, Block, Neighbour, render_article

FILE = Path(__file__).parents[2] / "shared" / "real" / "gia-loc-2020-06-12.txt"
ABSENT = "the real text is not here: ../shared/real is kept out of the project"
PATH = "/Trang/ChiTietTinTuc.aspx?nid=13066"


@dataclass(frozen=True)
class RealText:
    """What the file says."""

    article: Article
    newer: list[Neighbour]
    older: list[Neighbour]

    def page(self, markup: str) -> bytes:
        """Return it as a page in the given markup."""
        return render_article(markup, self.article, self.newer, self.older)


def real_text() -> RealText:
    """Read the file: category, title, paragraphs, byline, then the lists between their labels."""
    lines = [" ".join(line.split()) for line in FILE.read_text(encoding="utf-8").splitlines() if line.strip()]
    newer, older, end = (lines.index(name) for name in ("Các tin mới hơn", "Các tin cũ hơn", "Thông báo"))
    category, title, *paragraphs, byline = lines[:newer]
    article = Article(title, category, tuple(Block("p", text) for text in paragraphs), byline)
    return RealText(article, _neighbours(lines[newer + 1 : older], 13067), _neighbours(lines[older + 1 : end], 13001))


def _neighbours(lines: list[str], first: int) -> list[Neighbour]:
    found = []
    for number, line in enumerate(lines, first):
        title, day = split_trailing(line)
        url = f"/Trang/ChiTietTinTuc.aspx?nid={number}"
        found.append(Neighbour(url, title, day, line.removeprefix(title).strip()))
    return found
