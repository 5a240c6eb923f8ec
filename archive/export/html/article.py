"""One article as its page shows it."""

from collections.abc import Container, Sequence
from dataclasses import dataclass

from archive import citation, wording
from archive.prose import Group, groups
from archive.show import Neighbour, Shown
from archive.stored import Article

_LISTED = 5  # neighbours on either side
_SUMMARY = 200  # characters


@dataclass(frozen=True, slots=True)
class Near:
    """An article before or after. `page` is its file beside this one, None where it is not in this site."""

    title: str
    published: str | None
    url: str
    page: str | None


@dataclass(frozen=True, slots=True)
class View:
    """What the template asks for besides the article itself.

    `newer` and `older` are named by either side, nearest first; `next` and `previous` are the nearest that have a page.
    """

    how_dated: str
    summary: str
    body: list[Group]
    newer: list[Near]
    older: list[Near]
    next: Near | None
    previous: Near | None
    versions: int
    citation: str
    bibtex: str
    wayback: str


def view(shown: Shown, here: Container[int]) -> View:
    """Return what the page of an article shows; `here` are the ids of the articles that have a page."""
    article = shown.article
    agreeing = sum(each.published == article.published for each in shown.evidence)
    newer, older = _near(shown.newer, here), _near(shown.older, here)
    return View(
        how_dated=wording.how_dated(article, agreeing),
        summary=_summary(article.lead or article.body),
        body=list(groups(article.body, article.block_kinds)),
        newer=newer[:_LISTED],
        older=older[:_LISTED],
        next=next((near for near in newer if near.page), None),
        previous=next((near for near in older if near.page), None),
        versions=len(shown.versions),
        citation=citation.plain(article),
        bibtex=citation.bibtex(article),
        wayback=wayback(article),
    )


def wayback(article: Article) -> str:
    """Return where the Internet Archive shows the page as it was about when we last read it."""
    moment = "".join(letter for letter in article.last_captured_at if letter.isdigit())
    return f"https://web.archive.org/web/{moment}/{article.url}"


def _near(neighbours: Sequence[Neighbour], here: Container[int]) -> list[Near]:
    return [
        Near(each.title or each.url, each.published, each.url, f"{each.id}.html" if each.id in here else None)
        for each in neighbours
    ]


def _summary(text: str) -> str:
    """Return the first words, for those who list the page elsewhere."""
    line = " ".join(text[: _SUMMARY * 2].split())
    return line if len(line) <= _SUMMARY else line[:_SUMMARY].rpartition(" ")[0] + "…"
