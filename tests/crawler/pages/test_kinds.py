"""What a response is before it is read: a page, a file, a challenge, nothing, or a page that says "không tồn tại"."""

from __future__ import annotations

from datetime import date

import pytest

from crawler.pages import read
from crawler.pages.explain import explain
from crawler.records import Kind

URL = "http://thidua.example.gov.vn/Trang/ChiTietTinTuc.aspx?nid=1"
MENU = "".join(f"<li><a href='/{n}.aspx'>Chuyên mục {n}</a></li>" for n in range(5))


def kind(page: str | bytes, content_type: str = "text/html", url: str = URL) -> Kind:
    return read(page if isinstance(page, bytes) else page.encode(), url, content_type=content_type).kind


@pytest.mark.parametrize(
    "message",
    [
        "Bài viết không tồn tại hoặc đã bị xóa.",
        "Không tìm thấy trang bạn yêu cầu.",
        "Nội dung này không còn tồn tại.",
        "Tin đã bị gỡ.",
        "The requested page was not found",
        "Lỗi 404",
    ],
)
def test_a_page_that_only_says_there_is_nothing_is_a_soft_404(message: str) -> None:
    page = f"<title>Chi tiết tin</title><ul>{MENU}</ul><div>{message}</div><p>Địa chỉ: 45 Quang Trung, Hải Dương</p>"
    assert kind(page) is Kind.SOFT_404


def test_a_listing_stays_one_though_a_box_at_its_side_is_empty() -> None:
    news = "".join(
        f"<div><h3><a href='/tin-{n}'>Xã Vĩnh Hòa khen hộ trồng na thôn {n}</a></h3><div>0{n}/06/2020 | 04:30 PM</div>"
        f"<div>Chi tiết xem tại văn bản đính kèm./.</div></div>"
        for n in range(1, 4)
    )
    empty = "<h1>Video</h1><p>Không tìm thấy video nào</p>"
    page = f"<title>Khen thưởng</title><ul>{MENU}</ul><p>Khen thưởng</p>{news}{empty}"
    found = read(page.encode(), "http://thidua.example.gov.vn/khen-thuong", content_type="text/html")
    assert (found.kind, len(found.items)) == (Kind.LISTING, 3)


@pytest.mark.parametrize("title", ["Trạng thái", "Trạng thái - Sở Thông tin", "Lỗi", "404 Not Found"])
def test_a_title_may_say_it(title: str) -> None:
    assert kind(f"<title>{title}</title><div>Quay lại trang trước để tiếp tục.</div>") is Kind.SOFT_404


def test_a_dated_article_that_uses_the_words_is_an_article() -> None:
    page = "<title>Tin đồn bị bác bỏ</title><h1>Tin đồn bị bác bỏ</h1><p>Ngày đăng: 11/11/2020</p>"
    assert (
        kind(page + "<p>Ủy ban nhân dân huyện khẳng định văn bản lan truyền trên mạng không tồn tại.</p>")
        is Kind.ARTICLE
    )


def test_a_long_article_that_uses_the_words_is_an_article() -> None:
    text = "<p>Cán bộ và nhân dân trong xã đã cùng nhau làm đường, trồng cây và xây nhà văn hóa.</p>" * 12
    assert kind(f"<title>Làm đường</title><h1>Làm đường</h1>{text}<p>Hộ nghèo không còn tồn tại.</p>") is Kind.ARTICLE


def test_the_d1n_cookie_page_is_a_challenge() -> None:
    page = '<html><body><script>document.cookie="D1N=0a1b2c"+"; expires=Fri, 31-Dec-2037 23:59:59 GMT; path=/";'
    assert kind(page + "window.location.reload(true);</script></body></html>") is Kind.CHALLENGE


def test_a_page_with_text_that_sets_a_cookie_is_no_challenge() -> None:
    page = "<script>document.cookie='a=1';location.href='#'</script><a href='/tin'>Tin</a><p>Trang tin của huyện</p>"
    assert kind(page) is not Kind.CHALLENGE


