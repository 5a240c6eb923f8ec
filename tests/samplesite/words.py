"""The words of the invented articles: no sentence here was taken from a real page."""

from __future__ import annotations


def _pool(text: str, mark: str = ";") -> tuple[str, ...]:
    return tuple(" ".join(part.split()) for part in text.split(mark))


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


CATEGORIES = (
    "Thi đua - Khen thưởng",
    "Tin tức - Sự kiện",
    "Gương người tốt việc tốt",
    "Cải cách hành chính",
    "Xây dựng chính quyền",
    "Công chức - Viên chức",
    "Văn thư - Lưu trữ",
    "Công tác thanh niên",
)

SITE_NAME = "Cổng thông tin điện tử Sở Nội vụ tỉnh Hà Giang Đông"
ADDRESS = (
    "Địa chỉ: số 8 đường Bến Cũ, thành phố Hà Giang Đông. Điện thoại: 0220 0000 111. Thư điện tử: hopthu@vidu.invalid"
)
LICENCE = "Ghi rõ nguồn khi phát hành lại thông tin từ trang này"

# What stands under every article of the first site, in this order; "na" follows twelve times before the last line.
TAIL = ("Thông báo", "Lịch làm việc", "Tìm kiếm", "Hệ thống văn bản")
TAIL_END = "Liên kết website"

SURNAMES = _words("Nguyễn Trần Lê Phạm Hoàng Vũ Đặng Bùi Đỗ Ngô Dương Lý Mạc Tạ Đinh Quách Lưu Chử Khúc Thân")
MIDDLES = _words("Văn Thị Đức Minh Thanh Hữu Quang Ngọc Xuân Thu Hải Bá Công Đình Kim Thúy Mạnh Trọng")
GIVEN = _words(
    "Hòa Thuỷ Khuê Bằng Lựu Nhẫn Mận Tước Quế Trâm Hoè Giang Liễu Nghĩa Vượng Thắm Oanh Quý Khoát Diệu "
    "Phượng Chuyển Uyển Kiên Duệ Thoa Hưởng Tuyến Bưởi Ước"
)
PERSONS = tuple(f"{a} {b} {c}" for a in SURNAMES for b in MIDDLES for c in GIVEN)

_PLACE_HEADS = _words("An Bình Cẩm Đông Hồng Kim Lai Minh Nam Phú Quang Tân Thanh Thượng Tứ Vĩnh Việt Xuân")
_PLACE_TAILS = _words("Khê Hòa Lạc Sơn Thủy Cường Phúc Mỹ Tiến Đài Quý Giàng Lộ Trạch Uyên Bối Đoài Vực")
PLACES = tuple(
    f"{kind} {a} {b}" for kind in ("xã", "phường", "thị trấn", "huyện") for a in _PLACE_HEADS for b in _PLACE_TAILS
)

BODIES = _pool(
    """
    Ban Thi đua – Khen thưởng; Hội Chữ thập đỏ; Hội Nông dân; Hội Cựu chiến binh; Liên đoàn Lao động; Đoàn Thanh
    niên; Hội Liên hiệp Phụ nữ; Sở Nội vụ; Sở Giáo dục và Đào tạo; Sở Y tế; Phòng Văn hoá và Thông tin; Trung tâm
    Văn hóa; Uỷ ban nhân dân; Ủy ban Mặt trận Tổ quốc; Hội Khuyến học; Hợp tác xã Dịch vụ; Trường Trung học phổ
    thông; Trạm Khuyến nông; Hội Người cao tuổi; Ban Chỉ huy Quân sự; Công an; Chi cục Thuỷ lợi; Quỹ tín dụng nhân
    dân; Kho bạc
    """
)

MOVEMENTS = _pool(
    """
    “Mỗi tuần một việc tử tế”; “Đường làng sáng đèn”; “Nhà sạch, vườn xanh”; “Một giờ vì dân”; “Thửa ruộng kiểu
    mẫu”; “Giọt hồng quê hương”; “Sách cho em”; “Công sở không giấy”; “Bếp ấm ngày mưa”; “Hàng cây ông cha”; “Tuổi
    cao gương sáng”; “Dòng kênh không rác”; “Ba tốt, hai đúng”; “Xóm ngõ bình yên”; “Lao động giỏi, lao động sáng
    tạo”; “Dân vận khéo”; “Giỏi việc nước, đảm việc nhà”; “Tay nghề vàng”; “Lớp học đầu bờ”; “Chợ quê văn minh”
    """
)

EVENTS = _pool(
    """
    hội nghị sơ kết; hội nghị tổng kết; lễ phát động; buổi tọa đàm; lễ trao thưởng; hội thi tay nghề; đợt kiểm tra
    chéo; lớp tập huấn; ngày hội hiến máu; buổi gặp mặt; hội thảo chuyên đề; chuyến khảo sát thực tế; cuộc thi
    viết; lễ ký giao ước; phiên họp thường kỳ; đêm giao lưu văn nghệ; buổi đối thoại; lễ ra quân
    """
)

