"""SharePoint: a form round everything, a huge __VIEWSTATE, div.ExternalClass… for paragraphs, lists of `a` + `span`."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from tests.samplesite import words
from tests.samplesite.views import COUNTER, Markup, anchor, picture, runs, split_lead

if TYPE_CHECKING:
    from tests.samplesite.model import Block, Neighbour
    from tests.samplesite.views import ArticleView, Chrome, ListingView, Pen

_CLASS = "ExternalClass7F2A90C1D44B4E0E9E3B52C5A6D80F17"


def _frame(chrome: Chrome, title: str, middle: str) -> str:
    menu = "".join(
        f'<td class="ms-topnav"><a href="{escape(link.url)}"><span>{escape(link.text)}</span></a></td>'
        for link in (*chrome.menu, *chrome.others)
    )
    parts = "".join(
        f'<div class="ms-wpHeader"><span>{line}</span></div>'
        if line != "na"
        else '<div class="ms-vb"><nobr>na</nobr></div>'
        for line in chrome.tail
    )
    return f"""<html dir="ltr" xmlns:mso="urn:schemas-microsoft-com:office:office"><head>{chrome.head}
<meta name="GENERATOR" content="Microsoft SharePoint" /><title>
\t{escape(title)}
</title><script type="text/javascript">var _spPageContextInfo={{webServerRelativeUrl:"/portal"}};</script></head>
<body onload="_spBodyOnLoadWrapper();"><form name="aspnetForm" method="post" action="" id="aspnetForm">
<input type="hidden" name="__VIEWSTATE" id="__VIEWSTATE" value="{chrome.state}" />
<input type="hidden" name="__EVENTVALIDATION" value="{chrome.state[:400]}" />
<div id="s4-workspace"><table class="ms-nav"><tr>{menu}</tr></table>
<div id="MSOZoneCell_WebPartWPQ3">{middle}</div>
<div id="MSOZoneCell_WebPartWPQ7" class="s4-wpcell-plain">{parts}</div>
<div class="footer"><span>{chrome.site}</span><br /><span>{words.ADDRESS}</span><br />
<span>Tổng số lượt truy cập: {COUNTER}</span></div>
</div></form></body></html>"""


def _block(kind: str, blocks: list[Block], pen: Pen) -> str:
    if kind == "i":
        inner = "<ul>" + "".join(f"<li><span>{pen.block(b)}</span></li>" for b in blocks) + "</ul>"
    elif kind == "r":
        cells = (
            "".join(f'<td valign="top"><p style="margin:0"><span>{pen.text(c)}</span></p></td>' for c in b.cells)
            for b in blocks
        )
        inner = (
            '<table class="MsoNormalTable"><tbody>' + "".join(f"<tr>{row}</tr>" for row in cells) + "</tbody></table>"
        )
    elif kind == "c":
        inner = "".join(
            f'<p align="center">{picture(b)}</p><p align="center"><em>{pen.text(b.text)}</em></p>' for b in blocks
        )
    elif kind == "h":
        inner = "".join(f"<h3>{pen.block(b)}</h3>" for b in blocks)
    else:
        return "".join(
            f'<div class="{_CLASS}"><p><span style="font-size:12pt">{pen.block(b)}</span></p></div>\n' for b in blocks
        )
    return f'<div class="{_CLASS}">{inner}</div>\n'


def _article(view: ArticleView) -> str:
    lead, rest = split_lead(view.article)
    body = "".join(_block(kind, group, view.pen) for kind, group in runs(rest))
    head = f'<div class="news-summary"><div class="{_CLASS}">{view.pen.block(lead)}</div></div>' if lead else ""
    byline = (
        f'<div class="{_CLASS}"><p align="right"><b>{escape(view.article.byline)}</b></p></div>'
        if view.article.byline
        else ""
    )
    return f"""<div class="ms-WPBody"><div class="cate">{anchor(view.section.url, view.section.text)}</div>
<div class="title-news"><span id="ctl00_lblTitle">{escape(view.article.title)}</span></div>{head}
<div class="content-news">{body}{byline}</div>
<div class="tool"><a href="javascript:void(0)">Gửi email</a><a href="javascript:window.print()">In trang</a></div>
{_list(view.labels[0], view.newer)}{_list(view.labels[1], view.older)}</div>"""


def _list(label: str, items: tuple[Neighbour, ...]) -> str:
    if not items:
        return ""
    links = "".join(
        f'<div class="item">{anchor(n.url, n.title)}<span class="date">{n.shown}</span></div>' for n in items
    )
    return f'<div class="other"><div class="other-title"><span>{label}</span></div>{links}</div>'


def _listing(view: ListingView) -> str:
    groups = "".join(
        f'<div class="ms-wpHeader"><a href="{escape(g.section.url)}"><span>{escape(g.section.text)}</span></a></div>'
        + "".join(
            f'<div class="item">{anchor(n.url, n.title)}<span class="date">{n.shown}</span></div>' for n in g.items
        )
        for g in view.groups
    )
    more = "<a href=\"javascript:__doPostBack('ctl00$m$g_5b$ctl00$Next','')\">Xem tiếp</a>"
    return f'{groups}<div class="paging">{more}</div>'


MARKUP = Markup(
    "sharepoint", _frame, _article, _listing, family="cateid", labels=("Tin mới hơn", "Tin cũ hơn"), list_date="short"
)
