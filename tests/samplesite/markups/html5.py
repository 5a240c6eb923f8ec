"""HTML5 without a class: article, section, aside, time. An aside before the text lists the newest with dates."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from tests.samplesite import words
from tests.samplesite.views import COUNTER, Markup, anchor, picture, runs, split_lead

if TYPE_CHECKING:
    from tests.samplesite.model import Block, Neighbour
    from tests.samplesite.views import ArticleView, Chrome, ListingView, Pen


def _frame(chrome: Chrome, title: str, middle: str) -> str:
    menu = "".join(f"<li>{anchor(link.url, link.text)}" for link in (*chrome.menu, *chrome.others))
    latest = "".join(f"<li>{anchor(n.url, n.title)} <time>{n.shown}</time>" for n in chrome.latest)
    tail = "".join(f"<section><h2>{line}</h2></section>" if line != "na" else "<p>na" for line in chrome.tail)
    return f"""<!doctype html><html lang=vi>{chrome.head}<title>{escape(title)}</title>
<header><p>{chrome.site}</p><nav><ul>{menu}</ul></nav><search>
<form action=/tim-kiem><input name=q placeholder="Từ khóa"></form></search></header>
<aside><h2>Tin mới nhất</h2><ul>{latest}</ul></aside>
<main>{middle}</main><aside>{tail}</aside>
<footer><p>{chrome.site}<p>{words.ADDRESS}<p>{words.LICENCE}<p>Số người đã xem: {COUNTER}</footer></html>"""


def _block(kind: str, blocks: list[Block], pen: Pen) -> str:
    if kind == "i":
        return "<ul>" + "".join(f"<li>{pen.block(b)}" for b in blocks) + "</ul>\n"
    if kind == "r":
        return (
            "<table>" + "".join("<tr>" + "".join(f"<td>{pen.text(c)}" for c in b.cells) for b in blocks) + "</table>\n"
        )
    if kind == "c":
        return "".join(f"<figure>{picture(b)}<figcaption>{pen.text(b.text)}</figcaption></figure>\n" for b in blocks)
    if kind == "h":
        return "".join(f"<h2>{pen.block(b)}</h2>\n" for b in blocks)
    return "".join(f"<p>{pen.block(b)}\n" for b in blocks)


def _article(view: ArticleView) -> str:
    lead, rest = split_lead(view.article)
    summary = f"<p><strong>{view.pen.block(lead)}</strong>\n" if lead else ""
    body = "".join(_block(kind, group, view.pen) for kind, group in runs(rest))
    byline = f"<footer><p>{escape(view.article.byline)}</p></footer>" if view.article.byline else ""
    date = f'<p><time datetime="{view.article.published}">{view.page_date}</time>' if view.page_date else ""
    return f"""<article><header><p>{anchor(view.section.url, view.section.text)}
<h1>{escape(view.article.title)}</h1>{date}</header>
{summary}{body}{byline}</article>{_list(view.labels[0], view.newer)}{_list(view.labels[1], view.older)}"""


def _list(label: str, items: tuple[Neighbour, ...]) -> str:
    if not items:
        return ""
    return (
        f"<section><h2>{label}</h2><ul>"
        + "".join(f"<li>{anchor(n.url, n.title)} <i>{n.shown}</i>" for n in items)
        + "</ul></section>"
    )


def _listing(view: ListingView) -> str:
    groups = "".join(
        f"<section><h2>{anchor(g.section.url, g.section.text)}</h2><ul>"
        + "".join(f"<li>{anchor(n.url, n.title)} <i>{n.shown}</i>" for n in g.items)
        + "</ul></section>"
        for g in view.groups
    )
    return groups + "<p><a href=\"javascript:__doPostBack('tin','2')\">Xem thêm</a>"


MARKUP = Markup(
    "html5",
    _frame,
    _article,
    _listing,
    family="sharepoint",
    labels=("Các tin mới hơn", "Các tin đã đưa"),
    list_date="short",
    page_date="posted-on",
    html5=True,
)
