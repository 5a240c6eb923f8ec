"""Nothing but `div`, none with a class or an id; the date of a list item stands in a `div`, a line, of its own."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from tests.samplesite import words
from tests.samplesite.views import COUNTER, Markup, anchor, picture, runs, split_lead

if TYPE_CHECKING:
    from tests.samplesite.model import Block, Neighbour
    from tests.samplesite.views import ArticleView, Chrome, ListingView, Pen


def _frame(chrome: Chrome, title: str, middle: str) -> str:
    menu = "".join(f"<div>{anchor(link.url, link.text)}</div>" for link in (*chrome.menu, *chrome.others))
    tail = "".join(f"<div>{line}</div>" for line in chrome.tail)
    return f"""<!doctype html>
<html><head>{chrome.head}<title>{escape(title)}</title></head><body><div>
<div><div><a href="/">{chrome.site}</a></div><div>{menu}</div></div>
<div><div>{middle}</div><div>{tail}</div></div>
<div><div>{words.ADDRESS}</div><div>{words.LICENCE}</div><div>Lượt truy cập: {COUNTER}</div></div></div></body>
</html>"""


def _block(kind: str, blocks: list[Block], pen: Pen) -> str:
    if kind == "i":
        return "<div><ul>" + "".join(f"<li><div>{pen.block(b)}</div></li>" for b in blocks) + "</ul></div>"
    if kind == "r":
        rows = ("".join(f"<td><div>{pen.text(c)}</div></td>" for c in b.cells) for b in blocks)
        return "<div><table>" + "".join(f"<tr>{row}</tr>" for row in rows) + "</table></div>"
    if kind == "c":
        return "".join(f"<div><div>{picture(b)}</div><div>{pen.text(b.text)}</div></div>" for b in blocks)
    if kind == "h":
        return "".join(f"<div><h4>{pen.block(b)}</h4></div>" for b in blocks)
    return "".join(f"<div>{pen.block(b)}</div>\n" for b in blocks)


def _article(view: ArticleView) -> str:
    lead, rest = split_lead(view.article)
    head = f"<div><b>{view.pen.block(lead)}</b></div>" if lead else ""
    body = "".join(_block(kind, group, view.pen) for kind, group in runs(rest))
    byline = f"<div>{escape(view.article.byline)}</div>" if view.article.byline else ""
    date = f"<div>{view.page_date}</div>" if view.page_date else ""
    return f"""<div><a href="/">Trang chủ</a> &gt; {anchor(view.section.url, view.section.text)}</div>
<div><div>{escape(view.article.title)}</div>{date}<div>{head}{body}</div>{byline}</div>
<div><div><a href="https://www.facebook.com/sharer.php?u={escape(view.url)}">Chia sẻ</a></div>
<div>Lượt xem: {view.article.views}{COUNTER}</div></div>
{_list(view.labels[0], view.newer)}{_list(view.labels[1], view.older)}"""


def _list(label: str, items: tuple[Neighbour, ...]) -> str:
    if not items:
        return ""
    links = "".join(f"<div><div>{anchor(n.url, n.title)}</div><div>{n.shown}</div></div>" for n in items)
    return f"<div><div>{label}</div><div>{links}</div></div>"


def _listing(view: ListingView) -> str:
    groups = "".join(
        f"<div><div>{anchor(g.section.url, g.section.text)}</div>"
        + "".join(f"<div><div>{anchor(n.url, n.title)}</div><div>{n.shown}</div></div>" for n in g.items)
        + "</div>"
        for g in view.groups
    )
    return groups + "<div><a href=\"javascript:__doPostBack('div1','2')\">Trang sau</a></div>"


MARKUP = Markup("divs", _frame, _article, _listing, family="council", list_date="timed", page_date="hours", html5=True)
