"""From an article and its lists to the bytes of a page, in any markup and charset."""

from __future__ import annotations

import base64
import random
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from tests.samplesite import forms, words
from tests.samplesite.charsets import CHARSETS, declaration
from tests.samplesite.markups import BY_NAME
from tests.samplesite.model import Link, Neighbour
from tests.samplesite.prose import headline
from tests.samplesite.shell import Shell
from tests.samplesite.urls import FAMILIES, slug
from tests.samplesite.views import HEAD, ArticleView, Chrome, Pen

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tests.samplesite.model import Article
    from tests.samplesite.views import Markup

OTHERS = (Link("/lien-he.html", "Liên hệ"), Link("/so-do-trang.html", "Sơ đồ trang"))


@dataclass(frozen=True, slots=True)
class Look:
    """How pages look, besides their markup. What is None or empty is as usual for the markup."""

    charset: str = "utf-8-meta"  # a name in CHARSETS
    labels: tuple[str, str] | None = None  # of the newer and older lists
    label_style: str = "plain"  # a name in forms.LABEL_STYLES
    list_date: str = ""  # a name in forms.LIST_DATES, or "none"
    page_date: str = ""  # a name in forms.PAGE_DATES, or "none"
    messy: bool = False  # &nbsp;, zero-width characters, runs of spaces in the text
    na: bool = True  # twelve times "na" in the boilerplate under the page
    viewstate: int = 24_000  # characters of __VIEWSTATE

    def __post_init__(self) -> None:
        if self.charset not in CHARSETS:
            raise ValueError(f"no such charset form: {self.charset}; there are {', '.join(CHARSETS)}")

    def list_labels(self, markup: Markup) -> tuple[str, str]:
        style = forms.LABEL_STYLES[self.label_style]
        newer, older = self.labels or markup.labels
        return style(newer), style(older)

    def shown(self, markup: Markup, day: date | None) -> str:
        """Return a date as the lists print it."""
        name = self.list_date or markup.list_date
        return "" if day is None or name == "none" else forms.LIST_DATES[name](day)

    def dated(self, markup: Markup, article: Article) -> str:
        """Return the date line of an article's own page, or nothing."""
        name = self.page_date or markup.page_date
        if not name or name == "none" or article.published is None:
            return ""
        if name == "portal" and article.id % 9 == 4:
            name = "nonsense-time"
        return forms.PAGE_DATES[name](article.published)

    def chrome(self, markup: Markup, menu: tuple[Link, ...], latest: tuple[Neighbour, ...]) -> Chrome:
        head = declaration(CHARSETS[self.charset], html5=markup.html5) + HEAD
        return Chrome(head, menu, OTHERS, latest, na=self.na, state=_viewstate(self.viewstate))


@lru_cache(maxsize=4)
def _viewstate(length: int) -> str:
    return base64.b64encode(random.Random(length).randbytes(length * 3 // 4)).decode()


def draw(markup: Markup, shell: Shell, view: ArticleView) -> list[bytes]:
    """Return an article page, cut where the visit counter stands."""
    return shell.parts(view.article.title, markup.article(view), markup.head(view) if markup.head else "")


def render_article(
    markup: str, article: Article, newer: Iterable[Neighbour] = (), older: Iterable[Neighbour] = (), **look: Any
) -> bytes:
    """Return a page that shows the given article in the given markup.

    Args:
        markup: a name in `MARKUPS`.
        article: what to show. Its date line is shown where the markup has one and `published` is known.
        newer: the newer articles, newest first; dates are shown in the markup's form, or as `shown` says.
        older: the older articles, newest first.
        **look: the fields of `Look`.
    """
    chosen = BY_NAME[markup]
    style = Look(**look)
    family = FAMILIES[chosen.family]
    menu = (
        Link("/", "Trang chủ"),
        *(Link(family.section(n, slug(name), 1), name) for n, name in enumerate(words.CATEGORIES[:4])),
    )
    section = next((link for link in menu if link.text == article.category), Link("/chuyen-muc", article.category))

    def dated(items: Iterable[Neighbour]) -> list[Neighbour]:
        return [item if item.shown else replace(item, shown=style.shown(chosen, item.published)) for item in items]

    above = dated(newer)
    view = ArticleView(
        style.chrome(chosen, menu, tuple(dated(_strangers()))),
        article,
        f"/{slug(article.title)}.html",
        section,
        tuple(above if chosen.newest_first else reversed(above)),
        tuple(dated(older)),
        style.list_labels(chosen),
        style.dated(chosen, article),
        print_url="/print/",
        pen=Pen(messy=style.messy, entities=chosen.entities),
    )
    charset = CHARSETS[style.charset]
    return charset.encode("12345").join(draw(chosen, Shell(chosen, view.chrome, charset), view))


def _strangers() -> list[Neighbour]:
    """Return articles for the box beside the text that are in no list of the page."""
    day = date(2020, 7, 1)
    return [Neighbour(f"/tin-noi-bat-{n}.html", headline(99, 0, n * 11), day - timedelta(days=n)) for n in range(1, 5)]