@pytest.mark.parametrize("page", ["", "  \n", "<html></html>", "<!-- -->", "<script>x()</script>", "<p>&nbsp;</p>"])
def test_a_page_without_text_is_empty(page: str) -> None:
    assert kind(page) is Kind.EMPTY


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (b"%PDF-1.7 \xe2\xe3", "application/pdf"),
        (b"%PDF-1.7 \xe2\xe3", "text/html"),
        (b"\x89PNG\r\n\x1a\n", ""),
        (b"PK\x03\x04abc", "text/html"),
        (b'{"tin": []}', "application/json"),
        (b'{"tin": []}', ""),
        ("Chỉ là chữ, không có thẻ nào".encode(), "text/plain"),
    ],
)
def test_a_file_is_not_html(body: bytes, content_type: str) -> None:
    assert kind(body, content_type) is Kind.NOT_HTML


def test_a_page_without_a_content_type_is_known_by_its_markup() -> None:
    assert kind("<!DOCTYPE html><p>Cổng thông tin điện tử của huyện</p>", "") is Kind.OTHER


def test_bytes_of_no_charset_are_unreadable() -> None:
    assert kind(b"<html>" + bytes(range(1, 32)) * 400) is Kind.UNREADABLE


@pytest.mark.parametrize(
    "words",
    [
        "Hệ thống đang được bảo trì, xin quay lại sau.",
        "Cổng thông tin tạm ngừng hoạt động để nâng cấp từ 22 giờ.",
        "Hệ thống đang quá tải, vui lòng quay lại sau ít phút",
        "Bạn cần đăng nhập để xem nội dung này",
    ],
)
def test_a_page_that_only_says_to_come_back_is_unavailable(words: str) -> None:
    body = f"<html><title>Thông báo</title><body><h1>Thông báo</h1><p>{words}</p></body></html>"
    page = read(body.encode(), "http://vidu.invalid/Trang/ChiTietTinTuc.aspx?nid=7", content_type="text/html")
    assert page.kind is Kind.UNAVAILABLE


def test_news_of_a_pause_is_an_article() -> None:
    body = (
        "<html><title>Tạm ngừng dịch vụ công để bảo trì hệ thống</title><body><h1>Tạm ngừng dịch vụ công để bảo trì hệ"
        " thống</h1><div>Đăng ngày 12/06/2020</div><p>Từ 22 giờ ngày 13/6, cổng dịch vụ công của thành phố tạm ngừng để"
        " bảo trì hệ thống; bà con có việc gấp xin đến bộ phận một cửa.</p></body></html>"
    )
    page = read(body.encode(), "http://vidu.invalid/Trang/ChiTietTinTuc.aspx?nid=7", content_type="text/html")
    assert page.kind is Kind.ARTICLE


WORKER = (
    "Bà Nguyễn Thị Mơ ở xã Vĩnh Hòa được khen vì ba năm liền giữ đường làng sạch đẹp, cây xanh hai bên luôn tươi tốt."
)
FORM = "<form>Tên: <input name=u> Mật khẩu: <input name=p type='password'><input type=submit></form>"


@pytest.mark.parametrize(
    "page",
    [
        f"<title>Cổng thông tin</title><body>{FORM}</body>",
        f"<title>Đăng nhập</title><body><ul>{MENU * 5}</ul><h1>Đăng nhập</h1>{FORM}</body>",
        "<title>Runtime Error</title><h1>Server Error in '/' Application.</h1><h2><i>Runtime Error</i></h2>"
        f"<p>{'An application error occurred on the server. The current settings prevent the details. ' * 20}</p>",
        "<title>Lỗi</title><p>Không thể kết nối đến cơ sở dữ liệu, xin báo cho quản trị.</p>",
        "<h1>Error establishing a database connection</h1>",
        f"<title>Cổng thông tin</title><ul>{MENU * 5}</ul><p>Bạn không có quyền truy cập trang này.</p>",
    ],
    ids=["bare login", "login in the site's frame", "crash", "no database", "no database, in English", "no right"],
)
def test_a_page_that_shows_a_form_or_a_fault_in_place_of_news_is_unavailable(page: str) -> None:
    assert kind(page) is Kind.UNAVAILABLE


