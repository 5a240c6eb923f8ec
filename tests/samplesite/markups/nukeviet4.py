"""NukeViet 4: `p.h3 > strong`, then `ul.detail-related > li > h4 > a` and `em`. A box "Tin mới nhất" stands beside it.

The head tells the page's own URL and a malformed `article:published_time`.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from tests.samplesite import words
from tests.samplesite.views import COUNTER, Markup, anchor, picture, runs, split_lead

if TYPE_CHECKING:
    from tests.samplesite.model import Block, Neighbour
    from tests.samplesite.views import ArticleView, Chrome, ListingView, Pen


def _frame(chrome: Chrome, title: str, middle: str) -> str:
    return frame(chrome, title, middle, "NukeViet v4.5")


def frame(chrome: Chrome, title: str, middle: str, generator: str) -> str:
    """Return a whole page of NukeViet 4 or of its edition for offices."""
    menu = "".join(
        '<li role="presentation">'
        f'<a class="dropdown-toggle" href="{escape(link.url)}" role="button">{escape(link.text)}</a></li>'
        for link in (*chrome.menu, *chrome.others)
    )
    latest = "".join(
        f'<li class="clearfix"><a class="show" href="{escape(n.url)}" data-content="">{escape(n.title)}'
        f'</a> <em class="text-muted">{n.shown}</em></li>'
        for n in chrome.latest
    )
    panels = "".join(
        f'<div class="panel panel-primary"><div class="panel-heading">{line}</div></div>'
        if line != "na"
        else '<div class="panel-body">na</div>'
        for line in chrome.tail
    )
    return f"""<!DOCTYPE html>
<html lang="vi" xmlns="http://www.w3.org/1999/xhtml" prefix="og: http://ogp.me/ns#"><head>{chrome.head}
<title>{escape(title)}</title><meta name="generator" content="{generator}">
<link rel="shortcut icon" href="/favicon.ico"></head>
<body class="wraper"><header><div class="container"><div id="header" class="row">
<div class="logo"><a href="/">{chrome.site}</a></div></div></div></header>
<nav class="navbar"><ul class="nav navbar-nav">{menu}</ul><form action="/seek/"><input type="text" name="q">
</form></nav>
<section><div class="container" id="body"><div class="row"><div class="col-sm-16">{middle}</div>
<div class="col-sm-8"><div class="panel panel-default"><div class="panel-heading">Tin mới nhất</div>
<ul class="block_groups">{latest}</ul></div>{panels}</div>
</div></div></section><footer id="footer"><div class="wraper">{chrome.site}<br>{words.ADDRESS}</div>
<ul class="counter"><li>Đang truy cập<em>1</em></li><li>Tổng lượt truy cập<em>{COUNTER}</em></li></ul></footer>
</body></html>"""


def blocks_html(kind: str, blocks: list[Block], pen: Pen) -> str:
    """Return the HTML of a run of blocks as the editor of NukeViet 4 writes them."""
    if kind == "i":
        return "<ul>" + "".join(f"<li>{pen.block(b)}</li>" for b in blocks) + "</ul>"
    if kind == "r":
        rows = "".join("<tr>" + "".join(f"<td>{pen.text(c)}</td>" for c in b.cells) + "</tr>" for b in blocks)
        return f'<div class="table-responsive"><table class="table"><tbody>{rows}</tbody></table></div>'
    if kind == "c":
        return "".join(
            f'<figure class="image">{picture(b)}<figcaption>{pen.text(b.text)}</figcaption></figure>' for b in blocks
        )
    tag = "h3" if kind == "h" else "p"
    return "".join(f'<{tag} style="text-align:justify">{pen.block(b)}</{tag}>' for b in blocks)


def head(view: ArticleView) -> str:
    """Return what an article adds to the head: its URL, and its time in the form that the software gets wrong."""
    canonical = (
        f'<link rel="canonical" href="{escape(view.url)}">'
        f'<meta property="og:title" content="{escape(view.article.title)}">'
    )
    if not view.article.published or not view.page_date:
        return canonical
    return f'{canonical}<meta property="article:published_time" content="{view.article.published:%Y-%m-%d}+0715:30:00">'


def middle(view: ArticleView, related: str) -> str:
    """Return the middle of an article page, the related lists given."""
    lead, rest = split_lead(view.article)
    summary = (
        '<div class="clearfix">'
        f'<div class="hometext m-bottom" itemprop="description">{view.pen.block(lead)}</div></div>'
        if lead
        else ""
    )
    body = "".join(blocks_html(kind, group, view.pen) for kind, group in runs(rest))
    date = f'<div class="row margin-bottom-lg"><span class="h5">{view.page_date}</span></div>' if view.page_date else ""
    return f"""<div class="breadcrumbs-wrap"><ul class="breadcrumbs">
<li><a href="/"><span>Trang nhất</span></a></li><li><a href="{escape(view.section.url)}">
<span>{escape(view.section.text)}</span></a></li></ul></div><div class="news_column panel panel-default">
<div class="panel-body">
<h1 class="title margin-bottom-lg">{escape(view.article.title)}</h1>{date}
<ul class="list-inline text-right">
<li><a class="dimgray" rel="nofollow" href="{escape(view.print_url)}">In ra</a></li></ul>{summary}
<div id="news-bodyhtml" class="bodytext margin-bottom-lg">{body}</div>{_source(view.article.byline)}</div></div>
<div class="panel-body"><p>Lượt xem: {view.article.views}{COUNTER}
</p><a href="https://zalo.me/share?u={escape(view.url)}">Zalo</a></div>{related}"""


def _source(byline: str) -> str:
    """Return the byline; its label, where it has one, stands in a tag of its own."""
    if not byline:
        return ""
    label, mark, rest = byline.partition(": ")
    return (
        f'<div class="margin-bottom-lg"><p class="h5 text-right"><strong>{label}: </strong>{escape(rest)}</p></div>'
        if mark
        else f'<p class="h5 text-right">{escape(byline)}</p>'
    )


def _article(view: ArticleView) -> str:
    related = _list(view.labels[0], view.newer) + _list(view.labels[1], view.older)
    return middle(
        view, f'<div class="news_column panel panel-default"><div class="panel-body other-news">{related}</div></div>'
    )


def _list(label: str, items: tuple[Neighbour, ...]) -> str:
    if not items:
        return ""
    links = "".join(
        f'<li><em class="fa fa-angle-right">&nbsp;</em><h4>{anchor(n.url, n.title)}</h4><em>{n.shown}</em></li>'
        for n in items
    )
    return (
        f'<p class="h3"><strong>{label}</strong></p><div class="clearfix">'
        f'<ul class="detail-related related list-none list-items">{links}</ul></div>'
    )


def listing(view: ListingView) -> str:
    """Return the middle of the home page or of a category's page."""
    return (
        "".join(
            '<div class="news_column"><div class="panel-heading">'
            f'<a href="{escape(g.section.url)}"><span>{escape(g.section.text)}</span></a></div>'
            + "".join(
                f'<div class="panel-body featured"><h2>{anchor(n.url, n.title)}</h2><em>{n.shown}</em></div>'
                for n in g.items
            )
            + "</div>"
            for g in view.groups
        )
        + '<div class="text-center"><ul class="pagination">'
        "<li><a href=\"javascript:__doPostBack('p','2')\">2</a></li></ul></div>"
    )


MARKUP = Markup(
    "nukeviet4",
    _frame,
    _article,
    listing,
    family="nukeviet",
    labels=("Những tin mới hơn", "Những tin cũ hơn"),
    page_date="weekday",
    html5=True,
    head=head,
)
