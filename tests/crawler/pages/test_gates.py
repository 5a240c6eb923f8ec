"""Pages that make a browser do something: come back with a cookie, or go elsewhere."""

from __future__ import annotations

import pytest

from crawler.pages import gates, read
from crawler.records import Kind

URL = "http://thidua.example.gov.vn/tin-tuc/bieu-duong-514.html"
HOME = "http://thidua.example.gov.vn/"
SET = "document.cookie='D1N=0a1b; path=/';"


def sent(page: str) -> tuple[Kind, str]:
    found = read(page.encode(), URL, content_type="text/html")
    return found.kind, found.onward


@pytest.mark.parametrize(
    "page",
    [
        "<script>window.location.reload(true);</script>",
        "<html><head><meta http-equiv='refresh' content='1'></head><body></body></html>",
        f"<meta http-equiv=Refresh content='0; url={URL}'>",
        "<script>location.href = window.location.href;</script>",
        f"<script>{SET}history.go(0)</script>",
        f"<script>{SET}location.assign(location.href)</script><noscript><a href=/x>Hãy bật JavaScript</a></noscript>",
    ],
)
def test_a_page_that_only_loads_itself_again_is_a_gate(page: str) -> None:
    assert sent(page) == (Kind.CHALLENGE, URL)


@pytest.mark.parametrize(
    "page",
    [
        "<html><head><meta http-equiv='refresh' content='0;url=/'></head><body></body></html>",
        "<meta content=\"3; URL='/'\" http-equiv=refresh><p>Đang chuyển hướng, xin chờ.</p>",
        "<script>location.href='/';</script>",
        "<script>alert('Tin không tồn tại');window.location=\"/\";</script>",
        "<script>setTimeout(function(){ window.location.replace('/') }, 100)</script>",
        "<script>top.location.href = 'http://thidua.example.gov.vn/'</script>",
    ],
)
def test_a_page_that_only_sends_on_says_where_to(page: str) -> None:
    assert sent(page) == (Kind.EMPTY, HOME)


@pytest.mark.parametrize("place", ["index.html", "https://thidua.example.gov.vn/", "/?utm_source=x"])
def test_a_front_page_may_lead_to_itself_by_another_address(place: str) -> None:
    found = read(f"<script>location='{place}'</script>".encode(), HOME, content_type="text/html")
    led = found.kind is Kind.EMPTY and found.onward != HOME
    assert led is ("utm" not in place)


@pytest.mark.parametrize(
    "page",
    [
        "<div id=app></div><script src=/app.js></script><script>window.location='/'</script>",
        "<script>if (window.x) { location.href='/' }</script>",
        "<script>var place = location.pathname;</script>",
        "<noscript><meta http-equiv=refresh content='0;url=/'></noscript><div id=app></div>",
    ],
    ids=["an application", "under a condition", "only looks", "for those without scripts"],
)
def test_a_page_that_may_stay_leads_nowhere(page: str) -> None:
    assert sent(page) == (Kind.EMPTY, "")


def test_an_article_that_is_loaded_anew_after_some_minutes_is_an_article() -> None:
    text = "<p>Sáng 12/6, xã Vĩnh Hòa biểu dương mười hai hộ nông dân trồng na giỏi nhất vụ này.</p>"
    page = f"<h1>Biểu dương</h1><p>Ngày đăng: 12/06/2020</p>{text}"
    for refresh in ("300", "300;url=/", "0;url=/khac"):
        assert sent(f"<meta http-equiv=refresh content='{refresh}'><title>Biểu dương</title>{page}")[0] is Kind.ARTICLE


@pytest.mark.parametrize(
    ("script", "cookies"),
    [
        ("document.cookie='a=1; path=/';document.cookie=\"D1N=x/y+z==\"+'; path=/'", (("a", "1"), ("D1N", "x/y+z=="))),
        ("var v = 'ab';\nlet n = \"D1N\";document.cookie = n + '=' + v + '; path=/';", (("D1N", "ab"),)),
        ("document.cookie=`D1N=ab;path=/`", (("D1N", "ab"),)),
        ("document.cookie='D1N='+toHex(x)+'; path=/'", ()),
        ("document.cookie='D1N='+v.join('')+'; path=/'; var v = 'a';", ()),
        ("if (document.cookie == 'a=1') f();", ()),
    ],
    ids=["two", "variables", "a template", "computed", "computed of a variable", "a comparison"],
)
def test_cookies_are_those_that_the_script_writes_out(script: str, cookies: tuple[tuple[str, str], ...]) -> None:
    assert gates.cookies(f"<script>{script}</script>".encode()) == cookies