@pytest.mark.parametrize(
    "page",
    [
        "<title>Just a moment...</title><h1>Checking your browser before accessing the site</h1>"
        "<p>This process is automatic. Your browser will redirect to your requested content shortly.</p>",
        "<title>Cổng thông tin</title><form>Vui lòng nhập mã xác nhận: <input name=ma><img src=/ma.png></form>",
    ],
    ids=["browser check", "letters to copy"],
)
def test_a_page_that_wants_a_person_first_is_a_challenge(page: str) -> None:
    assert kind(page) is Kind.CHALLENGE


@pytest.mark.parametrize(
    "more",
    [
        f"<div><h3>Đăng nhập</h3>{FORM}</div>",
        "<div><p>Ý kiến của bạn</p><form>Vui lòng nhập mã xác nhận: <input name=ma></form></div>",
        "<p>Ai vào trang nội bộ sẽ thấy dòng chữ: Bạn không có quyền truy cập trang này.</p>",
        "<p>Tối qua, trang chủ của xã báo lỗi kết nối cơ sở dữ liệu trong mười phút.</p>",
    ],
    ids=["form at the side", "form for comments", "words of no right", "words of a fault"],
)
@pytest.mark.parametrize("evidence", ["a date", "a list", "a long text"])
def test_an_article_with_the_same_words_or_form_stays_one(more: str, evidence: str) -> None:
    day = "<div>Đăng ngày 12/06/2020</div>" if evidence == "a date" else ""
    named = "<a href='/Trang/ChiTietTinTuc.aspx?nid=2'>Xã Tân Kỳ làm đường</a> (03/06/2020)"
    older = f"<p>Các tin cũ hơn</p><ul><li>{named}</li></ul>"
    text = f"<p>{WORKER}</p>" * (8 if evidence == "a long text" else 1)
    page = f"<title>Giữ đường làng sạch đẹp</title><ul>{MENU}</ul><h1>Giữ đường làng sạch đẹp</h1>{day}{text}{more}"
    assert kind(page + (older if evidence == "a list" else "")) is Kind.ARTICLE


def test_the_way_home_over_a_title_and_its_date_is_no_list() -> None:
    """The head names the site alone, and the date of the page stands nearer to "Trang chủ" than to anything else."""
    said = "Sáng nay, huyện Vạn Hoa đã biểu dương mười hai hộ nông dân trồng sen trên đất trũng của xã Hoa Sen. " * 3
    page = read(
        f"""<title>Cổng thông tin điện tử</title><nav><a href="/index.html">Trang chủ</a></nav>
        <ul><li><a href="/index.html">Trang chủ</a></li><li>Nông thôn</li></ul><div>Biểu dương hộ trồng sen</div>
        <div>12/06/2020 | 9:99 AM</div><p>{said}</p><p>{said}</p><p>Các tin khác</p>
        <ul><li><a href="/tin/a-18.html">Hộ trồng sen kể chuyện mình</a></li></ul>""".encode(),
        "http://vanhoa.example.vn/tin/bieu-duong-17.html",
    )
    assert (page.kind, page.title, page.published) == (Kind.ARTICLE, "Biểu dương hộ trồng sen", date(2020, 6, 12))


@pytest.mark.parametrize("here", ["/2020/06/bieu-duong-ho-trong-sen/", "/tin/ho-trong-sen-632.html"])
def test_a_date_that_links_to_its_own_page_is_no_list_though_a_box_names_that_page(here: str) -> None:
    """In a mirror it may do so under the page's other address."""
    said = "Sáng nay, huyện Vạn Hoa đã biểu dương mười hai hộ nông dân trồng sen trên đất trũng của xã Hoa Sen. " * 3
    title = "Biểu dương hộ trồng sen của xã Hoa Sen"
    newest = f"""<li><a href="{here}">{title}</a></li>
        <li><a href="/2020/05/ho-trong-sen/">Hộ trồng sen kể chuyện</a></li>
        <li><a href="/2020/04/giu-dam-sen-lang/">Giữ đầm sen của làng</a></li>"""
    page = read(
        f"""<title>{title} – Hội Nông dân</title><h1>{title}</h1>
        <div>Đăng vào <a href="{here}"><time>12 Tháng 6, 2020</time></a>
        bởi <a href="/author/sen/">Trần Thị Sen</a></div>
        <p>{said}</p><p>{said}</p><aside><h2>Bài viết mới</h2><ul>{newest}</ul></aside>""".encode(),
        "http://nongdan.example.vn/2020/06/bieu-duong-ho-trong-sen/",
    )
    assert (page.kind, page.title, page.published) == (Kind.ARTICLE, title, date(2020, 6, 12))
    assert page.body == f"{said.strip()}\n\n{said.strip()}"


