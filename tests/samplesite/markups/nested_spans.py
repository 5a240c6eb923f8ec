"""Text pasted from a word processor: spans in spans, some cutting a word in two, and no tag that means anything."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from tests.samplesite import words
from tests.samplesite.views import COUNTER, Markup, anchor, picture, runs

if TYPE_CHECKING:
    from tests.samplesite.model import Block, Neighbour
    from tests.samplesite.views import ArticleView, Chrome, ListingView, Pen

_OPEN = '<span style="font-family:Times New Roman"><span style="font-size:14pt"><span lang="VI">'
_CLOSE = "</span></span></span>"


def _deep(inner: str) -> str:
    return f"{_OPEN}{inner}{_CLOSE}"


def _frame(chrome: Chrome, title: str, middle: str) -> str:
    menu = "".join(
        f'<span class="m"><span><a href="{escape(link.url)}"><span>{escape(link.text)}</span></a></span></span>'
        for link in chrome.menu
    )
    others = "".join(f'<span class="m">{anchor(link.url, link.text)}</span>' for link in chrome.others)
    tail = "".join(f'<div><span><span class="t">{line}</span></span></div>' for line in chrome.tail)
    return f"""<!DOCTYPE html><html><head>{chrome.head}<title>{escape(title)}</title>
<style>span.m {{ padding: 4px }} p.MsoNormal {{ margin: 0 }}</style></head><body><div><div><div>{menu}{others}
</div></div>
<div><div><div><div>{middle}</div></div></div></div><div><div>{tail}</div></div>
<div><span><span>{chrome.site}</span></span></div><div><span>{words.ADDRESS}</span></div>
<div><span>Lượt xem trang: <b>{COUNTER}</b></span></div>
</div></body></html>"""


def _shred(html: str) -> str:
    """Cut the text into spans: between words, and once inside a word, where no space may appear."""
    parts = html.split(" ")
    for place, part in enumerate(parts):
        if part.isalpha() and len(part) > 2:
            parts[place] = f"{part[:1]}</span><span>{part[1:]}"
            break
    middle = len(parts) // 2
    return "<span>" + " ".join(parts[:middle]) + "</span><span> " + " ".join(parts[middle:]) + "</span>"


def _words(block: Block, pen: Pen) -> str:
    inner = pen.block(block)
    return _deep(inner if "<" in inner or " " not in inner else _shred(inner))


def _block(kind: str, blocks: list[Block], pen: Pen) -> str:
    if kind == "i":
        return "<ul>" + "".join(f"<li>{_words(b, pen)}</li>" for b in blocks) + "</ul>"
    if kind == "r":
        return (
            "<table>"
            + "".join("<tr>" + "".join(f"<td>{_deep(pen.text(c))}</td>" for c in b.cells) + "</tr>" for b in blocks)
            + "</table>"
        )
    if kind == "c":
        return "".join(
            f'<p class="MsoNormal">{_deep(picture(b))}</p><p class="MsoCaption">{_deep(pen.text(b.text))}</p>'
            for b in blocks
        )
    if kind == "h":
        return "".join(f"<h3>{_words(b, pen)}</h3>" for b in blocks)
    return "".join(f'<p class="MsoNormal">{_words(b, pen)}<o:p></o:p></p>' for b in blocks)


def _article(view: ArticleView) -> str:
    blocks = view.article.blocks
    lead = f'<p class="MsoNormal"><b>{_words(blocks[0], view.pen)}</b></p>' if view.article.lead else ""
    body = "".join(_block(kind, group, view.pen) for kind, group in runs(blocks[1:] if lead else blocks))
    byline = f'<p class="MsoNormal"><i>{_deep(escape(view.article.byline))}</i></p>' if view.article.byline else ""
    return f"""<div><span><a href="{escape(view.section.url)}">{_deep(escape(view.section.text))}</a></span></div>
<div><span class="tieude"><b>{_deep(escape(view.article.title))}</b></span></div>
<div>{lead}{body}{byline}</div>{_list(view.labels[0], view.newer)}{_list(view.labels[1], view.older)}"""


def _list(label: str, items: tuple[Neighbour, ...]) -> str:
    if not items:
        return ""
    links = "".join(
        f'<div><span><a href="{escape(n.url)}"><span>{escape(n.title)}'
        f"</span></a> <span><span>{n.shown}</span></span></span></div>"
        for n in items
    )
    return f"<div><span><span><b>{label}</b></span></span></div><div>{links}</div>"


def _listing(view: ListingView) -> str:
    groups = "".join(
        f'<div><span><a href="{escape(g.section.url)}"><span>{escape(g.section.text)}</span></a></span></div>'
        + "".join(
            f'<div><span><a href="{escape(n.url)}"><span>{escape(n.title)}'
            f"</span></a> <span>{n.shown}</span></span></div>"
            for n in g.items
        )
        for g in view.groups
    )
    return (
        groups + "<div><span><a href=\"javascript:__doPostBack('ctl00','more')\"><span>Xem tiếp</span></a></span></div>"
    )


MARKUP = Markup(
    "nested_spans", _frame, _article, _listing, family="sharepoint", labels=("Các tin mới", "Các tin đã đưa")
)
