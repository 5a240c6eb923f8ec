"""URLs: one article, one key; what differs stays different; no byte of a path is touched."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from crawler.pages import urls

BASE = "https://haiduong.gov.vn"
FAMILIES = {
    "sharepoint": [
        "/Trang/ChiTietTinTuc.aspx?nid=13066&title=trao-co.html",
        "/trang/chitiettintuc.aspx?title=khac.html&NID=13066",
        "/Trang/ChiTietTinTuc.aspx?nid=13066#top",
        "/Trang/ChiTietTinTuc.aspx?nid=13066&utm_source=zalo&fbclid=x",
    ],
    "council": ["/tin-tuc/trao-co-n514.html", "/tin-tuc/trao-co-n514.html?PHPSESSID=9", "/tin-tuc/trao-co-n514.html#a"],
    "pages": ["/news/Pages/new.aspx?CateID=2&ItemID=2490", "/news/pages/new.aspx?ItemID=2490&CateID=2"],
    "dated": ["/portal/Pages/2024-8-28/Trao-co123.aspx", "/portal/pages/2024-8-28/trao-co123.aspx?gclid=1"],
    "nukeviet": ["/vi/news/thi-dua/trao-co-315.html", "/vi/news/thi-dua/trao-co-315.html?zarsrc=30"],
    "liferay": [
        "/vi/-/view_content/5512-trao-co",
        "/en/vi/-/view_content/5512",
        "/tin/-/view_content/5512-khac?p_p_id=1",
    ],
    "session": ["/tin/bai-viet", "/tin/bai-viet;jsessionid=ABC123", "/(S(abc123))/tin/bai-viet"],
    "front": ["/", "", "/index.html", "/Default.aspx"],
}
ADDRESS = st.builds(
    "{}://{}{}{}".format,
    st.sampled_from(["http", "https", "HTTP"]),
    st.sampled_from(["a.vn", "www.A.vn", "a.vn:80", "a.vn:8080", "127.0.0.1"]),
    st.text(st.sampled_from("/abC1;=()S.%-~ạ"), max_size=20).map(lambda path: "/" + path),
    st.text(st.sampled_from("?&=#nidItem1tle;utm_%+ "), max_size=20).map(lambda query: "?" + query),
)


@pytest.mark.parametrize("family", FAMILIES)
def test_one_article_has_one_key(family: str) -> None:
    spellings = [start + path for path in FAMILIES[family] for start in (BASE, "http://www.haiduong.gov.vn:80")]
    assert len({urls.key(url) for url in spellings}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("/Trang/ChiTietTinTuc.aspx?nid=13066", "/Trang/ChiTietTinTuc.aspx?nid=13067"),
        ("/tin.aspx?ItemID=5&CateID=2", "/tin.aspx?ItemID=5&CateID=3"),
        ("/tin-tuc/trao-co-n514.html", "/Tin-Tuc/trao-co-n514.html"),
        ("/tin?page=1", "/tin?page=2"),
        ("/-/view_content/5512-a", "/-/view_content/5513-a"),
        ("/tim?title=a", "/tim?title=b"),
        ("/a", "/a/"),
    ],
)
def test_what_differs_keeps_its_own_key(one: str, other: str) -> None:
    assert urls.key(BASE + one) != urls.key(BASE + other)


@pytest.mark.parametrize("host", ["https://haiduong.gov.vn:8443", "https://snv.haiduong.gov.vn", "https://haiduong.vn"])
def test_another_host_or_port_is_another_site(host: str) -> None:
    assert urls.key(host + "/tin") != urls.key(BASE + "/tin")
    assert not urls.same_site(host + "/tin", {"haiduong.gov.vn"})


@pytest.mark.parametrize("path", ["/Ảnh/tin.jpg", "/A\u0309nh/tin.jpg", "/%e1%bA%a2nh/a%2Fb", "/a//b/../c", "/x y"])
def test_the_bytes_of_a_path_are_untouched(path: str) -> None:
    assert urls.tidy(BASE + path) == BASE + path


def test_tidy_drops_what_says_who_is_reading_and_keeps_the_order_of_the_rest() -> None:
    url = "HTTPS://WWW.HaiDuong.gov.vn:443/Tin.aspx?b=2&utm_medium=x&a=1&fbclid=z#dau"
    assert urls.tidy(url) == "https://www.haiduong.gov.vn/Tin.aspx?b=2&a=1"


@given(ADDRESS)
@example("http://a.vn/(S(a))/(S(b))/c")
def test_tidy_is_idempotent_and_keeps_the_key(url: str) -> None:
    tidied = urls.tidy(url)
    assert urls.tidy(tidied) == tidied
    assert urls.key(tidied) == urls.key(url)


@given(st.one_of(st.text(max_size=60), st.text(max_size=40).map(lambda tail: "http://" + tail)))
@example("http://[::1")
@example("http://a.vn:x/")
@example("//[")
def test_nothing_but_value_error_is_raised(text: str) -> None:
    for function in (urls.tidy, urls.key, urls.host):
        try:
            function(text)
        except ValueError:
            continue
    assert not urls.same_site(text, set())
    urls.absolute("http://a.vn/b/c", text)


@pytest.mark.parametrize(
    ("href", "url"),
    [
        ("ChiTiet.aspx?nid=1", "http://a.vn/Trang/ChiTiet.aspx?nid=1"),
        ("/tin", "http://a.vn/tin"),
        ("?page=2", "http://a.vn/Trang/Ds.aspx?page=2"),
        ("//b.vn/x", "http://b.vn/x"),
        (" /a\n b ", "http://a.vn/a%20b"),
        ("javascript:void(0)", ""),
        ("JavaScript:__doPostBack('a','b')", ""),
        ("mailto:a@a.vn", ""),
        ("#top", ""),
        ("", ""),
        ("http://[", ""),
        ("http://a.vn:x/", ""),
    ],
)
def test_links_are_resolved_or_are_no_pages(href: str, url: str) -> None:
    assert urls.absolute("http://a.vn/Trang/Ds.aspx?cid=4", href) == url


@pytest.mark.parametrize(
    "path",
    [
        "/vi/news/print/thi-dua/bai-315.html",
        "/news/savefile/bai-315.html",
        "/news/sendmail/bai-315.html",
        "/rss/",
        "/login",
        "/tin/-/view_content/pop_up/5512",
        "/tin?p_p_state=pop_up",
        "/bai?replytocom=3",
        "/bai?print=1",
        "/Print.aspx?nid=13",
        "/print?nid=13",
        "/ban-in/bai-13.html",
        "/in-bai-viet?id=13",
        "/InTin.aspx?id=13",
    ],
)
def test_side_doors_are_no_pages(path: str) -> None:
    assert urls.is_side_door(BASE + path)
    assert not urls.is_page(BASE + path)


def test_a_button_that_shares_a_page_is_a_side_door() -> None:
    assert urls.is_side_door("https://www.facebook.com/sharer/sharer.php?u=https://a.vn/b")
    assert not urls.is_side_door("https://www.facebook.com/ubndhuyen")


@pytest.mark.parametrize(
    "path", ["/in-an/bai-1.html", "/tin-trang/bai-1.html", "/printer-moi", "/printing", "/tin-rss-moi", "/searching"]
)
def test_a_page_whose_name_resembles_a_side_door_is_a_page(path: str) -> None:
    assert urls.is_page(BASE + path)


@pytest.mark.parametrize("path", ["/a/van-ban.PDF", "/a.docx", "/anh.jpg", "/documents/1/qd.pdf/9f0-11?t=1", "/a.zip"])
def test_files_are_no_pages(path: str) -> None:
    assert urls.is_file(BASE + path)
    assert not urls.is_page(BASE + path)


@pytest.mark.parametrize("path", ["/van-ban.pdf", "/tai.aspx?file=qd.docx", "/documents/1/qd.pdf/9f0"])
def test_documents_are_attachments(path: str) -> None:
    assert urls.is_attachment(BASE + path)


def test_pictures_and_pages_are_no_attachments() -> None:
    assert not urls.is_attachment(BASE + "/anh.jpg")
    assert not urls.is_attachment(BASE + "/tin.aspx?nid=1")


@pytest.mark.parametrize(
    "url", ["http://haiduong.gov.vn/a", "https://WWW.haiduong.gov.vn", "http://haiduong.gov.vn:80/"]
)
def test_www_scheme_and_the_schemes_port_are_the_same_site(url: str) -> None:
    assert urls.same_site(url, {"haiduong.gov.vn"})


@pytest.mark.parametrize("family", ["sharepoint", "council", "pages", "dated", "nukeviet", "liferay"])
def test_every_family_looks_like_an_article(family: str) -> None:
    assert urls.is_article_like(BASE + FAMILIES[family][0])


@pytest.mark.parametrize("path", ["/tin-tuc", "/Trang/DanhSach.aspx?cid=7", "/gioi-thieu.html", "/"])
def test_sections_do_not_look_like_articles(path: str) -> None:
    assert not urls.is_article_like(BASE + path)


@pytest.mark.parametrize(
    "path", ["/Xã/bài-1.html", "/X%c3%a3/b%C3%A0i-1.html", "/X%C3%A3/b%c3%a0i%2D1.html", "/X%C3%A3/b%c3%a0i%2d1%2ehtml"]
)
def test_escapes_do_not_part_two_spellings_of_a_path(path: str) -> None:
    assert urls.key(f"http://noivu.example{path}") == "noivu.example/X%C3%A3/b%C3%A0i-1.html"


@pytest.mark.parametrize(
    "address",
    [
        "https://web.archive.org/web/20150612081500id_/http://www.noivu.example:80/tin?b=2&a=1",
        "https://web.archive.org/web/2015/https://noivu.example/tin?a=1&b=2",
        "http://127.0.0.1:8080/site/20150612081500mp_/http:/noivu.example/tin?b=2&a=1#top",
    ],
)
def test_an_address_within_a_web_archive_is_that_of_the_page(address: str) -> None:
    assert urls.key(address) == "noivu.example/tin?a=1&b=2"


@pytest.mark.parametrize(
    "path",
    ["", "/", "/vi/", "/index.php", "/vi/trang-chu", "/Trang/Default.aspx", "/web/guest/home", "/portal/home.aspx"],
)
def test_front_pages_are_known_by_their_names(path: str) -> None:
    assert urls.is_front(BASE + path)


@pytest.mark.parametrize(
    "path", ["/Trang/", "/web/guest", "/en/", "/tin-tuc/index.html", "/home/tin-tuc", "/index.php?id=5", "/mainly.html"]
)
def test_other_pages_are_no_front_pages(path: str) -> None:
    assert not urls.is_front(BASE + path)


def test_a_name_in_letters_of_its_own_is_the_one_that_dns_has() -> None:
    assert urls.key("http://Tỉnh-Hoa-Sen.vn/tin-1.html") == urls.key("https://www.XN--tnh-hoa-sen-h79e.vn/tin-1.html")
    assert urls.tidy("http://tỉnh-hoa-sen.vn/tin-1.html") == "http://xn--tnh-hoa-sen-h79e.vn/tin-1.html"


@pytest.mark.parametrize("sign", ["\x1b", "\x9b", "\u202e", "\u2028"])
def test_what_would_steer_a_terminal_is_escaped(sign: str) -> None:
    assert sign not in urls.absolute("http://hoasen.example/", f"/tin{sign}-1.html")
