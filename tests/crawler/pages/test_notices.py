"""A page that keeps an article's title and date and says that the article is no more; and news that only sound so."""

from __future__ import annotations

import pytest

from crawler.pages import notices, read
from crawler.records import Kind

URL = "http://thidua.example.gov.vn/tin-tuc/bieu-duong-guong-nguoi-tot-514.html"
MENU = "".join(f"<li><a href='/{n}.aspx'>Chuyên mục {n}</a></li>" for n in range(5))
TITLE = "Biểu dương gương người tốt việc tốt"
NEWS = "".join(
    f"<li><a href='/tin-tuc/xa-lam-duong-{n}.html'>Xã Tân Kỳ làm đường đợt {n}</a> (03/06/2020)</li>"
    for n in range(600, 605)
)
NOTICES = [
    "Bài viết đã được gỡ bỏ theo yêu cầu của cơ quan quản lý.",
    "Bài viết này không còn tồn tại.",
    "Tin đã bị gỡ.",
    "Bài viết đã bị xóa hoặc không tồn tại.",
    "Tin bài này không còn tồn tại trên hệ thống.",
    "Xin lỗi, bài viết bạn đang tìm không tồn tại hoặc đã bị xóa. Vui lòng quay về trang chủ.",
    "Nội dung bạn yêu cầu hiện không khả dụng.",
    "Nội dung đã được ẩn bởi quản trị viên.",
    "Rất tiếc! Trang quý vị truy cập không tìm thấy. Mời quý vị xem các tin khác.",
    "Không tìm thấy bài viết",
    "Ban biên tập đã gỡ bài viết này từ ngày 12/6/2020. Kính mong quý bạn đọc thông cảm.",
    "Bài viết tạm thời bị gỡ xuống để kiểm tra lại thông tin.",
    "Bài này đã được thu hồi",
    "The page you are looking for might have been removed, had its name changed, or is temporarily unavailable.",
    "This article has been removed.",
    "Lỗi 404",
]
TO_COME = ["Nội dung đang được cập nhật.", "Bài viết đang được biên tập, mời bạn quay lại sau.", "Đang cập nhật…"]
NEWS_OF_REMOVALS = [
    "Ủy ban nhân dân huyện khẳng định văn bản được lan truyền trên mạng không tồn tại.",
    "Bài viết xuyên tạc trên mạng đã bị gỡ bỏ, chủ tài khoản bị phạt 7,5 triệu đồng.",
    "Bài viết đã được gỡ bỏ. Chủ tài khoản bị Sở Thông tin và Truyền thông mời làm việc.",
    "Bài viết đã bị xóa sau khi Công an huyện xử phạt 5 triệu đồng.",
    "Bài viết đã bị xóa sau khi Công an huyện vào cuộc.",
    "Bài viết này đã bị gỡ khỏi trang cá nhân, chủ trang xin lỗi bà con.",
    "Tin giả về dịch bệnh ở xã Hoa Sen đã được gỡ bỏ.",
    "Thông tin sai sự thật về việc dừng khen thưởng đã bị xóa khỏi mạng xã hội.",
    "Nội dung quảng cáo trái phép trên các cột điện của thị trấn đã được xóa bỏ.",
    "Trang trại không phép bên sông đã bị dỡ bỏ, hộ dân nhận hỗ trợ.",
    "Xã đã xóa bỏ hủ tục, không còn tồn tại nạn tảo hôn.",
    "Xóa nhà tạm: toàn xã không còn nhà dột nát.",
    "Danh hiệu được thu hồi theo quyết định của Chủ tịch Ủy ban nhân dân tỉnh.",
    "Bài thi không hợp lệ của ba thí sinh được hội đồng xem xét lại.",
    "Trang phục dân tộc không còn tồn tại trong đời sống hằng ngày, thôn lập đội giữ nghề.",
    "Không tìm thấy tin vui nào hơn ngày thôn về đích nông thôn mới, bà con nói với chúng tôi như vậy.",
    "Xin cảm ơn bà con đã chung tay làm đường.",
]


def page(text: str, more: str = "") -> Kind:
    head = f"<title>{TITLE}</title><ul>{MENU}</ul><h1>{TITLE}</h1><p>Ngày đăng: 12/06/2020</p>"
    return read(f"{head}<div><p>{text}</p></div>{more}".encode(), URL, content_type="text/html").kind


@pytest.mark.parametrize("text", NOTICES)
def test_a_notice_is_no_article_whatever_title_and_date_stand_over_it(text: str) -> None:
    assert page(text) is Kind.SOFT_404


@pytest.mark.parametrize("text", TO_COME)
def test_an_article_that_is_still_to_come_is_none_yet(text: str) -> None:
    assert page(text) is Kind.OTHER


@pytest.mark.parametrize("text", NEWS_OF_REMOVALS)
def test_news_of_a_removal_however_short_is_an_article(text: str) -> None:
    assert notices.kind(text) is None
    assert page(text) is Kind.ARTICLE


@pytest.mark.parametrize("text", NOTICES)
def test_a_notice_above_an_article_does_not_hide_it(text: str) -> None:
    assert page(f"{text}</p><p>Sáng 12/6, xã Vĩnh Hòa biểu dương mười hai hộ nông dân trồng na giỏi.") is Kind.ARTICLE


@pytest.mark.parametrize("label", ["Các tin khác", "Tin liên quan", "Tin mới nhất"])
@pytest.mark.parametrize("text", NOTICES[:8])
def test_news_named_under_a_notice_do_not_make_it_an_article(text: str, label: str) -> None:
    more = f"<h4>{label}</h4><ul>{NEWS}</ul><p>Bản quyền thuộc Ban Thi đua. Địa chỉ: 45 Quang Trung, Hải Dương</p>"
    assert page(text, more) is Kind.SOFT_404
    bare = f"<title>Cổng thông tin</title><ul>{MENU}</ul><h1>Thông báo</h1><p>{text}</p>{more}"
    assert read(bare.encode(), URL, content_type="text/html").kind is Kind.SOFT_404


@pytest.mark.parametrize("words", ["Không có bài viết nào trong chuyên mục này.", "Không tìm thấy tin nào."])
def test_an_empty_category_with_news_at_the_side_is_not_gone(words: str) -> None:
    side = f"<h4>Tin liên quan</h4><ul>{NEWS}</ul>"
    section = f"<title>Văn bản</title><ul>{MENU}</ul><h2>Văn bản</h2><p>{words}</p>{side}"
    assert (
        read(section.encode(), "http://thidua.example.gov.vn/van-ban/", content_type="text/html").kind
        is not Kind.SOFT_404
    )


def test_a_list_of_news_beside_an_empty_box_stays_a_list() -> None:
    named = NEWS.replace("</a> (03/06/2020)", "</a> <span>(03/06/2020)</span>")
    for empty in ("<h3>Văn bản</h3><p>Không có tin nào.</p>", "<h3>Bình chọn</h3><p>Không tìm thấy nội dung</p>"):
        side = f"{empty}<h4>Tin liên quan</h4><ul>{NEWS}</ul>"
        listing = f"<title>Tin tức</title><ul>{MENU}</ul><h2>Tin tức</h2><ul>{named}</ul>{side}"
        for url in ("http://thidua.example.gov.vn/tin-tuc/", "http://thidua.example.gov.vn/"):
            assert read(listing.encode(), url, content_type="text/html").kind in {Kind.LISTING, Kind.HOME}
