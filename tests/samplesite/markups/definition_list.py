"""Definition lists: each neighbour is a `dt`, its date a `dd` of its own; the boilerplate is a `dl` too."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from tests.samplesite import words
from tests.samplesite.views import COUNTER, Markup, anchor, picture, runs, split_lead

if TYPE_CHECKING:
    from tests.samplesite.model import Block, Neighbour
    from tests.samplesite.views import ArticleView, Chrome, ListingView, Pen


def _frame(chrome: Chrome, title: str, middle: str) -> str:
    menu = "".join(f"<dd>{anchor(link.url, link.text)}</dd>" for link in (*chrome.menu, *chrome.others))
    tail = "".join(f"<dd>{line}</dd>" if line == "na" else f"<dt>{line}</dt>" for line in chrome.tail)
    return f"""<!DOCTYPE html>
<html lang="vi"><head>{chrome.head}<title>{escape(title)}</title></head><body>
<dl class="dieuhuong"><dt>Danh mục</dt>{menu}</dl>
<div>{middle}</div>
<dl>{tail}</dl>
<address>{chrome.site}<br>{words.ADDRESS}<br>Đang truy cập: {COUNTER}</address></body></html>"""


def _block(kind: str, blocks: list[Block], pen: Pen) -> str:
    if kind == "i":
        return "<ol>" + "".join(f"<li><p>{pen.block(b)}</p></li>" for b in blocks) + "</ol>"
    if kind == "r":
        first = "".join(f"<th>{pen.text(c)}</th>" for c in blocks[0].cells)
        rest = "".join("<tr>" + "".join(f"<td>{pen.text(c)}</td>" for c in b.cells) + "</tr>" for b in blocks[1:])
        return f"<table><thead><tr>{first}</tr></thead><tbody>{rest}</tbody></table>"
    if kind == "c":
        return "".join(
            f'<div class="wp-caption">{picture(b)}<p class="wp-caption-text">{pen.text(b.text)}</p></div>'
            for b in blocks
        )
    tag = "h3" if kind == "h" else "p"
    return "".join(f"<{tag}>{pen.block(b)}</{tag}>" for b in blocks)


def _article(view: ArticleView) -> str:
    lead, rest = split_lead(view.article)
    head = f"<blockquote>{view.pen.block(lead)}</blockquote>" if lead else ""
    body = "".join(_block(kind, group, view.pen) for kind, group in runs(rest))
    byline = f"<p><em>{escape(view.article.byline)}</em></p>" if view.article.byline else ""
    return f"""<p><a href="{escape(view.chrome.menu[0].url)}">Trang chủ</a> »
{anchor(view.section.url, view.section.text)}</p>
<h2>{escape(view.article.title)}</h2>{head}{body}{byline}
<p><a href="https://www.facebook.com/sharer/sharer.php?u={escape(view.url)}">Chia sẻ</a></p>
{_list(view.labels[0], view.newer)}{_list(view.labels[1], view.older)}"""


def _list(label: str, items: tuple[Neighbour, ...]) -> str:
    if not items:
        return ""
    return (
        f"<p><b>{label}</b></p><dl>"
        + "".join(f"<dt>{anchor(n.url, n.title)}</dt><dd>{n.shown}</dd>" for n in items)
        + "</dl>"
    )


def _listing(view: ListingView) -> str:
    groups = "".join(
        f"<h3>{anchor(g.section.url, g.section.text)}</h3><dl>"
        + "".join(f"<dt>{anchor(n.url, n.title)}</dt><dd>{n.shown}</dd>" for n in g.items)
        + "</dl>"
        for g in view.groups
    )
    return groups + "<p><a href=\"javascript:__doPostBack('dlTin$lnkSau','')\">Xem thêm</a></p>"


MARKUP = Markup(
    "definition_list",
    _frame,
    _article,
    _listing,
    family="council",
    labels=("Những tin mới hơn", "Các tin đã đăng"),
    list_date="hyphens",
)
