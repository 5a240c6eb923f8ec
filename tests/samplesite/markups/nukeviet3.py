"""NukeViet 3: `p > strong` as the heading of a list, then `ul.related > li > a` and `span.date`; newer oldest first."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from tests.samplesite import words
from tests.samplesite.views import COUNTER, Markup, anchor, picture, runs, split_lead

if TYPE_CHECKING:
    from tests.samplesite.model import Block, Neighbour
    from tests.samplesite.views import ArticleView, Chrome, ListingView, Pen


def _frame(chrome: Chrome, title: str, middle: str) -> str:
    menu = "".join(
        f'<li><a title="{escape(link.text)}" href="{escape(link.url)}">{escape(link.text)}</a></li>'
        for link in (*chrome.menu, *chrome.others)
    )
    tail = "".join(
        f'<div class="box-border"><h3 class="cat-icon"><strong>{line}</strong></h3></div>'
        for line in chrome.tail
        if line != "na"
    )
    crops = "".join(f"<li>{line}</li>" for line in chrome.tail if line == "na")
    return f"""<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd">
<html xmlns="http://www.w3.org/1999/xhtml" lang="vi" xml:lang="vi"><head>{chrome.head}
<title>{escape(title)} - {chrome.site}</title>
<meta name="generator" content="NukeViet v3.4" /></head><body><noscript>
<div id="nojavascript">Trình duyệt của bạn đã tắt JavaScript</div></noscript>
<div id="container"><div id="header">
<div id="logo"><a title="{chrome.site}" href="/"><img src="/images/logo.png" alt="{chrome.site}" /></a></div></div>
<div id="topmenu"><ul>{menu}</ul></div><div class="col-a1">{middle}</div><div class="col-b1">{tail}<ul>{crops}
</ul></div>
<div id="footer"><p>{chrome.site}</p><p>{words.ADDRESS}</p><p>Hôm nay: {COUNTER}</p></div></div></body></html>"""


def _block(kind: str, blocks: list[Block], pen: Pen) -> str:
    if kind == "i":
        return "<ul>\n" + "".join(f"\t<li>{pen.block(b)}</li>\n" for b in blocks) + "</ul>\n"
    if kind == "r":
        return (
            '<table align="left" border="1">'
            + "".join("<tr>" + "".join(f"<td>{pen.text(c)}</td>" for c in b.cells) + "</tr>" for b in blocks)
            + "</table>\n"
        )
    if kind == "c":
        return "".join(
            f'<div style="text-align: center;">{picture(b)}<br /><em>{pen.text(b.text)}</em></div>\n' for b in blocks
        )
    if kind == "h":
        return "".join(f"<h3>{pen.block(b)}</h3>\n" for b in blocks)
    return "".join(f'<div style="text-align: justify;">{pen.block(b)}</div>\n' for b in blocks)


def _article(view: ArticleView) -> str:
    lead, rest = split_lead(view.article)
    head = f'<div id="hometext">{view.pen.block(lead)}</div>' if lead else ""
    body = "".join(_block(kind, group, view.pen) for kind, group in runs(rest))
    byline = (
        f'<div style="text-align: right;"><strong>{escape(view.article.byline)}</strong></div>'
        if view.article.byline
        else ""
    )
    date = f'<span class="time">{view.page_date}</span>' if view.page_date else ""
    return f"""<div class="breadcrumbs"><a href="/">Trang nhất</a> » {anchor(view.section.url, view.section.text)}</div>
<div id="news_detail"><h1>{escape(view.article.title)}</h1>{date}
<div class="action"><a rel="nofollow" href="{escape(view.print_url)}">In ra</a>
<a rel="nofollow" href="javascript:void(0);">Gửi bài viết</a></div>
{head}<div id="bodytext">{body}</div>{byline}<div id="rating">Tổng số điểm của bài viết là: 0 trong 0 đánh giá</div>
<div class="keywords">Từ khóa: <a href="#">thi đua</a></div>
</div>{_list(view.labels[0], view.newer)}{_list(view.labels[1], view.older)}"""


def _list(label: str, items: tuple[Neighbour, ...]) -> str:
    if not items:
        return ""
    links = "".join(
        f'<li><a title="{escape(n.title)}" href="{escape(n.url)}">{escape(n.title)}'
        f'</a> <span class="date">{n.shown}</span></li>'
        for n in items
    )
    return f'<p><strong>{label}</strong></p><ul class="related">{links}</ul>'


def _listing(view: ListingView) -> str:
    return (
        "".join(
            '<div class="news_column"><h2>'
            f'<a title="{escape(g.section.text)}" href="{escape(g.section.url)}">{escape(g.section.text)}</a></h2>'
            + "".join(
                f'<div class="items"><h3>{anchor(n.url, n.title)}</h3><span class="date">{n.shown}</span></div>'
                for n in g.items
            )
            + "</div>"
            for g in view.groups
        )
        + "<div class=\"generate_page\"><a href=\"javascript:__doPostBack('trang','2')\">Trang sau</a></div>"
    )


MARKUP = Markup(
    "nukeviet3",
    _frame,
    _article,
    _listing,
    family="nukeviet",
    labels=("Những tin mới hơn", "Những tin cũ hơn"),
    page_date="weekday",
    newest_first=False,
)