AWARDS = _pool(
    """
    Bằng khen; Giấy khen; Cờ thi đua; Kỷ niệm chương; danh hiệu Chiến sĩ thi đua cơ sở; danh hiệu Lao động tiên
    tiến; danh hiệu Tập thể lao động xuất sắc; Huân chương Lao động hạng Ba; Thư khen; danh hiệu Gia đình văn hoá
    """
)

DEEDS = _pool(
    """
    nạo vét kênh mương nội đồng; đổ bê tông đường liên thôn; trồng cây chắn gió ven đê; số hóa hồ sơ lưu trữ; dạy
    chữ cho người lớn tuổi; sửa nhà cho hộ neo đơn; chuyển đổi đất trũng sang trồng sen; lập tủ sách ở đình làng;
    thu gom vỏ thuốc trừ sâu; gieo cấy đúng lịch thời vụ; rút ngắn thời gian trả kết quả; hiến đất mở rộng ngõ
    xóm; nuôi ong lấy mật; khôi phục nghề thêu; phòng cháy trong mùa hanh khô; giúp nhau giống và vốn; đón lao
    động trở về quê; chăm sóc vườn na trái vụ; mở lớp bơi cho học sinh; góp quỹ khuyến học dòng họ; vận hành trạm
    bơm tiết kiệm điện; ghép cải tạo vườn vải; giữ gìn giếng cổ; nhập liệu hộ tịch
    """
)

RESULTS = _pool(
    """
    được nhân dân đồng tình hưởng ứng; vượt chỉ tiêu đã giao; về đích trước hai tháng; tiết kiệm đáng kể công sức
    và kinh phí; tạo chuyển biến rõ nét từ cơ sở; góp phần giữ gìn nếp sống văn hóa ở khu dân cư; còn gặp khó khăn
    về kinh phí; cần được nhân rộng trong năm tới; được đánh giá cao tại vòng chấm chung khảo; giúp người dân bớt
    một lần đi lại; để lại nhiều bài học về cách làm; đã thành nếp ở nhiều thôn; mở hướng làm ăn mới cho hộ nghèo;
    được ghi vào sổ vàng truyền thống
    """
)

ROLES = _pool(
    """
    Chủ tịch Công đoàn; Phó Giám đốc; Bí thư Đoàn; Trưởng ban; Phó Chủ tịch Hội; Trưởng thôn; Hiệu trưởng; Chi hội
    trưởng; Chánh Văn phòng; Đội trưởng đội sản xuất; Trưởng phòng; Tổ trưởng tổ tự quản
    """
)

CROPS = ("vải", "na", "ổi", "bưởi", "hành tím", "cà rốt", "cam", "rươi", "sắn dây", "mía tím", "chuối", "nhãn")
NUMBERS = tuple(str(n) for n in (*range(3, 98), *range(100, 960, 15)))
YEARS = tuple(str(y) for y in range(2005, 2021))
HOURS = ("7 giờ 30", "8 giờ", "14 giờ", "19 giờ 30")
PARTS = ("Sáng", "Chiều", "Tối")

