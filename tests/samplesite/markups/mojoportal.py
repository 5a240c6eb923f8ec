"""mojoPortal: the related lists are filled by a script, so the HTML lacks them; the listings are paged by links."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from tests.samplesite import words
from tests.samplesite.markups import lists
from tests.samplesite.views import COUNTER, Markup, anchor, runs

if TYPE_CHECKING:
    from tests.samplesite.views import ArticleView, Chrome, ListingView


def _frame(chrome: Chrome, title: str, middle: str) -> str:
    menu = "".join(f"<li>{anchor(link.url, link.text)}</li>" for link in (*chrome.menu, *chrome.others))
    return f"""<!DOCTYPE html><html lang="vi-VN"><head>{chrome.head}<title>{escape(title)}</title>
<script src="/ClientScript/jqmojo/tin-lien-quan.js"></script></head><body class="pagebody">
<form method="post" id="aspnetForm">
<input type="hidden" name="__VIEWSTATE" value="{chrome.state[:800]}"><div class="topnav"><ul>{menu}</ul></div>
<div class="center-rightmargin">{middle}</div>
<div class="footer">{chrome.site} - {words.ADDRESS} <span>{COUNTER}</span></div></form></body></html>"""


def _article(view: ArticleView) -> str:
    article = view.article
    body = "".join(lists.block_html(kind, group, view.pen) for kind, group in runs(article.blocks))
    byline = f'<p class="author">{escape(article.byline)}</p>' if article.byline else ""
    date = f'<span class="bdate">{view.page_date}</span>' if view.page_date else ""
    return f"""<div class="breadcrumbs">{anchor(view.section.url, view.section.text)}</div>
<h2 class="moduletitle">{escape(article.title)}</h2>{date}<div class="articlecontent">{body}{byline}</div>
<div class="related"><h3>{view.labels[0]}</h3><div id="tin-moi" data-id="{article.id}"></div>
<h3>{view.labels[1]}</h3><div id="tin-cu"></div></div>
<script>$(function () {{ napTinLienQuan({article.id}, "#tin-moi", "#tin-cu"); }});</script>"""


def _listing(view: ListingView) -> str:
    groups = "".join(
        f"<h2>{anchor(g.section.url, g.section.text)}</h2>"
        + "".join(
            f'<div class="post"><h3>{anchor(n.url, n.title)}</h3><span class="bdate">{n.shown}</span></div>'
            for n in g.items
        )
        for g in view.groups
    )
    pages = "".join(f'<a class="ModulePager" href="{escape(link.url)}">{link.text}</a>' for link in view.pages)
    return f'{groups}<div class="pages">{pages}</div>'


MARKUP = Markup(
    "mojoportal",
    _frame,
    _article,
    _listing,
    family="council",
    labels=("Tin mới hơn", "Tin cũ hơn"),
    page_date="updated",
    html5=True,
    scripted_lists=True,
)