@pytest.mark.parametrize(
    ("page", "wanted"),
    [
        (
            "<title>Apache Tomcat/7.0.42 - Error report</title><h1>HTTP Status 404 - /images/554897/14.jpg</h1>"
            "<p><b>type</b> Status report</p><p><b>description</b> The requested resource is not available.</p>",
            Kind.SOFT_404,
        ),
        ("<title>HTTP Status 404 – Not Found</title><h1>HTTP Status 404 – Not Found</h1><p>Tomcat</p>", Kind.SOFT_404),
        (
            "<title>404 - File or directory not found.</title><h1>Server Error</h1><p>It might have been removed.</p>",
            Kind.SOFT_404,
        ),
        (
            "<title>The resource cannot be found.</title><p>Requested URL: /tin/1.aspx has been moved.</p>",
            Kind.SOFT_404,
        ),
        ("<title>502 Bad Gateway</title><center><h1>502 Bad Gateway</h1></center><hr>nginx/1.14.0", Kind.UNAVAILABLE),
        ("<title>500 - Internal server error.</title><p>There is a problem with the resource.</p>", Kind.UNAVAILABLE),
        (
            "<title>IIS 7.5 Detailed Error - 403.14 - Forbidden</title><p>The Web server lists nothing.</p>",
            Kind.UNAVAILABLE,
        ),
    ],
)
def test_what_a_web_server_writes_itself_is_no_article(page: str, wanted: Kind) -> None:
    assert kind(page, url="http://thidua.example.gov.vn/tin/bai-viet-12345.html") is wanted


def test_a_title_that_begins_with_such_a_number_is_news() -> None:
    text = "Sáng nay, xã Vĩnh Hòa trao quà cho các hộ trồng na bị thiệt hại trong trận bão vừa qua tại nhà văn hóa."
    page = f"<title>404 hộ dân nhận quà</title><h1>404 hộ dân nhận quà</h1><p>12/06/2020</p><p>{text}</p>"
    assert kind(page) is Kind.ARTICLE


@pytest.mark.parametrize(
    "prints",
    [
        "<body onload='window.print()'>",
        "<body><script type='text/javascript'>print();</script>",
        "<body><script>window.onload = function() { window.print(); }</script>",
    ],
)
def test_a_page_that_has_itself_printed_is_a_copy_for_paper_and_no_article(prints: str) -> None:
    text = "Sáng nay, xã Vĩnh Hòa trao quà cho các hộ trồng na bị thiệt hại trong trận bão vừa qua tại nhà văn hóa."
    page = f"<title>Trao quà</title>{prints}<h1>Trao quà</h1><p>Ngày đăng: 12/06/2020</p><p>{text}</p></body>"
    found = read(page.encode(), "http://thidua.example.gov.vn/xem.aspx?id=12", content_type="text/html")
    assert found.kind is Kind.OTHER
    assert explain(page.encode(), found).why == "it has itself printed: a copy for paper"


def test_a_button_that_prints_makes_no_copy_of_a_page() -> None:
    text = "Sáng nay, xã Vĩnh Hòa trao quà cho các hộ trồng na bị thiệt hại trong trận bão vừa qua tại nhà văn hóa."
    button = "<script>function inTrang() { window.print(); }</script><a href='#' onclick='window.print()'>In</a>"
    page = f"<title>Trao quà</title><h1>Trao quà</h1><p>Ngày đăng: 12/06/2020</p>{button}<p>{text}</p>"
    assert kind(page) is Kind.ARTICLE
