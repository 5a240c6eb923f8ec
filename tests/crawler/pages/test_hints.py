"""What a profile tells the readers: each hint changes what is read, and nothing without it is otherwise."""

from __future__ import annotations

from datetime import date

import pytest

from crawler.pages import read
from crawler.records import Kind, Page, Relation
from crawler.sites.parsing import parsed

URL = "http://vanhoa.example.vn/tin/bai-viet-17"
TEXT = "Sáng nay, Uỷ ban nhân dân huyện Vạn Hoa đã biểu dương mười hai hộ nông dân trồng sen trên đất trũng của xã."
MORE = "Các hộ được biểu dương đã chuyển hơn ba mươi héc-ta đất trũng sang trồng sen, thu nhập tăng gấp đôi năm trước."
ITEMS = "".join(
    f'<li><a href="/tin/bai-viet-{n}">Tin về thôn số {n} của xã Hoa Sen</a> ({n}/06/2020)</li>' for n in (1, 2)
)


def page_of(body: str, hints: str = "", url: str = URL, head: str = "<title>Biểu dương hộ trồng sen</title>") -> Page:
    profile = parsed(f'name = "A"\nhosts = ["vanhoa.example.vn"]\n{hints}', "a")
    html = f"<html><head>{head}</head><body>{body}</body></html>"
    return read(html.encode(), url, content_type="text/html", hints=profile.hints(date(2022, 8, 27)))


def article(inner: str = "", after: str = "", day: str = "") -> str:
    text = f"<div class=noidung><p>{TEXT}</p>{inner}<p>{MORE}</p></div>"
    return f"<div id=main><h1>Biểu dương hộ trồng sen</h1>{day}{text}</div>{after}"


def test_a_sites_own_label_opens_a_list() -> None:
    shown = article(after=f"<h3>Đọc thêm tin nóng:</h3><ul>{ITEMS}</ul>")
    assert not list(page_of(shown).listed(Relation.NEWER))
    named = list(page_of(shown, '[labels]\nnewer = ["đọc thêm tin nóng"]').listed(Relation.NEWER))
    assert [item.published for item in named] == [date(2020, 6, 1), date(2020, 6, 2)]


def test_furniture_at_the_edges_stays_inside_a_text() -> None:
    body = article("<p>Chung sức</p>").replace("</div></div>", "<p>Chung sức</p></div></div>")
    assert page_of(body).body.endswith("Chung sức")
    read_with = page_of(body, '[boilerplate]\nedges = ["CHUNG SUC"]')
    assert read_with.body.endswith("năm trước.")
    assert "Chung sức" in read_with.body


def test_furniture_anywhere_goes_wherever_it_stands() -> None:
    body = article("<p>Đang có 17 người xem</p>")
    assert "17 người" in page_of(body).body
    assert "17 người" not in page_of(body, "[boilerplate]\nanywhere = ['/Đang có \\d+ người xem/']").body


@pytest.mark.parametrize(
    ("form", "line", "day"),
    [
        ("%d.%m.%y", "Đăng 12.06.20", date(2020, 6, 12)),
        ("%m/%d/%Y", "06/12/2020 15:30", date(2020, 6, 12)),
        ("%d %b %Y", "12 Jun 2020", date(2020, 6, 12)),
        (
            r"/năm (?P<year>\d{4}), tháng (?P<month>\d+), ngày (?P<day>\d+)/",
            "Năm 2020, tháng 6, ngày 12",
            date(2020, 6, 12),
        ),
    ],
)
def test_a_sites_own_form_of_dates_is_read(form: str, line: str, day: date) -> None:
    page = page_of(article(day=f"<div>{line}</div>"), f"dates = ['{form}']")
    assert page.published == day
    assert line not in page.body


def test_a_sites_own_form_of_dates_is_read_in_lists_too() -> None:
    items = "".join(f'<li><a href="/tin/bai-{n}0">Tin về thôn số {n} của xã</a> (0{n}.06.20)</li>' for n in (1, 2))
    page = page_of(article(after=f"<h3>Các tin cũ hơn</h3><ul>{items}</ul>"), "dates = ['%d.%m.%y']")
    assert [item.published for item in page.listed(Relation.OLDER)] == [date(2020, 6, 1), date(2020, 6, 2)]


def test_a_rule_makes_an_address_an_articles() -> None:
    body = f"<h1>Biểu dương hộ trồng sen</h1><p>{TEXT}</p>"
    where = "http://vanhoa.example.vn/doc/sen"
    assert page_of(body, url=where).kind is Kind.OTHER
    assert page_of(body, "[urls]\narticle = ['/doc/']", url=where).kind is Kind.ARTICLE


