"""An ASP page of about 2005: tables, FONT, upper-case tags, P, TD and LI never closed, dates in cells of their own.

The box "Tin nổi bật" beside the text names other articles with dates; the boilerplate is rows of a table.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from tests.samplesite import words
from tests.samplesite.views import COUNTER, Markup, anchor, runs, split_lead

if TYPE_CHECKING:
    from tests.samplesite.model import Block, Neighbour
    from tests.samplesite.views import ArticleView, Chrome, ListingView, Pen

_FONT = '<FONT face="Arial" size=2>'


def _frame(chrome: Chrome, title: str, middle: str) -> str:
    menu = "".join(
        f"<TR><TD bgcolor=#EFEFEF>{anchor(link.url, link.text)}\n" for link in (*chrome.menu, *chrome.others)
    )
    tail = "".join(f"<TR><TD class=box>{_FONT}{line}</FONT>\n" for line in chrome.tail)
    return f"""<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.01 Transitional//EN">
<HTML><HEAD>{chrome.head}<TITLE>{escape(title)}</TITLE>
<SCRIPT language="JavaScript">function tim() {{ document.forms[0].submit(); }}</SCRIPT></HEAD>
<BODY bgcolor=#FFFFFF topmargin=0>
<TABLE width=980 border=0 cellpadding=0 align=center><TR><TD colspan=3><IMG src="/images/banner.jpg" alt="">
<TR><TD width=180 valign=top><TABLE width="100%">{menu}</TABLE>
<TD width=600 valign=top>{middle}
<TD width=200 valign=top><TABLE width="100%"><TR><TD><B>Tin nổi bật</B>
{_hot(chrome)}</TABLE><TABLE width="100%">{tail}</TABLE>
<TR><TD colspan=3 align=center><HR>{_FONT}{chrome.site}<BR>{words.ADDRESS}<BR>Số lượt truy cập: {COUNTER}</FONT>
</TABLE></BODY></HTML>"""


def _hot(chrome: Chrome) -> str:
    return "".join(f"<TR><TD>{anchor(n.url, n.title)} {_FONT}{n.shown}</FONT>\n" for n in chrome.latest)


def _block(kind: str, blocks: list[Block], pen: Pen) -> str:
    if kind == "i":
        return "<UL>" + "".join(f"<LI>{_FONT}{pen.block(b)}</FONT>\n" for b in blocks) + "</UL>"
    if kind == "r":
        rows = ("".join(f"<TD>{_FONT}{pen.text(cell)}</FONT>" for cell in b.cells) for b in blocks)
        return "<TABLE border=1 width=90%>" + "".join(f"<TR>{row}\n" for row in rows) + "</TABLE>"
    if kind == "c":
        return "".join(
            f'<TABLE align=center><TR><TD><IMG src="{b.image}" width=400 border=0>\n'
            f"<TR><TD align=center><I>{pen.text(b.text)}</I>\n</TABLE>"
            for b in blocks
        )
    if kind == "h":
        return "".join(f"<H4>{pen.block(b)}</H4>" for b in blocks)
    return "".join(f'<P align="justify">{_FONT}{pen.block(b)}</FONT>\n' for b in blocks)


def _article(view: ArticleView) -> str:
    lead, rest = split_lead(view.article)
    pen = view.pen
    body = "".join(_block(kind, group, pen) for kind, group in runs(rest))
    head = f"<P><B>{_FONT}{pen.block(lead)}</FONT></B>\n" if lead else ""
    byline = f"<P align=right><I>{_FONT}{escape(view.article.byline)}</FONT></I>\n" if view.article.byline else ""
    return f"""<TABLE width="100%"><TR>
<TD><A href="{escape(view.section.url)}"><B>{_FONT}{escape(view.section.text)}</FONT></B></A>
<TR><TD><FONT face="Arial" size=4 color=#003399><B>{escape(view.article.title)}</B></FONT>
<TR><TD>{head}{body}{byline}
<TR><TD align=right><A href="javascript:window.print()">In bài viết</A> | <A href="mailto:">Gửi cho bạn bè</A>
</TABLE><TABLE width="100%">{_list(view.labels[0], view.newer)}{_list(view.labels[1], view.older)}</TABLE>"""


def _list(label: str, items: tuple[Neighbour, ...]) -> str:
    if not items:
        return ""
    rows = "".join(
        f'<TR><TD width=80%><IMG src="/images/mui-ten.gif">{anchor(n.url, n.title)}<TD>{n.shown}\n' for n in items
    )
    return f"<TR><TD colspan=2><B>{label}</B>\n{rows}"


def _listing(view: ListingView) -> str:
    groups = "".join(
        f"<TR><TD colspan=2 bgcolor=#D7E3F4><B>{anchor(g.section.url, g.section.text)}</B>\n"
        + "".join(f"<TR><TD>{anchor(n.url, n.title)}<TD>{n.shown}\n" for n in g.items)
        for g in view.groups
    )
    pager = "".join(f"<A href=\"javascript:__doPostBack('grdTin$ctl14$ctl0{n}','')\">{n + 1}</A> " for n in range(1, 5))
    return f'<TABLE width="100%">{groups}<TR><TD colspan=2 align=right>Trang: 1 {pager}\n</TABLE>'


MARKUP = Markup("tables", _frame, _article, _listing, family="haiduong")
