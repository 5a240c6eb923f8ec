"""The edition of NukeViet for offices: the lists are tabs, whose headings are links to `#news-related…` elsewhere."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from tests.samplesite.markups import nukeviet4
from tests.samplesite.views import Markup

if TYPE_CHECKING:
    from tests.samplesite.model import Neighbour
    from tests.samplesite.views import ArticleView, Chrome


def _frame(chrome: Chrome, title: str, middle: str) -> str:
    return nukeviet4.frame(chrome, title, middle, "NukeViet eGovernment 1.2")


def _article(view: ArticleView) -> str:
    tabs, panes = "", ""
    for name, label, items in (
        ("news-relatednew", view.labels[0], view.newer),
        ("news-related", view.labels[1], view.older),
    ):
        if items:
            tabs += f'<li role="presentation"><a href="#{name}" role="tab" data-toggle="tab">{label}</a></li>'
            panes += f'<div role="tabpanel" class="tab-pane" id="{name}">{_links(items)}</div>'
    return nukeviet4.middle(
        view,
        f'<div class="news-tabs"><ul class="nav nav-tabs" role="tablist">{tabs}'
        f'</ul><div class="tab-content">{panes}</div></div>',
    )


def _links(items: tuple[Neighbour, ...]) -> str:
    return (
        "<ul>"
        + "".join(
            f'<li><a href="{escape(n.url)}" title="{escape(n.title)}">{escape(n.title)}</a> <i>{n.shown}</i></li>'
            for n in items
        )
        + "</ul>"
    )


MARKUP = Markup(
    "nukeviet_egov",
    _frame,
    _article,
    nukeviet4.listing,
    family="nukeviet",
    labels=("Tin mới hơn", "Tin cũ hơn"),
    list_date="timed",
    page_date="weekday",
    html5=True,
    head=nukeviet4.head,
)
