"""Liferay: one undirected list of the newest six, listings paged by links, print pop-ups and language links.

The editor writes the letters of Latin-1 as named entities. Lists of newer and older articles become one list.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from tests.samplesite import words
from tests.samplesite.views import COUNTER, Markup, anchor, picture, runs, split_lead

if TYPE_CHECKING:
    from tests.samplesite.model import Block
    from tests.samplesite.views import ArticleView, Chrome, ListingView, Pen


def _frame(chrome: Chrome, title: str, middle: str) -> str:
    menu = "".join(
        '<li class="lfr-nav-item" role="presentation">'
        f'<a href="{escape(link.url)}" role="menuitem"><span>{escape(link.text)}</span></a></li>'
        for link in (*chrome.menu, *chrome.others)
    )
    boxes = "".join(
        '<div class="portlet-boundary"><section class="portlet"><header class="portlet-topper">'
        f'<h1 class="portlet-title"><span>{line}</span></h1></header>'
        f"</section></div>"
        for line in chrome.tail
        if line != "na"
    )
    options = "".join(f"<option>{line}</option>" for line in chrome.tail if line == "na")
    return f"""<!DOCTYPE html>
<html class="ltr aui" dir="ltr" lang="vi-VN"><head>{chrome.head}<title>{escape(title)} - Cổng thông tin</title></head>
<body class="yui3-skin-sam controls-visible"><div id="wrapper">
<header id="banner" role="banner"><a class="logo" href="/">{chrome.site}</a></header>
<nav id="navigation"><ul role="menubar">{menu}</ul></nav>
<div id="content"><div class="columns-2" id="main-content" role="main"><div class="portlet-layout row-fluid">
<div class="portlet-column" id="column-1">
{middle}</div><div class="portlet-column" id="column-2">{boxes}<select>{options}</select></div></div></div></div>
<footer id="footer" role="contentinfo"><p>{chrome.site}</p><p>{words.ADDRESS}</p><p>{words.LICENCE}</p>
<p>Lượt truy cập {COUNTER}</p></footer>
</div></body></html>"""


def _block(kind: str, blocks: list[Block], pen: Pen) -> str:
    if kind == "i":
        return "<ul>" + "".join(f"<li>{pen.block(b)}</li>" for b in blocks) + "</ul>"
    if kind == "r":
        rows = "".join("<tr>" + "".join(f"<td><p>{pen.text(c)}</p></td>" for c in b.cells) + "</tr>" for b in blocks)
        return f'<table cellpadding="1"><tbody>{rows}</tbody></table>'
    if kind == "c":
        row = (
            '<table class="image center"><tbody><tr><td>{0}</td></tr><tr>'
            '<td style="text-align:center"><em>{1}</em></td></tr></tbody></table>'
        )
        return "".join(row.format(picture(b), pen.text(b.text)) for b in blocks)
    tag = "h3" if kind == "h" else "p"
    return "".join(f'<{tag} class="rtejustify">{pen.block(b)}</{tag}>' for b in blocks)


def _article(view: ArticleView) -> str:
    lead, rest = split_lead(view.article)
    summary = f'<div class="journal-description"><strong>{view.pen.block(lead)}</strong></div>' if lead else ""
    body = "".join(_block(kind, group, view.pen) for kind, group in runs(rest))
    byline = (
        f'<p class="rteright"><strong>{view.pen.text(view.article.byline)}</strong></p>' if view.article.byline else ""
    )
    date = f'<div class="assetPublishDate"><span>{view.page_date}</span></div>' if view.page_date else ""
    return f"""<ul class="breadcrumb"><li><a href="/">Trang chủ</a><span class="divider">/</span></li>
<li><a href="{escape(view.section.url)}">
{escape(view.section.text)}</a></li></ul>
<div class="languages"><a href="/en{escape(view.url)}">English</a> <a href="/vi{escape(view.url)}">Tiếng Việt</a></div>
<div class="asset-full-content"><h3 class="asset-full-content-title">{escape(view.article.title)}</h3>{date}
<div class="asset-actions"><a href="{escape(view.print_url)}"><img src="/icons/print.png" alt="In"> In</a></div>
<div class="journal-content-article">{summary}{body}{byline}</div></div>{_related(view)}"""


def _related(view: ArticleView) -> str:
    items = (*view.newer, *view.older)
    if not items:
        return ""
    links = "".join(f'<li>{anchor(n.url, n.title)} <span class="date">{n.shown}</span></li>' for n in items)
    return f'<div class="related_asset_list"><h2>{view.labels[1]}</h2><ul>{links}</ul></div>'


def _listing(view: ListingView) -> str:
    groups = "".join(
        f'<div class="asset-list"><h2>{anchor(g.section.url, g.section.text)}</h2>'
        + "".join(
            f'<div class="asset-abstract"><h3 class="asset-title">{anchor(n.url, n.title)}'
            f'</h3><div class="metadata-date">{n.shown}</div></div>'
            for n in g.items
        )
        + "</div>"
        for g in view.groups
    )
    pages = "".join(f'<li><a href="{escape(link.url)}">{link.text}</a></li>' for link in view.pages)
    return f'{groups}<div class="taglib-page-iterator"><ul class="lfr-pagination-buttons pager">{pages}</ul></div>'


MARKUP = Markup(
    "liferay",
    _frame,
    _article,
    _listing,
    family="liferay",
    labels=("Các tin khác", "Các tin khác"),
    page_date="portal",
    html5=True,
    undirected=True,
    entities=True,
)
