"""One table cell of flat text: nothing but `<br>` parts a paragraph from the next, the lists and the boilerplate."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from tests.samplesite import words
from tests.samplesite.views import COUNTER, Markup, anchor, picture, runs

if TYPE_CHECKING:
    from tests.samplesite.model import Block, Neighbour
    from tests.samplesite.views import ArticleView, Chrome, ListingView, Pen


def _frame(chrome: Chrome, title: str, middle: str) -> str:
    menu = " | ".join(f"{anchor(link.url, link.text)}" for link in (*chrome.menu, *chrome.others))
    tail = "<br>\n".join(chrome.tail)
    return f"""<html><head>{chrome.head}<title>{escape(title)}</title></head><body>
<center>{menu}</center><hr>
<table width="100%"><tr><td>
{middle}<br>
{tail}<br>
</td></tr></table><hr>
<center><small>{chrome.site}<br>{words.ADDRESS}<br>{words.LICENCE}<br>
Số lượt truy cập: {COUNTER}</small></center></body></html>"""


def _block(kind: str, blocks: list[Block], pen: Pen) -> str:
    if kind == "r":
        return (
            "<table border=1>"
            + "".join("<tr>" + "".join(f"<td>{pen.text(c)}</td>" for c in b.cells) + "</tr>" for b in blocks)
            + "</table><br>\n"
        )
    if kind == "c":
        return "".join(f"{picture(b)}<br>\n<i>{pen.text(b.text)}</i><br>\n<br>\n" for b in blocks)
    if kind == "h":
        return "".join(f"<b>{pen.block(b)}</b><br>\n<br>\n" for b in blocks)
    return "".join(f"{pen.block(b)}<br>\n<br>\n" for b in blocks)


def _article(view: ArticleView) -> str:
    blocks = view.article.blocks
    lead = f"<b>{view.pen.block(blocks[0])}</b><br>\n<br>\n" if view.article.lead else ""
    body = "".join(_block(kind, group, view.pen) for kind, group in runs(blocks[1:] if lead else blocks))
    byline = f"<i>{escape(view.article.byline)}</i><br>\n<br>\n" if view.article.byline else ""
    return f"""<b>{escape(view.section.text)}</b><br>
<font size="+1"><b>{escape(view.article.title)}</b></font><br>
<br>
{lead}{body}{byline}{_list(view.labels[0], view.newer)}{_list(view.labels[1], view.older)}"""


def _list(label: str, items: tuple[Neighbour, ...]) -> str:
    if not items:
        return ""
    return f"<b>{label}</b><br>\n" + "".join(f"{anchor(n.url, n.title)}{n.shown}<br>\n" for n in items)


def _listing(view: ListingView) -> str:
    groups = "<br>\n".join(
        f"<b>{anchor(g.section.url, g.section.text)}</b><br>\n"
        + "".join(f"- {anchor(n.url, n.title)}{n.shown}<br>\n" for n in g.items)
        for g in view.groups
    )
    return groups + "<a href=\"javascript:__doPostBack('Trang','2')\">[Trang sau]</a><br>\n"


MARKUP = Markup("flat_br", _frame, _article, _listing, family="haiduong", kinds="pr")
