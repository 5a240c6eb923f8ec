"""A sample site that is well until it is told to answer otherwise."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.samplesite import Response, Site

if TYPE_CHECKING:
    from collections.abc import Callable

    Answer = Callable[[str, Response], Response]

HTML = (("Content-Type", "text/html; charset=utf-8"),)
MENU = "".join(f"<li><a href='/muc-{n}.html'>Chuyên mục {n}</a></li>" for n in range(6))


class Sick:
    """A site whose answers pass through `trouble`, a function of the request target and the healthy answer."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.trouble: Answer | None = None

    def render(self, target: str, visit: int = 1, if_none_match: str = "", **held: Any) -> Response:
        """Answer as the site does, or as the trouble has it."""
        healthy = self.site.render(target, visit, if_none_match, **held)
        return healthy if self.trouble is None or target == "/robots.txt" else self.trouble(target, healthy)

    def is_article(self, target: str) -> bool:
        """Tell whether an article is asked for."""
        return self.site.find(target).kind == "article"


def page(title: str, body: str) -> Response:
    """Return a page of the given title and HTML."""
    return Response(200, HTML, f"<html><head><title>{title}</title></head><body>{body}</body></html>".encode())


def of_articles(sick: Sick, answer: Answer) -> Answer:
    """Return the trouble of articles alone."""
    return lambda target, healthy: answer(target, healthy) if sick.is_article(target) else healthy


def one_title(sick: Sick) -> Answer:
    """All articles bear the same title: the layout shows the section's name where the title was."""

    def answer(target: str, healthy: Response) -> Response:
        own = sick.site.article(sick.site.find(target).number).title.encode()
        return Response(200, healthy.headers, healthy.body.replace(own, "Chi tiết bài viết của chuyên mục".encode()))

    return of_articles(sick, answer)


def shouting(sick: Sick) -> Answer:
    """All titles of articles stand in capitals."""

    def answer(target: str, healthy: Response) -> Response:
        own = sick.site.article(sick.site.find(target).number).title
        return Response(200, healthy.headers, healthy.body.replace(own.encode(), own.upper().encode()))

    return of_articles(sick, answer)


def beyond_recognition(sick: Sick) -> Answer:
    """Each article bears another title and another text, of its own."""

    def answer(target: str, _: Response) -> Response:
        number = sick.site.find(target).number
        words = "".join(
            f"<p>Mục {n} trong bản tin {number}: {number + n} việc, {number * n} người.</p>" for n in range(5)
        )
        return page("Cổng mới", f"<h1>Bản tin số {number} ở cổng mới</h1><p>Ngày đăng: 12/06/2020</p>{words}")

    return of_articles(sick, answer)


def menus_for_texts(sick: Sick) -> Answer:
    """Under each title stands what stands on every page."""

    def answer(target: str, _: Response) -> Response:
        title = sick.site.article(sick.site.find(target).number).title
        notes = "".join(
            f"<p>Mục {n}: xin mời bạn đọc chọn chuyên mục trong danh sách ở bên trái màn hình.</p>" for n in range(3)
        )
        return page(title, f"<ul>{MENU}</ul><h1>{title}</h1><p>Ngày đăng: 12/06/2020</p>{notes}")

    return of_articles(sick, answer)


def redirects(sick: Sick, location: str) -> Answer:
    """Every article leads elsewhere, in the end to a login form."""

    def answer(target: str, healthy: Response) -> Response:
        if target.startswith("/dang-nhap"):
            return page("Đăng nhập", "<form>Tên <input name=u> Mật khẩu <input type=password name=p></form>")
        return Response(302, (("Location", location),), b"") if sick.is_article(target) else healthy

    return answer


def silent_home(target: str, healthy: Response) -> Response:
    """The front page shows a picture and a word of greeting."""
    words = "<p>Kính chào quý vị đã đến với cổng thông tin điện tử của tỉnh nhà.</p>"
    return page("Cổng thông tin", f"<img src='/images/a.jpg'>{words}") if target == "/" else healthy


def lapsed(target: str, _: Response) -> Response:
    """The domain is somebody else's now: whatever is asked for speaks of bets, each page in words of its own."""
    number = sum(target.encode()) % 97
    name = f"Nhà cái số {number} thưởng nạp lần đầu tới {number + 3} triệu"
    links = "".join(
        f"<li><a href='/keo-bong-da/tran-{n}-n{900 + n}.html'>Kèo bóng đá trận số {n}</a> (0{n}/07/2020)</li>"
        for n in range(1, 9)
    )
    if target == "/":
        return page("Nhà cái uy tín", f"<h2>Kèo hôm nay</h2><ul>{links}</ul>")
    text = "".join(
        f"<p>Cược {number} ăn {number + n}, đặt kèo thứ {n} qua ứng dụng, rút tiền về ví trong {n + 2} phút.</p>"
        for n in range(2, 9)
    )
    return page(name, f"<h1>{name}</h1><p>Ngày đăng: 01/07/2020</p>{text}<h3>Tin khác</h3><ul>{links}</ul>")


def sold(old: str) -> Answer:
    """The domain is somebody else's, whose pages lead to each other; what was there answers 404, or leads elsewhere."""

    def answer(target: str, healthy: Response) -> Response:
        if target == "/" or "keo-bong-da" in target:
            return lapsed(target, healthy)
        return Response(301, (("Location", old),), b"") if old else Response(404, HTML, b"<h1>Not Found</h1>")

    return answer


def all_but_home(answer: Response) -> Answer:
    """Whatever is asked for, the site answers one thing; its front page is as it was."""
    return lambda target, healthy: healthy if target == "/" else answer


def denied(page: str) -> Answer:
    """One page answers 404."""
    return lambda target, healthy: Response(404, HTML, b"<h1>Not Found</h1>") if target == page else healthy


def short(sick: Sick) -> Answer:
    """Of each article only the opening is left."""
    return of_articles(sick, lambda target, _: _opening(sick, target))


def _opening(sick: Sick, target: str) -> Response:
    article = sick.site.article(sick.site.find(target).number)
    opening = " ".join(article.texts[0].split()[:12])
    return page(article.title, f"<h1>{article.title}</h1><p>Ngày đăng: 12/06/2020</p><p>{opening}…</p>")