def test_a_rule_makes_an_address_a_listings() -> None:
    body = article(after=f"<h3>Các tin khác</h3><ul>{ITEMS}</ul>")
    page = page_of(body, "[urls]\nlisting = ['/tin/bai-viet-17$']")
    assert page.kind is Kind.LISTING
    assert len(page.items) == 2


# --- selectors

SELECTED = f"""<div class=a><p>{TEXT}</p><p>{MORE}</p><p>{TEXT}</p></div>
<div class=b><span class=chuyen>Nông thôn</span><b class=tieu>Sen trên đất trũng</b>
đăng <i class=ngay>lúc 9:99 AM 12/06/2020</i>
<div class=bai><p class=mo>{MORE}</p><p>{TEXT}</p><div class=quang>Mua ngay</div><p class=ky>Vạn Sen</p></div></div>
<div class=kia><b>Bạn đọc cũng xem</b><ul>{ITEMS}</ul></div>"""
SELECTORS = """[selectors]
title = ".tieu"
date = "i.ngay"
body = ".bai"
category = ".chuyen"
byline = ".ky"
lead = ".mo"
older = ".kia"
remove = ".quang"
"""


def test_selectors_say_where_everything_stands() -> None:
    page = page_of(SELECTED, SELECTORS, url="http://vanhoa.example.vn/x")
    assert page.kind is Kind.ARTICLE
    assert (page.title, page.category, page.byline) == ("Sen trên đất trũng", "Nông thôn", "Vạn Sen")
    assert page.published == date(2020, 6, 12)
    assert page.lead == MORE
    assert [block.text for block in page.blocks] == [MORE, TEXT]
    assert [item.title for item in page.listed(Relation.OLDER)] == [
        f"Tin về thôn số {n} của xã Hoa Sen" for n in (1, 2)
    ]
    assert page.notes == ()


def test_a_selector_that_matches_nothing_leaves_the_field_to_the_readers_and_is_noted() -> None:
    plain = page_of(article())
    page = page_of(article(), '[selectors]\ntitle = "#khong"\nbody = ".khong"')
    assert (page.kind, page.title, page.body) == (plain.kind, plain.title, plain.body)
    assert page.notes == tuple(f"the profile's selector for {field} matches nothing" for field in ("title", "body"))


def test_of_several_selectors_the_first_that_matches_counts() -> None:
    page = page_of(SELECTED, '[selectors]\ntitle = [".khong", ".tieu", "h1"]')
    assert page.title == "Sen trên đất trũng"


def test_a_selected_meta_element_gives_its_content() -> None:
    head = '<title>Biểu dương</title><meta name="ngay" content="2020-06-12">'
    assert page_of(article(), "[selectors]\ndate = 'meta[name=ngay]'", head=head).published == date(2020, 6, 12)


def test_a_page_without_the_selected_title_is_another_kind_of_page() -> None:
    listing = f"<h2>Nông thôn</h2><div class=bai><ul>{ITEMS}</ul></div>"
    page = page_of(listing, '[selectors]\ntitle = ".tieu"\nbody = ".bai"', url="http://vanhoa.example.vn/nong-thon")
    assert page.kind is Kind.LISTING
    assert len(page.items) == 2


def test_a_body_that_is_not_closed_ends_before_the_rest_of_the_page() -> None:
    page = f"""<h1 class=t>Biểu dương hộ trồng sen</h1><div class=bai><p>{TEXT}</p><p>{MORE}</p>
    <h4>Các tin khác</h4><ul>{ITEMS}</ul><footer><p>Cơ quan chủ quản: {MORE}</p></footer>"""
    seen = page_of(page, '[selectors]\ntitle = ".t"\nbody = ".bai"')
    assert [block.text for block in seen.blocks] == [TEXT, MORE]


def test_a_text_that_is_a_byline_alone_is_kept() -> None:
    page = page_of(
        "<h1 class=t>Thông tư số 8</h1><div class=bai><p class=ky>Phó Ban</p></div>",
        '[selectors]\ntitle = ".t"\nbody = ".bai"\nbyline = ".ky"',
    )
    assert (page.kind, page.body) == (Kind.ARTICLE, "Phó Ban")


@pytest.mark.parametrize("html", ["", "<", "<p>", "\x00" * 50, "<!-- x -->", "<div " * 5_000, "<b>" * 3_000 + "x"])
def test_selectors_never_raise_on_any_page(html: str) -> None:
    profile = parsed(f'name = "A"\nhosts = ["a.vn"]\n{SELECTORS}', "a")
    read(html.encode(), URL, content_type="text/html", hints=profile.latest)
