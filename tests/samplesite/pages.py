"""Which page a request gets: an article, a listing, a notice, a file."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tests.samplesite.charsets import CHARSETS
from tests.samplesite.holdings import LISTED
from tests.samplesite.model import Link, Response
from tests.samplesite.prose import IMAGE_FOLDER
from tests.samplesite.render import OTHERS, draw
from tests.samplesite.shell import Shell
from tests.samplesite.views import ArticleView, Group, ListingView, Pen

if TYPE_CHECKING:
    from tests.samplesite.holdings import Holdings
    from tests.samplesite.model import Neighbour
    from tests.samplesite.urls import Target

_JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00\xff\xd9"
_PDF = b"%PDF-1.4\n1 0 obj\n<</Type/Catalog>>\nendobj\ntrailer\n<</Root 1 0 R>>\n%%EOF\n"
_LANGUAGE = re.compile(r"^((?:/(?:en|vi))+)/")
_NOT_FOUND = "Không tìm thấy trang bạn yêu cầu."
_REMOVED = (
    "Bài viết không tồn tại hoặc đã bị gỡ bỏ.",
    "Không tìm thấy nội dung bạn yêu cầu. Bài viết có thể đã được chuyển đi.",
)


def plain(target: str, robots: str | None) -> Response | None:
    """Return the answer for a file that is no page of the site, or None."""
    path = target.partition("?")[0]
    if path == "/robots.txt":
        return (
            Response(404, (("Content-Type", "text/plain"),), b"")
            if robots is None
            else Response(200, (("Content-Type", "text/plain"),), robots.encode())
        )
    if path.startswith((IMAGE_FOLDER, "/images/", "/icons/", "/favicon")):
        return Response(200, (("Content-Type", "image/jpeg"),), _JPEG)
    if path.startswith("/tep/"):
        return Response(200, (("Content-Type", "application/pdf"),), _PDF)
    return None


class Drawer:
    """Draws the pages of a site as it is now. After a change a new one is needed."""

    def __init__(self, holdings: Holdings) -> None:
        self._site = holdings
        site = holdings
        self._labels = site.look.list_labels(site.form)
        self._links = tuple(Link(site.section_url(n), name) for n, name in enumerate(site.categories))
        self._latest = site.neighbours(site.latest(7))
        self._chrome = site.look.chrome(site.form, (Link("/", "Trang chủ"), *self._links), self._latest[:6])
        self._shell = Shell(site.form, self._chrome, CHARSETS[site.look.charset])
        self._pen = Pen(messy=site.look.messy, entities=site.form.entities)

    def status(self, meant: Target) -> tuple[int, str]:
        """Return the status of a page, and where it redirects to, if it does."""
        if meant.kind == "none":
            return 404, ""
        if meant.kind not in ("article", "print"):
            return 200, ""
        if meant.number not in self._site.chain.ids():
            return 404, ""
        how = self._site.gone_as(meant.number)
        return (302, "/") if how == "home" else (int(how) if how.isdigit() else 200, "")

    def parts(self, target: str, meant: Target) -> list[bytes]:
        """Return the bytes of a page, cut where the visit counter stands."""
        if meant.kind in ("article", "print"):
            if self.status(meant)[0] != 200 or self._site.gone_as(meant.number):
                return self._notice(_REMOVED[meant.number % 2])
            return self._article(target, meant.number, alone=meant.kind == "print")
        if meant.kind == "home":
            return self._home()
        if meant.kind == "section":
            return self._section(meant.number, meant.page)
        return self._other(meant.name) if meant.kind == "other" else self._notice(_NOT_FOUND)

    def _article(self, target: str, number: int, *, alone: bool) -> list[bytes]:
        site, form = self._site, self._site.form
        article = site.article(number)
        prefix = match[1] if (match := _LANGUAGE.match(target)) else ""
        view = ArticleView(
            self._chrome,
            article,
            prefix + site.url(number),
            self._links[site.chain.place(number)[0]],
            () if alone else site.newer(number),
            () if alone else site.older(number) or self._related(number),
            self._labels,
            site.look.dated(form, article),
            print_url=site.print_url(number) or "javascript:window.print()",
            pen=self._pen,
        )
        return draw(form, self._shell, view)

    def _related(self, number: int) -> tuple[Neighbour, ...]:
        """Return the undirected list, where the markup has one: always the newest six others."""
        return tuple(other for other in self._latest if other.id != number)[:6] if self._site.form.undirected else ()

    def _home(self) -> list[bytes]:
        groups = tuple(self._group(category, self._site.options.newest, 0) for category in range(len(self._links)))
        return self._listing(ListingView(self._chrome, self._chrome.site, groups, home=True))

    def _section(self, category: int, page: int) -> list[bytes]:
        site = self._site
        last = site.page_count(category)
        if not site.paged:
            view = ListingView(
                self._chrome, site.categories[category], (self._group(category, site.options.newest, 0),)
            )
            return self._listing(view)
        wanted = sorted({n for n in (1, page - 1, page + 1, page + 2, last) if 1 <= n <= last and n != page})
        links = tuple(Link(site.section_url(category, n), str(n)) for n in wanted)
        group = self._group(category, LISTED, (page - 1) * LISTED)
        return self._listing(ListingView(self._chrome, site.categories[category], (group,), links, scripted=False))

    def _group(self, category: int, count: int, skip: int) -> Group:
        return Group(self._links[category], self._site.neighbours(self._site.newest_of(category, count, skip)))

    def _listing(self, view: ListingView) -> list[bytes]:
        return self._shell.parts(view.title, self._site.form.listing(view))

    def _other(self, path: str) -> list[bytes]:
        name = next(link.text for link in OTHERS if link.url == path)
        shown = self._links if "so-do" in path else ()
        links = "".join(f'<p><a href="{link.url}">{link.text}</a></p>' for link in shown)
        middle = f"<h1>{name}</h1><p>Mọi ý kiến xin gửi về bộ phận một cửa trong giờ hành chính.</p>{links}"
        return self._shell.parts(name, middle)

    def _notice(self, text: str) -> list[bytes]:
        title = "Trạng thái" if self._site.form.undirected else "Thông báo"
        return self._shell.parts(title, f"<div><p>{text}</p><p><a href='/'>Về trang chủ</a></p></div>")
