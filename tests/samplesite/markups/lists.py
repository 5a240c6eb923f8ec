"""The plain form of the first site: headings, paragraphs, dates touching the link: `<a>Title</a>(12/06/2020)`."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from tests.samplesite import words
from tests.samplesite.views import COUNTER, Markup, anchor, picture, runs, split_lead

if TYPE_CHECKING:
    from tests.samplesite.model import Block, Neighbour
    from tests.samplesite.views import ArticleView, Chrome, ListingView, Pen


def _frame(chrome: Chrome, title: str, middle: str) -> str:
    menu = "".join(f"<li>{anchor(link.url, link.text)}</li>" for link in (*chrome.menu, *chrome.others))
    tail = "".join(f"<h3>{line}</h3>" if line != "na" else "<p>na</p>" for line in chrome.tail)
    return f"""<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">
<html xmlns="http://www.w3.org/1999/xhtml"><head>{chrome.head}<title>{escape(title)} - {chrome.site}</title></head>
<body><div id="banner"><a href="/"><img src="/images/logo.png" alt="Trang chủ" /></a></div><ul id="menu">{menu}</ul>
<div id="noidung">{middle}</div>
<div id="phai">{tail}<form action="/Trang/TimKiem.aspx"><input name="q" /><input type="submit" value="Tìm" />
</form></div>
<div id="chan"><p>{chrome.site}</p><p>{words.ADDRESS}</p><p>Lượt truy cập: {COUNTER}</p></div></body></html>"""


def block_html(kind: str, blocks: list[Block], pen: Pen) -> str:
    """Return the HTML of a run of blocks of one kind."""
    if kind == "i":
        return "<ul>" + "".join(f"<li>{pen.block(b)}</li>" for b in blocks) + "</ul>\n"
    if kind == "r":
        return (
            "<table>"
            + "".join("<tr>" + "".join(f"<td>{pen.text(c)}</td>" for c in b.cells) + "</tr>" for b in blocks)
            + "</table>\n"
        )
    if kind == "c":
        return "".join(
            f'<div class="anh">{picture(b)}<p class="chuthich">{pen.text(b.text)}</p></div>\n' for b in blocks
        )
    tag = "h4" if kind == "h" else "p"
    return "".join(f"<{tag}>{pen.block(b)}</{tag}>\n" for b in blocks)


def _article(view: ArticleView) -> str:
    lead, rest = split_lead(view.article)
    body = "".join(block_html(kind, group, view.pen) for kind, group in runs(rest))
    head = f"<p><strong>{view.pen.block(lead)}</strong></p>\n" if lead else ""
    byline = f'<p style="text-align:right">{escape(view.article.byline)}</p>\n' if view.article.byline else ""
    return f"""<h2>{escape(view.section.text)}</h2><h1>{escape(view.article.title)}</h1>
{head}{body}{byline}{_list(view.labels[0], view.newer)}{_list(view.labels[1], view.older)}"""


def _list(label: str, items: tuple[Neighbour, ...]) -> str:
    if not items:
        return ""
    return f"<h3>{label}</h3><ul>" + "".join(f"<li>{anchor(n.url, n.title)}{n.shown}</li>" for n in items) + "</ul>\n"


def _listing(view: ListingView) -> str:
    groups = "".join(
        f"<h2>{anchor(g.section.url, g.section.text)}</h2><ul>"
        + "".join(f"<li>{anchor(n.url, n.title)}{n.shown}</li>" for n in g.items)
        + "</ul>"
        for g in view.groups
    )
    more = "<a href=\"javascript:__doPostBack('ctl00$Trang','2')\">Trang sau</a>"
    return f"{groups}<p>{more}</p>"


MARKUP = Markup("lists", _frame, _article, _listing, family="haiduong")
