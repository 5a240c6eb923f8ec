"""Pages with the truth about them: the sample site's in every markup and, where present, the real captured ones."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.captured import WARC, captured
from tests.samplesite import MARKUPS, Site

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

HOST = "http://127.0.0.1:8080"


@dataclass(frozen=True)
class Sample:
    """A page and what is true of it. `published` is None where the page itself does not say."""

    url: str
    body: bytes
    title: str
    published: date | None
    text: str


def invented(count: int) -> list[Sample]:
    """Return pages of the sample site, an equal number in every markup."""
    each = max(1, count // len(MARKUPS))
    return [sample for markup in MARKUPS for sample in _of_site(Site(each, 3, markup=markup))]


def _of_site(site: Site) -> Iterator[Sample]:
    for number in site.live():
        article = site.article(number)
        shown = bool(site.form.page_date)
        text = "\n".join([*article.texts, article.byline])
        yield Sample(
            HOST + site.url(number),
            site.render(site.url(number)).body,
            article.title,
            article.published if shown else None,
            text,
        )


def real(count: int) -> list[Sample]:
    """Return captured article pages, their truth taken by the class names of their own system; none where absent."""
    if not WARC.exists():
        return []
    host = "http://sotttt.hanoi.gov.vn"
    found = [
        Sample(host + told.path, body, told.title, told.published, told.text) for told, body in captured().articles()
    ]
    return found[:: max(1, len(found) // count)][:count]
