"""An article's page, its older texts, and the article as data."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from datasette.utils import add_cors_headers
from datasette.utils.asgi import Response

from archive import citation
from archive.errors import NotFoundError
from archive.history import History, history
from archive.prose import Group, groups
from archive.show import Neighbour, Shown, show
from archive.web.rendering import HEADERS, linkable, nothing, page
from archive.worddiff import shortened

if TYPE_CHECKING:
    from archive.reader import Reader
    from archive.web.visit import Visit

_MOST_ID = 2**63 - 1  # SQLite's greatest number
_DATA = {
    "json": "application/json; charset=utf-8",
    "csl.json": "application/vnd.citationstyles.csl+json; charset=utf-8",
    "bib": "application/x-bibtex; charset=utf-8",
}


@dataclass(frozen=True, slots=True)
class Told:
    """An article with its history."""

    shown: Shown
    history: History

    @property
    def newer(self) -> Neighbour | None:
        """The nearest newer article that can be read here."""
        return next((each for each in self.shown.newer if each.id is not None), None)

    @property
    def older(self) -> Neighbour | None:
        """The nearest older article that can be read here."""
        return next((each for each in self.shown.older if each.id is not None), None)

    @property
    def body(self) -> list[Group]:
        """The text as it is set."""
        return list(groups(self.shown.article.body, self.shown.article.block_kinds))

    @property
    def lists(self) -> int:
        """How many pages' lists give the date that the article has."""
        return sum(each.published == self.shown.article.published for each in self.shown.evidence)

    @property
    def gone_on(self) -> str:
        """When the article was last found gone (UTC), or an empty string."""
        events = [event for version in self.history.versions for event in version.events if event.status == "gone"]
        return events[-1].captured_at if events else ""

    @property
    def changed(self) -> bool:
        """Whether there is more to tell than one text that was always there."""
        return len(self.history.versions) > 1 or any(version.events for version in self.history.versions)


async def article(visit: Visit) -> Response:
    """Answer a request for an article."""
    number = int(visit.request.url_vars["id"])
    told = await visit.room.ask(lambda reader: _told(reader, number))
    if told is None:
        return await _absent(visit, number)
    if told.shown.article.id != number:  # a second address of the same article
        return Response.redirect(visit.url(f"article/{told.shown.article.id}"), status=301)
    return page(
        visit,
        "article.html",
        told=told,
        shown=told.shown,
        article=told.shown.article,
        cited=_cited(visit, told),
        described=_described(visit, told),
        shortened=shortened,
    )


async def version(visit: Visit) -> Response:
    """Answer a request for one of an article's texts in full."""
    number, wanted = int(visit.request.url_vars["id"]), int(visit.request.url_vars["version"])
    told = await visit.room.ask(lambda reader: _told(reader, number))
    if told is None:
        return await _absent(visit, number)
    found = next((each for each in told.history.versions if each.number == wanted), None)
    if found is None:
        return page(visit, "error.html", 404, title=visit.t("not_found"), message="")
    kinds = await visit.room.ask(lambda reader: _kinds(reader, number, wanted))
    body = list(groups(found.body, kinds))
    last = wanted == told.history.versions[-1].number
    return page(visit, "version.html", article=told.shown.article, version=found, body=body, is_last=last)


async def data(visit: Visit) -> Response:
    """Answer a request for an article in a form for programs."""
    number, form = int(visit.request.url_vars["id"]), visit.request.url_vars["form"]
    told = await visit.room.ask(lambda reader: _told(reader, number))
    headers = dict(HEADERS)
    if visit.room.datasette.cors:
        add_cors_headers(headers)
    if told is None:
        return _absent_data(number, form, headers)
    body = {
        "json": lambda: json.dumps(asdict(told.shown), ensure_ascii=False, indent=2),
        "csl.json": lambda: json.dumps(citation.csl(told.shown.article), ensure_ascii=False, indent=2),
        "bib": lambda: citation.bibtex(told.shown.article),
    }[form]()
    if form != "json":
        headers["Content-Disposition"] = f'attachment; filename="article-{told.shown.article.id}.{form}"'
    return Response(body, content_type=_DATA[form], headers=headers)


def _told(reader: Reader, number: int) -> Told | None:
    try:
        shown = show(reader, number)
        return Told(shown, history(reader, shown.article.id))
    except NotFoundError:
        return None


def _kinds(reader: Reader, article_id: int, number: int) -> str:
    """Return what the blocks of a version are."""
    row = reader.conn.execute(
        "SELECT block_kinds FROM versions WHERE article_id = ? AND number = ?", (article_id, number)
    ).fetchone()
    return str(row[0])


async def _absent(visit: Visit, number: int) -> Response:
    """Say why there is no such article, and where it may be had."""
    row = await visit.room.ask(
        lambda reader: reader.conn.execute(
            "SELECT url, state FROM pages WHERE id = ? AND kind = 'article'", (min(number, _MOST_ID),)
        ).fetchone()
    )
    if row is None:
        message = visit.t("no_article", id=str(number))
    else:
        message = visit.t("gone_article" if row[1] == "gone" else "known_article")
    return page(visit, "error.html", 404, title=visit.t("not_found"), message=message, url=row[0] if row else "")


def _absent_data(number: int, form: str, headers: dict[str, str]) -> Response:
    """Say to a program that there is no such article."""
    message = f"the archive has no article {number}"
    response = Response.text(f"{message}\n", status=404) if form == "bib" else nothing(message)
    response.headers.update(headers)
    return response


def _cited(visit: Visit, told: Told) -> list[tuple[str, str, str]]:
    """Return the forms of citation: name, text, and the page it can be had from, if there is one."""
    article, here = told.shown.article, f"article/{told.shown.article.id}"
    return [
        (visit.t("cite_plain"), citation.plain(article, visit.language), ""),
        ("BibTeX", citation.bibtex(article), visit.url(f"{here}.bib")),
        ("CSL-JSON", json.dumps(citation.csl(article), ensure_ascii=False, indent=2), visit.url(f"{here}.csl.json")),
    ]


def _described(visit: Visit, told: Told) -> str:
    """Return what search engines read of the article (schema.org), safe inside a `<script>`."""
    article = told.shown.article
    said: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": article.title,
        "url": visit.whole(visit.url(f"article/{article.id}")),
        "inLanguage": "vi",
        "articleSection": article.category,
        "datePublished": article.published,
        "dateModified": told.history.versions[-1].captured_at if len(told.history.versions) > 1 else None,
        "author": {"@type": "Organization", "name": article.byline} if article.byline else None,
        "publisher": {"@type": "Organization", "name": article.host},
        "isBasedOn": article.url if linkable(article.url) else None,
        "isAccessibleForFree": True,
        "description": article.body[:200],
    }
    text = json.dumps({name: value for name, value in said.items() if value}, ensure_ascii=False)
    # Nothing in it can end the script or begin another.
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