SENTENCES = (
    "Theo báo cáo của {body} {place}, sau {n} tháng thực hiện phong trào {movement}, việc {deed} {result}.",
    "Đồng chí {person}, {role} {body} {place}, cho biết {n} hộ đã tự nguyện tham gia {deed}.",
    "Cùng với việc {deed}, {body} còn vận động hội viên {deed}, nhờ đó {n} gia đình có thêm việc làm.",
    "Năm {year}, {place} có {n} tập thể và {n} cá nhân được tặng {award}.",
    "Ông {person} ở {place} nhớ lại: “Ngày đầu chỉ có {n} người chịu {deed}, nay cả thôn cùng làm”.",
    "Bà {person}, {role}, đề nghị các đơn vị lấy kết quả {deed} làm căn cứ bình xét {award} cuối năm.",
    "Tổng kinh phí là {n} triệu đồng, trong đó nhân dân đóng góp {n} triệu đồng và {n} ngày công.",
    "Phong trào {movement} do {body} phát động từ năm {year} {result}.",
    "Các đại biểu đã thảo luận {n} ý kiến xoay quanh việc {deed}; phần lớn cho rằng cách làm ở {place} {result}.",
    "Tại {place}, {body} chọn {n} thôn làm điểm, mỗi thôn nhận một phần việc: {deed}, {deed}.",
    "Hội đồng xét duyệt họp {n} phiên, thống nhất đề nghị tặng {award} cho {body} {place}.",
    "Từ đầu năm {year} đến nay, toàn tỉnh đã {deed} tại {n} điểm, {result}.",
    "Anh {person}, {role}, là người đầu tiên của {place} nhận {award} nhờ sáng kiến {deed}.",
    "Kết quả bình xét được niêm yết công khai tại nhà văn hoá thôn trong {n} ngày để nhân dân góp ý.",
    "Ban tổ chức nhận được {n} bài dự thi, nhiều bài viết về {deed} và về những người lặng lẽ {deed}.",
    "Trong {n} sáng kiến được công nhận, sáng kiến {deed} của chị {person} {result}.",
    "{body} {place} giao ước với {body} {place} phấn đấu {deed} xong trước vụ mùa năm {year}.",
    "Dịp này, {n} cá nhân nhận {award}; chị {person} thay mặt người được khen hứa tiếp tục {deed}.",
    "Khó khăn lớn nhất là thiếu người {deed}, vì thế {body} cử thêm {n} cán bộ về {place} hướng dẫn.",
    "Buổi chiều cùng ngày, đoàn đến thăm {place}, nơi {n} hộ đang {deed}.",
    "Việc chấm điểm dựa trên {n} tiêu chí; riêng tiêu chí {deed} được nhân hệ số hai.",
    "So với năm {year}, số đơn vị đăng ký {movement} tăng thêm {n}, và {place} dẫn đầu.",
    "Người dân {place} vẫn kể chuyện cụ {person} đi bộ {n} cây số để vận động bà con {deed}.",
    "Cuộc thi dưa hấu ngọt do {body} {place} mở lần này có {n} hộ dự, {result}.",
    "{body} yêu cầu các nơi gửi hồ sơ đề nghị {award} trước ngày {day}, quá hạn sẽ chuyển sang đợt sau.",
    "Mô hình {deed} kết hợp {deed} ở {place} mỗi năm cho thu nhập {n} triệu đồng một hộ.",
)

OPENINGS = (
    "{body} {place} tổ chức {event} phong trào {movement}, dự có {n} đại biểu.",
    "{body} phối hợp với {body} {place} mở {event} về việc {deed} cho {n} hội viên.",
    "tại {place} diễn ra {event} nhằm biểu dương {n} điển hình trong phong trào {movement}.",
    "đoàn công tác của {body} do đồng chí {person} dẫn đầu dự {event} tại {place}.",
)

CLOSINGS = (
    "Kết thúc buổi làm việc, {body} trao {award} cho {n} tập thể và {n} cá nhân./.",
    "Dịp này, {n} suất quà đã được gửi tới các gia đình khó khăn của {place}./.",
    "Phong trào {movement} sẽ được đánh giá lại sau {n} tháng./.",
    "{body} {place} sẽ báo cáo kết quả {deed} trước ngày {day}.",
)

TITLES = (
    "{body} {place} mở {event} phong trào {movement}",
    "{place_cap}: {n} hộ tham gia {deed}",
    "Trao {award} cho {n} cá nhân ở {place}",
    "Người {role_low} mê {deed}",
    "{event_cap} phong trào {movement} tại {place}",
    "{body} hướng dẫn {deed} năm {year}",
    "Chuyện về ông {person} ở {place}",
    "Đề nghị tặng {award} cho {n} tập thể, {n} cá nhân",
    "{place_cap} chú trọng {deed}",
    "{n} sáng kiến được công nhận trong phong trào {movement}",
    "Kế hoạch {deed} và {deed} năm {year}",
    "{body} {place} nhận {award}",
)

LEADS = (
    "Nhiều cách làm ở {place} cho thấy {deed} {result}.",
    "Sau {n} năm, phong trào {movement} ở {place} {result}.",
    "{n} tập thể của {body} được đề nghị tặng {award} vì thành tích {deed}.",
)

CAPTIONS = (
    "Đồng chí {person} trao {award} cho đại diện {place}",
    "Quang cảnh {event} tại {place}",
    "Bà con {place} {deed}",
)

HEADINGS = (
    "Những kết quả bước đầu ở {place}",
    "Cách làm của {body} {place}",
    "{n} việc cần làm ngay trong năm {year}",
)

DOCUMENTS = (
    "Quyết định số {n}/QĐ-TĐKT về việc tặng {award}",
    "Kế hoạch số {n}/KH-SNV triển khai phong trào {movement}",
    "Công văn số {n}/CV-BTĐ hướng dẫn {deed}",
)

BYLINES = (
    "Tin từ Ban Thi đua – Khen thưởng",
    "Tin từ {body} {place}",
    "Theo {body} {place}",
    "Theo Bản tin Đồng Quê số {n}",
    "Nguồn: {body} {place}",
    "Nguồn: Bản tin Bến Cũ",
)

NEWER_TRAPS = (
    "Bạn đọc cần biết thêm có thể xem các tin mới hơn do {body} {place} đăng ở bảng tin của nhà văn hoá thôn.",
    "Ban biên tập giữ lại các tin cũ hơn năm {year} để tiện tra cứu, còn các tin mới hơn được chuyển về {body}.",
)
